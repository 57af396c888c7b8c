"""From a purchase log to one row a customer: frequency, recency, T and monetary value."""

from __future__ import annotations

import warnings
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

#: A log without any purchase over the last quarter of the observation is worth a question.
_SILENT_SHARE = 0.25

_DAY_IN_MICROSECONDS = 86_400_000_000


@dataclass(frozen=True)
class _Log:
    """A checked log as arrays: customer code (0..n-1), moment (days or microseconds), amount."""

    labels: pd.Index
    codes: np.ndarray
    moments: np.ndarray
    amounts: np.ndarray | None
    per_day: int
    counts: np.ndarray | None = None

    def kept(self, mask: np.ndarray) -> _Log:
        amounts = None if self.amounts is None else self.amounts[mask]
        counts = None if self.counts is None else self.counts[mask]
        return _Log(self.labels, self.codes[mask], self.moments[mask], amounts, self.per_day, counts)


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
    observation_end : date, optional
        Last day observed; purchases after it are not counted and customers won after it are left out. By
        default the day of the last purchase in the log.
    time_unit : {"day", "week", "month", "quarter", "year"}, default "week"
        Unit of ``recency`` and ``T``. Exact: days / 7 for weeks, days / 30.4375 for months; never rounded.
    occasion : {"day", "row"}, default "day"
        ``"day"``: all rows of a customer on one calendar day are one purchase. ``"row"``: each row is one
        purchase at its exact moment.
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
        If an id, a date or an amount is missing, dates are not dates, amounts are negative (see
        ``refunds``), or no purchase lies in the observation.

    Warns
    -----
    CasekitWarning
        If nobody at all bought in the last quarter of the time observed: then the log may be incomplete.

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
    log = _read_log("purchase_summary", purchases, time_unit, occasion, refunds, customer, date, amount)
    end = _end(log, observation_end, "purchase_summary", "observation_end")
    return _summarise(log, end, time_unit, observation_end is not None)


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
    name = "calibration_holdout"
    log = _read_log(name, purchases, time_unit, occasion, refunds, customer, date, amount)
    start = _end(log, calibration_end, name, "calibration_end")
    end = _end(log, holdout_end, name, "holdout_end")
    check = Check(name)
    check.require(
        end > start,
        _("holdout_end must be after calibration_end"),
        got=_("{end} and {start}").format(end=_shown(end, log.per_day), start=_shown(start, log.per_day)),
        hint=_("choose an earlier calibration_end"),
    )
    check.done()
    split = _summarise(log, start, time_unit, True)
    later = log.kept((log.moments > start) & (log.moments <= end))
    counted = later if later.counts is None else later.kept(later.counts)
    n = len(log.labels)
    codes, _moments = _distinct(counted)
    known = log.labels.get_indexer(split.index)
    split["frequency_holdout"] = np.bincount(codes, minlength=n)[known]
    if later.amounts is not None:
        split["spend_holdout"] = np.bincount(later.codes, weights=later.amounts, minlength=n)[known]
    split["T_holdout"] = (end - start) / _length(time_unit, log.per_day)
    return split


# -- reading the log -------------------------------------------------------------------------------------


def _read_log(
    function: str,
    purchases: pd.DataFrame,
    time_unit: str,
    occasion: str,
    refunds: str,
    customer: str,
    date: str,
    amount: str | None,
) -> _Log:
    check = Check(function)
    check.choice("time_unit", time_unit, tuple(PERIODS_PER_YEAR))
    check.choice("occasion", occasion, OCCASIONS)
    check.choice("refunds", refunds, REFUNDS)
    columns = [customer, date] + ([amount] if amount is not None else [])
    frame = check.frame("purchases", purchases, columns)
    if amount is not None and amount not in frame.columns and check.problems:
        check.problems[-1] = _without_amount(check.problems[-1])
    check.done()
    dates = check.dates(date, frame[date])
    codes, labels = _codes(frame[customer])
    if codes.min() < 0:
        check.add(_missing_ids(customer, frame.index[codes < 0]))
    amounts = None if amount is None else _amounts(check, amount, frame[amount], refunds)
    check.done()
    moments, per_day = _moments(dates, occasion)
    log = _Log(pd.Index(labels, name=customer), codes, moments, amounts, per_day)
    if amounts is None or not (amounts < 0).any():
        return log
    bought = amounts >= 0
    if not bought.any():
        hint = _("look at the signs: a file may write sales as negative amounts")
        check.add(errors.must_hold(_("the log must hold a purchase"), got=_("refunds only"), hint=hint))
        check.done()
    if refunds == "drop":
        return log.kept(bought)
    return _Log(log.labels, codes, moments, amounts, per_day, counts=bought)


def _without_amount(problem: errors.Problem) -> errors.Problem:
    hint = problem.hint + _("; or amount=None for a summary without money")
    return errors.Problem(problem.must, problem.got, problem.where, problem.allowed, hint)


def _missing_ids(customer: str, where: pd.Index) -> errors.Problem:
    return errors.must_hold(
        _("every purchase must carry a customer id"),
        got=_("missing values in {column}").format(column=customer),
        where=errors.rows(where),
        hint=_('purchases.dropna(subset=["{column}"]), and report how many').format(column=customer),
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
    rank = np.empty(len(labels) + 1, dtype=np.int32)
    rank[order] = np.arange(len(labels), dtype=np.int32)
    rank[-1] = -1
    return rank[codes], labels[order]


def _moments(dates: pd.Series, occasion: str) -> tuple[np.ndarray, int]:
    if isinstance(dates.dtype, pd.DatetimeTZDtype):
        dates = dates.dt.tz_localize(None)
    values = dates.to_numpy()
    if occasion == "day":
        return values.astype("datetime64[D]").view(np.int64), 1
    return values.astype("datetime64[us]").view(np.int64), _DAY_IN_MICROSECONDS


def _end(log: _Log, given: Any, function: str, name: str) -> int:
    if given is None:
        return int(log.moments.max())
    check = Check(function)
    try:
        if isinstance(given, (int, float, np.number)):
            raise TypeError
        stamp = pd.Timestamp(given).tz_localize(None)
    except (TypeError, ValueError):
        check.add(errors.wrong_type(name, _("a date"), given, hint=f'{name}="1997-09-30"'))
        check.done()
    unit = "D" if log.per_day == 1 else "us"
    end = int(stamp.to_datetime64().astype(f"datetime64[{unit}]").astype(np.int64))
    check.require(
        end >= log.moments.min(),
        _("{name} must not be before the first purchase").format(name=name),
        got=_("{end}; first purchase {first}").format(
            end=_shown(end, log.per_day), first=_shown(int(log.moments.min()), log.per_day)
        ),
        hint=_("check the year of {name}").format(name=name),
    )
    check.done()
    return end


def _shown(moment: int, per_day: int) -> str:
    return format_date(pd.Timestamp(np.datetime64(moment // per_day, "D")).date())


def _length(time_unit: str, per_day: int) -> float:
    return PERIODS_PER_YEAR["day"] / PERIODS_PER_YEAR[time_unit] * per_day


# -- counting --------------------------------------------------------------------------------------------


def _distinct(log: _Log) -> tuple[np.ndarray, np.ndarray]:
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


def _summarise(log: _Log, end: int, time_unit: str, end_given: bool) -> pd.DataFrame:
    to_the_end = log.moments.max() <= end
    if not to_the_end:
        log = log.kept(log.moments <= end)
    counted = log if log.counts is None else log.kept(log.counts)
    codes, moments = _distinct(counted)
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
    length = _length(time_unit, log.per_day)
    columns: dict[str, np.ndarray] = {
        "frequency": frequency,
        "recency": (last - first) / length,
        "T": (end - first) / length,
    }
    if log.amounts is not None:
        columns["monetary_value"] = _mean_repeat_amount(log, counted, known, first, frequency)
    if end_given and to_the_end:
        _warn_of_silence(int(moments.max()), int(first.min()), end, log.per_day)
    summary = pd.DataFrame(columns, index=log.labels if len(known) == len(count) else log.labels[known])
    summary.attrs["time_unit"] = time_unit
    summary.attrs["observation_end"] = _shown(end, log.per_day)
    return summary


def _mean_repeat_amount(
    log: _Log, counted: _Log, known: np.ndarray, first: np.ndarray, frequency: np.ndarray
) -> np.ndarray:
    n = len(log.labels)
    start = np.zeros(n, dtype=np.int64)
    start[known] = first
    total = np.bincount(log.codes, weights=log.amounts, minlength=n)
    opening = counted.moments == start[counted.codes]
    paid = np.zeros(len(counted.codes)) if counted.amounts is None else counted.amounts
    at_start: np.ndarray
    if log.per_day == 1:
        at_start = np.bincount(counted.codes[opening], weights=paid[opening], minlength=n)
    else:  # rows at the same moment: the first of them is the first purchase
        at_start = np.zeros(n)
        places = np.flatnonzero(opening)[::-1]
        at_start[counted.codes[places]] = paid[places]
    mean = np.full(len(known), np.nan)
    np.divide((total - at_start)[known], frequency, out=mean, where=frequency > 0)
    return mean


def _warn_of_silence(last: int, first: int, end: int, per_day: int) -> None:
    silent = (end - last) / per_day
    if silent > 7 and silent > _SILENT_SHARE * (end - first) / per_day:
        warnings.warn(
            _(
                "purchase_summary: nobody bought in the {days} days before {end}; if the log ends on {last}, "
                "take that day as the end, or everybody looks lost"
            ).format(days=int(silent), end=_shown(end, per_day), last=_shown(last, per_day)),
            errors.CasekitWarning,
            stacklevel=4,
        )
