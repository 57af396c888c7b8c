"""A cell with dots left says so in one sentence; any other error is shown as always."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from support.small_exercise import write_small_exercise

from casekit.exercises.authoring.pages import notebook_of
from casekit.exercises.authoring.source import read_exercise
from casekit.exercises.checking.dots import _handle, remaining_dots


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    shell.set_custom_exc((Exception,), _handle)
    yield shell
    shell.history_manager.end_session()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("heads = ...\nmean = 5 / heads", "`heads`"),
        ("mean = 5 / ...", "`...`"),
        ("import numpy as np\na = ...\nb = ...\nint(np.sum([a, b]))", "`a`, `b`"),
    ],
)
def test_one_sentence(shell, capsys, cell, names):
    done = shell.run_cell(cell, store_history=True)
    printed = capsys.readouterr()
    assert not done.success
    assert "Traceback" not in printed.out + printed.err
    assert names in remaining(cell, shell)


def remaining(cell, shell):
    return ", ".join(f"`{name}`" for name in remaining_dots(cell, shell.user_ns))


def test_dots_of_a_cell_above(shell):
    shell.run_cell("members = ...")
    assert remaining_dots("members.mean()", shell.user_ns) == ["members"]


@pytest.mark.parametrize("cell", ["1 / 0", "x = ", "x[...]", "x[..., 0]"])
def test_other_errors_are_shown(shell, capsys, cell):
    shell.run_cell(cell, store_history=True)
    assert "Error" in capsys.readouterr().out


def test_a_message_of_casekit_stands_alone(shell, capsys):
    shell.run_cell("from casekit.exercises import open_exercise\nopen_exercise('07')", store_history=True)
    assert "Traceback" not in capsys.readouterr().out


def test_every_unanswered_cell_of_a_worksheet(tmp_path):
    exercise = read_exercise(write_small_exercise(tmp_path))
    cells = ["".join(cell["source"]) for cell in notebook_of(exercise, "student")["cells"]]
    unanswered = [cell for cell in cells if "check(" in cell and "..." in cell and "def " not in cell]
    assert len(unanswered) == 6
    assert all(remaining_dots(cell, {}) for cell in unanswered)
