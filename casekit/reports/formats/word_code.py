"""Printed text in a Word file: its columns stay below each other, so long lines get smaller letters."""

from __future__ import annotations

import unicodedata
from typing import Any

from casekit.reports.formats.word_styles import W

#: Points of the letters of printed text, and the least that can be read.
SIZE, SMALLEST = 9.0, 5.0

#: Width of a letter in sizes of it, in the widest of the fonts that may stand in for Consolas.
ADVANCE = 0.605


def finish_code(paragraph: Any, room: float) -> None:
    """Make the letters of a printed text so small that its longest line fits (changes the tree).

    Parameters
    ----------
    paragraph : element
        A ``w:p`` of pandoc's style ``SourceCode``; its lines are parted by ``w:br``.
    room : float
        Width of the text in points.
    """
    size = letters_that_fit(_lines(paragraph), room)
    if size == SIZE:
        return
    for run in paragraph.iter(f"{W}r"):
        look = run.find(f"{W}rPr")
        if look is not None:
            for name in ("sz", "szCs"):
                look.append(look.makeelement(f"{W}{name}", {f"{W}val": str(round(2 * size))}))


def letters_that_fit(lines: list[str], room: float) -> float:
    """Points at which every line fits, in halves; the usual ones where none can be read at that size.

    Examples
    --------
    >>> [letters_that_fit(["a" * columns], 480) for columns in (40, 100, 400)]
    [9.0, 7.5, 9.0]
    """
    columns = max((_columns(line.rstrip()) for line in lines), default=0)
    fitting = int(2 * room / (ADVANCE * max(columns, 1))) / 2
    return min(SIZE, fitting) if fitting >= SMALLEST else SIZE


def _columns(line: str) -> int:
    """Letters of a line, a Chinese one taking two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def _lines(paragraph: Any) -> list[str]:
    lines = [""]
    for part in paragraph.iter(f"{W}t", f"{W}br"):
        if part.tag == f"{W}br":
            lines.append("")
        else:
            lines[-1] += part.text or ""
    return lines
