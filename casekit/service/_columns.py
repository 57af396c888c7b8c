"""Checked columns that several service measures share: labels and counts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


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
