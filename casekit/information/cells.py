"""Cells as people write them, turned into values: ids, texts, categories, yes/no.

Dates are in :mod:`dates`, amounts and other numbers in :mod:`amounts`. Every reader looks at each distinct
text once and answers with a :class:`Parsed`: the values, the rules that changed a cell and the cells that no
rule could read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit.information.formulas import without_guard

#: Error values that Excel writes into cells.
EXCEL_ERRORS = frozenset(
    ("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "#calc!")
)

#: Texts that stand for "nothing here".
EMPTY_MARKS = EXCEL_ERRORS | frozenset(
    [
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "nat",
        "nil",
        "<na>",
        "(空白)",
        "空",
        "无",
        "缺失",
        "未知",
        "不详",
        "?",
    ]
)

#: The same for ids and free text, where words such as "none" or 无 may be meant.
STRICT_EMPTY_MARKS = EXCEL_ERRORS | frozenset(
    ["-", "--", "---", "—", "——", "null", "nan", "nat", "<na>", "(空白)"]
)

YES = frozenset(["yes", "y", "true", "t", "1", "是", "有", "对", "真", "√", "✓", "✔", "☑", "on"])
NO = frozenset(
    ["no", "n", "false", "f", "0", "否", "无", "没有", "不是", "错", "假", "×", "✗", "✘", "☐", "off"]
)

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_EXCEL_TEXT = re.compile(r'="(.*)"')
_LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


class Cell(NamedTuple):
    """What one text became: the value (None for empty), the rules applied, and what is wrong with it."""

    value: Any = None
    rules: tuple[str, ...] = ()
    wrong: str = ""


@dataclass
class Parsed:
    """A column that has been read.

    Attributes
    ----------
    values : Series
        The values in their real dtype, missing where empty or unreadable.
    rules : dict of str to Series of bool
        The rows that each rule changed.
    wrong : dict of str to Series of bool
        The rows that could not be read, by reason.
    """

    values: pd.Series
    rules: dict[str, pd.Series] = field(default_factory=dict)
    wrong: dict[str, pd.Series] = field(default_factory=dict)

    @property
    def missing(self) -> pd.Series:
        """Rows that hold nothing (not those that could not be read)."""
        missing = self.values.isna()
        for mask in self.wrong.values():
            missing &= ~mask
        return missing


def clean(text: str) -> str:
    """Full-width characters made normal, invisible ones and outer spaces taken off.

    Examples
    --------
    >>> clean("　￥１，２３４．５０ ")
    '¥1,234.50'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return text.strip()


def by_distinct(texts: pd.Series, read: Callable[[str], Cell], dtype: Any = object) -> Parsed:
    """Read each distinct text once and spread the answers over the rows."""
    codes, distinct = pd.factorize(texts)
    cells = [read(text) for text in distinct]
    values = pd.Series([cell.value for cell in cells], dtype=object)
    spread = pd.Series(values.to_numpy()[codes], index=texts.index, dtype=object)
    return Parsed(
        spread.astype(dtype),
        _masks([cell.rules for cell in cells], codes, texts.index),
        _masks([(cell.wrong,) if cell.wrong else () for cell in cells], codes, texts.index),
    )


def _masks(names: Iterable[tuple[str, ...]], codes: np.ndarray, index: pd.Index) -> dict[str, pd.Series]:
    hits: dict[str, list[int]] = {}
    for code, found in enumerate(names):
        for name in found:
            hits.setdefault(name, []).append(code)
    return {name: pd.Series(np.isin(codes, where), index=index) for name, where in hits.items()}


def tidied(text: str) -> tuple[str, tuple[str, ...]]:
    """The cleaned text, with the rule named if a full-width or invisible character was changed."""
    plain = clean(text)
    changed = plain != text.strip(" ")
    return plain, (_("full-width and invisible characters made normal"),) if changed else ()


def empty_rule(plain: str) -> tuple[str, ...]:
    """The rule for a mark that stands for nothing; no rule for a cell that is simply empty."""
    return (_("{mark} read as empty").format(mark=repr(plain)),) if plain else ()


# -- the readers -----------------------------------------------------------------------------------------


def read_ids(texts: pd.Series) -> Parsed:
    """Ids as text: leading zeros and long numbers kept, 1001.0 from a spreadsheet made 1001.

    Examples
    --------
    >>> read_ids(pd.Series(["007", " 1001.0", "-"])).values.tolist()
    ['007', '1001', None]
    """
    distinct = [clean(text) for text in texts.unique()]
    decimals = [text for text in distinct if re.fullmatch(r"\d+\.\d+", text)]
    whole = all(re.fullmatch(r"\d+\.0+", text) for text in decimals)

    def read(text: str) -> Cell:
        plain, rules = tidied(text)
        guarded = _EXCEL_TEXT.fullmatch(plain)
        if guarded:
            plain, rules = guarded[1].strip(), (*rules, _('the guard ="…" taken off'))
        if plain.startswith("'"):
            plain, rules = plain[1:], (*rules, _("the leading apostrophe taken off"))
        if not plain or plain.casefold() in STRICT_EMPTY_MARKS:
            return Cell(None, empty_rule(plain))
        if _LOST_DIGITS.fullmatch(plain):
            return Cell(None, wrong=_("a long number of which Excel kept only 15 digits"))
        if whole and re.fullmatch(r"\d+\.0+", plain):
            return Cell(plain.split(".")[0], (*rules, _("numbers such as 1001.0 read as 1001")))
        return Cell(plain, rules)

    return by_distinct(texts, read)


def read_texts(texts: pd.Series) -> Parsed:
    """Free text without outer spaces; a guard that keeps formulas from running is taken off."""

    def read(text: str) -> Cell:
        plain = text.translate(_INVISIBLE).strip()
        if not plain or plain.casefold() in STRICT_EMPTY_MARKS:
            return Cell(None, empty_rule(plain))
        bare = without_guard(plain)
        return Cell(bare, (_("the leading apostrophe taken off"),) if bare != plain else ())

    return by_distinct(texts, read)


def read_categories(
    texts: pd.Series, choices: tuple[str, ...], synonyms: dict[str, tuple[str, ...]]
) -> Parsed:
    """One of a few names, in any case and by its other names; any name when there are no choices.

    Examples
    --------
    >>> meals = pd.Series(["Lunch", "晚餐"])
    >>> read_categories(meals, ("lunch", "dinner"), {"dinner": ("晚餐",)}).values.tolist()
    ['lunch', 'dinner']
    """
    known = {_key(choice): choice for choice in choices}
    for choice, names in synonyms.items():
        known.update({_key(name): choice for name in names})

    def read(text: str) -> Cell:
        plain, rules = tidied(text)
        choice = known.get(_key(plain))
        if choice is not None:
            same = (
                () if choice == plain else (_("{name} read as {choice}").format(name=plain, choice=choice),)
            )
            return Cell(choice, (*rules, *same))
        if plain.casefold() in (EMPTY_MARKS if choices else STRICT_EMPTY_MARKS) or not plain:
            return Cell(None, empty_rule(plain))
        return Cell(None, wrong=_("a name that is not one of the choices")) if choices else Cell(plain, rules)

    return by_distinct(texts, read)


def read_flags(texts: pd.Series) -> Parsed:
    """Yes or no in the words of both languages; ``bool``, or ``boolean`` where some are empty.

    Examples
    --------
    >>> read_flags(pd.Series(["是", "no", "1"])).values.tolist()
    [True, False, True]
    """

    def read(text: str) -> Cell:
        plain, rules = tidied(text)
        word = plain.casefold().removesuffix(".0")
        if word in YES or word in NO:
            return Cell(word in YES, rules)
        if not plain or word in EMPTY_MARKS:
            return Cell(None, empty_rule(plain))
        return Cell(None, wrong=_("neither yes nor no"))

    parsed = by_distinct(texts, read)
    parsed.values = parsed.values.astype("boolean" if parsed.values.isna().any() else bool)
    return parsed


def _key(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", clean(name)).casefold()


def examples(texts: pd.Series, mask: pd.Series) -> str:
    """The distinct texts of the rows in question, five at most."""
    return errors.listing(repr(text) for text in texts[mask].drop_duplicates())
