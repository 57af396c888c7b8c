"""Mark sheets: every student, every point, and no cell that could run."""

import csv
import json

import pytest
from openpyxl import load_workbook
from support.classroom import small_exercise
from support.graded_class import CLASS, class_results, write_class

from casekit.errors import InputError
from casekit.exercises.marking.marks import write_marks_csv, write_marks_workbook
from casekit.exercises.marking.results import read_results
from casekit.exercises.marking.sheet_cells import csv_text, put, write_csv
from casekit.information.sheets import new_book, save_book


@pytest.fixture
def results(tmp_path):
    return class_results(tmp_path / "marks")


def test_one_row_a_student_in_the_order_of_the_roster(results, tmp_path):
    path = write_marks_csv(results, tmp_path / "marks.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfstudent id,full name,9.1,9.2,9.3,9.4,9.5,total,out of,")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student id"] for row in rows] == [item.student.as_written for item in CLASS]
    assert [row["total"] for row in rows] == ["8", "7", "1", "0", "0", "0", "6", "8"]
    assert rows[1] | {"9.1": "1", "9.5": "", "still to mark": "2", "box": "bubblewrap"} == rows[1]
    assert [row["status"] for row in rows][3:6] == ["timed out", "somebody else's copy", "not handed in"]
    assert rows[1]["repairs"] == "The notebook had been renamed." and rows[6]["late"] == "late"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+2", "@SUM(1)", "\t=1", "\r=1", "＝1", "Ann;=1+1", "a\n=1", "x\t@y"]
)
def test_no_text_of_a_csv_begins_a_formula(text, tmp_path):
    path = write_csv([["x", text]], tmp_path / "a.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.reader(file)
    for separator in (";", "\t", "\n"):
        assert not [part for part in row[1].split(separator) if part[:1] and part[0] in "=+-@\t\r＝＋－＠"]


@pytest.mark.parametrize(("value", "text"), [(-2.5, "-2.5"), (0.3, "0.3"), (3, "3"), (40.0, "40")])
def test_numbers_stay_numbers(value, text, tmp_path):
    assert csv_text(value) == text
    book = new_book()
    put(book.create_sheet("a").cell(1, 1), value)
    cell = load_workbook(save_book(book, tmp_path / "a.xlsx"))["a"].cell(1, 1)
    assert (cell.value, cell.data_type) == (value, "n")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+1", "-1", "=cmd|' /C calc'!A0"])
def test_texts_of_a_workbook_are_text(text, tmp_path):
    book = new_book()
    put(book.create_sheet("a").cell(1, 1), text)
    cell = load_workbook(save_book(book, tmp_path / "a.xlsx"))["a"].cell(1, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_what_a_workbook_cannot_hold_is_dropped(tmp_path):
    book = new_book()
    put(book.create_sheet("a").cell(1, 1), "a\x00b\ud800c" + "x" * 40_000)
    value = load_workbook(save_book(book, tmp_path / "a.xlsx"))["a"].cell(1, 1).value
    assert value.startswith("abcx") and len(value) == 32_000


def test_the_workbook(results, tmp_path):
    book = load_workbook(write_marks_workbook(results, tmp_path / "marks.xlsx"))
    assert book.sheetnames == ["about", "marks", "questions"] and book.active.title == "marks"
    sheet = book["marks"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:N9")
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[7] for row in rows] == [8, 7, 1, 0, 0, 0, 6, 8]
    assert rows[3][1] == '=HYPERLINK("http://192.0.2.1")' and sheet["B5"].data_type == "s"
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True) if row[0]}
    assert about["exercise"] == "90_small" and about["graded"] == "2026-03-01 10:00"
    assert about["box"] == "bubblewrap: Each submission ran in a box."
    assert "60 s" in about["limits of a submission"] and about["casekit"] == "0.1.0"
    mistakes = list(book["questions"].iter_rows(min_row=2, values_only=True))
    assert ("median", "Sentence 9.1 trap.", "Mean") in [row[7:10] for row in mistakes]
    assert {row[4] for row in mistakes} == {"known mistake", "wrong", "waits to be marked by hand"}


def test_a_limited_box_stands_in_the_sheets(tmp_path):
    results = class_results(tmp_path / "m", box="limited", isolation="Submissions ran WITHOUT a box.")
    book = load_workbook(write_marks_workbook(results, tmp_path / "marks.xlsx"))
    assert any("WITHOUT a box" in str(row[1]) for row in book["about"].iter_rows(values_only=True))


def test_a_damaged_file_of_a_student_is_named(tmp_path):
    folder = write_class(tmp_path / "marks")
    (folder / "graded" / "S03.json").write_text("{")
    with pytest.raises(InputError, match=r"(?s)a file that can be read.*S03"):
        read_results(folder, exercise=small_exercise())


def test_another_version_of_the_exercise_is_refused(tmp_path):
    folder = write_class(tmp_path / "marks")
    path = folder / "graded" / "S01.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["marks"] = content["marks"][1:]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"(?s)must be the one that was graded.*S01"):
        read_results(folder, exercise=small_exercise())


@pytest.mark.parametrize("content", [None, "{", "[]", '{"exercise": "03"}'])
def test_a_folder_without_a_grading(tmp_path, content):
    if content is not None:
        (tmp_path / "grading.json").write_text(content)
    with pytest.raises(InputError, match="must hold a finished grading"):
        read_results(tmp_path)
