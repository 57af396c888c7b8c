"""How many deals it takes to see a difference in win rates, and how often a given number would see it."""

from __future__ import annotations

import math
from typing import Any

from scipy.special import ndtr, ndtri

from casekit._text import _
from casekit._validate import Check

#: Ways to approximate the power of a comparison of two shares.
METHODS = ("pooled", "unpooled", "arcsine")


def sample_size_two_rates(
    rate: float,
    other_rate: float,
    *,
    significance_level: float = 0.05,
    power: float = 0.8,
    sides: int = 2,
    method: str = "pooled",
    continuity: bool = False,
) -> int:
    """How many deals each group needs so that a true difference in win rates is seen.

    The course's 24 % against 14 % needs 241 deals a group, 482 in all: more than most sales teams close in a
    year, which is why the claim is never tested. Half the difference needs about four times the deals.

    Parameters
    ----------
    rate, other_rate : float
        The two true win rates, 0 to 1, different; their order does not matter.
    significance_level : float, default 0.05
        Chance of seeing a difference where there is none, strictly between 0 and 1.
    power : float, default 0.8
        Chance of seeing this difference, above the significance level and below 1.
    sides : {1, 2}, default 2
        2 if the difference may go either way.
    method : {"pooled", "unpooled", "arcsine"}
        ``pooled``: the test's variance is that of no difference (Fleiss; R's ``power.prop.test``).
        ``unpooled``: one variance throughout, a little smaller. ``arcsine``: Cohen's h.
    continuity : bool, default False
        With ``pooled`` or ``unpooled``: add Fleiss's correction for counts being whole, about
        ``2 / |difference|`` deals more overall.

    Returns
    -------
    int
        Deals in each group, rounded up.

    Raises
    ------
    InputError
        If the rates are equal or a number is out of its range.

    Notes
    -----
    With ``d`` the difference, ``m`` the mean of the rates, ``v = p1 (1 - p1) + p2 (1 - p2)``, ``a`` the
    normal quantile of ``1 - significance_level / sides`` and ``b`` that of ``power``:

    - pooled: ``n = (a sqrt(2 m (1 - m)) + b sqrt(v))² / d²``
    - unpooled: ``n = (a + b)² v / d²``
    - arcsine: ``n = 2 (a + b)² / h²`` with ``h = 2 asin sqrt(p1) - 2 asin sqrt(p2)``
    - continuity: ``n/4 (1 + sqrt(1 + 4 / (n |d|)))²``

    References
    ----------
    Fleiss, J. (1981). *Statistical Methods for Rates and Proportions*, 2nd ed., equations 3.14 and 3.15.
    Cohen, J. (1988). *Statistical Power Analysis*, 2nd ed., ch. 6.

    Examples
    --------
    >>> sample_size_two_rates(0.24, 0.14)
    241
    """
    check = Check("sample_size_two_rates")
    terms = _terms(check, rate, other_rate, significance_level, sides, method)
    power = check.number("power", power, low=0, high=1, low_open=True, high_open=True)
    continuity = check.flag("continuity", continuity)
    check.done()
    check.require(
        rate != other_rate,
        _("rate and other_rate must differ"),
        got=str(rate),
        hint=_("no number of deals shows a difference that is not there"),
    )
    check.require(
        not power <= significance_level,
        _("power must be above the significance level"),
        got=str(power),
        hint="power=0.8",
    )
    check.done()
    gap, null_spread, spread, a = terms
    n = ((a * null_spread + float(ndtri(power)) * spread) / gap) ** 2
    if continuity and method != "arcsine":
        n = n / 4 * (1 + math.sqrt(1 + 4 / (n * gap))) ** 2
    return max(2, math.ceil(n - 1e-9))


def power_two_rates(
    deals: float,
    *,
    rate: float,
    other_rate: float,
    significance_level: float = 0.05,
    sides: int = 2,
    method: str = "pooled",
) -> float:
    """How often a comparison with so many deals a group would see the difference.

    Parameters
    ----------
    deals : float
        Deals in each group, above 0.
    rate, other_rate, significance_level, sides, method
        As in :func:`sample_size_two_rates`.

    Returns
    -------
    float
        0 to 1. The chance of a "significant" difference in the right direction; equal rates give half the
        significance level with two sides.

    Examples
    --------
    >>> round(power_two_rates(100, rate=0.24, other_rate=0.14), 2)
    0.44
    """
    check = Check("power_two_rates")
    count = check.positive("deals", deals)
    terms = _terms(check, rate, other_rate, significance_level, sides, method)
    check.done()
    gap, null_spread, spread, a = terms
    if spread == 0:
        return float(gap > 0)
    return float(ndtr((gap * math.sqrt(count) - a * null_spread) / spread))


def _terms(
    check: Check, rate: Any, other_rate: Any, significance_level: Any, sides: Any, method: str
) -> tuple[float, float, float, float]:
    """Difference, spread if there is none, spread as it is, normal quantile of the test."""
    first, second = check.share("rate", rate), check.share("other_rate", other_rate)
    alpha = check.number(
        "significance_level", significance_level, low=0, high=1, low_open=True, high_open=True
    )
    check.choice("sides", sides, (1, 2))
    check.choice("method", method, METHODS)
    if check.problems:
        return 0.0, 0.0, 0.0, 0.0
    a = float(ndtri(1 - alpha / sides))
    if method == "arcsine":
        gap = abs(2 * math.asin(math.sqrt(first)) - 2 * math.asin(math.sqrt(second)))
        return gap, math.sqrt(2), math.sqrt(2), a
    spread = math.sqrt(first * (1 - first) + second * (1 - second))
    mean = (first + second) / 2
    null = math.sqrt(2 * mean * (1 - mean)) if method == "pooled" else spread
    return abs(first - second), null, spread, a
