"""Hands an exercise out: one zip a student, with data of the student's own."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _
from casekit._whole import write_whole
from casekit.exercises.authoring.description import MODES
from casekit.exercises.authoring.source import Exercise, find_exercise
from casekit.exercises.releasing.copies import student_copy
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.record import add_to_record, read_record
from casekit.exercises.releasing.roster import Student
from casekit.exercises.releasing.zips import zip_of

#: Names that Windows keeps for itself.
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


@dataclass(frozen=True)
class Copy:
    """What one student got of one exercise."""

    student: Student
    exercise: str
    mode: str
    token: str
    data_sha256: str
    exercise_sha256: str
    path: Path


def release(
    exercise_ids: Sequence[str],
    roster: Sequence[Student],
    course: Course,
    out: str | Path,
    *,
    mode: str = "practice",
    listener: Callable[[int, int], None] | None = None,
) -> tuple[Copy, ...]:
    """Write one zip a student, each exercise in a folder of its own.

    Parameters
    ----------
    exercise_ids : sequence of str
        Names or numbers of exercises.
    roster : sequence of Student
        From :func:`casekit.exercises.releasing.roster.read_roster`.
    course : Course
    out : path
        Folder for the zips; made if need be.
    mode : str
        ``practice`` (``check`` says right or which slip) or ``graded`` (properties only).
    listener : callable, optional
        Told after each student how many of how many are done.

    Returns
    -------
    tuple of Copy
        One an exercise and student; also written to ``released.csv`` in the course's folder.

    Raises
    ------
    InputError
        If an exercise or the mode is not known, the roster is empty, or an exercise went out in the other
        mode in this course: its practice copies would answer the graded ones.
    """
    if mode not in MODES:
        raise errors.InputError("release", errors.unknown_name(_("mode"), mode, list(MODES)))
    if not roster:
        raise errors.InputError("release", errors.empty(_("the roster")))
    exercises = list({exercise.id: exercise for exercise in map(find_exercise, exercise_ids)}.values())
    _refuse_the_other_mode(course, [exercise.id for exercise in exercises], mode)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    names, copies = file_names(roster), []
    for done, student in enumerate(roster, start=1):
        path = folder / f"{names[student.student_id]}.zip"
        made = [copy_of(exercise, student, course, mode=mode) for exercise in exercises]
        write_whole(
            path, zip_of({name: content for files, _facts in made for name, content in files.items()})
        )
        copies += [Copy(student=student, mode=mode, path=path, **facts) for _files, facts in made]
        if listener is not None:
            listener(done, len(roster))
    add_to_record(course, map(_row, copies))
    return tuple(copies)


def _row(copy: Copy) -> dict[str, str]:
    """What the record says of a copy."""
    return {
        "student_id": copy.student.student_id,
        "exercise": copy.exercise,
        "mode": copy.mode,
        "token": copy.token,
        "data_sha256": copy.data_sha256,
        "exercise_sha256": copy.exercise_sha256,
    }


def copy_of(
    exercise: Exercise, student: Student, course: Course, *, mode: str
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of one student's copy by their names in the zip, and what the record notes of it."""
    from casekit.exercises.releasing.how_to_hand_in import how_to_hand_in

    made = student_copy(exercise, student, course, mode=mode)
    notebook = json.dumps(made.notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files = {
        f"{exercise.id}.ipynb": notebook.encode(),
        "HOW_TO_HAND_IN.html": how_to_hand_in(exercise, student, mode=mode).encode(),
        **made.files,
    }
    facts = {
        "exercise": exercise.id,
        "token": made.token,
        "data_sha256": made.data_sha256,
        "exercise_sha256": exercise.sha256,
    }
    return {f"{exercise.id}/{name}": content for name, content in files.items()}, facts


def _refuse_the_other_mode(course: Course, exercises: list[str], mode: str) -> None:
    """In one course a student's data are the same in both modes: practice would answer the graded copy."""
    others = {row["exercise"] for row in read_record(course) if row["mode"] != mode}
    both = [name for name in exercises if name in others]
    if both:
        problem = errors.must_hold(
            _("an exercise must be released in one mode only within a course"),
            got=_("{mode} for exercises that went out in the other mode").format(mode=mode),
            where=errors.listing(both),
            hint=_("--course with another folder: its own key gives every student other data"),
        )
        raise errors.InputError("release", problem)


def file_names(roster: Sequence[Student]) -> dict[str, str]:
    """A file name for every student id that every system takes, and no two the same.

    Examples
    --------
    >>> file_names([Student("A/1"), Student("A?1"), Student("CON"), Student("王1")])
    {'A/1': 'A_1', 'A?1': 'A_1-2', 'CON': '_CON', '王1': '王1'}
    """
    taken: set[str] = set()
    names = {}
    for student in roster:
        plain = unicodedata.normalize("NFC", student.student_id)
        base = re.sub(r"[^\w.-]", "_", plain).strip(".-")[:80] or "_"
        base = f"_{base}" if base.split(".")[0].upper() in _RESERVED else base
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        names[student.student_id] = name
    return names
