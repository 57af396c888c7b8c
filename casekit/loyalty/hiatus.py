"""The rule "no purchase for so long means gone", held against what customers did, and the cost of waking."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check


def days_since_last_purchase(
    purchases: Any, *, today: Any, customer: str = "customer_id", date: str = "date"
) -> pd.DataFrame:
    """How long each customer has been silent, and how that compares with the customer's own rhythm.

    Three months of silence are nothing for a buyer of winter coats and an age for one of coffee. A rule of
    one length for all treats them alike; the ratio does not.

    Parameters
    ----------
    purchases : DataFrame or list of dict, one row a purchase
        ``customer_id`` and ``date`` (real dates). Purchases of one customer on one day count once; those
        after ``today`` are left out.
    today : date or str
        Day from which one looks back.
    customer, date : str
        Names of the columns.

    Returns
    -------
    DataFrame by customer with ``purchase_days`` (days with a purchase), ``days_since_last_purchase`` (the
    hiatus, 0 or more), ``usual_days`` (mean days from one purchase to the next, missing for one purchase),
    ``longest_days`` (longest such gap) and ``ratio`` (hiatus by usual gap; above 1: later than usual).

    Raises
    ------
    InputError
        If dates are not dates or nobody bought before ``today``.

    Notes
    -----
    ``usual_days`` is (last - first) / (purchase days - 1). The days are whole; ``today`` itself counts 0.

    References
    ----------
    Bult, J. R. and Wansbeek, T. (1995). Optimal selection for direct mail. *Marketing Science* 14(4),
    378–394, on recency.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["Li", "Li", "Wu"],
    ...                     "date": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05"])})
    >>> days_since_last_purchase(log, today="2024-02-10").loc["Li"].tolist()
    [2.0, 30.0, 10.0, 10.0, 3.0]
    """
    check = Check("days_since_last_purchase")
    log = check.frame("purchases", purchases, [customer, date], keys=[customer])
    check.done()
    days = check.dates(f"purchases[{date!r}]", log[date])
    day = check.day("today", today)
    check.done()
    tidy = pd.DataFrame({"customer": log[customer], "day": days.dt.normalize()}).drop_duplicates()
    tidy = tidy[tidy["day"] <= day].sort_values(["customer", "day"])
    check.require(len(tidy) > 0, _("somebody must have bought before today"), got=str(day.date()))
    check.done()
    grouped = tidy.groupby("customer", sort=True)["day"]
    gaps = grouped.diff().dt.days.groupby(tidy["customer"], sort=True)
    silent = (day.normalize() - grouped.max()).dt.days.astype(float)
    usual = gaps.mean()
    table = pd.DataFrame(
        {
            "purchase_days": grouped.size().astype(float),
            "days_since_last_purchase": silent,
            "usual_days": usual,
            "longest_days": gaps.max(),
            "ratio": silent / usual,
        }
    )
    return table.rename_axis(index=customer)


def hiatus_errors(hiatus: Any, active: Any, *, thresholds: Any = None) -> pd.DataFrame:
    """How often the rule "silent for longer than so long means gone" is right, for each length.

    Choose the length on one half of the past and look here at what the other half did. It works for any
    measure of which more means gone: the hiatus, its ratio to the usual gap, or 1 less P(alive), so that rule
    and model are compared on one table.

    Parameters
    ----------
    hiatus : Series, dict or list of float, shape (n_customers,)
        Silence at the end of the first period, in any unit; more means more likely gone.
    active : Series, dict or list of bool, same labels or order
        True for a customer who bought in the second period (the holdout).
    thresholds : list of float, optional
        Lengths to try: longer silence counts as gone. By default every length that occurs.

    Returns
    -------
    DataFrame, one row a threshold
        ``threshold``; ``called_gone`` (customers); ``correct`` (share of all called rightly);
        ``gone_found`` (share of the gone that are called gone: sensitivity), ``active_kept`` (share of the
        active called active: specificity); ``false_alarms`` (share of those called gone who are active) and
        ``missed`` (share of those called active who are gone), the two missing where nobody is called so.

    Raises
    ------
    InputError
        If lengths differ, everyone is active or nobody is.

    Notes
    -----
    A customer is called gone when ``hiatus > threshold``. *Inactive in the holdout* is not the same as gone
    for good: the holdout must be long against the usual gap.

    References
    ----------
    Wübben, M. and von Wangenheim, F. (2008). Instant customer base analysis: managerial heuristics often "get
    it right". *Journal of Marketing* 72(3), 82–93: the simple rule classified at least as well as
    Pareto/NBD. It does not say what a customer will buy, which the models do.

    Examples
    --------
    >>> table = hiatus_errors([1, 2, 5, 9], [True, False, True, False], thresholds=[3])
    >>> table[["called_gone", "correct", "gone_found", "active_kept", "false_alarms"]].iloc[0].tolist()
    [2.0, 0.5, 0.5, 0.5, 0.5]
    """
    check = Check("hiatus_errors")
    silent = check.vector("hiatus", hiatus)
    alive = check.flags("active", active)
    check.done()
    alive = check.alike("active", alive, "hiatus", silent)
    check.require(
        bool(alive.any() and not alive.all()),
        _("some customers must be active in the holdout and some not"),
        got=_("{active} of {count} active").format(active=int(alive.sum()), count=len(alive)),
        hint=_("look at the length of the holdout"),
    )
    bounds = np.unique(silent) if thresholds is None else check.vector("thresholds", thresholds).to_numpy()
    check.done()
    gone = ~alive.to_numpy()
    order = np.sort(silent.to_numpy()), np.sort(silent.to_numpy()[gone])
    called = len(gone) - np.searchsorted(order[0], bounds, side="right")
    hits = gone.sum() - np.searchsorted(order[1], bounds, side="right")
    missed = gone.sum() - hits
    kept = len(gone) - called - missed
    with np.errstate(invalid="ignore", divide="ignore"):
        return pd.DataFrame(
            {
                "threshold": np.asarray(bounds, dtype=float),
                "called_gone": called.astype(float),
                "correct": (hits + kept) / len(gone),
                "gone_found": hits / gone.sum(),
                "active_kept": kept / (~gone).sum(),
                "false_alarms": (called - hits) / np.where(called > 0, called, np.nan),
                "missed": missed / np.where(len(gone) - called > 0, len(gone) - called, np.nan),
            }
        )


def best_hiatus(
    hiatus: Any, active: Any, *, cost_false_alarm: float = 1.0, cost_missed: float = 1.0
) -> float:
    """The length of silence from which to count a customer as gone, at the least cost of being wrong.

    Parameters
    ----------
    hiatus, active
        As in :func:`hiatus_errors`.
    cost_false_alarm : float, default 1
        What it costs to treat an active customer as gone (a discount given away), 0 or more.
    cost_missed : float, default 1
        What it costs to treat a gone customer as active (a catalogue for nobody), 0 or more.

    Returns
    -------
    float
        The threshold, in the unit of ``hiatus``; with both costs equal the one with most customers called
        rightly. The shortest of several that are equally good. A rule found and judged on the same
        customers looks better than it is: judge it on others.

    Raises
    ------
    InputError
        As in :func:`hiatus_errors`, or if both costs are 0.

    Notes
    -----
    Minimises ``cost_false_alarm · active called gone + cost_missed · gone called active``.

    References
    ----------
    Wübben and von Wangenheim (2008); Elkan, C. (2001). The foundations of cost-sensitive learning. *IJCAI*.

    Examples
    --------
    >>> best_hiatus([10, 20, 90, 120], [True, True, False, False])
    20.0
    """
    check = Check("best_hiatus")
    alarm = check.number("cost_false_alarm", cost_false_alarm, low=0)
    miss = check.number("cost_missed", cost_missed, low=0)
    check.require(alarm + miss > 0, _("one cost must be above 0"), got="0, 0")
    check.done()
    with check.inner():
        table = hiatus_errors(hiatus, active)
    alive = check.flags("active", active)
    gone = len(alive) - int(alive.sum())
    cost = alarm * (1 - table["active_kept"]) * int(alive.sum()) + miss * (1 - table["gone_found"]) * gone
    return float(table["threshold"].iloc[int(cost.round(9).to_numpy().argmin())])


def waking_account(
    hiatus: Any,
    active: Any,
    *,
    cost: float,
    woken: float,
    value: float,
    active_loss: float = 0.0,
    thresholds: Any = None,
) -> pd.DataFrame:
    """What it costs and brings to wake everyone who has been silent for so long.

    A wake-up offer to a customer who was only between two purchases is a discount given away, and one to a
    customer who is gone mostly falls on deaf ears. The rule "write to everyone silent for three months" is
    one row of this table.

    Parameters
    ----------
    hiatus, active, thresholds
        As in :func:`hiatus_errors`.
    cost : float
        Cost of one offer sent, 0 or more.
    woken : float
        Share of the gone who come back because of it, 0 to 1: against a control group, not all who return.
    value : float
        What a customer is worth who is back, in money.
    active_loss : float, default 0
        What is lost on an active customer who gets the offer (the discount, the annoyance), 0 or more.

    Returns
    -------
    DataFrame with ``threshold``, ``offers``, ``to_active`` (of them to customers who were active anyway),
    ``woken_customers``, ``gain`` (money, all customers together) and ``break_even_woken`` (share of the gone
    who must come back for a gain of 0; missing where no offer reaches one or they are worth nothing).

    Raises
    ------
    InputError
        As in :func:`hiatus_errors`, or if a share or cost is out of range.

    Notes
    -----
    ``gain = gone called · woken · value - active called · active_loss - offers · cost``.

    References
    ----------
    Blattberg, R. C., Kim, B.-D. and Neslin, S. A. (2008). *Database Marketing*, on reactivation; the rule of
    three months (3个月无互动) is the course's.

    Examples
    --------
    >>> terms = {"cost": 2, "woken": 0.1, "value": 50, "active_loss": 3, "thresholds": [3]}
    >>> account = waking_account([1, 2, 5, 9], [True, False, True, False], **terms)
    >>> account[["offers", "to_active", "gain", "break_even_woken"]].iloc[0].tolist()
    [2.0, 1.0, -2.0, 0.14]
    """
    check = Check("waking_account")
    cost = check.number("cost", cost, low=0)
    woken = check.share("woken", woken)
    value = check.number("value", value)
    loss = check.number("active_loss", active_loss, low=0)
    check.done()
    with check.inner():
        table = hiatus_errors(hiatus, active, thresholds=thresholds)
    flags = check.flags("active", active)
    asleep = table["gone_found"] * (len(flags) - int(flags.sum()))
    spent = (table["called_gone"] - asleep) * loss + table["called_gone"] * cost
    worth = asleep * value
    return pd.DataFrame(
        {
            "threshold": table["threshold"],
            "offers": table["called_gone"],
            "to_active": table["called_gone"] - asleep,
            "woken_customers": asleep * woken,
            "gain": worth * woken - spent,
            "break_even_woken": spent / worth.where(worth > 0),
        }
    )
