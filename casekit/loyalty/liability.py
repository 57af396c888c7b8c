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
    what each would sell for alone; points that will never be used (breakage) sell for nothing. The breakage
    is an estimate, and the higher it is the higher is this year's profit: look at who makes it.

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
    Series of float in money, with ``goods`` (revenue now) and ``points`` (liability), which add up to
    ``sales``.

    Raises
    ------
    InputError
        If an amount is negative, there is no sale, or breakage is not a share.

    Notes
    -----
    ``points = sales · a / (sales + a)`` with ``a = points · point_value · (1 - breakage)``, the stand-alone
    selling price of the points. More points are used than granted nowhere, so breakage is never negative.

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

    For one vintage of points; :func:`casekit.loyalty.points_ledger` keeps many, with expiry.

    Parameters
    ----------
    allocated : float
        Money allocated to the points, 0 or more.
    redeemed : list, Series or dict of float, one a period
        Points redeemed in each period, 0 or more.
    expected : list, Series or dict of float, same length
        Points expected, at the end of each period, to be redeemed in all (past and future), above 0.

    Returns
    -------
    DataFrame of float, one row a period: ``redeemed``, ``expected`` (points), ``revenue`` (money, negative
    where a higher expectation takes revenue back) and ``liability`` (money, left at the end).

    Raises
    ------
    InputError
        If lengths differ or a number is out of range.

    Warns
    -----
    CasekitWarning
        When more is redeemed than expected: everything is released.

    Notes
    -----
    Revenue to date is ``allocated * redeemed to date / expected``, at most ``allocated``; a changed
    expectation is caught up at once.

    References
    ----------
    IFRS 15, Example 52 (IE267–IE270).

    Examples
    --------
    >>> recognise_points(8676, redeemed=[4500, 4000], expected=[9500, 9700])["revenue"].round(0).tolist()
    [4110.0, 3493.0]
    """
    check = Check("recognise_points")
    allocated = check.number("allocated", allocated, low=0)
    used = check.vector("redeemed", redeemed, low=0)
    hoped = check.vector("expected", expected, low=0, low_open=True)
    hoped = check.alike("expected", hoped, "redeemed", used)
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
