"""How many points will be used in the end: the estimate on which the liability rests."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def redemption_forecast(redemptions: Any, *, granted: Any) -> pd.DataFrame:
    """How many points of each vintage will be used in the end, by the pattern of the older ones.

    The rate that the ledger needs is an estimate. This is the chain ladder of insurance: younger vintages
    grow from age to age as older ones did. It assumes that habits of redemption have not changed, and that
    nothing is used beyond the oldest age seen.

    Parameters
    ----------
    redemptions : DataFrame, dict of lists by age, or list of lists (rows may grow shorter), shape
        (n_vintages, n_ages)
        Points of each vintage used at each age (first period, second …), 0 or more; missing where it has not
        happened yet, oldest vintage first.
    granted : Series, dict or list of float, one a vintage
        Points granted, above 0.

    Returns
    -------
    DataFrame by vintage with ``granted``, ``redeemed`` (so far), ``ultimate`` (expected in all, at most
    ``granted``), ``redemption_rate`` (``ultimate / granted``), ``breakage`` (1 less that) and ``to_come``
    (``ultimate`` less ``redeemed``), in points and shares.

    Raises
    ------
    InputError
        If the triangle has holes, more is used than granted, or an age has no vintage to learn from.

    Notes
    -----
    With cumulative uses C_k,j of vintage k at age j: ``f_j = sum_k C_k,j+1 / sum_k C_k,j`` over the vintages
    that have seen age j + 1, and ``ultimate_k = C_k,last × Π f_j`` over the ages to come.

    References
    ----------
    Mack, T. (1993). Distribution-free calculation of the standard error of chain ladder reserve estimates.
    *ASTIN Bulletin* 23(2), 213–225.

    Examples
    --------
    The first vintage grew by half in its second year; the second will:

    >>> triangle = pd.DataFrame({1: [40, 60], 2: [20, None]}, index=[2022, 2023])
    >>> redemption_forecast(triangle, granted=[100, 150])["redemption_rate"].tolist()
    [0.6, 0.6]
    """
    check = Check("redemption_forecast")
    frame = check.frame("redemptions", _padded(redemptions))
    check.done()
    points = check.vector("granted", granted, low=0, low_open=True)
    cells = check.vector("redemptions", pd.Series(frame.to_numpy().ravel()), low=0, missing=True)
    check.done()
    points = check.alike("granted", points, "redemptions", pd.Series(0.0, index=frame.index))
    check.done()
    seen = cells.to_numpy(dtype=float).reshape(frame.shape)
    _check_triangle(check, seen, points.to_numpy(dtype=float), frame)
    total = np.nancumsum(seen, axis=1)
    last = (~np.isnan(seen)).sum(axis=1) - 1
    so_far = total[np.arange(len(total)), last]
    factors = _growth(check, total, last, frame.columns)
    ultimate = np.array([reached * np.prod(factors[age:]) for reached, age in zip(so_far, last, strict=True)])
    ultimate = np.minimum(ultimate, points.to_numpy(dtype=float))
    return pd.DataFrame(
        {
            "granted": points.to_numpy(dtype=float),
            "redeemed": so_far,
            "ultimate": ultimate,
            "redemption_rate": ultimate / points.to_numpy(dtype=float),
            "breakage": 1 - ultimate / points.to_numpy(dtype=float),
            "to_come": ultimate - so_far,
        },
        index=frame.index,
    )


def _padded(rows: Any) -> Any:
    """A list of rows that grow shorter as a frame with gaps at the end."""
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in rows):
        return rows
    width = max((len(row) for row in rows), default=0)
    return pd.DataFrame([[*row, *[np.nan] * (width - len(row))] for row in rows], columns=range(1, width + 1))


def _check_triangle(check: Check, seen: np.ndarray, points: np.ndarray, frame: pd.DataFrame) -> None:
    known = ~np.isnan(seen)
    holes = ~known[:, 0] | (known[:, 1:] & ~known[:, :-1]).any(axis=1)
    if holes.any():
        check.add(
            errors.must_hold(
                _("redemptions must be known from the first age on, without holes"),
                got=_("missing values"),
                where=errors.rows(frame.index[holes]),
                hint=_("write 0 for an age in which nothing was used"),
            )
        )
    over = np.nansum(seen, axis=1) > points * (1 + 1e-9)
    if over.any():
        check.add(
            errors.must_hold(
                _("no more points can be used than were granted"),
                got=errors.listing(errors.shown(total) for total in np.nansum(seen, axis=1)[over]),
                where=errors.rows(frame.index[over]),
            )
        )
    check.done()


def _growth(check: Check, total: np.ndarray, last: np.ndarray, ages: pd.Index) -> np.ndarray:
    """Growth of cumulative uses from each age to the next."""
    factors = np.ones(len(ages) - 1)
    for age in range(len(ages) - 1):
        older = last > age
        base = total[older, age].sum()
        if older.any() and base > 0:
            factors[age] = total[older, age + 1].sum() / base
        elif older.any() and total[older, age + 1].sum() == 0:
            factors[age] = 1.0
        else:
            check.add(
                errors.must_hold(
                    _("every age must have a vintage to learn from"),
                    got=_("none with uses before age {age}").format(age=ages[age + 1]),
                    hint=_("drop the ages that no vintage has reached, or join the first ages"),
                )
            )
    check.done()
    return factors
