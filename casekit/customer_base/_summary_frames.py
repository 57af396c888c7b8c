"""The summary and the holdout of a purchase log in any engine, as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base import _log as shared
from casekit.engines.frames import in_order
from casekit.engines.logs import (
    AMOUNT,
    CUSTOMER,
    DATE,
    CheckedLog,
    day_number,
    moment_number,
    read_log,
    refuse_refunds,
)
from casekit.periods import PERIODS_PER_YEAR

if TYPE_CHECKING:
    import narwhals as nw

    from casekit.engines.frames import Frame


def purchase_summary(
    purchases: Any,
    *,
    observation_end: Any,
    time_unit: str,
    occasion: str,
    refunds: str,
    customer: str,
    date: str,
    amount: str | None,
) -> Any:
    """:func:`casekit.customer_base.purchase_summary` for frames that are not pandas."""
    from casekit.customer_base.summary import _warn_of_silence

    name = "purchase_summary"
    log = _checked(name, purchases, time_unit, occasion, refunds, customer, date, amount)
    known = _moments_known(log, occasion, refunds)
    end = shared.end_of(known, observation_end, name, "observation_end")
    last, first = int(known.moments.max()), int(known.moments.min())
    if observation_end is not None and last <= end:
        _warn_of_silence(last, first, end, known.per_day)
    table = _summary(_purchases(log, occasion, refunds, amount), end, time_unit, occasion, amount)
    return _named(table, log.customer).to_native()


def calibration_holdout(
    purchases: Any,
    *,
    calibration_end: Any,
    holdout_end: Any,
    time_unit: str,
    occasion: str,
    refunds: str,
    customer: str,
    date: str,
    amount: str | None,
) -> Any:
    """:func:`casekit.customer_base.calibration_holdout` for frames that are not pandas."""
    import narwhals as nw

    from casekit.customer_base.summary import _check_order

    name = "calibration_holdout"
    log = _checked(name, purchases, time_unit, occasion, refunds, customer, date, amount)
    known = _moments_known(log, occasion, refunds)
    start = shared.end_of(known, calibration_end, name, "calibration_end")
    end = shared.end_of(known, holdout_end, name, "holdout_end")
    _check_order(start, end, known.per_day)
    rows = _purchases(log, occasion, refunds, amount)
    split = _summary(rows, start, time_unit, occasion, amount)
    later = _per_moment(rows.filter((nw.col("_moment") > start) & (nw.col("_moment") <= end)), amount)
    later = later.with_columns(_occasions(occasion).alias("_occasions"))
    counts = [nw.col("_occasions").sum().alias("frequency_holdout")]
    if amount is not None:
        counts.append(nw.col("_paid").sum().alias("spend_holdout"))
    later = later.group_by(CUSTOMER).agg(*counts)
    split = split.join(later, on=CUSTOMER, how="left")  # type: ignore[arg-type]
    filled = [nw.col("frequency_holdout").fill_null(0).cast(nw.Int64)]
    if amount is not None:
        filled.append(nw.col("spend_holdout").fill_null(0.0))
    length = nw.lit((end - start) / shared.unit_length(time_unit, known.per_day)).alias("T_holdout")
    return _named(split.with_columns(*filled, length), log.customer).to_native()


def _checked(
    function: str,
    purchases: Any,
    time_unit: str,
    occasion: str,
    refunds: str,
    customer: str,
    date: str,
    amount: str | None,
) -> CheckedLog:
    check = Check(function)
    check.choice("time_unit", time_unit, tuple(PERIODS_PER_YEAR))
    check.choice("occasion", occasion, shared.OCCASIONS)
    check.choice("refunds", refunds, shared.REFUNDS)
    check.done()
    log = read_log(check, purchases, customer=customer, date=date, amount=amount)
    if amount is not None and refunds == "raise":
        refuse_refunds(
            check, log, _('refunds="drop" leaves refunds out, refunds="net" takes them off the spend')
        )
    elif amount is not None and pd.isna(log.last_purchase):
        hint = _("look at the signs: a file may write sales as negative amounts")
        check.add(errors.must_hold(_("the log must hold a purchase"), got=_("refunds only"), hint=hint))
    check.done()
    return log


def _moments_known(log: CheckedLog, occasion: str, refunds: str) -> shared.Log:
    """First and last moment of the log, in the form in which the ends of an observation are checked."""
    pair = (log.first_purchase, log.last_purchase) if refunds == "drop" else (log.first, log.last)
    moments, per_day = shared._moments(pd.Series(pd.DatetimeIndex(pair)), occasion)
    return shared.Log(pd.Index([]), np.zeros(2, dtype=np.int32), moments, None, per_day)


def _purchases(log: CheckedLog, occasion: str, refunds: str, amount: str | None) -> Frame:
    """One row a purchase or refund: customer, ``_moment``, ``_paid`` and whether it counts."""
    import narwhals as nw

    date = nw.col(DATE)
    columns = [nw.col(CUSTOMER)]
    columns.append((day_number(date) if occasion == "day" else moment_number(log, date)).alias("_moment"))
    if amount is not None:
        columns.append(nw.col(AMOUNT).alias("_paid"))
    rows = log.frame.select(*columns)
    if amount is None or not log.refunds:
        return rows
    if refunds == "drop":
        return rows.filter(nw.col("_paid") >= 0)
    bought = nw.col("_paid") >= 0
    gross = nw.when(bought).then(nw.col("_paid")).otherwise(0.0)
    return rows.with_columns(bought.cast(nw.Int64).alias("_bought"), gross.alias("_gross"))


def _per_moment(rows: Frame, amount: str | None) -> Frame:
    """One row a customer and moment: how many purchases ``_n``, what was paid, and that without refunds."""
    import narwhals as nw

    names = rows.collect_schema().names()
    grouped = rows.group_by(CUSTOMER, "_moment")
    if amount is None:
        return grouped.agg(nw.len().alias("_n"))
    paid = nw.col("_paid").sum().alias("_paid")
    if "_bought" not in names:
        return grouped.agg(nw.len().alias("_n"), paid).with_columns(nw.col("_paid").alias("_gross"))
    return grouped.agg(nw.col("_bought").sum().alias("_n"), paid, nw.col("_gross").sum())


def _occasions(occasion: str) -> nw.Expr:
    """Purchases of a customer at one moment: one a day, or as many as there are rows."""
    import narwhals as nw

    return (nw.col("_n") > 0).cast(nw.Int64) if occasion == "day" else nw.col("_n").cast(nw.Int64)


def _summary(rows: Frame, end: int, time_unit: str, occasion: str, amount: str | None) -> Frame:
    """One row a customer: frequency, recency, T and monetary value."""
    import narwhals as nw

    per_day = 1 if occasion == "day" else shared._DAY_IN_MICROSECONDS
    length = shared.unit_length(time_unit, per_day)
    moments = _per_moment(rows.filter(nw.col("_moment") <= end), amount)
    moments = moments.with_columns(
        _occasions(occasion).alias("_occasions"),
        nw.when(nw.col("_n") > 0).then(nw.col("_moment")).alias("_bought_at"),
    )
    sums = [
        nw.col("_bought_at").min().alias("_first"),
        nw.col("_bought_at").max().alias("_last"),
        nw.col("_occasions").sum(),
    ]
    if amount is not None:
        moments = moments.with_columns(nw.col("_bought_at").min().over(CUSTOMER).alias("_start"))
        # rows at the very first moment, where each row is a purchase: their mean is the first purchase
        gross = nw.col("_gross") if occasion == "day" else nw.col("_gross") / nw.col("_n")
        opening = nw.when(nw.col("_bought_at") == nw.col("_start")).then(gross).otherwise(0.0)
        moments = moments.with_columns(opening.alias("_opening"))
        sums += [nw.col("_opening").sum(), nw.col("_paid").sum()]
    table = moments.group_by(CUSTOMER).agg(*sums).filter(nw.col("_occasions") > 0)
    frequency = nw.col("_occasions") - 1
    columns = [
        frequency.cast(nw.Int64).alias("frequency"),
        ((nw.col("_last") - nw.col("_first")) / length).alias("recency"),
        ((end - nw.col("_first")) / length).alias("T"),
    ]
    if amount is not None:
        mean = (nw.col("_paid") - nw.col("_opening")) / frequency
        columns.append(nw.when(frequency > 0).then(mean).alias("monetary_value"))
    return table.select(nw.col(CUSTOMER), *columns)


def _named(frame: Frame, customer: str) -> Frame:
    return in_order(frame.rename({CUSTOMER: customer}), customer)
