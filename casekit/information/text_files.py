"""Text tables: which encoding they are in, what separates their columns, and their records."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from casekit import errors
from casekit._text import _

#: Separators that a file may use, in the order in which equal evidence is decided.
SEPARATORS = (",", "\t", ";", "|", "，")

#: Records looked at to find the separator and the header.
PEEK = 20

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONG = re.compile(r"[\u0800-\U0010ffff]")
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)

#: Share of undecodable places below which a file is called damaged UTF-8 and not another encoding.
_DAMAGE = 0.1


@dataclass(frozen=True)
class TextTable:
    """The records of a text file, blank ones included, with how they were read."""

    records: list[list[str]]
    encoding: str
    reason: str
    separator: str


def read_text_table(
    content: bytes,
    function: str,
    score: Callable[[list[str]], int],
    *,
    encoding: str = "",
    separator: str = "",
) -> TextTable:
    """Decode and split a text file.

    Parameters
    ----------
    content : bytes
        The whole file.
    function : str
        Name that an error mentions.
    score : callable
        How many cells of a record are known column names: decides between separators.
    encoding, separator : str
        Said by the user; empty to find out.
    """
    text, encoding, reason = decode(content, function, encoding=encoding)
    line = _SEPARATOR_LINE.match(text)
    if line:
        separator, text = separator or line[1], text[line.end() :]
    separator = separator or _find_separator(text, score)
    return TextTable(_records(text, separator, function), encoding, reason, separator)


# -- encoding --------------------------------------------------------------------------------------------


def decode(content: bytes, function: str, *, encoding: str = "") -> tuple[str, str, str]:
    """The text, the encoding chosen and why.

    Examples
    --------
    >>> decode("客户号,金额".encode("gb18030"), "example")
    ('客户号,金额', 'gb18030', 'it is not valid UTF-8')
    """
    chosen, reason = (encoding, _("you said so")) if encoding else _find_encoding(content, function)
    try:
        text = content.decode(chosen)
    except (UnicodeError, LookupError) as error:
        raise errors.InputError(function, _undecodable(content, chosen, error)) from error
    return text.removeprefix("\ufeff"), chosen, reason


def _find_encoding(content: bytes, function: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, _("its first bytes say so")
    if b"\x00" in content:
        little = content[1::2].count(0) >= content[::2].count(0)
        return ("utf-16-le" if little else "utf-16-be"), _("it is full of zero bytes")
    utf8, gb18030 = _decodes(content, "utf-8"), _decodes(content, "gb18030")
    if utf8 is not None and content.isascii():
        return "utf-8", _("it holds plain ASCII only")
    if utf8 is not None and gb18030 is not None and _looks_like_gbk(utf8, gb18030):
        return "gb18030", _("as UTF-8, also valid, it would hold no Chinese and odd letters")
    if utf8 is not None:
        return "utf-8", _("it is valid UTF-8")
    damaged = _damaged_lines(content)
    if damaged:
        raise errors.InputError(function, _damaged(damaged))
    if gb18030 is not None and not _looks_western(gb18030):
        return "gb18030", _("it is not valid UTF-8")
    return "cp1252", _("it is neither valid UTF-8 nor Chinese")


def _decodes(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_like_gbk(utf8: str, gb18030: str) -> bool:
    """Short GBK text can be valid UTF-8: then it shows as letters such as è or ת, never as Chinese.

    A file of Western words is told apart by its accents standing beside plain letters, as in José, and one
    that holds nothing but signs (¥ 1,200, 20 °) by their being no letters.
    """
    odd = [letter for letter in utf8 if ord(letter) > 127]
    if not any(map(str.isalpha, odd)):
        return False
    chinese = [letter for letter in gb18030 if ord(letter) > 127]
    if any(ord(letter) > 0x7FF for letter in odd) or not all("一" <= letter <= "鿿" for letter in chinese):
        return False
    return re.search(r"[A-Za-z][À-ɏ]|[À-ɏ][A-Za-z]", utf8) is None


def _looks_western(gb18030: str) -> bool:
    """Western text read as GBK: single Chinese characters inside words of plain letters."""
    inside = len(re.findall(r"(?<=[a-z])[一-鿿㐀-䶿](?=[a-z,;\t ]|$)", gb18030))
    return inside * 2 > len(re.findall(r"[^\x00-\x7f]+", gb18030))


def _damaged_lines(content: bytes) -> list[int]:
    """Lines with broken characters, if the file is UTF-8 but for a few of them."""
    text = content.decode("utf-8", errors="replace")
    broken, sound = text.count("\ufffd"), len(_LONG.findall(text))
    if broken > _DAMAGE * (sound - broken):
        return []
    return [number for number, line in enumerate(text.split("\n"), 1) if "\ufffd" in line]


def _damaged(lines: list[int]) -> errors.Problem:
    return errors.must_hold(
        _("the text must be in one encoding"),
        got=_("UTF-8 with broken characters"),
        where=errors.rows(lines),
        allowed="utf-8, utf-16, gb18030",
        hint=_("save the file again as .xlsx, or say encoding=utf-8 or encoding=gb18030 if you know it"),
    )


def _undecodable(content: bytes, encoding: str, error: Exception) -> errors.Problem:
    where = ""
    if isinstance(error, UnicodeDecodeError):
        where = errors.rows([content[: error.start].count(b"\n") + 1])
    return errors.must_hold(
        _("the text must be in the encoding {encoding}").format(encoding=encoding),
        got=str(error).split(":")[0],
        where=where,
        allowed="utf-8, utf-16, gb18030",
        hint=_("leave encoding= away and let casekit check find it, or save the file as .xlsx"),
    )


# -- records ---------------------------------------------------------------------------------------------


def _find_separator(text: str, score: Callable[[list[str]], int]) -> str:
    """The separator under which the most column names are known, then the one that gives the most columns."""
    lines = "\n".join(text.split("\n", PEEK * 2)[: PEEK * 2])

    def evidence(separator: str) -> tuple[int, int]:
        try:
            records = list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator))[:PEEK]
        except csv.Error:
            return 0, 0
        widths = [len(record) for record in records if record]
        return max((score(record) for record in records), default=0), max(widths, default=0)

    return max(SEPARATORS, key=evidence)


def separator_name(separator: str) -> str:
    """A separator in words."""
    names = {
        ",": _("comma"),
        "\t": _("tab"),
        ";": _("semicolon"),
        "|": _("bar"),
        "，": _("full-width comma"),
    }
    return names.get(separator, repr(separator))


def _records(text: str, separator: str, function: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        problem = errors.must_hold(
            _("each quotation mark that opens a cell must be closed"),
            got=str(error),
            where=errors.rows([len(records) + 1]),
            hint=_("double the quotation marks inside the cell, or save the file as .xlsx"),
        )
        raise errors.InputError(function, problem) from error
    return records
