"""Lifetime value as a multiple of one period's margin: the table that goes on one page."""

from __future__ import annotations

import numbers
from typing import Any

import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import TIMINGS, Values, named
from casekit.value.lifetime_value import lifetime_value


def margin_multiple(
    retention_rate: Any,
    *,
    discount_rate: Any,
    growth_rate: Any = 0.0,
    timing: str = "renewal",
    horizon: int | None = None,
) -> Values:
    """By how much to multiply one period's margin to get lifetime value.

    Parameters
    ----------
    retention_rate : float, or list, dict or Series of float
        Share who stay per period, 0 to 1.
    discount_rate, growth_rate : float or one each
        Shares per the same period, above -1.
    timing : {"renewal", "start", "end", "due"}, default "renewal"
        As in :func:`lifetime_value`; the published tables are the renewal form, which leaves out the margin
        of the present period. With it ("start") the multiple is larger by exactly 1 (at no growth).
    horizon : int, optional
        Payments that count; all if not given.

    Returns
    -------
    float or Series: periods' margins. ``lifetime_value = margin * margin_multiple``.

    Raises
    ------
    InputError
        For rates outside their range, an unknown timing, or a multiple without limit.

    Notes
    -----
    ``r / (1 + d - r (1 + g))`` for the renewal form. The margin must be of the **same period** as the rates:
    a multiple of yearly rates times a margin over twenty years counts the years twice (a slip in a widely
    copied coffee-shop example, see :func:`lifetime_value_traps`). Retention is taken as constant and alike
    for all customers; see the warning in :func:`lifetime_value`.

    References
    ----------
    Gupta, S. and Lehmann, D. R. (2003). Customers as assets. *Journal of Interactive Marketing* 17(1), 9–24.

    Examples
    --------
    >>> round(margin_multiple(0.8, discount_rate=0.10), 2)  # 0.8 / 0.3
    2.67
    """
    with Check("margin_multiple").inner():
        value = lifetime_value(
            1.0,
            retention_rate=retention_rate,
            discount_rate=discount_rate,
            growth_rate=growth_rate,
            timing=timing,
            horizon=horizon,
        )
    return named(value, "margin_multiple")


def margin_multiples(
    retention_rates: Any,
    *,
    discount_rate: Any,
    growth_rate: Any = 0.0,
    timing: str = "renewal",
    horizon: int | None = None,
) -> pd.DataFrame:
    """Table of margin multiples: retention across, discount (or growth) down.

    Parameters
    ----------
    retention_rates : list or Series of float
        Shares per period, 0 to 1; one column each.
    discount_rate : float or list of float
        Shares per period, above -1; one row each.
    growth_rate : float or list of float, default 0
        Instead of several discount rates, several growth rates may be given; one row each.
    timing, horizon
        As in :func:`margin_multiple`.

    Returns
    -------
    DataFrame of float: columns ``retention_rate``, index ``discount_rate`` (or ``growth_rate``); ``inf``
    where the sum has no limit.

    Raises
    ------
    InputError
        For rates outside their range, or several discount and several growth rates at once.

    References
    ----------
    Gupta, S. and Lehmann, D. R. (2003, 2005): the tables for 60–90 % retention.

    Examples
    --------
    >>> margin_multiples([0.6, 0.9], discount_rate=[0.10, 0.16]).round(2).values.tolist()
    [[1.2, 4.5], [1.07, 3.46]]
    """
    check = Check("margin_multiples")
    columns = check.vector("retention_rates", retention_rates, low=0, high=1)
    axes = {"discount_rate": discount_rate, "growth_rate": growth_rate}
    several = [name for name, value in axes.items() if not isinstance(value, numbers.Real)]
    check.require(
        len(several) < 2,
        _("only one of discount_rate and growth_rate may hold several values"),
        got=_("several of each"),
        hint=_("make one table for each discount rate"),
    )
    check.choice("timing", timing, TIMINGS)
    payments = None if horizon is None else check.integer("horizon", horizon, low=0)
    down = several[0] if several else "discount_rate"
    rows = check.vector(down, axes[down] if several else [axes[down]], low=-1, low_open=True)
    check.percent_suspected(down, float(rows.max()) if len(rows) else 0.0)
    other = "growth_rate" if down == "discount_rate" else "discount_rate"
    fixed = axes[other] if several[1:] else check.rate(other, axes[other])
    check.done()

    def cell(retention: float, row: float) -> float:
        rates = {down: row, other: fixed}
        ratio = retention * (1 + rates["growth_rate"]) / (1 + rates["discount_rate"])
        if payments is None and ratio >= 1:
            return float("inf")
        with check.inner():
            return float(margin_multiple(retention, timing=timing, horizon=payments, **rates))

    table = [[cell(retention, row) for retention in columns] for row in rows]
    return pd.DataFrame(
        table,
        index=pd.Index(rows.to_numpy(), name=down),
        columns=pd.Index(columns.to_numpy(), name="retention_rate"),
    )
