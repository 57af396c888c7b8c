"""A calendar of contacts by tier: dates, hours, and how often a customer still answers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors, periods
from casekit._text import _
from casekit._validate import Check

#: Columns of a cadence; ``first_day`` and ``last_day`` (days since the start) may be left out.
CADENCE_COLUMNS = ("tier", "activity", "times", "per", "minutes")


def course_cadence(minutes: Any) -> pd.DataFrame:
    """The course's own cadence: who is contacted how often, with your minutes.

    High-value customers a visit each quarter, those with potential one contact a month, ordinary ones two or
    three a quarter (2.5 here); prospects every two weeks; buyers in earnest twice a week over three months;
    new customers each week of the first month, then each month and each quarter. Read as it stands, ordinary
    customers hear from the firm more often (10 times a year) than the best ones (4, besides answers on
    demand): look at what a contact is before you plan by counts.

    Parameters
    ----------
    minutes : float, or dict or Series of float by tier
        Length of a contact, preparation and notes included, above 0.

    Returns
    -------
    DataFrame with columns ``tier``, ``activity``, ``times``, ``per``, ``minutes``, ``first_day``,
    ``last_day``, ready for :func:`contact_calendar` and :func:`contact_hours`.

    Examples
    --------
    >>> course_cadence(30).groupby("tier")["times"].count()["customer"].item()
    3
    """
    check = Check("course_cadence")
    end = np.nan
    rows = [
        ("high value", "visit", 1.0, "quarter", 0, end),
        ("potential", "contact", 1.0, "month", 0, end),
        ("ordinary", "contact", 2.5, "quarter", 0, end),
        ("prospect", "contact", 0.5, "week", 0, end),
        ("in earnest", "progress", 1.0, "week", 0, 91),
        ("in earnest", "reinforcement", 1.0, "week", 3, 91),
        ("customer", "first month", 1.0, "week", 0, 30),
        ("customer", "monthly", 1.0, "month", 30, end),
        ("customer", "quarterly", 1.0, "quarter", 30, end),
    ]
    names = ["tier", "activity", "times", "per", "first_day", "last_day"]
    table = pd.DataFrame(rows, columns=names)
    if isinstance(minutes, (int, float)):
        table["minutes"] = check.positive("minutes", minutes)
    else:
        given = check.vector("minutes", minutes, low=0, low_open=True)
        missing = [tier for tier in table["tier"].unique() if tier not in given.index]
        if missing:
            check.add(errors.different_labels("minutes", missing, [], "tiers"))
        check.done()
        table["minutes"] = table["tier"].map(given.to_dict())
    check.done()
    return table[[*CADENCE_COLUMNS, "first_day", "last_day"]]


def _cadence(check: Check, cadence: Any) -> pd.DataFrame:
    table = check.frame("cadence", cadence, CADENCE_COLUMNS, keys=["tier", "activity"]).copy()
    check.done()
    for name in ("times", "minutes"):
        table[name] = check.vector(f"cadence[{name!r}]", table[name], low=0, low_open=True)
    for unit in table["per"].unique():
        check.choice("cadence['per']", unit, tuple(periods.PERIODS_PER_YEAR))
    for name, default in (("first_day", 0.0), ("last_day", math.inf)):
        given = table[name] if name in table else pd.Series(np.nan, index=table.index)
        table[name] = check.vector(f"cadence[{name!r}]", given, low=0, missing=True).fillna(default)
    check.done()
    wrong = table["last_day"] < table["first_day"]
    if wrong.any():
        rule = _("cadence must end after it begins")
        check.add(errors.must_hold(rule, got=_("another order"), where=errors.rows(table.index[wrong])))
    check.done()
    return table


def contact_hours(sizes: Any, cadence: pd.DataFrame, *, days: float = 365.25) -> pd.DataFrame:
    """Hours of work that a cadence asks for, tier by tier.

    Parameters
    ----------
    sizes : dict or Series of float
        Customers by tier, zero or more. Each tier must be in the cadence.
    cadence : DataFrame, one row a tier and activity
        Columns ``tier``, ``activity``, ``times`` (contacts, above 0) ``per`` (day, week, month, quarter or
        year), ``minutes`` (each); optional ``first_day``, ``last_day`` (days since the customer entered the
        tier between which the activity runs; missing: from the start, without end).
    days : float, default 365.25
        Length of the plan in days, counted from the customer's start; above 0.

    Returns
    -------
    DataFrame, index ``tier`` and at the end ``total``, with columns ``customers``, ``contacts`` (in the plan)
    and ``hours``.

    Notes
    -----
    ``hours = sum of customers * times * (days active / days in the unit) * minutes / 60``, units from
    :mod:`casekit.periods` (twelve months are a year).

    Examples
    --------
    >>> cadence = pd.DataFrame({"tier": ["A"], "activity": ["call"], "times": [1], "per": ["month"],
    ...                         "minutes": [30]})
    >>> contact_hours({"A": 10}, cadence).loc["A"].tolist()
    [10.0, 120.0, 60.0]
    """
    check = Check("contact_hours")
    table = _cadence(check, cadence)
    customers = check.vector("sizes", sizes, low=0)
    check.unique("sizes.index", customers.index)
    days = check.positive("days", days, unit=_("days"))
    known = [str(tier) for tier in table["tier"].unique()]
    for tier in customers.index:
        if tier not in set(table["tier"]):
            check.add(errors.unknown_name("tier", tier, known))
    check.done()
    active = (table["last_day"].clip(upper=days) - table["first_day"].clip(upper=days)).clip(lower=0)
    unit = table["per"].map(lambda per: periods.convert_duration(1, from_unit=per, to_unit="day"))
    count = table["times"] * active / unit
    each = pd.DataFrame({"contacts": count, "hours": count * table["minutes"] / 60})
    rows = each.groupby(table["tier"]).sum().reindex(customers.index)
    result = rows.mul(customers, axis=0)
    result.insert(0, "customers", customers)
    result.loc["total"] = result.sum()
    return result.rename_axis("tier").astype(float)


def contact_calendar(
    customers: pd.DataFrame,
    cadence: pd.DataFrame,
    *,
    start: Any,
    end: Any,
    workdays_only: bool = True,
    spread: bool = True,
) -> pd.DataFrame:
    """The dates on which each customer is to be contacted, by the cadence of the tier.

    Parameters
    ----------
    customers : DataFrame
        Columns ``customer_id`` and ``tier``; optional ``since`` (date on which the customer entered the
        tier, from which the cadence counts; left out: ``start``).
    cadence : DataFrame
        As in :func:`contact_hours`.
    start, end : date
        First and last day of the calendar, both included.
    workdays_only : bool, default True
        Move a contact that falls on a weekend to the Monday after.
    spread : bool, default True
        Let the customers of one tier begin at different days of the first interval, by the order of their
        identifiers, so that not all are called on one day.

    Returns
    -------
    DataFrame, ordered by date and customer, with columns ``date``, ``customer_id``, ``tier``, ``activity``,
    ``minutes``.

    Raises
    ------
    InputError
        If a customer repeats, has a tier without cadence, or the end lies before the start.

    Notes
    -----
    The k-th contact falls ``k / times`` units after the first. Whole months and quarters are calendar
    months (31 January, 28 February, 31 March); other intervals are days.

    Examples
    --------
    >>> cadence = pd.DataFrame({"tier": ["A"], "activity": ["call"], "times": [1], "per": ["week"],
    ...                         "minutes": [20]})
    >>> people = pd.DataFrame({"customer_id": ["Li"], "tier": ["A"]})
    >>> contact_calendar(people, cadence, start="2025-06-02", end="2025-06-20")["date"].dt.day.tolist()
    [2, 9, 16]
    """
    check = Check("contact_calendar")
    spread, workdays_only = check.flag("spread", spread), check.flag("workdays_only", workdays_only)
    keys = ["customer_id", "tier"]
    people = check.frame("customers", customers, keys, keys=keys)
    table = _cadence(check, cadence)
    first, last = check.day("start", start), check.day("end", end)
    check.done()
    first, last = first.normalize(), last.normalize()
    check.require(
        first <= last,
        _("the calendar must end after it begins"),
        got=_("{first} to {last}").format(first=first.date(), last=last.date()),
        hint=_("exchange start and end"),
    )
    check.unique("customers['customer_id']", people["customer_id"].to_numpy())
    known = [str(tier) for tier in table["tier"].unique()]
    for tier in people.loc[~people["tier"].isin(table["tier"]), "tier"].unique():
        check.add(errors.unknown_name("tier", tier, known))
    since = pd.Series(first, index=people.index)
    if "since" in people:
        since = check.dates("customers['since']", people["since"])
    check.done()
    place = people.groupby("tier")["customer_id"].rank(method="first") - 1
    size = people.groupby("tier")["customer_id"].transform("size")
    share = (place / size) if spread else place * 0
    rows = []
    for number, person in enumerate(people.itertuples(index=False)):
        begin = pd.Timestamp(since.iloc[number]).normalize()
        for step in table[table["tier"] == person.tier].itertuples(index=False):
            dates = _dates(begin, step, last, float(share.iloc[number]))
            rows += [(day, person.customer_id, person.tier, step.activity, step.minutes) for day in dates]
    found = pd.DataFrame(rows, columns=["date", "customer_id", "tier", "activity", "minutes"])
    found["date"] = pd.to_datetime(found["date"])
    if workdays_only and len(found):
        weekend = (found["date"].dt.day_of_week - 4).clip(lower=0)
        found["date"] += pd.to_timedelta((3 - weekend) % 3, unit="D")
    inside = found[found["date"].between(first, last)]
    order = ["date", "customer_id", "activity"]
    return inside.sort_values(order, kind="stable", key=_comparable).reset_index(drop=True)


def _comparable(values: pd.Series) -> pd.Series:
    """Values that can be put in order, whatever kinds of ids a list mixes."""
    mixed = pd.api.types.infer_dtype(values, skipna=True) in ("mixed", "mixed-integer")
    return values.astype(str) if mixed else values


def _dates(begin: pd.Timestamp, step: Any, last: pd.Timestamp, share: float) -> list[pd.Timestamp]:
    """The dates of one activity of one customer, up to ``last``."""
    months = float({"month": 1, "quarter": 3, "year": 12}.get(step.per, math.nan) / step.times)
    days = periods.convert_duration(1 / step.times, from_unit=step.per, to_unit="day")
    start = begin + pd.Timedelta(days=math.floor(step.first_day + share * days))
    stop = last
    if math.isfinite(step.last_day):
        stop = min(last, begin + pd.Timedelta(days=math.ceil(step.last_day) - 1))
    found = []
    for number in range(math.ceil(max(0.0, (stop - start).days) / min(days, 1e9)) + 2):
        if months.is_integer():
            day = start + pd.DateOffset(months=round(number * months))
        else:
            day = start + pd.Timedelta(days=math.floor(number * days + 1e-9))
        if day > stop:
            break
        found.append(day)
    return found


def response_by_contacts(
    contacts: int, *, first: float, decline: float, value: float = 1.0, cost: float = 0.0
) -> pd.DataFrame:
    """What each further contact of a customer in a period still brings when each is heeded a little less.

    Parameters
    ----------
    contacts : int
        Contacts looked at, 1 or more.
    first : float
        Share who respond to the first contact, 0 to 1.
    decline : float
        How fast the response falls with each contact, zero or more (0.2: by 18 % each time).
    value : float, default 1
        Worth of a response, in money, zero or more.
    cost : float, default 0
        Cost of a contact, in money, annoyance included, zero or more.

    Returns
    -------
    DataFrame, index ``contact`` (1, 2, …), with columns ``response`` (share), ``gain`` (money from this
    contact) and ``total_gain`` (money so far). The best number of contacts is where ``total_gain`` is
    highest, which is the last one with a ``gain`` of zero or more.

    Notes
    -----
    ``response_n = first * exp(-decline (n - 1))``, ``gain_n = response_n * value - cost``. The shape is an
    assumption; ``first`` and ``decline`` have to come from your own responses.

    Examples
    --------
    >>> table = response_by_contacts(3, first=0.1, decline=0.7, value=100, cost=4)
    >>> table["gain"].round(2).tolist(), table["total_gain"].idxmax()
    ([6.0, 0.97, -1.53], 2)
    """
    check = Check("response_by_contacts")
    contacts = check.integer("contacts", contacts, low=1)
    first = check.share("first", first)
    decline = check.number("decline", decline, low=0)
    value, cost = check.number("value", value, low=0), check.number("cost", cost, low=0)
    check.done()
    index = pd.RangeIndex(1, contacts + 1, name="contact")
    response = first * np.exp(-decline * (index.to_numpy() - 1))
    table = pd.DataFrame({"response": response, "gain": response * value - cost}, index=index)
    table["total_gain"] = table["gain"].cumsum()
    return table
