"""Pareto analysis of complaints: the few causes behind most of the trouble, by count and by cost."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.service._columns import tallies


def complaint_pareto(causes: Any, *, cost: Any = None, threshold: float = 0.8) -> pd.DataFrame:
    """Causes of complaints in order of weight, with the vital few that make up most of it.

    Count first, then weigh: a cause that is heard often may be cheap, and a rare one may cost the customer.
    ``rank_by_count`` beside the order by cost shows where the two disagree.

    Parameters
    ----------
    causes : list or Series of str, or dict or Series of int
        One cause for each complaint, or the number of complaints by cause.
    cost : dict or Series of float, optional
        Cost of one complaint of each cause, in money, zero or more: handling, compensation and the
        customers it loses. Left out: every complaint counts 1.
    threshold : float, default 0.8
        Share of the total weight that the vital few must reach, above 0 and at most 1.

    Returns
    -------
    DataFrame, index ``cause``, heaviest first (ties by name), with columns ``count``, ``weight`` (count
    times cost), ``share``, ``cumulative_share``, ``vital`` (bool: in the smallest set of causes that reaches
    the threshold) and ``rank_by_count`` (1 is the most frequent).

    Raises
    ------
    InputError
        If a cause has no cost, a count is negative, or nothing weighs anything.

    References
    ----------
    Juran, J. M. (1951). *Quality Control Handbook* ("the vital few and the trivial many").

    Examples
    --------
    >>> table = complaint_pareto(["late", "late", "late", "broken"], cost={"late": 10, "broken": 90})
    >>> table["weight"].to_dict(), table["rank_by_count"].to_dict()
    ({'broken': 90.0, 'late': 30.0}, {'broken': 2, 'late': 1})
    """
    check = Check("complaint_pareto")
    threshold = check.number("threshold", threshold, low=0, high=1, low_open=True)
    counts = tallies(check, "causes", causes)
    check.done()
    price = pd.Series(1.0, index=counts.index)
    if cost is not None:
        given = check.vector("cost", cost, low=0)
        check.unique("cost.index", given.index)
        unknown = [label for label in counts.index if label not in given.index]
        if unknown:
            check.add(errors.different_labels("cost", unknown, [], "causes"))
        check.done()
        price = given.reindex(counts.index)
    weight = counts * price
    check.require(
        float(weight.sum()) > 0,
        _("causes must have some weight"),
        got=errors.shown(float(weight.sum())),
        hint=_("look at the filter that made the counts, or at the costs"),
    )
    check.done()
    table = pd.DataFrame({"count": counts.astype(int), "weight": weight}).rename_axis("cause")
    table["rank_by_count"] = counts.rank(ascending=False, method="min").astype(int)
    table = table.sort_index(key=lambda labels: labels.astype(str))
    table = table.sort_values("weight", ascending=False, kind="stable")
    table["share"] = table["weight"] / table["weight"].sum()
    table["cumulative_share"] = table["share"].cumsum().clip(upper=1.0)
    before = table["cumulative_share"].shift(fill_value=0.0)
    table["vital"] = (before < threshold - 1e-12) & (table["weight"] > 0)
    return table[["count", "weight", "share", "cumulative_share", "vital", "rank_by_count"]]
