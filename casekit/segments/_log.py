"""The purchase log that RFM, cohorts and the audit start from: who, when, how much."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series

#: How long one period of a cohort table or an audit is, and pandas' word for it.
PERIODS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def purchase_log(check: Check, purchases: Any, *, value: str = "amount") -> pd.DataFrame:
    """The columns ``customer_id``, ``date`` and ``amount`` (from ``value``) of a log, checked.

    Dates with a time zone keep the day they show and lose the zone.
    """
    frame = check.frame("purchases", purchases, ["customer_id", "date", value], keys=["customer_id"])
    if check.problems:
        return pd.DataFrame({"customer_id": [], "date": pd.to_datetime([]), "amount": []})
    dates = check.dates("purchases['date']", frame["date"])
    amounts = check.vector(f"purchases[{value!r}]", frame[value])
    if dates.dt.tz is not None:
        dates = dates.dt.tz_localize(None)
    ids = frame["customer_id"]
    ids = ids.astype(object) if isinstance(ids.dtype, pd.CategoricalDtype) else ids
    log = pd.DataFrame({"customer_id": ids, "date": dates, "amount": amounts})
    return log.reset_index(drop=True)


def day(check: Check, name: str, value: Any) -> pd.Timestamp:
    """One calendar day, given as text (2024-03-31), date or Timestamp."""
    if isinstance(value, str) or hasattr(value, "year"):
        try:
            stamp = pd.Timestamp(value)
        except ValueError:
            stamp = pd.NaT
        if not pd.isna(stamp):
            return stamp
    hint = _("{name}='2024-03-31'").format(name=name)
    check.add(errors.wrong_type(name, _("a day"), value, hint))
    return pd.NaT


def period_word(check: Check, every: str) -> str:
    """pandas' word for the length of a period."""
    check.choice("every", every, tuple(PERIODS))
    check.done()
    return PERIODS[every]


def one_period(check: Check, name: str, value: Any) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a period given as text (``"1997-02"``, ``"1997Q1"``, ``"1997"``) or as a pair."""
    if isinstance(value, pd.Period):
        return value.start_time, value.end_time.normalize()
    if isinstance(value, str):
        try:
            period = pd.Period(value) if value.strip() else None
        except ValueError:
            period = None
        if isinstance(period, pd.Period):
            return period.start_time, period.end_time.normalize()
    elif isinstance(value, (tuple, list)) and len(value) == 2:
        first, last = (day(check, f"{name}[{place}]", part) for place, part in enumerate(value))
        if not (pd.isna(first) or pd.isna(last)):
            check.require(
                first <= last,
                _("{name} must not end before it begins").format(name=name),
                got=_("{first} to {last}").format(first=first.date(), last=last.date()),
            )
        return first, last
    hint = _("{name}='1997Q1' or {name}=('1997-01-01', '1997-03-31')").format(name=name)
    check.add(errors.wrong_type(name, _("a period or a pair of days"), value, hint))
    return pd.NaT, pd.NaT


def in_order(found: set[Any]) -> list[Any]:
    """Names in their order; of several kinds, in that of their text."""
    try:
        return sorted(found)
    except TypeError:
        return sorted(found, key=str)


def inside(log: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The purchases from the first to the last day, both included whatever the hour."""
    return log[(log["date"] >= first) & (log["date"] < last.normalize() + pd.Timedelta(days=1))]


def paired(check: Check, first: Any, second: Any, *, names: tuple[str, str]) -> pd.DataFrame:
    """Two gradings of the same customers side by side: by label if both carry labels, else by position."""
    columns = []
    for name, values in zip(names, (first, second), strict=True):
        series = as_series(values)
        if series is None:
            check.add(errors.wrong_type(name, _("a list, dict, Series or one-dimensional array"), values))
            series = pd.Series(dtype=object)
        elif series.empty:
            check.add(errors.empty(name))
        elif series.isna().any():
            check.add(errors.not_finite(name, errors.rows(series.index[series.isna()])))
        else:
            check.names(name, list(series), repeats=True)
        columns.append(series)
    one, other = columns
    if len(one) != len(other):
        check.add(errors.different_lengths(names[1], len(other), names[0], len(one)))
    elif not check.problems:
        plain = any(series.index.equals(pd.RangeIndex(len(series))) for series in columns)
        if not plain and not one.index.equals(other.index):
            other = check.same_labels(names[1], other, names[0], one)
    if check.problems:
        return pd.DataFrame(columns=["first", "second"])
    return pd.DataFrame({"first": one.to_numpy(), "second": other.to_numpy()}, index=one.index)
