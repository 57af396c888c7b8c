"""Break-even: the retention a programme must reach, and what it may cost."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from casekit._validate import Check
from casekit.value._terms import TIMINGS, must_converge
from casekit.value.lifetime_value import lifetime_value


def break_even_retention(
    value: float,
    *,
    margin: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    timing: str = "renewal",
    horizon: int | None = None,
) -> float:
    """Retention rate at which a customer with this margin is worth exactly ``value``.

    One needs it to judge perks: they lower the margin; how much longer must customers stay to make up for
    it? With ``value`` = acquisition cost it tells which retention makes winning customers pay at all.

    Parameters
    ----------
    value : float
        Lifetime value to reach, in currency, 0 or more (what the customer is worth today, or costs to win).
    margin : float
        Margin a period under the new terms (after the programme's cost), above 0.
    discount_rate, growth_rate : float
        Shares per period, above -1.
    timing : {"renewal", "start", "end", "due"}, default "renewal"
        The form in which ``value`` was computed, see :func:`lifetime_value`.
    horizon : int, optional
        Payments that count, 1 or more; all if not given.

    Returns
    -------
    float
        Share per period. 0 if the customer is worth that much even when leaving at once; **above 1 means
        that no retention rate is enough**.

    Raises
    ------
    InputError
        For a negative value, a margin of 0 or less, or rates outside their range.

    Notes
    -----
    Solves E(CLV) = V for r, with m ``margin``, d ``discount_rate``, g ``growth_rate``:
    renewal ``r = V (1 + d) / (m + V (1 + g))``; start ``(1 + d)(1 - m / V) / (1 + g)``;
    end ``(1 + d - m / V) / (1 + g)``; due ``V (1 + d) / (m (1 + d) + V (1 + g))``. With a horizon the root
    is found numerically. The answer is an average over customers: unlike customers need not all reach it.

    References
    ----------
    Inverse of Gupta and Lehmann (2003), margin multiple.

    Examples
    --------
    A margin of 100 at r = 0.8 and d = 0.12 is worth 250; with a margin of 90 retention must rise to:

    >>> round(break_even_retention(250, margin=90, discount_rate=0.12), 4)
    0.8235
    """
    check = Check("break_even_retention")
    worth = check.number("value", value, low=0)
    m = check.positive("margin", margin)
    d = check.rate("discount_rate", discount_rate)
    g = check.rate("growth_rate", growth_rate)
    check.choice("timing", timing, TIMINGS)
    payments = None if horizon is None else check.integer("horizon", horizon, low=1)
    check.done()
    if worth == 0:
        return 0.0
    if payments is not None:
        return _retention_over_horizon(worth, m, d, g, timing, payments)
    closed = {
        "renewal": worth * (1 + d) / (m + worth * (1 + g)),
        "start": (1 + d) * (1 - m / worth) / (1 + g),
        "end": (1 + d - m / worth) / (1 + g),
        "due": worth * (1 + d) / (m * (1 + d) + worth * (1 + g)),
    }
    return max(0.0, closed[timing])


def _retention_over_horizon(worth: float, m: float, d: float, g: float, timing: str, payments: int) -> float:
    powers = np.arange(payments)
    weights = m * (1 + g) ** powers * (1 + d) ** -powers.astype(float)
    later, renewals = {"start": (0, 0), "renewal": (1, 1), "end": (1, 0), "due": (0, 1)}[timing]

    def gap(r: float) -> float:
        return float((weights * r ** (powers + renewals)).sum() / (1 + d) ** later) - worth

    if gap(0.0) >= 0:
        return 0.0
    if payments == 1 and renewals == 0:
        return math.inf
    high = 1.0
    while gap(high) < 0:
        high *= 2
    return float(brentq(gap, 0.0, high, xtol=1e-13))


def break_even_programme_cost(
    margin: float,
    *,
    retention_before: float,
    retention_after: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    extra_margin: float = 0.0,
    timing: str = "renewal",
    cost_timing: str | None = None,
) -> pd.Series:
    """The most a loyalty programme may cost per customer, given what it does to retention and margin.

    Parameters
    ----------
    margin : float
        Margin a period without the programme, in currency.
    retention_before, retention_after : float
        Shares per period without and with it, 0 to 1. The difference must be **caused** by the programme:
        members who were loyal anyway raise no retention (compare with a control group).
    discount_rate, growth_rate : float
        Shares per period.
    extra_margin : float, default 0
        Margin a period that the programme adds, before its cost.
    timing : {"renewal", "start", "end", "due"}, default "renewal"
        When margins come, see :func:`lifetime_value`.
    cost_timing : the same, optional
        When the programme is paid for; by default together with the margins.

    Returns
    -------
    Series, in currency per customer: ``value_before``, ``value_after`` (before its cost), ``once`` (the most
    that may be spent now, once), ``per_period`` (the most that may be spent each period). Negative: the
    programme destroys value even if it is free.

    Raises
    ------
    InputError
        For rates outside their range, an unknown timing, or a value without limit.

    Notes
    -----
    ``once = value_after - value_before``; ``per_period = once / multiple`` with the multiple of the cost's
    timing at the new retention: the cost, too, is only paid while the customer stays. NaN if that multiple
    is 0.

    References
    ----------
    Blattberg, R. C., Kim, B.-D. and Neslin, S. A. (2008). *Database Marketing*, ch. 22.

    Examples
    --------
    >>> cost = break_even_programme_cost(100, retention_before=0.8, retention_after=0.9, discount_rate=0.1)
    >>> cost.round(2).to_dict()  # 0.8 / 0.3 and 0.9 / 0.2
    {'value_before': 266.67, 'value_after': 450.0, 'once': 183.33, 'per_period': 40.74}
    """
    check = Check("break_even_programme_cost")
    m = check.number("margin", margin)
    extra = check.number("extra_margin", extra_margin)
    before = check.share("retention_before", retention_before)
    after = check.share("retention_after", retention_after)
    d = check.rate("discount_rate", discount_rate)
    g = check.rate("growth_rate", growth_rate)
    check.choice("timing", timing, TIMINGS)
    check.choice("cost_timing", timing if cost_timing is None else cost_timing, TIMINGS)
    check.done()
    must_converge(check, max(before, after), d, g)
    rates: dict[str, Any] = {"discount_rate": d, "growth_rate": g, "timing": timing}
    paid = timing if cost_timing is None else cost_timing
    with check.inner():
        old = float(lifetime_value(m, retention_rate=before, **rates))
        new = float(lifetime_value(m + extra, retention_rate=after, **rates))
        multiple = lifetime_value(1.0, retention_rate=after, discount_rate=d, growth_rate=g, timing=paid)
    return pd.Series(
        {
            "value_before": old,
            "value_after": new,
            "once": new - old,
            "per_period": (new - old) / float(multiple) if multiple else math.nan,
        },
        name="break_even_programme_cost",
    )
