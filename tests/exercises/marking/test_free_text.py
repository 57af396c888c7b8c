"""Free texts: the sheet without names, marks read back, and everything that can be wrong with it."""

import csv

import pytest
from openpyxl import load_workbook
from support.classroom import small_exercise
from support.graded_class import CLASS, class_results, graded, write_class
from typer.testing import CliRunner

from casekit._text import language
from casekit.cli import app
from casekit.errors import InputError
from casekit.exercises.checking.question import Question
from casekit.exercises.marking import results as results_module
from casekit.exercises.marking.checked_values import given_in_words
from casekit.exercises.marking.feedback import feedback_page
from casekit.exercises.marking.free_text import (
    free_text_page,
    write_free_text_sheet,
)
from casekit.exercises.marking.hand_marks import HandMarks, write_hand_marks
from casekit.exercises.marking.marked_sheet import read_marked_sheet, take_over, unread_marks
from casekit.exercises.marking.outputs import write_outputs
from casekit.exercises.marking.sheet_cells import put


@pytest.fixture
def results(tmp_path):
    made = class_results(tmp_path / "marks")
    write_hand_marks(made.hand, made.folder)
    return made


@pytest.fixture
def sheet(results):
    return write_free_text_sheet(results, results.folder / "free_text.xlsx")


def fill(path, changes, name="9.5"):
    """Write cells ``(row, column): value`` into a sheet."""
    book = load_workbook(path)
    for (row, column), value in changes.items():
        cell = book[name].cell(row, column)
        if isinstance(value, str):
            put(cell, value)
        else:
            cell.value = value
    book.save(path)
    return path


def test_the_sheet_has_codes_and_no_names(results, sheet):
    made = load_workbook(sheet)["9.5"]
    rows = list(made.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == sorted(row.code for row in results.rows if row.waiting)
    assert len(rows) == 4 and all(row[2].startswith("Look after Ann: she brings") for row in rows)
    content = str([[*row] for row in made.iter_rows(values_only=True)]) + free_text_page(results)
    names = [item.student.name for item in CLASS] + [item.student.as_written for item in CLASS]
    assert not [name for name in names if name in content]
    (rule,) = made.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.formula2, str(rule.sqref)) == ("decimal", "0", "2", "D2:D5")
    assert "says what to do" in rule.prompt


RIGHT = {"9.1": "123.46 right", "9.2": "0.25", "9.3": "Ann 0.5, <b>Bo</b> 0.5", "9.4": "", "9.5": ""}


def test_right_and_given_values_stand_beside_a_text(tmp_path):
    answers = {
        "9.1": 120.75,
        "9.2": {"special": "NaN"},
        "9.3": {"series": {"index": ["Ann"], "values": [0.75]}},
    }
    one = graded(1, "Ann Lee", "TWWRH", right=RIGHT, answers=answers)
    made = class_results(tmp_path / "marks", (one, graded(2, "Bo", "RRRRH")))
    page = free_text_page(made)
    for words in ("123.46 right", "120.75", "Ann ", "&lt;b&gt;Bo", "median", "not in this grading"):
        assert words in page, words
    assert page.count("<td") and "9.4 ·" not in page
    assert "123.46 right" not in feedback_page(made, made.rows[0])


@pytest.mark.parametrize(
    "plain",
    [None, [], {}, {"series": 1}, {"series": {"index": 1, "values": [2]}}, 10**400, True]
    + [{"series": {"index": [None, {}], "values": [10**400, [1]]}}, [None, 1e300, {"special": "NaN"}]],
)
@pytest.mark.parametrize("kind", ["number", "series", "labels", "choice"])
def test_any_answer_can_be_shown(plain, kind):
    assert isinstance(given_in_words(Question("1", "x", kind), plain), str)


def test_codes_stay_and_tell_nothing():
    hand = HandMarks()
    ids = [f"S{number}" for number in range(3000)]
    codes = hand.codes(ids)
    assert codes == hand.codes(ids[::-1]) and len(set(codes.values())) == 3000
    assert codes != HandMarks().codes(ids)
    assert not set("IOSZ") & set("".join(codes.values()))


def test_marks_are_read_back_and_counted(results, sheet):
    fill(sheet, {(2, 4): 2, (3, 4): "1,5", (4, 4): 0, (2, 6): "=1+1 <i>"})
    given = read_marked_sheet(results, sheet)
    assert sorted(mark.total for mark in given.values()) == [0, 1.5, 2]
    assert take_over(results, given) == 3 and take_over(results, given) == 0
    write_hand_marks(results.hand, results.folder)
    again = results_module.read_results(results.folder, exercise=small_exercise())
    assert again.waiting == 1
    assert sum(row.points for row in again.rows) == sum(row.points for row in results.rows) + 3.5
    best = next(row for row in again.rows if row.hand and row.hand["9.5"].total == 2)
    assert best.marks[4].status == "marked" and best.hand["9.5"].comment == "=1+1 <i>"
    page = free_text_page(again)
    assert "2 of 2" in page and "=1+1 &lt;i&gt;" in page
    rewritten = load_workbook(write_free_text_sheet(again, sheet))["9.5"]
    assert rewritten["F2"].data_type == "s" and rewritten["D3"].value == 1.5


def test_another_text_has_to_be_marked_again(results, sheet):
    fill(sheet, {(2, 4): 2})
    take_over(results, read_marked_sheet(results, sheet))
    write_hand_marks(results.hand, results.folder)
    changed = tuple(graded(item_number(item), item.student.name, "RRRRH", memo="New.") for item in CLASS[:1])
    write_class(results.folder, (*changed, *CLASS[1:]))
    again = results_module.read_results(results.folder, exercise=small_exercise())
    first = again.rows[0]
    assert first.marks[4].status == "by hand" and not first.hand


def item_number(item):
    return int(item.student.student_id[1:])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({(2, 4): 2.5}, r"clear must lie between 0 and 2, got 2.5.*sheet 9.5 row 2"),
        ({(3, 4): -1}, r"clear must lie between 0 and 2, got -1.*row 3"),
        ({(2, 4): "good"}, r"points must be numbers, got 'good'.*row 2"),
        ({(2, 4): True}, r"points must be numbers, got True.*row 2"),
        ({(2, 1): "XXXXX", (2, 4): 1}, r"every code must be one of this grading, got XXXXX.*row 2"),
        ({(2, 1): None, (2, 4): 1}, r"every code must be one of this grading, got no code.*row 2"),
        ({(9, 4): 1}, r"got no code.*row 9"),
        ({(1, 4): "clear"}, r"sheet 9.5 must have its columns.*clear \(0–2\)"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said_with_its_row(results, sheet, changes, words):
    with pytest.raises(InputError, match="(?s)" + words):
        read_marked_sheet(results, fill(sheet, changes))
    assert not results.hand.marks


@pytest.mark.parametrize("other", ["en", "zh_CN"])
def test_a_sheet_is_read_in_another_language_than_it_was_written_in(results, other):
    with language(other):
        path = write_free_text_sheet(results, results.folder / "free_text.xlsx")
    with language({"en": "zh_CN", "zh_CN": "en"}[other]):
        assert len(read_marked_sheet(results, fill(path, {(2, 4): 2}))) == 1


def test_all_rows_are_named_together(results, sheet):
    with pytest.raises(InputError) as told:
        read_marked_sheet(results, fill(sheet, {(2, 4): 9, (3, 4): 8, (4, 4): "x"}))
    assert "sheet 9.5 row 2, sheet 9.5 row 3" in str(told.value) and "sheet 9.5 row 4" in str(told.value)


def test_a_code_twice(results, sheet):
    book = load_workbook(sheet)["9.5"]
    with pytest.raises(InputError, match=r"(?s)a code must not stand there twice.*row 3"):
        read_marked_sheet(results, fill(sheet, {(3, 1): book["A2"].value, (2, 4): 1, (3, 4): 2}))


def test_a_rubric_with_a_gap(tmp_path):
    from dataclasses import replace

    from casekit.exercises.checking.question import Criterion

    exercise = small_exercise()
    rubric = (Criterion("clear", 1, "a"), Criterion("=short", 1, "b"))
    last = replace(exercise.questions[-1], rubric=rubric)
    exercise = replace(exercise, questions=(*exercise.questions[:-1], last))
    results = results_module.read_results(write_class(tmp_path / "m"), exercise=exercise)
    path = write_free_text_sheet(results, tmp_path / "free_text.xlsx")
    assert load_workbook(path)["9.5"]["E1"].data_type == "s"
    with pytest.raises(InputError, match=r"(?s)for every criterion.*no points for =short.*row 2"):
        read_marked_sheet(results, fill(path, {(2, 4): 1}))


@pytest.mark.parametrize("content", [b"", b"code,points\n", b"PK\x03\x04broken"])
def test_what_is_no_workbook(results, tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"must be a workbook"):
        read_marked_sheet(results, path)


def test_the_workbook_of_something_else(results, tmp_path):
    from casekit.exercises.marking.marks import write_marks_workbook

    with pytest.raises(InputError, match=r"(?s)must have the sheets of the texts, got about, marks.*9.5"):
        read_marked_sheet(results, write_marks_workbook(results, tmp_path / "marks.xlsx"))


@pytest.mark.parametrize("value", [1, 99])
def test_a_sheet_with_marks_that_nobody_read_is_not_replaced(results, value):
    made = write_outputs(results)
    path = results.folder / "free_text.xlsx"
    assert path in made.files and not made.warnings and not unread_marks(results, path)
    content = fill(path, {(2, 4): value}).read_bytes()
    made = write_outputs(results)
    assert path.read_bytes() == content and "holds marks that were not read yet" in made.warnings[0]


@pytest.mark.parametrize(
    "content", ["", "[]", '{"salt": "x"}', '{"salt": "x", "marks": {"S01": {"9.5": {}}}}']
)
def test_damaged_marks_are_not_dropped_in_silence(results, content):
    (results.folder / "by_hand.json").write_text(content)
    with pytest.raises(InputError, match=r"(?s)by_hand.json must hold the marks.*restore it"):
        results_module.read_results(results.folder, exercise=small_exercise())


def test_no_texts_no_sheet(tmp_path):
    results = class_results(tmp_path / "m", (graded(1, "A", "RRRRM"),))
    names = {path.name for path in write_outputs(results).files}
    assert names == {
        "marks.csv",
        "marks.xlsx",
        "class.html",
        "S01.html",
        "moodle.csv",
        "canvas.csv",
        "moodle-feedback.zip",
    }


def test_files_for_platforms_say_that_texts_wait(results):
    write_outputs(results)
    assert {path.name for path in results.folder.glob("*.csv")} == {
        "marks.csv",
        "moodle-so-far.csv",
        "canvas-so-far.csv",
    }
    assert (results.folder / ".gitignore").read_text() == "*\n"


def test_the_command_makes_everything_again(results, sheet, monkeypatch):
    monkeypatch.setattr(results_module, "find_exercise", lambda name: small_exercise())
    folder = results.folder
    done = CliRunner().invoke(app, ["exercises", "marks", str(folder)])
    assert done.exit_code == 0, done.output
    for words in (
        "5 notebooks ran to their end",
        "7 handed in: mean",
        "4 texts wait",
        "1 file belongs to nobody",
        "median (2)",
    ):
        assert words in " ".join(done.output.split())
    fill(sheet, {(row, 4): 1 for row in range(2, 6)})
    done = CliRunner().invoke(app, ["exercises", "marks", str(folder), "--by-hand", str(sheet)])
    assert "4 marks read from free_text.xlsx, 4 of them new or changed" in done.output, done.output
    with (folder / "canvas.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[5] for row in csv.reader(file)][2:] == ["9", "8", "1", "0", "0", "", "7", "9"]
    done = CliRunner().invoke(app, ["exercises", "marks", str(folder / "nothing")])
    assert isinstance(done.exception, InputError)
