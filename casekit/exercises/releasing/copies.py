"""One student's copy of an exercise: what is handed out, and what grading makes again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from casekit.exercises.authoring.description import files_beside
from casekit.exercises.authoring.pages import STUDENT, notebook_of
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.book import DESCRIPTION
from casekit.exercises.checking.question import Solved
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student


@dataclass(frozen=True)
class StudentCopy:
    """One student's copy of one exercise.

    Attributes
    ----------
    token : str
        Names the copy.
    notebook : dict
    files : dict of bytes
        What lies beside the notebook: ``exercise.json`` and the tables.
    data_sha256 : str
        One digest over the tables.
    """

    token: str
    notebook: dict[str, Any]
    files: dict[str, bytes]
    data_sha256: str


def student_copy(
    exercise: Exercise, student: Student, course: Course, *, mode: str, solved: Solved | None = None
) -> StudentCopy:
    """Make one student's copy; ``solved`` saves solving the exercise on the student's data again."""
    seed, token = course.seed(exercise.id, student.student_id), course.token(exercise.id, student.student_id)
    solved = solved or exercise.solve(seed)
    files = files_beside(exercise, solved, seed=seed, token=token, mode=mode)
    tables = {name: content for name, content in files.items() if name != DESCRIPTION}
    return StudentCopy(
        token=token,
        notebook=notebook_of(exercise, STUDENT, token=token, mode=mode),
        files=files,
        data_sha256=data_digest(tables),
    )


def data_digest(tables: dict[str, bytes]) -> str:
    """One digest over a student's tables, to see at grading that the same data was made again."""
    whole = hashlib.sha256()
    for name in sorted(tables):
        whole.update(f"{name}\x00{len(tables[name])}\x00".encode() + tables[name])
    return whole.hexdigest()
