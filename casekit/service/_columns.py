"""Checked columns that several service measures share: labels, counts, true and false."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def flags(check: Check, name: str, values: Any) -> pd.Series:
    """True and false (or 1 and 0) as a boolean Series; a missing value is a problem."""
    series = as_series(values)
    if series is None:
        check.add(errors.wrong_type(name, _("a list or Series of true and false"), values))
        return pd.Series(dtype=bool)
    if series.empty:
        check.add(errors.empty(name))
        return pd.Series(dtype=bool)
    odd = series[~series.isin([True, False])]
    if len(odd):
        check.add(
            errors.must_hold(
                _("{name} must hold true or false").format(name=name),
                got=errors.listing(dict.fromkeys(repr(value) for value in odd)),
                where=errors.rows(odd.index),
                hint=_("compare it with what counts as yes, such as {name} == 'yes'").format(name=name),
            )
        )
        return pd.Series(False, index=series.index)
    return series.astype(bool)


def tallies(check: Check, name: str, values: Any) -> pd.Series:
    """Counts by label: given as counts (a dict or a numeric Series), or counted from a list of labels."""
    series = as_series(values)
    if series is None:
        check.add(errors.wrong_type(name, _("labels, or counts by label"), values))
        return pd.Series(dtype=float)
    if series.empty:
        check.add(errors.empty(name))
        return pd.Series(dtype=float)
    if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        counts = whole(check, name, series)
        check.unique(f"{name}.index", counts.index)
        return counts
    if series.isna().any():
        check.add(errors.not_finite(name, errors.rows(series.index[series.isna()])))
    check.names(name, list(series.dropna()), repeats=True)
    return series.value_counts().sort_index(key=lambda labels: labels.astype(str)).astype(float)


def whole(check: Check, name: str, values: Any, *, low: int = 0) -> pd.Series:
    """A vector of counts: whole numbers of ``low`` or more."""
    counts = check.vector(name, values, low=low)
    broken = counts[counts.notna() & (counts % 1 != 0)]
    if len(broken):
        check.add(
            errors.must_hold(
                _("{name} must hold whole numbers").format(name=name),
                got=errors.listing(errors.shown(value) for value in broken),
                where=errors.rows(broken.index),
                hint=_("give counts, not shares"),
            )
        )
    return counts


def alike(check: Check, name: str, values: pd.Series, other_name: str, other: pd.Series) -> pd.Series:
    """``values`` in the order of ``other``: by label if both carry labels, else by position."""
    if len(values) != len(other):
        check.add(errors.different_lengths(name, len(values), other_name, len(other)))
        return values
    plain = (values.index.equals(pd.RangeIndex(len(values))), other.index.equals(pd.RangeIndex(len(other))))
    if values.index.equals(other.index):
        return values
    if any(plain):
        return values.set_axis(other.index)
    return check.same_labels(name, values, other_name, other)
