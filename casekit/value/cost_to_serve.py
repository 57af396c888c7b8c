"""Cost to serve: activity-based costs by customer and by tier, and what is left of the margin."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def activity_rates(costs: Any, *, volumes: Any, capacity: Any = None) -> pd.DataFrame:
    """What one visit, call or order costs: cost of each activity by its volume or capacity.

    Parameters
    ----------
    costs : dict or Series of float by activity
        Cost of each activity in one period, in currency, 0 or more.
    volumes : dict or Series of float by activity
        How often it was done (visits, orders, hours), above 0; the same activities.
    capacity : dict or Series of float by activity, optional
        How often it could be done at practical capacity, not below ``volumes``. With it customers pay only
        for what they use, and idle capacity stays with the firm.

    Returns
    -------
    DataFrame by activity: ``cost``, ``volume``, ``rate`` (currency per unit), ``unused_cost`` (currency, 0
    without ``capacity``). ``rate * volume + unused_cost = cost``.

    Raises
    ------
    InputError
        For negative costs, volumes of 0, unlike activities, or a capacity below the volume.

    Notes
    -----
    ``rate = cost / volume`` (activity-based costing), or ``cost / capacity`` (time-driven): with the first, a
    quiet year makes every customer look dearer.

    References
    ----------
    Kaplan, R. S. and Cooper, R. (1998). *Cost and Effect*. Kaplan, R. S. and Anderson, S. R. (2004).
    Time-driven activity-based costing. *Harvard Business Review* 82(11), 131–138.

    Examples
    --------
    >>> rates = activity_rates({"visit": 1000, "call": 300}, volumes={"visit": 10, "call": 100})
    >>> rates["rate"].to_dict()
    {'visit': 100.0, 'call': 3.0}
    """
    check = Check("activity_rates")
    cost = check.vector("costs", costs, low=0)
    volume = check.vector("volumes", volumes, low=0, low_open=True)
    check.done()
    volume = check.same_labels("volumes", volume, "costs", cost)
    check.done()
    base = volume
    if capacity is not None:
        base = check.vector("capacity", capacity, low=0, low_open=True)
        check.done()
        base = check.same_labels("capacity", base, "costs", cost)
        check.done()
        short = base.index[base < volume]
        check.require(
            len(short) == 0,
            _("capacity must not be below volumes"),
            got=_("activities done more often than possible"),
            where=errors.listing(short),
        )
        check.done()
    rate = cost / base
    table = pd.DataFrame({"cost": cost.astype(float), "volume": volume, "rate": rate})
    table["unused_cost"] = rate * (base - volume)
    return table.rename_axis("activity")


def cost_to_serve(usage: pd.DataFrame, rates: Any) -> pd.DataFrame:
    """What serving each customer costs, by activity.

    Parameters
    ----------
    usage : DataFrame, one row a customer, one column an activity
        How often each customer took each activity in the period, 0 or more.
    rates : dict or Series of float by activity, or DataFrame from :func:`activity_rates`
        Currency per unit, 0 or more; the same activities as the columns.

    Returns
    -------
    DataFrame by customer, in currency: one column an activity, and ``cost_to_serve`` (their sum).

    Raises
    ------
    InputError
        For negative counts or rates, activities that do not match, or a customer listed twice.

    Notes
    -----
    ``Σ usage * rate``. Two customers with one margin can differ by several times in cost to serve: small
    orders, rush deliveries, returns, visits. Only costs that change with the activity will be saved when it
    is cut.

    References
    ----------
    Kaplan, R. S. and Cooper, R. (1998). *Cost and Effect*.

    Examples
    --------
    >>> usage = pd.DataFrame({"visit": [2, 0], "call": [10, 50]}, index=["A", "B"])
    >>> cost_to_serve(usage, {"visit": 100, "call": 3})["cost_to_serve"].to_dict()
    {'A': 230.0, 'B': 150.0}
    """
    check = Check("cost_to_serve")
    frame = check.frame("usage", usage)
    given = rates["rate"] if isinstance(rates, pd.DataFrame) and "rate" in rates else rates
    price = check.vector("rates", given, low=0)
    check.unique(_("the customers of usage"), frame.index)
    check.done()
    counts = pd.DataFrame({name: check.vector(f"usage[{name!r}]", frame[name], low=0) for name in frame})
    price = check.same_labels("rates", price, "usage", pd.Index(frame.columns))
    check.done()
    table = counts * price
    return table.assign(cost_to_serve=table.sum(axis=1).astype(float))


def customer_profits(margins: Any, *, cost_to_serve: Any) -> pd.DataFrame:
    """Profit of each customer after cost to serve: what the whale curve is drawn from.

    Parameters
    ----------
    margins : dict or Series of float by customer
        Margin of the period before cost to serve, in currency.
    cost_to_serve : dict or Series of float by customer
        From :func:`cost_to_serve`, its column of that name; 0 or more, the same customers.

    Returns
    -------
    DataFrame by customer, in currency: ``margin``, ``cost_to_serve``, ``profit`` (negative: a loss). Give
    ``profit`` to :func:`whale_curve`.

    Raises
    ------
    InputError
        If customers do not match or are listed twice.

    References
    ----------
    Kaplan, R. S. and Narayanan, V. G. (2001). *Journal of Cost Management* 15(5), 5–15.

    Examples
    --------
    >>> customer_profits({"A": 200, "B": 180}, cost_to_serve={"B": 150, "A": 230})["profit"].to_dict()
    {'A': -30.0, 'B': 30.0}
    """
    check = Check("customer_profits")
    margin = check.vector("margins", margins)
    cost = check.vector("cost_to_serve", cost_to_serve, low=0)
    for name, series in (("margins", margin), ("cost_to_serve", cost)):
        check.unique(_("the customers of {name}").format(name=name), series.index)
    check.done()
    cost = check.same_labels("cost_to_serve", cost, "margins", margin)
    check.done()
    table = pd.DataFrame({"margin": margin, "cost_to_serve": cost}).astype(float)
    return table.assign(profit=table["margin"] - table["cost_to_serve"]).rename_axis("customer_id")


def cost_to_serve_by_tier(profits: pd.DataFrame, tiers: Any) -> pd.DataFrame:
    """Margin, cost to serve and profit of each tier: do the best customers still pay for their privileges?

    Parameters
    ----------
    profits : DataFrame with ``margin`` and ``cost_to_serve``, one row a customer
        From :func:`customer_profits`.
    tiers : dict or Series of tier by customer
        A tier for each customer (a categorical Series keeps its order).

    Returns
    -------
    DataFrame by tier: ``customers``, ``margin``, ``cost_to_serve``, ``profit`` (sums, currency),
    ``cost_per_customer``, ``profit_per_customer`` (currency), ``cost_share`` (cost to serve as a share of
    margin; NaN where there is no margin) and ``losing_share`` (share of the tier's customers who lose money).

    Raises
    ------
    InputError
        If a customer has no tier or a tier's customer no profit.

    Notes
    -----
    Tiers with the highest margin are often the dearest to serve (teams of their own, visits, rush orders):
    a tier's average also hides the customers in it who lose money, so ``losing_share`` stands beside it.

    References
    ----------
    Zeithaml, V. A., Rust, R. T. and Lemon, K. N. (2001). The customer pyramid. *California Management Review*
    43(4), 118–142.

    Examples
    --------
    >>> profits = customer_profits({"A": 200, "B": 80, "C": 60}, cost_to_serve={"A": 50, "B": 90, "C": 30})
    >>> table = cost_to_serve_by_tier(profits, {"A": "gold", "B": "basic", "C": "basic"})
    >>> table[["customers", "profit", "losing_share"]].values.tolist()
    [[2.0, 20.0, 0.5], [1.0, 150.0, 0.0]]
    """
    check = Check("cost_to_serve_by_tier")
    frame = check.frame("profits", profits, ["margin", "cost_to_serve"])
    check.done()
    check.unique(_("the customers of profits"), frame.index)
    tier = as_series(tiers)
    if tier is None:
        tier = pd.Series(check.mapping("tiers", tiers), dtype=object)
    check.cells("tiers", tier.to_frame("tier"), ["tier"])
    check.unique(_("the customers of tiers"), tier.index)
    check.done()
    margin = check.vector("margin", frame["margin"])
    cost = check.vector("cost_to_serve", frame["cost_to_serve"], low=0)
    tier = check.same_labels("tiers", tier, "profits", frame.index)
    check.done()
    none = tier.index[tier.isna()]
    check.require(
        len(none) == 0, _("every customer must have a tier"), got=_("none"), where=errors.rows(none)
    )
    check.done()
    each = pd.DataFrame({"margin": margin, "cost_to_serve": cost, "profit": margin - cost})
    groups = each.assign(losing=each["profit"] < 0).groupby(tier, observed=True, sort=True)
    table = groups[["margin", "cost_to_serve", "profit"]].sum()
    table.insert(0, "customers", groups.size())
    table["cost_per_customer"] = table["cost_to_serve"] / table["customers"]
    table["profit_per_customer"] = table["profit"] / table["customers"]
    table["cost_share"] = (table["cost_to_serve"] / table["margin"]).where(table["margin"] > 0)
    table["losing_share"] = groups["losing"].mean()
    return table.rename_axis("tier")
