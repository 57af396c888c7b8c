"""Acquisition cohorts: customers grouped by the period of their first purchase, followed over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.engines import is_frame
from casekit.segments._log import day, period_word, purchase_log

#: What a cell of a cohort table may hold.
COHORT_MEASURES = (
    "customers",
    "retention",
    "purchases",
    "amount",
    "amount_per_customer",
    "cumulative_amount_per_customer",
)


def acquisition_cohorts(purchases: Any, *, every: str = "month") -> Any:
    """The cohort of each customer: the period of the first purchase in the log.

    If the log begins after the firm did, the first cohorts hold customers who are not new: leave them out or
    say so.

    Parameters
    ----------
    purchases : DataFrame, shape (n_purchases, at least 3)
        One row a purchase, with ``customer_id``, ``date`` and ``amount``.
    every : {"week", "month", "quarter", "year"}, default "month"

    Returns
    -------
    Series of Period named ``cohort``, indexed by ``customer_id``. For a frame of another engine: a frame of
    its kind with the customer and ``cohort`` as text.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["A", "B", "A"], "amount": 1.0,
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-02-20", "2024-03-30"])})
    >>> acquisition_cohorts(log).astype(str).to_dict()
    {'A': '2024-01', 'B': '2024-02'}
    """
    if is_frame(purchases):
        from casekit.segments import _cohort_frames

        return _cohort_frames.acquisition_cohorts(purchases, every=every)
    check = Check("acquisition_cohorts")
    log = purchase_log(check, purchases)
    word = period_word(check, every)
    check.done()
    return log.groupby("customer_id")["date"].min().dt.to_period(word).rename("cohort")


def cohort_table(
    purchases: Any,
    *,
    measure: str = "retention",
    every: str = "month",
    by: str = "age",
    until: Any = None,
    value: str = "amount",
) -> Any:
    """Cohorts in rows, periods in columns: who is still there, and what they bring.

    A total can grow while every cohort shrinks, as long as acquisition runs ahead; only this table shows it.
    In a shop without contract a customer who did not buy this month has not left: "retention" here is the
    share that *bought*, and can rise again. It is not the retention rate of a lifetime-value formula.

    Parameters
    ----------
    purchases : DataFrame, shape (n_purchases, at least 3)
        One row a purchase, with ``customer_id``, ``date`` and the column ``value``.
    measure : str, default "retention"
        - ``"customers"``: customers of the cohort who bought in the period
        - ``"retention"``: those as a share of the cohort
        - ``"purchases"``: purchases in the period
        - ``"amount"``: money of the period
        - ``"amount_per_customer"``: that by customers *acquired* (not by those who bought)
        - ``"cumulative_amount_per_customer"``: that summed from the first period on
    every : {"week", "month", "quarter", "year"}, default "month"
        Length of a period.
    by : {"age", "calendar"}, default "age"
        Columns count periods since the cohort's own (0, 1, 2, …) or are calendar periods.
    until : date, optional
        Last day that the log covers; periods that it does not cover to their end are left out. The end of the
        period of the last purchase if not given.
    value : str, default "amount"
        The column of money (revenue, or profit if the log has it).

    Returns
    -------
    DataFrame indexed by ``cohort`` (Period), columns ``age`` (int) or ``period`` (Period)
        Missing where nothing was observed (after ``until``, and before the cohort began); 0 where it was and
        nobody bought. A cohort without customers has no row. For a frame of another engine: a frame of its
        kind with ``cohort`` and the periods as text.

    Notes
    -----
    Members of a cohort start on different days, so column 0 covers about half a period for a customer, and
    column 1 is the first whole one.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Ross, M. (2022). *The Customer-Base Audit*. Wharton School Press,
    chapters 5 and 6.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["A", "B", "A", "C"], "amount": [10.0, 20, 5, 8],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-01-20", "2024-02-03", "2024-02-09"])})
    >>> cohort_table(log).to_numpy().tolist()
    [[1.0, 0.5], [1.0, nan]]
    >>> cohort_table(log, measure="amount_per_customer").loc["2024-01"].tolist()
    [15.0, 2.5]
    """
    check = Check("cohort_table")
    check.choice("measure", measure, COHORT_MEASURES)
    check.choice("by", by, ("age", "calendar"))
    if is_frame(purchases):
        from casekit.segments import _cohort_frames

        word = period_word(check, every)
        end = None if until is None else day(check, "until", until)
        check.done()
        log, cells = _cohort_frames.cohort_cells(check, purchases, every=every, value=value)
        last, grids = _grids(check, cells, (log.first, log.last), word, end, until)
        return _cohort_frames.table_like(purchases, _table(grids, last, measure, by), log)
    seen = observe_cohorts(check, purchases, every=every, until=until, value=value)
    return _table(seen.grids, seen.last, measure, by)


def _table(grids: dict[str, pd.DataFrame], last: pd.Period, measure: str, by: str) -> pd.DataFrame:
    grid = grids[_column(measure)]
    if measure in ("retention", "amount_per_customer", "cumulative_amount_per_customer"):
        grid = grid.div(grids["customers"][0], axis=0)
    if measure.startswith("cumulative"):
        grid = grid.cumsum(axis=1)
    return grid if by == "age" else by_calendar(grid, last)


@dataclass(frozen=True)
class ObservedCohorts:
    """A checked log, its period word, the last period observed, and cohorts by age for each measure."""

    log: pd.DataFrame
    word: str
    last: pd.Period
    grids: dict[str, pd.DataFrame]


def observe_cohorts(check: Check, purchases: Any, *, every: str, until: Any, value: str) -> ObservedCohorts:
    """Check a log and count each cohort's customers, purchases and amount at each age."""
    log = purchase_log(check, purchases, value=value)
    word = period_word(check, every)
    end = None if until is None else day(check, "until", until)
    check.done()
    last, grids = _grids(check, _cells(log, word), (log["date"].min(), log["date"].max()), word, end, until)
    return ObservedCohorts(log, word, last, grids)


def _grids(
    check: Check, cells: pd.DataFrame, ends: tuple[Any, Any], word: str, end: Any, until: Any
) -> tuple[pd.Period, dict[str, pd.DataFrame]]:
    """The last period observed, and for each measure the cohorts by age."""
    last = ends[1].to_period(word) if end is None else _last_whole(end, word)
    first = ends[0].to_period(word)
    check.require(last >= first, _("until must cover a whole period of the log"), got=str(until))
    check.done()
    measures = ("customers", "purchases", "amount")
    grids = {
        name: _observed(cells.pivot(index="cohort", columns="age", values=name), last) for name in measures
    }
    return last, grids


def _cells(log: pd.DataFrame, word: str) -> pd.DataFrame:
    """One row a cohort and age at which somebody bought: customers, purchases, amount."""
    period = log["date"].dt.to_period(word)
    cohort = period.groupby(log["customer_id"]).transform("min")
    age = period.astype("int64") - cohort.astype("int64")
    grouped = log.assign(cohort=cohort, age=age).groupby(["cohort", "age"], sort=True)
    cells = grouped.agg(
        customers=("customer_id", "nunique"), purchases=("amount", "size"), amount=("amount", "sum")
    )
    return cells.reset_index()


def _column(measure: str) -> str:
    if measure == "retention":
        return "customers"
    return "amount" if measure.endswith("per_customer") else measure


def _last_whole(end: pd.Timestamp, word: str) -> pd.Period:
    period = end.to_period(word)
    return period if end.normalize() >= period.end_time.normalize() else period - 1


def _observed(grid: pd.DataFrame, last: pd.Period) -> pd.DataFrame:
    """All ages in columns, 0 where observed and empty, missing where not observed."""
    grid = grid[grid.index <= last]
    seen = np.array([last.ordinal - cohort.ordinal for cohort in grid.index], dtype=np.int64)
    ages = np.arange(seen.max() + 1 if len(seen) else 0)
    full = grid.reindex(columns=ages).fillna(0).astype(float)
    return full.where(ages[None, :] <= seen[:, None]).rename_axis(columns="age")


def by_calendar(grid: pd.DataFrame, last: pd.Period) -> pd.DataFrame:
    """The same cells by calendar period instead of age."""
    periods = pd.period_range(grid.index.min(), last, freq=last.freq, name="period")
    rows = {
        cohort: pd.Series(row.dropna().to_numpy(), index=pd.period_range(cohort, last, freq=last.freq))
        for cohort, row in grid.iterrows()
    }
    return pd.DataFrame(
        {cohort: row.reindex(periods) for cohort, row in rows.items()}, index=periods
    ).T.rename_axis(index="cohort", columns="period")
