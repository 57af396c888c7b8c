"""Writes tables that open in Excel as they are: ids stay text, and no cell can run as a formula."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit._whole import drafts
from casekit.information.formulas import is_formula, printable, safe_text

#: Formats that casekit writes for people to open in a spreadsheet.
SUFFIXES = (".xlsx", ".csv")

#: The most letters that one cell of a workbook takes.
LONGEST = 32_000


def write_private_sheet(frame: pd.DataFrame, path: Path, function: str, *, sheet: str = "data") -> Path:
    """Write a frame as ``.xlsx`` or as ``.csv`` in UTF-8 with a mark that Excel understands.

    The file appears whole or not at all, and its owner alone may read it.
    """
    check_target(path, function)
    if path.suffix.lower() == ".csv":
        with drafts([path], private=True) as (draft,):
            _write_csv(frame, draft)
        return path
    return write_book({sheet: frame}, path, function, private=True)


def write_book(frames: dict[str, pd.DataFrame], path: Path, function: str, *, private: bool = False) -> Path:
    """Write frames as the sheets of one ``.xlsx`` file."""
    check_target(path, function, suffixes=(".xlsx",))
    book = new_book()
    for name, frame in frames.items():
        _fill(book.create_sheet(name), frame)
    return save_book(book, path, private=private)


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


def save_book(book: Any, path: Path, *, private: bool = False) -> Path:
    """Save a workbook whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with drafts([path], private=private) as (draft,):
        book.save(draft)
    return path


def put_text(cell: Any, text: str) -> None:
    """Write a text into a cell of a workbook: it stays text whatever it begins with."""
    plain = printable(text).replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
    cell.value = plain
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = is_formula(plain)


def text_width(text: str) -> int:
    """Width of a text in letters, Chinese ones counted twice.

    Examples
    --------
    >>> text_width("CRM"), text_width("客户")
    (3, 4)
    """
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def check_target(path: Path, function: str, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Refuse a path that cannot become such a file."""
    problems = []
    if path.suffix.lower() not in suffixes:
        problems.append(
            errors.must_hold(
                _("the file to write must be a spreadsheet"),
                got=path.name,
                allowed=listed(suffixes),
                hint=path.with_suffix(suffixes[0]).name,
            )
        )
    if not path.parent.is_dir():
        problems.append(
            errors.must_hold(
                _("the folder of the file to write must exist"),
                got=_("no folder {name}").format(name=path.parent.name),
                hint=_("make the folder first"),
            )
        )
    if problems:
        raise errors.InputError(function, problems)


def _write_csv(frame: pd.DataFrame, draft: Path) -> None:
    safe = frame.copy()
    safe.columns = [safe_text(str(name)) for name in safe.columns]
    for place in range(safe.shape[1]):
        values = frame.iloc[:, place]
        if values.dtype == object or pd.api.types.is_string_dtype(values):
            texts = [safe_text(value) if isinstance(value, str) else value for value in values]
            safe.isetitem(place, pd.Series(texts, index=safe.index, dtype=object))
    safe.to_csv(draft, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _fill(sheet: Any, frame: pd.DataFrame) -> None:
    """Header in bold and frozen; texts written as text, dates as dates."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    for place, (name, values) in enumerate(zip(frame.columns, columns, strict=True), 1):
        _put(sheet.cell(1, place), str(name))
        sheet.cell(1, place).font = Font(bold=True)
        longest = max([text_width(str(name)), *(text_width(str(value)) for value in values.head(200))])
        sheet.column_dimensions[get_column_letter(place)].width = min(60, longest + 3)
        for row, value in enumerate(values, 2):
            _put(sheet.cell(row, place), value)
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, (datetime, date)) and value is not pd.NaT:
        cell.value = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
        midnight = not isinstance(value, datetime) or value.time() == datetime.min.time()
        cell.number_format = "yyyy-mm-dd" if midnight else "yyyy-mm-dd hh:mm:ss"
    elif value is not None and not pd.isna(value):
        cell.value = value.item() if isinstance(value, np.generic) else value
