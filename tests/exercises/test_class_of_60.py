"""A class of sixty, released, answered, graded and reported by the commands: the marks are the intended ones.

Every submission runs for real, in its box. Right, half right, every trap, and those who mean harm.
"""

import csv
import json
import shutil
import zipfile

import pytest
from support.class_of_60 import hand_in, make_class, write_roster
from typer.testing import CliRunner

from casekit.cli import app
from casekit.exercises.authoring.source import find_exercise
from casekit.exercises.marking.hand_marks import read_hand_marks
from casekit.exercises.marking.results import read_results
from casekit.exercises.marking.sheet_cells import put

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: system-packages.txt"),
]

EXERCISE = find_exercise("03")


def run(*words):
    done = CliRunner().invoke(app, ["exercises", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The class from release to report; what the commands printed lies beside it."""
    root = tmp_path_factory.mktemp("class")
    students = make_class(EXERCISE, str(root / "course"))
    roster, course = write_roster(students, root / "class.csv"), root / "course"
    run("release", "--roster", roster, "-e", "03", "--graded", "--course", course, "-o", root / "handout")
    uploads = hand_in(students, root / "handout", root / "uploads.zip")
    given = ["--roster", roster, "--course", course, "-o", root / "marks", "-j", 4]
    said = run("grade", uploads, *given, "--seconds", 20, "--cpu-seconds", 5, "--memory", 1000)
    (root / "said.txt").write_text(said, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def students(folder):
    return make_class(EXERCISE, str(folder / "course"))


@pytest.fixture(scope="module")
def results(folder):
    return read_results(folder / "marks")


def test_sixty_with_every_trap(students):
    made = {(question, trap) for student in students for question, trap in student.traps.items()}
    known = {(question.id, trap.name) for question in EXERCISE.questions for trap in question.traps}
    assert len(students) == 60 and made == known


def test_the_marks_are_exactly_the_intended_ones(students, results):
    wanted = {student.student_id: student.points(EXERCISE) for student in students}
    given = {
        row.student.student_id: {mark.question: mark.points for mark in row.marks} for row in results.rows
    }
    assert given == wanted


def test_every_trap_is_named(students, results):
    for student, row in zip(students, results.rows, strict=True):
        named = {mark.question: mark.trap for mark in row.marks if mark.trap}
        assert named == student.traps, student.kind


def test_every_submission_has_its_status_and_says_what_happened(students, results):
    for student, row in zip(students, results.rows, strict=True):
        graded = row.graded
        told = [*graded.notes, *graded.repairs, *(text for _cell, text in graded.errors), graded.sentence]
        told += [f"{mark.status} {mark.sentence}" for mark in row.marks]
        assert (student.kind, graded.status) == (student.kind, student.status), told
        assert student.says in " ".join(told), (student.kind, told)
        assert bool(row.waiting) == student.memo, student.kind


def test_sheets_pages_and_files_for_platforms_hold_the_same_marks(folder, students, results):
    from openpyxl import load_workbook

    marks = folder / "marks"
    points = {student.student_id: sum(student.points(EXERCISE).values()) for student in students}
    with (marks / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["student id"]: float(row["total"]) for row in rows} == points
    sheet = load_workbook(marks / "marks.xlsx")["marks"]
    head = [cell.value for cell in sheet[1]]
    found = {row[0]: row[head.index("total")] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert found == points
    with (marks / "canvas-so-far.csv").open(encoding="utf-8-sig", newline="") as file:
        canvas = list(csv.reader(file))[2:]
    away = {student.student_id for student in students if student.status == "not handed in"}
    assert {row[2]: float(row[5] or 0) for row in canvas} == points
    assert {row[2] for row in canvas if not row[5]} == away
    with (marks / "moodle-so-far.csv").open(encoding="utf-8-sig", newline="") as file:
        moodle = list(csv.DictReader(file))
    assert all(bool(row["Grade"]) == bool(row["Feedback comments"]) for row in moodle)
    assert {row["ID number"]: float(row["Grade"] or 0) for row in moodle} == points
    assert len(list((marks / "feedback").glob("*.html"))) == 60
    with zipfile.ZipFile(marks / "moodle-feedback.zip") as archive:
        assert len(archive.namelist()) == len(
            {row.graded.upload for row in results.rows if row.graded.upload}
        )


def test_nothing_that_a_student_chose_runs_anywhere(folder):
    marks = folder / "marks"
    for path in [*marks.glob("*.html"), *(marks / "feedback").glob("*.html")]:
        text = path.read_text(encoding="utf-8")
        assert "<b onload" not in text and "<script" not in text, path.name
    for path in marks.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell], path.name


def test_no_students_page_names_another(folder, students):
    pages = {
        student.student_id: (folder / "marks" / "feedback" / f"{student.student_id}.html").read_text("utf-8")
        for student in students
    }
    for id, text in pages.items():
        assert not [other for other in pages if other != id and other in text]


def test_the_class_page_and_the_screen_say_what_happened(folder):
    said = (folder / "said.txt").read_text(encoding="utf-8")
    assert "58 handed in" in said and "texts wait to be marked" in said
    page = (folder / "marks" / "class.html").read_text(encoding="utf-8")
    for words in (
        "58 of 60",
        "tells apart",
        "mean of ratios",
        "Who is stuck",
        "It is the copy of",
        "zip slip",
    ):
        assert words in page


def test_texts_marked_by_hand_are_read_back(folder, students, results):
    """A person fills in the sheet; totals follow in every file."""
    from openpyxl import load_workbook

    marks = folder / "marks"
    book = load_workbook(marks / "free_text.xlsx")
    sheet = book["3.13"]
    names = [cell.value for cell in sheet[1]]
    codes = {row.code: row.student.student_id for row in results.rows}
    given = {}
    for number in range(2, sheet.max_row + 1):
        points = [number % 3, number % 2, 2, 1, 0.5]
        for place, value in enumerate(points, 4):
            sheet.cell(number, place).value = value
        put(sheet.cell(number, names.index("comment to the student") + 1), "=1+1 <b>well</b>")
        given[codes[sheet.cell(number, 1).value]] = sum(points)
    book.save(folder / "filled.xlsx")
    assert len(given) == sum(student.memo for student in students) > 20
    said = run("marks", marks, "--by-hand", folder / "filled.xlsx")
    assert "wait to be marked" not in said
    with (marks / "canvas.csv").open(encoding="utf-8-sig", newline="") as file:
        canvas = {row[2]: float(row[5] or 0) for row in list(csv.reader(file))[2:]}
    assert canvas == {
        student.student_id: sum(student.points(EXERCISE).values()) + given.get(student.student_id, 0)
        for student in students
    }
    assert not list(marks.glob("*so-far*")) and len(read_hand_marks(marks).marks) == len(given)
    page = (marks / "feedback" / f"{next(iter(given))}.html").read_text(encoding="utf-8")
    assert "=1+1 &lt;b&gt;well&lt;/b&gt;" in page
    assert json.loads((marks / "grading.json").read_text("utf-8"))["box"] == "bubblewrap"
