"""What a loyalty programme costs, what it must bring back, and how many one manager can carry."""

from __future__ import annotations

import math

import pandas as pd

from casekit import errors, periods
from casekit._text import _
from casekit._validate import Check


def restaurant_perks(
    *,
    birthday_gift: float = 50.0,
    banquet: float = 300.0,
    banquets: float = 4.0,
    trip: float = 500.0,
    days_between_calls: float = 3.0,
    minutes_a_call: float = 5.0,
    visits: float = 12.0,
    hours_a_visit: float = 1.5,
) -> pd.DataFrame:
    """The perks of one customer in one year, by default those of the course's restaurant.

    The course gives gifts, banquets, the trip, a call every three days and a visit a month. It does not say
    how long a call or a visit takes: ``minutes_a_call`` and ``hours_a_visit`` are assumptions.

    Parameters
    ----------
    birthday_gift, banquet, trip : float, default 50, 300, 500
        Money for one gift, one banquet table, one trip, 0 or more.
    banquets, visits : float, default 4, 12
        Times a year, 0 or more.
    days_between_calls : float, default 3
        Days from one call to the next, above 0; a year has 365.25.
    minutes_a_call, hours_a_visit : float, default 5, 1.5
        Manager time for one, 0 or more.

    Returns
    -------
    DataFrame with columns ``perk``, ``times`` (a year), ``cash`` and ``hours`` (each time).

    Raises
    ------
    InputError
        If a number is negative.

    Notes
    -----
    ``times`` of calls is 365.25 / ``days_between_calls``; the course's every third day makes 122.

    References
    ----------
    The course's maintenance standard for guests of group C (维护标准): 50 + 4 × 300 + 500 = ¥1,750 a year.

    Examples
    --------
    >>> perks = restaurant_perks()
    >>> float((perks["times"] * perks["cash"]).sum())
    1750.0
    """
    check = Check("restaurant_perks")
    money = [
        check.number(name, value, low=0)
        for name, value in (("birthday_gift", birthday_gift), ("banquet", banquet), ("trip", trip))
    ]
    times = [check.number(name, value, low=0) for name, value in (("banquets", banquets), ("visits", visits))]
    gap = check.positive("days_between_calls", days_between_calls, unit=_("days"))
    hours = check.number("minutes_a_call", minutes_a_call, low=0) / 60
    long = check.number("hours_a_visit", hours_a_visit, low=0)
    check.done()
    calls = periods.PERIODS_PER_YEAR["day"] / gap
    return pd.DataFrame(
        {
            "perk": [_("birthday gift"), _("banquet"), _("trip"), _("call"), _("visit by the manager")],
            "times": [1.0, times[0], 1.0, calls, times[1]],
            "cash": [money[0], money[1], money[2], 0.0, 0.0],
            "hours": [0.0, 0.0, 0.0, hours, long],
        }
    )


def programme_cost(perks: pd.DataFrame, *, hourly_cost: float) -> pd.DataFrame:
    """Cost of one customer's perks in one year, manager time included.

    The dearest perk is often the one nobody pays for in cash: the calls.

    Parameters
    ----------
    perks : DataFrame, dict of lists or list of dict
        Columns ``perk``, ``times``, ``cash`` and ``hours``, as :func:`restaurant_perks` gives.
    hourly_cost : float
        Money one hour of the manager costs the firm, 0 or more.

    Returns
    -------
    DataFrame with columns ``perk``, ``times``, ``cash`` and ``hours`` (a year), ``time_cost`` and ``cost``
    (money a customer and year).

    Raises
    ------
    InputError
        If columns are missing or a number is negative.

    Notes
    -----
    ``cost = times · (cash + hours · hourly_cost)``.

    References
    ----------
    Kaplan, R. S. and Narayanan, V. G. (2001). Measuring and managing customer profitability. *Journal of Cost
    Management* 15(5), on charging time to customers.

    Examples
    --------
    >>> perks = restaurant_perks(days_between_calls=365.25 / 120)
    >>> programme_cost(perks, hourly_cost=60)[["cash", "hours", "cost"]].sum().round(6).tolist()
    [1750.0, 28.0, 3430.0]
    """
    check = Check("programme_cost")
    perks = check.frame("perks", perks, ["perk", "times", "cash", "hours"], keys=["perk"])
    hourly_cost = check.number("hourly_cost", hourly_cost, low=0)
    check.done()
    numbers = {
        name: check.vector(f"perks[{name!r}]", perks[name], low=0) for name in ("times", "cash", "hours")
    }
    check.done()
    hours, cash = numbers["times"] * numbers["hours"], numbers["times"] * numbers["cash"]
    return pd.DataFrame(
        {
            "perk": perks["perk"],
            "times": numbers["times"],
            "cash": cash,
            "hours": hours,
            "time_cost": hours * hourly_cost,
            "cost": cash + hours * hourly_cost,
        }
    )


def manager_capacity(hours_a_customer: float, *, hours_a_year: float) -> int:
    """How many customers one manager can look after.

    Parameters
    ----------
    hours_a_customer : float
        Hours one customer takes a year, above 0.
    hours_a_year : float
        Hours a manager has for this work in a year, 0 or more.

    Returns
    -------
    int
        Customers, rounded down.

    Raises
    ------
    InputError
        If a number is out of range.

    Notes
    -----
    ``floor(hours_a_year / hours_a_customer)``.

    Examples
    --------
    >>> manager_capacity(28, hours_a_year=900)
    32
    """
    check = Check("manager_capacity")
    hours_a_customer = check.positive("hours_a_customer", hours_a_customer, unit=_("hours a year"))
    hours_a_year = check.number("hours_a_year", hours_a_year, low=0)
    check.done()
    return math.floor(hours_a_year / hours_a_customer + 1e-9)


def break_even_increment(cost: float, *, margin: float) -> float:
    """Extra spend a customer must bring for the perks to pay for themselves.

    Parameters
    ----------
    cost : float
        Cost of the programme for one customer, in money a period, 0 or more.
    margin : float
        Share of extra spend that is left as contribution, above 0 and at most 1.

    Returns
    -------
    float
        Money a period, on top of what the customer would have spent anyway.

    Raises
    ------
    InputError
        If the margin is 0 or a percentage.

    Notes
    -----
    ``cost / margin``.

    References
    ----------
    Blattberg, Kim and Neslin (2008). *Database Marketing*, chapter 22.

    Examples
    --------
    >>> break_even_increment(1750, margin=0.5)
    3500.0
    """
    check = Check("break_even_increment")
    cost = check.number("cost", cost, low=0)
    margin = check.share("margin", margin)
    check.require(not margin <= 0, _("margin must be above 0"), got=errors.shown(margin))
    check.done()
    return cost / margin
