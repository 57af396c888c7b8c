"""Cohorts in any engine: customers by period of the first purchase, and the cells of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from casekit._validate import Check
from casekit.engines.frames import as_frame, fetch_table, frame_like, in_order
from casekit.engines.logs import AMOUNT, CUSTOMER, CheckedLog, day_number, day_of, read_log
from casekit.segments._log import PERIODS, period_word

if TYPE_CHECKING:
    import narwhals as nw


def acquisition_cohorts(purchases: Any, *, every: str) -> Any:
    """:func:`casekit.segments.acquisition_cohorts`: customer and ``cohort``, as text such as 2024-01."""
    import narwhals as nw

    check = Check("acquisition_cohorts")
    period_word(check, every)
    check.done()
    log = read_log(check, purchases, date="date", amount=None)
    first = log.frame.select(nw.col(CUSTOMER), day_of(log).alias("_day"))
    first = first.group_by(CUSTOMER).agg(nw.col("_day").min())
    first = first.select(nw.col(CUSTOMER), period_number(nw.col("_day"), every).alias("_period"))
    numbers = _periods(log, every)
    labels = pd.DataFrame({"_period": numbers.index, "cohort": [str(period) for period in numbers]})
    other: Any = as_frame(frame_like(log.frame, labels))
    named = first.join(other, on="_period", how="left")
    named = named.select(nw.col(CUSTOMER).alias(log.customer), "cohort")
    return in_order(named, log.customer).to_native()


def cohort_cells(check: Check, purchases: Any, *, every: str, value: str) -> tuple[CheckedLog, pd.DataFrame]:
    """One row a cohort and age at which somebody bought, as :func:`casekit.segments.cohorts._cells`.

    What comes here is one row a cell: at most periods times periods.
    """
    import narwhals as nw

    log = read_log(check, purchases, date="date", amount=value)
    rows = log.frame.select(nw.col(CUSTOMER), day_of(log).alias("_day"), nw.col(AMOUNT).alias("amount"))
    rows = rows.group_by(CUSTOMER, "_day").agg(nw.len().alias("purchases"), nw.col("amount").sum())
    rows = rows.with_columns(period_number(nw.col("_day"), every).alias("_period"))
    rows = rows.group_by(CUSTOMER, "_period").agg(nw.col("purchases").sum(), nw.col("amount").sum())
    start: Any = rows.group_by(CUSTOMER).agg(nw.col("_period").min().alias("_start"))
    rows = rows.join(start, on=CUSTOMER, how="inner")
    cells = rows.group_by("_start", "_period").agg(
        nw.len().alias("customers"), nw.col("purchases").sum(), nw.col("amount").sum()
    )
    table = fetch_table(cells)
    table["age"] = (table["_period"] - table["_start"]).astype("int64")
    numbers = _periods(log, every)
    table["cohort"] = pd.PeriodIndex(
        numbers.loc[table["_start"].astype("int64")].tolist(), freq=PERIODS[every]
    )
    return log, table.sort_values(["cohort", "age"], ignore_index=True)


def table_like(purchases: Any, table: pd.DataFrame, log: CheckedLog) -> Any:
    """A cohort table as a frame of the engine of the log: ``cohort`` and the periods as text."""
    plain = table.copy()
    plain.columns = [str(column) for column in plain.columns]
    plain.insert(
        0, "cohort", pd.Series([str(period) for period in table.index], index=table.index, dtype=object)
    )
    return frame_like(log.frame, plain.reset_index(drop=True))


def period_number(day: nw.Expr, every: str) -> nw.Expr:
    """Weeks, months, quarters or years counted on from an arbitrary one; weeks begin on Monday."""
    import narwhals as nw

    if every == "week":
        return (day_number(day) + 3) // 7
    year, month = day.dt.year().cast(nw.Int64), day.dt.month().cast(nw.Int64)
    if every == "month":
        return year * 12 + month
    return year * 4 + (month + 2) // 3 if every == "quarter" else year


def _periods(log: CheckedLog, every: str) -> pd.Series:
    """The periods from the first to the last day of the log, by :func:`period_number`."""
    word = PERIODS[every]
    periods = pd.period_range(log.first, log.last, freq=word)
    starts = periods.start_time
    numbers = {
        "week": (starts - pd.Timestamp(0)).days // 7 + 1,
        "month": periods.year * 12 + starts.month,
        "quarter": periods.year * 4 + (starts.month + 2) // 3,
        "year": starts.year,
    }[every]
    return pd.Series(list(periods), index=pd.Index(numbers, dtype="int64"), dtype=object)
