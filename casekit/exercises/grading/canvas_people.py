"""Who is who in Canvas: a student of the roster, and the row of the gradebook exported from Canvas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.exercises.authoring.seeds import normalise_id
from casekit.exercises.grading.owners import _forms
from casekit.exercises.releasing.roster import Student

#: A row of the export, by its headings.
Person = Mapping[str, str]

#: Columns by which Canvas knows a student; it asks for them in this order.
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


@dataclass(frozen=True)
class CanvasExport:
    """What a gradebook exported from Canvas says: the ids of every student, and names of assignments."""

    students: tuple[dict[str, str], ...]
    assignments: tuple[str, ...]


def read_canvas_export(path: str | Path) -> CanvasExport:
    """Read a gradebook exported from Canvas.

    Parameters
    ----------
    path : path
        The CSV as Canvas wrote it.

    Raises
    ------
    InputError
        If the file is no such export.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""
    lines = [line for line in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in line)]
    header = [cell.strip() for cell in lines[0]] if lines else []
    if header[:2] != ["Student", "ID"]:
        problem = errors.must_hold(
            _("the export must be a gradebook of Canvas"),
            got=_("columns {columns}").format(columns=errors.listing(header) or _("none")),
            where=str(path),
            allowed=", ".join(CANVAS),
            hint=_("in Canvas: Grades, Export, Export Entire Gradebook"),
        )
        raise errors.InputError("read_canvas_export", problem)
    rows = [dict(zip(header, line, strict=False)) for line in lines[1:]]
    students = [row for row in rows if row.get("ID", "").strip() and row["Student"].strip()]
    assignments = [name for name in header if re.fullmatch(r".+ \(\d+\)", name)]
    return CanvasExport(tuple(students), tuple(assignments))


def known_as(student: Student, people: Sequence[Person]) -> Person | None:
    """The row of a student: by its own ids, then by e-mail, then by the name; None if none or several fit."""
    tests = (
        lambda person: (
            student.student_id
            in {normalise_id(person.get(name, "")) for name in ("SIS User ID", "SIS Login ID", "ID")}
        ),
        lambda person: (
            student.email and student.email.casefold() == person.get("SIS Login ID", "").strip().casefold()
        ),
        lambda person: bool(_forms(student.name) & _forms(person.get("Student", ""))),
    )
    for test in tests:
        found = [person for person in people if test(person)]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def canvas_ids(roster: Sequence[Student], people: Sequence[Person]) -> dict[str, Student]:
    """The id by which Canvas knows a student, as it stands in names of files -> the student.

    Two students of the roster who fit one row are left out: neither is guessed.
    """
    found: dict[str, list[Student]] = {}
    for student in roster:
        person = known_as(student, people)
        if person is not None:
            found.setdefault(person["ID"].strip(), []).append(student)
    return {number: students[0] for number, students in found.items() if len(students) == 1}
