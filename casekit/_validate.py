"""One checker a rule. A :class:`Check` collects every problem of a call and raises them together.

check = Check("customer_equity")
margin = check.number("margin", margin)
retention_rate = check.share("retention_rate", retention_rate)
check.done()
"""

from __future__ import annotations

import contextlib
import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _

#: Weights and shares that should add up may miss their total by this much (rounding of printed figures).
TOTAL_TOLERANCE = 1e-6

#: What a vector of numbers cannot hold.
NESTED = (list, tuple, dict, set, np.ndarray, pd.Series)

T = TypeVar("T")


class Check:
    """Collects the problems of one call of ``function``; :meth:`done` raises them together."""

    def __init__(self, function: str):
        self.function = function
        self.problems: list[errors.Problem] = []

    def add(self, problem: errors.Problem) -> None:
        """Note a problem that only this method knows of."""
        self.problems.append(problem)

    def require(self, condition: bool, rule: str, *, got: str, where: str = "", hint: str = "") -> bool:
        """Note a problem unless ``condition`` holds; return the condition."""
        if not condition:
            self.add(errors.must_hold(rule, got, where=where, hint=hint))
        return bool(condition)

    def done(self) -> None:
        """Raise what was collected, if anything was."""
        if self.problems:
            raise errors.InputError(self.function, self.problems)

    # -- single values -----------------------------------------------------------------------------------

    def number(
        self,
        name: str,
        value: Any,
        *,
        low: float | None = None,
        high: float | None = None,
        low_open: bool = False,
        high_open: bool = False,
        unit: str = "",
        hint: str = "",
    ) -> float:
        """A finite number inside its range."""
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            self.add(errors.wrong_type(name, _("a number"), value))
            return math.nan
        number = float(value)
        if not math.isfinite(number):
            self.add(errors.not_finite(name, ""))
            return math.nan
        if _outside(number, low, high, low_open, high_open):
            allowed = _allowed(low, high, low_open, high_open, unit)
            self.add(errors.out_of_range(name, errors.shown(number), allowed, hint=hint))
            return math.nan
        return number

    def positive(self, name: str, value: Any, *, unit: str = "") -> float:
        """A number above zero."""
        return self.number(name, value, low=0, low_open=True, unit=unit)

    def share(self, name: str, value: Any, *, low: float = 0.0, high: float = 1.0) -> float:
        """A share between 0 and 1; a percentage is recognised and named."""
        hint = ""
        if isinstance(value, numbers.Real) and 1 < float(value) <= 100:
            hint = _("for {value} % write {share}").format(
                value=errors.shown(value), share=errors.shown(float(value) / 100)
            )
        return self.number(name, value, low=low, high=high, hint=hint)

    def integer(self, name: str, value: Any, *, low: int | None = None, high: int | None = None) -> int:
        """A whole number inside its range."""
        is_whole = isinstance(value, numbers.Real) and not isinstance(value, (bool, np.bool_))
        if not is_whole or not float(value).is_integer():
            self.add(errors.wrong_type(name, _("a whole number"), value))
            return 0
        number = self.number(name, value, low=low, high=high)
        return 0 if math.isnan(number) else int(number)

    def choice(self, name: str, value: T, known: Sequence[T]) -> T:
        """One of a few known values."""
        if value not in known:
            self.add(errors.unknown_name(name, value, [str(item) for item in known]))
        return value

    def generator(self, name: str, value: Any) -> np.random.Generator:
        """A NumPy random generator, so that a result can be repeated."""
        if not isinstance(value, np.random.Generator):
            hint = f"{name}=np.random.default_rng(7)"
            self.add(errors.wrong_type(name, _("a numpy random Generator"), value, hint))
            return np.random.default_rng(0)
        return value

    # -- many values -------------------------------------------------------------------------------------

    def vector(
        self,
        name: str,
        values: Any,
        *,
        low: float | None = None,
        high: float | None = None,
        low_open: bool = False,
        unit: str = "",
        missing: bool = False,
        hint: str = "",
    ) -> pd.Series:
        """A one-dimensional set of numbers as a Series: lists, dicts, arrays and Series are understood.

        ``missing=True`` lets NaN pass.
        """
        series = as_series(values)
        if series is None or _holds_nested(series):
            self.add(errors.wrong_type(name, _("a list, dict, Series or one-dimensional array"), values))
            return pd.Series(dtype=float)
        if series.empty:
            self.add(errors.empty(name))
            return series.astype(float)
        numeric = pd.to_numeric(series, errors="coerce").astype(float)
        lost = numeric.isna() & series.notna()
        if series.dtype == bool or lost.any():
            bad = series[lost] if lost.any() else series
            self.add(
                errors.must_hold(
                    _("{name} must hold numbers").format(name=name),
                    got=errors.listing(map(repr, bad.unique())),
                    where=errors.rows(bad.index),
                    hint=_("remove units and signs, or read the file with casekit check"),
                )
            )
            return numeric
        broken = np.isinf(numeric) | (numeric.isna() & (not missing))
        if broken.any():
            self.add(errors.not_finite(name, errors.rows(numeric.index[broken])))
        low_bad = pd.Series(False, index=numeric.index)
        if low is not None:
            low_bad = (numeric <= low) if low_open else (numeric < low)
        high_bad = (numeric > high) if high is not None else pd.Series(False, index=numeric.index)
        outside = (low_bad | high_bad) & ~broken
        if outside.any():
            worst = numeric[outside]
            if not hint and (low, high) == (0, 1) and worst.between(1, 100, inclusive="right").all():
                hint = _("these look like percentages: divide by 100")
            self.add(
                errors.out_of_range(
                    name,
                    errors.listing(errors.shown(value) for value in worst),
                    _allowed(low, high, low_open, False, unit),
                    where=errors.rows(worst.index),
                    hint=hint,
                )
            )
        return numeric

    def weights(
        self, name: str, values: Any, *, total: float = 1.0, tolerance: float | None = None
    ) -> pd.Series:
        """Non-negative weights that add up to ``total``."""
        series = self.vector(name, values, low=0)
        if len(series) and not series.isna().any():
            slack = TOTAL_TOLERANCE * max(1.0, total) if tolerance is None else tolerance
            if abs(float(series.sum()) - total) > slack:
                self.add(errors.wrong_total(name, float(series.sum()), total))
        return series

    def frame(self, name: str, value: Any, columns: Iterable[str] = (), *, rows: bool = True) -> pd.DataFrame:
        """A DataFrame with the columns needed (and at least one row, unless ``rows=False``)."""
        wanted = list(columns)
        if isinstance(value, Mapping) or (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and len(value)
            and isinstance(value[0], Mapping)
        ):
            with contextlib.suppress(ValueError):
                value = pd.DataFrame(value)
        if not isinstance(value, pd.DataFrame):
            self.add(errors.wrong_type(name, _("a DataFrame"), value))
            return pd.DataFrame(columns=wanted)
        missing = [column for column in wanted if column not in value.columns]
        if missing:
            self.add(errors.missing_columns(name, missing, [str(column) for column in value.columns]))
        elif rows and value.empty:
            self.add(errors.empty(name))
        return value

    def unique(self, name: str, values: Any) -> None:
        """Values that must not repeat (an index, a key)."""
        series = pd.Series(values)
        repeated = series[series.duplicated(keep="first")]
        if len(repeated):
            self.add(errors.not_unique(name, list(repeated.unique()), errors.rows(repeated.index)))

    def same_labels(
        self, name: str, values: pd.Series, other_name: str, other: pd.Series | pd.Index
    ) -> pd.Series:
        """The Series in the order of ``other``; labels must be the same."""
        target = other.index if isinstance(other, pd.Series) else other
        missing = [label for label in target if label not in values.index]
        extra = [label for label in values.index if label not in target]
        if missing or extra:
            self.add(errors.different_labels(name, missing, extra, other_name))
            return values
        return values.reindex(target)

    def flags(self, name: str, values: Any) -> pd.Series:
        """Yes and no as a boolean Series: True and False, or 1 and 0; a missing value is a problem."""
        series = as_series(values)
        if series is None or series.empty:
            self.add(errors.empty(name) if series is not None else _not_flags(name, values))
            return pd.Series(dtype=bool)
        odd = series[~series.isin([True, False])]
        if len(odd):
            self.add(
                errors.must_hold(
                    _("{name} must hold True or False").format(name=name),
                    got=errors.listing(repr(value) for value in odd.unique()),
                    where=errors.rows(odd.index),
                    hint=_("compare it with what counts as yes, such as {name} == 'yes'").format(name=name),
                )
            )
            return pd.Series(False, index=series.index)
        return series.astype(bool)

    def alike(self, name: str, values: pd.Series, other_name: str, other: pd.Series) -> pd.Series:
        """``values`` in the order of ``other``: by label where both carry labels, else by position."""
        if len(values) != len(other):
            self.add(errors.different_lengths(name, len(values), other_name, len(other)))
            return values
        if values.index.equals(other.index):
            return values
        if any(index.equals(pd.RangeIndex(len(other))) for index in (values.index, other.index)):
            return values.set_axis(other.index)
        repeated = values.index.has_duplicates or other.index.has_duplicates
        if repeated:
            self.unique(f"{name}.index", values.index)
            self.unique(f"{other_name}.index", other.index)
            return values
        return self.same_labels(name, values, other_name, other)

    def dates(self, name: str, values: Any) -> pd.Series:
        """Real dates; integers such as 20210620 are recognised and named."""
        series = as_series(values)
        if series is None:
            self.add(errors.wrong_type(name, _("a Series of dates"), values))
            return pd.Series(dtype="datetime64[ns]")
        if pd.api.types.is_datetime64_any_dtype(series):
            if series.isna().any():
                self.add(errors.not_finite(name, errors.rows(series.index[series.isna()])))
            return series
        hint = _("pd.to_datetime({name})").format(name=name)
        if pd.api.types.is_numeric_dtype(series) and series.between(19000101, 21991231).all():
            hint = _('pd.to_datetime({name}.astype(str), format="%Y%m%d")').format(name=name)
        self.add(
            errors.must_hold(
                _("{name} must hold dates").format(name=name),
                got=_("{dtype}, such as {value}").format(
                    dtype=series.dtype, value=errors.shown(series.iloc[0]) if len(series) else "-"
                ),
                hint=hint,
            )
        )
        return pd.Series(pd.NaT, index=series.index)


def as_series(values: Any) -> pd.Series | None:
    """Lists, dicts, arrays, ranges and Series as a Series; anything else gives None."""
    if isinstance(values, pd.Series):
        return values
    if isinstance(values, (Mapping, list, tuple, range, pd.Index)):
        return pd.Series(values) if len(values) else pd.Series(dtype=float)
    if isinstance(values, np.ndarray) and values.ndim == 1:
        return pd.Series(values)
    if isinstance(values, pd.DataFrame) and values.shape[1] == 1:
        return values.iloc[:, 0]
    return None


def _not_flags(name: str, values: Any) -> errors.Problem:
    return errors.wrong_type(name, _("a list or Series of True and False"), values)


def _holds_nested(series: pd.Series) -> bool:
    return series.dtype == object and bool(series.map(lambda item: isinstance(item, NESTED)).any())


def _outside(number: float, low: float | None, high: float | None, low_open: bool, high_open: bool) -> bool:
    if low is not None and (number < low or (low_open and number == low)):
        return True
    return high is not None and (number > high or (high_open and number == high))


def _allowed(low: float | None, high: float | None, low_open: bool, high_open: bool, unit: str = "") -> str:
    text = errors.interval(low, high, unit)
    if low_open and low is not None:
        text += _(", {low} itself excluded").format(low=errors.shown(low))
    if high_open and high is not None:
        text += _(", {high} itself excluded").format(high=errors.shown(high))
    return text
