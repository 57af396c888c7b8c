"""The casekit command: what it prints, what it refuses, how it exits."""

import subprocess
import sys

import pytest
from support.small_notebooks import code, write_notebook
from typer.testing import CliRunner

from casekit import __version__
from casekit.cli import app, main


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def small_workbook(tmp_path, monkeypatch):
    root = tmp_path / "workbook"
    for part in ("notebooks", "datasets", "exercises"):
        (root / part).mkdir(parents=True)
    write_notebook(root / "notebooks" / "90_small.ipynb", code("6 / (capacity - 2)"))
    write_notebook(root / "notebooks" / "91_other.ipynb", code("1"))
    monkeypatch.setenv("CASEKIT_WORKBOOK", str(root))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def process(*words, cwd):
    """The command as a user types it, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "casekit.cli", *words], cwd=cwd, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def command(monkeypatch, capsys):
    """The command with its messages and exit status, within this process: no second start of Python."""

    def run(*words, cwd):
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["casekit", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


def test_version(run):
    assert run("--version").output.strip() == __version__


def test_list_names_every_case(run):
    from casekit.reports.cases import list_cases

    output = run("list").output
    assert all(case.name in output for case in list_cases(guides=True))


def test_show_prints_the_parameters(run):
    output = run("show", "start_here").output
    assert "best_share" in output
    assert "0.01 to 0.5" in output


def test_data_list_and_describe(run):
    assert "cdnow" in run("data", "list").output
    assert "23,570" in run("data", "describe", "cdnow").output


def test_a_mistyped_parameter_gets_one_message_and_exit_2(small_workbook):
    returncode, stdout, stderr = process("report", "small", "-p", "capacty=3", cwd=small_workbook)
    assert (returncode, stdout) == (2, "")
    assert stderr == (
        "small: parameter must be a known name, got 'capacty'.\n"
        "  Allowed: capacity, share, mode, data, reading, worklist\n"
        "  Try: did you mean 'capacity'?\n"
    )


def test_a_mistyped_case_gets_a_suggestion(small_workbook, command):
    returncode, _, stderr = command("report", "smal", cwd=small_workbook)
    assert returncode == 2
    assert "did you mean 'small'?" in stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("report", "small", "-p", "capacity"), "each setting must read NAME=VALUE, got capacity"),
        (("report", "all", "-p", "capacity=3"), "parameters, data, name and title belong to one case"),
        (("report", "small", "-p", "capacity=3", "-p", "capacity=4"), "given once, got capacity"),
        (("report", "91", "--worklist", "x.csv", "-p", "nothing=1"), "known name, got 'nothing'"),
        (("check", "small", "x.csv"), "the case must be one that reads files"),
        (("show", "nothing"), "case must be a known name"),
        (("data", "describe", "cdnov"), "data set must be a known name"),
    ],
)
def test_refused_with_one_message(small_workbook, words, message, command):
    returncode, stdout, stderr = command(*words, cwd=small_workbook)
    assert (returncode, stdout) == (2, "")
    assert message in stderr
    assert "Traceback" not in stderr


def test_a_template_does_not_replace_a_file_that_was_filled_in(tmp_path, command):
    (tmp_path / "swot.xlsx").write_bytes(b"mine")
    returncode, _, stderr = command("template", "swot", cwd=tmp_path)
    assert (returncode, (tmp_path / "swot.xlsx").read_bytes()) == (2, b"mine")
    assert "must not replace a file that is there" in stderr
    assert command("template", "swot", "--force", cwd=tmp_path)[0] == 0


@pytest.mark.full
def test_all_goes_on_after_a_report_that_failed(small_workbook, command):
    write_notebook(small_workbook / "workbook" / "notebooks" / "90_small.ipynb", code("1 / 0"))
    returncode, stdout, stderr = command("report", "all", cwd=small_workbook)
    assert returncode == 1
    assert "small: step “Which three clients?” failed with ZeroDivisionError" in stderr
    assert "91_other.html" in stdout
    assert (small_workbook / "reports" / "91_other.html").is_file()
    assert not (small_workbook / "reports" / "90_small.html").exists()


def test_init_copies_the_workbook_and_its_commands_use_it(tmp_path, run):
    assert run("init", str(tmp_path / "course")).exit_code == 0
    notebook = tmp_path / "course" / "notebooks" / "00_start_here.ipynb"
    notebook.rename(notebook.with_name("77_mine.ipynb"))
    returncode, stdout, _ = process("list", cwd=tmp_path / "course")
    assert returncode == 0
    assert "mine" in stdout
    assert "start_here" not in stdout


def test_init_refuses_a_folder_with_something_in_it(tmp_path, command):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    returncode, _, stderr = command("init", str(tmp_path), cwd=tmp_path)
    assert returncode == 2
    assert "the folder must be new or empty" in stderr


def test_doctor_finds_this_machine_well(run):
    result = run("doctor")
    assert result.exit_code == 0, result.output
    assert "a Python kernel starts and answers" in result.output


def test_doctor_names_what_is_missing(run, monkeypatch):
    from casekit import doctor

    monkeypatch.setattr(doctor, "_installed", lambda name, low: name != "seaborn")
    result = run("doctor")
    assert result.exit_code == 1
    assert "missing or too old: seaborn>=0.13.2" in result.output
