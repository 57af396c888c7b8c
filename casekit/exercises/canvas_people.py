"""Who is who in Canvas: a student of the roster, and the row of the gradebook exported from Canvas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casekit.exercises.owners import _forms
from casekit.exercises.roster import Student
from casekit.exercises.seeds import normalise_id

#: A row of the export, by its headings.
Person = Mapping[str, str]


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
