"""Journal, lock, leftovers and the words of the progress, without a kernel."""

import io
import json
import os
from dataclasses import replace

import pytest
from support.batches import without_times
from support.small_notebooks import write_notebook

from casekit.batch_command import read_size
from casekit.datasets import file_sha256
from casekit.errors import InputError
from casekit.reports import provenance
from casekit.reports.batch.engine import _Batch, run_batch
from casekit.reports.batch.journal import Journal, read_journal
from casekit.reports.batch.leftovers import remove_leftovers
from casekit.reports.batch.lock import FolderLock
from casekit.reports.batch.outcome import FAILED, MADE, STOPPED, UNCHANGED, Outcome, Summary
from casekit.reports.batch.progress import JsonLines, Lines, Listener
from casekit.reports.provenance import fingerprint
from casekit.reports.task import Task


def made(folder, name="acme", text="page", fingerprint="f1"):
    """A report that is there."""
    page = folder / f"{name}.html"
    page.write_text(text, encoding="utf-8")
    return Outcome(name, "04", MADE, fingerprint=fingerprint, files={page.name: file_sha256(page)})


def test_a_report_that_is_whole_and_unchanged_need_not_be_made(tmp_path):
    with Journal(tmp_path) as journal:
        journal.add(made(tmp_path))
    again = Journal(tmp_path)
    assert again.made_before("acme", "f1").files
    assert again.made_before("acme", "f2") is None
    assert again.made_before("other", "f1") is None


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_file_that_was_touched_is_made_again(tmp_path, harm):
    with Journal(tmp_path) as journal:
        journal.add(made(tmp_path))
    page = tmp_path / "acme.html"
    page.write_text("other", encoding="utf-8") if harm == "changed" else page.unlink()
    assert Journal(tmp_path).made_before("acme", "f1") is None


def test_a_later_failure_is_what_counts(tmp_path):
    with Journal(tmp_path) as journal:
        journal.add(made(tmp_path))
        journal.add(Outcome("acme", "04", FAILED, fingerprint="f1"))
    assert Journal(tmp_path).made_before("acme", "f1") is None


def test_half_a_line_is_passed_over_and_the_next_entry_stands_alone(tmp_path):
    with Journal(tmp_path) as journal:
        journal.add(made(tmp_path, "one"))
        journal.add(made(tmp_path, "two"))
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-20])
    with Journal(tmp_path) as again:
        again.add(made(tmp_path, "three"))
    assert [entry.name for entry in read_journal(tmp_path)] == ["one", "three"]


def test_a_folder_has_one_batch_at_a_time(tmp_path):
    with FolderLock(tmp_path), pytest.raises(InputError, match=f"one that process {os.getpid()} on "):
        FolderLock(tmp_path).__enter__()
    with FolderLock(tmp_path):
        pass


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path):
    (tmp_path / ".casekit").mkdir()
    (tmp_path / ".casekit" / "lock").write_text('{"process": 1, "host": "x", "since": ""}', encoding="utf-8")
    with FolderLock(tmp_path) as lock:
        assert json.loads(lock.path.read_text(encoding="utf-8"))["process"] == os.getpid()


def test_drafts_of_dead_processes_are_removed_those_of_living_ones_stay(tmp_path):
    dead, living = f".a.{2**22 + 1}.partial.html", f".b.{os.getpid()}.partial.html"
    for name in (dead, living, "c.html"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert remove_leftovers(tmp_path) == [dead]
    assert sorted(path.name for path in tmp_path.iterdir()) == [living, "c.html"]


OUTCOMES = (
    Outcome("a", "04", MADE, files={"a.ipynb": "1", "a.html": "2"}, seconds=1.24, peak_memory=2 * 10**8),
    Outcome("b", "04", UNCHANGED),
    Outcome("c", "04", FAILED, message="bank_upsell: step “1” failed\n  Try: this"),
    Outcome("d", "04", STOPPED),
)


def told(listener):
    """What a listener makes of a batch."""
    listener.began(4, 1)
    for done, outcome in enumerate(OUTCOMES[:3], start=1):
        listener.finished(outcome, done, 4)
    listener.ended(Summary(OUTCOMES, 3.0, stopped_by=2), None)


def test_a_log_has_one_line_a_report_and_the_failures_at_the_end():
    out, err = io.StringIO(), io.StringIO()
    told(Lines(out, err))
    assert out.getvalue().splitlines() == [
        "4 reports, 1 of them there already and unchanged",
        "[1/4] a.html  1.2 s  200 MB",
        "[3/4] c  FAILED  bank_upsell: step “1” failed",
        "1 made, 1 unchanged, 1 failed, 1 not made, in 3.0 s; most memory: 200 MB (a)",
    ]
    assert err.getvalue().splitlines() == [
        "failed: c",
        "  bank_upsell: step “1” failed",
        "    Try: this",
        "not made: d",
        "The batch was stopped. The same command goes on with the rest.",
    ]


def test_machines_get_one_object_a_line():
    out = io.StringIO()
    told(JsonLines(out))
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["began", "finished", "finished", "finished", "ended"]
    assert events[-1]["exit_code"] == 130


def test_a_warning_is_said_once_with_the_number_of_its_reports():
    outcomes = tuple(Outcome(name, "04", MADE, warnings=("FutureWarning: old",)) for name in "ab")
    out = io.StringIO()
    Lines(out).ended(Summary(outcomes), None)
    assert out.getvalue().count("FutureWarning") == 1
    assert "warning, in 2 reports: FutureWarning: old" in out.getvalue()


@pytest.mark.parametrize("text", ["2", "2 XB", "much", "0GB", "-1GB"])
def test_a_size_without_its_unit_is_refused(text):
    if text == "2":
        assert read_size(text) == 2
        return
    with pytest.raises(InputError, match="memory must be a number with its unit"):
        read_size(text)


@pytest.mark.parametrize(
    ("tasks", "settings", "message"),
    [
        ([Task("a", "04"), Task("A", "04")], {}, "name must not repeat"),
        ([Task("a", "04")], {"workers": -1}, "workers must lie in its range"),
        ([Task("a", "04")], {"time_limit": 0}, "time_limit must lie in its range"),
        ([Task("a", "04")], {"memory": -1}, "memory must lie in its range"),
        ([Task("a", "04", formats=("word",))], {}, "format must be a known name"),
    ],
)
def test_wrong_settings_stop_before_anything_runs(tmp_path, tasks, settings, message):
    with pytest.raises(InputError, match=message):
        run_batch(tasks, out=tmp_path / "out", **settings)
    assert not (tmp_path / "out").exists()


def test_times_are_taken_out_of_notebooks_and_pages():
    text = '{"created": "2026-01-01", "seconds": 1.5, "rows": 3}'
    assert without_times(text) == '{, , "rows": 3}'
    assert without_times(text.replace('"', "&#34;")) == "{, , &#34;rows&#34;: 3}"


def test_no_workers_are_not_all_processors(tmp_path):
    with pytest.raises(InputError, match="workers must lie in its range, got 0"):
        run_batch([], out=tmp_path, workers=0)


@pytest.fixture
def client(tmp_path):
    """A folder with a notebook of one's own, a client's file, and a report of both with its worklist."""
    folder = tmp_path / "client"
    (folder / "reports").mkdir(parents=True)
    write_notebook(folder / "own.ipynb")
    for name in ("a.csv", "calls.csv"):
        (folder / name).write_text("a\n1\n", encoding="utf-8")
    with Journal(folder / "reports") as journal:
        (task,) = tasks_of(folder)
        entry = made(folder / "reports", fingerprint=fingerprint(task, folder / "reports"))
        journal.add(replace(entry, case=task.case))
        partial = folder / "reports" / "bad.failed.ipynb"
        journal.add(Outcome("bad", task.case, FAILED, message=f"step 3 failed: {partial}"))
    return folder


def tasks_of(folder):
    values = {"data": str(folder / "a.csv"), "worklist": str(folder / "calls.csv")}
    return [Task("acme", str(folder / "own.ipynb"), values)]


def left_to_make(folder):
    """The names that a batch of these tasks would still make there."""
    batch = _Batch(tasks_of(folder), folder / "reports", Listener())
    return [task.name for task in batch.sort_out(Journal(folder / "reports"), force=False)]


def test_a_folder_that_was_moved_goes_on_where_it_was(client, tmp_path):
    assert left_to_make(client) == []
    moved = client.rename(tmp_path / "moved")
    assert left_to_make(moved) == []
    (moved / "a.csv").write_text("a\n2\n", encoding="utf-8")
    assert left_to_make(moved) == ["acme"]


def test_the_journal_names_no_folder_of_the_machine(client, tmp_path):
    text = (client / "reports" / ".casekit" / "journal.jsonl").read_text(encoding="utf-8")
    assert str(tmp_path) not in text and '"../own.ipynb"' in text and "failed: bad.failed.ipynb" in text


def test_a_report_is_made_again_when_the_code_has_changed(client, monkeypatch):
    monkeypatch.setattr(provenance, "own_code", lambda: "of another commit")
    assert left_to_make(client) == ["acme"]


def test_a_report_whose_worklist_is_gone_is_made_again(client):
    (client / "calls.csv").unlink()
    assert left_to_make(client) == ["acme"]


def test_the_list_of_reports_shows_failures_even_if_nothing_else_was_made(client):
    (client / "a.csv").unlink()
    summary = run_batch(tasks_of(client), out=client / "reports", cold=True)
    assert summary.exit_code == 1
    assert 'class="failed"' in (client / "reports" / "index.html").read_text(encoding="utf-8")
