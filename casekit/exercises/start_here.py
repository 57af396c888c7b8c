"""The questions of ``00_start_here``."""

from __future__ import annotations

import pandas as pd

from casekit._text import _
from casekit.datasets import load_cdnow
from casekit.exercises.question import Question, Slip
from casekit.value import customers_for_share, top_share


def _spend() -> pd.Series:
    return load_cdnow(sample=True).groupby("customer_id")["amount"].sum()


def _share_of_largest_purchases() -> float:
    return top_share(load_cdnow(sample=True)["amount"], 0.2)


def questions() -> tuple[Question, ...]:
    """The questions, with their texts in the language in force."""
    return (
        Question(
            id="0.1",
            unit=_("share of all revenue, 0 to 1"),
            answer=lambda: top_share(_spend(), 0.2),
            tolerance=0.0005,
            is_share=True,
            slips=(
                Slip(
                    _share_of_largest_purchases,
                    _("That is the share of the largest purchases. Add up each customer's purchases first."),
                ),
                Slip(
                    lambda: 1 - top_share(_spend(), 0.2),
                    _("That is what the other customers bring. Sort with the highest value first."),
                ),
                Slip(
                    lambda: customers_for_share(_spend(), 0.8),
                    _("That is how many customers bring 80 % of revenue: the question the other way round."),
                ),
            ),
        ),
    )
