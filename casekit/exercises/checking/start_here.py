"""The questions of ``00_start_here``: on shipped data, so their answers are computed on the spot."""

from __future__ import annotations

from functools import cache

import pandas as pd

from casekit._text import _
from casekit.datasets import load_cdnow
from casekit.exercises.checking.known import Reference
from casekit.exercises.checking.question import Question, Trap
from casekit.value import customers_for_share, top_share


@cache
def _spend() -> pd.Series:
    return load_cdnow(sample=True).groupby("customer_id")["amount"].sum()


@cache
def _share_of_largest_purchases() -> float:
    return top_share(load_cdnow(sample=True)["amount"], 0.2)


def questions() -> tuple[Question, ...]:
    """The questions, with their texts in the language in force."""
    return (
        Question(
            id="0.1",
            answer="answer",
            kind="share",
            unit=_("share of all revenue, 0 to 1"),
            decimals=3,
            traps=(
                Trap(
                    "largest_purchases",
                    _share_of_largest_purchases,
                    _("That is the share of the largest purchases. Add up each customer's purchases first."),
                ),
                Trap(
                    "the_others",
                    lambda: 1 - top_share(_spend(), 0.2),
                    _("That is what the other customers bring. Sort with the highest value first."),
                ),
                Trap(
                    "other_way_round",
                    lambda: customers_for_share(_spend(), 0.8),
                    _("That is how many customers bring 80 % of revenue: the question the other way round."),
                ),
            ),
        ),
    )


def known(question: Question) -> Reference:
    """The right answer and the traps of a question, computed."""
    wrong = {trap.name: trap.formula() for trap in question.traps if callable(trap.formula)}
    return Reference(question, top_share(_spend(), 0.2), wrong)
