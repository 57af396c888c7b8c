"""Words and numbers on the screen: one place for translation and for number, money and date formats."""

from __future__ import annotations

import gettext as _gettext
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path

#: Languages that a user may ask for; English is the source.
LANGUAGES = ("en", "zh_CN")

_language: ContextVar[str | None] = ContextVar("casekit_language", default=None)


@cache
def _translation(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(
        "casekit", localedir=Path(__file__).parent / "locale", languages=[language], fallback=True
    )


def current_language() -> str:
    """The language in force: the one set here, else ``CASEKIT_LANGUAGE``, else English."""
    chosen = _language.get() or os.environ.get("CASEKIT_LANGUAGE", "en")
    return "zh_CN" if chosen.lower().replace("-", "_").startswith("zh") else "en"


@contextmanager
def language(name: str) -> Iterator[None]:
    """Speak another language inside a ``with`` block.

    Examples
    --------
    >>> with language("zh_CN"):
    ...     current_language()
    'zh_CN'
    >>> current_language()
    'en'
    """
    token = _language.set(name)
    try:
        yield
    finally:
        _language.reset(token)


def use_language(name: str) -> None:
    """Speak a language from here on in this process: a notebook that is written in it says so at its start.

    Parameters
    ----------
    name : str
        ``en`` or ``zh_CN``.
    """
    os.environ["CASEKIT_LANGUAGE"] = name


def _(message: str) -> str:
    """The message in the language in force."""
    return _translation(current_language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The singular or plural message in the language in force."""
    return _translation(current_language()).ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """The message as it is, marked for translation: for constants, whose language is not known yet."""
    return message


def translated(message: str) -> str:
    """A message marked by :func:`N_` in the language in force; an empty one stays empty."""
    return _(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """The message in the language in force, where one English word needs several: ``context`` says which."""
    return _translation(current_language()).pgettext(context, message)


def listed(items: Iterable[object]) -> str:
    """Items side by side, as the language in force writes them.

    Examples
    --------
    >>> listed(["rows", "columns"])
    'rows, columns'
    """
    return ("、" if current_language() == "zh_CN" else ", ").join(map(str, items))


def clauses(*texts: str) -> str:
    """Longer items side by side, which may hold commas of their own.

    Examples
    --------
    >>> clauses("rich, silent: 3", "money matures: 2")
    'rich, silent: 3; money matures: 2'
    """
    return ("；" if current_language() == "zh_CN" else "; ").join(texts)


def sentences(*texts: str) -> str:
    """Whole sentences one after the other, empty ones left out: Chinese has no space between them.

    Examples
    --------
    >>> sentences("Call nobody.", "", "Nobody is worth a call.")
    'Call nobody. Nobody is worth a call.'
    """
    return ("" if current_language() == "zh_CN" else " ").join(filter(None, texts))


def full_stop(sentence: str) -> str:
    """A sentence with its full stop.

    Examples
    --------
    >>> full_stop("read from the sheet 'May'")
    "read from the sheet 'May'."
    """
    return _("{sentence}.").format(sentence=sentence)


def format_number(value: float, *, digits: int = 2) -> str:
    """A number with thousands separators and at most ``digits`` decimals.

    Examples
    --------
    >>> format_number(12345.678), format_number(3.0), format_number(-0.004, digits=2)
    ('12,345.68', '3', '0')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return _("missing")
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def format_percent(share: float, *, digits: int = 1, signed: bool = False) -> str:
    """A share as a percentage, with a true minus; a change also with its plus.

    Examples
    --------
    >>> format_percent(0.1234), format_percent(-0.045), format_percent(0.02, signed=True)
    ('12.3 %', '−4.5 %', '+2.0 %')
    """
    if math.isnan(share):
        return _("missing")
    text = f"{abs(share) * 100:.{digits}f}"
    sign = _minus(share, text) or ("+" if signed and float(text) != 0 else "")
    return f"{sign}{text} %"


def format_coefficient(value: float, *, digits: int = 2) -> str:
    """A coefficient with all its decimals and a true minus; as ``float_format`` for printed tables too.

    Examples
    --------
    >>> format_coefficient(0.5), format_coefficient(-0.123), format_coefficient(-0.004)
    ('0.50', '−0.12', '0.00')
    """
    if math.isnan(value):
        return _("missing")
    text = f"{abs(value):.{digits}f}"
    return f"{_minus(value, text)}{text}"


def format_money(amount: float, currency: str = "¥", *, digits: int = 0) -> str:
    """An amount of money with its currency sign and a true minus.

    Examples
    --------
    >>> format_money(1750), format_money(-3.5, "$", digits=2)
    ('¥1,750', '−$3.50')
    """
    if math.isnan(amount):
        return _("missing")
    text = f"{abs(amount):,.{digits}f}"
    return f"{_minus(amount, text)}{currency}{text}"


def _minus(value: float, text: str) -> str:
    """A true minus where the value is below zero and its text, rounded and without sign, is not zero."""
    return "−" if value < 0 and float(text.replace(",", "")) != 0 else ""


def format_date(day: date | datetime) -> str:
    """A date as year-month-day, or the Chinese form when Chinese is in force.

    Examples
    --------
    >>> format_date(date(2021, 6, 20))
    '2021-06-20'
    """
    if current_language() == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
