"""How much room text takes, estimated without drawing it: wide letters, so that it fits in any font."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Height of a line, in sizes of its letters.
LINE = 1.38

#: How much wider bold letters are.
BOLD = 1.15

_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMWGOQ%@—")


def width(text: str, size: float) -> float:
    """How wide a text is in the unit of ``size``.

    Examples
    --------
    >>> width("客户", 10), width("", 10)
    (20.0, 0)
    """
    return size * sum(_advance(letter) for letter in text)


def _advance(letter: str) -> float:
    if ord(letter) > 0x2E7F:
        return 1.0
    if letter in _NARROW:
        return 0.38
    return 0.95 if letter in _WIDE else 0.61 if letter.islower() or letter.isdigit() else 0.72


def lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, math.ceil(width(part, size) * 1.04 / room)) for part in text.split("\n"))


def height(texts: Sequence[str], size: float, room: float, *, gap: float = 0.6) -> float:
    """How high paragraphs stand in a column of this width, ``gap`` lines between them."""
    if not texts:
        return 0.0
    return size * LINE * (sum(lines(text, size, room) for text in texts) + gap * (len(texts) - 1))


def largest(texts: Sequence[str], sizes: Sequence[float], room: float, deep: float) -> float | None:
    """The first size, largest first, at which paragraphs fit; None if they fit at none."""
    return next((size for size in sizes if height(texts, size, room) <= deep), None)


@dataclass(frozen=True)
class TableFit:
    """How a table stands.

    Attributes
    ----------
    size : float
        Size of its letters.
    shares : tuple of float
        Shares of the columns in its width.
    rows : int
        Rows below the heading that are shown.
    width : float
        Width of the table: narrow ones are not stretched.
    """

    size: float
    shares: tuple[float, ...]
    rows: int
    width: float


def fit_table(
    rows: Sequence[Sequence[str]], heading: int, sizes: Sequence[float], room: float, deep: float
) -> TableFit:
    """The largest letters at which a table fits whole; at the smallest, as many rows as fit.

    Parameters
    ----------
    rows : sequence of rows
        Texts, rows of the heading first.
    heading : int
        How many rows are heading.
    sizes : sequence of float
        Sizes to try, largest first.
    room, deep : float
        Width and height to fill, in the unit of the sizes.
    """
    for size in sizes:
        columns = column_widths(rows, size, room)
        if table_height(rows, size, columns) <= deep and _words_whole(rows, size, columns):
            return _table(columns, size, len(rows) - heading)
    shown = len(rows)
    while shown > heading + 1 and table_height(rows[:shown], size, columns) + 3.5 * size > deep:
        shown -= 1
    return _table(columns, size, shown - heading)


def _table(columns: Sequence[float], size: float, rows: int) -> TableFit:
    whole = sum(columns)
    return TableFit(size, tuple(column / whole for column in columns), rows, whole)


def column_widths(rows: Sequence[Sequence[str]], size: float, room: float) -> list[float]:
    """Widths of columns: what their texts need; with less room long texts wrap, words stay whole."""
    least, wanted = [], []
    for column in zip(*rows, strict=True):
        least.append(_longest_word(column, size) + 1.6 * size)
        wanted.append(max(least[-1], max(width(cell, size) for cell in column) * 1.06 + 2.4 * size))
    if sum(wanted) <= room:
        return wanted
    if sum(least) >= room:
        return [part * room / sum(least) for part in least]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def _longest_word(column: Sequence[str], size: float) -> float:
    return max((width(part, size) * BOLD for cell in column for part in _pieces(cell)), default=size)


def _pieces(cell: str) -> list[str]:
    """The words of a cell; Chinese text and fingerprints may be cut anywhere."""
    return [word if ord(word[0]) < 0x2E80 and len(word) < 32 else word[:2] for word in cell.split()]


def _words_whole(rows: Sequence[Sequence[str]], size: float, columns: Sequence[float]) -> bool:
    return all(
        _longest_word(column, size) + 1.2 * size <= wide
        for column, wide in zip(zip(*rows, strict=True), columns, strict=True)
    )


def table_height(rows: Sequence[Sequence[str]], size: float, columns: Sequence[float]) -> float:
    """How high a table stands, cells wrapped."""
    total = 0.0
    for row in rows:
        cells = zip(row, columns, strict=True)
        most = max(lines(cell, size, max(wide - 1.2 * size, size)) for cell, wide in cells)
        total += most * size * LINE + 0.6 * size
    return total
