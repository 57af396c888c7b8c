"""How much to make before demand is known: the newsvendor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from casekit import errors
from casekit._text import _
from casekit._validate import Check


@dataclass(frozen=True)
class NewsvendorPlan:
    """One order before the season, and what to expect of it.

    Attributes
    ----------
    quantity : float
        Units ordered.
    critical_ratio : float
        Share of seasons in which the best order covers all demand, 0 to 1.
    in_stock : float
        The same for this order.
    expected_sales, expected_leftover, expected_lost_sales : float
        Units.
    fill_rate : float
        Share of demand served, 0 to 1.
    expected_profit : float
        Money, loss of goodwill taken off.
    mismatch_cost : float
        Money lost against knowing demand beforehand, zero or more.
    """

    quantity: float
    critical_ratio: float
    in_stock: float
    expected_sales: float
    expected_leftover: float
    expected_lost_sales: float
    fill_rate: float
    expected_profit: float
    mismatch_cost: float


def unit_costs(
    check: Check, price: float, cost: float, salvage: float, goodwill: float
) -> tuple[float, float]:
    price, cost = check.number("price", price, low=0), check.number("cost", cost, low=0)
    salvage = check.number("salvage", salvage, hint=_("below zero if clearing costs money"))
    goodwill = check.number("goodwill", goodwill, low=0)
    under, over = price - cost + goodwill, cost - salvage
    if not math.isnan(under + over):
        check.require(
            under > 0,
            _("a unit short must cost something: price above cost"),
            got=_("price {price}, cost {cost}").format(price=errors.shown(price), cost=errors.shown(cost)),
            hint=_("at this price nothing should be made"),
        )
        check.require(
            over > 0,
            _("a unit too many must cost something: cost above salvage"),
            got=_("cost {cost}, salvage {salvage}").format(
                cost=errors.shown(cost), salvage=errors.shown(salvage)
            ),
            hint=_("if leftovers earn their cost, order without end"),
        )
    return under, over


def critical_ratio(price: float, cost: float, *, salvage: float = 0.0, goodwill: float = 0.0) -> float:
    """Share of seasons in which the best order covers all demand.

    Parameters
    ----------
    price, cost : float
        Of one unit, in money, zero or more; price above cost.
    salvage : float, default 0
        What a leftover unit brings, below the cost; below zero if clearing costs money.
    goodwill : float, default 0
        Loss from an unserved customer beyond the margin, zero or more.

    Returns
    -------
    float
        ``cu / (cu + co)`` with ``cu = price - cost + goodwill`` (a unit short) and ``co = cost - salvage`` (a
        unit too many); strictly between 0 and 1.

    Examples
    --------
    >>> critical_ratio(190, 110, salvage=90)
    0.8
    """
    check = Check("critical_ratio")
    under, over = unit_costs(check, price, cost, salvage, goodwill)
    check.done()
    return under / (under + over)


def newsvendor(
    mean: float,
    sd: float,
    *,
    price: float,
    cost: float,
    salvage: float = 0.0,
    goodwill: float = 0.0,
    quantity: float | None = None,
) -> NewsvendorPlan:
    """The best single order for a season whose demand is normal, or what to expect of a given order.

    Parameters
    ----------
    mean : float
        Expected demand in units, above 0.
    sd : float
        Standard deviation of the error of that forecast, in units, zero or more. From past seasons: the
        spread of actual over forecast demand, times the mean. Above a third of the mean the normal curve
        gives weight to demand below zero; a plan is then rough (see :func:`newsvendor_discrete`).
    price, cost, salvage, goodwill
        As in :func:`critical_ratio`.
    quantity : float, optional
        An order to judge, zero or more. Left out: the best one (not rounded; never below 0).

    Returns
    -------
    NewsvendorPlan

    Notes
    -----
    ``q* = mean + sd z``, ``z`` the normal quantile of the critical ratio. With ``L(z) = phi(z) - z (1 -
    Phi(z))``: lost sales ``sd L(z)``, sales ``mean - lost``, leftover ``q - sales``, profit ``(price - cost)
    sales - (cost - salvage) leftover - goodwill lost``, mismatch cost ``cu lost + co leftover``.

    References
    ----------
    Arrow, K., Harris, T. and Marschak, J. (1951). *Econometrica* 19, 250–272. Cachon, G. and Terwiesch, C.
    *Matching Supply with Demand*, ch. 12.

    Examples
    --------
    >>> plan = newsvendor(100, 20, price=10, cost=5)
    >>> plan.quantity, plan.in_stock, round(plan.expected_lost_sales, 2)
    (100.0, 0.5, 7.98)
    """
    check = Check("newsvendor")
    mean, sd = check.positive("mean", mean), check.number("sd", sd, low=0)
    under, over = unit_costs(check, price, cost, salvage, goodwill)
    if quantity is not None:
        quantity = check.number("quantity", quantity, low=0)
    check.done()
    ratio = under / (under + over)
    if quantity is None:
        quantity = max(0.0, mean + sd * float(ndtri(ratio)))
    if sd == 0:
        lost, stocked = max(0.0, mean - quantity), float(quantity >= mean)
    else:
        z = max(-40.0, min(40.0, (quantity - mean) / sd))
        density = math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
        lost = sd * density + (mean - quantity) * float(ndtr(-z))
        stocked = float(ndtr(z))
    return _plan(mean, quantity, lost, stocked, ratio, (under, over, goodwill))


def _plan(
    mean: float, quantity: float, lost: float, stocked: float, ratio: float, costs: tuple[float, float, float]
) -> NewsvendorPlan:
    under, over, goodwill = costs
    lost = max(0.0, lost)
    sales = mean - lost
    leftover = quantity - sales
    mismatch = under * lost + over * leftover
    profit = (under - goodwill) * sales - over * leftover - goodwill * lost
    return NewsvendorPlan(
        quantity, ratio, stocked, sales, leftover, lost, sales / mean, profit, max(0.0, mismatch)
    )


def newsvendor_discrete(
    demand: Any,
    *,
    price: float,
    cost: float,
    salvage: float = 0.0,
    goodwill: float = 0.0,
    quantity: float | None = None,
) -> NewsvendorPlan:
    """The best single order when the possible demands and their chances are listed.

    Parameters
    ----------
    demand : Series or dict of float
        Chance of each demand (the index, units, zero or more); the chances add up to 1. From past seasons:
        ``series.value_counts(normalize=True)``.
    price, cost, salvage, goodwill, quantity
        As in :func:`newsvendor`.

    Returns
    -------
    NewsvendorPlan
        The best quantity is the smallest listed demand at which the chance of covering all demand reaches
        the critical ratio.

    Raises
    ------
    InputError
        If the chances do not add up to 1 or a demand is negative.

    Examples
    --------
    >>> plan = newsvendor_discrete({10: 0.3, 20: 0.4, 30: 0.3}, price=10, cost=4)
    >>> plan.quantity, plan.expected_sales, plan.expected_profit
    (20.0, 17.0, 90.0)
    """
    check = Check("newsvendor_discrete")
    chances = check.weights("demand", demand)
    units = check.vector("demand.index", list(chances.index), low=0)
    check.unique("demand.index", units.to_numpy())
    under, over = unit_costs(check, price, cost, salvage, goodwill)
    if quantity is not None:
        quantity = check.number("quantity", quantity, low=0)
    check.done()
    order = np.argsort(units.to_numpy())
    values, weight = units.to_numpy()[order], chances.to_numpy()[order]
    mean = float(values @ weight)
    check.require(mean > 0, _("some demand must be possible"), got=_("none"))
    check.done()
    ratio, covered = under / (under + over), weight.cumsum()
    if quantity is None:
        quantity = float(values[int(np.argmax(covered >= ratio - 1e-12))])
    lost = float(np.maximum(values - quantity, 0) @ weight)
    stocked = min(1.0, float(weight[values <= quantity].sum()))
    return _plan(mean, quantity, lost, stocked, ratio, (under, over, goodwill))
