"""One zip a student: own data, the same bytes each time, names that every system takes, no answer inside."""

import io
import json
import stat
import sys
import zipfile

import nbformat
import numpy as np
import pytest
from support.small_exercise import write_small_exercise
from typer.testing import CliRunner

from casekit.cli import app
from casekit.errors import InputError
from casekit.exercises.authoring.source import find_exercise
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.record import read_record
from casekit.exercises.releasing.release import file_names, release
from casekit.exercises.releasing.roster import Student
from casekit.exercises.releasing.zips import zip_of

CLASS = (Student("S1", "王小明", as_written="s1"), Student("S2", "<b>Li</b>"), Student("王/3"))


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    root = tmp_path / "workbook"
    for part in ("notebooks", "datasets"):
        (root / part).mkdir(parents=True)
    write_small_exercise(root)
    monkeypatch.setenv("CASEKIT_WORKBOOK", str(root))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def course(workbook):
    return Course.open(workbook / "course", name="CRM 2026")


def files(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_in_a_zip(course, workbook):
    copies = release(["07"], CLASS, course, workbook / "out")
    assert [copy.path.name for copy in copies] == ["S1.zip", "S2.zip", "王_3.zip"]
    content = files(copies[0].path)
    assert set(content) == {
        f"07_small/{name}"
        for name in ("07_small.ipynb", "exercise.json", "data/shop.csv", "HOW_TO_HAND_IN.html")
    }
    notebook = json.loads(content["07_small/07_small.ipynb"])
    nbformat.validate(nbformat.from_dict(notebook))
    assert notebook["metadata"]["casekit"]["student"] == copies[0].token
    first = next(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert f'token="{copies[0].token}"' in first
    assert "王小明 s1" in content["07_small/HOW_TO_HAND_IN.html"].decode()
    assert "&lt;b&gt;Li" in files(copies[1].path)["07_small/HOW_TO_HAND_IN.html"].decode()


def test_the_data_are_those_of_the_seed_and_of_nobody_else(course, workbook):
    copies = release(["07_small"], CLASS, course, workbook / "out")
    data = [files(copy.path)["07_small/data/shop.csv"] for copy in copies]
    assert len(set(data)) == len({copy.data_sha256 for copy in copies}) == 3
    solved = find_exercise("07").solve(course.seed("07_small", " s1"))
    assert str(solved.tables["shop"]["spend"].iloc[0]) in data[0].decode("utf-8-sig").splitlines()[1]


def test_the_same_class_gives_the_same_bytes(course, workbook):
    one = [copy.path.read_bytes() for copy in release(["07"], CLASS, course, workbook / "a")]
    two = [copy.path.read_bytes() for copy in release(["07", "07_small"], CLASS, course, workbook / "b")]
    assert one == two
    other = Course.open(workbook / "other", name="CRM 2026")
    assert one[0] != release(["07"], CLASS, other, workbook / "c")[0].path.read_bytes()


@pytest.mark.parametrize("mode", ["practice", "graded"])
def test_no_zip_holds_an_answer(course, workbook, mode):
    (copy, *_rest) = release(["07"], CLASS[:1], course, workbook / "out", mode=mode)
    solved = find_exercise("07").solve(course.seed("07_small", "s1"))
    text = "\n".join(
        content.decode("utf-8-sig") for name, content in files(copy.path).items() if not name.endswith("csv")
    )
    for answer in (solved.answers["7.1"], solved.answers["7.2"], solved.traps["7.1"]["a_visit"]):
        assert f"{float(answer):.4f}"[:6] not in text
    assert 'pays"]' not in text and course.key.hex() not in text and "nlargest" not in text
    assert ("digest" in text) == ("That is the median." in text) == (mode == "practice")


def test_names_outside_ascii_carry_the_flag_that_explorer_reads(course, workbook):
    with zipfile.ZipFile(io.BytesIO(zip_of({"数据/a.csv": b"1"}))) as archive:
        assert archive.infolist()[0].flag_bits & 0x800
        assert archive.infolist()[0].filename == "数据/a.csv"


def test_file_names_are_safe_and_differ():
    ids = ["a/b", "a\\b", "a:b", "..", "CON", "com1.x", "=1+1", "x" * 300, "ok-1.2_三", "A?B"]
    names = list(file_names([Student(id) for id in ids]).values())
    assert len({name.casefold() for name in names}) == len(ids)
    for name in names:
        assert not set(name) & set('<>:"/\\|?*=\0') and name.strip(". ") == name and len(name) < 100
        assert name.split(".")[0].upper() not in ("CON", "COM1")


def test_the_record_is_kept_up(course, workbook):
    release(["07"], CLASS[:2], course, workbook / "out")
    release(["07"], CLASS[1:], course, workbook / "out")
    rows = [(row["student_id"], row["mode"]) for row in read_record(course)]
    assert rows == [("S1", "practice"), ("S2", "practice"), ("王/3", "practice")]


@pytest.mark.parametrize(("first", "second"), [("practice", "graded"), ("graded", "practice")])
def test_a_practice_copy_cannot_answer_the_graded_one(course, workbook, first, second):
    """In one course the data of both would be the same, and the practice copy says what is right."""
    release(["07"], CLASS, course, workbook / "out", mode=first)
    with pytest.raises(InputError, match=r"(?s)in one mode only.*07_small.*--course"):
        release(["07"], CLASS, course, workbook / "out", mode=second)
    other = Course.open(workbook / "other", name="CRM 2026")
    (copy, *_rest) = release(["07"], CLASS, other, workbook / "other-out", mode=second)
    assert copy.data_sha256 not in {row["data_sha256"] for row in read_record(course)}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_key_is_the_instructors_alone(course):
    assert stat.S_IMODE((course.folder / "course.key").stat().st_mode) == 0o600
    assert (course.folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert Course.load(course.folder) == course


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("course.key", "abc", "must hold the key"),
        ("course.key", "zz" * 32, "must hold the key"),
        ("course.toml", "nom = 1", "must give the course a name"),
        ("course.toml", "name = ", "must give the course a name"),
    ],
)
def test_a_damaged_course(course, file, content, says):
    (course.folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        Course.open(course.folder)


def test_a_lost_key_is_not_made_anew(course):
    (course.folder / "course.key").unlink()
    with pytest.raises(InputError, match="must hold course.toml and course.key"):
        Course.open(course.folder)


@pytest.mark.parametrize(
    ("ids", "roster", "mode", "says"),
    [
        (["08"], CLASS, "practice", "exercise must be a known name"),
        (["07"], (), "practice", "at least one row"),
        (["07"], CLASS, "grade", "did you mean 'graded'"),
    ],
)
def test_bad_releases(course, workbook, ids, roster, mode, says):
    with pytest.raises(InputError, match=says):
        release(ids, roster, course, workbook / "out", mode=mode)


def test_the_command(workbook, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    (workbook / "class.csv").write_text("student_id,name\na1,Li\na2,Wu\n", encoding="utf-8")
    words = ["exercises", "release", "--roster", "class.csv", "--course", "crm", "-o", "zips", "--graded"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert "2 zips in zips, each with 07_small" in done.output
    assert "keep it secret" in done.output
    assert sorted(path.name for path in (workbook / "zips").iterdir()) == ["A1.zip", "A2.zip"]
    assert "keep it secret" not in CliRunner().invoke(app, words).output
    listed = CliRunner().invoke(app, ["exercises", "list"]).output
    assert "07_small" in listed and "Who bought?" in listed


def test_generators_differ_between_practice_and_grading(workbook):
    from casekit.exercises.authoring.source import function_inputs

    question = find_exercise("07").question("7.7")
    practice, graded = (function_inputs(question, 1, practice=flag) for flag in (True, False))
    assert practice != graded and graded == function_inputs(question, 1)
    assert np.shape(practice) == (5, 2)
