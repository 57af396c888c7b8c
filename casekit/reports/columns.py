"""Which columns of a table hold numbers: they are set to the right in every format, words to the left."""

from __future__ import annotations

from collections.abc import Sequence

#: Letters of a cell that is a number at most: a sentence that holds one is none.
LONGEST = 15

_MISSING = ("nan", "NaN", "NaT", "None", "<NA>", "inf", "-inf")


def numeric_columns(body: Sequence[Sequence[str]]) -> list[bool]:
    """For each column whether it holds numbers; nothing for rows of unlike length.

    Examples
    --------
    >>> numeric_columns([["S1", "¥1,250", "4 %", "–"], ["S2", "−3", "nan", ""]])
    [False, True, True, False]
    >>> numeric_columns([["12周", "2023-12-31", "1是什么"], ["8 wk", "2024-01-31", "2意义"]])
    [True, True, False]
    """
    if len({len(row) for row in body}) != 1:
        return []
    return [_is_numeric([cell.strip() for cell in column]) for column in zip(*body, strict=True)]


def _is_numeric(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell.strip("–-… ") and cell not in _MISSING]
    return bool(filled) and all(map(_is_number, filled))


def _is_number(cell: str) -> bool:
    """Digits with at most a unit behind them: ``12周`` is one, ``1是什么`` is none."""
    digits, letters = sum(map(str.isdigit, cell)), sum(map(str.isalpha, cell))
    return digits > 0 and letters <= digits + 1 and len(cell) <= LONGEST and not cell[0].isalpha()
