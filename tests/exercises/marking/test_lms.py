"""Files for Moodle and Canvas: their columns, their ids, grade and feedback together."""

import csv
from dataclasses import replace

import pytest
from support.graded_class import CLASS, class_results

from casekit.errors import InputError
from casekit.exercises.grading.canvas_people import CANVAS, read_canvas_export
from casekit.exercises.marking.lms import MOODLE, feedback_text, write_canvas, write_moodle

EXPORT = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (11),A small exercise for tests (77),Final Score\n"
    "    Points Possible,,,,,5,10,(read only)\n"
    '"Lee, Ann",101,S01,ann,CRM,3,,90\n'
    '"伟, 李",102,S02,li,CRM,3,,90\n'
    '"Eve",103,,s3@example.org,CRM,3,,90\n'
    '"Ü, Zoë",107,,zoe,CRM,3,,90\n'
    '"Li, Bo",105,,bo,CRM,3,,90\n'
    '"Student, Test",999,,test,CRM,,,\n'
)


@pytest.fixture
def results(tmp_path):
    return class_results(tmp_path / "marks")


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_moodle(results, tmp_path):
    head, *rows = rows_of(write_moodle(results, tmp_path / "moodle.csv"))
    assert tuple(head) == MOODLE
    grades = [row[head.index("Grade")] for row in rows]
    comments = [row[head.index("Feedback comments")] for row in rows]
    assert grades == ["8", "7", "1", "0", "0", "", "6", "8"]
    assert [bool(grade) for grade in grades] == [bool(comment) for comment in comments]
    assert rows[0][0] == "Participant 701" and rows[5][0] == ""
    assert rows[2][1].startswith("<b") and rows[3][1].startswith("'=HYPERLINK")
    assert {row[head.index("Maximum Grade")] for row in rows} == {"10"}


def test_comments_name_the_mistake_and_the_points():
    said = feedback_text(class_row("TRRRM"))
    assert "9.1 (median): 1 of 2. Sentence 9.1 trap." in said and "9.2" not in said


def test_a_text_that_waits_has_no_points_yet():
    assert feedback_text(class_row("RRRRH")) == "9.5: not marked yet (of 2)."


def class_row(letters, **facts):
    from support.classroom import small_exercise
    from support.graded_class import graded

    from casekit.exercises.marking.hand_marks import HandMarks
    from casekit.exercises.marking.results import _row

    return _row(graded(1, "A", letters, **facts), "S01", "ABC", HandMarks(), small_exercise())


def test_comments_are_html_for_moodle(tmp_path):
    odd = replace(CLASS[3], marks=tuple(replace(mark, sentence="<script>&") for mark in CLASS[3].marks))
    results = class_results(tmp_path / "m", (odd,))
    (_head, row) = rows_of(write_moodle(results, tmp_path / "moodle.csv"))
    assert "&lt;script&gt;&amp;" in row[-1] and "<script" not in row[-1]


@pytest.mark.parametrize(("zero", "grade"), [(False, ""), (True, "0")])
def test_who_handed_in_nothing(results, tmp_path, zero, grade):
    write_canvas(results, tmp_path / "canvas.csv", zero=zero)
    assert rows_of(tmp_path / "canvas.csv")[2 + 5][5] == grade
    row = rows_of(write_moodle(results, tmp_path / "moodle.csv", zero=zero))[1 + 5]
    assert row[5] == grade and bool(row[-1]) == zero


def test_canvas_without_an_export(results, tmp_path):
    assert write_canvas(results, tmp_path / "canvas.csv") == []
    head, possible, *rows = rows_of(tmp_path / "canvas.csv")
    assert tuple(head) == (*CANVAS, "A small exercise for tests")
    assert possible[0].strip() == "Points Possible" and possible[5] == "10"
    assert rows[1] == ["李伟", "", "s02", "s2@example.org", "", "7"]


def test_canvas_with_its_export_uses_its_ids(results, tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8-sig")
    export = read_canvas_export(tmp_path / "export.csv")
    left_out = write_canvas(results, tmp_path / "canvas.csv", export=export)
    head, _possible, *rows = rows_of(tmp_path / "canvas.csv")
    assert head[5] == "A small exercise for tests (77)"
    assert {row[1]: row[5] for row in rows} == {"101": "8", "102": "7", "103": "1", "107": "6"}
    assert rows[0][:5] == ["Lee, Ann", "101", "S01", "ann", "CRM"]
    # two students of one name cannot both be the one that Canvas knows: neither is guessed
    assert [row.student.student_id for row in left_out] == ["S04", "S05", "S06", "S08"]


def test_the_assignment_can_be_named(results, tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    export = read_canvas_export(tmp_path / "export.csv")
    write_canvas(results, tmp_path / "canvas.csv", export=export, assignment="Quiz 1")
    assert rows_of(tmp_path / "canvas.csv")[0][5] == "Quiz 1 (11)"
    with pytest.raises(InputError, match=r"assignment must be a known name.*\n.*\n.*Quiz 1"):
        write_canvas(results, tmp_path / "canvas.csv", export=export, assignment="Quiz l")


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"Student;ID\n"])
def test_what_is_no_export(tmp_path, content):
    (tmp_path / "export.csv").write_bytes(content)
    with pytest.raises(InputError, match="must be a gradebook of Canvas"):
        read_canvas_export(tmp_path / "export.csv")
    with pytest.raises(InputError, match="must be a gradebook of Canvas"):
        read_canvas_export(tmp_path / "missing.csv")
