"""Grids and patterns: one entry of a plan for every city and year, and names such as {case}-{city}-{year}."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import replace

from casekit import errors
from casekit._text import _, format_number
from casekit.reports.plan.draft import Entry, Problems, Said

#: The values of each key of a grid.
Axes = dict[str, list[Said]]

#: A plan with more reports than this is a slip of the pen.
MOST_REPORTS = 10_000

#: ``{city}``, and doubled braces, which stand for themselves.
_WORD = re.compile(r"\{\{|\}\}|\{\s*([^{}\s]+)\s*\}")


def expand(entry: Entry, axes: Axes, problems: Problems) -> list[Entry]:
    """The entry once for every combination of the values of a grid, the last key running fastest."""
    count = math.prod(len(values) for values in axes.values())
    if count > MOST_REPORTS:
        problem = errors.must_hold(
            _("a grid must give no more than {most} reports").format(most=format_number(MOST_REPORTS)),
            got=format_number(count),
            hint=_("split the plan"),
        )
        problems.add(problem, entry.place)
        return []
    return [
        replace(entry, free={**entry.free, **dict(zip(axes, values, strict=True))}, grid=tuple(axes))
        for values in itertools.product(*axes.values())
    ]


def words_of(text: str | None) -> list[str]:
    """The words in braces of a pattern.

    Examples
    --------
    >>> words_of("{case}-{city}, {{not this}}")
    ['case', 'city']
    """
    return [match[1] for match in _WORD.finditer(text or "") if match[1]]


def fill(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with its words put in; a word that is not there is a KeyError.

    Examples
    --------
    >>> fill("{case}-{city}", {"case": "04_bank_upsell", "city": "上海"})
    '04_bank_upsell-上海'
    >>> fill("{{city}}", {})
    '{city}'
    """
    return _WORD.sub(lambda match: words[match[1]] if match[1] else match[0][0], pattern)
