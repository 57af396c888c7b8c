"""Forecasts that need no model. A model that does not beat them is not worth its trouble."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check
from casekit.customer_base._log import distinct_purchases, end_of, read_log, unit_length
from casekit.customer_base._statistics import index_of, read_statistics
from casekit.periods import PERIODS_PER_YEAR


def hiatus_rule(summary: pd.DataFrame, *, hiatus: float) -> pd.Series:
    """Call a customer active who has bought within the last ``hiatus``: the rule most firms use.

    The cut-off is the same for somebody who used to buy weekly and somebody who buys once a year, which is
    the trouble with it; as a classifier it is nevertheless hard to beat.

    Parameters
    ----------
    summary : DataFrame with ``frequency``, ``recency``, ``T``
    hiatus : float
        Longest silence of an active customer, in the unit of the summary, 0 or more.

    Returns
    -------
    Series of bool by customer.

    References
    ----------
    Wübben, M. and von Wangenheim, F. (2008). Instant customer base analysis: managerial heuristics often
    "get it right". *Journal of Marketing* 72(3), 82–93.

    Examples
    --------
    >>> customers = pd.DataFrame({"frequency": [3, 3], "recency": [30.0, 10.0], "T": [39.0, 39.0]})
    >>> hiatus_rule(customers, hiatus=26).tolist()
    [True, False]
    """
    check = Check("hiatus_rule")
    s = read_statistics(check, summary)
    hiatus = check.number("hiatus", hiatus, low=0)
    check.done()
    return pd.Series(s.T - s.recency <= hiatus, index=index_of(summary, len(s.x)), name="active")


def hiatus_forecast(summary: pd.DataFrame, *, hiatus: float, horizon: float) -> pd.Series:
    """Who is active goes on buying at the past rate, who is not buys nothing.

    Parameters
    ----------
    summary, hiatus
        As for :func:`hiatus_rule`.
    horizon : float
        Length of the future in the unit of the summary, 0 or more.

    Returns
    -------
    Series of expected purchases: ``frequency / T * horizon`` for the active.

    Examples
    --------
    >>> customers = pd.DataFrame({"frequency": [3, 3], "recency": [30.0, 10.0], "T": [39.0, 39.0]})
    >>> hiatus_forecast(customers, hiatus=26, horizon=13).tolist()
    [1.0, 0.0]
    """
    check = Check("hiatus_forecast")
    s = read_statistics(check, summary)
    hiatus = check.number("hiatus", hiatus, low=0)
    horizon = check.number("horizon", horizon, low=0)
    check.done()
    active = s.T - s.recency <= hiatus
    rate = np.divide(s.x, s.T, out=np.zeros(len(s.T)), where=s.T > 0)
    return pd.Series(active * rate * horizon, index=index_of(summary, len(s.x)), name="hiatus_forecast")


def last_period_forecast(
    purchases: pd.DataFrame,
    *,
    calibration_end: Any,
    horizon: float,
    time_unit: str = "week",
    customer: str = "customer_id",
    date: str = "date",
) -> pd.Series:
    """Next year will be like last year: each customer buys as often as in the stretch before.

    Parameters
    ----------
    purchases : DataFrame, one row a purchase
    calibration_end : date
        Last day known.
    horizon : float
        Length of the future, and so of the stretch before, in ``time_unit``, above 0.
    time_unit : {"day", "week", "month", "quarter", "year"}, default "week"
    customer, date : str
        Names of the columns.

    Returns
    -------
    Series by customer won until ``calibration_end``: purchases in the last ``horizon`` before it, a first
    purchase among them included.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["Li", "Li", "Wu"],
    ...                     "date": pd.to_datetime(["2024-01-01", "2024-03-01", "2024-01-05"])})
    >>> last_period_forecast(log, calibration_end="2024-03-31", horizon=8).to_dict()
    {'Li': 1.0, 'Wu': 0.0}
    """
    check = Check("last_period_forecast")
    horizon = check.positive("horizon", horizon)
    check.choice("time_unit", time_unit, tuple(PERIODS_PER_YEAR))
    check.done()
    log = read_log("last_period_forecast", purchases, time_unit, "day", "raise", customer, date, None)
    end = end_of(log, calibration_end, "last_period_forecast", "calibration_end", share=1.0)
    codes, days = distinct_purchases(log)
    known = codes[days <= end]
    recent = known[days[days <= end] > end - horizon * unit_length(time_unit, 1)]
    count = np.bincount(recent, minlength=len(log.labels)).astype(float)
    won = np.bincount(known, minlength=len(log.labels)) > 0
    return pd.Series(count[won], index=log.labels[won], name="last_period_forecast")


def rfm_ranking(summary: pd.DataFrame, *, groups: int = 5) -> pd.DataFrame:
    """Recency, frequency and monetary scores of each customer, from 1 to ``groups``, and their sum.

    A score ranks and does not forecast: compare it by :func:`ranking_gini` only. It rewards frequency
    whatever the silence since, so a heavy buyer who has left outranks a light one who has not.

    Parameters
    ----------
    summary : DataFrame with ``frequency``, ``recency``, ``T`` and, if there is one, ``monetary_value``
    groups : int, default 5
        Scores to give, 2 or more.

    Returns
    -------
    DataFrame by customer: ``R`` (short silence is good), ``F``, ``M`` (if there is a monetary value),
    ``score``.

    Notes
    -----
    ``ceil(groups * share of customers who are no better)``: customers alike get the same score and the best
    always get the highest, however many tie.

    Examples
    --------
    >>> customers = pd.DataFrame({"frequency": [0, 0, 0, 4], "recency": [0, 0, 0, 30.0], "T": [39.0] * 4})
    >>> rfm_ranking(customers, groups=2)["F"].tolist()
    [2, 2, 2, 2]
    >>> rfm_ranking(customers, groups=4)["F"].tolist()
    [3, 3, 3, 4]
    """
    check = Check("rfm_ranking")
    s = read_statistics(check, summary)
    groups = check.integer("groups", groups, low=2)
    check.done()
    columns = {"R": s.recency - s.T, "F": s.x.astype(float)}
    if "monetary_value" in summary:
        money = check.vector("monetary_value", pd.Series(summary["monetary_value"]), missing=True)
        check.done()
        columns["M"] = money.fillna(0).to_numpy(dtype=float)
    scores = pd.DataFrame(columns, index=index_of(summary, len(s.x))).rank(method="max", pct=True)
    scores = np.ceil(scores * groups - 1e-9).astype(int)
    return scores.assign(score=scores.sum(axis=1))
