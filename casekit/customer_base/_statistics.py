"""Checked sufficient statistics of a summary, and identical customers counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import gammaln, psi, zeta

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Rows from which on it pays to look for identical customers.
_WORTH_GROUPING = 500

#: Frequencies up to which differences of log-gammas are summed term by term: quick, and no digit is lost.
_TABLE = 10_000

#: More repeat purchases than this nobody makes: another column has slipped in.
MOST_PURCHASES = 10**12

#: Distinct one-time and repeat buyers, each, that are enough to find the neighbourhood of the maximum.
_SAMPLE = 800


@dataclass(frozen=True)
class Statistics:
    """Frequency (whole numbers), recency and T of customers, each row standing for ``weight`` customers."""

    x: np.ndarray
    recency: np.ndarray
    T: np.ndarray
    weight: np.ndarray

    @property
    def customers(self) -> float:
        return float(self.weight.sum())


def read_statistics(check: Check, summary: pd.DataFrame, weights: Any = None) -> Statistics:
    """Frequency, recency and T of a summary, every rule between them checked."""
    frame = check.frame("summary", summary, ["frequency", "recency", "T"])
    check.done()
    x, recency, T = (_column(check, frame, name) for name in ("frequency", "recency", "T"))
    weight = read_weights(check, frame, weights)
    check.done()
    _check_relations(check, frame, x, recency, T)
    check.done()
    return Statistics(x.astype(np.int64), recency, T, weight)


def _column(check: Check, frame: pd.DataFrame, name: str) -> np.ndarray:
    values = frame[name]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiu":
        array = values.to_numpy(dtype=float)
        if array.min() >= 0 and np.isfinite(array.sum()):
            return array
    return check.vector(name, values, low=0).to_numpy(dtype=float)


def read_weights(check: Check, frame: pd.DataFrame, weights: Any) -> np.ndarray:
    """How many customers each row stands for: one, a column by name, or a vector in the order of the rows."""
    if weights is None:
        return np.ones(len(frame))
    if isinstance(weights, str):
        weights = check.frame("summary", frame, [weights]).get(weights, pd.Series(dtype=float))
        check.done()
    vector = check.vector("weights", weights, low=0)
    if len(vector) != len(frame):
        check.add(errors.different_lengths("weights", len(vector), "summary", len(frame)))
    elif not check.problems and vector.sum() <= 0:
        check.add(errors.empty("weights"))
    return vector.to_numpy(dtype=float)


def _check_relations(
    check: Check, frame: pd.DataFrame, x: np.ndarray, recency: np.ndarray, T: np.ndarray
) -> None:
    whole_purchases(check, frame, x)
    count = _("frequency must count purchases")
    id_hint = _("look whether another column, such as an id, was taken for it")
    refuse(check, frame, x > MOST_PURCHASES, count, x, hint=id_hint)
    late = recency > T * (1 + 1e-12)
    if late.any():
        check.add(
            errors.must_hold(
                _("recency must not be greater than T"),
                got=errors.listing(
                    f"{errors.shown(a)} > {errors.shown(b)}"
                    for a, b in zip(recency[late], T[late], strict=True)
                ),
                where=errors.rows(frame.index[late]),
                hint=_("both count from the first purchase and in the same unit"),
            )
        )
    once = _("a customer without repeat purchase must have recency 0")
    age = _("recency is the age at the last purchase, not the days since: T - days_since")
    refuse(check, frame, (x == 0) & (recency > 0), once, recency, hint=age)


def whole_purchases(check: Check, frame: pd.DataFrame, x: np.ndarray) -> None:
    """Refuse frequencies that are no whole numbers."""
    rule = _("frequency must count whole purchases")
    hint = _("frequency is the number of repeat purchases, not purchases per period")
    refuse(check, frame, x != np.floor(x), rule, x, hint=hint)


def refuse(
    check: Check, frame: pd.DataFrame, bad: np.ndarray, rule: str, values: np.ndarray, *, hint: str
) -> None:
    """A problem that shows the values of the bad rows, if there are any."""
    if bad.any():
        got = errors.listing(errors.shown(value) for value in values[bad])
        check.add(errors.must_hold(rule, got=got, where=errors.rows(frame.index[bad]), hint=hint))


def grouped(statistics: Statistics) -> Statistics:
    """Identical customers as one row with their number as weight, one-time buyers first.

    Repeat buyers stay as they are where few of them are identical.
    """
    x, recency, T, weight = statistics.x, statistics.recency, statistics.T, statistics.weight
    once = x == 0
    single = bool((weight == 1).all())
    if single:
        T_once, count = np.unique(T[once], return_counts=True)
    else:
        T_once, place = np.unique(T[once], return_inverse=True)
        count = np.bincount(place, weights=weight[once], minlength=len(T_once))
    zeros = np.zeros(len(T_once))
    again = ~once
    x, recency, T, weight = x[again], recency[again], T[again], weight[again]
    if len(x) >= _WORTH_GROUPING:
        first, found, sums = distinct_rows((x, recency, T), weight)
        if found is not None:
            x, recency, T, weight = x[first], recency[first], T[first], sums
    return Statistics(
        np.concatenate([zeros.astype(np.int64), x]),
        np.concatenate([zeros, recency]),
        np.concatenate([T_once, T]),
        np.concatenate([count.astype(float), weight]),
    )


def sampled(statistics: Statistics) -> Statistics | None:
    """A systematic sample of the rows, weights raised to match; None where the whole is small enough."""
    once = statistics.x == 0
    rows, weights = [], []
    for part in (np.flatnonzero(once), np.flatnonzero(~once)):
        step = max(1, len(part) // _SAMPLE)
        rows.append(part[step // 2 :: step])
        total = float(statistics.weight[part].sum())
        found = float(statistics.weight[rows[-1]].sum())
        weights.append(statistics.weight[rows[-1]] * (total / found if found > 0 else 1.0))
    some, weight = np.concatenate(rows), np.concatenate(weights)
    if len(some) > 0.5 * len(statistics.x):
        return None
    return Statistics(statistics.x[some], statistics.recency[some], statistics.T[some], weight)


def distinct_rows(
    columns: tuple[np.ndarray, ...], weight: np.ndarray, *, share: float = 0.7
) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """First row of each distinct combination, the combination of each row, and the summed weights.

    Without a gain (more than ``share`` of the rows distinct) the place comes back as None.
    """
    key = _hash(columns)
    ordered = np.sort(key)
    change = np.empty(len(key), dtype=bool)
    change[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=change[1:])
    if change.sum() > share * len(key):
        return np.arange(len(key)), None, weight
    order = np.argsort(key)
    label = np.cumsum(change) - 1
    place = np.empty(len(key), dtype=np.int64)
    place[order] = label
    first = order[change]
    for column in columns:  # two combinations with one hash: never seen, but it would be silent
        if not np.array_equal(column[first][place], column):
            return np.arange(len(key)), None, weight
    return first, place, np.bincount(place, weights=weight)


def _hash(columns: tuple[np.ndarray, ...]) -> np.ndarray:
    key = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        bits = np.ascontiguousarray(column + 0.0).view(np.uint64)  # + 0.0 makes one zero of two
        key = (key ^ bits) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key


class RisingSum:
    """Sum over customers of ``ln G(v + x) - ln G(v)``, G the gamma function, with two derivatives in v."""

    def __init__(self, x: np.ndarray, weight: np.ndarray):
        self.table = len(x) == 0 or int(x.max()) <= _TABLE
        if self.table:
            self.weight = _tail_counts(x, weight)
            self.at = np.arange(len(self.weight))
        else:
            at, place = np.unique(x, return_inverse=True)
            self.at, self.weight = at.astype(float), np.bincount(place, weights=weight)

    def __call__(self, v: float) -> tuple[float, float, float]:
        if self.table:
            over = 1 / (v + self.at)
            terms = -np.log(over), over, -over * over
        else:
            both = v + self.at
            terms = gammaln(both) - gammaln(v), psi(both) - psi(v), zeta(2, both) - zeta(2, v)
        value, slope, bend = (float(self.weight @ term) for term in terms)
        return value, slope, bend


def counts_by_frequency(x: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct frequencies and the weight of the customers of each."""
    if int(x.max()) > _TABLE:
        distinct, place = np.unique(x, return_inverse=True)
        return distinct.astype(float), np.bincount(place, weights=weight)
    counts = np.bincount(x, weights=weight)
    found = np.flatnonzero(counts)
    return found.astype(float), counts[found]


def _tail_counts(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """For j = 0, 1, ...: the weight of the rows with x above j, so that log-gamma differences become sums."""
    counts = np.bincount(x, weights=weight)
    return counts[::-1].cumsum()[::-1][1:]


def index_of(summary: Any, size: int) -> pd.Index:
    """The customers of a summary; numbers where it came as a dict or a list."""
    return summary.index if isinstance(summary, pd.DataFrame) else pd.RangeIndex(size)
