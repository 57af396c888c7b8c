"""The summary and the holdout of a purchase log in any engine, as expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.customer_base import _log as shared
from casekit.engines.frames import in_order
from casekit.engines.logs import (
    AMOUNT,
    CUSTOMER,
    DATE,
    CheckedLog,
    day_literal,
    day_number,
    day_of,
    moment_number,
    read_log,
    refuse_refunds,
)

if TYPE_CHECKING:
    import narwhals as nw

    from casekit.engines.frames import Frame


@dataclass(frozen=True)
class HowToRead:
    """How a log is read: the arguments of :func:`casekit.customer_base.purchase_summary`."""

    time_unit: str
    occasion: str
    refunds: str
    customer: str
    date: str
    amount: str | None


def purchase_summary(purchases: Any, how: HowToRead, *, observation_end: Any) -> Any:
    """:func:`casekit.customer_base.purchase_summary` for frames that are not pandas."""
    name = "purchase_summary"
    log = _checked(name, purchases, how)
    known = _moments_known(log, how.occasion, how.refunds)
    end = shared.end_of(known, observation_end, name, "observation_end")
    rows = _purchases(log, how.occasion, how.refunds, how.amount).filter(_up_to(log, end, how.occasion))
    table = _summary(rows, end, how.time_unit, how.occasion, how.amount)
    return _named(table, log.customer).to_native()


def calibration_holdout(purchases: Any, how: HowToRead, *, calibration_end: Any, holdout_end: Any) -> Any:
    """:func:`casekit.customer_base.calibration_holdout` for frames that are not pandas."""
    import narwhals as nw

    from casekit.customer_base.summary import _check_order

    name = "calibration_holdout"
    log = _checked(name, purchases, how)
    known = _moments_known(log, how.occasion, how.refunds)
    start = shared.end_of(known, calibration_end, name, "calibration_end", far=True)
    end = shared.end_of(known, holdout_end, name, "holdout_end")
    _check_order(start, end, known.per_day)
    rows = _purchases(log, how.occasion, how.refunds, how.amount)
    before = _up_to(log, start, how.occasion)
    split = _summary(rows.filter(before), start, how.time_unit, how.occasion, how.amount)
    later = rows.filter(~before & _up_to(log, end, how.occasion))
    later = _per_moment(later, how.occasion, [] if how.amount is None else ["_paid"])
    counts = [nw.col("_occasions").sum().alias("frequency_holdout")]
    if how.amount is not None:
        counts.append(nw.col("_paid").sum().alias("spend_holdout"))
    later = later.group_by(CUSTOMER).agg(*counts)
    split = split.join(later, on=CUSTOMER, how="left")  # type: ignore[arg-type]
    filled = [nw.col("frequency_holdout").fill_null(0).cast(nw.Int64)]
    if how.amount is not None:
        filled.append(nw.col("spend_holdout").fill_null(0.0))
    length = nw.lit((end - start) / shared.unit_length(how.time_unit, known.per_day)).alias("T_holdout")
    return _named(split.with_columns(*filled, length), log.customer).to_native()


def _checked(function: str, purchases: Any, how: HowToRead) -> CheckedLog:
    check = Check(function)
    shared.check_choices(check, how.time_unit, how.occasion, how.refunds)
    check.done()
    log = read_log(check, purchases, customer=how.customer, date=how.date, amount=how.amount)
    if how.amount is not None and how.refunds == "raise":
        refuse_refunds(
            check, log, _('refunds="drop" leaves refunds out, refunds="net" takes them off the spend')
        )
    elif how.amount is not None and pd.isna(log.last_purchase):
        check.add(shared.refunds_only())
    check.done()
    return log


def _moments_known(log: CheckedLog, occasion: str, refunds: str) -> shared.Log:
    """First and last moment of the log, in the form in which the ends of an observation are checked."""
    bought = [log.first_purchase, log.last_purchase]
    every = bought if refunds == "drop" else [log.first, log.last]
    moments, per_day = shared._moments(pd.Series(pd.DatetimeIndex([*every, *bought])), occasion)
    counts = np.array([False, False, True, True])
    return shared.Log(pd.Index([]), np.zeros(4, dtype=np.int32), moments, None, per_day, counts)


def _purchases(log: CheckedLog, occasion: str, refunds: str, amount: str | None) -> Frame:
    """One row a purchase or refund: customer, ``_moment``, ``_paid``, and ``_n``: 1 if it is a purchase."""
    import narwhals as nw

    moment = day_of(log) if occasion == "day" else moment_number(log, nw.col(DATE))
    columns = [nw.col(CUSTOMER), moment.alias("_moment")]
    if amount is not None:
        columns.append(nw.col(AMOUNT).alias("_paid"))
    rows = log.frame.select(*columns)
    if amount is None or not log.refunds:
        return rows.with_columns(nw.lit(1).alias("_n"))
    if refunds == "drop":
        return rows.filter(nw.col("_paid") >= 0).with_columns(nw.lit(1).alias("_n"))
    return rows.with_columns(nw.when(nw.col("_paid") >= 0).then(1).otherwise(0).alias("_n"))


def _up_to(log: CheckedLog, end: int, occasion: str) -> nw.Expr:
    import narwhals as nw

    return nw.col("_moment") <= (day_literal(log, end) if occasion == "day" else end)


def _per_moment(rows: Frame, occasion: str, sums: list[str]) -> Frame:
    """One row a customer and moment, with the purchases that count as ``_occasions``."""
    import narwhals as nw

    moments = rows.group_by(CUSTOMER, "_moment").agg(*(nw.col(name).sum() for name in ["_n", *sums]))
    count = nw.when(nw.col("_n") > 0).then(1).otherwise(0) if occasion == "day" else nw.col("_n")
    return moments.with_columns(count.cast(nw.Int64).alias("_occasions"))


def _summary(rows: Frame, end: int, time_unit: str, occasion: str, amount: str | None) -> Frame:
    """One row a customer: frequency, recency, T and monetary value.

    The first purchase is joined to the log before it is summed by day: engines group by customer and day
    once, which is the dear part, and a cluster moves the log once.
    """
    import narwhals as nw

    per_day = 1 if occasion == "day" else shared._DAY_IN_MICROSECONDS
    length = shared.unit_length(time_unit, per_day)
    bought = rows.filter(nw.col("_n") > 0)
    sums = [] if amount is None else ["_paid", "_opening"]
    if amount is not None:
        starts: Any = bought.group_by(CUSTOMER).agg(nw.col("_moment").min().alias("_start"))
        rows = rows.join(starts, on=CUSTOMER, how="inner")
        opens = (nw.col("_moment") == nw.col("_start")) & (nw.col("_n") > 0)
        rows = rows.with_columns(nw.when(opens).then(nw.col("_paid")).otherwise(0.0).alias("_opening"))
    moments = _per_moment(rows, occasion, sums)
    bought_at = nw.when(nw.col("_n") > 0).then(nw.col("_moment"))
    moments = moments.with_columns(bought_at.alias("_bought_at"))
    if amount is not None and occasion == "row":  # several rows at the first moment: their mean is the first
        mean = nw.when(nw.col("_n") > 0).then(nw.col("_opening") / nw.col("_n")).otherwise(0.0)
        moments = moments.with_columns(mean.alias("_opening"))
    table = moments.group_by(CUSTOMER).agg(
        nw.col("_bought_at").min().alias("_first"),
        nw.col("_bought_at").max().alias("_last"),
        *(nw.col(name).sum() for name in ["_occasions", *sums]),
    )
    return _statistics(table.filter(nw.col("_occasions") > 0), end, length, occasion, amount)


def _statistics(table: Frame, end: int, length: float, occasion: str, amount: str | None) -> Frame:
    import narwhals as nw

    first, last = nw.col("_first"), nw.col("_last")
    if occasion == "day":
        first, last = day_number(first), day_number(last)

    frequency = nw.col("_occasions") - 1
    columns = [
        frequency.cast(nw.Int64).alias("frequency"),
        ((last - first) / length).alias("recency"),
        ((end - first) / length).alias("T"),
    ]
    if amount is not None:
        mean = (nw.col("_paid") - nw.col("_opening")) / frequency
        columns.append(nw.when(frequency > 0).then(mean).alias("monetary_value"))
    return table.select(nw.col(CUSTOMER), *columns)


def _named(frame: Frame, customer: str) -> Frame:
    return in_order(frame.rename({CUSTOMER: customer}), customer)
