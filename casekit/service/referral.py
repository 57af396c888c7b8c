"""Growth by referral: the viral coefficient, its total, and what a referral share does and does not prove."""

from __future__ import annotations

import math

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def viral_coefficient(invitations: float, conversion: float) -> float:
    """Customers whom one customer brings: invitations sent times the share that is taken up.

    Parameters
    ----------
    invitations : float
        Invitations sent by one customer, zero or more.
    conversion : float
        Share of invitations that become customers, 0 to 1.

    Returns
    -------
    float
        Zero or more. Below 1 a push dies out, at 1 or more it grows until the market ends.

    Notes
    -----
    ``k = invitations * conversion``

    Examples
    --------
    >>> viral_coefficient(5, 0.1)
    0.5
    """
    check = Check("viral_coefficient")
    invitations = check.number("invitations", invitations, low=0)
    conversion = check.share("conversion", conversion)
    check.done()
    return invitations * conversion


def referral_total(seeds: float, coefficient: float) -> float:
    """All customers that a seed brings in the end, itself included.

    Parameters
    ----------
    seeds : float
        Customers to begin with, zero or more.
    coefficient : float
        Customers whom one customer brings, zero or more (:func:`viral_coefficient`), the same for each
        round: later rounds usually bring fewer, as the seeds are the firm's friends.

    Returns
    -------
    float
        ``seeds / (1 - k)``; infinite with ``k`` of 1 or more (see :func:`referral_growth` for a number of
        rounds).

    Examples
    --------
    >>> referral_total(100, 0.5)
    200.0
    """
    check = Check("referral_total")
    seeds = check.number("seeds", seeds, low=0)
    coefficient = check.number("coefficient", coefficient, low=0)
    check.done()
    if coefficient >= 1:
        return math.inf if seeds > 0 else 0.0
    return seeds / (1 - coefficient)


def referral_growth(
    seeds: float, coefficient: float, *, generations: int, market: float | None = None
) -> pd.DataFrame:
    """Customers round by round: the seeds bring some, these bring others.

    Parameters
    ----------
    seeds : float
        Customers to begin with (round 0), zero or more.
    coefficient : float
        Customers whom one customer brings in the next round, zero or more.
    generations : int
        Rounds to follow after the seeds, zero or more.
    market : float, optional
        People there are in all, at least ``seeds``: invitations then reach ever more people who are already
        in, and the rounds shrink with the share not yet reached. Left out: endless.

    Returns
    -------
    DataFrame, index ``generation`` (0, 1, …), with columns ``new`` and ``total`` (customers).

    Notes
    -----
    ``new_g = k new_{g-1}`` (times ``1 - total_{g-1} / market``).

    Examples
    --------
    >>> referral_growth(100, 0.5, generations=3)["total"].tolist()
    [100.0, 150.0, 175.0, 187.5]
    """
    check = Check("referral_growth")
    seeds = check.number("seeds", seeds, low=0)
    coefficient = check.number("coefficient", coefficient, low=0)
    generations = check.integer("generations", generations, low=0)
    size = math.inf
    if market is not None:
        size = check.number("market", market, low=seeds if math.isfinite(seeds) else 0)
    check.done()
    new, total = [seeds], [seeds]
    for _round in range(generations):
        open_share = 1.0 if math.isinf(size) else (1 - total[-1] / size if size else 0.0)
        new.append(min(new[-1] * coefficient * open_share, size - total[-1]))
        total.append(total[-1] + new[-1])
    index = pd.RangeIndex(generations + 1, name="generation")
    return pd.DataFrame({"new": new, "total": total}, index=index)


def referral_multiplier(share: float, *, incremental: float = 1.0) -> float:
    """By how much referral multiplies orders if a given share of them comes by referral.

    "40 % of orders come from referral" is read as growth of two thirds. That is the upper bound: it takes
    every referred customer as one who would not have come otherwise. Many would have, the more so where a
    reward makes people name a friend who was on the way; only a comparison with a place or time without the
    programme gives ``incremental``.

    Parameters
    ----------
    share : float
        Share of orders that come by referral, 0 or more and below 1.
    incremental : float, default 1
        Share of those that would not have come without it, 0 to 1. The default is the upper bound.

    Returns
    -------
    float
        1 or more.

    Raises
    ------
    InputError
        If all orders are by incremental referral: then there would be none without it.

    Notes
    -----
    ``1 / (1 - share * incremental)``

    Examples
    --------
    >>> round(referral_multiplier(0.4), 3), round(referral_multiplier(0.4, incremental=0.25), 3)
    (1.667, 1.111)
    """
    check = Check("referral_multiplier")
    share = check.share("share", share)
    incremental = check.share("incremental", incremental)
    if share * incremental >= 1:
        rule = _("share times incremental must lie below 1")
        check.add(errors.must_hold(rule, got="1", hint=_("someone must have come first")))
    check.done()
    return 1 / (1 - share * incremental)


def cost_of_referred_customer(
    reward: float, *, other_cost: float = 0.0, incremental: float = 1.0, fraud: float = 0.0
) -> float:
    """What one truly additional customer costs through a referral programme.

    Rewards are also paid for customers who would have come anyway and for invented ones.

    Parameters
    ----------
    reward : float
        Paid for each referred customer, to both sides together, in money, zero or more.
    other_cost : float, default 0
        Other cost for each referred customer, in money, zero or more.
    incremental : float, default 1
        Share of the genuine ones that would not have come otherwise, above 0 and at most 1.
    fraud : float, default 0
        Share of rewarded customers that are not genuine, 0 or more and below 1.

    Returns
    -------
    float
        Money per additional customer; compare with the lifetime value of a referred customer.

    Notes
    -----
    ``(reward + other_cost) / (incremental * (1 - fraud))``

    References
    ----------
    Schmitt, P., Skiera, B. and Van den Bulte, C. (2011). Referral programs and customer value. *Journal of
    Marketing* 75(1), 46–59.

    Examples
    --------
    >>> cost_of_referred_customer(50, incremental=0.5, fraud=0.2)
    125.0
    """
    check = Check("cost_of_referred_customer")
    paid = check.number("reward", reward, low=0) + check.number("other_cost", other_cost, low=0)
    incremental = check.number("incremental", incremental, low=0, high=1, low_open=True)
    fraud = check.number("fraud", fraud, low=0, high=1, high_open=True)
    check.done()
    return paid / (incremental * (1 - fraud))
