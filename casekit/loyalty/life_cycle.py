"""The life of a customer relationship in stages: new, stable, committed, fading, lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series

#: Stages in the order of a life: 初识期, 稳定期, 升华期, 流失期, and the end.
STAGES = ("new", "stable", "committed", "fading", "lost")


def life_cycle_stages(
    panel: Any,
    *,
    committed: Any,
    new_months: int = 3,
    fading_after: int = 2,
    lost_after: int = 6,
) -> pd.DataFrame:
    """The stage of every customer in every month.

    Stages are read from behaviour: how long a customer has been one, whether a tier is held, how long the
    silence lasts. The months are the reader's rules; :func:`casekit.loyalty.hiatus_errors` tests the silence.

    Parameters
    ----------
    panel : DataFrame or list of dict
        One row a customer and month without gaps, with ``customer_id``, ``month`` and ``visits`` (from
        :func:`casekit.loyalty.monthly_panel`).
    committed : Series or list of bool, labelled or ordered like ``panel``
        True (or 1) where the customer holds a tier.
    new_months : int, default 3
        Months from the first visit on in which a customer counts as new.
    fading_after, lost_after : int, default 2 and 6
        Months running without a visit until a customer counts as fading, and as lost.

    Returns
    -------
    DataFrame
        ``panel`` with ``months_away`` (months running without a visit) and ``stage``. The first that applies:
        lost, fading, committed, new, stable. A lost customer who visits again is back at once. Moves between
        stages are counted with ``migration_counts(..., state="stage")``, and their worth is the chain's.

    Raises
    ------
    InputError
        If columns are missing, labels differ, or ``lost_after`` is not longer than ``fading_after``.

    Notes
    -----
    ``months_away`` counts months running without a visit up to and with this one; age counts months since the
    first.

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
    panel = check.frame("panel", panel, ["customer_id", "month", "visits"], keys=["customer_id", "month"])
    young = check.integer("new_months", new_months, low=0)
    fading = check.integer("fading_after", fading_after, low=1)
    lost = check.integer("lost_after", lost_after, low=1)
    check.require(
        lost > fading,
        _("lost_after must be longer than fading_after"),
        got=_("{lost} and {fading}").format(lost=lost, fading=fading),
    )
    check.done()
    panel = check.numbers(panel, ["visits"], name="panel", low=0)
    flags = check.flags("committed", committed)
    check.done()
    holds = check.alike("committed", flags, "panel", pd.Series(0, index=panel.index))
    check.unique("panel.index", panel.index)
    check.unique("panel", list(zip(panel["customer_id"], panel["month"], strict=True)))
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
        What a customer is worth who is back, in money (the chain value of the stage they come back to).
    value_lost : float
        What a lost customer is worth who is left alone (some return of themselves).
    cost : float
        Cost of one try, 0 or more.

    Returns
    -------
    float
        Share of tries that must succeed beyond those who would have come anyway; above 1: never worth it.

    Raises
    ------
    InputError
        If a customer who is back is worth no more than a lost one, or the cost is negative.

    Notes
    -----
    ``p = cost / (value_back - value_lost)``.

    References
    ----------
    Thomas, J. S., Blattberg, R. C. and Fox, E. J. (2004). Recapturing lost customers. *Journal of Marketing
    Research* 41(1), 31–45.

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


def recall_value(states: Any, *, value_back: Any, cost: Any) -> pd.DataFrame:
    """What it is worth to call back customers who fade or are lost, state by state, and whom to call first.

    Who is called and comes back is not thereby won: some would have come anyway. The gain is the difference
    that the call makes, and that takes a group not called.

    Parameters
    ----------
    states : DataFrame or dict of dict by state, or list of dict
        ``customers`` (in the state, 0 or more), ``back_with`` and ``back_without`` (share of them who come
        back in the period with a call and without, 0 to 1), ``value`` (of a customer who is left in the
        state, in money).
    value_back : float, or Series or dict by state
        What a customer is worth who is back, in money (the chain value of the stage they come back to).
    cost : float, or Series or dict by state
        Cost of one call, 0 or more.

    Returns
    -------
    DataFrame by state, best first, with ``customers``, ``won`` (back because of the call), ``gain_each``
    (money a call), ``gain`` (all of the state), ``break_even`` (how much larger the share with a call must be
    than without; missing where a customer back is worth no more) and ``call`` (bool: gain above 0).

    Raises
    ------
    InputError
        If columns are missing, shares outside 0 to 1, or labels differ.

    Notes
    -----
    ``gain_each = (back_with - back_without)(value_back - value) - cost``; ``break_even = cost /
    (value_back - value)``.

    References
    ----------
    Griffin, J. and Lowenstein, M. (2001). *Customer Winback*. Thomas, J. S., Blattberg, R. C. and Fox, E. J.
    (2004). Recapturing lost customers. *Journal of Marketing Research* 41(1), 31–45.

    Examples
    --------
    >>> states = {"fading": {"customers": 200, "back_with": 0.5, "back_without": 0.4, "value": 300},
    ...           "lost": {"customers": 500, "back_with": 0.05, "back_without": 0.03, "value": 50}}
    >>> recall_value(states, value_back=600, cost=20)[["won", "gain"]].round(6).to_numpy().tolist()
    [[20.0, 2000.0], [10.0, -4500.0]]
    """
    check = Check("recall_value")
    by_state = isinstance(states, dict) and all(isinstance(row, dict) for row in states.values())
    table = check.frame(
        "states",
        pd.DataFrame.from_dict(states, orient="index") if by_state else states,
        ["customers", "back_with", "back_without", "value"],
    )
    check.done()
    check.unique("states.index", table.index)
    ends = {"back_with": 1.0, "back_without": 1.0}
    read = {
        name: check.vector(
            f"states[{name!r}]", table[name], low=None if name == "value" else 0, high=ends.get(name)
        )
        for name in ("customers", "back_with", "back_without", "value")
    }
    worth = _by_state(check, "value_back", value_back, table.index)
    price = _by_state(check, "cost", cost, table.index, low=0)
    check.done()
    more = worth - read["value"]
    difference = read["back_with"] - read["back_without"]
    each = difference * more - price
    result = pd.DataFrame(
        {
            "customers": read["customers"],
            "won": read["customers"] * difference,
            "gain_each": each,
            "gain": read["customers"] * each,
            "break_even": price / more.where(more > 0),
            "call": each > 0,
        }
    )
    return result.sort_values("gain_each", ascending=False, kind="stable")


def _by_state(check: Check, name: str, values: Any, states: pd.Index, low: float | None = None) -> pd.Series:
    if as_series(values) is None:
        return pd.Series(check.number(name, values, low=low), index=states)
    series = check.vector(name, values, low=low)
    return check.alike(name, series, "states", pd.Series(0.0, index=states))
