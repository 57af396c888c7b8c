"""Right answers in words, for whoever may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casekit import errors
from casekit._text import _, format_number
from casekit.exercises.checking.answers import encode
from casekit.exercises.checking.question import Question, Solved

#: Most values of a table that a page shows.
MOST_VALUES = 12


def right_in_words(questions: Sequence[Question], solved: Solved) -> dict[str, str]:
    """The right answer of each question; empty for functions and texts."""
    return {question.id: in_words(question, solved.answers[question.id]) for question in questions}


def in_words(question: Question, value: Any) -> str:
    """A right answer as a page shows it.

    Examples
    --------
    >>> in_words(Question("1", "x", "share", decimals=3), 0.12345)
    '0.123'
    >>> in_words(Question("1", "x", "labels"), ["gold", "silver"])
    'gold, silver'
    """
    if question.kind in ("function", "free_text"):
        return ""
    plain = encode(value)
    if question.numeric and isinstance(plain, (int, float)):
        return format_number(float(plain), digits=question.decimals)
    if isinstance(plain, list):
        return errors.listing(plain)
    if question.kind == "series" and hasattr(value, "items"):
        pairs = [f"{label} {_one(question, item)}" for label, item in list(value.items())[:MOST_VALUES]]
        rest = len(value) - len(pairs)
        text = ", ".join(pairs)
        return text + _(" and {count} more").format(count=rest) if rest > 0 else text
    return str(plain)


def _one(question: Question, item: Any) -> str:
    if isinstance(item, (int, float)):
        return format_number(float(item), digits=question.decimals)
    return str(item)
