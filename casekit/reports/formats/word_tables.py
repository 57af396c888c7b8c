"""Tables of a Word file: columns as wide as what they hold, rows whole, numbers to the right."""

from __future__ import annotations

from typing import Any

from casekit.reports.columns import numeric_columns
from casekit.reports.formats import fit
from casekit.reports.formats.word_styles import W

#: Points of the letters in tables, and twentieths of a point in a millimetre.
SIZE, TWIP = 8.5, 1440 / 25.4

#: A table of at most so many rows is kept on one page.
SHORT = 14


def finish_table(table: Any, room: float) -> None:
    """Set widths, alignment and page breaks of one table (changes the tree).

    Parameters
    ----------
    table : element
        A ``w:tbl`` that pandoc wrote.
    room : float
        Width of the text in millimetres.
    """
    rows = table.findall(f"{W}tr")
    texts = [["".join(cell.itertext()).strip() for cell in row.findall(f"{W}tc")] for row in rows]
    if len({len(row) for row in texts}) == 1:
        _set_widths(table, rows, _widths(texts, room))
    numeric = numeric_columns(texts[1:])
    for place, row in enumerate(rows):
        _shape(row, "trPr").insert(0, row.makeelement(f"{W}cantSplit"))
        kept = place < len(rows) - 1 and (len(rows) <= SHORT or place == 0)
        for number, cell in enumerate(row.findall(f"{W}tc")):
            for paragraph in cell.findall(f"{W}p"):
                _set_cell(paragraph, right=number < len(numeric) and numeric[number], kept=kept)


def _widths(texts: list[list[str]], room: float) -> list[int]:
    """Widths in twentieths of a point: what the columns need, at most the room there is."""
    return [round(20 * width) for width in fit.column_widths(texts, SIZE, room * TWIP / 20)]


def _set_widths(table: Any, rows: list[Any], widths: list[int]) -> None:
    shape = _shape(table, "tblPr")
    for old in shape.findall(f"{W}tblW") + shape.findall(f"{W}tblLayout"):
        shape.remove(old)
    whole = shape.makeelement(f"{W}tblW", {f"{W}w": str(sum(widths)), f"{W}type": "dxa"})
    layout = shape.makeelement(f"{W}tblLayout", {f"{W}type": "fixed"})
    style = shape.find(f"{W}tblStyle")
    shape.insert(0 if style is None else 1, whole)
    look = shape.find(f"{W}tblLook")
    shape.insert(len(shape) if look is None else list(shape).index(look), layout)
    grid = table.find(f"{W}tblGrid")
    grid[:] = [grid.makeelement(f"{W}gridCol", {f"{W}w": str(width)}) for width in widths]
    for row in rows:
        for cell, width in zip(row.findall(f"{W}tc"), widths, strict=True):
            part = _shape(cell, "tcPr")
            for old in part.findall(f"{W}tcW"):
                part.remove(old)
            part.insert(0, part.makeelement(f"{W}tcW", {f"{W}w": str(width), f"{W}type": "dxa"}))


def _shape(element: Any, name: str) -> Any:
    """The part of an element that says how it looks, made if need be."""
    part = element.find(f"{W}{name}")
    if part is None:
        part = element.makeelement(f"{W}{name}")
        element.insert(0, part)
    return part


def _set_cell(paragraph: Any, *, right: bool, kept: bool) -> None:
    shape = _shape(paragraph, "pPr")
    for name in ("pStyle", "jc", "keepNext"):
        for old in shape.findall(f"{W}{name}"):
            shape.remove(old)
    if kept:
        shape.insert(0, shape.makeelement(f"{W}keepNext"))
    shape.insert(0, shape.makeelement(f"{W}pStyle", {f"{W}val": "TableText"}))
    if right:
        shape.append(shape.makeelement(f"{W}jc", {f"{W}val": "right"}))
