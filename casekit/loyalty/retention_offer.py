"""Offers to hold customers who may leave: what a campaign earns, and to whom an offer should go."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def retention_campaign_profit(
    customers: float,
    *,
    targeted: float,
    churn_rate: float,
    lift: float = 1.0,
    accept: float,
    value: float,
    incentive: float,
    contact_cost: float,
    fixed_cost: float = 0.0,
) -> pd.Series:
    """What a campaign against churn earns: a discount to everyone who looks likely to leave.

    Most of those written to would have stayed, and take the discount with thanks. The account shows how good
    the list must be before the campaign pays.

    Parameters
    ----------
    customers : float
        Customers in the base, above 0.
    targeted : float
        Share of them who get the offer, 0 to 1.
    churn_rate : float
        Share of the whole base that would leave in the period, 0 to 1.
    lift : float, default 1
        How many times more leavers are among those targeted than in the base (1: a list drawn by lot); 0 or
        more, and ``lift * churn_rate`` at most 1.
    accept : float
        Share of would-be leavers who stay because of the offer, 0 to 1.
    value : float
        Lifetime value of a leaver who is held, in money, before the incentive.
    incentive : float
        Cost of the incentive to the firm for each who takes it, 0 or more.
    contact_cost : float
        Cost of making one offer, 0 or more.
    fixed_cost : float, default 0
        Cost of the campaign whatever its size, 0 or more.

    Returns
    -------
    Series with ``offers``, ``leavers_reached``, ``customers_held``, ``wasted_incentives`` (taken by customers
    who would have stayed), ``profit`` (money), ``profit_per_offer`` and ``break_even_lift`` (lift at which
    profit is 0; infinite where no list is good enough).

    Raises
    ------
    InputError
        If a share is outside 0 to 1 or the lift is more than the churn rate allows.

    Notes
    -----
    With N = ``customers``, α = ``targeted``, β₀ = ``churn_rate``, λ = ``lift``, γ = ``accept``, δ =
    ``incentive``, c = ``contact_cost``, A = ``fixed_cost``: ``Π = N α ((γ value + δ (1 - γ)) β₀ λ - δ - c) -
    A``. Customers who would stay all take the incentive; leavers take it only if it holds them.

    References
    ----------
    Neslin, S. A., Gupta, S., Kamakura, W., Lu, J. and Mason, C. (2006). Defection detection: measuring and
    understanding the predictive accuracy of customer churn models. *Journal of Marketing Research* 43(2),
    204–211. Verbeke, W. et al. (2012). *European Journal of Operational Research* 218(1), 211–229.

    Examples
    --------
    >>> account = retention_campaign_profit(1000, targeted=0.1, churn_rate=0.1, lift=3, accept=0.5, value=100,
    ...                                     incentive=10, contact_cost=1)
    >>> account[["customers_held", "wasted_incentives", "profit", "break_even_lift"]].round(6).tolist()
    [15.0, 70.0, 550.0, 2.0]
    """
    check = Check("retention_campaign_profit")
    people = check.positive("customers", customers)
    part, base = check.share("targeted", targeted), check.share("churn_rate", churn_rate)
    times = check.number("lift", lift, low=0)
    held = check.share("accept", accept)
    worth = check.number("value", value)
    gift = check.number("incentive", incentive, low=0)
    contact = check.number("contact_cost", contact_cost, low=0)
    fixed = check.number("fixed_cost", fixed_cost, low=0)
    if times * base > 1 + 1e-12:
        check.add(
            errors.must_hold(
                _("lift times churn_rate must not exceed 1"),
                got=errors.shown(times * base),
                hint=_("a list cannot hold more leavers than people"),
            )
        )
    check.done()
    offers, share = people * part, times * base
    gain = held * worth + gift * (1 - held)
    profit = offers * (gain * share - gift - contact) - fixed
    needed = gift + contact + (fixed / offers if offers else 0.0)
    return pd.Series(
        {
            "offers": offers,
            "leavers_reached": offers * share,
            "customers_held": offers * share * held,
            "wasted_incentives": offers * (1 - share),
            "profit": profit,
            "profit_per_offer": profit / offers if offers else math.nan,
            "break_even_lift": needed / (gain * base) if gain * base > 0 else math.inf,
        },
        name="retention_campaign",
    )


def retention_offer_gain(
    churn_without: Any, churn_with: Any, *, value: Any, incentive: float, contact_cost: float = 0.0
) -> pd.DataFrame:
    """Whom to make an offer: the gain on each customer, and the customers it would drive away.

    Being likely to leave is not being likely to be held. Worth an offer is a customer whom it *changes*
    enough; an offer can also remind a customer that there is a choice.

    Parameters
    ----------
    churn_without, churn_with : Series, dict or list of float, shape (n_customers,)
        Chance to leave without and with the offer, 0 to 1.
    value : float or Series of float
        Value of a customer who stays, in money.
    incentive : float
        Cost of the incentive for a customer who stays and takes it, 0 or more.
    contact_cost : float, default 0
        Cost of making the offer, 0 or more.

    Returns
    -------
    DataFrame, labelled like ``churn_without``, with ``held`` (fall in the chance to leave; negative: the
    offer drives the customer away), ``gain`` (money, expected) and ``offer`` (bool: gain above 0).

    Raises
    ------
    InputError
        If chances lie outside 0 to 1 or labels differ.

    Notes
    -----
    ``gain = (1 - p₁)(value - incentive) - (1 - p₀) value - contact_cost``, with p₀ = ``churn_without`` and
    p₁ = ``churn_with``.

    References
    ----------
    Ascarza, E. (2018). Retention futility: targeting high-risk customers might be ineffective. *Journal of
    Marketing Research* 55(1), 80–98. Lemmens, A. and Gupta, S. (2020). Managing churn to maximize profits.
    *Marketing Science* 39(5), 956–973.

    Examples
    --------
    The likelier leaver is not the better target:

    >>> table = retention_offer_gain([0.9, 0.3], [0.88, 0.1], value=100, incentive=5, contact_cost=1)
    >>> table["gain"].round(6).tolist(), table["offer"].tolist()
    ([0.4, 14.5], [True, True])
    """
    check = Check("retention_offer_gain")
    before = check.vector("churn_without", churn_without, low=0, high=1)
    after = check.vector("churn_with", churn_with, low=0, high=1)
    many = as_series(value) is not None
    worth: Any = check.vector("value", value) if many else check.number("value", value)
    gift = check.number("incentive", incentive, low=0)
    contact = check.number("contact_cost", contact_cost, low=0)
    check.done()
    after = check.alike("churn_with", after, "churn_without", before)
    if many:
        worth = check.alike("value", worth, "churn_without", before)
    check.done()
    gain = (1 - after) * (worth - gift) - (1 - before) * worth - contact
    return pd.DataFrame({"held": before - after, "gain": gain, "offer": gain > 0})
