"""The tier a customer holds: up at once, down only after a stretch of low months and a warning.

:mod:`casekit.loyalty.earned` says which level each month earns; :func:`assign_tiers` walks through the months
and says which tier each customer holds, and who is on watch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty.earned import wide_months

#: Name of the level below every tier, unless the caller has a better one.
NO_TIER = "no tier"

#: Status of a customer after a month: as it should be, or below the tier's bar for too long.
STATUSES = ("good standing", "watch")

#: What happened to the tier in a month.
EVENTS = ("joined", "up", "stayed", "down")


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

    Notes
    -----
    At the end of month t with tier held k and level earned e: ``e > k`` → tier e; ``e < k`` for
    ``months_to_watch`` months running → watch; for ``months_to_watch + months_to_downgrade`` → the highest e
    of the last ``landing_months``; ``e >= k`` clears the count.

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
    tiers = check.names("names", names)
    frame, earned = _levels(check, levels, tiers)
    check.done()
    held, below, event = _walk(earned, stretch=stretch, landing=landing)
    return _long(frame, tiers, earned, held, below, event, watch)


def tier_sizes(tiers: pd.DataFrame) -> pd.DataFrame:
    """How many customers hold each tier in each month.

    Parameters
    ----------
    tiers : DataFrame
        From :func:`assign_tiers`.

    Returns
    -------
    DataFrame of int, index ``month``, one column a tier in order, and ``watch``: those of any tier on watch.

    Raises
    ------
    InputError
        If columns are missing.

    Notes
    -----
    Customers of a month add up to those who have joined by then; ``watch`` counts them a second time.

    Examples
    --------
    >>> levels = pd.DataFrame([[1, 1], [0, 1]], columns=["2024-01", "2024-02"])
    >>> tier_sizes(assign_tiers(levels, names=["none", "gold"])).loc["2024-02"].to_dict()
    {'none': 0, 'gold': 2, 'watch': 0}
    """
    check = Check("tier_sizes")
    tiers = check.frame("tiers", tiers, ["month", "tier", "status"], keys=["month", "tier", "status"])
    check.done()
    for status in tiers["status"].unique():
        check.choice("status", status, STATUSES)
    check.done()
    counts = tiers.groupby(["month", "tier"], observed=False).size().unstack("tier").fillna(0).astype(int)
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


def _levels(check: Check, levels: Any, names: Sequence[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """Levels as a frame and as an array, each with a name, never back to -1."""
    frame = wide_months(check, "levels", levels)
    check.done()
    values = frame.to_numpy(dtype=float)
    odd = (values < -1) | (values >= len(names)) | (values != np.floor(values)) | np.isnan(values)
    if odd.any():
        check.add(
            errors.out_of_range(
                "levels",
                errors.listing(errors.shown(value) for value in np.unique(values[odd])),
                _("whole numbers from -1 (not yet a customer) to {last}: {names}").format(
                    last=len(names) - 1,
                    names=errors.listing(f"{level} {name}" for level, name in enumerate(names)),
                ),
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
    return frame, values.astype(np.int64)
