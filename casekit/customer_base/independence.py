"""Does what customers spend depend on how often they buy? The gamma-gamma model says no: look."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtr

from casekit._text import _
from casekit._validate import Check
from casekit.customer_base.holdout import MOST_GROUPS, frequency_groups

#: Below this correlation frequency explains about two per cent of the differences in spend, or less.
_NOTABLE = 0.15


@dataclass(frozen=True)
class SpendIndependence:
    """What the data say on spend and frequency of repeat buyers.

    Attributes
    ----------
    correlation : float
        Pearson's correlation of frequency and mean spend, -1 to 1; missing if all bought equally often.
    p_value : float
        Of the correlation, two-sided: small means not by chance (with many customers it always is).
    customers : int
        Repeat buyers.
    by_frequency : DataFrame
        Customers, mean and median spend by frequency.
    verdict : str
        One sentence for the report.
    """

    correlation: float
    p_value: float
    customers: int
    by_frequency: pd.DataFrame
    verdict: str


def check_spend_independence(summary: pd.DataFrame, *, cap: int = 7) -> SpendIndependence:
    """Check what expected spend rests on: that frequent buyers do not spend more (or less) a purchase.

    If they do, value per purchase and number of purchases may not be multiplied, and the best customers are
    undervalued (or overvalued) by the product.

    Parameters
    ----------
    summary : DataFrame with ``frequency`` and ``monetary_value``
        Customers without repeat purchase are left out.
    cap : int, default 7
        Customers with so many repeat purchases or more form one group.

    Returns
    -------
    SpendIndependence

    Raises
    ------
    InputError
        If there are fewer than three repeat buyers.

    Notes
    -----
    Pearson's correlation on purpose: the mean of few skewed amounts has a lower median than the mean of
    many, so a rank correlation is above zero even where the assumption holds.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV. *Journal of Marketing Research* 42(4),
    on the independence of the spend process.

    Examples
    --------
    >>> customers = pd.DataFrame({"frequency": [1, 1, 2, 3], "monetary_value": [10.0, 30.0, 20.0, 20.0]})
    >>> check_spend_independence(customers).correlation
    0.0
    """
    check = Check("check_spend_independence")
    frame = check.frame("summary", summary, ["frequency", "monetary_value"])
    cap = check.integer("cap", cap, low=1, high=MOST_GROUPS)
    check.done()
    repeat = frame[check.vector("frequency", frame["frequency"], low=0) > 0]
    check.done()
    check.require(len(repeat) >= 3, _("there must be three repeat buyers at least"), got=str(len(repeat)))
    check.done()
    x, spend = (
        check.vector("frequency", repeat["frequency"]),
        check.vector("monetary_value", repeat["monetary_value"]),
    )
    check.done()
    n = len(x)
    differ = float(np.ptp(x)) > 0
    correlation = _correlation(x, spend) if differ else math.nan
    t = correlation * math.sqrt((n - 2) / max(1 - correlation**2, 1e-300))
    groups = spend.groupby(frequency_groups(x, cap), observed=True)
    table = groups.agg(customers="size", mean="mean", median="median")
    table.index = pd.Index(table.index.astype(str), name="frequency")
    return SpendIndependence(
        correlation=correlation,
        p_value=float(2 * stdtr(n - 2, -abs(t))) if differ else math.nan,
        customers=n,
        by_frequency=table,
        verdict=_verdict(correlation),
    )


def _correlation(one: pd.Series, other: pd.Series) -> float:
    a, b = one - one.mean(), other - other.mean()
    size = math.sqrt(float((a * a).sum()) * float((b * b).sum()))
    return float(np.clip(float((a * b).sum()) / size, -1, 1)) if size > 0 else 0.0


def _verdict(correlation: float) -> str:
    if math.isnan(correlation):
        return _(
            "All bought equally often: whether spend depends on frequency cannot be told from these data."
        )
    if abs(correlation) < _NOTABLE:
        return _("Spend and frequency hardly move together: the gamma-gamma model may be used.")
    if correlation > 0:
        return _(
            "Frequent buyers spend more a purchase: spend times purchases undervalues the best customers. "
            "Fit the spend model for light and heavy buyers apart."
        )
    return _(
        "Frequent buyers spend less a purchase: spend times purchases overvalues them. "
        "Fit the spend model for light and heavy buyers apart."
    )
