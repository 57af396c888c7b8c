"""Whether customers hurry towards a reward: points pressure, seen in their own cards."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def points_pressure(
    stamps: Any, *, needed: int, card: str = "card_id", date: str = "date", level: float = 0.95
) -> pd.Series:
    """How much faster customers buy when the reward is near than when it is far.

    A card of ten stamps does not only reward purchases, it pulls them forward. What is pulled forward is not
    all won: look also at the gap after the reward. Each card is compared with itself, so that quick
    customers, who complete more cards, do not make the answer.

    Parameters
    ----------
    stamps : DataFrame, dict of lists or list of dict, one row a stamp
        ``card_id`` and ``date`` (real dates), in any order. Cards with fewer stamps than ``needed`` are left
        out, and so are stamps beyond it.
    needed : int
        Stamps to the reward, 3 or more.
    card, date : str
        Names of the columns.
    level : float, default 0.95
        Probability of the interval, strictly between 0 and 1.

    Returns
    -------
    Series with ``cards`` (completed), ``days_far`` and ``days_near`` (mean days from stamp to stamp in the
    first and in the last half of the gaps; with an odd number the middle gap is left out), ``change``
    (near less far, in days; below 0: customers hurry), ``low``, ``high``, and ``share`` (change by
    ``days_far``).

    Raises
    ------
    InputError
        If columns are missing, dates are not dates, or fewer than two cards are complete.

    Notes
    -----
    Paired t interval of the difference of half means over cards, degrees of freedom cards - 1. Without
    pressure the mean is 0; a season that grows while cards are filled looks like pressure.

    References
    ----------
    Kivetz, R., Urminsky, O. and Zheng, Y. (2006). The goal-gradient hypothesis resurrected. *Journal of
    Marketing Research* 43(1), 39–58. Taylor, G. A. and Neslin, S. A. (2005). The current and future sales
    impact of a retail frequency reward program. *Journal of Retailing* 81(4), 293–305.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-01", "2024-01-07", "2024-01-11",  # gaps 6 and 4
    ...                        "2024-02-01", "2024-02-09", "2024-02-13"])  # gaps 8 and 4
    >>> found = points_pressure({"card_id": [1] * 3 + [2] * 3, "date": days}, needed=3)
    >>> found[["days_far", "days_near", "change"]].tolist()
    [7.0, 4.0, -3.0]
    """
    check = Check("points_pressure")
    table = check.frame("stamps", stamps, [card, date])
    needed = check.integer("needed", needed, low=3)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    days = check.dates(f"stamps[{date!r}]", table[date])
    check.done()
    tidy = pd.DataFrame({"card": table[card].to_numpy(), "day": days.to_numpy()}).sort_values(["card", "day"])
    tidy["stamp"] = tidy.groupby("card", sort=False).cumcount()
    wide = tidy[tidy["stamp"] < needed].pivot(index="card", columns="stamp", values="day")
    full = wide.dropna() if wide.shape[1] == needed else wide.iloc[:0]
    check.require(
        len(full) >= 2,
        _("at least two cards must be complete"),
        got=errors.shown(len(full)),
        hint=_("look at needed, the stamps to the reward"),
    )
    check.done()
    gaps = full.diff(axis=1).iloc[:, 1:] / pd.Timedelta(days=1)
    half = (needed - 1) // 2
    far, near = gaps.iloc[:, :half].mean(axis=1), gaps.iloc[:, -half:].mean(axis=1)
    change = (near - far).to_numpy(dtype=float)
    spread = float(stdtrit(len(change) - 1, (1 + level) / 2)) * float(np.std(change, ddof=1))
    width = spread / math.sqrt(len(change))
    before = float(far.mean())
    return pd.Series(
        {
            "cards": float(len(full)),
            "days_far": before,
            "days_near": float(near.mean()),
            "change": float(change.mean()),
            "low": float(change.mean()) - width,
            "high": float(change.mean()) + width,
            "share": float(change.mean()) / before if before else math.nan,
        },
        name="points_pressure",
    )
