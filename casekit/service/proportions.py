"""A share with what chance leaves open: the interval behind every "98 % of promises kept"."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import betaincinv, ndtri

from casekit._text import _
from casekit._validate import Check

#: Ways to put an interval around a share.
METHODS = ("wilson", "clopper-pearson", "wald")


@dataclass(frozen=True)
class Proportion:
    """A share with its interval.

    Attributes
    ----------
    estimate, low, high : float
        Shares, 0 to 1.
    successes, trials : int
    level : float
        Probability that such intervals hold the true share.
    """

    estimate: float
    low: float
    high: float
    successes: int
    trials: int
    level: float


def proportion_interval(
    successes: int, trials: int, *, level: float = 0.95, method: str = "wilson"
) -> Proportion:
    """A share and the range in which the true share may lie, such as promises kept out of promises given.

    Thirty promises kept out of thirty are not proof of 100 %: the lower bound says how much less it may be.

    Parameters
    ----------
    successes : int
        How often it happened, 0 to ``trials``.
    trials : int
        How often it could have happened, 1 or more.
    level : float, default 0.95
        Probability of the interval, strictly between 0 and 1.
    method : {"wilson", "clopper-pearson", "wald"}
        ``wilson``: close to its level at any size, never outside 0 to 1. ``clopper-pearson``: never below
        its level, hence wider. ``wald``: the textbook plus-minus, poor near 0 and 1; cut off at 0 and 1.

    Returns
    -------
    Proportion

    Raises
    ------
    InputError
        If counts are negative, not whole, or more happened than could.

    Notes
    -----
    With ``p = successes / trials``, ``n = trials``, ``z`` the normal quantile of (1 + level) / 2:

    - Wilson: ``(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)``
    - Clopper–Pearson: quantiles of Beta(x, n-x+1) and Beta(x+1, n-x)
    - Wald: ``p ± z sqrt(p(1-p)/n)``

    References
    ----------
    Wilson, E. B. (1927). *JASA* 22, 209–212. Clopper, C. and Pearson, E. S. (1934). *Biometrika* 26,
    404–413. Brown, L., Cai, T. and DasGupta, A. (2001). *Statistical Science* 16, 101–133.

    Examples
    --------
    >>> kept = proportion_interval(30, 30)
    >>> kept.estimate, round(kept.low, 3), kept.high
    (1.0, 0.886, 1.0)
    """
    check = Check("proportion_interval")
    trials = check.integer("trials", trials, low=1)
    successes = check.integer("successes", successes, low=0)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.choice("method", method, METHODS)
    check.require(
        successes <= trials or trials < 1,
        _("successes must not exceed trials"),
        got=_("{successes} of {trials}").format(successes=successes, trials=trials),
        hint=_("trials counts all cases, not only the failures"),
    )
    check.done()
    low, high = _bounds(successes, trials, level, method)
    return Proportion(successes / trials, low, high, successes, trials, level)


def _bounds(successes: int, trials: int, level: float, method: str) -> tuple[float, float]:
    share = successes / trials
    z = float(ndtri((1 + level) / 2))
    if method == "clopper-pearson":
        tail = (1 - level) / 2
        low = 0.0 if successes == 0 else float(betaincinv(successes, trials - successes + 1, tail))
        high = 1.0 if successes == trials else float(betaincinv(successes + 1, trials - successes, 1 - tail))
        return low, high
    if method == "wald":
        half = z * math.sqrt(share * (1 - share) / trials)
        return max(0.0, share - half), min(1.0, share + half)
    centre = share + z**2 / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    divisor = 1 + z**2 / trials
    low = 0.0 if successes == 0 else (centre - half) / divisor
    high = 1.0 if successes == trials else (centre + half) / divisor
    return low, high
