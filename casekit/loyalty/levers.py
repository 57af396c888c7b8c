"""Ways to reward customers and distributors, and what happens when the rival rewards too."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit._text import _
from casekit._validate import Check


def lever_account(levers: Any, *, margin: float) -> pd.DataFrame:
    """Account of the levers of a reward scheme: what each costs and how much it must move.

    A discount is given to all who buy, not only to those it wins: that is why it must move so much. Levers
    for customers and for distributors (more for less, exclusive rights, rebates, training, carried risk,
    advertising, credit) fit the same account.

    Parameters
    ----------
    levers : DataFrame, dict of lists or list of dict
        Columns ``lever``, ``sales`` (before, a year), ``uplift`` (share by which sales rise), ``price_cut``
        (share of all sales given away as discount or rebate, 0 to 1) and ``fixed_cost`` (money a year:
        training, advertising, credit risk).
    margin : float
        Contribution as a share of sales before any price cut, 0 to 1.

    Returns
    -------
    DataFrame with ``lever``, ``cost`` (price cut on all sales after the uplift, and the fixed cost),
    ``extra_contribution`` (of the uplift, at the old margin), ``gain`` and ``break_even_uplift`` (missing
    when the price cut eats the whole margin); money a year.

    Raises
    ------
    InputError
        If columns are missing or a number is out of range.

    Notes
    -----
    ``gain = S ((1 + u)(m - c) - m) - F``; break-even ``u* = (S m + F) / (S (m - c)) - 1``, with S =
    ``sales``, u = ``uplift``, c = ``price_cut``, F = ``fixed_cost``, m = ``margin``.

    References
    ----------
    Nagle, T. and Müller, G. (2018). *The Strategy and Tactics of Pricing*, on break-even sales changes.

    Examples
    --------
    A 10 % discount at a margin of 40 % needs a third more sales:

    >>> lever = {"lever": "discount", "sales": 1000, "uplift": 0.2, "price_cut": 0.1, "fixed_cost": 0}
    >>> lever_account([lever], margin=0.4).drop(columns="lever").round(3).to_numpy().tolist()
    [[120.0, 80.0, -40.0, 0.333]]
    """
    check = Check("lever_account")
    names = ["lever", "sales", "uplift", "price_cut", "fixed_cost"]
    levers = check.frame("levers", levers, names)
    margin = check.share("margin", margin)
    check.done()
    sales = check.vector("levers['sales']", levers["sales"], low=0, low_open=True)
    uplift = check.vector("levers['uplift']", levers["uplift"], low=-1)
    cut = check.vector("levers['price_cut']", levers["price_cut"], low=0, high=1)
    fixed = check.vector("levers['fixed_cost']", levers["fixed_cost"], low=0)
    check.done()
    cost, extra = sales * (1 + uplift) * cut + fixed, sales * uplift * margin
    left = (margin - cut).where(margin - cut > 0)
    return pd.DataFrame(
        {
            "lever": levers["lever"],
            "cost": cost,
            "extra_contribution": extra,
            "gain": extra - cost,
            "break_even_uplift": (sales * margin + fixed) / (sales * left) - 1,
        }
    )


def rivalry_payoffs(*, won_alone: float, lost_alone: float, won_both: float, cost: float) -> pd.DataFrame:
    """The programme as a game of two: yearly gain of ours, by what we and the rival do.

    Gains are measured from the state without any programme. What comes out goes into
    :func:`casekit.loyalty.game_kind`, :func:`casekit.loyalty.equilibria` and
    :func:`casekit.loyalty.cooperation_threshold`; for more than one level of reward see
    :func:`casekit.loyalty.escalation_payoffs`.

    Parameters
    ----------
    won_alone : float
        Contribution we win when only we run a programme, 0 or more.
    lost_alone : float
        Contribution we lose when only the rival runs one, 0 or more.
    won_both : float
        Contribution we win when both run one (spending that would otherwise not happen); may be negative.
    cost : float
        Cost of our programme, 0 or more.

    Returns
    -------
    DataFrame, rows what we do, columns what the rival does, in the money of the arguments. It is a prisoner's
    dilemma when the programme is better for us whatever the rival does, and yet both with it are worse off
    than both without.

    Raises
    ------
    InputError
        If a number is negative where it may not be.

    Notes
    -----
    Rows we, columns the rival: without and without 0; without against theirs ``-lost_alone``; ours alone
    ``won_alone - cost``; both ``won_both - cost``.

    References
    ----------
    Dowling, G. R. and Uncles, M. (1997). Do customer loyalty programs really work? *Sloan Management Review*
    38(4), 71–82.

    Examples
    --------
    >>> rivalry_payoffs(won_alone=100, lost_alone=90, won_both=10, cost=40).to_numpy().tolist()
    [[0.0, -90.0], [60.0, -30.0]]
    """
    check = Check("rivalry_payoffs")
    won = check.number("won_alone", won_alone, low=0)
    lost = check.number("lost_alone", lost_alone, low=0)
    both = check.number("won_both", won_both)
    cost = check.number("cost", cost, low=0)
    check.done()
    names = [_("no programme"), _("programme")]
    table = pd.DataFrame([[0.0, -lost], [won - cost, both - cost]], index=names, columns=names)
    return table.rename_axis(index=_("we"), columns=_("rival"))
