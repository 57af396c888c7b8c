"""Dates as people write them: 2021-06-20, 2021/6/20, 2021年6月20日, 20210620, Excel's day numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pandas as pd

from casekit._text import _
from casekit.information.cells import EMPTY_MARKS, Cell, Parsed, by_distinct, clean, empty_rule, tidied

#: Orders of day, month and year that a user may state.
ORDERS = ("dmy", "mdy", "ymd")

#: Days that an Excel day number may name: 1950 to 2100.
SERIAL_RANGE = (18264, 73415)

_TIME = (
    r"(?:[T ]*(?:上午|下午|[AP]M)? ?\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[分秒]? ?(?:[AP]M)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?"
_TAIL = re.compile(_WEEKDAY + r"(?P<time>" + _TIME + r")", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?P<sep>[-/.年]) ?(\d{1,2})[-/.月] ?(\d{1,2})日?")
_MONTH_ONLY = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_EIGHT = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})")
_FOURTEEN = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})\d{6}")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[-, ]+(\d{4})")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_ZERO = re.compile(r"0{4}[-/.]0{1,2}[-/.]0{1,2}|0{8}|0")


def read_dates(texts: pd.Series, *, epoch: date, order: str = "") -> Parsed:
    """Days as datetime64, whatever shape each cell has.

    Parameters
    ----------
    texts : Series of str
        The cells.
    epoch : date
        The day that the workbook numbers zero.
    order : {"", "dmy", "mdy", "ymd"}
        How 3/4/2021 (or 21/4/3) is to be read; empty to let the column itself decide, and refuse if it
        cannot.

    Examples
    --------
    >>> shapes = pd.Series(["2021/6/20", "2021年6月20日", "20210620", "44367", "20/6/2021"])
    >>> read_dates(shapes, epoch=date(1899, 12, 30)).values.dt.strftime("%m-%d").unique().tolist()
    ['06-20']
    """
    decided, why = (order, "") if order else _order_of(texts)

    def read(text: str) -> Cell:
        plain, rules = tidied(text)
        if not plain or plain.casefold() in EMPTY_MARKS or _ZERO.fullmatch(plain):
            return Cell(None, empty_rule(plain))
        cell = _day(plain, epoch, order, decided, why)
        return cell._replace(rules=(*rules, *cell.rules))

    parsed = by_distinct(texts, read)
    parsed.values = pd.to_datetime(parsed.values, errors="coerce").astype("datetime64[ns]")
    return parsed


def time_rule() -> str:
    """The rule on rows whose cell named a time of day: the day alone does not make them equal."""
    return _("time of day left out")


def _order_of(texts: pd.Series) -> tuple[str, str]:
    """Day first or month first, if some date of the column can only be read one way."""
    found = [match for text in texts.unique() if (match := _YEAR_LAST.match(clean(text)))]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[2]) > 12 for match in found)
    if day_first == month_first:
        return "", _("both day first and month first") if day_first else _("day first or month first")
    return ("dmy" if day_first else "mdy"), ""


def _day(plain: str, epoch: date, order: str, decided: str, why: str) -> Cell:
    """One date; time of day and weekday are left out."""
    for pattern, reader in (
        (_YEAR_FIRST, lambda m: _ymd(m[1], m[3], m[4], _shape(m["sep"]))),
        (_FOURTEEN, lambda m: _ymd(m[1], m[2], m[3], _("20210620183000 read as year, month, day"))),
        (_EIGHT, lambda m: _ymd(m[1], m[2], m[3], _("20210620 read as year, month, day"))),
        (_YEAR_LAST, lambda m: _year_last(m, decided, why)),
        (_NAMED, lambda m: _named(m[3], m[2], m[1])),
        (_NAMED_FIRST, lambda m: _named(m[3], m[1], m[2])),
        (_SHORT_YEAR, lambda m: _short_year(m, order)),
        (_MONTH_ONLY, lambda m: _ymd(m[1], m[2], "1", _("a month alone read as its first day"))),
    ):
        match = pattern.match(plain)
        tail = _TAIL.fullmatch(plain[match.end() :]) if match else None
        if match and tail:
            cell = reader(match)  # type: ignore[no-untyped-call]
            timed = tail["time"].strip() and not re.fullmatch(r"[T ]*0?0:00(:00(\.0+)?)?", tail["time"])
            if cell.wrong:
                return cell
            return cell._replace(rules=(*cell.rules, *((time_rule(),) if timed else ())))
    serial = _SERIAL.fullmatch(plain)
    if serial and SERIAL_RANGE[0] <= int(serial[1]) <= SERIAL_RANGE[1]:
        day = epoch + timedelta(days=int(serial[1]))
        return Cell(day.isoformat(), (_("Excel day numbers such as 44367 read as dates"),))
    return Cell(None, wrong=_("not a date"))


def _shape(separator: str) -> str:
    shapes = {
        "-": "",
        "/": _("2021/6/20 read as year, month, day"),
        ".": _("2021.6.20 read as year, month, day"),
        "年": _("2021年6月20日 read as year, month, day"),
    }
    return shapes[separator]


def _ymd(year: str, month: str, day: str, rule: str = "") -> Cell:
    try:
        value = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return Cell(None, wrong=_("a day that is not in the calendar"))
    return Cell(value, (rule,) if rule else ())


def _year_last(match: re.Match[str], order: str, why: str) -> Cell:
    if order == "dmy":
        return _ymd(match[3], match[2], match[1], _("20/6/2021 read as day, month, year"))
    if order == "mdy":
        return _ymd(match[3], match[1], match[2], _("6/20/2021 read as month, day, year"))
    return Cell(None, wrong=_("a date that may be {readings}").format(readings=why))


def _short_year(match: re.Match[str], order: str) -> Cell:
    first, second, third = match[1], match[2], match[3]
    if order == "ymd" or "年" in match[0]:
        return _ymd(f"20{first:0>2}", second, third, _("21/6/20 read as year, month, day of this century"))
    if order == "dmy":
        return _ymd(f"20{third:0>2}", second, first, _("20/6/21 read as day, month, year of this century"))
    if order == "mdy":
        return _ymd(f"20{third:0>2}", first, second, _("6/20/21 read as month, day, year of this century"))
    return Cell(None, wrong=_("a date with a year of two digits"))


def _named(year: str, name: str, day: str) -> Cell:
    month = _MONTHS.get(name[:3].lower())
    if month is None:
        return Cell(None, wrong=_("not a date"))
    return _ymd(year, str(month), day, _("month names read as months"))
