"""How much room text takes, estimated without drawing it: letters half as wide as high, Chinese square."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Height of a line, in sizes of its letters.
LINE = 1.3

#: How much wider bold letters are.
BOLD = 1.12

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
        return 0.34
    return 0.88 if letter in _WIDE else 0.56 if letter.islower() or letter.isdigit() else 0.68


def lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, math.ceil(width(part, size) * 1.04 / room)) for part in text.split("\n"))


def height(texts: Sequence[str], size: float, room: float, *, gap: float = 0.5) -> float:
    """How high paragraphs stand in a column of this width, ``gap`` lines between them."""
    if not texts:
        return 0.0
    return size * LINE * (sum(lines(text, size, room) for text in texts) + gap * (len(texts) - 1))


def largest(texts: Sequence[str], sizes: Sequence[float], room: float, deep: float) -> float | None:
    """The first size, largest first, at which paragraphs fit; None if they fit at none."""
    return next((size for size in sizes if height(texts, size, room) <= deep), None)


@dataclass(frozen=True)
class TableFit:
    """How a table stands: size of its letters, shares of the columns, and how many body rows are shown."""

    size: float
    shares: tuple[float, ...]
    rows: int


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
    widths = shares(rows)
    for size in sizes:
        if table_height(rows, size, widths, room) <= deep:
            return TableFit(size, widths, len(rows) - heading)
    size = sizes[-1]
    shown = len(rows)
    while shown > heading + 1 and table_height(rows[:shown], size, widths, room) + 1.9 * size > deep:
        shown -= 1
    return TableFit(size, widths, shown - heading)


def shares(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Shares of the width: the longest word of a column stays whole; long texts may wrap and count less."""
    wanted = []
    for column in zip(*rows, strict=True):
        longest = max(width(cell, 1) for cell in column)
        word = max((width(part, 1) * BOLD for cell in column for part in cell.split()), default=1)
        wanted.append(max(min(word, 20), min(longest, 12 + longest**0.6 * 1.6)) + 1.8)
    return tuple(share / sum(wanted) for share in wanted)


def table_height(rows: Sequence[Sequence[str]], size: float, widths: Sequence[float], room: float) -> float:
    """How high a table stands, cells wrapped."""
    total = 0.0
    for row in rows:
        cells = zip(row, widths, strict=True)
        total += (
            max(lines(cell, size, max(share * room - 1.4 * size, size)) for cell, share in cells)
            * size
            * LINE
            + 0.6 * size
        )
    return total
