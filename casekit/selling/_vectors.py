"""Checked vectors of one campaign: outcome, score and treatment, one value a client, in one order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def flags(check: Check, name: str, values: Any) -> pd.Series:
    """True and false (or 1 and 0) as numbers 1 and 0."""
    series = as_series(values)
    if series is not None and pd.api.types.is_bool_dtype(series) and not series.isna().any():
        series = series.astype(float)
    vector = check.vector(name, values if series is None else series)
    odd = vector[vector.notna() & ~vector.isin([0.0, 1.0])]
    if len(odd):
        check.add(
            errors.must_hold(
                _("{name} must hold true or false").format(name=name),
                got=errors.listing(errors.shown(value) for value in odd.unique()),
                where=errors.rows(odd.index),
                hint=_("compare it with what counts as yes, such as {name} == 'yes'").format(name=name),
            )
        )
    return vector


def alike(check: Check, name: str, values: pd.Series, other_name: str, other: pd.Series) -> pd.Series:
    """``values`` in the order of ``other``: by label if both carry labels, else by position."""
    if len(values) != len(other):
        check.add(errors.different_lengths(name, len(values), other_name, len(other)))
        return values
    plain = (values.index.equals(pd.RangeIndex(len(values))), other.index.equals(pd.RangeIndex(len(other))))
    if any(plain) or values.index.equals(other.index):
        return values
    return check.same_labels(name, values, other_name, other)


def both_kinds(check: Check, name: str, values: pd.Series) -> None:
    """A vector of flags must hold at least one true and one false value."""
    if len(values) and not values.isna().any() and values.nunique() < 2:
        check.add(
            errors.must_hold(
                _("{name} must hold both true and false").format(name=name),
                got=_("only {value}").format(value=bool(values.iloc[0])),
                hint=_("a comparison needs clients of both kinds"),
            )
        )


def last_of_ties(ordered_score: np.ndarray) -> np.ndarray:
    """Positions at which a descending score changes, and the last one: ties share one threshold."""
    changes = np.flatnonzero(np.diff(ordered_score))
    return np.append(changes, len(ordered_score) - 1)


def area(x: Any, y: Any) -> float:
    """Area under a curve by the trapezoidal rule."""
    across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return float((np.diff(across) * (up[1:] + up[:-1]) / 2).sum())
