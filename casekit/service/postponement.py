"""What it is worth to decide later: a short lead time, and the colour chosen last."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from casekit import errors
from casekit._validate import Check
from casekit.service.newsvendor import newsvendor, unit_costs


def lead_time_cost(
    mean: float,
    *,
    lead_weeks: Iterable[float],
    weekly_error: float,
    price: float,
    cost: float,
    salvage: float = 0.0,
    goodwill: float = 0.0,
    growth: float = 0.5,
) -> pd.DataFrame:
    """What a long lead time costs: the order placed one week ahead against months ahead.

    The further ahead the order, the worse the forecast, the more is marked down and the more is missed. The
    difference in profit is what a quick chain may cost more a unit before the slow one wins.

    Parameters
    ----------
    mean : float
        Expected demand of the season in units, above 0.
    lead_weeks : list of float
        Lead times to compare, in weeks, zero or more (a month is 4.35 weeks: :mod:`casekit.periods`).
    weekly_error : float
        Standard deviation of the forecast one week ahead, in units, zero or more.
    price, cost, salvage, goodwill
        As in :func:`critical_ratio`.
    growth : float, default 0.5
        How the error grows with lead time, zero or more: 0.5 if each week adds its own independent surprise.
        An assumption to replace with your own forecast errors.

    Returns
    -------
    DataFrame, index ``lead_weeks``, with columns ``sd``, ``quantity``, ``expected_leftover``,
    ``expected_lost_sales`` (units), ``mismatch_cost``, ``expected_profit`` (money) and ``cost_a_unit``
    (mismatch cost by expected demand: what may be paid more a unit for a perfect forecast).

    Notes
    -----
    ``sd = weekly_error * weeks^growth``; each row is :func:`newsvendor`.

    References
    ----------
    Fisher, M. and Raman, A. (1996). Reducing the cost of demand uncertainty through accurate response to
    early sales. *Operations Research* 44(1), 87–99.

    Examples
    --------
    >>> table = lead_time_cost(1000, lead_weeks=[1, 16], weekly_error=50, price=10, cost=5)
    >>> table["sd"].tolist(), table["mismatch_cost"].round().tolist()
    ([50.0, 200.0], [199.0, 798.0])
    """
    check = Check("lead_time_cost")
    weeks = check.vector("lead_weeks", lead_weeks, low=0)
    error, growth = (
        check.number("weekly_error", weekly_error, low=0),
        check.number("growth", growth, low=0, high=10),
    )
    mean = check.positive("mean", mean)
    unit_costs(check, price, cost, salvage, goodwill)
    check.done()
    rows = {}
    for week in weeks:
        sd = error * float(week) ** growth
        plan = newsvendor(mean, sd, price=price, cost=cost, salvage=salvage, goodwill=goodwill)
        rows[float(week)] = {
            "sd": sd,
            "quantity": plan.quantity,
            "expected_leftover": plan.expected_leftover,
            "expected_lost_sales": plan.expected_lost_sales,
            "mismatch_cost": plan.mismatch_cost,
            "expected_profit": plan.expected_profit,
            "cost_a_unit": plan.mismatch_cost / mean,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("lead_weeks")


def postponement_value(
    means: Any,
    sds: Any,
    *,
    price: float,
    cost: float,
    salvage: float = 0.0,
    goodwill: float = 0.0,
    correlation: float = 0.0,
    extra_cost: float = 0.0,
) -> pd.Series:
    """What it is worth to make the cloth undyed and choose the colour when demand is seen.

    Half of the cloth bought undyed pools the errors of the colours: one sells less, another more. The pool is
    worth nothing if all colours rise and fall together.

    Parameters
    ----------
    means, sds : Series, dict or list of float, shape (n_variants,)
        Expected demand (above 0) and standard deviation of its forecast error (zero or more), in units.
    price, cost, salvage, goodwill
        As in :func:`critical_ratio`, the same for all variants.
    correlation : float, default 0
        Between the forecast errors of any two variants, from -1/(n-1) to 1.
    extra_cost : float, default 0
        Cost more a unit of deciding late, zero or more, and less than the margin.

    Returns
    -------
    Series with ``separate_profit``, ``pooled_profit``, ``saving`` (pooled less separate, money; below zero
    where the extra cost eats the gain), ``separate_sd`` (sum), ``pooled_sd`` and ``break_even_extra_cost``
    (mismatch cost saved by unit of expected demand, before any extra cost).

    Notes
    -----
    ``pooled_sd = sqrt(sum sd_i² + 2 rho sum_{i<j} sd_i sd_j)``. Both sides are :func:`newsvendor`; the last
    step is taken to be quick enough that every unit finds its colour.

    References
    ----------
    Lee, H. and Tang, C. (1997). Modelling the costs and benefits of delayed product differentiation.
    *Management Science* 43(1), 40–53.

    Examples
    --------
    >>> found = postponement_value([100, 100, 100, 100], [30, 30, 30, 30], price=10, cost=5)
    >>> found["separate_sd"].item(), found["pooled_sd"].item(), round(found["saving"].item(), 1)
    (120.0, 60.0, 239.4)
    """
    check = Check("postponement_value")
    demand = check.vector("means", means, low=0, low_open=True)
    spread = check.vector("sds", sds, low=0)
    if len(demand) != len(spread):
        check.add(errors.different_lengths("sds", len(spread), "means", len(demand)))
    count = max(2, len(demand))
    rho = check.number("correlation", correlation, low=-1 / (count - 1), high=1)
    extra = check.number("extra_cost", extra_cost, low=0)
    unit_costs(check, price, cost, salvage, goodwill)
    check.done()
    if not demand.index.equals(pd.RangeIndex(len(demand))) and isinstance(sds, (pd.Series, dict)):
        spread = check.same_labels("sds", spread, "means", demand)
    check.done()
    terms = {"price": price, "salvage": salvage, "goodwill": goodwill}
    apart = [newsvendor(m, s, cost=cost, **terms) for m, s in zip(demand, spread, strict=True)]
    squares, total = float((spread**2).sum()), float(spread.sum())
    pooled_sd = math.sqrt(max(0.0, squares + rho * (total**2 - squares)))
    same = newsvendor(float(demand.sum()), pooled_sd, cost=cost, **terms)
    pooled = newsvendor(float(demand.sum()), pooled_sd, cost=cost + extra, **terms)
    separate = sum(plan.expected_profit for plan in apart)
    gain = sum(plan.mismatch_cost for plan in apart) - same.mismatch_cost
    return pd.Series(
        {
            "separate_profit": separate,
            "pooled_profit": pooled.expected_profit,
            "saving": pooled.expected_profit - separate,
            "separate_sd": total,
            "pooled_sd": pooled_sd,
            "break_even_extra_cost": gain / float(demand.sum()),
        },
        name="postponement",
    )
