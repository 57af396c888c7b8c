"""Recency, frequency and monetary value of each customer, read from a purchase log."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.engines import is_frame
from casekit.segments._log import day, inside, purchase_log

#: The three measures and whether more of each is better.
MEASURES = {"days_since_last_purchase": False, "purchases": True, "amount": True}


def rfm_table(purchases: Any, *, today: Any = None, merge_same_day: bool = False) -> Any:
    """How lately, how often and for how much each customer bought.

    The three numbers are the cheapest summary of a purchase history and, for some models of buying, all that
    the history has to say (Fader, Hardie and Lee 2005). They describe the past: a score made from them is a
    ranking, not a forecast.

    The course's "recency" is the time *since* the last purchase, so the column says so. It is not the
    ``recency`` of the customer-base models (time from first to last purchase).

    Parameters
    ----------
    purchases : DataFrame, shape (n_purchases, at least 3)
        One row a purchase, with ``customer_id``, ``date`` (a real date) and ``amount`` (money; refunds
        negative). A frame of Polars, PyArrow, DuckDB, PySpark or Dask gives a frame of its kind, the customer
        as a column.
    today : date, optional
        The day of the analysis; purchases after it are left out. The last day of the log if not given.
    merge_same_day : bool, default False
        Count several purchases on one day as one, as the customer-base models do.

    Returns
    -------
    DataFrame indexed by ``customer_id`` (sorted), with

        - ``last_purchase`` : date
        - ``days_since_last_purchase`` : whole days, 0 or more
        - ``purchases`` : count, 1 or more
        - ``amount`` : sum, in the log's currency

    Raises
    ------
    InputError
        If a column is missing, a date is not a date, an amount is not a number, or ``today`` lies before the
        first purchase.

    References
    ----------
    Hughes, A. M. (1994). *Strategic Database Marketing*. Probus.
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value curves for customer
    base analysis. *Journal of Marketing Research* 42(4), 415-430.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["A", "B", "A"], "amount": [30, 50, 20],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-01-20", "2024-01-30"])})
    >>> rfm_table(log, today="2024-01-31").drop(columns="last_purchase").to_dict("index")["A"]
    {'days_since_last_purchase': 1, 'purchases': 2, 'amount': 50.0}
    """
    if is_frame(purchases):
        from casekit.segments import _rfm_frames

        check = Check("rfm_table")
        last = None if today is None else day(check, "today", today)
        check.done()
        return _rfm_frames.rfm_table(purchases, today=last, merge_same_day=merge_same_day)
    check = Check("rfm_table")
    merge_same_day = check.flag("merge_same_day", merge_same_day)
    log = purchase_log(check, purchases)
    until = log["date"].max() if today is None else day(check, "today", today)
    check.done()
    log = inside(log, log["date"].min(), until)
    check.require(
        len(log) > 0, _("today must not lie before the first purchase"), got=str(pd.Timestamp(until).date())
    )
    check.done()
    days = log["date"].dt.normalize()
    counted = days if merge_same_day else pd.Series(range(len(log)), index=log.index)
    grouped = log.assign(_day=days, _counted=counted).groupby("customer_id", sort=True)
    table = grouped.agg(
        last_purchase=("_day", "max"), purchases=("_counted", "nunique"), amount=("amount", "sum")
    )
    since = (pd.Timestamp(until).normalize() - table["last_purchase"]).dt.days
    table.insert(1, "days_since_last_purchase", since)
    return table
