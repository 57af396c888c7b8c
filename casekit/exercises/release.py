"""Hands an exercise out: one zip a student, with data of the student's own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casekit import __version__, errors
from casekit._text import _
from casekit._whole import write_whole
from casekit.exercises.book import DESCRIPTION, TABLES
from casekit.exercises.course import Course
from casekit.exercises.description import MODES, as_text, describe_copy
from casekit.exercises.roster import Student
from casekit.exercises.source import Exercise, find_exercise
from casekit.exercises.student_tables import write_table

#: The list of what was handed out, in the course's folder; grading holds the data it makes against it.
RECORD = "released.csv"

#: Names that Windows keeps for itself.
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}

#: The one date in every zip: the same class and key give the same bytes.
_DATE = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Copy:
    """What one student got of one exercise."""

    student: Student
    exercise: str
    mode: str
    token: str
    data_sha256: str
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
        From :func:`casekit.exercises.roster.read_roster`.
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
        write_whole(path, _zip({name: content for files, _facts in made for name, content in files.items()}))
        copies += [Copy(student=student, mode=mode, path=path, **facts) for _files, facts in made]
        if listener is not None:
            listener(done, len(roster))
    _record(course, copies)
    return tuple(copies)


def copy_of(
    exercise: Exercise, student: Student, course: Course, *, mode: str
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of one student's copy by their names in the zip, and what the record notes of it."""
    from casekit.exercises.how_to_hand_in import how_to_hand_in
    from casekit.exercises.pages import STUDENT, notebook_of

    seed, token = course.seed(exercise.id, student.student_id), course.token(exercise.id, student.student_id)
    solved = exercise.solve(seed)
    description = describe_copy(exercise, solved, seed=seed, token=token, mode=mode)
    notebook = notebook_of(exercise, STUDENT, token=token, mode=mode)
    tables = {f"{TABLES}/{name}.csv": write_table(table) for name, table in solved.tables.items()}
    files = {
        f"{exercise.id}.ipynb": (
            json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        ).encode(),
        DESCRIPTION: as_text(description).encode(),
        "HOW_TO_HAND_IN.html": how_to_hand_in(exercise, student, mode=mode).encode(),
        **tables,
    }
    facts = {"exercise": exercise.id, "token": token, "data_sha256": data_digest(tables)}
    return {f"{exercise.id}/{name}": content for name, content in files.items()}, facts


def data_digest(tables: dict[str, bytes]) -> str:
    """One digest over a student's tables, to see at grading that the same data was made again."""
    whole = hashlib.sha256()
    for name in sorted(tables):
        whole.update(f"{name}\x00{len(tables[name])}\x00".encode() + tables[name])
    return whole.hexdigest()


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


# -- names and zips ----------------------------------------------------------------------------------------


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


def _zip(files: dict[str, bytes]) -> bytes:
    """A zip with the same bytes for the same files; names outside ASCII carry the UTF-8 flag."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr, entry.create_system = (
                zipfile.ZIP_DEFLATED,
                0o644 << 16,
                3,
            )
            archive.writestr(entry, files[name])
    return content.getvalue()


# -- the record --------------------------------------------------------------------------------------------


def _record(course: Course, copies: list[Copy]) -> None:
    """Add what was handed out to the course's list; a new copy of the same replaces the old line."""
    path = course.folder / RECORD
    rows = {(row["student_id"], row["exercise"], row["mode"]): row for row in read_record(course)}
    for copy in copies:
        row = {
            "student_id": copy.student.student_id,
            "exercise": copy.exercise,
            "mode": copy.mode,
            "token": copy.token,
            "data_sha256": copy.data_sha256,
            "casekit": __version__,
        }
        rows[(row["student_id"], row["exercise"], row["mode"])] = row
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["student_id", "exercise", "mode", "token", "data_sha256", "casekit"])
    writer.writeheader()
    writer.writerows(rows.values())
    write_whole(path, "\ufeff" + text.getvalue())


def read_record(course: Course) -> list[dict[str, str]]:
    """What was handed out, one row a student, exercise and mode; empty before the first release."""
    path = course.folder / RECORD
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
