"""The box keeps its promises, and a probe notices each one that is broken."""

import json
import os
import shutil
import struct
import tempfile

import pytest

from casekit.errors import InputError
from casekit.exercises.grading.box import bubblewrap, probes, run, syscalls
from casekit.exercises.grading.box.inside_jupyter import Jupyter, as_python
from casekit.exercises.grading.box.job import Job, Reading, Wanted, clean, note_sentence, parse_strictly
from casekit.exercises.grading.box.limits import MEGABYTE, Limits
from casekit.exercises.grading.box.run import BoxError, run_job

needs_box = [
    pytest.mark.full,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: system-packages.txt"),
]


@pytest.fixture
def needs_bubblewrap():
    if shutil.which("bwrap") is None:
        pytest.skip("needs bubblewrap: system-packages.txt")


def broken(**options):
    return {probe.name for probe in probes.probe_box(**options) if not probe.held}


def weaken(monkeypatch, change):
    """Every box from now on starts with the command that ``change`` makes of the right one."""
    right = bubblewrap._box

    def weak(limits, arguments, filter_fd, stage):
        return change(right(limits, arguments, filter_fd, stage))

    monkeypatch.setattr(bubblewrap, "_box", weak)


def without(command, *words):
    """The command without these words in a row."""
    for start in range(len(command) - len(words) + 1):
        if tuple(command[start : start + len(words)]) == words:
            return command[:start] + command[start + len(words) :]
    raise AssertionError(f"{words} is not in the command")


@pytest.mark.full
class TestProbes:
    pytestmark = needs_box

    def test_all_hold_on_this_machine(self, tmp_path):
        (tmp_path / "course.key").write_text("secret")
        found = probes.probe_box(secret_files=[tmp_path / "course.key"])
        assert all(probe.held for probe in found) and len(found) == len(probes._promises())
        probes.require_box(secret_files=[tmp_path / "course.key"])

    def test_open_namespaces_are_noticed(self, monkeypatch):
        folder = tempfile.mkdtemp(prefix="visible-", dir="/var/tmp")
        os.chmod(folder, 0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        seen = bubblewrap.visible_folders()
        monkeypatch.setattr(bubblewrap, "visible_folders", lambda: (*seen, folder))
        monkeypatch.setattr(syscalls, "is_known_machine", lambda: False)

        def change(command):
            command = without(without(command, "--unshare-all"), "--remount-ro", "/")
            command = without(command, "--proc", "/proc")
            return [*command[:1], "--unshare-uts", "--ro-bind", "/proc", "/proc", *command[1:]]

        weaken(monkeypatch, change)
        # without a namespace for processes the probe of signals would end those of others: leave it out
        monkeypatch.delitem(probes._TRIES, "kill")
        monkeypatch.setitem(probes._TRIES, "kill", "kill = True")
        try:
            assert broken() == {"network", "processes", "writing", "files"}
        finally:
            shutil.rmtree(folder)

    def test_limits_that_do_not_hold_are_noticed(self, monkeypatch):
        weaken(monkeypatch, lambda command: without(command, "--size", str(64 * MEGABYTE)))
        monkeypatch.setattr(run, "_process_limits", lambda limits, box: {})
        monkeypatch.setattr(run, "used_by_tree", lambda pid, disk: {"memory": 0, "files": 0})
        monkeypatch.setattr(probes, "_LONG", 4.0)
        beyond = run._beyond
        monkeypatch.setattr(run, "_beyond", lambda limits, seconds, *rest: beyond(limits, seconds - 3, *rest))
        assert broken() >= {"disk", "memory", "forks", "processor", "time", "all memory"}

    def test_a_box_that_runs_as_root_is_noticed(self, monkeypatch):
        weaken(
            monkeypatch,
            lambda command: [*command[:1], "--uid", "0", "--gid", "0", "--cap-add", "ALL", *command[1:]],
        )
        assert "rights" in broken()

    def test_an_outside_process_that_was_ended_is_noticed(self, monkeypatch):
        monkeypatch.setattr(probes._Shown, "running", lambda self: False)
        assert broken() == {"kill"}

    def test_a_box_that_does_not_start_stops_grading_with_the_way_out(self, monkeypatch):
        weaken(monkeypatch, lambda command: ["bwrap", "--no-such-option"])
        with pytest.raises(BoxError, match=r"broken: start .*(?s:.*)Try: allow user namespaces"):
            probes.require_box()

    def test_a_secret_in_a_folder_that_the_box_sees_is_noticed(self, tmp_path):
        with pytest.raises(BoxError, match="keep the course folder, the roster and the uploads outside"):
            probes.require_box(secret_files=[bubblewrap._RUNNER])


def test_a_machine_without_the_programs_is_told_the_way_out(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(BoxError, match=r"no bwrap(?s:.*)--box limited"):
        probes.require_box()


@pytest.mark.full
@pytest.mark.parametrize("box", ["bubblewrap", "limited"])
def test_cells_run_in_order_and_an_error_ends_its_cell_only(box, needs_bubblewrap):
    cells = (
        "a = 1",
        "b = a / 0",
        "%matplotlib inline\nc = a + 1\n!ls",
        "print(input())",
        "def f(x): return x + c",
    )
    wanted = (Wanted("1", "c"), Wanted("2", "b"), Wanted("3", "f", "function", ((1,), (2,))))
    outcome = run_job(Job(cells, wanted, {"data/a.csv": "x"}), box=box)
    assert outcome.status == "ok"
    assert outcome.answers == {"1": 2, "2": None, "3": {"outputs": [3, 4]}}
    assert [cell for cell, _text in outcome.errors] == [2, 4]
    assert ("magic", "!ls") in outcome.notes


@pytest.mark.full
@pytest.mark.parametrize("box", ["bubblewrap", "limited"])
def test_answers_before_the_end_count(box, needs_bubblewrap):
    limits = Limits(seconds=20, cpu_seconds=2)
    outcome = run_job(Job(("x = 3", "while True: pass"), (Wanted("1", "x"),)), limits=limits, box=box)
    assert (outcome.status, outcome.answers) == ("timed out", {"1": 3})


@pytest.mark.full
def test_a_busy_machine_that_looks_too_late_still_says_timed_out(needs_bubblewrap, monkeypatch):
    """Whoever ignores the signal for too much processor time is killed a second later, perhaps unseen."""
    monkeypatch.setattr(run, "EVERY", 30)
    ignores = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    outcome = run_job(Job((ignores,), ()), limits=Limits(seconds=20, cpu_seconds=1))
    assert outcome.status == "timed out"


@pytest.mark.full
def test_a_submission_that_kills_itself_crashed(needs_bubblewrap):
    kills = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    assert run_job(Job((kills,), ())).status == "crashed"


@pytest.mark.full
def test_two_submissions_share_nothing(needs_bubblewrap):
    places = ["/tmp/left", "left", "/dev/shm/left"]
    write = f"for path in {places}:\n    open(path, 'w').close()"
    look = f"import os\nx = sum(map(os.path.exists, {places}))"
    assert run_job(Job((write, look), (Wanted("1", "x"),))).answers == {"1": 3}
    assert run_job(Job((look,), (Wanted("1", "x"),))).answers == {"1": 0}


@pytest.mark.full
def test_a_notebook_that_draws_needs_no_other_program(needs_bubblewrap):
    from casekit.exercises.grading.box.fonts import font_files

    cells = (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('a')\nplt.savefig('a.png')\nx = 1",
    )
    outcome = run_job(Job(cells, (Wanted("1", "x"),), font_files(cells)))
    assert (outcome.status, outcome.answers, outcome.notes, outcome.errors) == ("ok", {"1": 1}, (), ())


# -- what comes out of a box -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [b"[NaN]", b"[1e999]", b"[-Infinity]", b"[" * 100_000, b"[[[[[[[[[[1]]]]]]]]]]", b"\xff", b"1" * 5_000]
    + [
        json.dumps("x" * 30_000).encode(),
        b'["\\ud800"]',
        json.dumps([1] * 300_000).encode(),
        b"{",
        b"[1e301]",
    ],
)
def test_lines_that_are_no_plain_values_are_refused(line):
    with pytest.raises((ValueError, RecursionError)):
        parse_strictly(line)


@pytest.mark.parametrize(
    "record",
    [
        {"question": "1", "points": 2},
        {"answer": "9", "value": 1},
        {"answer": "1"},
        {"answer": 1, "value": 1},
        [],
        3,
    ]
    + [{"note": "files", "detail": 3}, {"note": "invented", "detail": ""}, {"error": "x", "cell": -1}]
    + [{"answer": "1", "value": 1, "points": 2}, {"done": True, "marks": 1}, {"started": 1}],
)
def test_records_that_a_box_does_not_send_become_a_note(record):
    reading = Reading(frozenset({"1"}))
    reading.feed([json.dumps(record).encode()])
    assert (reading.answers, reading.done, reading.started) == ({}, False, False)
    assert [kind for kind, _detail in reading.notes] == ["channel"]


def test_the_last_answer_counts_and_notes_are_few_and_clean():
    reading = Reading(frozenset({"1"}))
    reading.feed([b'{"answer": "1", "value": 1}', b'{"answer": "1", "value": 2}'])
    reading.feed(
        [json.dumps({"note": "files", "detail": f"\x1b[31m{n}\n" + "x" * 999}).encode() for n in range(99)]
    )
    assert reading.answers == {"1": 2} and len(reading.notes) == 50
    assert all(detail.isprintable() and len(detail) <= 300 for _kind, detail in reading.notes)
    assert clean("a\u202eb\x00c\u2028d") == "a b c d"


def test_every_note_has_its_sentence():
    from casekit.exercises.grading.box.job import NOTES

    assert len({note_sentence(kind, "this") for kind in (*NOTES, "too many files")}) == len(NOTES) + 1


@pytest.mark.parametrize("name", ["seconds", "memory", "processes"])
def test_limits_of_nothing_are_refused(name):
    with pytest.raises(InputError, match=name):
        Limits(**{name: 0})


# -- system calls ------------------------------------------------------------------------------------------


def verdict(program, architecture, number, argument=0):
    """Runs the filter as the kernel would."""
    data = struct.pack("<IIQQ", number, architecture, 0, argument)
    rows = [struct.unpack("HBBI", program[start : start + 8]) for start in range(0, len(program), 8)]
    at, value = 0, 0
    while True:
        operation, yes, no, operand = rows[at]
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, operand)
            at += 1
        elif operation == 0x06:
            return "allowed" if operand == 0x7FFF0000 else "refused"
        else:
            at += 1 + (yes if (value == operand if operation == 0x15 else value >= operand) else no)


@pytest.mark.parametrize(
    ("machine", "architecture", "socket", "allowed", "refused"),
    [
        ("x86_64", 0xC000003E, 41, (0, 1, 9, 56, 53), (101, 319, 29, 272, 425, 321, 135)),
        ("aarch64", 0xC00000B7, 198, (63, 64, 222, 220, 199), (117, 279, 194, 97, 425, 280, 92)),
    ],
)
def test_the_filter_refuses_what_it_names_and_nothing_else(
    monkeypatch, machine, architecture, socket, allowed, refused
):
    monkeypatch.setattr("platform.machine", lambda: machine)
    program = syscalls.filter_program()
    assert [verdict(program, architecture, number) for number in allowed] == ["allowed"] * len(allowed)
    assert [verdict(program, architecture, number) for number in refused] == ["refused"] * len(refused)
    families = [verdict(program, architecture, socket, family) for family in (1, 2, 10, 16, 17, 40)]
    assert families == ["allowed"] + ["refused"] * 5
    assert verdict(program, 0x40000003, 1) == "refused"  # numbers of another architecture mean other calls
    assert verdict(program, architecture, 0x40000000 + 101) == "refused"


# -- what a notebook expects of Jupyter --------------------------------------------------------------------


def test_python_is_left_as_it_is_and_magics_become_calls():
    assert as_python("x = '%s' % 3") == "x = '%s' % 3"
    assert "run_line_magic('time', 'x = 1')" in as_python("%time x = 1")
    assert as_python("x = = 1") == "x = = 1"


@pytest.mark.parametrize(
    ("source", "x", "noted"),
    [
        ("%time x = 1", 1, []),
        ("%%time\nx = 2", 2, []),
        ("%%capture out\nx = 3", 3, []),
        ("%matplotlib inline\nx = 4", 4, []),
        ("!pip install pandas\nx = 5", 5, ["!pip install pandas"]),
        ("%pip install pandas\nx = 6", 6, ["%pip install pandas"]),
        ("%%bash\nls", None, ["%%bash "]),
        ("x = !ls", [], ["!ls"]),
    ],
)
def test_magics_run_code_and_nothing_else(monkeypatch, source, x, noted):
    names, notes = {}, []
    shell = Jupyter(names, notes.append)
    names["get_ipython"] = lambda: shell
    exec(as_python(source), names)
    assert (names.get("x"), notes) == (x, noted)
