"""Cells of sheets that people and learning platforms open: text stays text, numbers stay numbers.

A student chooses a name, a file name and an answer. None of them may become a formula in the instructor's
spreadsheet.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _

#: What can begin a formula, at the start of a cell or where another separator than the comma would start one.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r＝＋－＠])")

#: Characters that a workbook cannot hold, and the most that one cell takes.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000


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
    text = _CONTROL.sub("", str(value))
    return _FORMULA.sub(r"\1'", text)


def write_csv(rows: Iterable[Sequence[Any]], path: Path, *, mark: bool = True) -> Path:
    """Write rows as CSV in UTF-8, with the mark that Excel needs unless ``mark`` is False."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([csv_text(value) for value in row] for row in rows)
    return write_bytes(path, (("\ufeff" if mark else "") + text.getvalue()).encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file so that a reader sees all of it or the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)
    return path


def new_book() -> Any:
    """An empty workbook."""
    try:
        import openpyxl
    except ImportError as error:
        raise errors.MissingExtraError(
            _("an .xlsx file needs openpyxl: pip install 'casekit[workbook]'")
        ) from error
    book = openpyxl.Workbook()
    book.remove(book.active)
    return book


def put(cell: Any, value: Any, number_format: str = "General") -> Any:
    """Write a value into a cell of a workbook: text as text whatever it begins with."""
    if value is None:
        return cell
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.value, cell.number_format = value, number_format
        return cell
    text = _CONTROL.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = bool(_FORMULA.match(text))
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


def save_book(book: Any, path: Path) -> Path:
    """Save a workbook whole or not at all."""
    content = BytesIO()
    book.save(content)
    return write_bytes(path, content.getvalue())


def text_width(text: str) -> int:
    """Width of a text in letters, Chinese ones counted twice.

    Examples
    --------
    >>> text_width("CRM"), text_width("客户")
    (3, 4)
    """
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(text))
