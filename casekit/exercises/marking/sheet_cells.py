"""Cells of sheets that people and learning platforms open: text stays text, numbers stay numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from casekit._whole import write_whole
from casekit.information.formulas import printable, safe_text
from casekit.information.sheets import put_text, text_width


def csv_text(value: Any) -> str:
    """A value as text of a CSV cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> csv_text("=1+1"), csv_text("Ann;=1+1"), csv_text(-2.5), csv_text(3.0), csv_text(None)
    ("'=1+1", "Ann;'=1+1", '-2.5', '3', '')
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return safe_text(printable(str(value)))


def write_csv(rows: Iterable[Sequence[Any]], path: Path, *, mark: bool = True) -> Path:
    """Write rows as CSV in UTF-8, with the mark that Excel needs unless ``mark`` is False."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([csv_text(value) for value in row] for row in rows)
    return write_whole(path, ("\ufeff" if mark else "") + text.getvalue())


def put(cell: Any, value: Any, number_format: str = "General") -> Any:
    """Write a value into a cell of a workbook: text as text whatever it begins with."""
    if value is None:
        return cell
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.value, cell.number_format = value, number_format
        return cell
    put_text(cell, str(value))
    return cell


def font(*, bold: bool = True, size: float = 11, color: str | None = None) -> Any:
    """A font that spreadsheets have, so that bold text does not change its face."""
    from openpyxl.styles import Font

    return Font(name="Calibri", bold=bold, size=size, color=color)


def row_height(columns: Sequence[tuple[str, float]], *, most: float = 400.0) -> float:
    """Height in which texts stand whole in columns of these widths (in letters).

    Examples
    --------
    >>> row_height([("short", 20)]), row_height([("a line, " * 10, 20)])
    (15.0, 75.0)
    """
    counts = [
        sum(1 + max(text_width(part) - 1, 0) // max(int(0.9 * width), 1) for part in text.split("\n"))
        for text, width in columns
    ]
    return min(most, 15.0 * max(counts, default=1))
