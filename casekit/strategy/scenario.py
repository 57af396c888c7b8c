"""The money test of a direction: what it costs now, what it brings later, and how much growth it needs."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from casekit._text import _
from casekit._validate import Check


def direction_npv(
    outlay: float,
    contribution: float,
    *,
    market_growth: float,
    discount_rate: float,
    build_years: int = 3,
    horizon: int = 10,
) -> float:
    """Net present value of a direction that is built first and earns afterwards, in step with its market.

    Parameters
    ----------
    outlay : float
        Money spent in each of the building years, any currency, 0 or more.
    contribution : float
        Money the direction would bring a year at today's size of the market.
    market_growth : float
        Growth of the market a year, above −1 (for the course's case: of the defence budget).
    discount_rate : float
        A year, above −1.
    build_years : int, default 3
        Years of outlay, 1 or more; nothing is earned before they are over.
    horizon : int, default 10
        Last year counted, above ``build_years``.

    Returns
    -------
    float
        Below zero: the direction does not pay within the horizon.

    Notes
    -----
    Cash falls at the end of each year:
    ``−sum(outlay / (1+d)^t, t = 1..build) + sum(contribution (1+g)^t / (1+d)^t, t = build+1..horizon)``.

    Examples
    --------
    >>> round(direction_npv(10, 12.1, market_growth=0, discount_rate=0.1, build_years=1, horizon=2), 3)
    0.909
    """
    check = Check("direction_npv")
    outlay = check.number("outlay", outlay, low=0)
    contribution = check.number("contribution", contribution)
    market_growth = check.rate("market_growth", market_growth)
    discount_rate = check.rate("discount_rate", discount_rate)
    build_years, horizon = _years(check, build_years, horizon)
    check.done()
    return _npv(outlay, contribution, market_growth, discount_rate, build_years, horizon)


def break_even_growth(
    outlay: float, contribution: float, *, discount_rate: float, build_years: int = 3, horizon: int = 10
) -> float:
    """Growth of the market a year at which the direction just pays.

    Parameters
    ----------
    outlay, contribution, discount_rate, build_years, horizon
        As for :func:`direction_npv`; ``outlay`` and ``contribution`` above 0.

    Returns
    -------
    float
        A share a year; missing when no growth between −50 % and 100 % makes it pay just so.

    Examples
    --------
    >>> round(break_even_growth(10, 11, discount_rate=0.1, build_years=1, horizon=2), 6)
    0.0
    """
    check = Check("break_even_growth")
    outlay = check.positive("outlay", outlay)
    contribution = check.positive("contribution", contribution)
    discount_rate = check.rate("discount_rate", discount_rate)
    build_years, horizon = _years(check, build_years, horizon)
    check.done()

    def value(growth: float) -> float:
        return _npv(outlay, contribution, growth, discount_rate, build_years, horizon)

    low, high = -0.5, 1.0
    if value(low) > 0 or value(high) < 0:
        return math.nan
    return float(brentq(value, low, high))


def _years(check: Check, build_years: int, horizon: int) -> tuple[int, int]:
    build_years = check.integer("build_years", build_years, low=1)
    horizon = check.integer("horizon", horizon, low=2)
    check.require(
        horizon > build_years,
        _("horizon must lie beyond the building years"),
        got=f"{horizon} ≤ {build_years}",
    )
    return build_years, horizon


def _npv(outlay: float, contribution: float, growth: float, rate: float, build: int, horizon: int) -> float:
    spent = (outlay / (1 + rate) ** np.arange(1, build + 1)).sum()
    years = np.arange(build + 1, horizon + 1)
    earned = (contribution * ((1 + growth) / (1 + rate)) ** years).sum()
    return float(earned - spent)
