"""A purchase log, checked, as arrays: customers as numbers, moments as whole days or microseconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, format_date
from casekit._validate import Check
from casekit.periods import PERIODS_PER_YEAR

#: What counts as one purchase: all rows of a customer on one day together, or each row.
OCCASIONS = ("day", "row")

#: What to do with negative amounts: stop, leave the rows out, or take them off the customer's spend.
REFUNDS = ("raise", "drop", "net")

_DAY_IN_MICROSECONDS = 86_400_000_000

#: A log without any purchase over the last quarter of the time, or over a year, is worth a question.
SILENT_SHARE, _FAR = 0.25, 365


@dataclass(frozen=True)
class Log:
    """A checked log as arrays: customer code (0..n-1), moment (days or microseconds), amount."""

    labels: pd.Index
    codes: np.ndarray
    moments: np.ndarray
    amounts: np.ndarray | None
    per_day: int
    counts: np.ndarray | None = None

    def kept(self, mask: np.ndarray) -> Log:
        amounts = None if self.amounts is None else self.amounts[mask]
        counts = None if self.counts is None else self.counts[mask]
        return Log(self.labels, self.codes[mask], self.moments[mask], amounts, self.per_day, counts)


def check_choices(check: Check, time_unit: str, occasion: str, refunds: str) -> None:
    """Refuse a unit, an occasion or a rule for refunds that is not known."""
    check.choice("time_unit", time_unit, tuple(PERIODS_PER_YEAR))
    check.choice("occasion", occasion, OCCASIONS)
    check.choice("refunds", refunds, REFUNDS)


def refunds_only() -> errors.Problem:
    """The log holds no purchase."""
    hint = _("look at the signs: a file may write sales as negative amounts")
    return errors.must_hold(_("the log must hold a purchase"), got=_("refunds only"), hint=hint)


def read_log(
    function: str,
    purchases: pd.DataFrame,
    time_unit: str,
    occasion: str,
    refunds: str,
    customer: str,
    date: str,
    amount: str | None,
) -> Log:
    check = Check(function)
    check_choices(check, time_unit, occasion, refunds)
    columns = [customer, date] + ([amount] if amount is not None else [])
    frame = check.frame("purchases", purchases, columns)
    if amount is not None and amount not in frame.columns and check.problems:
        check.problems[-1] = _without_amount(check.problems[-1])
    check.done()
    dates = check.dates(f"purchases[{date!r}]", frame[date])
    try:
        codes, labels = _codes(frame[customer])
    except TypeError:  # lists and arrays cannot be told apart
        wanted = _("a column with one name in each row")
        check.add(errors.wrong_type(f"purchases[{customer!r}]", wanted, frame[customer].iloc[0]))
        check.done()
    if codes.min() < 0:
        check.add(_missing_ids(customer, frame.index[codes < 0]))
    amounts = None if amount is None else _amounts(check, amount, frame[amount], refunds)
    check.done()
    moments, per_day = _moments(dates, occasion)
    log = Log(pd.Index(labels, name=customer), codes, moments, amounts, per_day)
    if amounts is None or not (amounts < 0).any():
        return log
    bought = amounts >= 0
    if not bought.any():
        check.add(refunds_only())
        check.done()
    if refunds == "drop":
        return log.kept(bought)
    return Log(log.labels, codes, moments, amounts, per_day, counts=bought)


def _without_amount(problem: errors.Problem) -> errors.Problem:
    hint = problem.hint + _("; or amount=None for a summary without money")
    return errors.Problem(problem.must, problem.got, problem.where, problem.allowed, hint)


def _missing_ids(customer: str, where: pd.Index) -> errors.Problem:
    return errors.must_hold(
        _("every purchase must carry a customer id"),
        got=_("missing or blank values in {column}").format(column=customer),
        where=errors.rows(where),
        hint=_("leave these rows out, and report how many"),
    )


def _amounts(check: Check, name: str, values: pd.Series, refunds: str) -> np.ndarray:
    plain = isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiu"
    if not plain or not np.isfinite(values.to_numpy().sum()):
        values = check.vector(name, values)
    array = values.to_numpy(dtype=float)
    if refunds == "raise" and array.min() < 0:
        check.add(
            errors.must_hold(
                _("{name} must not be negative").format(name=name),
                got=errors.listing(errors.shown(value) for value in array[array < 0]),
                where=errors.rows(values.index[array < 0]),
                hint=_('refunds="drop" leaves refunds out, refunds="net" takes them off the spend'),
            )
        )
    return array


def _codes(ids: pd.Series) -> tuple[np.ndarray, Any]:
    """Each customer's place among the ordered ids, and the ids; a table where whole numbers allow it."""
    array = ids.to_numpy() if isinstance(ids.dtype, np.dtype) else None
    if array is not None and array.dtype.kind in "iu" and len(array):
        low, high = int(array.min()), int(array.max())
        if high - low < 4 * len(array) + 1000:
            places = array - low
            present = np.zeros(high - low + 1, dtype=bool)
            present[places] = True
            table = np.cumsum(present, dtype=np.int32) - np.int32(1)
            return table[places], np.flatnonzero(present).astype(array.dtype) + low
    codes, labels = pd.factorize(ids)
    try:
        order = np.asarray(labels.argsort())
    except TypeError:  # numbers and text mixed
        order = np.argsort([str(label) for label in labels])
    blank = _blank(labels)
    order = order[~blank[order]]
    rank = np.full(len(labels) + 1, -1, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank[codes], labels[order]


def _blank(labels: Any) -> np.ndarray:
    """Which of the ids are text without a character: a gap in the file, not a customer."""
    if pd.api.types.is_numeric_dtype(labels.dtype):
        return np.zeros(len(labels), dtype=bool)
    return np.array([isinstance(label, str) and not label.strip() for label in labels], dtype=bool)


def _moments(dates: pd.Series, occasion: str) -> tuple[np.ndarray, int]:
    if isinstance(dates.dtype, pd.DatetimeTZDtype):
        dates = dates.dt.tz_localize(None)
    values = dates.to_numpy()
    if occasion == "day":
        return values.astype("datetime64[D]").view(np.int64), 1
    return values.astype("datetime64[us]").view(np.int64), _DAY_IN_MICROSECONDS


def end_of(
    log: Log, given: Any, function: str, name: str, *, far: bool = False, share: float = SILENT_SHARE
) -> int:
    """The last moment that counts; a date without a time of day counts to its midnight.

    A date long after the last purchase (more than ``share`` of the time, or a year) warns, unless it may be
    ``far`` away.
    """
    if given is None:
        return int(log.moments.max())
    moments = log.moments if log.counts is None else log.moments[log.counts]
    check = Check(function)
    stamp = check.day(name, given)
    check.done()
    day = stamp.to_datetime64().astype("datetime64[D]")
    if log.per_day == 1:
        end = int(day.astype(np.int64))
    elif stamp == stamp.normalize():
        end = (int(day.astype(np.int64)) + 1) * log.per_day - 1
    else:
        end = int(stamp.to_datetime64().astype("datetime64[us]").astype(np.int64))
    first, last = int(moments.min()), int(moments.max())
    check.require(
        end >= first,
        _("{name} must not be before the first purchase").format(name=name),
        got=_("{end}; first purchase {first}").format(
            end=shown_day(end, log.per_day), first=shown_day(first, log.per_day)
        ),
        hint=_("check the year of {name}").format(name=name),
    )
    check.done()
    silent = (end - last) // log.per_day
    if not far and (silent > _FAR or (silent > 7 and silent > share * (end - first) / log.per_day)):
        check.warn(
            _(
                "{function}: nobody bought in the {days} days before {name} ({end}), the last purchase is of "
                "{last}. If the log stops there, take that day, or everybody looks lost"
            ).format(
                function=function,
                days=silent,
                name=name,
                end=shown_day(end, log.per_day),
                last=shown_day(last, log.per_day),
            )
        )
    return end


def shown_day(moment: int, per_day: int) -> str:
    return format_date(pd.Timestamp(np.datetime64(moment // per_day, "D")).date())


def unit_length(time_unit: str, per_day: int) -> float:
    return PERIODS_PER_YEAR["day"] / PERIODS_PER_YEAR[time_unit] * per_day


def distinct_purchases(log: Log) -> tuple[np.ndarray, np.ndarray]:
    """Codes and moments of the purchases, ordered by customer and time; equal days of a customer once."""
    if not len(log.codes):
        return log.codes, log.moments
    low = int(log.moments.min())
    bits = int(log.moments.max() - low).bit_length()
    total = bits + int(len(log.labels)).bit_length()
    if total > 63:
        order = np.lexsort((log.moments, log.codes))
        return log.codes[order], log.moments[order]
    kind = np.int32 if total <= 31 else np.int64
    key: np.ndarray = np.left_shift(log.codes.astype(kind), bits)
    np.bitwise_or(key, (log.moments - low).astype(kind), out=key)
    key.sort()
    if log.per_day == 1:
        first = np.empty(len(key), dtype=bool)
        first[0] = True
        np.not_equal(key[1:], key[:-1], out=first[1:])
        key = key[first]
    moments = np.bitwise_and(key, kind((1 << bits) - 1)).astype(np.int64) + low
    return np.right_shift(key, bits), moments
