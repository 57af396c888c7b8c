"""Numbers and sets of numbers side by side: what lifetime-value functions accept as their terms."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: When the money comes, seen from today (see :func:`casekit.value.lifetime_value`).
TIMINGS = ("start", "renewal", "end", "due")

#: A number, or one number a customer (period, segment).
Values: TypeAlias = "float | pd.Series"


def term(check: Check, name: str, value: Any, **limits: Any) -> Values:
    """A number, or a Series where a list, dict, array or Series was given, inside its limits."""
    if isinstance(value, (numbers.Real, str, bool, np.bool_)) or value is None:
        if (limits.get("low"), limits.get("high")) == (0, 1):
            return check.share(name, value)
        return check.number(name, value, **limits)
    return check.vector(name, value, **limits)


def period_rate(check: Check, name: str, value: Any, *, low: float = -1.0, low_open: bool = True) -> Values:
    """A discount or growth rate per period; 1 and more is allowed, but is most often a percentage."""
    read = term(check, name, value, low=low, low_open=low_open)
    check.percent_suspected(name, float(np.max(read)) if np.size(read) else 0.0)
    return read


def rate_terms(
    check: Check, margin: Any, retention_rate: Any, discount_rate: Any, growth_rate: Any
) -> tuple[Values, Values, Values, Values]:
    """Margin, retention, discount and growth, checked one by one and brought to the same labels."""
    given = {
        "margin": margin,
        "retention_rate": retention_rate,
        "discount_rate": discount_rate,
        "growth_rate": growth_rate,
    }
    read = {
        "margin": term(check, "margin", margin),
        "retention_rate": term(check, "retention_rate", retention_rate, low=0, high=1),
        "discount_rate": period_rate(check, "discount_rate", discount_rate),
        "growth_rate": period_rate(check, "growth_rate", growth_rate),
    }
    check.done()
    matched = side_by_side(check, given, read)
    return matched["margin"], matched["retention_rate"], matched["discount_rate"], matched["growth_rate"]


def side_by_side(check: Check, given: Mapping[str, Any], read: Mapping[str, Values]) -> dict[str, Values]:
    """Series in one order of labels. Lists go by position, dicts and Series by label."""
    many = {name: value for name, value in read.items() if isinstance(value, pd.Series)}
    if not many:
        return dict(read)
    labelled = [name for name in many if isinstance(given[name], (Mapping, pd.Series, pd.DataFrame))]
    leader = (labelled or list(many))[0]
    index = many[leader].index
    matched = dict(read)
    for name, series in many.items():
        if len(series) != len(index):
            check.add(errors.different_lengths(name, len(series), leader, len(index)))
        elif name not in labelled:
            matched[name] = pd.Series(series.to_numpy(), index=index)
        elif not series.index.equals(index):
            check.unique(_("the labels of {name}").format(name=name), series.index)
            check.unique(_("the labels of {name}").format(name=leader), index)
            check.done()
            matched[name] = check.same_labels(name, series, leader, index)
    check.done()
    return matched


def must_converge(check: Check, retention_rate: Values, discount_rate: Values, growth_rate: Values) -> None:
    """Without a horizon money must lose value faster than it grows."""
    ratio = pd.Series(retention_rate * (1 + growth_rate) / (1 + discount_rate))
    endless = ratio >= 1
    if endless.any():
        several = isinstance(retention_rate * growth_rate * discount_rate, pd.Series)
        check.add(
            errors.must_hold(
                _("retention_rate * (1 + growth_rate) must be less than 1 + discount_rate"),
                got=_("a ratio of {ratio}").format(ratio=errors.shown(float(ratio.max()))),
                where=errors.rows(ratio.index[endless]) if several else "",
                hint=_("give a horizon: without one the value has no limit"),
            )
        )
    check.done()


def first_weight(timing: str, retention_rate: Values, discount_rate: Values) -> Values:
    """Chance and discount of the first payment."""
    if timing == "start":
        return 1.0 + 0 * retention_rate * discount_rate
    if timing == "renewal":
        return retention_rate / (1 + discount_rate)
    if timing == "end":
        return 1 / (1 + discount_rate) + 0 * retention_rate
    return retention_rate + 0 * discount_rate


def geometric_sum(ratio: Values, horizon: int | None) -> Values:
    """1 + ratio + ratio**2 + … over ``horizon`` terms, or all of them."""
    if horizon is None:
        return 1 / (1 - ratio)
    q = np.asarray(ratio, dtype=float)
    flat = np.abs(q - 1) < 1e-9
    safe = np.where(flat, 0.5, q)
    total = np.where(flat, horizon * (1 + (horizon - 1) / 2 * (q - 1)), (1 - safe**horizon) / (1 - safe))
    return pd.Series(total, index=ratio.index) if isinstance(ratio, pd.Series) else float(total)


def named(value: Values, name: str) -> Values:
    """A float, or a Series with its name."""
    return value.rename(name) if isinstance(value, pd.Series) else float(value)
