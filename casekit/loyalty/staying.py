"""Whether customers stay when there is a choice: foreseen by a logit, seen in their visits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit, ndtri

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def probability_of_staying(drivers: Any, *, weights: Any, intercept: float = 0.0) -> pd.Series:
    """Chance that a customer stays when a rival opens: a logit of what holds and what pulls.

    Weights come from a logistic regression on customers who had the choice, or are assumptions and are to be
    called so.

    Parameters
    ----------
    drivers : DataFrame or dict of lists, one row a customer
        Numbers: advantage in value over the rival, habit, cost of switching; columns beyond those of
        ``weights`` are left aside.
    weights : dict or Series of float
        Weight of each driver on the log-odds scale per unit of it; positive weights hold the customer.
    intercept : float, default 0
        Log-odds of staying when all drivers are 0.

    Returns
    -------
    Series of float, 0 to 1, labelled like ``drivers``.

    Raises
    ------
    InputError
        If a driver has no column or is not a number.

    Notes
    -----
    ``P = 1 / (1 + exp(-(intercept + sum w_k x_k)))``.

    References
    ----------
    McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In Zarembka, *Frontiers in
    Econometrics*. Oliver, R. L. (1999). Whence consumer loyalty? *Journal of Marketing* 63, 33–44.

    Examples
    --------
    >>> drivers = pd.DataFrame({"habit": [0, 1]})
    >>> probability_of_staying(drivers, weights={"habit": 1.0986122887}).round(3).tolist()
    [0.5, 0.75]
    """
    check = Check("probability_of_staying")
    weights = check.vector("weights", weights)
    drivers = check.frame("drivers", drivers, list(weights.index))
    intercept = check.number("intercept", intercept)
    check.done()
    chosen = pd.DataFrame(
        {name: check.vector(f"drivers[{name!r}]", drivers[name]) for name in weights.index},
        index=drivers.index,
    )
    check.done()
    scores = intercept + chosen.to_numpy() @ weights.to_numpy(dtype=float)
    return pd.Series(expit(scores), index=drivers.index, name="probability")


def patronage_kept(before: Any, after: Any, group: Any, *, level: float = 0.95) -> pd.DataFrame:
    """Share of their visits that each group of customers kept after an event.

    Parameters
    ----------
    before, after : Series, dict or list of float, shape (n_customers,)
        Visits of each customer in two stretches of equal length and season, before and after, 0 or more.
    group : Series, dict or list, same labels or order
        Group of each customer; customers without one are left out.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    DataFrame by group: ``customers``, ``kept`` (visits after by visits before; above 1 is growth), ``low``
    and ``high``. Groups without a visit before are left out.

    Raises
    ------
    InputError
        If lengths or labels differ or visits are negative.

    Notes
    -----
    Ratio of sums; the interval is the normal one with the linearised standard error
    ``sqrt(n / (n - 1) * sum((after - kept * before) ** 2)) / sum(before)``; missing for a single customer.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, chapter 6, on ratios.

    Examples
    --------
    >>> patronage_kept([10, 10, 4], [9, 7, 1], ["a", "a", "b"])["kept"].tolist()
    [0.8, 0.25]
    """
    check = Check("patronage_kept")
    first = check.vector("before", before, low=0)
    second = check.vector("after", after, low=0)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    now = check.alike("after", second, "before", first).to_numpy()
    given = as_series(group)
    if given is None:
        check.add(errors.wrong_type("group", _("a list, dict, Series or one-dimensional array"), group))
        check.done()
    assert given is not None
    check.names("group", given.dropna(), repeats=True)
    groups = check.alike("group", given, "before", first).reset_index(drop=True)
    check.done()
    was = first.to_numpy()
    frame = pd.DataFrame({"before": was, "after": now, "customers": 1})
    grouped = frame.groupby(groups, observed=True)
    sums = grouped.sum().query("before > 0")
    kept = (sums["after"] / sums["before"]).rename("kept")
    squares = (now - groups.map(kept).astype(float) * was) ** 2
    n = sums["customers"]
    spread = squares.groupby(groups, observed=True).sum().reindex(sums.index)
    error = np.sqrt((n / (n - 1).where(n > 1)) * spread) / sums["before"]
    half = float(ndtri((1 + level) / 2)) * error
    return pd.DataFrame({"customers": n, "kept": kept, "low": kept - half, "high": kept + half})
