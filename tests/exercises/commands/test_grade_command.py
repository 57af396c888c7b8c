"""``casekit exercises grade``: one command from the zip to every file. A stand-in plays the boxes."""

import json
from dataclasses import replace

import pytest
from support.classroom import answered, moodle_path, small_exercise, write_zip
from typer.testing import CliRunner

from casekit.cli import app
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.answers import encode
from casekit.exercises.grading import grade as grading
from casekit.exercises.grading import intake
from casekit.exercises.grading.box.job import Outcome
from casekit.exercises.marking import results as results_module
from casekit.exercises.marking.answer_key import answer_key
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Grades a class of two, of whom one handed in: everything right and a memo."""
    exercise, course = small_exercise(), Course.open(tmp_path / "course", name="test")
    student = Student("S1", "Ann Lee")
    right = exercise.solve(course.seed(exercise.id, "S1")).answers
    answers = {id: value if isinstance(value, dict) else encode(value) for id, value in right.items()}
    monkeypatch.setattr(grading, "run_job", lambda job, *, limits, box: Outcome("ok", answers))
    monkeypatch.setattr(grading, "require_box", lambda **_: None)
    monkeypatch.setattr(intake, "find_exercise", lambda name: exercise)
    monkeypatch.setattr(results_module, "find_exercise", lambda name: exercise)
    (tmp_path / "class.csv").write_text("student_id,name\nS1,Ann Lee\nS2,Bo Li\n")
    files = [(moodle_path(student), answered(course, student)), ("Nobody/a.ipynb", b"{}")]
    uploads = write_zip(tmp_path / "uploads.zip", files)

    def run(*more):
        words = [uploads, "--roster", tmp_path / "class.csv", "--course", course.folder, "-e", "90"]
        words += ["-o", tmp_path / "out", *more]
        return CliRunner().invoke(app, ["exercises", "grade", *map(str, words)])

    run.out = tmp_path / "out"
    return run


def test_one_command_writes_everything(command):
    done = command()
    assert done.exit_code == 0, done.output
    for words in (
        "1 notebook ran to its end.\n1 student handed in nothing.\n", "2/2 S", "1 text waits",
        "1 file belongs to nobody",
    ):  # fmt: skip
        assert words in done.output
    assert "WITHOUT a box" not in done.output
    names = {path.relative_to(command.out).as_posix() for path in command.out.rglob("*") if path.is_file()}
    assert names >= {
        "marks.csv", "marks.xlsx", "class.html", "feedback/S1.html", "feedback/S2.html", "free_text.xlsx",
        "free_text.html", "moodle-so-far.csv", "moodle-feedback.zip", "canvas-so-far.csv", "graded/S1.json",
    }  # fmt: skip


def test_without_a_box_the_screen_and_the_page_say_so(command):
    done = command("--box", "limited")
    assert done.exit_code == 0 and "WITHOUT a box" in done.output
    assert "WITHOUT a box" in (command.out / "class.html").read_text(encoding="utf-8")
    assert json.loads((command.out / "grading.json").read_text())["box"] == "limited"


def test_with_the_key_right_values_stand_on_the_pages(command, monkeypatch):
    empty = Outcome("ok", {"9.1": 1.0})
    monkeypatch.setattr(grading, "run_job", lambda job, *, limits, box: empty)
    assert command().exit_code == 0
    page = command.out / "feedback" / "S1.html"
    assert "Right on your data" not in page.read_text(encoding="utf-8")
    assert command("--with-key").exit_code == 0
    assert "Right on your data" in page.read_text(encoding="utf-8")


def test_right_values_are_those_that_grading_kept(command, monkeypatch):
    """Nothing is solved again, but of a student of whom an older grading kept none."""
    monkeypatch.setattr(grading, "run_job", lambda job, *, limits, box: Outcome("ok", {"9.1": 1.0}))
    assert command().exit_code == 0
    results = results_module.read_results(command.out)
    course = Course.load(command.out.parent / "course")
    right = answer_key(results, course)
    old = replace(results.rows[0], graded=replace(results.rows[0].graded, right={}))
    assert answer_key(replace(results, rows=(old, *results.rows[1:])), course) == right and right["S1"]["9.1"]
    monkeypatch.setattr(Exercise, "solve", None)
    assert answer_key(results, course) == right
