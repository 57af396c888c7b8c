"""Lenses 3, 4 and 5 of a customer-base audit: one cohort over time, cohorts compared, the whole base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from casekit import errors
from casekit._validate import Check
from casekit.segments.cohorts import by_calendar, observe_cohorts


def lens_3_cohort_over_time(
    purchases: Any, *, cohort: Any = None, every: str = "month", until: Any = None, value: str = "amount"
) -> pd.DataFrame:
    """Lens 3 of the audit: how does the buying of one cohort evolve as it ages?

    Most cohorts fall at once and then slowly: fewer customers buy, and those who still do hardly change.
    Which factor falls says whether the firm loses customers or loses their spending.

    Parameters
    ----------
    purchases : DataFrame, shape (n_purchases, at least 3)
        One row a purchase, with ``customer_id``, ``date`` and the column ``value``.
    cohort : str or Period, optional
        Period of the first purchase, such as ``"1997-01"`` with ``every="month"``; the earliest if not given.
    every : {"week", "month", "quarter", "year"}, default "month"
    until : date, optional
        Last day that the log covers (see :func:`cohort_table`).
    value : str, default "amount"
        The column of money.

    Returns
    -------
    DataFrame indexed by ``age`` (periods since the cohort's own), with ``customers`` (who bought),
    ``active_share`` (of the cohort), ``purchases_per_active``, ``amount_per_purchase``, ``amount``,
    ``amount_per_acquired`` and ``cumulative_amount_per_acquired``. Ratios are missing where nobody bought.

    Notes
    -----
    ``amount_per_acquired = active_share * purchases_per_active * amount_per_purchase``.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Ross, M. (2022). *The Customer-Base Audit*. Wharton School Press,
    chapter 5.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": list("ABAA"), "amount": [10.0, 20, 5, 7],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-01-20", "2024-02-03", "2024-02-09"])})
    >>> lens_3_cohort_over_time(log).loc[1, ["active_share", "purchases_per_active"]].tolist()
    [0.5, 2.0]
    """
    check = Check("lens_3_cohort_over_time")
    tables = observe_cohorts(check, purchases, every=every, until=until, value=value).grids
    known = tables["customers"].index
    wanted = known[0] if cohort is None else _period(check, cohort, known)
    check.done()
    found = pd.DataFrame({name: table.loc[wanted] for name, table in tables.items()}).dropna()
    size, active = found.loc[0, "customers"], found["customers"]
    over_time = pd.DataFrame(
        {
            "customers": active.astype(int),
            "active_share": active / size,
            "purchases_per_active": (found["purchases"] / active).where(active > 0),
            "amount_per_purchase": (found["amount"] / found["purchases"]).where(found["purchases"] > 0),
            "amount": found["amount"],
            "amount_per_acquired": found["amount"] / size,
        }
    )
    return over_time.assign(cumulative_amount_per_acquired=over_time["amount_per_acquired"].cumsum())


def lens_4_cohorts_compared(
    purchases: Any, *, horizon: int = 3, every: str = "month", until: Any = None, value: str = "amount"
) -> pd.DataFrame:
    """Lens 4 of the audit: are newer customers as good as older ones were at the same age?

    The first sign of trouble is a new cohort that falls faster than the older ones did; in the total it shows
    a year later. Compare at the same age only: older cohorts have had more time.

    Parameters
    ----------
    purchases, every, until, value
        As in :func:`lens_3_cohort_over_time`.
    horizon : int, default 3
        Age up to which cohorts are compared, in periods after the first (0: the first period alone).

    Returns
    -------
    DataFrame indexed by ``cohort``, with ``customers``, ``first_amount`` (money of a customer's first day),
    ``repeat_share`` (bought on a later day, up to the horizon), ``active_share`` (bought in the period at the
    horizon), ``purchases_per_customer`` and ``amount_per_customer`` (up to the horizon, per customer
    acquired). Missing, but for the first two, where the cohort was not observed so long.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Ross, M. (2022). *The Customer-Base Audit*. Wharton School Press,
    chapter 6.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": list("ABAC"), "amount": [10.0, 20, 5, 7],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-01-20", "2024-02-03", "2024-02-09"])})
    >>> lens_4_cohorts_compared(log, horizon=1)["repeat_share"].tolist()
    [0.5, nan]
    """
    check = Check("lens_4_cohorts_compared")
    horizon = check.integer("horizon", horizon, low=0)
    seen_cohorts = observe_cohorts(check, purchases, every=every, until=until, value=value)
    tables = seen_cohorts.grids
    sizes = tables["customers"][0].astype(int)
    first = _first_days(seen_cohorts.log, seen_cohorts.word, horizon).reindex(sizes.index)
    seen = pd.Series(horizon in tables["customers"].columns, index=sizes.index)
    if horizon in tables["customers"].columns:
        seen = tables["customers"][horizon].notna()
    ages = list(range(horizon + 1))
    sums = {
        name: tables[name].reindex(columns=ages).sum(axis=1).where(seen) / sizes
        for name in ("purchases", "amount")
    }
    at_horizon = tables["customers"].reindex(columns=ages)[horizon] / sizes
    return pd.DataFrame(
        {
            "customers": sizes,
            "first_amount": first["first_amount"],
            "repeat_share": first["repeat_share"].where(seen),
            "active_share": at_horizon.where(seen),
            "purchases_per_customer": sums["purchases"],
            "amount_per_customer": sums["amount"],
        }
    )


@dataclass(frozen=True)
class BaseHealth:
    """Lens 5.

    Attributes
    ----------
    periods : DataFrame indexed by ``period``
        ``active`` customers and where they come from: ``new``, ``kept`` (bought in the period before as well)
        and ``returned`` (bought earlier); ``lapsed`` (bought in the period before, not now); ``amount``,
        ``amount_new`` and ``new_amount_share``.
    amount_by_cohort : DataFrame, cohorts by calendar periods
        Money of each cohort in each period (the "cohort chart").
    """

    periods: pd.DataFrame
    amount_by_cohort: pd.DataFrame


def lens_5_whole_base(
    purchases: Any, *, every: str = "month", until: Any = None, value: str = "amount"
) -> BaseHealth:
    """Lens 5 of the audit: put together, how healthy is the customer base?

    Revenue of a period is the sum over cohorts of customers, purchases and spending. A firm whose revenue
    comes from ever new customers must keep paying for them; one that lives on old cohorts will feel an
    acquisition stop only later.

    Parameters
    ----------
    purchases, every, until, value
        As in :func:`lens_3_cohort_over_time`.

    Returns
    -------
    BaseHealth
        ``active`` is ``new + kept + returned``, and the last period's ``active`` less ``lapsed`` is ``kept``.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Ross, M. (2022). *The Customer-Base Audit*. Wharton School Press,
    chapter 7.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": list("ABAC"), "amount": [10.0, 20, 5, 7],
    ...                     "date": pd.to_datetime(["2024-01-05", "2024-01-20", "2024-02-03", "2024-02-09"])})
    >>> periods = lens_5_whole_base(log).periods
    >>> periods.loc["2024-02", ["active", "new", "kept", "lapsed"]].astype(int).tolist()
    [2, 1, 1, 1]
    """
    check = Check("lens_5_whole_base")
    seen = observe_cohorts(check, purchases, every=every, until=until, value=value)
    amounts = by_calendar(seen.grids["amount"], seen.last)
    visits = seen.log.assign(period=seen.log["date"].dt.to_period(seen.word))[
        ["customer_id", "period"]
    ].drop_duplicates()
    visits = visits.sort_values(["customer_id", "period"])
    before = visits.groupby("customer_id")["period"].shift()
    gap = visits["period"].astype("int64") - before.astype("int64").where(before.notna())
    visits["kind"] = "returned"
    visits.loc[gap == 1, "kind"] = "kept"
    visits.loc[before.isna(), "kind"] = "new"
    counts = pd.crosstab(visits["period"], visits["kind"]).reindex(
        index=amounts.columns, columns=["new", "kept", "returned"], fill_value=0
    )
    active = counts.sum(axis=1)
    own = pd.Series({cohort: amounts.loc[cohort, cohort] for cohort in amounts.index})
    own = own.reindex(amounts.columns).fillna(0.0)
    total = amounts.sum()
    periods = counts.assign(lapsed=active.shift(fill_value=0) - counts["kept"], amount=total, amount_new=own)
    periods.insert(0, "active", active)
    periods["new_amount_share"] = (own / total).where(total > 0)
    return BaseHealth(periods.rename_axis(index="period", columns=None), amounts)


def _period(check: Check, cohort: Any, known: pd.Index) -> pd.Period:
    try:
        period = pd.Period(cohort, freq=known.freq)
    except (ValueError, TypeError):
        period = None
    if period is None or period not in known:
        check.add(errors.unknown_name("cohort", str(cohort), [str(item) for item in known]))
        return known[0]
    return period


def _first_days(log: pd.DataFrame, word: str, horizon: int) -> pd.DataFrame:
    """Money of the first day and share who bought on a later day, by cohort."""
    days = log["date"].dt.normalize()
    first = days.groupby(log["customer_id"]).transform("min")
    cohort = first.dt.to_period(word)
    age = days.dt.to_period(word).astype("int64") - cohort.astype("int64")
    marked = log.assign(
        cohort=cohort,
        opening=log["amount"].where(days == first, 0.0),
        again=(days > first) & (age <= horizon),
    )
    people = marked.groupby(["cohort", "customer_id"]).agg(opening=("opening", "sum"), again=("again", "any"))
    grouped = people.groupby(level="cohort")
    return pd.DataFrame({"first_amount": grouped["opening"].mean(), "repeat_share": grouped["again"].mean()})
