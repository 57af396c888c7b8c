"""How long customers stay: retention, churn, expected lifetime and half-life, and what averages hide."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import Values, named, side_by_side, term
from casekit.value.lifetime_value import lifetime_value

#: What is counted as the length of a relationship.
COUNTING = ("periods", "renewals")


def expected_lifetime(retention_rate: Any, *, counting: str = "periods") -> Values:
    """Mean length of a relationship when every period the same share stays.

    Parameters
    ----------
    retention_rate : float, or list, dict or Series of float
        Share who stay per period, 0 to 1.
    counting : {"periods", "renewals"}, default "periods"
        ``"periods"`` started, the first included: ``1 / (1 - r)``, the textbook figure. ``"renewals"`` still
        to come: ``r / (1 - r)``, one less.

    Returns
    -------
    float or Series, in periods; ``inf`` at retention 1.

    Raises
    ------
    InputError
        For rates outside 0 to 1 or an unknown counting.

    Notes
    -----
    Mean of the geometric distribution with churn ``1 - r``. The two countings differ by one whole period, an
    off-by-one that turns 4 renewals into "5 years of margins". The rule holds for customers who are all
    alike. In a mixed base the true mean life is longer than ``1 / (1 - mean r)``: see :func:`mixed_base`.
    Halving churn doubles this figure by arithmetic alone; it is no finding about customers.

    References
    ----------
    Reichheld, F. F. and Sasser, W. E. (1990). Zero defections. *Harvard Business Review* 68(5): defection of
    20, 10 and 5 % gives 5, 10 and 20 years.

    Examples
    --------
    >>> expected_lifetime([0.5, 0.75]).tolist(), expected_lifetime(0.75, counting="renewals")
    ([2.0, 4.0], 3.0)
    """
    check = Check("expected_lifetime")
    r = term(check, "retention_rate", retention_rate, low=0, high=1)
    check.choice("counting", counting, COUNTING)
    check.done()
    top = 1.0 if counting == "periods" else r
    with np.errstate(divide="ignore"):
        life = top / (1 - np.asarray(r, dtype=float))
    return named(_like(life, r), "lifetime")


def retention_for_lifetime(lifetime: Any, *, counting: str = "periods") -> Values:
    """Retention rate that gives this mean lifetime.

    Parameters
    ----------
    lifetime : float, or list, dict or Series of float
        In periods: 1 or more if periods started are counted, 0 or more for renewals; infinite gives 1.
    counting : {"periods", "renewals"}, default "periods"
        As in :func:`expected_lifetime`.

    Returns
    -------
    float or Series: share per period, 0 to 1.

    Raises
    ------
    InputError
        For a lifetime below its lowest value.

    Notes
    -----
    ``1 - 1 / L`` or ``L / (1 + L)``.

    References
    ----------
    Inverse of :func:`expected_lifetime`.

    Examples
    --------
    >>> retention_for_lifetime(5), retention_for_lifetime(4, counting="renewals")
    (0.8, 0.8)
    """
    check = Check("retention_for_lifetime")
    check.choice("counting", counting, COUNTING)
    check.done()
    if isinstance(lifetime, float) and np.isposinf(lifetime):
        return 1.0
    life = term(check, "lifetime", lifetime, low=1 if counting == "periods" else 0)
    check.done()
    return named(1 - 1 / life if counting == "periods" else life / (1 + life), "retention_rate")


def half_life(retention_rate: Any) -> Values:
    """Periods until half of a group of customers has left.

    Parameters
    ----------
    retention_rate : float, or list, dict or Series of float
        Share who stay per period, 0 to 1.

    Returns
    -------
    float or Series, in periods (not rounded); 0 at retention 0, ``inf`` at 1.

    Raises
    ------
    InputError
        For rates outside 0 to 1.

    Notes
    -----
    ``ln 0.5 / ln r``. Below the mean lifetime for high retention: a few customers stay very long.

    References
    ----------
    Median of the geometric distribution, without rounding up.

    Examples
    --------
    >>> half_life(0.5), round(half_life(0.8), 2)
    (1.0, 3.11)
    """
    check = Check("half_life")
    r = term(check, "retention_rate", retention_rate, low=0, high=1)
    check.done()
    rate = np.asarray(r, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        life = np.log(0.5) / np.log(rate)
    life = np.where(rate == 0, 0.0, np.where(rate == 1, np.inf, life))
    return named(_like(life, r), "half_life")


def tenure_table(retention_rates: Any) -> pd.DataFrame:
    """Retention, churn, lifetime (both countings) and half-life in one table.

    Parameters
    ----------
    retention_rates : list, dict or Series of float
        Shares per period, 0 to 1.

    Returns
    -------
    DataFrame, one row a rate: ``retention_rate``, ``churn_rate``, and in periods ``lifetime``, ``renewals``
    and ``half_life``.

    Raises
    ------
    InputError
        For rates outside 0 to 1 or none at all.

    References
    ----------
    As :func:`expected_lifetime` and :func:`half_life`.

    Examples
    --------
    >>> tenure_table([0.8, 0.9, 0.95])["lifetime"].round(6).tolist()
    [5.0, 10.0, 20.0]
    """
    check = Check("tenure_table")
    r = check.vector("retention_rates", retention_rates, low=0, high=1)
    check.done()
    return pd.DataFrame(
        {
            "retention_rate": r,
            "churn_rate": 1 - r,
            "lifetime": expected_lifetime(r),
            "renewals": expected_lifetime(r, counting="renewals"),
            "half_life": half_life(r),
        }
    )


def mixed_base(sizes: Any, *, retention_rates: Any, periods: int = 10) -> pd.DataFrame:
    """A base of unlike groups over time: its retention rises although no customer becomes more loyal.

    Parameters
    ----------
    sizes : list, dict or Series of float
        Customers (or shares) of each group at the beginning, 0 or more, not all 0.
    retention_rates : list, dict or Series of float
        Share who stay per period in each group, 0 to 1.
    periods : int, default 10
        Periods to follow, 1 or more.

    Returns
    -------
    DataFrame indexed by ``period`` 0 … periods: ``survival`` (share of the beginning), ``retention_rate`` (of
    the base as a whole over the period just passed; NaN at 0 and when nobody is left), ``constant`` (what the
    first period's rate, held constant, would have left).

    Raises
    ------
    InputError
        For rates outside 0 to 1, sizes that are all 0, or lists of different lengths.

    Notes
    -----
    ``S(t) = Σ w_i r_i^t``, base retention ``S(t) / S(t - 1)``: those who leave easily have left. ``S(t) >=
    constant`` always, so projecting the first year's churn is too pessimistic.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2007). How to project customer retention. *Journal of Interactive
    Marketing* 21(1), 76–90 (there with a beta distribution instead of groups).

    Examples
    --------
    >>> base = mixed_base([50, 50], retention_rates=[0.9, 0.5], periods=2)
    >>> base["retention_rate"].round(3).tolist()[1:]  # 0.7, then (0.405 + 0.125) / 0.7
    [0.7, 0.757]
    """
    check = Check("mixed_base")
    weight, r = _groups(check, sizes, retention_rates)
    count = check.integer("periods", periods, low=1)
    check.done()
    time = np.arange(count + 1)
    survival = (weight[:, None] * r[:, None] ** time).sum(axis=0)
    table = pd.DataFrame({"survival": survival}, index=pd.Index(time, name="period"))
    before = table["survival"].shift()
    table["retention_rate"] = (table["survival"] / before).where(before > 0)
    table["constant"] = float((weight * r).sum()) ** time
    return table


def mixture_value(
    sizes: Any,
    *,
    retention_rates: Any,
    margin: float = 1.0,
    discount_rate: float,
    timing: str = "renewal",
    tenure: int = 0,
) -> pd.Series:
    """Lifetime value in a base of unlike groups, against the value at the average retention rate.

    Parameters
    ----------
    sizes, retention_rates
        As in :func:`mixed_base`, at the beginning.
    margin : float, default 1
        Money a period, the same for all, in currency.
    discount_rate : float
        Share per period, above -1.
    timing : {"renewal", "start", "end", "due"}, default "renewal"
        As in :func:`lifetime_value`.
    tenure : int, default 0
        Periods the customer has already stayed: survivors come more from the loyal groups.

    Returns
    -------
    Series: ``retention_rate`` (expected in the coming period, given the tenure), ``value`` (expected),
    ``value_at_first_average`` (at the average rate of new customers, the usual constant-r figure) and
    ``understated`` (share by which the latter is too low; NaN where ``value`` is 0).

    Raises
    ------
    InputError
        As :func:`mixed_base`, or if nobody can have stayed so long.

    Notes
    -----
    ``Σ w_i r_i^n CLV(r_i) / Σ w_i r_i^n``. CLV is convex in r, so the value at the average is never above the
    average value.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2010). Customer-base valuation in a contractual setting: the perils of
    ignoring heterogeneity. *Marketing Science* 29(1), 85–93.

    Examples
    --------
    >>> worth = mixture_value([50, 50], retention_rates=[0.9, 0.5], margin=100, discount_rate=0.1)
    >>> worth.round(2).to_dict()  # (450 + 83.33) / 2 against 0.7 / 0.4
    {'retention_rate': 0.7, 'value': 266.67, 'value_at_first_average': 175.0, 'understated': 0.34}
    """
    check = Check("mixture_value")
    weight, r = _groups(check, sizes, retention_rates)
    m = check.number("margin", margin)
    d = check.rate("discount_rate", discount_rate)
    passed = check.integer("tenure", tenure, low=0)
    check.done()
    terms: dict[str, Any] = {"discount_rate": d, "timing": timing}
    with check.inner():
        each = np.asarray(lifetime_value(m, retention_rate=list(r), **terms), dtype=float)
        first = min(1.0, float((weight * r).sum()))
        constant = float(lifetime_value(m, retention_rate=first, **terms))
    left = weight * r**passed
    check.require(left.sum() > 0, _("somebody must have stayed so long"), got=f"tenure={passed}")
    check.done()
    left = left / left.sum()
    value = float((left * each).sum())
    return pd.Series(
        {
            "retention_rate": float((left * r).sum()),
            "value": value,
            "value_at_first_average": constant,
            "understated": 1 - constant / value if value else np.nan,
        },
        name="mixture_value",
    )


def _groups(check: Check, sizes: Any, retention_rates: Any) -> tuple[np.ndarray, np.ndarray]:
    given = {"sizes": sizes, "retention_rates": retention_rates}
    weight = check.vector("sizes", sizes, low=0)
    r = check.vector("retention_rates", retention_rates, low=0, high=1)
    check.done()
    matched = side_by_side(check, given, {"sizes": weight, "retention_rates": r})
    share, rate = (np.asarray(matched[name], dtype=float) for name in given)
    check.require(share.sum() > 0, _("sizes must not all be 0"), got="0")
    check.done()
    return share / share.sum(), rate


def _like(values: np.ndarray, model: Values) -> Values:
    return pd.Series(values, index=model.index) if isinstance(model, pd.Series) else float(values)
