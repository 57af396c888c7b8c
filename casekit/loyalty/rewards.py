"""Who should get the perks, and whether they go to those who bring most."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def gain_by_threshold(
    spend: Any, *, thresholds: Any, lift: float, margin: float, cost: float
) -> pd.DataFrame:
    """Yearly gain of giving the perks to everyone who spends at least so much.

    The perks cost the same for every member, what they bring grows with spend: below some spend each member
    is a loss. Assumes that the programme raises everybody's spend by the same share.

    Parameters
    ----------
    spend : Series, dict or list of float, shape (n_customers,)
        Spend of each customer in a year without the programme, in money.
    thresholds : list of float
        Yearly spend from which a customer becomes a member, each to be tried.
    lift : float
        Share by which the programme raises spend, -1 or more.
    margin : float
        Share of extra spend left as contribution, 0 to 1.
    cost : float
        Cost of one member's perks a year.

    Returns
    -------
    DataFrame with columns ``threshold``, ``members``, ``cost`` and ``gain`` (all members together, in money;
    negative: the programme loses).

    Raises
    ------
    InputError
        If a number is missing or out of range.

    Notes
    -----
    ``gain(h) = Σ_{spend >= h} (spend · lift · margin - cost)``; the best threshold is where one member just
    pays, ``cost / (lift · margin)``.

    References
    ----------
    Kumar, V. and Reinartz, W. (2018). *Customer Relationship Management*, chapter on loyalty programmes.

    Examples
    --------
    >>> gain_by_threshold([10, 50], thresholds=[0, 20], lift=0.2, margin=0.5, cost=3)["gain"].tolist()
    [0.0, 2.0]
    """
    check = Check("gain_by_threshold")
    yearly = np.sort(check.vector("spend", spend).to_numpy())
    bounds = check.vector("thresholds", thresholds).to_numpy()
    lift = check.number("lift", lift, low=-1)
    margin = check.share("margin", margin)
    cost = check.number("cost", cost, low=0)
    check.done()
    first = np.searchsorted(yearly, bounds, side="left")
    above = np.concatenate([yearly[::-1].cumsum()[::-1], [0.0]])[first]
    members = len(yearly) - first
    gain = above * lift * margin - members * cost
    return pd.DataFrame({"threshold": bounds, "members": members, "cost": members * cost, "gain": gain})


def reward_concentration(rewards: Any, value: Any) -> float:
    """How strongly rewards go to the customers who bring most: to be held against the Gini of value.

    Rank customers by value, then draw the Lorenz curve of what they *get*. The coefficient of that curve is 0
    when everyone gets the same, equals the Gini coefficient of value when rewards are in proportion to value,
    and is negative when the worst customers get most.

    Parameters
    ----------
    rewards : Series, dict or list of float, shape (n_customers,)
        What each customer got in a period, 0 or more.
    value : Series, dict or list of float, same labels or order
        What each customer brought in the same period. Customers of equal value share their rewards.

    Returns
    -------
    float
        −1 to 1; below the Gini of value, rewards are more even than contributions (平均主义).

    Raises
    ------
    InputError
        If lengths or labels differ, a reward is negative or nobody got any.

    Notes
    -----
    ``C = sum((2 i - n - 1) g_i) / (n sum(g))`` with ``g_i`` the reward of the customer with the i-th smallest
    value.

    References
    ----------
    Kakwani, N., Wagstaff, A. and van Doorslaer, E. (1997). Socioeconomic inequalities in health: measurement,
    computation, and statistical inference. *Journal of Econometrics* 77(1), 87–103.

    Examples
    --------
    >>> reward_concentration([1, 1, 1, 1], [5, 1, 9, 2])
    0.0
    >>> reward_concentration([0, 0, 0, 100], [1, 2, 3, 4])
    0.75
    """
    check = Check("reward_concentration")
    got = check.vector("rewards", rewards, low=0)
    brought = check.vector("value", value)
    check.done()
    worth = check.alike("value", brought, "rewards", got).to_numpy()
    check.done()
    given = got.to_numpy()
    total = float(given.sum())
    check.require(total > 0, _("rewards must add up to more than zero"), got=errors.shown(total))
    check.done()
    shared = pd.Series(given).groupby(worth).transform("mean").to_numpy()
    ranks = 2 * np.arange(1, len(given) + 1) - len(given) - 1
    return float((ranks * shared[np.argsort(worth, kind="stable")]).sum() / (len(given) * total))
