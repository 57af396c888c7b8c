"""Numbers as people write them: ¥1,234.50, 1.2万, (300), １２, 85%, 3人."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import pandas as pd

from casekit._text import _
from casekit.information.cells import EMPTY_MARKS, Cell, Parsed, by_distinct, empty_rule, tidied

#: How a currency shows in a cell, and the sign it stands for.
CURRENCIES = {
    "¥": "¥", "rmb": "¥", "cny": "¥", "人民币": "¥", "元整": "¥", "元": "¥", "圆": "¥", "块": "¥",
    "hk$": "HK$", "hkd": "HK$", "us$": "$", "usd": "$", "$": "$", "美元": "$",
    "€": "€", "eur": "€", "£": "£", "gbp": "£",
}  # fmt: skip

#: Words after a number that multiply it.
SCALES = {
    "万": 10_000,
    "w": 10_000,
    "亿": 100_000_000,
    "千": 1_000,
    "k": 1_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
}

#: Counting words after a number.
COUNTERS = [
    "人",
    "位",
    "次",
    "个",
    "台",
    "件",
    "张",
    "单",
    "年",
    "月",
    "天",
    "日",
    "岁",
    "户",
    "分",
    "people",
    "persons",
    "guests",
    "days",
    "months",
    "years",
]

_SIGNS = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_BEFORE = re.compile(rf"(?P<sign>[-+])?\s*(?P<currency>{_SIGNS})\s*(?=[-+\d.(])", re.IGNORECASE)
_AFTER = re.compile(rf"(?<=[\d.)万亿千wk])\s*(?P<currency>{_SIGNS})$", re.IGNORECASE)
_SCALE = re.compile(rf"\s*(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})$", re.IGNORECASE)
_COUNTER = re.compile(rf"(?<=\d)\s*(?:{'|'.join(COUNTERS)})$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[, '’]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+\.?\d*|\.\d+")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?E[-+]?\d{1,3}", re.IGNORECASE)
_MINUS = str.maketrans("−–﹣", "---")


def read_money(texts: pd.Series, *, scale: int = 1) -> Parsed:
    """Amounts of one currency as float.

    Parameters
    ----------
    texts : Series of str
        The cells.
    scale : int, default 1
        Multiplier that the column's name states (10000 for 金额(万元)).

    Examples
    --------
    >>> read_money(pd.Series(["¥1,234.50", "1.2万", "(300)", "４６０元"])).values.tolist()
    [1234.5, 12000.0, -300.0, 460.0]
    """
    parsed = _numbers(texts, scale=scale, money=True)
    _refuse_mixed_currencies(parsed, texts)
    return parsed


def read_numbers(texts: pd.Series, *, scale: int = 1, percent: bool = False) -> Parsed:
    """Numbers as float.

    Parameters
    ----------
    texts : Series of str
        The cells.
    scale : int, default 1
        Multiplier that the column's name states.
    percent : bool, default False
        Read 60% as 0.6. A number above 1 without the sign among others with it is wrong: it may mean either.

    Examples
    --------
    >>> read_numbers(pd.Series(["12,000", "-0.5", "30天"])).values.tolist()
    [12000.0, -0.5, 30.0]
    >>> read_numbers(pd.Series(["60%", "0.4"]), percent=True).values.tolist()
    [0.6, 0.4]
    """
    parsed = _numbers(texts, scale=scale, percent=percent)
    signed = parsed.rules.get(_percent_rule())
    if signed is not None:
        bare = ~signed & (parsed.values > 1)
        if bare.any():
            parsed.wrong[_("a number without % among others with it")] = bare
            parsed.values = parsed.values.mask(bare)
    return parsed


def _percent_rule() -> str:
    return _("85% read as 0.85")


def read_counts(texts: pd.Series) -> Parsed:
    """Whole numbers; ``int64``, or ``Int64`` where some are empty.

    Examples
    --------
    >>> read_counts(pd.Series(["8", "16人", "10.0"])).values.tolist()
    [8, 16, 10]
    """
    parsed = _numbers(texts)
    broken = parsed.values.notna() & (parsed.values % 1 != 0)
    if broken.any():
        parsed.wrong[_("not a whole number")] = broken
        parsed.values = parsed.values.mask(broken)
    parsed.values = parsed.values.astype("Int64" if parsed.values.isna().any() else "int64")
    return parsed


def read_shares(texts: pd.Series, *, percent: bool = False) -> Parsed:
    """Shares from 0 to 1: 85% is 0.85.

    Parameters
    ----------
    texts : Series of str
        The cells.
    percent : bool, default False
        The column's name states %, so that 85 is 0.85.

    Examples
    --------
    >>> read_shares(pd.Series(["85%", "0.4"])).values.tolist()
    [0.85, 0.4]
    """
    return _numbers(texts, percent=True, bare_percent=percent)


def _numbers(
    texts: pd.Series,
    *,
    scale: int = 1,
    money: bool = False,
    percent: bool = False,
    bare_percent: bool = False,
) -> Parsed:
    def read(text: str) -> Cell:
        plain, rules = tidied(text)
        if not plain or plain.casefold() in EMPTY_MARKS:
            return Cell(None, empty_rule(plain))
        found = list(rules)
        body = plain.translate(_MINUS).removeprefix("'")
        is_percent = percent and body.endswith("%")
        if is_percent:
            body = body[:-1].strip()
            found.append(_percent_rule())
        number = _decimal(body, found, money=money)
        if number is None:
            return Cell(None, wrong=_("not a number"))
        if is_percent or bare_percent:
            number /= 100
        if bare_percent and not is_percent:
            found.append(_("divided by 100, as the column name says %"))
        if scale != 1:
            found.append(_("multiplied by {scale}, as the column name says").format(scale=f"{scale:,}"))
        value = float(number * scale)
        return (
            Cell(value, tuple(dict.fromkeys(found)))
            if math.isfinite(value)
            else Cell(None, wrong=_("not a number"))
        )

    return by_distinct(texts, read, float)


def _decimal(body: str, found: list[str], *, money: bool) -> Decimal | None:
    """The number in a text without full-width characters; the rules used are added to ``found``."""
    negative = False
    if money:
        body = _without_currency(body, found)
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1].strip(), True
        if money:
            body = _without_currency(body, found)
        found.append(_("brackets read as a minus"))
    if body.endswith("-"):
        body, negative = body[:-1].strip(), not negative
        found.append(_("a minus behind the number moved to the front"))
    if body[:1] in ("-", "+"):
        negative, body = negative != (body[0] == "-"), body[1:].strip()
    factor = 1
    scale = _SCALE.search(body)
    if scale:
        body, factor = body[: scale.start()], SCALES[scale["scale"].casefold()]
        found.append(_("1.2万 and the like multiplied out"))
    elif _COUNTER.search(body):
        body = _COUNTER.sub("", body)
        found.append(_("counting words such as 人 taken off"))
    if _GROUPED.fullmatch(body):
        body = re.sub(r"[, '’]", "", body)
        found.append(_("thousands separators taken off"))
    elif not (_PLAIN.fullmatch(body) or _SCIENTIFIC.fullmatch(body)):
        return None
    return Decimal(body) * factor * (-1 if negative else 1)


def _without_currency(body: str, found: list[str]) -> str:
    before = _BEFORE.match(body)
    if before:
        body = (before["sign"] or "") + body[before.end() :]
        found.append(_currency_rule(before["currency"]))
    after = _AFTER.search(body)
    if after:
        body = body[: after.start()]
        found.append(_currency_rule(after["currency"]))
    return body


def _currency_rule(sign: str) -> str:
    return _("currency sign {sign} taken off").format(sign=CURRENCIES[sign.casefold()])


def _refuse_mixed_currencies(parsed: Parsed, texts: pd.Series) -> None:
    """Amounts in two currencies cannot be added: the rarer ones are wrong."""
    used = {rule: parsed.rules[rule] for rule in map(_currency_rule, CURRENCIES) if rule in parsed.rules}
    if len(used) < 2:
        return
    usual = max(used, key=lambda rule: int(used[rule].sum()))
    other = pd.concat([mask for rule, mask in used.items() if rule != usual], axis=1).any(axis=1)
    parsed.wrong[_("another currency than the other rows")] = other
    parsed.values = parsed.values.mask(other)
