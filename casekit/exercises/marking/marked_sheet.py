"""Reads marks given by hand back from the sheet; whatever is wrong is said together, with its rows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import LANGUAGES, _, current_language, language
from casekit.exercises.checking.question import Question
from casekit.exercises.marking.free_text import BEFORE, Text, criteria_of, headings, sheet_name, texts_of
from casekit.exercises.marking.hand_marks import HandMark, digest_of
from casekit.exercises.marking.results import Results

_NAME = "read_marked_sheet"


@dataclass
class _Faults:
    """Rows of the sheets, by what is wrong with them."""

    rows: dict[str, list[str]] = field(default_factory=dict)
    got: dict[str, str] = field(default_factory=dict)

    def add(self, rule: str, got: str, where: str) -> None:
        self.rows.setdefault(rule, []).append(where)
        self.got.setdefault(rule, got)

    def problems(self) -> list[errors.Problem]:
        hint = _("put it right in the sheet and read it again; nothing was taken over")
        return [
            errors.must_hold(rule, got=self.got[rule], where=errors.listing(rows), hint=hint)
            for rule, rows in self.rows.items()
        ]


def read_marked_sheet(results: Results, path: str | Path) -> dict[tuple[str, str], HandMark]:
    """Read the marks that a person filled in.

    Parameters
    ----------
    results : Results
        The grading that the sheet was made from.
    path : path
        ``free_text.xlsx``, filled in. Rows without any points still wait.

    Returns
    -------
    dict of (student id, question) to HandMark

    Raises
    ------
    InputError
        If a code is unknown or stands there twice, points are missing, no number, or outside 0 to the points
        of the criterion. All such rows are named together, and nothing is taken over.
    """
    book = _open(Path(path))
    texts = {(text.question.id, text.code): text for text in texts_of(results)}
    faults = _Faults()
    found: dict[tuple[str, str], HandMark] = {}
    questions = [question for question in results.questions if question.kind == "free_text"]
    sheets = [(question, sheet_name(question)) for question in questions]
    if not any(name in book.sheetnames for _question, name in sheets):
        wanted = ", ".join(name for _question, name in sheets)
        problem = errors.must_hold(
            _("the workbook must have the sheets of the texts"),
            got=errors.listing(book.sheetnames),
            allowed=wanted,
            hint=_("fill in the free_text.xlsx of this grading"),
        )
        raise errors.InputError(_NAME, problem)
    for question, name in sheets:
        if name in book.sheetnames:
            _sheet(book[name], question, texts, faults, found)
    if faults.rows:
        raise errors.InputError(_NAME, faults.problems())
    return found


def take_over(results: Results, given: dict[tuple[str, str], HandMark]) -> int:
    """Note marks with the grading; how many are new or changed."""
    changed = 0
    for (student, question), mark in given.items():
        if results.hand.marks.get(student, {}).get(question) != mark:
            results.hand.give(student, question, mark)
            changed += 1
    return changed


def unread_marks(results: Results, path: Path) -> bool:
    """True if a sheet holds points or comments that were not taken over, so that it must not be replaced."""
    if not path.is_file():
        return False
    try:
        given = read_marked_sheet(results, path)
    except errors.InputError:
        return _holds_points(path)
    return any(
        results.hand.marks.get(student, {}).get(question) != mark
        for (student, question), mark in given.items()
    )


def _holds_points(path: Path) -> bool:
    """Whether anything is filled in, in a sheet that cannot be read as it is."""
    try:
        book = _open(path)
    except errors.InputError:
        return True
    return any(
        isinstance(cell, (int, float)) and not isinstance(cell, bool)
        for sheet in book.worksheets[:-1]
        for line in sheet.iter_rows(min_row=2, min_col=4, values_only=True)
        for cell in line
    )


def _open(path: Path) -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise errors.MissingExtraError(
            _("an .xlsx file needs openpyxl: pip install 'casekit[workbook]'")
        ) from error
    try:
        return openpyxl.load_workbook(path, data_only=True)
    except Exception as error:  # whatever a broken zip or a file of another kind does to openpyxl
        problem = errors.must_hold(
            _("the marks given by hand must be a workbook (.xlsx)"),
            got=str(path),
            hint=_("save the sheet as .xlsx; from a CSV copy the points back into free_text.xlsx"),
        )
        raise errors.InputError(_NAME, problem) from error


def _sheet(
    sheet: Any,
    question: Question,
    texts: dict[tuple[str, str], Text],
    faults: _Faults,
    found: dict[tuple[str, str], HandMark],
) -> None:
    places = _places(sheet, question)
    seen: dict[str, int] = {}
    for number, line in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        code = str(line[places[0]] or "").strip().upper() if places[0] < len(line) else ""
        where = _("sheet {sheet} row {row}").format(sheet=sheet.title, row=number)
        cells = [line[place] if place < len(line) else None for place in places]
        if not code and all(cell in (None, "") for cell in cells):
            continue
        text = texts.get((question.id, code))
        if text is None:
            faults.add(_("every code must be one of this grading"), code or _("no code"), where)
        elif code in seen:
            faults.add(_("a code must not stand there twice"), code, where)
        else:
            points = _points(question, cells[1:-1], where, faults)
            if points is not None:
                comment = str(cells[-1] or "").strip()
                student = text.row.student.student_id
                found[student, question.id] = HandMark(points, comment, digest_of(text.text))
        seen[code] = number


def _places(sheet: Any, question: Question) -> list[int]:
    """Where code, criteria and comment stand, by their headings in any language: columns may have moved."""
    head = [str(cell or "").strip() for cell in next(sheet.iter_rows(max_row=1, values_only=True), ())]
    for name in (current_language(), *LANGUAGES):
        with language(name):
            wanted = _wanted(question)
        if set(wanted) <= set(head):
            return [head.index(column) for column in wanted]
    missing = [column for column in _wanted(question) if column not in head]
    problem = errors.must_hold(
        _("the sheet {sheet} must have its columns").format(sheet=sheet.title),
        got=errors.listing(head) or _("none"),
        allowed=errors.listing(missing),
        hint=_("leave the first row as it was written"),
    )
    raise errors.InputError(_NAME, problem)


def _wanted(question: Question) -> list[str]:
    columns = headings(question)
    return [columns[0], *columns[BEFORE:-2], columns[-1]]


def _points(question: Question, cells: list[Any], where: str, faults: _Faults) -> dict[str, float] | None:
    """The points of a row; None if it is empty or wrong."""
    criteria = criteria_of(question)
    blank = [item.name for item, cell in zip(criteria, cells, strict=True) if _is_blank(cell)]
    if len(blank) == len(criteria):
        return None
    if blank:
        rule = _("a row that is marked must have points for every criterion (0 counts)")
        faults.add(rule, _("no points for {names}").format(names=errors.listing(blank)), where)
        return None
    points = {}
    for item, cell in zip(criteria, cells, strict=True):
        value = _number(cell)
        if value is None:
            faults.add(_("points must be numbers"), errors.shown(cell), where)
            return None
        if not 0 <= value <= item.points:
            rule = _("{criterion} must lie between 0 and {most}").format(
                criterion=item.name, most=errors.shown(item.points)
            )
            faults.add(rule, errors.shown(value), where)
            return None
        points[item.name] = value
    return points


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _number(cell: Any) -> float | None:
    """A number, also as text with a comma or a full-width figure."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str):
        cell = cell.strip().replace(",", ".").replace("，", ".").replace("．", ".")
    try:
        value = float(cell)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None
