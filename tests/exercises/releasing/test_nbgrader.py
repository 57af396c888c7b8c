"""nbgrader's own generate and autograde on the source made for it: the key full marks, an empty one none."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casekit.exercises.authoring.source import find_exercise
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.nbgrader_source import points, write_nbgrader_source

#: Prints what autograding stored: automatic score, its most, whether texts are left to mark, by student.
SCORES = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    rows = {}
    for submission in book.assignment_submissions("03_loyalty_tiers"):
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        automatic = [grade for grade in grades if not grade.cell.name == "q3-13"]
        rows[submission.student.id] = [
            sum(grade.auto_score for grade in automatic),
            sum(grade.max_score for grade in automatic),
            submission.needs_manual_grade,
        ]
    print(json.dumps(rows))
"""


@pytest.fixture(scope="module")
def exercise():
    return find_exercise("03_loyalty_tiers")


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_the_source(exercise, tmp_path):
    folder = write_nbgrader_source(exercise, tmp_path)
    facts = [cell["metadata"].get("nbgrader", {}) for cell in cells(folder / f"{exercise.id}.ipynb")]
    names = [fact["grade_id"] for fact in facts if fact]
    assert len(set(names)) == len(names)
    assert sum(fact.get("points", 0) for fact in facts) == exercise.points
    assert '"graded"' in (folder / "exercise.json").read_text(encoding="utf-8")
    own = write_nbgrader_source(exercise, tmp_path / "b", course=Course.open(tmp_path / "course"))
    assert (own / "data/visits.csv").read_bytes() != (folder / "data/visits.csv").read_bytes()


def test_points_of_an_answer(exercise, tmp_path, capsys):
    from casekit.exercises.authoring.description import describe_copy

    solved = exercise.solve(1)
    items = describe_copy(exercise, solved, seed=1, token="t", mode="practice")["questions"]
    by_id = {item["id"]: item for item in items}
    assert points(solved.answers["3.1"], by_id["3.1"]) == 2
    assert points(solved.traps["3.1"]["a_year"], by_id["3.1"]) == 1
    assert points(lambda cost, margin, lift: cost / margin / lift, by_id["3.7"]) == 3
    assert points(None, by_id["3.4"]) == 0
    assert "3.1: That is visits a year" in capsys.readouterr().out


@pytest.mark.full
def test_generate_and_autograde(exercise, tmp_path):
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"], "HOME": str(tmp_path)}

    def run(*words):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    folder = write_nbgrader_source(exercise, tmp_path, course=Course.open(tmp_path / "course"))
    run("-m", "nbgrader", "generate_assignment", exercise.id, "--create")
    released = tmp_path / "release" / exercise.id / f"{exercise.id}.ipynb"
    text = released.read_text(encoding="utf-8")
    assert "HIDDEN" not in text and "digest" not in text and "BEGIN SOLUTION" not in text
    for student in ("key", "empty"):
        shutil.copytree(tmp_path / "release" / exercise.id, tmp_path / "submitted" / student / exercise.id)
    key = json.loads(text)
    solved = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in cells(folder / released.name)
    }
    for cell in key["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = solved[cell["metadata"]["nbgrader"]["grade_id"]]["source"]
    (tmp_path / "submitted" / "key" / exercise.id / released.name).write_text(
        json.dumps(key), encoding="utf-8"
    )
    run("-m", "nbgrader", "autograde", exercise.id, "--create")
    scores = json.loads(run("-c", SCORES).splitlines()[-1])
    automatic = exercise.points - exercise.question("3.13").points
    assert scores["key"] == [automatic, automatic, True]
    assert scores["empty"][0] == 0
