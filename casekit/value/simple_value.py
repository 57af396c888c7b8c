"""The course's first formula, transaction × frequency × life, and the ways in which it misleads."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import Values, named, side_by_side, term


def _product(check: Check, **values: Any) -> Values:
    read = {}
    for name, value in values.items():
        limits = {"low": 0, "high": 1} if name == "margin_rate" else {"low": 0}
        read[name] = term(check, name, value, **limits)
    check.done()
    matched = side_by_side(check, values, read)
    total: Values = 1.0
    for value in matched.values():
        total = total * value
    return total


def lifetime_revenue(transaction_value: Any, *, purchases_per_period: Any, lifetime: Any) -> Values:
    """Everything a customer will spend: average transaction × purchases a period × periods of life.

    **This is revenue, not value**: it contains the cost of what is sold, and money of the twentieth year
    counts like today's. Use it to show what is at stake, never to decide what a customer may cost.

    Parameters
    ----------
    transaction_value : float, or list, dict or Series of float
        Average amount of one purchase, in currency, 0 or more.
    purchases_per_period : float or one each
        Purchases in one period (week, year), 0 or more.
    lifetime : float or one each
        Expected length of the relationship **in the same periods**, 0 or more.

    Returns
    -------
    float, or Series with the labels of the input; in currency.

    Raises
    ------
    InputError
        For negative or missing values, or labels that do not match.

    Notes
    -----
    ``v * f * L`` with v ``transaction_value``, f ``purchases_per_period``, L ``lifetime``.

    References
    ----------
    Christopher, M. *Logistics and Supply Chain Management*, ch. 2. Kotler, P. and Armstrong, G.
    *Principles of Marketing* (Stew Leonard's: 100 dollars × 50 weeks × 10 years).

    Examples
    --------
    >>> lifetime_revenue(100, purchases_per_period=50, lifetime=10)
    50000.0
    """
    total = _product(
        Check("lifetime_revenue"),
        transaction_value=transaction_value,
        purchases_per_period=purchases_per_period,
        lifetime=lifetime,
    )
    return named(total, "lifetime_revenue")


def simple_lifetime_value(
    transaction_value: Any, *, purchases_per_period: Any, lifetime: Any, margin_rate: Any
) -> Values:
    """Margin a customer will bring over a life taken as certain, not discounted: an upper bound.

    Parameters
    ----------
    transaction_value, purchases_per_period, lifetime
        As in :func:`lifetime_revenue`.
    margin_rate : float or one each
        Share of revenue left after the cost of goods and of serving, 0 to 1.

    Returns
    -------
    float, or Series with the labels of the input; in currency.

    Raises
    ------
    InputError
        For negative or missing values, a margin rate above 1, or labels that do not match.

    Notes
    -----
    ``v * f * L * p``. Life and retention say the same thing (``L = 1 / (1 - r)``): use one or the other.
    Without discounting the result is the most the customer can be worth; :func:`lifetime_value_traps` shows
    by how much it is too high.

    References
    ----------
    Christopher, M. *Logistics and Supply Chain Management*, ch. 2.

    Examples
    --------
    >>> round(simple_lifetime_value(5.90, purchases_per_period=4.2 * 52, lifetime=20, margin_rate=0.213), 2)
    5489.27
    """
    total = _product(
        Check("simple_lifetime_value"),
        transaction_value=transaction_value,
        purchases_per_period=purchases_per_period,
        lifetime=lifetime,
        margin_rate=margin_rate,
    )
    return named(total, "simple_lifetime_value")


def lifetime_value_traps(
    transaction_value: float,
    *,
    purchases_per_period: float,
    margin_rate: float,
    retention_rate: float,
    discount_rate: float,
    lifetime: float | None = None,
) -> pd.DataFrame:
    """One customer valued five ways, from revenue to expected present value, with the factor between.

    Parameters
    ----------
    transaction_value : float
        Average amount of one purchase, in currency, above 0.
    purchases_per_period : float
        Purchases a period, above 0.
    margin_rate : float
        Share of revenue left, above 0 and at most 1.
    retention_rate : float
        Share who stay per period, 0 or more and below 1.
    discount_rate : float
        Share per period, 0 or more.
    lifetime : float, optional
        Periods taken as the fixed life; by default what the retention rate implies, ``1 / (1 - r)``. A life
        that the retention rate does not imply is itself a trap: it shows in the factors.

    Returns
    -------
    DataFrame indexed by ``method`` with ``value`` (currency), ``times_right`` (how many times the expected
    present value) and ``trap`` (what is wrong):

    ``revenue``, ``margin``, ``margin_discounted`` (a certain life), ``expected`` (the right one: margins at
    the end of each period, with churn and discount), ``counted_twice`` (margin over life × multiple).

    Raises
    ------
    InputError
        For values of 0 or less, or a retention rate of 1.

    Notes
    -----
    With m = v f p: ``v f L``, ``m L``, ``m (1 - (1 + d)^-L) / d``, ``m / (1 + d - r)`` and
    ``m L r / (1 + d - r)``. The last is in circulation with coffee-shop figures: a margin over 20 years
    multiplied by a multiple that already sums over the years.

    References
    ----------
    Gupta, Lehmann and Stuart (2004) for the fixed life; Fader and Hardie (2012) for the right form.

    Examples
    --------
    >>> traps = lifetime_value_traps(
    ...     10, purchases_per_period=10, margin_rate=0.5, retention_rate=0.8, discount_rate=0.0
    ... )
    >>> traps["value"].round(2).to_dict()
    {'revenue': 500.0, 'margin': 250.0, 'margin_discounted': 250.0, 'expected': 250.0, \
'counted_twice': 1000.0}
    """
    check = Check("lifetime_value_traps")
    v = check.positive("transaction_value", transaction_value)
    f = check.positive("purchases_per_period", purchases_per_period)
    p = check.share("margin_rate", margin_rate)
    check.require(not p <= 0, _("margin_rate must be above 0"), got=errors.shown(margin_rate))
    r = check.share("retention_rate", retention_rate)
    check.require(not r >= 1, _("retention_rate must be below 1"), got=errors.shown(retention_rate))
    d = check.rate("discount_rate", discount_rate, low=0, low_open=False)
    life = None if lifetime is None else check.positive("lifetime", lifetime, unit=_("periods"))
    check.done()
    if life is None:
        life = 1 / (1 - r)
    annuity = life if d < 1e-12 else -math.expm1(-life * math.log1p(d)) / d
    margin = v * f * p
    right = margin / (1 + d - r)
    rows = {
        "revenue": (v * f * life, _("Revenue is not profit: the cost of goods and service is still in it.")),
        "margin": (margin * life, _("Money that comes in late counts as if it came today.")),
        "margin_discounted": (
            margin * annuity,
            _("A life taken as certain is worth more than an uncertain one of the same mean."),
        ),
        "expected": (right, ""),
        "counted_twice": (margin * life * r / (1 + d - r), _("The years are summed, then summed again.")),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "trap"]).rename_axis("method")
    table.insert(1, "times_right", table["value"] / right)
    return table
