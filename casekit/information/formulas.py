"""Texts in spreadsheets: none may run as a formula, and no sign that a workbook cannot hold may get there.

Whoever fills in a form chooses a name, an id or an answer; none of them may become a formula in the reader's
spreadsheet.
"""

from __future__ import annotations

import re

#: What can begin a formula: also the full-width signs that a Chinese keyboard writes.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

#: At the start of a cell, or where another separator than the comma would start one.
_START, _SIGN = r"(^|[;\t\r\n])", r"(?=[=+\-@\t\r＝＋－＠])"
_FORMULA, _GUARD = re.compile(_START + _SIGN), re.compile(_START + "'" + _SIGN)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_text(text: str) -> str:
    """A text that a spreadsheet will not take for a formula when it opens a CSV file.

    Examples
    --------
    >>> safe_text("=1+1"), safe_text("Ann;=1+1"), safe_text("张先生")
    ("'=1+1", "Ann;'=1+1", '张先生')
    """
    return _FORMULA.sub(r"\1'", text)


def without_guard(text: str) -> str:
    """The text that :func:`safe_text` was given.

    Examples
    --------
    >>> without_guard("'=1+1"), without_guard("Ann;'=1+1"), without_guard("'Ann'")
    ('=1+1', 'Ann;=1+1', "'Ann'")
    """
    return _GUARD.sub(r"\1", text)


def is_formula(text: str) -> bool:
    """True if a text would begin a formula.

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("1+1")
    (True, False)
    """
    return text.startswith(FORMULA_SIGNS)


def printable(text: str) -> str:
    """A text without the control signs that a workbook cannot hold.

    Examples
    --------
    >>> printable("a" + chr(7) + "b")
    'ab'
    """
    return _CONTROL.sub("", text)
