"""Customer tiers: which tier a month earns, and which one a customer holds once hysteresis has its say.

Two steps. A month *earns* a level: 0 below all tiers, 1 for the lowest tier, and so on; -1 as long as the
customer is not one yet. :func:`earned_levels` reads it off thresholds on one measure (assets, spend),
:func:`earned_levels_by_rules` off rules on several. :func:`assign_tiers` then walks through the months and
says which tier each customer *holds*: up at once, down only after a stretch of low months and a warning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Name of the level below every tier, unless the caller has a better one.
NO_TIER = "no tier"

#: Status of a customer after a month: as it should be, or below the tier's bar for too long.
STATUSES = ("good standing", "watch")

#: What happened to the tier in a month.
EVENTS = ("joined", "up", "stayed", "down")


def earned_levels(measure: pd.DataFrame, *, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """The level that each month earns by one measure, such as assets or spend.

    Parameters
    ----------
    measure : DataFrame, shape (n_customers, n_months)
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
    frame = _wide(check, "measure", measure)
    check.done()
    values = frame.to_numpy(dtype=float)
    levels = np.where(np.isnan(values), -1, np.searchsorted(bounds, np.nan_to_num(values), side="right"))
    return pd.DataFrame(levels.astype(np.int64), index=frame.index, columns=frame.columns)


def earned_levels_by_rules(
    panel: pd.DataFrame,
    *,
    rules: Mapping[str, Mapping[str, Any]],
    customer: str = "customer_id",
    month: str = "month",
) -> pd.DataFrame:
    """The level that each month earns when a tier asks for several things at once.

    Parameters
    ----------
    panel : DataFrame
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

    Examples
    --------
    >>> panel = pd.DataFrame({"customer_id": ["A", "B"], "month": 1, "visits": [3, 2], "spend": [900, 1600]})
    >>> rules = {"active": {"visits": 2}, "quality": {"visits": 2, "spend": 1500}}
    >>> earned_levels_by_rules(panel, rules=rules)[1].to_dict()
    {'A': 1, 'B': 2}
    """
    check = Check("earned_levels_by_rules")
    bounds = {tier: _bounds(check, tier, asked) for tier, asked in rules.items()}
    columns = dict.fromkeys(column for asked in bounds.values() for column in asked)
    panel = check.frame("panel", panel, [customer, month, *columns])
    check.require(bool(rules), _("rules must name at least one tier"), got=_("none"))
    check.done()
    check.unique("panel", list(zip(panel[customer], panel[month], strict=True)))
    check.done()
    level = np.zeros(len(panel), dtype=np.int64)
    for number, asked in enumerate(bounds.values(), start=1):
        level[_all_hold(panel, asked)] = number
    wide = panel.assign(level=level).pivot(index=customer, columns=month, values="level")
    wide = wide.sort_index(axis=1)
    started = wide.notna().cummax(axis=1)
    return wide.fillna(0).where(started, -1).astype(np.int64)


def assign_tiers(
    levels: pd.DataFrame,
    *,
    names: Sequence[str],
    months_to_watch: int = 3,
    months_to_downgrade: int = 3,
    landing_months: int | None = None,
) -> pd.DataFrame:
    """The tier each customer holds, month by month: up at once, down only after a stretch of low months.

    Without hysteresis a customer on the border changes tier every other month, and every change is a letter,
    a gift and a disappointment. Here a month that earns more lifts the tier at once. A customer who earns
    less than the tier asks for ``months_to_watch`` months running goes on *watch*; after
    ``months_to_downgrade`` further months running the tier falls to the best one earned in the last
    ``landing_months``. One month that earns the tier clears the watch. After a fall the count starts again.

    Parameters
    ----------
    levels : DataFrame of int, shape (n_customers, n_months)
        From :func:`earned_levels` or :func:`earned_levels_by_rules`.
    names : sequence of str
        Tier names from level 0 upwards, one more than there are tiers.
    months_to_watch : int, default 3
        Low months running until the watch begins, 1 or more.
    months_to_downgrade : int, default 3
        Low months on watch until the tier falls, 0 or more. ``months_to_watch=1, months_to_downgrade=0`` is a
        scheme without hysteresis.
    landing_months : int, optional
        Months whose best level decides where a customer lands; 1 to the length of the stretch, which is the
        default.

    Returns
    -------
    DataFrame, one row a customer and month since joining, with columns

        - ``customer_id`` (or the name of the index), ``month``
        - ``earned``, ``tier``: ordered categories of ``names``
        - ``status``: ``good standing`` or ``watch``
        - ``months_below``: low months running
        - ``event``: ``joined``, ``up``, ``stayed`` or ``down``

        Tier and status are those after the month has closed: they are in force during the next one.

    Raises
    ------
    InputError
        If a level has no name, a customer ceases to be one, or a number of months is out of range.

    References
    ----------
    The defaults are the published rule of a Chinese bank (China Construction Bank): below the tier for three
    months, attention from the fourth; after three months of attention down to the tier of the highest monthly
    balance of the last six; recovery clears the attention.

    Examples
    --------
    >>> levels = pd.DataFrame([[2, 1, 0, 0, 2]], index=["Li"], columns=range(1, 6))
    >>> names = ["none", "silver", "gold"]
    >>> held = assign_tiers(levels, names=names, months_to_watch=2, months_to_downgrade=1)
    >>> list(held["tier"])
    ['gold', 'gold', 'gold', 'silver', 'gold']
    >>> list(held["status"].eq("watch"))
    [False, False, True, False, False]
    """
    check = Check("assign_tiers")
    watch = check.integer("months_to_watch", months_to_watch, low=1)
    stretch = watch + check.integer("months_to_downgrade", months_to_downgrade, low=0)
    landing = stretch
    if landing_months is not None:
        landing = check.integer("landing_months", landing_months, low=1, high=stretch)
    earned = _levels(check, levels, names)
    check.done()
    held, below, event = _walk(earned, stretch=stretch, landing=landing)
    return _long(levels, names, earned, held, below, event, watch)


def tier_sizes(tiers: pd.DataFrame) -> pd.DataFrame:
    """How many customers hold each tier in each month.

    Parameters
    ----------
    tiers : DataFrame
        From :func:`assign_tiers`.

    Returns
    -------
    DataFrame of int, index ``month``, one column a tier in order, and ``watch``: those of any tier on watch.

    Examples
    --------
    >>> levels = pd.DataFrame([[1, 1], [0, 1]], columns=["2024-01", "2024-02"])
    >>> tier_sizes(assign_tiers(levels, names=["none", "gold"])).loc["2024-02"].to_dict()
    {'none': 0, 'gold': 2, 'watch': 0}
    """
    check = Check("tier_sizes")
    tiers = check.frame("tiers", tiers, ["month", "tier", "status"])
    check.done()
    counts = tiers.groupby(["month", "tier"], observed=False).size().unstack("tier").astype(int)
    counts.columns = pd.Index([str(name) for name in counts.columns])
    counts["watch"] = tiers["status"].eq("watch").groupby(tiers["month"]).sum()
    return counts


# -- the walk through the months ---------------------------------------------------------------------------


def _walk(earned: np.ndarray, *, stretch: int, landing: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Held level, low months running and event (index of ``EVENTS``) after each month."""
    customers, months = earned.shape
    held, below, event = (np.zeros((customers, months), dtype=np.int64) for _unused in range(3))
    tier, low = np.full(customers, -1), np.zeros(customers, dtype=np.int64)
    for now in range(months):
        level = earned[:, now]
        joins, up = (tier < 0) & (level >= 0), (tier >= 0) & (level > tier)
        low = np.where(level < tier, low + 1, 0)
        down = low >= stretch
        best = earned[:, max(0, now - landing + 1) : now + 1].max(axis=1)
        tier = np.where(joins | up, level, np.where(down, best, tier))
        low = np.where(down, 0, low)
        held[:, now], below[:, now] = tier, low
        event[:, now] = np.select([joins, up, down], [0, 1, 3], default=2)
    return held, below, event


def _long(
    levels: pd.DataFrame,
    names: Sequence[str],
    earned: np.ndarray,
    held: np.ndarray,
    below: np.ndarray,
    event: np.ndarray,
    watch: int,
) -> pd.DataFrame:
    present = (earned >= 0).ravel()
    customers, months = earned.shape
    kind = pd.CategoricalDtype(list(names), ordered=True)
    on_watch = (below.ravel() >= watch).astype(int)
    columns = {
        levels.index.name or "customer_id": levels.index.repeat(months),
        "month": np.tile(levels.columns.to_numpy(), customers),
        "earned": pd.Categorical.from_codes(earned.ravel(), dtype=kind),
        "tier": pd.Categorical.from_codes(held.ravel(), dtype=kind),
        "status": pd.Categorical.from_codes(on_watch, categories=STATUSES),
        "months_below": below.ravel(),
        "event": pd.Categorical.from_codes(event.ravel(), categories=EVENTS),
    }
    return pd.DataFrame(columns).loc[present].reset_index(drop=True)


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
    for column, bound in asked.items():
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


def _wide(check: Check, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A customers × months frame of numbers, missing only before each customer's first month."""
    frame = check.frame(name, frame)
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


def _levels(check: Check, levels: pd.DataFrame, names: Sequence[str]) -> np.ndarray:
    """Levels as an array, each with a name, never back to -1."""
    frame = _wide(check, "levels", levels)
    check.done()
    check.unique("names", list(names))
    values = frame.to_numpy(dtype=float)
    odd = (values < -1) | (values >= len(names)) | (values != np.floor(values)) | np.isnan(values)
    if odd.any():
        check.add(
            errors.out_of_range(
                "levels",
                errors.listing(errors.shown(value) for value in np.unique(values[odd])),
                _("whole numbers from -1 to {last}, one less than names").format(last=len(names) - 1),
                where=errors.rows(frame.index[odd.any(axis=1)]),
            )
        )
        check.done()
    left = ((values[:, 1:] < 0) & (values[:, :-1] >= 0)).any(axis=1)
    if left.any():
        check.add(
            errors.must_hold(
                _("a customer must stay one after the first month"),
                got=_("level -1 after a month with a level"),
                where=errors.rows(frame.index[left]),
                hint=_("write level 0 for a customer who has left"),
            )
        )
    return values.astype(np.int64)
