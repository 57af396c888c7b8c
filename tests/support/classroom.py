"""A small class for the tests of grading: notebooks as students hand them in, honest and otherwise."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from casekit.exercises.authoring.pages import KEY, STUDENT, notebook_of
from casekit.exercises.authoring.source import Exercise, read_exercise
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student

EXERCISE_FOLDER = Path(__file__).parent / "90_small"


def small_exercise() -> Exercise:
    """Five questions: money, share, series, function, free text."""
    return read_exercise(EXERCISE_FOLDER)


def answered(course: Course, student: Student) -> dict[str, Any]:
    """A notebook with every answer right."""
    return _notebook(course, student, KEY)


def empty(course: Course, student: Student, *extra: str) -> dict[str, Any]:
    """A notebook as it was handed out, with further code cells at its end."""
    notebook = _notebook(course, student, STUDENT)
    notebook["cells"] += [code_cell(source) for source in extra]
    return notebook


def _notebook(course: Course, student: Student, kind: str) -> dict[str, Any]:
    exercise = small_exercise()
    token = course.token(exercise.id, student.student_id)
    return notebook_of(exercise, kind, token=token, mode="graded")


def code_cell(source: str) -> dict[str, Any]:
    """A code cell that has not run."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def moodle_path(student: Student, number: int = 1, name: str = "90_small.ipynb") -> str:
    """Where Moodle puts a file in its zip."""
    return f"{student.name}_{1000 + number}_assignsubmission_file_/{name}"


def write_zip(path: Path, files: Sequence[tuple[str, bytes | dict[str, Any]]]) -> Path:
    """A zip with these files, names as they are; a dict becomes JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, json.dumps(content) if isinstance(content, dict) else content)
    return path


def zipped(*files: tuple[str, bytes | dict[str, Any]]) -> bytes:
    """The bytes of a zip with these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files:
            archive.writestr(name, json.dumps(file) if isinstance(file, dict) else file)
    return content.getvalue()


def add_link(path: Path, name: str, target: str) -> None:
    """Put a symbolic link into a zip."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, target)
