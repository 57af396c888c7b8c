"""Files that Moodle and Canvas take: grade and feedback together, under the ids that they know."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _, format_number, ngettext
from casekit.exercises.grading.canvas_people import CANVAS, CanvasExport, known_as
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.sheet_cells import write_csv
from casekit.exercises.marking.words import trap_words

#: Columns of Moodle's grading worksheet; its import looks for them by these names.
MOODLE = (
    "Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum Grade",
    "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments",
)  # fmt: skip

_NUMBER = re.compile(r"_(\d{1,12})_assignsubmission_")


def feedback_text(row: Row) -> str:
    """What a student is told, as one paragraph for the comment field of a learning platform."""
    parts = [] if row.graded.status == "ok" else [row.graded.sentence]
    for mark in row.marks if row.ran else ():
        if mark.status == "right":
            continue
        if mark.status == "by hand":
            sentence = _("{question}: not marked yet (of {out_of}).")
            parts.append(sentence.format(question=mark.question, out_of=format_number(mark.out_of)))
            continue
        name = _(" ({mistake})").format(mistake=trap_words(mark.trap)) if mark.trap else ""
        parts.append(
            _("{question}{mistake}: {points} of {out_of}. {sentence}").format(
                question=mark.question,
                mistake=name,
                points=format_number(mark.points),
                out_of=format_number(mark.out_of),
                sentence=mark.sentence,
            )
        )
    parts += [hand.comment for hand in row.hand.values() if hand.comment]
    if not parts and row.marks:
        parts = [_("All answers are right.")]
    return " ".join(" ".join(part.split()) for part in parts)


def grade_of(row: Row, *, zero: bool = False) -> float | None:
    """The grade that goes to a learning platform; nothing for somebody who handed in nothing."""
    return row.points if row.handed_in or zero else None


def moodle_number(row: Row) -> str:
    """The number by which Moodle's assignment knows a student, from the name of the file handed in."""
    found = _NUMBER.search(row.graded.upload)
    return found[1] if found else ""


def write_moodle(results: Results, path: Path, *, zero: bool = False) -> Path:
    """Write what Moodle imports, in the assignment (grading worksheet) or in the gradebook (CSV).

    Grade and feedback stand together: feedback without a grade would wipe the grade. Rows of students who
    handed in nothing have neither.

    Parameters
    ----------
    results : Results
    path : Path
    zero : bool
        Give 0 to those who handed in nothing.
    """
    rows: list[list[Any]] = [list(MOODLE)]
    for row in results.rows:
        number, grade = moodle_number(row), grade_of(row, zero=zero)
        student = row.student
        rows.append(
            [
                f"Participant {number}" if number else "",
                student.name,
                student.as_written or student.student_id,
                student.email,
                "",
                grade,
                row.out_of,
                "Yes",
                "-",
                "-",
                _as_html(feedback_text(row)) if grade is not None else "",
            ]
        )
    return write_csv(rows, path)


def write_canvas(
    results: Results,
    path: Path,
    *,
    export: CanvasExport | None = None,
    assignment: str = "",
    zero: bool = False,
) -> list[Row]:
    """Write what Canvas imports in its gradebook.

    Parameters
    ----------
    results : Results
    path : Path
    export : CanvasExport, optional
        Canvas then finds every student by its own ids.
    assignment : str
        Name of the assignment; by default the one of the export that is called like the exercise, else the
        title of the exercise.
    zero : bool
        Give 0 to those who handed in nothing; else the cell stays empty and Canvas leaves the grade alone.

    Returns
    -------
    list of Row
        Students whom the export does not know; they are left out of the file.
    """
    name = _assignment(results, export, assignment)
    out_of = sum(question.points for question in results.questions)
    rows: list[list[Any]] = [[*CANVAS, name], ["    Points Possible", "", "", "", "", out_of]]
    found = [_own_ids(row) if export is None else _their_ids(row, export) for row in results.rows]
    strange = []
    for row, ids in zip(results.rows, found, strict=True):
        if ids is None or (export is not None and found.count(ids) > 1):
            strange.append(row)
        else:
            rows.append([*ids, grade_of(row, zero=zero)])
    write_csv(rows, path)
    return strange


def _assignment(results: Results, export: CanvasExport | None, wanted: str) -> str:
    """The heading of the column of grades: with its number, if Canvas knows the assignment already."""
    names = {re.sub(r" \(\d+\)$", "", name): name for name in (export.assignments if export else ())}
    if wanted and export is not None and wanted not in names and wanted not in names.values():
        known = list(names)
        raise errors.InputError("write_canvas", errors.unknown_name(_("assignment"), wanted, known))
    for name in (wanted, results.exercise.title, results.exercise.id):
        if name in names:
            return names[name]
    return wanted or results.exercise.title


def _own_ids(row: Row) -> list[Any]:
    student = row.student
    return [student.name, "", student.as_written or student.student_id, student.email, student.group]


def _their_ids(row: Row, export: CanvasExport) -> list[Any] | None:
    """The ids under which Canvas knows this student."""
    person = known_as(row.student, export.students)
    return None if person is None else [person.get(name, "") for name in CANVAS]


def _as_html(text: str) -> str:
    """Moodle shows comments as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def left_out_sentence(rows: list[Row]) -> str:
    """Who is not in the file for Canvas."""
    names = errors.listing(f"{row.student.student_id} {row.student.name}".strip() for row in rows)
    return ngettext(
        "{count} student is not in the Canvas export and was left out: {names}.",
        "{count} students are not in the Canvas export and were left out: {names}.",
        len(rows),
    ).format(count=len(rows), names=names)
