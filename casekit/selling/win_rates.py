"""Do more deals come with the method than without? Two win rates, their difference and what chance can do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import betainc, betaincinv, ndtr, ndtri

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import alike
from casekit.service.proportions import proportion_interval

#: Points at which a Beta distribution is cut for the distribution of a difference or ratio.
GRID = 4_000


@dataclass(frozen=True)
class WinRateComparison:
    """Two win rates side by side; differences are the first less the second.

    Attributes
    ----------
    rates : DataFrame
        Index: the two names; ``wins``, ``deals``, ``rate``, ``low``, ``high`` (Wilson).
    difference, low, high : float
        In shares (0.10 is ten percentage points), with its interval.
    ratio, ratio_low, ratio_high : float
        First over second (1.71 is 71 % more), with its interval; infinite if the second won nothing.
    z, p_value : float
        Pooled test of no difference, two-sided.
    level : float
        Probability of the intervals.
    """

    rates: pd.DataFrame
    difference: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    z: float
    p_value: float
    level: float


def compare_win_rates(wins: Any, *, deals: Any, level: float = 0.95) -> WinRateComparison:
    """Whether one group of deals is won more often than another, and by how much, both ways of saying it.

    "24 % against 14 %" is ten points or 71 % more: vendors print the larger figure. Neither means that the
    method caused it. Unless deals were assigned by lot, sellers use a method on deals they like, and a
    method is used by sellers who would win anyway. The course's own pair comes without the number of deals
    and without a source.

    Parameters
    ----------
    wins : dict, Series or list of int, shape (2,)
        Deals won in the two groups.
    deals : dict, Series or list of int, shape (2,)
        All closed deals of the two groups, 1 or more each.
    level : float, default 0.95
        Probability of the intervals.

    Returns
    -------
    WinRateComparison

    Raises
    ------
    InputError
        If there are not two groups, counts are not whole, or more were won than closed.

    Notes
    -----
    Interval of the difference: Newcombe's hybrid score (his method 10), ``d - sqrt((p1 - l1)² + (u2 -
    p2)²)`` to ``d + sqrt((u1 - p1)² + (p2 - l2)²)`` with Wilson bounds ``l, u``. Ratio: Katz's log interval,
    ``ratio exp(± z sqrt((1 - p1)/x1 + (1 - p2)/x2))``; 0 or infinite where a count is zero. Test:
    ``z = d / sqrt(p (1 - p) (1/n1 + 1/n2))`` with ``p`` the pooled rate; not a number if all deals ended
    alike.

    References
    ----------
    Newcombe, R. (1998). Interval estimation for the difference between independent proportions. *Statistics
    in Medicine* 17, 873–890. Katz, D. et al. (1978). *Biometrics* 34, 469–474.

    Examples
    --------
    >>> found = compare_win_rates({"with": 24, "without": 14}, deals={"with": 100, "without": 100})
    >>> round(found.difference, 2), round(found.ratio, 2), round(found.low, 3), round(found.p_value, 3)
    (0.1, 1.71, -0.009, 0.071)
    """
    check = Check("compare_win_rates")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    won, closed = _two_groups(check, wins, deals)
    parts = [proportion_interval(int(w), int(n), level=level) for w, n in zip(won, closed, strict=True)]
    first, second = parts
    difference = first.estimate - second.estimate
    low = difference - math.hypot(first.estimate - first.low, second.high - second.estimate)
    high = difference + math.hypot(first.high - first.estimate, second.estimate - second.low)
    pooled = float(won.sum() / closed.sum())
    error = math.sqrt(pooled * (1 - pooled) * float((1 / closed).sum()))
    z = difference / error if error > 0 else math.nan
    ratio, ratio_low, ratio_high = _ratio(won, closed, float(ndtri((1 + level) / 2)))
    rates = pd.DataFrame(
        {
            "wins": won.astype(int),
            "deals": closed.astype(int),
            "rate": [part.estimate for part in parts],
            "low": [part.low for part in parts],
            "high": [part.high for part in parts],
        }
    )
    p_value = 2 * float(ndtr(-abs(z))) if not math.isnan(z) else math.nan
    return WinRateComparison(rates, difference, low, high, ratio, ratio_low, ratio_high, z, p_value, level)


def _ratio(won: pd.Series, closed: pd.Series, z: float) -> tuple[float, float, float]:
    (x1, x2), (n1, n2) = won, closed
    if x1 == 0 and x2 == 0:
        return math.nan, 0.0, math.inf
    if x2 == 0:
        return math.inf, 0.0, math.inf
    if x1 == 0:
        return 0.0, 0.0, math.inf
    ratio = (x1 / n1) / (x2 / n2)
    half = z * math.sqrt((1 - x1 / n1) / x1 + (1 - x2 / n2) / x2)
    return float(ratio), float(ratio * math.exp(-half)), float(ratio * math.exp(half))


@dataclass(frozen=True)
class UpliftPosterior:
    """What two counts leave possible for the difference of two win rates.

    Attributes
    ----------
    probability_better : float
        That the first rate is the higher one, 0 to 1.
    difference, low, high : float
        Posterior mean of first less second, and its interval, in shares.
    ratio, ratio_low, ratio_high : float
        Posterior median of first over second, and its interval.
    level : float
    """

    probability_better: float
    difference: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float
    level: float


def uplift_posterior(
    wins: Any, *, deals: Any, prior: tuple[float, float] = (1.0, 1.0), level: float = 0.95
) -> UpliftPosterior:
    """How sure one may be that the first way of selling wins more often, and by how much it may differ.

    Answers the manager's question directly ("how likely is it better?"), which a p-value does not. It is
    about chance alone: groups that differed from the start differ in the posterior too.

    Parameters
    ----------
    wins, deals : dict, Series or list of int, shape (2,)
        As in :func:`compare_win_rates`; deals may be 0 (then the prior speaks).
    prior : (float, float), default (1, 1)
        Wins and losses that the prior adds to each group, above 0.
    level : float, default 0.95
        Probability of the intervals (equal tails).

    Returns
    -------
    UpliftPosterior

    Notes
    -----
    ``p_g ~ Beta(prior[0] + wins_g, prior[1] + deals_g - wins_g)``, independent. ``P(p1 - p2 <= d) = E[F1(p2 +
    d)]`` and ``P(p1 / p2 <= r) = E[F1(r p2)]``, the mean taken over 4,000 equally likely points of ``p2``:
    exact to about 1e-6, no random draws.

    References
    ----------
    Gelman, A. et al. (2013). *Bayesian Data Analysis*, 3rd ed., section 2.4.

    Examples
    --------
    >>> found = uplift_posterior([24, 14], deals=[100, 100])
    >>> round(found.probability_better, 2), round(found.difference, 3)
    (0.96, 0.098)
    """
    check = Check("uplift_posterior")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    if not isinstance(prior, (tuple, list)) or len(prior) != 2:
        check.add(errors.wrong_type("prior", _("a pair (wins, losses)"), prior))
        prior = (1.0, 1.0)
    more = [check.positive(f"prior[{place}]", part) for place, part in enumerate(prior)]
    won, closed = _two_groups(check, wins, deals, least=0)
    a, b = (won + more[0]).to_numpy(), (closed - won + more[1]).to_numpy()
    points = betaincinv(a[1], b[1], (np.arange(GRID) + 0.5) / GRID)

    def below(shift: float) -> float:
        return float(betainc(a[0], b[0], np.clip(points + shift, 0, 1)).mean())

    def below_ratio(log_ratio: float) -> float:
        return float(betainc(a[0], b[0], np.clip(points * math.exp(log_ratio), 0, 1)).mean())

    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = (brentq(lambda d, tail=tail: below(d) - tail, -1, 1) for tail in tails)
    ratios = [
        math.exp(brentq(lambda r, tail=tail: below_ratio(r) - tail, -700, 700))
        for tail in (tails[0], 0.5, tails[1])
    ]
    means = a / (a + b)
    return UpliftPosterior(
        1 - below(0.0), float(means[0] - means[1]), low, high, ratios[1], ratios[0], ratios[2], level
    )


def _two_groups(check: Check, wins: Any, deals: Any, least: int = 1) -> tuple[pd.Series, pd.Series]:
    """Wins and closed deals of two groups as whole numbers in one order; raises what is wrong."""
    won, closed = check.vector("wins", wins, low=0), check.vector("deals", deals, low=least)
    check.done()
    for name, counts in (("wins", won), ("deals", closed)):
        check.require(
            len(counts) == 2, _("{name} must hold two groups").format(name=name), got=str(len(counts))
        )
        check.require(
            bool((counts % 1 == 0).all()),
            _("{name} must hold whole numbers").format(name=name),
            got=errors.listing(errors.shown(count) for count in counts[counts % 1 != 0]),
            hint=_("give counts, not shares"),
        )
    check.done()
    closed = alike(check, "deals", closed, "wins", won)
    check.done()
    more = won.to_numpy() > closed.to_numpy()
    check.require(
        not more.any(),
        _("wins must not exceed deals"),
        got=errors.listing(errors.shown(count) for count in won[more]),
        hint=_("deals counts all closed deals, won and lost"),
    )
    check.done()
    named = won.index if not won.index.equals(pd.RangeIndex(2)) else closed.index
    return won.set_axis(named).astype(float), closed.set_axis(named).astype(float)
