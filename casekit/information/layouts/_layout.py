"""How a client's own file must look: its columns, what they mean and what they may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

#: What a column holds; decides how its cells are read.
Kind = Literal["id", "text", "date", "money", "number", "count", "share", "flag", "category"]


@dataclass(frozen=True)
class Column:
    """One column of a client's file.

    Attributes
    ----------
    name : str
        Canonical name, as the calculations use it.
    kind : str
        ``id`` (kept as text), ``text``, ``date``, ``money``, ``number``, ``count`` (whole, not negative),
        ``share`` (0 to 1; 85% is understood), ``flag`` (yes/no, 是/否, 1/0), ``category``.
    meaning : str
        One line for the template.
    examples : tuple
        Three example values.
    synonyms : tuple of str
        Names that the column has in the wild, Chinese and English; matched without case, spaces and signs.
    unit, required, low, high, choices
        Unit; whether the file must have it; allowed range; allowed categories.
    choice_synonyms : dict of str to tuple of str
        Other names of a category: ``{"lunch": ("午餐", "中午")}``.
    percent : bool
        A ``number`` that may be written 60%; then it is 0.6.
    """

    name: str
    kind: Kind
    meaning: str
    examples: tuple[Any, ...]
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    required: bool = True
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    choice_synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    percent: bool = False


@dataclass(frozen=True)
class Layout:
    """The file that one case reads.

    Attributes
    ----------
    case : str
        Name of the case without its number, such as ``loyalty_tiers``.
    row : str
        What one row is.
    columns : tuple of Column
    key : tuple of str
        Columns that name a row: two rows alike in them are duplicates. Empty: only wholly equal rows are.
    person : tuple of str
        Columns that identify a person and become pseudonyms in a report.
    staff : tuple of str
        Columns that name the reader's own people: pseudonyms of their own kind, and rows without one stay.
    date, amount : str
        Columns to which the policies on future dates and on refunds apply; empty for none.
    """

    case: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    date: str = ""
    amount: str = ""
    notes: str = ""
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
