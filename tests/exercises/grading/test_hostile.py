"""Submissions that mean harm, run for real: none gains a mark, sees a secret, or disturbs another."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from support.classroom import (
    add_link,
    answered,
    empty,
    moodle_path,
    small_exercise,
    write_zip,
    zipped,
)
from support.hostile import ATTACKS

from casekit.exercises.grading.box.limits import MEGABYTE, Limits
from casekit.exercises.grading.grade import grade
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: system-packages.txt"),
]

LIMITS = Limits(
    seconds=12, cpu_seconds=3, memory=1000 * MEGABYTE, processes=32, disk=20 * MEGABYTE, files=2_000
)
DAEMON = "98765.4321"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Every attack, every bad file and honest students among them, graded in one run."""
    root = tmp_path_factory.mktemp("hostile")
    course = Course.open(root / "course", name="hostile")
    (root / "class.csv").write_text("student_id,name\n")
    names = [*ATTACKS, *FILES, "honest first", "honest last", "<b onload=alert(1)>Eve</b>", "=HYPERLINK(1)"]
    roster = [Student(f"S{number:03}", name) for number, name in enumerate(names)]
    path = _upload(root, course, {student.name: student for student in roster})
    before = _fingerprints()
    marks = grade(
        path,
        course=course,
        roster=roster,
        out=root / "marks",
        exercise=small_exercise(),
        workers=4,
        limits=LIMITS,
    )
    assert _fingerprints() == before
    return {item.student.name: item for item in marks}, json.loads(
        (root / "marks" / "grading.json").read_text()
    )


#: Attacks that are files, not code.
FILES = (
    "edits its metadata",
    "borrows a copy",
    "invalid JSON",
    "no notebook",
    "zip bomb",
    "zip slip",
    "symlink",
)


def _upload(root, course, by_name):
    files = []
    for number, (name, student) in enumerate(by_name.items()):
        if name in ATTACKS:
            code = ATTACKS[name].code.replace("HIDDEN", repr(str(root))).replace("DAEMON", DAEMON)
            files.append((moodle_path(student, number), empty(course, student, code)))
        elif name not in FILES:
            files.append((moodle_path(student, number), answered(course, student)))
    victim = by_name["honest first"]
    edited = answered(course, by_name["edits its metadata"])
    edited["metadata"]["casekit"]["student"] = course.token("90_small", victim.student_id)
    content = {
        "edits its metadata": ("90_small.ipynb", edited),
        "borrows a copy": ("90_small.ipynb", answered(course, victim)),
        "invalid JSON": ("90_small.ipynb", b'{"cells": [' + b"[" * 100_000),
        "no notebook": ("work.docx", b"words"),
        "zip bomb": ("all.zip", zipped(("90_small.ipynb", b" " * 15_000_000))),
    }
    files += [(moodle_path(by_name[name], 900, file), data) for name, (file, data) in content.items()]
    path = write_zip(root / "uploads.zip", files)
    slip = moodle_path(by_name["zip slip"], 901, "../../../evil.ipynb")
    write_zip_entry(path, slip, answered(course, by_name["zip slip"]))
    add_link(path, moodle_path(by_name["symlink"], 902), str(root / "course" / "course.key"))
    return path


def write_zip_entry(path, name, notebook):
    import zipfile

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, json.dumps(notebook))


def _fingerprints():
    """Of files that an attack tries to change."""
    import numpy

    import casekit

    paths = [Path(sys.executable).resolve(), Path(numpy.__file__), Path(casekit.__file__)]
    return [(path.stat().st_size, path.stat().st_mtime_ns) for path in paths]


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_gains_a_mark_and_each_is_named(graded, name):
    item, attack = graded[0][name], ATTACKS[name]
    assert item.points == 0
    assert item.status == attack.status, item
    told = " ".join(
        [*item.notes, *(text for _cell, text in item.errors), *(mark.status for mark in item.marks)]
    )
    assert attack.says in told
    if attack.memo:
        assert item.free_text.get("9.5", item.answers.get("9.5")) == attack.memo


@pytest.mark.parametrize(
    "name", ["honest first", "honest last", "<b onload=alert(1)>Eve</b>", "=HYPERLINK(1)"]
)
def test_honest_students_among_them_get_all_their_points(graded, name):
    item = graded[0][name]
    assert (item.status, item.points, item.notes) == ("ok", 8.0, ())


def test_a_copy_of_another_is_named_and_earns_nothing(graded):
    item = graded[0]["borrows a copy"]
    assert (item.status, item.points, item.answers) == ("wrong student", 0, {})
    assert any("honest first" in note for note in item.notes)
    assert "honest first" not in item.sentence + " ".join(item.repairs)


def test_edited_metadata_neither_help_nor_disturb(graded):
    item = graded[0]["edits its metadata"]
    assert item.points == 8 and item.status == "ok"
    assert any("one of them was edited" in note for note in item.notes)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("invalid JSON", "not JSON"),
        ("no notebook", "no notebook"),
        ("zip bomb", "zip bomb"),
        ("zip slip", "zip slip"),
    ]
    + [("symlink", "a link to another place")],
)
def test_bad_files_are_unreadable_and_say_why(graded, name, why):
    item = graded[0][name]
    assert (item.status, item.points) == ("unreadable", 0)
    assert any(why in text for text in (*item.notes, *item.repairs))


def test_nothing_is_left_running(graded):
    assert graded[0]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert DAEMON.encode() not in path.read_bytes()
        except OSError:
            continue


def test_nothing_is_written_outside(graded, tmp_path_factory):
    root = tmp_path_factory.getbasetemp()
    assert graded[0] and not list(root.rglob("evil*")) and not list(root.parent.glob("evil*"))
    assert all(item["why"] for item in graded[1]["unmatched"])
