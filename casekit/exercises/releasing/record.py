"""What was handed out to whom, and whether grading makes the same data again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from casekit import __version__, errors
from casekit._text import _, ngettext
from casekit._whole import write_whole
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student

#: The list of what was handed out, in the course's folder; grading holds the data it makes against it.
RECORD = "released.csv"

#: What a line says; the last ones tell why data made later may differ.
COLUMNS = (
    "student_id", "exercise", "mode", "token", "data_sha256", "exercise_sha256", "casekit", "numpy", "pandas",
)  # fmt: skip


def versions() -> dict[str, str]:
    """The packages on which a student's data depend."""
    return {"casekit": __version__, "numpy": np.__version__, "pandas": pd.__version__}


def read_record(course: Course) -> list[dict[str, str]]:
    """What was handed out, one row a student, exercise and mode; empty before the first release."""
    path = course.folder / RECORD
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: row.get(name) or "" for name in COLUMNS} for row in csv.DictReader(file, restkey="more")
        ]


def add_to_record(course: Course, rows: Iterable[Mapping[str, str]]) -> None:
    """Add what was handed out; a new copy of the same replaces the old line."""
    kept = {_which(row): row for row in read_record(course)}
    kept |= {_which(row): {**versions(), **row} for row in rows}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(kept.values())
    write_whole(course.folder / RECORD, "\ufeff" + text.getvalue())


def _which(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["student_id"], row["exercise"], row["mode"]


class Released:
    """What was handed out of one exercise, to hold against it what grading makes."""

    def __init__(self, course: Course, exercise: Exercise):
        rows = (row for row in read_record(course) if row["exercise"] == exercise.id)
        self._rows = {row["student_id"]: row for row in rows}
        self._course, self._exercise = course, exercise

    def data_of(self, student: Student) -> str:
        """The digest of the data that a student got; empty if that is not known."""
        return self._rows.get(student.student_id, {}).get("data_sha256", "")

    def require_known_ids(self, roster: Sequence[Student]) -> None:
        """Refuse a roster of which no id was ever given a copy: every copy would seem somebody else's.

        Raises
        ------
        InputError
        """
        if not self._rows or {student.student_id for student in roster} & set(self._rows):
            return
        problem = errors.must_hold(
            _("the roster must have the ids to which {exercise} was handed out").format(
                exercise=self._exercise.id
            ),
            got=_("{id}, where the release has {released}").format(
                id=roster[0].student_id, released=next(iter(self._rows))
            ),
            hint=_("use the roster of the release; a spreadsheet may have dropped zeros at the front"),
        )
        raise errors.InputError("grade", problem)

    def require_same_course(self, roster: Sequence[Student]) -> None:
        """Refuse a course with another key or name than that of the release.

        Raises
        ------
        InputError
        """
        others = [student for student in roster if self._has_other_token(student)]
        if others:
            raise self.other_data(others, len(roster))

    def _has_other_token(self, student: Student) -> bool:
        token = self._rows.get(student.student_id, {}).get("token", "")
        return bool(token) and token != self._course.token(self._exercise.id, student.student_id)

    def other_data(self, students: Sequence[Student], of: int) -> errors.InputError:
        """The refusal to grade students on data that they never had, with the way out."""
        count = ngettext(
            "other data than released.csv notes for {count} of {all} students",
            "other data than released.csv notes for {count} of {all} students",
            len(students),
        ).format(count=len(students), all=of)
        problem = errors.must_hold(
            _("the data made again for {exercise} must be those that were handed out").format(
                exercise=self._exercise.id
            ),
            got=count,
            where=errors.listing(student.student_id for student in students),
            allowed=_("other data with --other-data only; mark sheets then say so"),
            hint=self._way_out(students[0]),
        )
        return errors.InputError("grade", problem)

    def _way_out(self, student: Student) -> str:
        """What has changed since the release, as far as the record tells."""
        row = self._rows[student.student_id]
        if self._has_other_token(student):
            return _("use the folder of the course of the release: its key or its name was another")
        if row["exercise_sha256"] not in ("", self._exercise.sha256):
            return _("put exercise.py back as it was at the release: it has changed since")
        then = {name: row[name] for name in versions() if row[name]}
        changed = [name for name, now in versions().items() if then.get(name, now) != now]
        if changed:
            packages = ", ".join(f"{name} {then[name]}" for name in changed)
            return _("grade with the packages of the release: {packages}").format(packages=packages)
        return _("grade on the computer of the release, with casekit as it was then")


def other_data_note() -> str:
    """What the instructor reads beside a mark that rests on other data than the student's."""
    return _("Graded on data that this student did not have: what was made again differs from the release.")
