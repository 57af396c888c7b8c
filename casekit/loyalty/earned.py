"""The tier that a month earns, by thresholds on one measure or by rules on several.

A month earns a level: 0 below all tiers, 1 for the lowest tier, and so on; -1 as long as the customer is not
one yet. Which tier the customer then holds is decided in :mod:`casekit.loyalty.tiers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def earned_levels(measure: Any, *, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """The level that each month earns by one measure, such as assets or spend.

    Banks take the monthly average of assets, deposits and investments together; weights for kinds of assets
    are applied before.

    Parameters
    ----------
    measure : DataFrame or dict of lists (by month), shape (n_customers, n_months)
        One row a customer, one column a month in order of time, any unit. Missing values before a customer's
        first month mean "not a customer yet"; a gap after it is refused (write 0 for a month without any).
    thresholds : mapping of tier name to number
        Lowest value that earns the tier, from the lowest tier to the highest, in the unit of ``measure``.
        A value equal to a threshold earns the tier.

    Returns
    -------
    DataFrame of int, same shape and labels
        0 below every threshold, 1 for the first tier and so on; -1 before the customer's first month.

    Raises
    ------
    InputError
        If thresholds do not rise, labels repeat, months are out of order, or values are missing inside.

    Notes
    -----
    Level = number of thresholds at or below the measure.

    References
    ----------
    Chinese banks publish such rules for monthly average assets (China Construction Bank); Industrial Bank
    weights the balances first.

    Examples
    --------
    >>> assets = pd.DataFrame({1: [40, 600], 2: [250, 600]}, index=["Li", "Wu"])
    >>> earned_levels(assets, thresholds={"silver": 200, "gold": 500})
        1  2
    Li  0  1
    Wu  2  2
    """
    check = Check("earned_levels")
    bounds = _thresholds(check, thresholds)
    frame = wide_months(check, "measure", measure)
    check.done()
    values = frame.to_numpy(dtype=float)
    levels = np.where(np.isnan(values), -1, np.searchsorted(bounds, np.nan_to_num(values), side="right"))
    return pd.DataFrame(levels.astype(np.int64), index=frame.index, columns=frame.columns)


def earned_levels_by_rules(
    panel: Any,
    *,
    rules: Mapping[str, Mapping[str, Any]],
    customer: str = "customer_id",
    month: str = "month",
) -> pd.DataFrame:
    """The level that each month earns when a tier asks for several things at once.

    Parameters
    ----------
    panel : DataFrame, dict of lists or list of dict
        One row a customer and month, with the columns ``customer``, ``month`` and those that rules name.
    rules : mapping of tier name to mapping of column to bound
        From the lowest tier to the highest. A bound is a number (at least) or a pair (low, high), either of
        them None; both ends belong to the range. All rules of a tier must hold. A month earns the highest
        tier whose rules hold, whether or not it meets those of the tiers below.
    customer, month : str
        Names of the columns that identify a row.

    Returns
    -------
    DataFrame of int, shape (n_customers, n_months)
        Like :func:`earned_levels`. A missing measure (spend a head without a visit) fails its rule; a missing
        month after a customer's first counts as level 0.

    Raises
    ------
    InputError
        If columns are missing, a customer has two rows in a month, or a range ends below its beginning.

    Notes
    -----
    Level = the highest tier all of whose rules ``low <= measure <= high`` hold.

    References
    ----------
    Zeithaml, V. A., Rust, R. T. and Lemon, K. N. (2001). The customer pyramid. *California Management Review*
    43(4), 118–142; the rules of visits and spend are the course's (C级活跃客户, C级品质客户).

    Examples
    --------
    >>> panel = pd.DataFrame({"customer_id": ["A", "B"], "month": 1, "visits": [3, 2], "spend": [900, 1600]})
    >>> rules = {"active": {"visits": 2}, "quality": {"visits": 2, "spend": 1500}}
    >>> earned_levels_by_rules(panel, rules=rules)[1].to_dict()
    {'A': 1, 'B': 2}
    """
    check = Check("earned_levels_by_rules")
    asked_of = check.mapping("rules", rules)
    bounds = {
        tier: _bounds(check, tier, check.mapping(f"rules[{tier!r}]", asked))
        for tier, asked in asked_of.items()
    }
    columns = dict.fromkeys(column for asked in bounds.values() for column in asked)
    panel = check.frame("panel", panel, [customer, month, *columns], keys=[customer, month])
    check.require(bool(asked_of), _("rules must name at least one tier"), got=_("none"))
    check.done()
    check.unique("panel", list(zip(panel[customer], panel[month], strict=True)))
    panel = check.numbers(panel, columns, name="panel", missing=True)
    check.done()
    level = np.zeros(len(panel), dtype=np.int64)
    for number, asked in enumerate(bounds.values(), start=1):
        level[_all_hold(panel, asked)] = number
    wide = panel.assign(level=level).pivot(index=customer, columns=month, values="level")
    wide = wide.sort_index(axis=1)
    started = wide.notna().cummax(axis=1)
    return wide.fillna(0).where(started, -1).astype(np.int64)


# -- checks ------------------------------------------------------------------------------------------------


def _thresholds(check: Check, thresholds: Mapping[str, float]) -> np.ndarray:
    bounds = check.vector("thresholds", thresholds)
    falling = bounds.index[bounds.diff() <= 0]
    if len(falling):
        check.add(
            errors.must_hold(
                _("thresholds must rise from the lowest tier to the highest"),
                got=errors.listing(errors.shown(value) for value in bounds),
                where=errors.listing(falling),
                hint=_("write the lowest tier first"),
            )
        )
    return bounds.to_numpy(dtype=float)


def _bounds(check: Check, tier: str, asked: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """The rules of one tier as pairs (low, high), open ends infinite."""
    bounds = {}
    for column, bound in check.mapping(f"rules[{tier!r}]", asked).items():
        pair = tuple(bound) if isinstance(bound, (tuple, list)) else (bound, None)
        name = f"rules[{tier!r}][{column!r}]"
        if not check.require(
            len(pair) == 2, _("{name} must be a number or a pair").format(name=name), got=str(pair)
        ):
            continue
        low = -np.inf if pair[0] is None else check.number(name, pair[0])
        high = np.inf if pair[1] is None else check.number(name, pair[1])
        if low > high:
            check.add(
                errors.must_hold(
                    _("{name} must not end below its beginning").format(name=name),
                    got=_("{low} and {high}").format(low=errors.shown(low), high=errors.shown(high)),
                )
            )
        bounds[column] = (low, high)
    return bounds


def _all_hold(panel: pd.DataFrame, asked: Mapping[str, tuple[float, float]]) -> np.ndarray:
    holds = np.ones(len(panel), dtype=bool)
    for column, (low, high) in asked.items():
        holds &= panel[column].astype(float).between(low, high).to_numpy()
    return holds


def wide_months(check: Check, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A customers × months frame of numbers, missing only before each customer's first month."""
    frame = check.frame(name, frame)
    check.done()
    check.labels(_("{name}.index").format(name=name), frame.index)
    check.labels(_("{name}.columns").format(name=name), frame.columns)
    check.done()
    check.unique(_("{name}.index").format(name=name), frame.index)
    check.unique(_("{name}.columns").format(name=name), frame.columns)
    if not frame.columns.is_monotonic_increasing:
        check.add(
            errors.must_hold(
                _("the columns of {name} must be months in order of time").format(name=name),
                got=errors.listing(frame.columns),
                hint=_("{name}.sort_index(axis=1)").format(name=name),
            )
        )
    text = [column for column in frame.columns if not pd.api.types.is_numeric_dtype(frame[column])]
    if text:
        check.add(
            errors.must_hold(
                _("{name} must hold numbers only").format(name=name),
                got=errors.listing(str(frame[column].dtype) for column in text),
                where=errors.listing(text),
                hint=_("make customer_id the index: {name}.set_index('customer_id')").format(name=name),
            )
        )
        return frame
    started = frame.notna().cummax(axis=1)
    gaps = (frame.isna() & started).any(axis=1)
    infinite = np.isinf(frame.to_numpy(dtype=float)).any(axis=1)
    if (gaps | infinite).any():
        check.add(
            errors.must_hold(
                _("{name} must hold a number in every month after a customer's first").format(name=name),
                got=_("missing or infinite values"),
                where=errors.rows(frame.index[gaps | infinite]),
                hint=_("write 0 for a month without any"),
            )
        )
    return frame
