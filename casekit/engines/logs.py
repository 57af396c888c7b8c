"""A purchase log of any engine: checked in one pass that fetches one row, its days as whole numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from casekit import errors
from casekit._text import _, ngettext
from casekit._validate import Check
from casekit.engines.frames import fetch, fetch_row, is_frame, read_frame

if TYPE_CHECKING:
    import narwhals as nw

    from casekit.engines.frames import Frame

#: Names of the columns inside a checked log.
CUSTOMER, DATE, AMOUNT = "_customer", "_date", "_amount"


@dataclass(frozen=True)
class CheckedLog:
    """A purchase log that holds what the calculations need, with the facts that the check found.

    Attributes
    ----------
    frame : narwhals frame
        Columns ``_customer``, ``_date`` and (unless there is no money) ``_amount``.
    customer : str
        Name of the customer column in the log, for results.
    rows, refunds : int
        Rows, and rows with an amount below zero.
    first, last : Timestamp
        First and last moment of the log, without time zone.
    first_purchase, last_purchase : Timestamp or NaT
        The same without refunds.
    """

    frame: Frame
    customer: str
    rows: int
    refunds: int
    first: pd.Timestamp
    last: pd.Timestamp
    first_purchase: pd.Timestamp
    last_purchase: pd.Timestamp

    @property
    def has_amounts(self) -> bool:
        """Whether the log carries money."""
        return AMOUNT in self.frame.collect_schema().names()


def check_log(
    purchases: Any, *, customer: str = "customer_id", date: str = "date", amount: str | None = "amount"
) -> Any:
    """Check a purchase log of any engine once, so that the functions that follow need not look again.

    Every function of casekit that reads a log checks it first, because a missing id or a negative amount
    among a billion rows would spoil the answer without a word. On a plan (Polars lazy, DuckDB, Spark, Dask)
    that costs one pass over three columns and brings one row of counts to this process; the answer itself
    stays a plan. Where several functions follow, check once and hand them the result.

    Parameters
    ----------
    purchases : frame of any engine, one row a purchase
        pandas frames come back as they are: their check is cheap.
    customer, date, amount : str
        Names of the columns; ``amount=None`` for a log without money.

    Returns
    -------
    CheckedLog, which :func:`casekit.customer_base.purchase_summary`, :func:`casekit.segments.rfm_table` and
    the others take in place of the log.

    Raises
    ------
    InputError
        If a column is missing or of the wrong type, or an id, a date or an amount is missing.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["A"], "date": pd.to_datetime(["2024-01-05"]), "amount": [1.0]})
    >>> check_log(log) is log
    True
    """
    if not is_frame(purchases):
        return purchases
    check = Check("check_log")
    log = read_log(check, purchases, customer=customer, date=date, amount=amount)
    check.done()
    return log


def read_log(
    check: Check, purchases: Any, *, customer: str = "customer_id", date: str, amount: str | None
) -> CheckedLog:
    """A checked log from a native frame; raises what is wrong with it under the name of the caller."""
    if isinstance(purchases, CheckedLog):
        if amount is not None and not purchases.has_amounts:
            check.add(errors.missing_columns("purchases", [amount], [customer, date]))
        check.done()
        return purchases
    names = [name for name in (customer, date, amount) if name is not None]
    frame = read_frame(check, "purchases", purchases, names)
    check.done()
    _check_types(check, frame, date, amount)
    check.done()
    frame = _own_names(frame, customer, date, amount)
    facts = fetch_row(frame.select(*_facts(frame, amount is not None)))
    _check_facts(check, frame, facts, [name for name in (customer, date, amount) if name is not None])
    check.done()
    moments = [_wall_clock(facts[name]) for name in ("first", "last", "first_purchase", "last_purchase")]
    return CheckedLog(frame, customer, int(facts["rows"]), int(facts["refunds"] or 0), *moments)


def _check_types(check: Check, frame: Frame, date: str, amount: str | None) -> None:
    import narwhals as nw

    schema = frame.collect_schema()
    if not isinstance(schema[date], (nw.Date, nw.Datetime)) and schema[date] not in (nw.Date, nw.Datetime):
        check.add(
            errors.must_hold(
                _("{name} must hold dates").format(name=date),
                got=str(schema[date]),
                hint=_("cast the column to a date in its own engine first"),
            )
        )
    if amount is not None and not schema[amount].is_numeric():
        check.add(
            errors.must_hold(
                _("{name} must hold numbers").format(name=amount),
                got=str(schema[amount]),
                hint=_("cast the column to a number in its own engine first"),
            )
        )


def _own_names(frame: Frame, customer: str, date: str, amount: str | None) -> Frame:
    import narwhals as nw

    columns = [nw.col(customer).alias(CUSTOMER), nw.col(date).alias(DATE)]
    if amount is not None:
        columns.append(nw.col(amount).cast(nw.Float64).alias(AMOUNT))
    return frame.select(*columns)


def _lost(frame: Frame, column: str) -> nw.Expr:
    """Where a column of a log holds nothing that can be used: missing, blank text as an id, not a number."""
    import narwhals as nw

    values = nw.col(column)
    if column == AMOUNT:
        return values.is_null() | ~values.is_finite()
    if column == CUSTOMER and frame.collect_schema()[CUSTOMER] == nw.String:
        return values.is_null() | (values.str.strip_chars() == "")
    return values.is_null()


def _facts(frame: Frame, has_amounts: bool) -> list[nw.Expr]:
    import narwhals as nw

    date = nw.col(DATE)
    facts = [
        _lost(frame, CUSTOMER).cast(nw.Int64).sum().alias(CUSTOMER),
        _lost(frame, DATE).cast(nw.Int64).sum().alias(DATE),
        nw.len().alias("rows"),
        date.min().alias("first"),
        date.max().alias("last"),
    ]
    if not has_amounts:
        zero = nw.lit(0).alias("refunds")
        return [*facts, date.min().alias("first_purchase"), date.max().alias("last_purchase"), zero]
    amount = nw.col(AMOUNT)
    bought = nw.when(amount >= 0).then(date)
    return [
        *facts,
        _lost(frame, AMOUNT).cast(nw.Int64).sum().alias(AMOUNT),
        (amount < 0).cast(nw.Int64).sum().alias("refunds"),
        bought.min().alias("first_purchase"),
        bought.max().alias("last_purchase"),
    ]


def _check_facts(check: Check, frame: Frame, facts: dict[str, Any], names: list[str]) -> None:
    if not facts["rows"]:
        check.add(errors.empty("purchases"))
        return
    for name, column in zip(names, (CUSTOMER, DATE, AMOUNT), strict=False):
        count = int(facts[column] or 0)
        if count:
            check.add(
                errors.must_hold(
                    _("every purchase must carry {column}").format(column=name),
                    got=ngettext("{count} row without it", "{count} rows without it", count).format(
                        count=count
                    ),
                    where=some_rows(frame, _lost(frame, column), count),
                    hint=_("filter them out in their own engine, and report how many"),
                )
            )


def some_rows(frame: Frame, where: nw.Expr, count: int) -> str:
    """The rows for which ``where`` holds: numbers if the frame is in memory, examples if it is a plan."""
    import narwhals as nw

    if not isinstance(frame, nw.LazyFrame):
        found = frame.with_row_index("_row").filter(where)["_row"]
        return errors.rows(found.to_list())
    examples = fetch(frame.filter(where).head(errors.SHOWN)).rows()
    texts = ["(" + ", ".join("-" if item is None else str(item) for item in row) + ")" for row in examples]
    return errors.listing(texts, count)


def _wall_clock(moment: Any) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    return stamp if pd.isna(stamp) else stamp.tz_localize(None)


def refuse_refunds(check: Check, log: CheckedLog, hint: str) -> None:
    """A problem if the log holds amounts below zero."""
    check.require(
        log.refunds == 0,
        _("amounts must not be negative"),
        got=ngettext("{count} row below zero", "{count} rows below zero", log.refunds).format(
            count=log.refunds
        ),
        where=_rows_below_zero(log) if log.refunds else "",
        hint=hint,
    )


def _rows_below_zero(log: CheckedLog) -> str:
    import narwhals as nw

    return some_rows(log.frame, nw.col(AMOUNT) < 0, log.refunds)


# -- time as whole numbers, the same in every engine --------------------------------------------------------


def day_number(date: nw.Expr) -> nw.Expr:
    """Days since 1970-01-01 of a date or timestamp, in its own time zone.

    From year, month and day alone, which every engine has: the year is taken to begin in March, so that the
    leap day is its last.
    """
    import narwhals as nw

    year, month, day = (part.cast(nw.Int64) for part in (date.dt.year(), date.dt.month(), date.dt.day()))
    early = (month <= 2).cast(nw.Int64)
    year, month = year - early, month + 12 * early - 3
    leap = year // 4 - year // 100 + year // 400
    return 365 * year + leap + (153 * month + 2) // 5 + day - 719_469


def day_of(log: CheckedLog) -> nw.Expr:
    """The calendar day of each row in the engine's own type: cheaper to group by than a number made of it."""
    import narwhals as nw

    date, kind = nw.col(DATE), log.frame.collect_schema()[DATE]
    if kind == nw.Date:
        return date
    if not _keeps_timestamps(log):
        return date.dt.date()
    zoned = getattr(kind, "time_zone", None) is not None
    return (date.dt.replace_time_zone(None) if zoned else date).dt.truncate("1d")


def day_literal(log: CheckedLog, day: int) -> dt.date | dt.datetime:
    """A day number as a value to compare :func:`day_of` with."""
    date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
    if _keeps_timestamps(log):
        return dt.datetime(date.year, date.month, date.day)
    return date


def _keeps_timestamps(log: CheckedLog) -> bool:
    """pandas' relatives have no dates of their own: there a day is the timestamp at its midnight."""
    import narwhals as nw

    engine = log.frame.implementation
    return (engine.is_dask() or engine.is_pandas_like()) and log.frame.collect_schema()[DATE] != nw.Date


def moment_number(log: CheckedLog, date: nw.Expr) -> nw.Expr:
    """Microseconds since 1970-01-01 00:00 of a date or timestamp, in its own time zone."""
    import narwhals as nw

    days = day_number(date) * 86_400_000_000
    if log.frame.collect_schema()[DATE] == nw.Date:
        return days
    parts = {3_600_000_000: date.dt.hour(), 60_000_000: date.dt.minute(), 1_000_000: date.dt.second()}
    for size, part in parts.items():
        days = days + part.cast(nw.Int64) * size
    return days + date.dt.microsecond().cast(nw.Int64)
