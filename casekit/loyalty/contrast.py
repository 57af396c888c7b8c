"""The customers who do not get the perks, and see that others do."""

from __future__ import annotations

import math

import pandas as pd

from casekit._validate import Check


def contrast_cost(
    non_members: float,
    *,
    aware: float,
    upset: float,
    contribution: float,
    lost: float,
    told: float = 0.0,
    told_lost: float = 0.0,
    programme_gain: float = 0.0,
) -> pd.Series:
    """What a programme costs by those who do not get it, see that others do, and are annoyed.

    The account of a programme usually counts members only. A queue that members jump is seen by the queue.
    The shares are best measured: non-members who see the perks against non-members who do not
    (:func:`casekit.loyalty.programme_effect`); otherwise they are assumptions, and the break-even says how
    wrong they may be.

    Parameters
    ----------
    non_members : float
        Customers without the programme, 0 or more.
    aware : float
        Share of them who notice what members get, 0 to 1.
    upset : float
        Share of those who mind, 0 to 1.
    contribution : float
        Contribution of one non-member in a period, 0 or more.
    lost : float
        Share of it that an upset customer takes away, 0 to 1 (1: leaves).
    told : float, default 0
        Other customers each upset one tells, 0 or more.
    told_lost : float, default 0
        Share of the contribution that one who was told takes away, 0 to 1.
    programme_gain : float, default 0
        Gain of the programme on its members in the period, before this cost.

    Returns
    -------
    Series with ``upset_customers``, ``lost_contribution`` (their own), ``word_of_mouth`` (of those told),
    ``cost`` (both, 0 or more), ``net_gain`` (``programme_gain`` less ``cost``) and ``break_even_upset``
    (share of those aware at which nothing is left; infinite if being upset costs nothing, 0 if there is no
    gain to lose; above 1: the programme pays even if all mind).

    Raises
    ------
    InputError
        If a share is outside 0 to 1 or a number is negative.

    Notes
    -----
    ``cost = non_members · aware · upset · contribution · (lost + told · told_lost)``.

    References
    ----------
    Steinhoff, L. and Palmatier, R. W. (2016). Understanding loyalty program effectiveness: managing target
    and bystander effects. *Journal of the Academy of Marketing Science* 44(1), 88–107.

    Examples
    --------
    Of 1,000 guests half see the perks, a tenth of those mind and take a fifth of their 300 a year elsewhere:

    >>> account = contrast_cost(1000, aware=0.5, upset=0.1, contribution=300, lost=0.2, programme_gain=9000)
    >>> account[["cost", "net_gain", "break_even_upset"]].tolist()
    [3000.0, 6000.0, 0.3]
    """
    check = Check("contrast_cost")
    people = check.number("non_members", non_members, low=0)
    aware, upset = check.share("aware", aware), check.share("upset", upset)
    money = check.number("contribution", contribution, low=0)
    lost, told_lost = check.share("lost", lost), check.share("told_lost", told_lost)
    told = check.number("told", told, low=0)
    gain = check.number("programme_gain", programme_gain)
    check.done()
    unhappy = people * aware * upset
    own, others = unhappy * money * lost, unhappy * told * money * told_lost
    at_stake = people * aware * money * (lost + told * told_lost)
    even = max(gain, 0.0) / at_stake if at_stake > 0 else (math.inf if gain > 0 else 0.0)
    return pd.Series(
        {
            "upset_customers": unhappy,
            "lost_contribution": own,
            "word_of_mouth": others,
            "cost": own + others,
            "net_gain": gain - own - others,
            "break_even_upset": even,
        },
        name="contrast_cost",
    )
