"""How many interviews until we have heard nearly every need?"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Below this the fit says that rare needs have no end.
LEAST_LOG_ALPHA = -6.0


@dataclass(frozen=True)
class NeedDetection:
    """How readily needs come up in interviews, as a beta distribution over needs.

    Attributes
    ----------
    alpha, beta : float
        Shape of the distribution of the chance that one interview brings up a need; its mean is
        ``alpha / (alpha + beta)``.
    interviews : int
        Interviews that it was fitted to.
    observed : int
        Needs heard in them.
    total : float
        Needs there are by the model, heard or not.
    log_likelihood : float
    """

    alpha: float
    beta: float
    interviews: int
    observed: int
    total: float
    log_likelihood: float


def needs_identified(interviews: int, *, alpha: float, beta: float) -> float:
    """Share of all customer needs that so many interviews bring up; some needs come up more readily.

    Parameters
    ----------
    interviews : int
        Number of interviews, 0 or more.
    alpha, beta : float
        Shape of the beta distribution of detection chances over needs, above 0; see
        :func:`fit_need_detection`. Large values with the same ratio: all needs come up alike.

    Returns
    -------
    float, share 0 to 1.

    Raises
    ------
    InputError
        For a negative or broken number of interviews, shapes not above 0.

    Notes
    -----
    Beta-binomial: ``E_n = 1 - B(alpha, beta + n) / B(alpha, beta)``. Interviews are taken as alike and
    independent; one hour each in the study, needs of one segment. "20 to 30 interviews" is the answer for
    that study's shapes, not a constant.

    References
    ----------
    Griffin, A. and Hauser, J. R. (1993). The voice of the customer. *Marketing Science* 12(1), 1–27.

    Examples
    --------
    >>> round(needs_identified(1, alpha=1, beta=3), 6)    # the mean chance, 1 / (1 + 3)
    0.25
    >>> round(needs_identified(3, alpha=1, beta=3), 6)
    0.5
    """
    check = Check("needs_identified")
    interviews = check.integer("interviews", interviews, low=0)
    alpha, beta = check.positive("alpha", alpha), check.positive("beta", beta)
    check.done()
    return _identified(interviews, alpha, beta)


def _identified(interviews: float, alpha: float, beta: float) -> float:
    return -math.expm1(float(betaln(alpha, beta + interviews) - betaln(alpha, beta)))


def interviews_needed(share: float, *, alpha: float, beta: float) -> int:
    """How many interviews bring up the share of needs one wants to hear.

    Parameters
    ----------
    share : float
        Share of needs, 0 to below 1.
    alpha, beta : float
        As for :func:`needs_identified`.

    Returns
    -------
    int

    Raises
    ------
    InputError
        Also when more than a million interviews would be needed.

    Examples
    --------
    >>> interviews_needed(0.5, alpha=1, beta=3)
    3
    """
    check = Check("interviews_needed")
    share = check.number("share", share, low=0, high=1, high_open=True)
    alpha, beta = check.positive("alpha", alpha), check.positive("beta", beta)
    check.done()
    low, high = 0, 1
    while _identified(high, alpha, beta) < share - 1e-12:
        low, high = high, high * 2
        check.require(
            high <= 2**20,
            _("the share must be within reach of a million interviews"),
            got=errors.shown(share),
            hint=_("many needs hardly ever come up: lower the share or ask in another way"),
        )
        check.done()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _identified(middle, alpha, beta) >= share - 1e-12 else (middle, high)
    return 0 if share <= 0 else high


def interviews_to_hear(chance: float, *, confidence: float = 0.95) -> int:
    """How many interviews make it likely to hear, at least once, a need that so many customers have.

    Parameters
    ----------
    chance : float
        Chance that one interview brings it up, above 0, at most 1 (a share of customers, if those who have
        the need mention it).
    confidence : float, default 0.95
        Wanted chance of hearing it at least once, 0 to below 1.

    Returns
    -------
    int

    Notes
    -----
    The smallest ``n`` with ``1 - (1 - chance) ** n >= confidence``.

    Examples
    --------
    >>> interviews_to_hear(0.10)    # 0.9 ** 29 = 0.047
    29
    """
    check = Check("interviews_to_hear")
    chance = check.number("chance", chance, low=0, high=1, low_open=True)
    confidence = check.number("confidence", confidence, low=0, high=1, high_open=True)
    check.done()
    if chance == 1:
        return int(confidence > 0)
    return max(0, math.ceil(math.log1p(-confidence) / math.log1p(-chance) - 1e-12))


def fit_need_detection(mentions: Any, *, interviews: int) -> NeedDetection:
    """How many needs we have not heard yet, from how often each one heard came up.

    Parameters
    ----------
    mentions : list, dict or Series of int
        For each need that was heard, in how many of the interviews it came up (1 or more).
    interviews : int
        Number of interviews, 2 or more.

    Returns
    -------
    NeedDetection

    Raises
    ------
    InputError
        For counts that are not whole, below 1 or above ``interviews``, or when every need came up in every
        interview (no shape to be found).

    Warns
    -----
    CasekitWarning
        When so many needs came up once only that no number of unheard needs can be excluded.

    Notes
    -----
    Maximises the likelihood of the counts under a beta-binomial cut off at zero, since needs with no mention
    are not on the list. ``total = observed / needs_identified(interviews)``. The estimate of what nobody has
    said rests on the shape near zero: with few interviews it is a rough guide.

    References
    ----------
    Griffin, A. and Hauser, J. R. (1993), as in :func:`needs_identified`; they fitted the growth of the list.

    Examples
    --------
    >>> found = fit_need_detection([5, 4, 3, 3, 2, 2, 1, 1, 1], interviews=6)
    >>> found.observed, round(found.total)
    (9, 12)
    """
    check = Check("fit_need_detection")
    interviews = check.integer("interviews", interviews, low=2)
    if isinstance(mentions, Mapping):
        mentions = pd.Series(dict(mentions))
    counts = check.vector("mentions", mentions, low=1, high=interviews)
    check.done()
    whole = counts == counts.round()
    check.require(
        bool(whole.all()),
        _("mentions must be whole numbers"),
        got=errors.listing(map(errors.shown, counts[~whole])),
    )
    check.require(
        bool((counts < interviews).any()),
        _("some need must have been missed by some interview"),
        got=_("every need in every interview"),
        hint=_("nothing is left to find: no model is needed"),
    )
    check.done()
    seen, weight = np.unique(counts.to_numpy(), return_counts=True)

    def loss(shape: np.ndarray) -> float:
        alpha, beta = np.exp(shape)
        return -float(weight @ _log_chance(seen, interviews, alpha, beta))

    mean = float(counts.mean()) / interviews
    bounds = [(LEAST_LOG_ALPHA, 8)] * 2
    starts = [np.log([size * mean, size * (1 - mean)]) for size in (0.2, 2.0, 50.0)]
    best = min(
        (minimize(loss, one, method="L-BFGS-B", bounds=bounds) for one in starts), key=lambda fit: fit.fun
    )
    alpha, beta = (float(x) for x in np.exp(best.x))
    if (counts == 1).all() or best.x[0] <= LEAST_LOG_ALPHA + 1e-6:
        _warn_no_limit()
    return NeedDetection(
        alpha=alpha,
        beta=beta,
        interviews=interviews,
        observed=len(counts),
        total=len(counts) / _identified(interviews, alpha, beta),
        log_likelihood=-float(best.fun),
    )


def _warn_no_limit() -> None:
    warnings.warn(
        _("fit_need_detection: needs heard once set no limit to those unheard: hold more interviews"),
        errors.CasekitWarning,
        stacklevel=3,
    )


def _log_chance(seen: np.ndarray, interviews: int, alpha: float, beta: float) -> np.ndarray:
    """Log chance of each count, given that it is not zero."""
    ways = gammaln(interviews + 1) - gammaln(seen + 1) - gammaln(interviews - seen + 1)
    chance = ways + betaln(seen + alpha, interviews - seen + beta) - betaln(alpha, beta)
    return chance - math.log(_identified(interviews, alpha, beta))
