"""Satisfaction with its uncertainty: net promoter score, share satisfied, peak and end of an experience."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
from scipy.special import ndtr, ndtri

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.service.proportions import Proportion, proportion_interval

#: From these ratings (0 to 10) on a respondent is a passive, then a promoter.
PASSIVE_FROM, PROMOTER_FROM = 7, 9


@dataclass(frozen=True)
class NetPromoterScore:
    """Share of promoters less share of detractors, with its interval.

    Attributes
    ----------
    score, low, high, standard_error : float
        In shares, -1 to 1; times 100 it is the figure usually quoted.
    promoters, passives, detractors : float
        Shares, adding up to 1.
    respondents : int
    level : float
    """

    score: float
    low: float
    high: float
    standard_error: float
    promoters: float
    passives: float
    detractors: float
    respondents: int
    level: float


def net_promoter_score(ratings: Any, *, level: float = 0.95) -> NetPromoterScore:
    """Net promoter score of ratings from 0 to 10, with the interval that reports leave out.

    The score throws away most of what eleven grades tell, so it needs large samples: at 100 answers the
    interval is usually wider than the change people talk about.

    Parameters
    ----------
    ratings : Series or list of int, shape (n_respondents,)
        Likelihood to recommend, 0 to 10: 9 and 10 promote, 7 and 8 are passive, 6 and less detract.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    NetPromoterScore

    Raises
    ------
    InputError
        If a rating is missing or outside 0 to 10, or fewer than two people answered.

    Notes
    -----
    ``NPS = p - q``, ``Var = p + q - NPS²``, ``SE = sqrt(Var / n)``; the interval is ``NPS ± z SE``, cut off
    at -1 and 1. Equal to ``Var p + Var q - 2 Cov(p, q)`` with ``Cov = -p q / n``.

    References
    ----------
    Reichheld, F. (2003). The one number you need to grow. *Harvard Business Review* 81(12). Rocks, B.
    (2016). Interval estimation for the net promoter score. *The American Statistician* 70(4), 365–372.

    Examples
    --------
    >>> found = net_promoter_score([10, 9, 8, 3])
    >>> found.score, found.promoters, round(found.standard_error, 3)
    (0.25, 0.5, 0.415)
    """
    check = Check("net_promoter_score")
    scores = check.vector("ratings", ratings, low=0, high=10, hint=_("ratings run from 0 to 10"))
    check.done()
    broken = scores[scores % 1 != 0]
    check.require(
        broken.empty,
        _("ratings must be whole numbers from 0 to 10"),
        got=errors.listing(errors.shown(score) for score in broken.unique()),
        where=errors.rows(broken.index),
        hint=_("give each person's own answer, not a mean"),
    )
    check.done()
    promoters = int((scores >= PROMOTER_FROM).sum())
    detractors = int((scores < PASSIVE_FROM).sum())
    passives = len(scores) - promoters - detractors
    with check.inner():
        return nps_from_counts(promoters=promoters, passives=passives, detractors=detractors, level=level)


def nps_from_counts(
    *, promoters: int, passives: int, detractors: int, level: float = 0.95
) -> NetPromoterScore:
    """Net promoter score from the three counts.

    Parameters
    ----------
    promoters, passives, detractors : int
        Respondents of each kind, zero or more, two or more in all.
    level : float, default 0.95

    Returns
    -------
    NetPromoterScore
        See :func:`net_promoter_score`.

    Examples
    --------
    >>> nps_from_counts(promoters=50, passives=30, detractors=20).score
    0.3
    """
    check = Check("nps_from_counts")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    given = {"promoters": promoters, "passives": passives, "detractors": detractors}
    counts = [check.integer(name, count, low=0) for name, count in given.items()]
    total = sum(counts)
    check.require(
        total >= 2,
        _("there must be at least two respondents"),
        got=str(total),
        hint=_("one answer says nothing about a spread"),
    )
    check.done()
    score = (counts[0] - counts[2]) / total
    shares = [count / total for count in counts]
    error = math.sqrt(max(0.0, shares[0] + shares[2] - score**2) / total)
    if error == 0:
        message = _("{function}: all answered alike, so the interval has no width and says nothing of chance")
        check.warn(message.format(function=check.function))
    half = float(ndtri((1 + level) / 2)) * error
    return NetPromoterScore(
        score,
        max(-1.0, score - half),
        min(1.0, score + half),
        error,
        promoters=shares[0],
        passives=shares[1],
        detractors=shares[2],
        respondents=total,
        level=level,
    )


def compare_nps(first: NetPromoterScore, second: NetPromoterScore, *, level: float = 0.95) -> pd.Series:
    """Whether one net promoter score is higher than another by more than chance.

    Parameters
    ----------
    first, second : NetPromoterScore
        Of two groups of different respondents, such as last year's and this year's.
    level : float, default 0.95

    Returns
    -------
    Series with ``difference`` (second less first, in shares), ``low``, ``high``, ``standard_error``,
    ``p_value`` (two-sided; missing when neither group varies).

    Notes
    -----
    ``SE = sqrt(SE_1² + SE_2²)``, normal approximation.

    Examples
    --------
    >>> before = nps_from_counts(promoters=40, passives=40, detractors=20)
    >>> after = nps_from_counts(promoters=50, passives=35, detractors=15)
    >>> compare_nps(before, after)[["difference", "p_value"]].round(2).tolist()
    [0.15, 0.15]
    """
    check = Check("compare_nps")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    for name, score in (("first", first), ("second", second)):
        if not isinstance(score, NetPromoterScore):
            check.add(errors.wrong_type(name, _("a NetPromoterScore"), score, "net_promoter_score(ratings)"))
    check.done()
    difference = second.score - first.score
    error = math.hypot(first.standard_error, second.standard_error)
    if error == 0:
        message = _("{function}: all answered alike, so the interval has no width and says nothing of chance")
        check.warn(message.format(function=check.function))
    half = float(ndtri((1 + level) / 2)) * error
    p_value = 2 * float(ndtr(-abs(difference) / error)) if error > 0 else math.nan
    return pd.Series(
        {
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "standard_error": error,
            "p_value": p_value,
        },
        name="nps",
    )


def share_satisfied(
    ratings: Any, *, satisfied_from: float = 4, scale: tuple[float, float] = (1, 5), level: float = 0.95
) -> Proportion:
    """Customer satisfaction (CSAT): share of ratings at or above a mark, with its interval.

    Parameters
    ----------
    ratings : Series or list of float, shape (n_respondents,)
        Ratings on the scale.
    satisfied_from : float, default 4
        Lowest rating that counts as satisfied ("top two boxes" of five).
    scale : (float, float), default (1, 5)
        Lowest and highest rating possible.
    level : float, default 0.95

    Returns
    -------
    Proportion
        Wilson interval; see :func:`casekit.service.proportion_interval`.

    Examples
    --------
    >>> share_satisfied([5, 4, 3, 2]).estimate
    0.5
    """
    check = Check("share_satisfied")
    is_pair = isinstance(scale, (tuple, list)) and len(scale) == 2
    if not is_pair:
        check.stop(errors.wrong_type("scale", _("a pair, lowest and highest rating"), scale, "scale=(1, 5)"))
    low, high = (check.number("scale", end) for end in scale)
    check.require(low < high, _("scale must rise"), got=_("{low} to {high}").format(low=low, high=high))
    check.done()
    scores = check.vector("ratings", ratings, low=low, high=high)
    mark = check.number("satisfied_from", satisfied_from, low=low, high=high)
    check.done()
    return proportion_interval(int((scores >= mark).sum()), len(scores), level=level)


def peak_end(ratings: Any, *, neutral: float = 0.0) -> pd.Series:
    """How an experience is remembered: its strongest moment and its end, beside the plain mean.

    People remember a stay by its peak and its end and hardly by its length, so a small surprise at the end
    may do more than a better average. The rule is a regularity of memory experiments, not a law of spending.

    Parameters
    ----------
    ratings : Series or list of float, shape (n_moments,)
        Feeling at each moment, in order of time.
    neutral : float, default 0
        Rating that is neither good nor bad; the peak is the moment farthest from it (the later of equals).

    Returns
    -------
    Series with ``mean``, ``peak``, ``end`` and ``peak_end``, the mean of the two.

    References
    ----------
    Kahneman, D., Fredrickson, B., Schreiber, C. and Redelmeier, D. (1993). When more pain is preferred to
    less: adding a better end. *Psychological Science* 4(6), 401–405.

    Examples
    --------
    >>> peak_end([1, 5, 2, 3], neutral=3).to_dict()
    {'mean': 2.75, 'peak': 5.0, 'end': 3.0, 'peak_end': 4.0}
    """
    check = Check("peak_end")
    scores = check.vector("ratings", ratings)
    neutral = check.number("neutral", neutral)
    check.done()
    values = scores.to_numpy()
    distance = abs(values - neutral)
    peak = float(values[len(values) - 1 - distance[::-1].argmax()])
    end = float(values[-1])
    return pd.Series({"mean": float(values.mean()), "peak": peak, "end": end, "peak_end": (peak + end) / 2})
