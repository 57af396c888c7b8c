"""Seconds a submission: casekit's grading in boxes beside nbgrader's autograde without any, same notebook.

    python tests/benchmarks/bench_grading.py                # 20 submissions, two workers
    python tests/benchmarks/bench_grading.py 60 --workers 4 --exercise 01

Needs bubblewrap, and nbgrader in the same environment (without it only casekit is timed). Both grade one
exercise of the workbook with every answer right; both check that every submission got full points. nbgrader
has no data per student, so its students share the data of one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from casekit.exercises.authoring.pages import KEY, STUDENT, notebook_of
from casekit.exercises.authoring.source import Exercise, find_exercise
from casekit.exercises.checking.question import NUMERIC
from casekit.exercises.grading.grade import grade
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.release import copy_of
from casekit.exercises.releasing.roster import Student

ASSIGNMENT = "worksheet"


def time_casekit(folder: Path, exercise: Exercise, roster: list[Student], workers: int) -> float:
    """Seconds for the class, from the zip's folder to marks, probes of the box included."""
    course = Course.open(folder / "course", name="benchmark")
    for student in roster:
        token = course.token(exercise.id, student.student_id)
        path = folder / "uploads" / student.student_id / f"{exercise.id}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook_of(exercise, KEY, token=token, mode="graded")))
    began = time.perf_counter()
    graded = grade(
        folder / "uploads",
        course=course,
        roster=roster,
        out=folder / "marks",
        exercise=exercise,
        workers=workers,
    )
    seconds = time.perf_counter() - began
    by_machine = {question.id for question in exercise.questions if question.kind != "free_text"}
    for item in graded:
        wrong = [mark for mark in item.marks if mark.question in by_machine and mark.status != "right"]
        assert item.status == "ok" and not wrong, (item.status, wrong)
    return seconds


def time_nbgrader(folder: Path, exercise: Exercise, roster: list[Student]) -> float:
    """Seconds of ``nbgrader autograde`` for the class, one after the other, as it does."""
    folder.mkdir()
    course = Course.open(folder / "course", name="benchmark")
    files, _facts = copy_of(exercise, roster[0], course, mode="graded")
    tests = _tests(exercise, course, roster[0])
    source = folder / "source" / ASSIGNMENT
    _write(source, files, _with_tests(notebook_of(exercise, STUDENT, mode="graded"), tests))
    for student in roster:
        submitted = folder / "submitted" / student.student_id / ASSIGNMENT
        _write(submitted, files, _with_tests(notebook_of(exercise, KEY, mode="graded"), tests))
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'benchmark'\n"
    )
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    _nbgrader(folder, environment, "generate_assignment", ASSIGNMENT, "--force")
    began = time.perf_counter()
    _nbgrader(folder, environment, "autograde", ASSIGNMENT)
    seconds = time.perf_counter() - began
    with sqlite3.connect(folder / "gradebook.db") as database:
        points = database.execute(
            "select count(*), sum(auto_score) from grade where auto_score > 0"
        ).fetchone()
    assert points[0] == len(roster) * len(tests), points
    return seconds


def _tests(exercise: Exercise, course: Course, student: Student) -> dict[str, str]:
    """An assert a question whose answer is one number."""
    right = exercise.solve(course.seed(exercise.id, student.student_id)).answers
    tests = {}
    for question in exercise.questions:
        if question.kind in NUMERIC:
            difference = f"abs({question.answer} - {float(right[question.id])!r})"
            tests[question.id] = f"assert {difference} <= {question.tolerance + 1e-9}"
    return tests


def _with_tests(notebook: dict[str, Any], tests: dict[str, str]) -> dict[str, Any]:
    """The notebook with nbgrader's marks: cells with a check are answers, a locked test follows each."""
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        source = "".join(cell["source"])
        for question, test in tests.items():
            if cell["cell_type"] == "code" and f'check("{question}"' in source:
                cell["metadata"] = {"nbgrader": _marks(f"answer{question}", solution=True)}
                checked = {"nbgrader": _marks(f"test{question}", grade=True)}
                cells.append(
                    {**cell, "id": f"test{question}".replace(".", "-"), "metadata": checked, "source": test}
                )
    return {**notebook, "cells": cells}


def _marks(name: str, *, solution: bool = False, grade: bool = False) -> dict[str, Any]:
    marks = {"grade_id": name.replace(".", "-"), "schema_version": 3, "task": False}
    points = {"points": 1} if grade else {}
    return {**marks, **points, "solution": solution, "grade": grade, "locked": grade}


def _write(folder: Path, files: dict[str, bytes], notebook: dict[str, Any]) -> None:
    for name, content in files.items():
        path = folder.joinpath(*Path(name).parts[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".ipynb":
            path.write_bytes(content)
    (folder / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(notebook))


def _nbgrader(folder: Path, environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--exercise", default="03")
    options = parser.parse_args()
    exercise = find_exercise(options.exercise)
    roster = [Student(f"S{number:04}", f"Student {number}") for number in range(options.count)]
    with tempfile.TemporaryDirectory(prefix="grading-") as made:
        ours = time_casekit(Path(made) / "casekit", exercise, roster, options.workers)
        print(f"{exercise.id}, {options.count} submissions")
        print(f"casekit, boxes, {options.workers} workers: {ours / options.count:.2f} s a submission")
        if shutil.which("nbgrader", path=str(Path(sys.executable).parent)) is None:
            print("nbgrader is not installed here")
            return
        theirs = time_nbgrader(Path(made) / "nbgrader", exercise, roster)
        print(f"nbgrader, no box, in sequence: {theirs / options.count:.2f} s a submission")
        print(f"ratio: {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
