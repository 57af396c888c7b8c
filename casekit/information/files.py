"""Opens a client's file in whatever format it came, and keeps its row numbers as the user sees them."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit.information import text_files, workbooks

#: Day that Excel numbers zero.
EXCEL_EPOCH = date(1899, 12, 30)

#: Words that begin a row of totals.
TOTAL_WORDS = frozenset(
    [
        "合计",
        "总计",
        "小计",
        "总额",
        "汇总",
        "本页合计",
        "本月合计",
        "累计",
        "共计",
        "total",
        "totals",
        "subtotal",
        "sum",
        "grandtotal",
    ]
)

#: How the formats are called in messages.
FORMATS = "CSV, TSV (utf-8, utf-16, gb18030), .xlsx, .xls, Parquet"

Score = Callable[[list[str]], int]


#: Files that are no tables, told by their first bytes.
OTHER_FILES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}


@dataclass
class RawTable:
    """The cells of a file as text, before anything is understood.

    Attributes
    ----------
    cells : DataFrame of str
        One column a column of the file (labelled 0, 1, …), one row a row of data; the index holds the row
        numbers that a spreadsheet shows, the header counted.
    header : list of str
        Column names as in the file.
    encoding : str
        Encoding of a text file, empty for the other formats.
    how : list of str
        Sentences that say how the file was opened.
    blank, totals, headers, too_long : list of int
        Row numbers of blank rows, rows of totals and repeated headers, all left out of ``cells``, and of rows
        with more cells than the header.
    rows : int
        Rows below the header, blank ones and totals included.
    epoch : date
        The day that Excel numbers zero.
    """

    cells: pd.DataFrame
    header: list[str]
    encoding: str = ""
    how: list[str] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)
    rows: int = 0
    epoch: date = EXCEL_EPOCH


@dataclass(frozen=True)
class FileOptions:
    """What a user may say about a file; empty to find out."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    header: int = 0


def open_table(path: Path, function: str, score: Score, options: FileOptions) -> RawTable:
    """Open a file by its contents, not by its name.

    Parameters
    ----------
    path : Path
        The file.
    function : str
        Name that an error mentions.
    score : callable
        How many cells of a row are known column names: decides on the sheet, separator and header row.
    options : FileOptions
        What the user said.

    Raises
    ------
    InputError
        If the file is missing, is in no known format, or leaves a choice that only the user can make.
    """
    content = _content(path, function)
    if content[:4] == b"PAR1":
        return _open_parquet(content, function)
    if content[:4] == b"PK\x03\x04":
        return _open_workbook(workbooks.open_xlsx(content, function), function, score, options)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return _open_workbook(workbooks.open_xls(content, function), function, score, options)
    return _open_text(content, path, function, score, options)


def _content(path: Path, function: str) -> bytes:
    if path.is_dir():
        problem = errors.must_hold(
            _("the file must be a file"),
            got=_("the folder {name}").format(name=path.name),
            hint=_("name one file in it"),
        )
        raise errors.InputError(function, problem)
    if not path.is_file():
        near = errors.closest(path.name, _names_beside(path))
        hint = _("did you mean {near!r}?").format(near=near) if near else _("give the path of a file")
        raise errors.InputError(
            function,
            errors.must_hold(
                _("the file must exist"), got=_("no file {name}").format(name=path.name), hint=hint
            ),
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = errors.must_hold(
            _("the file must be readable"), got=str(error.strerror), hint=_("close it in Excel and try again")
        )
        raise errors.InputError(function, problem) from error
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(content, function)
    if not content.strip():
        raise errors.InputError(
            function,
            errors.must_hold(
                _("the file must hold a table"), got=_("an empty file"), hint=_("export it again")
            ),
        )
    return content


def _unpacked(content: bytes, function: str) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise errors.InputError(function, workbooks.broken_file("gzip", error)) from error


def _names_beside(path: Path) -> list[str]:
    return [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []


# -- formats ---------------------------------------------------------------------------------------------


def _open_text(content: bytes, path: Path, function: str, score: Score, options: FileOptions) -> RawTable:
    kind = next((name for start, name in OTHER_FILES.items() if content.startswith(start)), "")
    if kind:
        problem = errors.must_hold(
            _("the file must hold a table"),
            got=kind,
            allowed=FORMATS,
            hint=_("save the table in one of these"),
        )
        raise errors.InputError(function, problem)
    if content.lstrip()[:1] == b"<":
        problem = errors.must_hold(
            _("the file must hold a table"),
            got=_("a web page or XML that calls itself {name}").format(name=path.name),
            allowed=FORMATS,
            hint=_("open it in Excel and save it as .xlsx"),
        )
        raise errors.InputError(function, problem)
    table = text_files.read_text_table(
        content, function, score, encoding=options.encoding, separator=options.separator
    )
    how = [
        _("read as text in {encoding}, because {reason}").format(
            encoding=table.encoding, reason=table.reason
        ),
        _("columns separated by {separator}").format(separator=text_files.separator_name(table.separator)),
    ]
    if workbooks.is_workbook_name(path):
        how.insert(0, _("the name says Excel, but the file holds text"))
    return _table(table.records, how, function, score, options, encoding=table.encoding)


def _open_workbook(book: workbooks.Workbook, function: str, score: Score, options: FileOptions) -> RawTable:
    try:
        name = _choose_sheet(book, function, score, options)
        how = [_("read from the sheet {sheet!r}").format(sheet=name)]
        others = [other for other in book.names if other != name]
        if others:
            how.append(_("other sheets not read: {names}").format(names=errors.listing(others)))
        return _table(book.grid(name), how, function, score, options, epoch=book.epoch)
    finally:
        book.close()


def _choose_sheet(book: workbooks.Workbook, function: str, score: Score, options: FileOptions) -> str:
    """The sheet the user named, the only one, or the one with the most known column names."""
    if options.sheet:
        if options.sheet not in book.names:
            raise errors.InputError(function, errors.unknown_name(_("sheet"), options.sheet, book.names))
        return options.sheet
    scores = {}
    for name in book.names:
        rows = [[as_text(cell) for cell in row] for row in book.grid(name, text_files.PEEK)]
        scores[name] = max((score(row) for row in rows), default=0)
    best = [name for name in book.names if scores[name] == max(scores.values())]
    if len(best) > 1 and scores[best[0]] > 0 and "data" not in best:
        problem = errors.must_hold(
            _("one sheet must be chosen"),
            got=_("{count} sheets that look alike: {names}").format(
                count=len(best), names=errors.listing(best)
            ),
            hint=_("say sheet={sheet}, or put the sheets below each other in one").format(sheet=best[0]),
        )
        raise errors.InputError(function, problem)
    return "data" if "data" in best else best[0]


def _open_parquet(content: bytes, function: str) -> RawTable:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise errors.MissingExtraError(
            _("a Parquet file needs pyarrow: pip install 'casekit[workbook]'")
        ) from error
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except Exception as error:
        raise errors.InputError(function, workbooks.broken_file("Parquet", error)) from error
    header = [str(name) for name in frame.columns]
    texts = [[as_text(value) for value in frame.iloc[:, number]] for number in range(len(header))]
    records = [header, *map(list, zip(*texts, strict=True))]
    how = [_("read as Parquet; row 2 is its first row, as if a header stood above")]
    return _table(records, how, function, lambda row: len(row), FileOptions(header=1))


# -- from rows to a table --------------------------------------------------------------------------------


def _table(
    rows: list[list[Any]],
    how: list[str],
    function: str,
    score: Score,
    options: FileOptions,
    *,
    encoding: str = "",
    epoch: date = EXCEL_EPOCH,
) -> RawTable:
    number = options.header or _header_row(rows, score)
    header = [" ".join(as_text(cell).split()) for cell in rows[number - 1]] if number <= len(rows) else []
    if not any(header):
        raise errors.InputError(function, errors.empty(_("the file")))
    if not encoding:  # a note beside a sheet's table is a column without a name; in a text it is a split cell
        header += [""] * (max(map(len, rows)) - len(header))
    if number > 1:
        how.append(_("header on row {row}; the rows above it are not read").format(row=number))
    table = RawTable(pd.DataFrame(), header, encoding, how, epoch=epoch)
    numbers, records = [], []
    for position, row in enumerate(rows[number:], number + 1):
        texts = [as_text(cell) for cell in row]
        if _is_data(texts, position, table):
            numbers.append(position)
            records.append([*texts[: len(header)], *[""] * (len(header) - len(texts))])
    last = len(rows)
    while table.blank and table.blank[-1] == last:  # what follows the last filled row is not a blank row
        last = table.blank.pop() - 1
    table.rows = max(0, last - number)
    while not header[-1] and not any(record[len(header) - 1].strip() for record in records):
        header.pop()
    records = [record[: len(header)] for record in records]
    table.cells = pd.DataFrame(records, index=numbers, columns=range(len(header)), dtype=object)
    return table


def _is_data(texts: list[str], position: int, table: RawTable) -> bool:
    """Whether a row is data; what it is otherwise is noted on the table."""
    filled = [text for text in map(str.strip, texts) if text]
    if not filled:
        table.blank.append(position)
    elif _is_total(filled[0]):
        table.totals.append(position)
    elif [" ".join(text.split()) for text in texts] == table.header[: len(texts)]:
        table.headers.append(position)
    else:
        if any(text.strip() for text in texts[len(table.header) :]):
            table.too_long.append(position)
        return True
    return False


def _header_row(rows: list[list[Any]], score: Score) -> int:
    """Row number of the header: the row with the most known names among the first, else the first filled."""
    texts = [[as_text(cell) for cell in row] for row in rows[: text_files.PEEK]]
    scores = [score(row) for row in texts]
    if scores and max(scores) > 0:
        return scores.index(max(scores)) + 1
    return next((number for number, row in enumerate(texts, 1) if any(map(str.strip, row))), 1)


def _is_total(text: str) -> bool:
    return text.strip(" :：\u3000*").replace(" ", "").casefold() in TOTAL_WORDS


def as_text(value: Any) -> str:
    """A cell as text, without losing anything: 1001.0 is 1001, midnight is only a date.

    Examples
    --------
    >>> as_text(1001.0), as_text(0.25), as_text(datetime(2021, 6, 20)), as_text(None)
    ('1001', '0.25', '2021-06-20', '')
    """
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == time(0) else f"{day} {value.time().isoformat()}"
    if isinstance(value, float):
        if value != value:
            return ""
        if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        return repr(float(value)) if abs(value) < 2**53 else f"{value:.14E}"
    return str(value)
