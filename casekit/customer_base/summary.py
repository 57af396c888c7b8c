"""From a purchase log to one row a customer: frequency, recency, T and monetary value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._log import Log, distinct_purchases, end_of, read_log, shown_day, unit_length
from casekit.engines import is_frame


def purchase_summary(
    purchases: pd.DataFrame,
    *,
    observation_end: Any = None,
    time_unit: str = "week",
    occasion: str = "day",
    refunds: str = "raise",
    customer: str = "customer_id",
    date: str = "date",
    amount: str | None = "amount",
) -> pd.DataFrame:
    """Boil a purchase log down to what the models need: how often, how lately, how long, how much.

    All that BG/NBD, Pareto/NBD and their kin need to know of a customer is the number of repeat purchases,
    the time of the last one and the time observed. The first purchase makes somebody a customer; it is never
    counted as a repeat purchase, and its amount is not in ``monetary_value``.

    Parameters
    ----------
    purchases : DataFrame, one row a purchase
        The whole log of these customers from their first purchase on. A log that starts in the middle of
        customers' lives makes their first purchase *in the log* look like their first purchase.
        A frame of Polars, PyArrow, DuckDB, PySpark or Dask gives a frame of its kind, the customer as a
        column; see ``docs/scale.md``.
    observation_end : date, optional
        Last day observed, to its midnight; purchases after it are not counted and customers won after it are
        left out. By default the day of the last purchase in the log. A moment with a time of day, such as
        ``"2024-03-31 12:00"``, ends the observation there if ``occasion="row"``.
    time_unit : {"day", "week", "month", "quarter", "year"}, default "week"
        Unit of ``recency`` and ``T``. Exact: days / 7 for weeks, days / 30.4375 for months; never rounded.
    occasion : {"day", "row"}, default "day"
        ``"day"``: all rows of a customer on one calendar day are one purchase. ``"row"``: each row is one
        purchase at its exact moment; of several at the very first moment none is the first, and their mean
        amount is left out of ``monetary_value``.
    refunds : {"raise", "drop", "net"}, default "raise"
        Rows with an amount below zero: refuse the log, leave them out, or take them off what the customer
        spent. They never count as a purchase. Rows with an amount of zero do.
    customer, date, amount : str
        Names of the columns. ``amount=None`` leaves ``monetary_value`` out.

    Returns
    -------
    DataFrame by customer, in the order of the ids

        - ``frequency``: repeat purchases, 0 or more
        - ``recency``: age at the last purchase, in ``time_unit`` after the first; 0 for one-time buyers
        - ``T``: age at ``observation_end``, in ``time_unit`` after the first purchase
        - ``monetary_value``: mean amount of a repeat purchase; missing for one-time buyers

    Raises
    ------
    InputError
        If an id (blank text counts as none), a date or an amount is missing, dates are not dates, amounts
        are negative (see ``refunds``), or no purchase lies in the observation.

    Warns
    -----
    CasekitWarning
        If nobody at all bought in the last quarter of the time observed, or for a year before its end: then
        the log may be incomplete, or the year of ``observation_end`` mistyped.

    Notes
    -----
    With purchase days ``d_0 < d_1 < ... < d_x``: ``frequency = x``, ``recency = (d_x - d_0) / unit``,
    ``T = (observation_end - d_0) / unit``.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way.
    *Marketing Science* 24(2), 275–284: the statistics (x, t_x, T).

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["Li", "Li", "Li", "Wu"], "amount": [10, 20, 30, 5],
    ...                     "date": pd.to_datetime(["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-29"])})
    >>> purchase_summary(log)
                 frequency  recency    T  monetary_value
    customer_id
    Li                   2      2.0  4.0            25.0
    Wu                   0      0.0  0.0             NaN
    """
    if is_frame(purchases):
        from casekit.customer_base import _summary_frames

        how = _summary_frames.HowToRead(time_unit, occasion, refunds, customer, date, amount)
        return _summary_frames.purchase_summary(purchases, how, observation_end=observation_end)
    log = read_log("purchase_summary", purchases, time_unit, occasion, refunds, customer, date, amount)
    end = end_of(log, observation_end, "purchase_summary", "observation_end")
    return _summarise(log, end, time_unit)


def calibration_holdout(
    purchases: pd.DataFrame,
    *,
    calibration_end: Any,
    holdout_end: Any = None,
    time_unit: str = "week",
    occasion: str = "day",
    refunds: str = "raise",
    customer: str = "customer_id",
    date: str = "date",
    amount: str | None = "amount",
) -> pd.DataFrame:
    """Split a log in time: a summary to fit a model on, and what then happened to judge it by.

    Parameters
    ----------
    purchases, time_unit, occasion, refunds, customer, date, amount
        As in :func:`purchase_summary`.
    calibration_end : date
        Last day that the model may see. Customers won later are left out.
    holdout_end : date, optional
        Last day of the holdout, after ``calibration_end``; by default the day of the last purchase.

    Returns
    -------
    DataFrame: the columns of :func:`purchase_summary` at ``calibration_end`` and

        - ``frequency_holdout``: purchases after ``calibration_end`` and up to ``holdout_end``
        - ``spend_holdout``: what they came to (not if ``amount=None``)
        - ``T_holdout``: length of the holdout, in ``time_unit``, the same for all

    Raises
    ------
    InputError
        As :func:`purchase_summary`, and if ``holdout_end`` is not after ``calibration_end``.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["Li", "Li", "Li", "Wu"], "amount": [10, 20, 30, 5],
    ...                     "date": pd.to_datetime(["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-29"])})
    >>> split = calibration_holdout(log, calibration_end="2024-01-10")
    >>> split.loc["Li", ["frequency", "frequency_holdout", "spend_holdout"]].tolist()
    [1.0, 1.0, 30.0]
    """
    if is_frame(purchases):
        from casekit.customer_base import _summary_frames

        how = _summary_frames.HowToRead(time_unit, occasion, refunds, customer, date, amount)
        ends: dict[str, Any] = {"calibration_end": calibration_end, "holdout_end": holdout_end}
        return _summary_frames.calibration_holdout(purchases, how, **ends)
    name = "calibration_holdout"
    log = read_log(name, purchases, time_unit, occasion, refunds, customer, date, amount)
    start = end_of(log, calibration_end, name, "calibration_end", far=True)
    end = end_of(log, holdout_end, name, "holdout_end")
    _check_order(start, end, log.per_day)
    split = _summarise(log, start, time_unit)
    later = log.kept((log.moments > start) & (log.moments <= end))
    counted = later if later.counts is None else later.kept(later.counts)
    n = len(log.labels)
    codes, _moments = distinct_purchases(counted)
    known = log.labels.get_indexer(split.index)
    split["frequency_holdout"] = np.bincount(codes, minlength=n)[known]
    if later.amounts is not None:
        split["spend_holdout"] = np.bincount(later.codes, weights=later.amounts, minlength=n)[known]
    split["T_holdout"] = (end - start) / unit_length(time_unit, log.per_day)
    return split


def _check_order(start: int, end: int, per_day: int) -> None:
    check = Check("calibration_holdout")
    check.require(
        end > start,
        _("holdout_end must be after calibration_end"),
        got=_("{end} and {start}").format(end=shown_day(end, per_day), start=shown_day(start, per_day)),
        hint=_("choose an earlier calibration_end"),
    )
    check.done()


# -- counting ------------------------------------------------------------------------------------------


def _summarise(log: Log, end: int, time_unit: str) -> pd.DataFrame:
    if log.moments.max() > end:
        log = log.kept(log.moments <= end)
    counted = log if log.counts is None else log.kept(log.counts)
    codes, moments = distinct_purchases(counted)
    if not len(codes):
        problem = errors.must_hold(
            _("the log must hold a purchase"), got=_("refunds only"), hint=_("look at the filter")
        )
        raise errors.InputError("purchase_summary", problem)
    count = np.bincount(codes, minlength=len(log.labels))
    known = np.flatnonzero(count)
    stop = np.cumsum(count)
    first, last = moments[(stop - count)[known]], moments[stop[known] - 1]
    frequency = count[known] - 1
    length = unit_length(time_unit, log.per_day)
    columns: dict[str, np.ndarray] = {
        "frequency": frequency,
        "recency": (last - first) / length,
        "T": (end - first) / length,
    }
    if log.amounts is not None:
        columns["monetary_value"] = _mean_repeat_amount(log, counted, known, first, frequency)
    summary = pd.DataFrame(columns, index=log.labels if len(known) == len(count) else log.labels[known])
    summary.attrs["time_unit"] = time_unit
    summary.attrs["observation_end"] = shown_day(end, log.per_day)
    return summary


def _mean_repeat_amount(
    log: Log, counted: Log, known: np.ndarray, first: np.ndarray, frequency: np.ndarray
) -> np.ndarray:
    n = len(log.labels)
    start = np.zeros(n, dtype=np.int64)
    start[known] = first
    total = np.bincount(log.codes, weights=log.amounts, minlength=n)
    opening = counted.moments == start[counted.codes]
    paid = np.zeros(len(counted.codes)) if counted.amounts is None else counted.amounts
    at_start: np.ndarray = np.bincount(counted.codes[opening], weights=paid[opening], minlength=n)
    if log.per_day != 1:  # several rows at the first moment: none of them is the first, so their mean is
        at_start = at_start / np.maximum(np.bincount(counted.codes[opening], minlength=n), 1)
    mean = np.full(len(known), np.nan)
    np.divide((total - at_start)[known], frequency, out=mean, where=frequency > 0)
    return mean
