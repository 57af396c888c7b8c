"""The points liability year by year: grants, redemptions, changed expectations, expiry, breakage."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty.liability import allocate_points

#: Columns that :func:`points_ledger` reads.
COLUMNS = ("sales", "points", "point_value", "redeemed", "redemption_rate")


def points_ledger(periods: Any, *, expiry: int | None = None) -> pd.DataFrame:
    """The contract liability of a points programme from its first period on, with every vintage of points.

    Points sold with the goods are revenue only when they are used, or when it is clear that they will not
    be. Each period's points are a vintage with its own share of the sale. Points used are taken from the
    oldest vintage of which more are still expected to be used, and so on; only when more are used than were
    expected of any are the others touched. A changed estimate is caught up at once.

    Parameters
    ----------
    periods : DataFrame, dict of lists or list of dict, one row a period in order of time
        - ``sales``: money received for goods sold with points, 0 or more; also their price without points
        - ``points``: points granted with them, 0 or more
        - ``point_value``: what one point buys, in money, 0 or more
        - ``redeemed``: points used in the period, 0 or more, of any vintage
        - ``redemption_rate``: share of points, of every vintage still alive, that at the end of the period is
          expected to be used in the end (1 less breakage), 0 to 1
    expiry : int, optional
        Periods in which points can be used, that of the grant included, 1 or more; what is left then lapses
        and its liability becomes revenue. By default points never expire.

    Returns
    -------
    DataFrame of float, index of ``periods``, in money except where said
        ``opening``; ``deferred`` (allocated to the points of the period); ``revenue`` (of points, released in
        the period), of it ``catch_up`` (what the changed expectation alone makes of points used before;
        negative when more will be used than was thought) and ``expired`` (released by expiry);
        ``liability`` (at the end); ``points_outstanding`` and ``points_expired`` (points).
        ``opening + deferred - revenue = liability`` in every row; what of ``revenue`` is neither
        ``catch_up`` nor ``expired`` was earned by points used.

    Raises
    ------
    InputError
        If columns are missing or out of range, or more points are used than are outstanding.

    Warns
    -----
    CasekitWarning
        When more points have been used than were expected of all vintages together: the whole share of those
        concerned is released (the estimate was wrong: raise the rate).

    Notes
    -----
    Vintage k is allocated ``A_k = sales · SSP / (sales + SSP)`` with ``SSP = points · point_value ·
    redemption_rate`` of its own period (:func:`casekit.loyalty.allocate_points`). At the end of period t,
    with u points of it used so far: ``revenue to date = A_k · min(1, u / (points · redemption_rate_t))``.
    The allocation is never revised, only its timing. Points granted without a sale are a cost of
    advertising, not revenue deferred, and count 0 here.

    References
    ----------
    IFRS 15 *Revenue from Contracts with Customers*, paragraphs B39–B47 and Example 52 (IE267–IE270); the same
    in ASC 606-10-55.

    Examples
    --------
    Example 52: 10,000 points with sales of 100,000, 95 % and then 97 % expected to be used.

    >>> ledger = points_ledger({"sales": [100_000, 0], "points": [10_000, 0], "point_value": 1,
    ...                         "redeemed": [4_500, 4_000], "redemption_rate": [0.95, 0.97]})
    >>> ledger[["deferred", "revenue", "catch_up", "liability"]].round().to_numpy().tolist()
    [[8676.0, 4110.0, 0.0, 4566.0], [0.0, 3493.0, -85.0, 1073.0]]
    """
    check = Check("points_ledger")
    frame = check.frame("periods", periods, COLUMNS)
    life = None if expiry is None else check.integer("expiry", expiry, low=1)
    check.done()
    columns = {
        name: check.vector(
            f"periods[{name!r}]", frame[name], low=0, high=1 if name == "redemption_rate" else None
        ).to_numpy(dtype=float)
        for name in COLUMNS
    }
    check.done()
    used, lapsed = _use_oldest_first(check, columns, life, frame.index)
    deferred = np.array([_allocated(columns, place) for place in range(len(frame))])
    _warn_of_over_redemption(columns, used, deferred, frame.index)
    moves = _moves(columns, used, deferred, life)
    closing = deferred.cumsum() - moves["revenue"].cumsum()
    return pd.DataFrame(
        {
            "opening": np.append(0.0, closing[:-1]),
            "deferred": deferred,
            **moves,
            "liability": closing,
            "points_outstanding": np.cumsum(columns["points"] - used.sum(axis=0) - lapsed),
            "points_expired": lapsed,
        },
        index=frame.index,
    )


# -- vintages ----------------------------------------------------------------------------------------------


def _use_oldest_first(
    check: Check, columns: dict[str, np.ndarray], life: int | None, rows: pd.Index
) -> tuple[np.ndarray, np.ndarray]:
    """Points of each vintage (row) used in each period (column), and what lapsed at its end."""
    points, redeemed = columns["points"], columns["redeemed"]
    size = len(points)
    used, lapsed, left = np.zeros((size, size)), np.zeros(size), np.zeros(size)
    short = []
    for now in range(size):
        left[now] = points[now]
        if redeemed[now] > left.sum() + 1e-9 * (1 + redeemed[now]):
            short.append(rows[now])
        hoped = points * columns["redemption_rate"][now] - used.sum(axis=1)
        first = _take(np.clip(hoped, 0.0, left), redeemed[now])
        used[:, now] = first + _take(left - first, redeemed[now] - first.sum())
        left = np.maximum(left - used[:, now], 0.0)
        if life is not None and now - life + 1 >= 0:
            old = now - life + 1
            lapsed[now], left[old] = left[old], 0.0
    if short:
        check.add(
            errors.must_hold(
                _("no more points can be used than are outstanding"),
                got=_("more used than granted, less used and lapsed before"),
                where=errors.rows(short),
                hint=_("begin with the first period of the programme, or lengthen expiry"),
            )
        )
    check.done()
    return used, lapsed


def _take(available: np.ndarray, wanted: float) -> np.ndarray:
    """What is taken of each vintage, the oldest first."""
    return np.diff(np.minimum(np.append(0.0, available.cumsum()), max(wanted, 0.0)))


def _allocated(columns: dict[str, np.ndarray], place: int) -> float:
    if columns["sales"][place] <= 0:
        return 0.0
    split = allocate_points(
        float(columns["sales"][place]),
        points=float(columns["points"][place]),
        point_value=float(columns["point_value"][place]),
        breakage=1 - float(columns["redemption_rate"][place]),
    )
    return float(split["points"])


def _moves(
    columns: dict[str, np.ndarray], used: np.ndarray, deferred: np.ndarray, life: int | None
) -> dict[str, np.ndarray]:
    """Revenue of each period, and what of it comes from a changed view and from expiry."""
    size = len(deferred)
    revenue, catch_up, expired = np.zeros(size), np.zeros(size), np.zeros(size)
    for vintage in range(size):
        last = size - 1 if life is None else min(size - 1, vintage + life - 1)
        to_date = count = 0.0
        for now in range(vintage, last + 1):
            expected = columns["points"][vintage] * columns["redemption_rate"][now]
            if now > vintage:
                catch_up[now] += deferred[vintage] * _share(count, expected) - to_date
            count += used[vintage, now]
            reached = deferred[vintage] * _share(count, expected)
            if life is not None and now == vintage + life - 1:
                expired[now] += deferred[vintage] - reached
                reached = deferred[vintage]
            revenue[now] += reached - to_date
            to_date = reached
    return {"revenue": revenue, "catch_up": catch_up, "expired": expired}


def _share(used: float, expected: float) -> float:
    return 1.0 if used >= expected else used / expected


def _warn_of_over_redemption(
    columns: dict[str, np.ndarray], used: np.ndarray, deferred: np.ndarray, rows: pd.Index
) -> None:
    total = used.cumsum(axis=1)
    limit = columns["points"][:, None] * columns["redemption_rate"][None, :]
    born = np.triu(np.ones_like(total, dtype=bool))
    over = (total > limit + 1e-9 * (1 + total)) & born & (deferred[:, None] > 0) & (used > 0)
    if over.any():
        warnings.warn(
            _("points_ledger: more points redeemed than expected in {rows}; all is released").format(
                rows=errors.rows(rows[over.any(axis=0)])
            ),
            errors.CasekitWarning,
            stacklevel=3,
        )
