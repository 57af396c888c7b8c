"""Checked inputs of selling: vectors in one order, frames of ratings and of true and false, weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def as_rows(value: Any) -> Any:
    """One record (dict or Series of single values) or records by name as a DataFrame; else unchanged."""
    if isinstance(value, pd.Series):
        return value.to_frame().T.infer_objects()
    if isinstance(value, Mapping) and value:
        inner = list(value.values())
        if all(isinstance(record, Mapping) for record in inner):
            return pd.DataFrame.from_dict(value, orient="index")
        if not any(isinstance(part, (Mapping, list, tuple, np.ndarray, pd.Series)) for part in inner):
            return pd.DataFrame([value])
    return value


def number_frame(
    check: Check,
    name: str,
    value: Any,
    columns: Iterable[str] | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    hint: str = "",
    missing: bool = False,
) -> pd.DataFrame:
    """A frame whose columns (those named, or all) hold numbers within a range; other columns are left out."""
    frame = check.frame(name, as_rows(value), [] if columns is None else columns)
    wanted = list(frame.columns) if columns is None else [c for c in columns if c in frame.columns]
    numbers = {
        column: check.vector(
            f"{name}[{column!r}]", frame[column], low=low, high=high, hint=hint, missing=missing
        )
        for column in wanted
        if len(frame)
    }
    return pd.DataFrame(numbers, index=frame.index, columns=wanted, dtype=float)


def flag_frame(check: Check, name: str, value: Any, columns: Iterable[str] | None = None) -> pd.DataFrame:
    """A frame of true and false as numbers 1 and 0."""
    frame = check.frame(name, as_rows(value), [] if columns is None else columns)
    wanted = list(frame.columns) if columns is None else [c for c in columns if c in frame.columns]
    marks = {column: flags(check, f"{name}[{column!r}]", frame[column]) for column in wanted if len(frame)}
    return pd.DataFrame(marks, index=frame.index, columns=wanted, dtype=float)


def one_or_each(
    check: Check, name: str, given: Any, like: pd.Series | pd.DataFrame, other_name: str, **limits: Any
) -> pd.Series:
    """One number for all, or one for each row of ``like`` in its order."""
    if as_series(given) is None:
        return pd.Series(check.number(name, given, **limits), index=like.index, dtype=float)
    values = check.vector(name, given, **limits)
    values = alike(check, name, values, other_name, pd.Series(0.0, index=like.index))
    return values.set_axis(like.index) if len(values) == len(like) else pd.Series(np.nan, index=like.index)


def weights_of(check: Check, name: str, weights: Any, labels: Iterable[Any]) -> pd.Series:
    """Weights by label that add up to 1: equal if not given, in the order of ``labels`` if a plain list."""
    order = pd.Index(labels)
    if weights is None:
        return pd.Series(1 / max(1, len(order)), index=order)
    values = check.weights(name, weights)
    if isinstance(weights, (list, tuple, np.ndarray)):
        if len(values) != len(order):
            check.add(errors.different_lengths(name, len(values), "criteria", len(order)))
            return pd.Series(np.nan, index=order)
        return values.set_axis(order)
    return check.same_labels(name, values, "criteria", order)
