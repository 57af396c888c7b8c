"""The life of a customer relationship in stages: new, stable, committed, fading, lost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Stages in the order of a life: 初识期, 稳定期, 升华期, 流失期, and the end.
STAGES = ("new", "stable", "committed", "fading", "lost")


def life_cycle_stages(
    panel: pd.DataFrame,
    *,
    committed: pd.Series,
    new_months: int = 3,
    fading_after: int = 2,
    lost_after: int = 6,
) -> pd.DataFrame:
    """The stage of every customer in every month.

    Parameters
    ----------
    panel : DataFrame
        One row a customer and month without gaps, with ``customer_id``, ``month`` and ``visits`` (from
        :func:`casekit.loyalty.monthly_panel`).
    committed : Series of bool, labelled like ``panel``
        True where the customer holds a tier.
    new_months : int, default 3
        Months from the first visit on in which a customer counts as new.
    fading_after, lost_after : int, default 2 and 6
        Months running without a visit until a customer counts as fading, and as lost.

    Returns
    -------
    DataFrame
        ``panel`` with ``months_away`` (months running without a visit) and ``stage``. The first that applies:
        lost, fading, committed, new, stable. A lost customer who visits again is back at once.

    References
    ----------
    Dwyer, F. R., Schurr, P. H. and Oh, S. (1987). Developing buyer-seller relationships. *Journal of
    Marketing* 51(2), 11–27.

    Examples
    --------
    >>> panel = pd.DataFrame({"customer_id": "Li", "month": range(1, 7), "visits": [1, 1, 0, 0, 0, 1]})
    >>> stages = life_cycle_stages(panel, committed=panel["visits"] > 9, new_months=2, lost_after=3)
    >>> stages["stage"].tolist()
    ['new', 'new', 'stable', 'fading', 'lost', 'stable']
    """
    check = Check("life_cycle_stages")
    panel = check.frame("panel", panel, ["customer_id", "month", "visits"])
    young = check.integer("new_months", new_months, low=0)
    fading = check.integer("fading_after", fading_after, low=1)
    lost = check.integer("lost_after", lost_after, low=1)
    check.require(
        lost > fading,
        _("lost_after must be longer than fading_after"),
        got=_("{lost} and {fading}").format(lost=lost, fading=fading),
    )
    check.done()
    check.vector("panel['visits']", panel["visits"], low=0)
    if not isinstance(committed, pd.Series) or committed.dtype != bool:
        check.add(errors.wrong_type("committed", _("a Series of True and False"), committed))
    check.done()
    holds = check.same_labels("committed", committed, "panel", panel.index)
    check.done()
    ordered = panel.sort_values(["customer_id", "month"], kind="stable")
    customer = ordered["customer_id"]
    came = ordered["visits"] > 0
    stretch = came.groupby(customer, sort=False).cumsum()
    away = (~came).groupby([customer, stretch], sort=False).cumsum().astype(int)
    age = ordered.groupby("customer_id", sort=False).cumcount()
    rules = [away >= lost, away >= fading, holds.loc[ordered.index], age < young]
    names = ["lost", "fading", "committed", "new"]
    found = np.select([rule.to_numpy() for rule in rules], names, default="stable")
    stage = pd.Series(pd.Categorical(found, categories=STAGES), index=ordered.index)
    return panel.assign(months_away=away, stage=stage)


def recall_break_even(value_back: float, *, value_lost: float, cost: float) -> float:
    """Smallest chance of success at which it pays to try to win a lost customer back.

    Parameters
    ----------
    value_back : float
        What a customer is worth who is back.
    value_lost : float
        What a lost customer is worth who is left alone (some return of themselves).
    cost : float
        Cost of one try, 0 or more.

    Returns
    -------
    float
        Share of tries that must succeed beyond those who would have come anyway; above 1: never worth it.

    Notes
    -----
    ``p = cost / (value_back - value_lost)``.

    Examples
    --------
    >>> recall_break_even(600, value_lost=100, cost=25)
    0.05
    """
    check = Check("recall_break_even")
    value_back = check.number("value_back", value_back)
    value_lost = check.number("value_lost", value_lost)
    cost = check.number("cost", cost, low=0)
    check.require(
        not value_back <= value_lost,
        _("a customer who is back must be worth more than a lost one"),
        got=_("{back} and {lost}").format(back=errors.shown(value_back), lost=errors.shown(value_lost)),
    )
    check.done()
    return cost / (value_back - value_lost)
