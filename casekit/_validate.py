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
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from casekit import errors
from casekit._kinds import Kinds
from casekit._text import _

#: Weights and shares that should add up may miss their total by this much (rounding of printed figures).
TOTAL_TOLERANCE = 1e-6

#: What a vector of numbers cannot hold.
NESTED = (list, tuple, dict, set, np.ndarray, pd.Series, pd.DataFrame, pd.Index)

#: What pandas would turn into a number without a word.
NO_NUMBERS = (bool, np.bool_, complex, date, np.datetime64, timedelta, np.timedelta64)

#: A share or rate from here on is most often a percentage.
PERCENT_FROM = 1.0

#: Where this package lies: a warning points at the first line outside.
PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep

T = TypeVar("T")

#: The check of the function that the reader called, while it calls other functions of casekit.
_outer: ContextVar[Check | None] = ContextVar("_outer", default=None)


class Check(Kinds):
    """Collects the problems of one call of ``function``; :meth:`done` raises them together."""

    def __init__(self, function: str):
        outer = _outer.get()
        self.function = function if outer is None else outer.function
        self.warned: set[str] = set() if outer is None else outer.warned
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

    @contextlib.contextmanager
    def inner(self) -> Iterator[None]:
        """Functions called inside speak in the name of this one, and do not repeat its warnings."""
        token = _outer.set(self)
        try:
            yield
        finally:
            _outer.reset(token)

    def warn(self, message: str, *, about: str = "") -> None:
        """Warn at the reader's line; ``about`` the same argument only once."""
        if about and about in self.warned:
            return
        self.warned.add(about)
        warnings.warn(message, errors.CasekitWarning, stacklevel=_readers_line())

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
        if isinstance(value, np.ndarray) and value.ndim == 0:
            value = value.item()
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            wanted = _("one number") if isinstance(value, NESTED) else _("a number")
            self.add(errors.wrong_type(name, wanted, value))
            return math.nan
        number = _float(value)
        if not math.isfinite(number):
            self.add(errors.not_finite(name, ""))
            return math.nan
        if _outside(number, low, high, low_open, high_open):
            allowed = _allowed(low, high, low_open, high_open, unit)
            self.add(errors.out_of_range(name, errors.shown(number), allowed, hint=hint))
            return math.nan
        return number

    def rate(self, name: str, value: Any, *, low: float = -1.0, low_open: bool = True) -> float:
        """One rate of growth or discount; from 1 on it warns that a percentage may be meant."""
        number = self.number(name, value, low=low, low_open=low_open)
        self.percent_suspected(name, number)
        return number

    def percent_suspected(self, name: str, value: float) -> None:
        """Warn if a rate per period is so large that it must be a percentage."""
        if value >= PERCENT_FROM:
            message = _(
                "{function}: a {name} of {value} means {percent} % a period; for {value} % write {share}"
            )
            self.warn(
                message.format(
                    function=self.function,
                    name=name,
                    value=errors.shown(value),
                    percent=errors.shown(100 * value),
                    share=errors.shown(value / 100),
                ),
                about=name,
            )

    def positive(self, name: str, value: Any, *, unit: str = "") -> float:
        """A number above zero."""
        return self.number(name, value, low=0, low_open=True, unit=unit)

    def share(self, name: str, value: Any, *, low: float = 0.0, high: float = 1.0) -> float:
        """A share between 0 and 1; a percentage is recognised and named."""
        hint = ""
        if isinstance(value, numbers.Real) and 1 < _float(value) <= 100:
            hint = _("for {value} % write {share}").format(
                value=errors.shown(value), share=errors.shown(float(value) / 100)
            )
        return self.number(name, value, low=low, high=high, hint=hint)

    def integer(self, name: str, value: Any, *, low: int | None = None, high: int | None = None) -> int:
        """A whole number inside its range."""
        is_whole = isinstance(value, numbers.Real) and not isinstance(value, (bool, np.bool_))
        if not is_whole or not _float(value).is_integer():
            self.add(errors.wrong_type(name, _("a whole number"), value))
            return 0
        number = self.number(name, value, low=low, high=high)
        return 0 if math.isnan(number) else int(number)

    def choice(self, name: str, value: T, known: Sequence[T]) -> T:
        """One of a few known values."""
        if not _is_one_of(value, known):
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
            self.stop(errors.wrong_type(name, _("a list, dict, Series or one-dimensional array"), values))
        if series.empty:
            self.add(errors.empty(name))
            return series.astype(float)
        if not isinstance(series.index, pd.MultiIndex) and series.index.hasnans:
            self.add(
                errors.must_hold(
                    _("{name} must have a label for each value").format(name=name),
                    got=_("missing labels"),
                    hint=_("give each a name, or drop it"),
                )
            )
        numeric, lost = _as_numbers(series)
        if lost.any():
            bad = series[lost]
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
                    each=True,
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

    def frame(
        self,
        name: str,
        value: Any,
        columns: Iterable[str] = (),
        *,
        rows: bool = True,
        keys: Iterable[str] = (),
        lists: Iterable[str] = (),
    ) -> pd.DataFrame:
        """A DataFrame with the columns needed (and at least one row, unless ``rows=False``).

        A dict of columns and a list of records are read as one. ``keys`` are those of the columns that name
        what a row is about: none may be missing. ``lists`` are those whose cells may hold lists.
        """
        wanted = self.names(_("the columns of {name}").format(name=name), list(columns), repeats=True)
        if isinstance(value, Mapping) or (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and len(value)
            and isinstance(value[0], Mapping)
        ):
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                value = pd.DataFrame(value)
        if not isinstance(value, pd.DataFrame):
            self.stop(errors.wrong_type(name, _("a DataFrame"), value, _to_pandas(name, value)))
        present = list(value.columns)
        missing = [column for column in wanted if not _is_one_of(column, present)]
        if missing:
            self.add(errors.missing_columns(name, missing, [str(column) for column in value.columns], wanted))
        elif rows and value.empty:
            self.add(errors.empty(name))
        asked = wanted or present
        twice = value.columns[value.columns.duplicated()].intersection(asked).unique().tolist()
        if twice:
            self.add(errors.not_unique(f"{name}.columns", twice))
            value = value.loc[:, ~value.columns.duplicated()]
        self.cells(name, value, [one for one in asked if one in value.columns and one not in set(lists)])
        for column in keys:
            if _is_one_of(column, present):
                self.labels(f"{name}[{column!r}]", value[column])
        return value

    def labels(self, name: str, values: pd.Series | pd.Index) -> None:
        """Names of customers, months, tiers: one in each row, none missing."""
        if isinstance(values, pd.MultiIndex):
            self.add(errors.wrong_type(name, _("one column of names"), values[0] if len(values) else ()))
            return
        series = values if isinstance(values, pd.Series) else pd.Series(values)
        if _holds_nested(series):
            self.add(errors.wrong_type(name, _("a column with one name in each row"), series.iloc[0]))
        elif series.isna().any():
            lost = series.isna()
            self.add(
                errors.must_hold(
                    _("{name} must be known in every row").format(name=name),
                    got=_("missing values"),
                    where=errors.rows(series.index[lost]),
                    hint=_("drop the rows without it first, and say how many in your report"),
                )
            )
        else:
            self.one_kind(name, series)

    def one_kind(self, name: str, values: pd.Series) -> None:
        """Labels that can be put in order: not words beside numbers or dates."""
        if values.dtype != object or not pd.api.types.infer_dtype(values).startswith("mixed"):
            return
        try:
            sorted(values.unique())
        except TypeError:
            kinds = dict.fromkeys(type(value).__name__ for value in values)
            self.add(
                errors.must_hold(
                    _("{name} must hold labels of one kind").format(name=name),
                    got=errors.listing(kinds),
                    hint=_("{name}.astype(str)").format(name=name),
                )
            )

    def numbers(
        self, frame: pd.DataFrame, columns: Iterable[Any], *, name: str = "", **limits: Any
    ) -> pd.DataFrame:
        """The frame with these columns checked, numbers that came as text or objects read as numbers.

        A message speaks of ``column``, with ``name`` of ``name['column']``.
        """
        read = {
            column: self.vector(f"{name}[{column!r}]" if name else str(column), frame[column], **limits)
            for column in columns
        }
        loose = {
            column: values
            for column, values in read.items()
            if len(values) == len(frame) and not pd.api.types.is_numeric_dtype(frame[column].dtype)
        }
        return frame.assign(**loose) if loose and not self.problems else frame

    def unique(self, name: str, values: Any) -> None:
        """Values that must not repeat (an index, a key)."""
        series = pd.Series(list(values) if isinstance(values, pd.MultiIndex) else values)
        try:
            series.duplicated()
        except TypeError:
            self.add(errors.wrong_type(name, _("a column with one name in each row"), series.iloc[0]))
            return
        repeated = series[series.duplicated(keep="first")]
        if len(repeated):
            self.add(errors.not_unique(name, list(repeated.map(str).unique()), errors.rows(repeated.index)))

    def same_labels(
        self, name: str, values: pd.Series, other_name: str, other: pd.Series | pd.Index
    ) -> pd.Series:
        """The Series in the order of ``other``; labels must be the same."""
        target = other.index if isinstance(other, pd.Series) else other
        if values.index.has_duplicates:
            self.unique(_("the labels of {name}").format(name=name), values.index)
            return values
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
        if _holds_nested(series):
            self.add(_not_flags(name, values))
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
        """Real dates, one in each row; what else people write for a date is recognised and named."""
        series = as_series(values)
        if series is None:
            self.add(errors.wrong_type(name, _("a Series of dates"), values))
            return pd.Series(dtype="datetime64[ns]")
        if pd.api.types.is_datetime64_any_dtype(series):
            if series.isna().any():
                self.add(errors.missing_dates(name, errors.rows(series.index[series.isna()])))
            return series
        unread, hint = _how_to_read_dates(name, series)
        self.add(
            errors.must_hold(
                _("{name} must hold dates").format(name=name),
                got=_("{dtype}, such as {value}").format(
                    dtype=series.dtype, value=_example(series if unread.empty else unread)
                ),
                where=errors.rows(unread.index) if len(unread) else "",
                hint=hint,
            )
        )
        return pd.Series(pd.NaT, index=series.index)

    def day(self, name: str, value: Any) -> pd.Timestamp:
        """One date or moment, without its time zone; numbers are none, whatever they were meant to be."""
        stamp: Any = pd.NaT
        if not isinstance(value, (numbers.Number, np.ndarray)):
            with contextlib.suppress(TypeError, ValueError, OverflowError):
                stamp = pd.Timestamp(value)
        if isinstance(stamp, pd.Timestamp) and not pd.isna(stamp):
            return stamp.tz_localize(None)
        hint = _('{name}="2024-03-31"').format(name=name)
        digits = str(value)
        if isinstance(value, (int, np.integer)) and _PLAIN_DAY[0] <= value <= _PLAIN_DAY[1]:
            hint = f'{name}="{digits[:4]}-{digits[4:6]}-{digits[6:]}"'
        self.add(errors.wrong_type(name, _("a date"), value, hint=hint))
        return pd.NaT


#: Whole numbers between these look like dates: 20210620.
_PLAIN_DAY = (19000101, 21991231)

#: How pandas reads numbers that stand for dates: lowest and highest number, and the rest of the call.
_NUMBERS_FOR_DATES = (
    (20_000, 80_000, 'unit="D", origin="1899-12-30"'),  # a spreadsheet's days
    (5e8, 5e9, 'unit="s"'),
    (5e11, 5e12, 'unit="ms"'),
    (5e14, 5e15, 'unit="us"'),
    (5e17, 5e18, 'unit="ns"'),
)


def _how_to_read_dates(name: str, series: pd.Series) -> tuple[pd.Series, str]:
    """The values that cannot be read as dates, and the call that reads the others."""
    known = series.dropna()
    if pd.api.types.is_bool_dtype(series.dtype) or pd.api.types.is_complex_dtype(series.dtype) or known.empty:
        return known, _("name the column that holds the dates")
    if pd.api.types.is_numeric_dtype(series.dtype):
        return _numbers_as_dates(name, known)
    ways: tuple[tuple[str, dict[str, Any]], ...] = (
        (f"pd.to_datetime({name})", {}),
        (f'pd.to_datetime({name}, format="%Y年%m月%d日")', {"format": "%Y年%m月%d日"}),
        (f'pd.to_datetime({name}, format="mixed")', {"format": "mixed"}),
    )
    for call, options in ways:
        with warnings.catch_warnings(), contextlib.suppress(TypeError, ValueError, OverflowError, Warning):
            warnings.simplefilter("error")
            pd.to_datetime(known, **options)
            return known.iloc[:0], call if "mixed" not in call else _mixed(call)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            read = pd.to_datetime(known, format="mixed", errors="coerce")
        except (TypeError, ValueError, OverflowError):
            return known, _("write every date as year-month-day")
    unread = known[read.isna()]
    if len(unread) == len(known):
        return unread, _("write every date as year-month-day")
    call = f'pd.to_datetime({name}, format="mixed")'
    return unread, _("correct these rows, then {call}").format(call=call)


def _mixed(call: str) -> str:
    return _("{call}; with dayfirst=True if 5/2/2024 is the fifth of February").format(call=call)


def _numbers_as_dates(name: str, known: pd.Series) -> tuple[pd.Series, str]:
    numeric = known.astype(float)
    if numeric.between(*_PLAIN_DAY).all():
        text = f"{name}.astype(str)"
        if not pd.api.types.is_integer_dtype(known.dtype):
            text = f'{name}.astype("Int64").astype("string")'
        return known.iloc[:0], f'pd.to_datetime({text}, format="%Y%m%d")'
    for low, high, options in _NUMBERS_FOR_DATES:
        if numeric.between(low, high).all():
            return known.iloc[:0], f"pd.to_datetime({name}, {options})"
    return known, _("name the column that holds the dates")


def _example(series: pd.Series) -> str:
    if series.empty:
        return "-"
    value = series.iloc[0]
    return str(value) if isinstance(value, (numbers.Number, np.number)) else errors.shown(value)


def as_series(values: Any) -> pd.Series | None:
    """Lists, dicts, arrays, ranges and Series as a Series; anything else gives None."""
    if isinstance(values, pd.Series):
        return values
    if isinstance(values, (KeysView, ValuesView, pd.api.extensions.ExtensionArray)):
        values = list(values)
    if isinstance(values, (Mapping, list, tuple, range, pd.Index)):
        return pd.Series(values) if len(values) else pd.Series(dtype=float)
    if isinstance(values, np.ndarray) and values.ndim == 1:
        return pd.Series(values)
    if isinstance(values, pd.DataFrame) and values.shape[1] == 1:
        return values.iloc[:, 0]
    return None


def _to_pandas(name: str, value: Any) -> str:
    """What turns a frame of another engine into one of pandas, where only that will do."""
    for method in ("to_pandas", "toPandas", "df", "compute"):
        if callable(getattr(value, method, None)) and hasattr(value, "columns"):
            return f"{name}.{method}()"
    return f"{name}.collect().to_pandas()" if callable(getattr(value, "collect", None)) else ""


def _readers_line() -> int:
    """How far up the first line lies that is not part of casekit."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(PACKAGE):
        level, frame = level + 1, frame.f_back
    return level


def _is_one_of(value: Any, known: Iterable[Any]) -> bool:
    if isinstance(value, (np.ndarray, pd.Series, pd.DataFrame, pd.Index)):
        return False
    try:
        return value in known
    except (TypeError, ValueError):
        return False


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf
    except (TypeError, ValueError):
        return math.nan


def _as_numbers(series: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The values as floats, and where they are none: text, dates, True and False."""
    kind = series.dtype
    if isinstance(kind, pd.CategoricalDtype):
        series = series.astype(object)
    elif (
        pd.api.types.is_bool_dtype(kind)
        or not (
            pd.api.types.is_numeric_dtype(kind)
            or pd.api.types.is_string_dtype(kind)
            or pd.api.types.is_object_dtype(kind)
        )
        or pd.api.types.is_complex_dtype(kind)
    ):
        return pd.Series(math.nan, index=series.index), pd.Series(True, index=series.index)
    try:
        numeric = pd.to_numeric(series, errors="coerce").astype(float)
    except (OverflowError, TypeError, ValueError):
        numeric = series.map(_float).astype(float)
    lost = numeric.isna() & series.notna()
    if series.dtype == object:
        lost |= series.map(lambda item: isinstance(item, NO_NUMBERS) and not pd.isna(item)).astype(bool)
    return numeric, lost


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
