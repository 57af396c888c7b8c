"""Lenses 1 and 2 of a customer-base audit: how customers differ in a period, and what changed since."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.segments._log import inside, one_period, purchase_log
from casekit.value.concentration import gini, top_share


@dataclass(frozen=True)
class CustomerDifferences:
    """Lens 1.

    Attributes
    ----------
    totals : Series
        ``customers``, ``purchases``, ``amount``, ``purchases_per_customer``, ``amount_per_purchase``,
        ``amount_per_customer``, ``one_purchase_share`` (of customers), ``gini`` and ``top_20_share`` (of
        money).
    groups : DataFrame indexed by ``group`` (1 is the best)
        Customers in groups of equal number by amount: ``customers``, ``purchases``, ``amount``,
        ``amount_share``, ``purchases_per_customer``, ``amount_per_purchase``, ``amount_per_customer``.
    purchase_counts : Series indexed by number of purchases
        How many customers bought once, twice, … in the period.
    """

    totals: pd.Series
    groups: pd.DataFrame
    purchase_counts: pd.Series


def lens_1_how_customers_differ(
    purchases: Any, *, period: Any = None, groups: int = 10, value: str = "amount"
) -> CustomerDifferences:
    """Lens 1 of the audit: how different are the customers of one period from each other?

    The average customer does not exist: a few bring much, most buy once. The best group's lead comes from
    buying more often or from spending more each time, and the two call for different measures.

    Parameters
    ----------
    purchases : DataFrame, shape (n_purchases, at least 3)
        One row a purchase, with ``customer_id``, ``date`` and the column ``value``.
    period : str or pair of dates, optional
        ``"1997"``, ``"1997Q2"``, ``"1997-05"`` or (first day, last day), both included; the whole log if not
        given.
    groups : int, default 10
        Groups of customers of equal number (10: deciles), 2 or more, at most the number of customers.
    value : str, default "amount"
        The column of money (revenue, or profit if the log has it).

    Returns
    -------
    CustomerDifferences

    Raises
    ------
    InputError
        If nothing was bought in the period, or the money of the period is not above 0.

    Notes
    -----
    ``amount = customers * (purchases / customers) * (amount / purchases)``, for the whole and in each group.
    Customers are put in order by amount, then by number of purchases, then by id.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Ross, M. (2022). *The Customer-Base Audit*. Wharton School Press,
    chapter 3.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": list("AABC"), "amount": [40.0, 20, 30, 10],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-03-01", "2024-02-20", "2024-02-03"])})
    >>> found = lens_1_how_customers_differ(log, groups=3)
    >>> found.groups["amount_share"].tolist(), found.purchase_counts.to_dict()
    ([0.6, 0.3, 0.1], {1: 2, 2: 1})
    """
    check = Check("lens_1_how_customers_differ")
    log = purchase_log(check, purchases, value=value)
    groups = check.integer("groups", groups, low=2)
    days = one_period(check, "period", period) if period is not None else None
    check.done()
    log = log if days is None else inside(log, *days)
    people = _people(check, log, "period")
    check.require(len(people) >= groups, _("groups must be at most the number of customers"), got=str(groups))
    check.done()
    order = people.sort_values(["amount", "purchases"], ascending=False, kind="stable")
    number = pd.Series(np.arange(len(order)) * groups // len(order) + 1, index=order.index, name="group")
    table = _factors(order.groupby(number).agg(**_SUMS))
    table.insert(3, "amount_share", table["amount"] / table["amount"].sum())
    totals = _factors(people.assign(_all=0).groupby("_all").agg(**_SUMS)).iloc[0].rename("totals")
    totals["one_purchase_share"] = (people["purchases"] == 1).mean()
    totals["gini"] = gini(people["amount"])
    totals["top_20_share"] = top_share(people["amount"], 0.2)
    counts = people["purchases"].value_counts().sort_index().rename("customers")
    return CustomerDifferences(totals, table, counts)


@dataclass(frozen=True)
class PeriodComparison:
    """Lens 2.

    Attributes
    ----------
    customers : DataFrame indexed by ``kind``
        ``kept`` (bought in both periods), ``lost`` (only in the first), ``new`` (first purchase of the log in
        the second) and ``returned`` (bought earlier, not in the first, and again in the second), with
        ``customers``, ``amount_first``, ``amount_second`` and ``change``.
    factors : DataFrame indexed by ``factor``
        ``customers``, ``purchases_per_customer`` and ``amount_per_purchase``: values ``first`` and
        ``second``, and the ``change`` in money that each accounts for.
    moves : DataFrame of int
        Customers by fifth of the first period (rows, 1 is best, 0 bought nothing) and of the second
        (columns).
    """

    customers: pd.DataFrame
    factors: pd.DataFrame
    moves: pd.DataFrame


def lens_2_what_changed(
    purchases: Any, *, first: Any, second: Any, groups: int = 5, value: str = "amount"
) -> PeriodComparison:
    """Lens 2 of the audit: what changed between two periods, customer by customer?

    The same change of revenue can be many lost and as many new customers, or the same customers buying a
    little less. The first is a matter of keeping and acquiring, the second of developing.

    Parameters
    ----------
    purchases : DataFrame, shape (n_purchases, at least 3)
        One row a purchase, with ``customer_id``, ``date`` and the column ``value``. Purchases before the
        first period tell returned customers from new ones.
    first, second : str or pair of dates
        ``"1997"``, ``"1997Q2"``, ``"1997-05"`` or (first day, last day), both included; of like length, and
        the second must begin after the first ends.
    groups : int, default 5
        Groups in ``moves``.
    value : str, default "amount"
        The column of money (revenue, or profit if the log has it).

    Returns
    -------
    PeriodComparison
        Both ``customers["change"]`` and ``factors["change"]`` add up to the change in money.

    Raises
    ------
    InputError
        If a period holds no purchase or no money, or the periods overlap.

    Notes
    -----
    The change ``A2 - A1`` is split over the factors of ``A = customers * purchases per customer * amount per
    purchase`` by logarithmic mean: factor ``f`` accounts for ``L(A2, A1) ln(f2 / f1)`` with
    ``L(a, b) = (a - b) / ln(a / b)``. Nothing is left over and the order of the factors does not matter.

    "Lost" means not seen in the second period; a slow buyer may well be alive.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Ross, M. (2022). *The Customer-Base Audit*. Wharton School Press,
    chapter 4.
    Ang, B. W. (2005). The LMDI approach to decomposition analysis. *Energy Policy* 33(7), 867-871.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": list("ABAC"), "amount": [40.0, 20, 30, 50],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-01-09", "2024-02-20", "2024-02-03"])})
    >>> found = lens_2_what_changed(log, first="2024-01", second="2024-02", groups=2)
    >>> found.customers["change"].to_dict()
    {'kept': -10.0, 'lost': -20.0, 'new': 50.0, 'returned': 0.0}
    >>> float(found.factors["change"].sum().round(9))
    20.0
    """
    check = Check("lens_2_what_changed")
    log = purchase_log(check, purchases, value=value)
    groups = check.integer("groups", groups, low=2, high=100)
    periods = [one_period(check, name, days) for name, days in (("first", first), ("second", second))]
    check.done()
    apart = periods[0][1] < periods[1][0]
    check.require(apart, _("second must begin after first ends"), got=str(periods[1][0].date()))
    one, other = (
        _people(check, inside(log, *days), name)
        for name, days in zip(("first", "second"), periods, strict=True)
    )
    check.done()
    began = log.groupby("customer_id")["date"].min()
    kinds = _kinds(one, other, began[began >= periods[1][0]].index)
    amounts = pd.DataFrame({"amount_first": one["amount"], "amount_second": other["amount"]})
    amounts = amounts.reindex(kinds.index).fillna(0.0)
    grouped = amounts.groupby(kinds)
    customers = grouped.sum().reindex(["kept", "lost", "new", "returned"]).fillna(0.0)
    customers.insert(0, "customers", kinds.value_counts().reindex(customers.index).fillna(0).astype(int))
    customers["change"] = customers["amount_second"] - customers["amount_first"]
    fifths = [_groups(people["amount"], groups).reindex(kinds.index).fillna(0) for people in (one, other)]
    labels = range(groups + 1)
    moves = pd.crosstab(*(fifth.astype(int) for fifth in fifths)).reindex(
        index=labels, columns=labels, fill_value=0
    )
    return PeriodComparison(
        customers.rename_axis("kind"),
        _split_change(one, other),
        moves.rename_axis(index="first", columns="second"),
    )


_SUMS = {"customers": ("amount", "size"), "purchases": ("purchases", "sum"), "amount": ("amount", "sum")}


def _people(check: Check, log: pd.DataFrame, name: str) -> pd.DataFrame:
    """Purchases and amount of each customer, sorted by id."""
    if not check.require(len(log) > 0, _("{name} must hold a purchase").format(name=name), got=_("none")):
        return pd.DataFrame({"purchases": [], "amount": []})
    people = log.groupby("customer_id", sort=True).agg(purchases=("amount", "size"), amount=("amount", "sum"))
    total = float(people["amount"].sum())
    rule = _("the money of {name} must be above 0").format(name=name)
    check.require(total > 0, rule, got=errors.shown(total))
    return people


def _factors(sums: pd.DataFrame) -> pd.DataFrame:
    return sums.assign(
        purchases_per_customer=sums["purchases"] / sums["customers"],
        amount_per_purchase=sums["amount"] / sums["purchases"],
        amount_per_customer=sums["amount"] / sums["customers"],
    )


def _groups(amounts: pd.Series, groups: int) -> pd.Series:
    """Groups of equal number by amount, 1 is best; equal amounts in order of id."""
    order = amounts.sort_values(ascending=False, kind="stable")
    return pd.Series(np.arange(len(order)) * groups // len(order) + 1, index=order.index)


def _kinds(one: pd.DataFrame, other: pd.DataFrame, fresh: pd.Index) -> pd.Series:
    everyone = one.index.union(other.index)
    in_first, in_second = everyone.isin(one.index), everyone.isin(other.index)
    kind = np.select(
        [in_first & in_second, in_first, everyone.isin(fresh)], ["kept", "lost", "new"], default="returned"
    )
    return pd.Series(kind, index=everyone, name="kind")


def _split_change(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    names = ["customers", "purchases_per_customer", "amount_per_purchase"]
    both = [_factors(people.assign(_all=0).groupby("_all").agg(**_SUMS)).iloc[0] for people in (one, other)]
    before, after = (float(row["amount"]) for row in both)
    mean = (
        before if math.isclose(before, after, rel_tol=1e-12) else (after - before) / math.log(after / before)
    )
    factors = pd.DataFrame({"first": both[0][names], "second": both[1][names]}).astype(float)
    factors["change"] = mean * np.log(factors["second"] / factors["first"])
    return factors.rename_axis("factor")
