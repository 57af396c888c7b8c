"""Points as what they are: goods sold and paid for, not yet delivered."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def allocate_points(sales: float, *, points: float, point_value: float, breakage: float = 0.0) -> pd.Series:
    """Split a sale between the goods and the points that came with it.

    A guest who pays for a dinner and gets points has bought two things. Revenue is split in proportion to
    what each would sell for alone; points that will never be used (breakage) sell for nothing.

    Parameters
    ----------
    sales : float
        Money received, which is also what the goods sell for alone; above 0.
    points : float
        Points granted, 0 or more.
    point_value : float
        What one point buys, in money; 0 or more.
    breakage : float, default 0
        Share of points that will never be redeemed, 0 to 1.

    Returns
    -------
    Series with ``goods`` (revenue now) and ``points`` (liability), which add up to ``sales``.

    References
    ----------
    IFRS 15 *Revenue from Contracts with Customers*, paragraphs B39–B43 and Example 52.

    Examples
    --------
    >>> allocate_points(100_000, points=10_000, point_value=1, breakage=0.05).round(0).to_dict()
    {'goods': 91324.0, 'points': 8676.0}
    """
    check = Check("allocate_points")
    sales = check.positive("sales", sales)
    points = check.number("points", points, low=0)
    point_value = check.number("point_value", point_value, low=0)
    breakage = check.share("breakage", breakage)
    check.done()
    alone = points * point_value * (1 - breakage)
    liability = sales * alone / (sales + alone)
    return pd.Series({"goods": sales - liability, "points": liability})


def recognise_points(allocated: float, *, redeemed: Any, expected: Any) -> pd.DataFrame:
    """Turn the liability into revenue as points are redeemed, with the expectation of each year.

    Parameters
    ----------
    allocated : float
        Money allocated to the points, 0 or more.
    redeemed : list of float
        Points redeemed in each period.
    expected : list of float, same length
        Points expected, at the end of each period, to be redeemed in all (past and future).

    Returns
    -------
    DataFrame, one row a period: ``redeemed``, ``expected``, ``revenue`` and ``liability`` (left at the end).
    More redemptions than expected release everything and warn.

    Notes
    -----
    Revenue to date is ``allocated * redeemed to date / expected``; a changed expectation is caught up at once
    and can make a period's revenue negative.

    Examples
    --------
    >>> recognise_points(8676, redeemed=[4500, 4000], expected=[9500, 9700])["revenue"].round(0).tolist()
    [4110.0, 3493.0]
    """
    check = Check("recognise_points")
    allocated = check.number("allocated", allocated, low=0)
    used = check.vector("redeemed", redeemed, low=0)
    hoped = check.vector("expected", expected, low=0, low_open=True)
    if len(used) != len(hoped):
        check.add(errors.different_lengths("expected", len(hoped), "redeemed", len(used)))
    check.done()
    share = used.cumsum().to_numpy() / hoped.to_numpy()
    over = used.index[share > 1]
    if len(over):
        warnings.warn(
            _("recognise_points: more points redeemed than expected in {rows}; all is released").format(
                rows=errors.rows(over)
            ),
            errors.CasekitWarning,
            stacklevel=2,
        )
    to_date = pd.Series(allocated * share.clip(max=1), index=used.index)
    return pd.DataFrame(
        {
            "redeemed": used,
            "expected": pd.Series(hoped.to_numpy(), index=used.index),
            "revenue": to_date.diff().fillna(to_date),
            "liability": allocated - to_date,
        }
    )
