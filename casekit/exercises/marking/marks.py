"""The mark sheet: one row a student, as CSV and as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casekit._text import _, format_number
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.sheet_cells import font, put, row_height, write_csv
from casekit.exercises.marking.words import mark_word, submission_word, trap_words
from casekit.information.sheets import new_book, save_book, text_width

#: Fills of the workbook: nothing of the points, some of them, still to be marked.
NOTHING, SOME, WAITS = "FBE3D6", "FFF4CC", "E3EDF7"

_INK, _RULE = "222222", "BFC7CF"

#: Width of the columns that hold sentences.
_SAID = 54


def write_marks_csv(results: Results, path: Path) -> Path:
    """Write the marks as CSV in UTF-8 with a mark, one row a student."""
    headings = [*_headings(results), _("box")]
    rows = [[*_cells(row), row.graded.box or results.box] for row in results.rows]
    return write_csv([headings, *rows], path)


def write_marks_workbook(results: Results, path: Path) -> Path:
    """Write the marks as a workbook: marks, questions, and how they came about."""
    book = new_book()
    _about(book.create_sheet(_("about")), results)
    _marks(book.create_sheet(_("marks")), results)
    _questions(book.create_sheet(_("questions")), results)
    book.active = 1
    return save_book(book, path)


def _headings(results: Results) -> list[str]:
    questions = [question.id for question in results.questions]
    rest = [
        _("total"), _("out of"), _("still to mark"), _("status"), _("late"), _("repairs"), _("notes"),
    ]  # fmt: skip
    return [_("student id"), _("full name"), *questions, *rest]


def _cells(row: Row) -> list[Any]:
    """One student's row; points of a text that waits stay empty."""
    points = [None if mark.status == "by hand" else mark.points for mark in row.marks]
    waiting = sum(mark.out_of for mark in row.waiting)
    return [
        row.student.as_written or row.student.student_id,
        row.student.name,
        *points,
        row.points,
        row.out_of,
        waiting or None,
        submission_word(row.graded.status),
        _("late") if row.graded.late else "",
        " ".join(row.graded.repairs),
        " ".join(row.graded.notes),
    ]


# -- the workbook ------------------------------------------------------------------------------------------


def _marks(sheet: Any, results: Results) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    headings = _headings(results)
    _head(sheet, headings)
    last = len(headings)
    asked = len(results.questions)
    for line, row in enumerate(results.rows, 2):
        for place, value in enumerate(_cells(row), 1):
            cell = put(sheet.cell(line, place), value)
            centred = "center" if 2 < place <= 5 + asked else None
            cell.alignment = Alignment(vertical="top", horizontal=centred, wrap_text=place > last - 2)
            if place == 3 + asked:
                cell.font = font()
        said = [(" ".join(row.graded.repairs), _SAID), (" ".join(row.graded.notes), _SAID)]
        sheet.row_dimensions[line].height = row_height(said)
        _fill(sheet, line, row)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(last)}{len(results.rows) + 1}"
    ids = [row.student.as_written or row.student.student_id for row in results.rows]
    names = [row.student.name for row in results.rows]
    statuses = [submission_word(row.graded.status) for row in results.rows]
    widths = [_fit(ids, 11, 18), _fit(names, 10, 28), *[6.5] * asked, 8, 8, 13, _fit(statuses, 10, 24), 7]
    for place, width in enumerate([*widths, _SAID, _SAID], 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _print(sheet, landscape=True)


def _fill(sheet: Any, line: int, row: Row) -> None:
    """Colour the questions that did not earn all their points, of submissions that were run."""
    from openpyxl.styles import PatternFill

    for place, mark in enumerate(row.marks, 3):
        if mark.status == "by hand":
            colour = WAITS
        elif not row.ran or mark.points >= mark.out_of:
            continue
        else:
            colour = SOME if mark.points > 0 else NOTHING
        sheet.cell(line, place).fill = PatternFill("solid", fgColor=colour)


def _questions(sheet: Any, results: Results) -> None:
    """Every answer that was given and not right, with the sentence that the student reads."""
    from openpyxl.styles import Alignment

    headings = [
        _("student id"), _("full name"), _("question"), _("title"), _("status"), _("points"), _("out of"),
        _("mistake"), _("what the student reads"), _("idea to revisit"),
    ]  # fmt: skip
    _head(sheet, headings)
    titles = {question.id: question.title for question in results.questions}
    line = 1
    for row in results.ran:
        for mark in row.marks:
            if mark.status in ("right", "missing"):
                continue
            line += 1
            student = row.student
            cells = [student.as_written or student.student_id, student.name, mark.question]
            cells += [titles[mark.question], mark_word(mark.status)]
            points = None if mark.status == "by hand" else mark.points
            values = [*cells, points, mark.out_of, trap_words(mark.trap or ""), mark.sentence, mark.idea]
            for place, value in enumerate(values, 1):
                cell = put(sheet.cell(line, place), value)
                centred = "center" if place in (6, 7) else None
                cell.alignment = Alignment(vertical="top", horizontal=centred, wrap_text=place > 8)
            sheet.row_dimensions[line].height = row_height([(mark.sentence, 60), (mark.idea, 44)])
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:J{max(line, 2)}"
    for letter, width in zip("ABCDEFGHIJ", (12, 18, 10, 32, 22, 8, 8, 26, 60, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    _print(sheet, landscape=True)


def _about(sheet: Any, results: Results) -> None:
    """What was graded, when, in which box, within which limits; what the colours mean."""
    from openpyxl.styles import Alignment, PatternFill

    put(sheet.cell(1, 1), results.exercise.title).font = font(size=14)
    lines = about_lines(results)
    for line, (name, value) in enumerate(lines, 3):
        put(sheet.cell(line, 1), name).font = font()
        put(sheet.cell(line, 2), value).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(line, 1).alignment = Alignment(vertical="top")
    legend = [
        (SOME, _("some of the points")), (NOTHING, _("no point")),
        (WAITS, _("waits to be marked by hand; not in the total yet")),
    ]  # fmt: skip
    for line, (colour, text) in enumerate(legend, len(lines) + 4):
        sheet.cell(line, 1).fill = PatternFill("solid", fgColor=colour)
        put(sheet.cell(line, 2), text)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    sheet.sheet_view.showGridLines = False
    _print(sheet, landscape=False)


def about_lines(results: Results) -> list[tuple[str, str]]:
    """How the marks came about, name and value a line, for the head of sheets and pages."""
    limits = results.limits
    kept = _(
        "{seconds} s, {cpu} s of processor time, {memory} MB of memory, {processes} processes, "
        "{disk} MB of disk"
    ).format(
        seconds=format_number(limits["seconds"]),
        cpu=format_number(limits["cpu_seconds"]),
        memory=format_number(limits["memory"] / 1e6, digits=0),
        processes=limits["processes"],
        disk=format_number(limits["disk"] / 1e6, digits=0),
    )
    lines = [
        (_("exercise"), results.exercise.id),
        (_("course"), results.course),
        (_("graded"), results.graded_at.replace("T", " ")),
        (_("students"), _("{handed} of {all} handed in").format(
            handed=len(results.handed_in), all=len(results.rows))),
        (_("box"), f"{results.box}: {results.isolation}"),
        (_("limits of a submission"), kept),
        ("casekit", results.casekit),
    ]  # fmt: skip
    if results.other_data:
        lines.append((_("data"), results.other_data))
    if results.waiting:
        lines.append((_("still to mark"), _("{count} texts, by hand").format(count=results.waiting)))
    if results.unmatched:
        paths = "; ".join(f"{path}: {why}" for path, why in results.unmatched)
        lines.append((_("files of nobody"), paths))
    return lines


def _head(sheet: Any, headings: list[str]) -> None:
    from openpyxl.styles import Alignment, Border, Side

    for place, heading in enumerate(headings, 1):
        cell = put(sheet.cell(1, place), heading)
        cell.font = font(color=_INK)
        cell.border = Border(bottom=Side(style="medium", color=_RULE))
        cell.alignment = Alignment(vertical="bottom", wrap_text=True)


def _print(sheet: Any, *, landscape: bool) -> None:
    """Fit to the width of a page, the heading on each."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _fit(texts: list[str], low: float, high: float) -> float:
    return min(high, max([low, *(text_width(text) + 2 for text in texts)]))
