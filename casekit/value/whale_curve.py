"""Cumulative profit by customer: where it peaks, and how much the rest destroy."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def whale_curve(profits: object) -> pd.DataFrame:
    """Cumulative profit over customers, the most profitable first: the whale curve.

    One needs it where some customers lose money: a Lorenz curve of revenue hides them.

    Parameters
    ----------
    profits : list, dict or Series of float, shape (n_customers,)
        Profit of each customer in one period after cost to serve, in currency; negative for a loss.

    Returns
    -------
    DataFrame, n_customers + 1 rows: ``customer_id`` (None in the first row), ``customers`` (count so far),
    ``customer_share`` (0 to 1), ``profit`` (of this customer), ``cumulative_profit`` (currency) and
    ``profit_share`` (of the total; **above 1 at the hump** where others lose money; NaN where the total is
    not above 0, and a warning says so).

    Raises
    ------
    InputError
        If a profit is missing or not a number, or there are none.

    Notes
    -----
    The curve rises to the last profitable customer and falls over the losing ones to the total. How high the
    hump is depends on how costs were allocated: with none of the overhead on customers there is no whale.
    And a customer who loses money this year may be new: see :func:`profit_pattern` before dropping one.

    References
    ----------
    Kaplan, R. S. and Narayanan, V. G. (2001). Measuring and managing customer profitability. *Journal of Cost
    Management* 15(5), 5–15. Kaplan, R. S. and Cooper, R. (1998). *Cost and Effect*.

    Examples
    --------
    >>> curve = whale_curve({"A": 60, "B": -30, "C": 20})
    >>> curve[["customer_id", "cumulative_profit"]].values.tolist()
    [[None, 0.0], ['A', 60.0], ['C', 80.0], ['B', 50.0]]
    >>> curve["profit_share"].tolist()
    [0.0, 1.2, 1.6, 1.0]
    """
    check = Check("whale_curve")
    series = check.vector("profits", profits)
    check.done()
    ordered = series.sort_values(ascending=False, kind="stable")
    money = ordered.to_numpy(dtype=float)
    total, count = float(money.sum()), len(money)
    cumulative = np.concatenate([[0.0], money.cumsum()])
    share = np.full(count + 1, np.nan)
    if total > 0:
        share = cumulative / total
    else:
        message = _("whale_curve: profits add up to {total}, so shares of the total have no meaning")
        warnings.warn(message.format(total=errors.shown(total)), errors.CasekitWarning, stacklevel=2)
    return pd.DataFrame(
        {
            "customer_id": pd.Series([None, *ordered.index], dtype=object),
            "customers": np.arange(count + 1),
            "customer_share": np.arange(count + 1) / count,
            "profit": np.concatenate([[0.0], money]),
            "cumulative_profit": cumulative,
            "profit_share": share,
        }
    )


def whale_summary(profits: object, *, share: float = 0.2) -> pd.Series:
    """The whale curve in a few figures.

    Parameters
    ----------
    profits : list, dict or Series of float, shape (n_customers,)
        As in :func:`whale_curve`.
    share : float, default 0.2
        Share of best (and of worst) customers to report, above 0 and at most 1; their number is rounded up.

    Returns
    -------
    Series: ``total`` and ``peak_profit`` (currency); ``peak_customer_share`` (share of customers who earn
    anything) and ``peak_profit_share`` (hump as a multiple of the total); ``losing_share`` (share of
    customers below 0) and ``destroyed`` (what they lose, currency, 0 or more); ``top_share`` and
    ``bottom_share`` (the best and worst ``share`` of customers as a multiple of the total, the latter
    negative if they lose money). Multiples are NaN where the total is not above 0.

    Raises
    ------
    InputError
        If a profit is missing or not a number, or the share is not above 0.

    Notes
    -----
    ``destroyed = peak_profit - total``: the most that could be gained by pricing, serving cheaper or parting,
    and only if the costs really go with the customers.

    References
    ----------
    Kaplan, R. S. and Narayanan, V. G. (2001). *Journal of Cost Management* 15(5), 5–15.

    Examples
    --------
    >>> summary = whale_summary([60, 20, 0, -10, -20])
    >>> summary[["peak_profit", "peak_profit_share", "destroyed", "top_share", "bottom_share"]].tolist()
    [80.0, 1.6, 30.0, 1.2, -0.4]
    """
    check = Check("whale_summary")
    series = check.vector("profits", profits)
    part = check.number("share", share, low=0, high=1, low_open=True)
    check.done()
    money = np.sort(series.to_numpy(dtype=float))[::-1]
    total, count = float(money.sum()), len(money)
    peak = float(money[money > 0].sum())
    some = int(np.ceil(part * count - 1e-9))
    base = total if total > 0 else np.nan
    return pd.Series(
        {
            "total": total,
            "peak_profit": peak,
            "peak_customer_share": float((money > 0).mean()),
            "peak_profit_share": peak / base,
            "losing_share": float((money < 0).mean()),
            "destroyed": -float(money[money < 0].sum()) + 0.0,
            "top_share": float(money[:some].sum()) / base,
            "bottom_share": float(money[-some:].sum()) / base,
        },
        name="whale",
    )
