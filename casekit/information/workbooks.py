"""Excel workbooks: the grids of their sheets, whether .xlsx or .xls."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _

Grid = list[list[Any]]

#: Excel keeps 15 digits; a longer number in a cell is not the number that was typed.
EXCEL_DIGITS = 15

_ZEROS = re.compile(r"0{2,}")


@dataclass
class Workbook:
    """An open workbook: sheet names as shown, and the day that counts as number zero."""

    names: list[str]
    epoch: date
    _source: Any = field(repr=False)
    _kind: str = "xlsx"

    def grid(self, name: str, rows: int | None = None) -> Grid:
        """The cells of a sheet from row 1 on, at most ``rows`` rows."""
        if self._kind == "xls":
            return _xls_grid(self._source, name, rows)
        sheet = self._source[name]
        sheet.reset_dimensions()
        with _quiet():
            if _pads_with_zeros(self._source):
                return [[_shown(cell) for cell in row] for row in sheet.iter_rows(max_row=rows)]
            return [
                [_plain(value) for value in row] for row in sheet.iter_rows(max_row=rows, values_only=True)
            ]

    def close(self) -> None:
        """Let the file go."""
        if self._kind == "xlsx":
            self._source.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """openpyxl warns of styles and validations that do not touch the values."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        yield


def open_xlsx(content: bytes, function: str) -> Workbook:
    """Open an .xlsx file; formulas give the value that Excel stored."""
    try:
        import openpyxl
    except ImportError as error:
        raise errors.MissingExtraError(_needs("openpyxl")) from error
    try:
        with _quiet():
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # a damaged zip or xml raises many kinds
        raise errors.InputError(function, broken_file("xlsx", error)) from error
    names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.sheetnames
    epoch = book.epoch.date() if isinstance(book.epoch, datetime) else book.epoch
    return Workbook(names, epoch, book, "xlsx")


def open_xls(content: bytes, function: str) -> Workbook:
    """Open an .xls file of Excel 97 to 2003."""
    try:
        import xlrd
    except ImportError as error:
        raise errors.MissingExtraError(_needs("xlrd")) from error
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    except Exception as error:
        raise errors.InputError(function, broken_file("xls", error)) from error
    names = [sheet.name for sheet in book.sheets() if sheet.visibility == 0] or book.sheet_names()
    epoch = date(1904, 1, 1) if book.datemode else date(1899, 12, 30)
    return Workbook(names, epoch, book, "xls")


def _xls_grid(book: Any, name: str, rows: int | None) -> Grid:
    import xlrd

    sheet = book.sheet_by_name(name)

    def value(cell: Any) -> Any:
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (ValueError, OverflowError):
                return cell.value
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else _plain(cell.value)

    count = sheet.nrows if rows is None else min(rows, sheet.nrows)
    return [[value(cell) for cell in sheet.row(number)] for number in range(count)]


def _plain(value: Any) -> Any:
    """A number too long for Excel as it shows it (1.10101199003071E+17), all else unchanged."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 10**EXCEL_DIGITS:
        return f"{value:.{EXCEL_DIGITS - 1}E}"
    return value


def broken_file(kind: str, error: Exception) -> errors.Problem:
    """The file calls itself one format and cannot be opened as it."""
    return errors.must_hold(
        _("the file must open as {kind}").format(kind=kind),
        got=str(error) or type(error).__name__,
        allowed=_("CSV, TSV, .xlsx, .xls, Parquet; without a password"),
        hint=_("open it in Excel, take the password off, and save it again as .xlsx"),
    )


def _pads_with_zeros(book: Any) -> bool:
    """Whether some cells of the workbook show 7 as 0007, as ids often do."""
    return any(_ZEROS.fullmatch(str(shape)) for shape in getattr(book, "_number_formats", ()))


def _shown(cell: Any) -> Any:
    """The value of a cell; a whole number shown with leading zeros as that text."""
    value = cell.value
    if isinstance(value, int) and not isinstance(value, bool) and _ZEROS.fullmatch(cell.number_format):
        return str(value).zfill(len(cell.number_format))
    return _plain(value)


def _needs(package: str) -> str:
    return _("this file needs {package}: pip install 'casekit[workbook]'").format(package=package)


def is_workbook_name(path: Path) -> bool:
    """True for names that promise an Excel workbook."""
    return path.suffix.lower() in (".xlsx", ".xlsm", ".xls")
