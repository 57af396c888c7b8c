"""The class is read from what offices and learning platforms write; what a sheet loses is noticed."""

import openpyxl
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.exercises.authoring.seeds import normalise_id, student_seed, student_token
from casekit.exercises.releasing.roster import read_roster


def roster(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_office(tmp_path, encoding):
    students = roster(tmp_path, "学号,姓名,班级\n00217001,王小明,一班\n00217002,李娜,二班\n", encoding)
    assert [(item.student_id, item.name, item.group) for item in students] == [
        ("00217001", "王小明", "一班"),
        ("00217002", "李娜", "二班"),
    ]


def test_moodle(tmp_path):
    text = "First name,Last name,ID number,Email address\nLi,Na,s1,li@x.org\nTom,Ba,s2,\n"
    students = roster(tmp_path, text)
    assert [(item.student_id, item.name, item.email) for item in students] == [
        ("S1", "Li Na", "li@x.org"),
        ("S2", "Tom Ba", ""),
    ]
    assert students[0].as_written == "s1"


def test_canvas(tmp_path):
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section\nPoints Possible,,,,\n"
        '"Li, Na",11,A01,lina,CRM\n"Student, Test",12,T1,,CRM\n'
    )
    assert [(item.student_id, item.name, item.group) for item in roster(tmp_path, text)] == [
        ("A01", "Li, Na", "CRM")
    ]


def test_workbook_with_numbers(tmp_path):
    book = openpyxl.Workbook()
    for row in [["student_id", "name"], [20240017, "A"], [20240018.0, "B"]]:
        book.active.append(row)
    book.save(tmp_path / "class.xlsx")
    assert [item.student_id for item in read_roster(tmp_path / "class.xlsx")] == ["20240017", "20240018"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("a1\n\nb1,x\n,no id\n", r"must have an id.*\n.*row 5"),
        ("a1\na1\n", r"must not repeat, got a1[^,]*\n.*rows 2, 3.*\n.*delete all rows"),
        ("a1\nＡ１\n", "capitals, full-width"),
        ("0012\n12\n", "more than leading zeros, got 0012, 12"),
        ("2.0240017E+11\nb\n", r"written in full, got 2\.0240017E\+11"),
        ("", "at least one row"),
    ],
)
def test_bad_rosters_name_their_rows(tmp_path, rows, says):
    with pytest.raises(InputError, match=says):
        roster(tmp_path, "student_id,name\n" + rows)


def test_all_problems_are_named_together(tmp_path):
    with pytest.raises(InputError) as error:
        roster(tmp_path, "student_id,name\n,x\na,1\nA,2\n07,1\n7,2\n")
    assert len(error.value.problems) == 3


def test_no_id_column(tmp_path):
    with pytest.raises(InputError, match="got columns who, name"):
        roster(tmp_path, "who,name\na,b\n")


def test_shorter_ids_warn(tmp_path):
    with pytest.warns(CasekitWarning, match="row 4 have shorter ids than most, such as 217003"):
        roster(tmp_path, "student_id,name\n00217001,a\n00217002,b\n217003,c\n")


def test_seeds_and_tokens():
    key = b"secret"
    seeds = {student_seed(key, "crm", "03", f"s{n}") for n in range(2000)}
    assert len(seeds) == 2000
    assert student_seed(key, "crm", "03", "Ｓ1 ") == student_seed(key, "crm", "03", "s1")
    assert student_seed(key, "crm 1", "03", "s1") != student_seed(key, "crm", "103", "s1")
    assert student_seed(b"other", "crm", "03", "s1") != student_seed(key, "crm", "03", "s1")
    token = student_token(key, "crm", "03", "s1")
    assert len(token) == 16 and token != student_token(key, "crm", "04", "s1")
    assert normalise_id("\u200bstraße\t1") == "STRASSE1"
