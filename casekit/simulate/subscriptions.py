"""Simulated contracts: customers who pay every period until they cancel at a renewal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base import SBG, GammaGamma
from casekit.periods import PERIODS_PER_YEAR
from casekit.simulate._log_columns import (
    People,
    arms,
    check_models,
    check_size,
    contact_table,
    customer_columns,
    preferences,
    priced_log,
    truth_table,
)
from casekit.simulate.plan import DAY, Calendar, PurchasePlan, read_plan

#: Months in one contract period.
CONTRACT_MONTHS = {"month": 1, "quarter": 3, "year": 12}

#: Two hundred years of months.
MOST_PERIODS = 2_400


def simulate_subscriptions(
    customers: int,
    *,
    model: SBG,
    rng: np.random.Generator,
    spend: GammaGamma | None = None,
    plan: PurchasePlan | None = None,
    start: str | None = None,
    periods: int | None = None,
    period: str = "month",
    acquisition_periods: int | None = None,
) -> dict[str, pd.DataFrame]:
    """Payments of customers under contract who cancel as the shifted-beta-geometric says.

    The calendar comes from a plan, the same that :func:`casekit.simulate.purchases.simulate_purchases` takes,
    with seasons, channels, prices, refunds, contacts and a campaign; or, without one, from ``start``,
    ``periods`` and ``acquisition_periods``.

    Parameters
    ----------
    customers : int
        How many, 1 or more.
    model : SBG
        With parameters per contract period.
    rng : numpy.random.Generator
        The same state gives the same log.
    spend : GammaGamma, optional
        Amounts of the payments (bills that vary around each customer's own mean); without it there are none.
    plan : PurchasePlan, optional
        Contract periods begin on the first of a month, the first of them in the month of ``plan.start`` or,
        if that is not its first day, in the next; only whole periods until ``plan.end``.
    start : str, optional
        Month of the first contracts; by default 2020-01. Not with a plan, nor are the next two.
    periods : int, optional
        Contract periods in the log, 1 or more; by default 24.
    period : {"month", "quarter", "year"}, default "month"
        Length of a contract period.
    acquisition_periods : int, optional
        New contracts are spread evenly over so many first periods; by default 1, which makes one cohort.

    Returns
    -------
    dict of DataFrame

        - ``payments``: ``customer_id``, ``date`` (first day of the period; refunds later), ``kind`` (purchase
          or refund), ``channel``, and with spend ``list_amount``, ``discount``, ``amount``
        - ``customers``: ``customer_id``, ``cohort`` (date), ``leaving`` (probability at each renewal),
          ``payments``, ``cancelled`` (True if seen to cancel), ``channel``, ``arm`` (treated, control, or
          missing), ``mean_spend``
        - ``survivors``: customers left by age (rows) and cohort (columns), as :meth:`SBG.fit` takes them
        - ``contacts``: ``customer_id``, ``date``, ``contact`` (regular or campaign)
        - ``truth``: parameter and value of everything planted

    Notes
    -----
    A customer of probability ``theta`` cancels at each renewal with ``theta``; one reached by the campaign
    with ``theta * (1 - campaign_effect)`` at the renewals from its day on, for ``campaign_days``.

    Examples
    --------
    >>> tables = simulate_subscriptions(
    ...     100, model=SBG.from_parameters(alpha=0.7, beta=1.2), rng=np.random.default_rng(7), periods=4,
    ...     spend=GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44))
    >>> tables["survivors"].shape, int(tables["survivors"].iloc[0, 0])
    ((4, 1), 100)
    """
    check = Check("simulate_subscriptions")
    customers = check.integer("customers", customers, low=1, high=100_000_000)
    rng = check.generator("rng", rng)
    check.choice("period", period, tuple(CONTRACT_MONTHS))
    check_models(check, model, (SBG,), "SBG", spend)
    check.done()
    own = {"start": start, "periods": periods, "acquisition_periods": acquisition_periods}
    plan, calendar = read_plan(check, _plan(check, plan, own, CONTRACT_MONTHS[period]))
    check.number("campaign_effect", plan.campaign_effect, high=1)
    begins, winning = _periods(check, plan, calendar, CONTRACT_MONTHS[period])
    check.done()
    people = _people(customers, model, spend, plan, calendar, begins, winning, rng)
    contacts = plan.contacts_per_year / PERIODS_PER_YEAR["day"] * (calendar.last - calendar.first) / DAY
    check_size(check, float(people["payments"].sum()) + customers * contacts)
    owner = np.repeat(np.arange(customers), people["payments"])
    before = np.cumsum(people["payments"]) - people["payments"]
    age = np.arange(len(owner)) - before[owner]
    order = np.argsort(people["cohort"][owner] + age, kind="stable")
    owner, age = owner[order], age[order]
    seconds = begins[people["cohort"][owner] + age]
    factor = None if calendar.season is None else calendar.season_at(seconds)
    stop = begins[np.minimum(people["cohort"] + people["tenure"], len(begins) - 1)]
    length = stop - people["start"]
    return {
        "payments": priced_log(people, owner, seconds, spend, plan, calendar, rng, factor=factor),
        "customers": _customer_table(people, calendar),
        "survivors": _survivors(people["cohort"][owner], age, begins[:-1]),
        "contacts": contact_table(people, length, plan, calendar, rng),
        "truth": truth_table(model, spend, plan, period),
    }


# -- the calendar -----------------------------------------------------------------------------------------


def _plan(check: Check, plan: Any, own: dict[str, Any], months: int) -> Any:
    """The plan, or one made from start, periods and acquisition_periods."""
    given = [name for name, value in own.items() if value is not None]
    if plan is not None:
        if given:
            check.add(
                errors.must_hold(
                    _("the calendar must come from the plan or from the arguments, not from both"),
                    got=_("plan and {names}").format(names=errors.listing(given)),
                    hint=_("PurchasePlan(start=..., end=..., acquisition_days=...) says all three"),
                )
            )
            check.done()
        return plan
    first = check.day("start", "2020-01-01" if own["start"] is None else own["start"])
    periods = check.integer(
        "periods", 24 if own["periods"] is None else own["periods"], low=1, high=MOST_PERIODS
    )
    asked = 1 if own["acquisition_periods"] is None else own["acquisition_periods"]
    acquisition = check.integer("acquisition_periods", asked, low=1, high=periods or None)
    check.done()
    month = np.datetime64(first.to_datetime64(), "M")
    end, won = ((month + months * count).astype("datetime64[D]") for count in (periods, acquisition))
    begin = month.astype("datetime64[D]")
    days = int((won - begin).astype(np.int64))
    return PurchasePlan(start=str(begin), end=str(end - np.timedelta64(1, "D")), acquisition_days=days)


def _periods(check: Check, plan: PurchasePlan, calendar: Calendar, months: int) -> tuple[np.ndarray, int]:
    """Seconds at which the periods begin (and the last one ends), and how many of them win customers."""
    first, last = (np.datetime64(second, "s") for second in (calendar.first, calendar.last))
    month = first.astype("datetime64[M]")
    if month.astype("datetime64[s]") < first:
        month = month + np.timedelta64(1, "M")
    whole = int((last.astype("datetime64[M]") - month).astype(np.int64)) // months
    check.require(
        1 <= whole <= MOST_PERIODS,
        _("the plan must hold 1 to {most} whole contract periods").format(most=MOST_PERIODS),
        got=_("{periods} from {start} to {end}").format(periods=whole, start=plan.start, end=plan.end),
        hint=_("look at the years of start and end, or take another period"),
    )
    check.done()
    begins = (month + months * np.arange(whole + 1)).astype("datetime64[s]").astype(np.int64)
    winning = int(np.searchsorted(begins[:-1], calendar.first + plan.acquisition_days * DAY))
    return begins, max(winning, 1)


# -- who stays how long -----------------------------------------------------------------------------------


def _people(
    customers: int,
    model: SBG,
    spend: GammaGamma | None,
    plan: PurchasePlan,
    calendar: Calendar,
    begins: np.ndarray,
    winning: int,
    rng: np.random.Generator,
) -> People:
    cohort = rng.integers(0, winning, size=customers)
    leaving = np.maximum(rng.beta(model.alpha_, model.beta_, size=customers), 1e-12)
    people = {
        "start": begins[cohort],
        "cohort": cohort,
        "leaving": leaving,
        "tenure": rng.geometric(leaving),
        "arm": np.zeros(customers, dtype=np.int64),
    }
    if calendar.campaign is not None:
        _run_campaign(people, plan, calendar, begins, rng)
    seen = len(begins) - 1 - cohort
    people["payments"] = np.minimum(people["tenure"], seen)
    people["cancelled"] = people["tenure"] < seen
    return people | preferences(customers, spend, calendar, rng)


def _run_campaign(
    people: People, plan: PurchasePlan, calendar: Calendar, begins: np.ndarray, rng: np.random.Generator
) -> None:
    """Draw the arms among those under contract, and draw anew when the reached ones cancel.

    A customer's probability is constant, so what is left of a tenure does not depend on what has passed.
    """
    next_renewal = int(np.searchsorted(begins, calendar.campaign or 0))
    passed = next_renewal - 1 - people["cohort"]
    people["arm"] = arms((passed >= 0) & (people["tenure"] > passed), plan, rng)
    reached = np.flatnonzero(people["arm"] == 2)
    leaving = people["leaving"][reached]
    under = np.clip(leaving * (1 - plan.campaign_effect), 1e-12, 1.0)
    tenure = rng.geometric(under)
    if np.isfinite(calendar.campaign_end):
        renewals = int(np.searchsorted(begins, calendar.campaign_end)) - next_renewal
        tenure = np.where(tenure <= renewals, tenure, renewals + rng.geometric(leaving))
    people["tenure"][reached] = passed[reached] + tenure


# -- tables -----------------------------------------------------------------------------------------------


def _customer_table(people: People, calendar: Calendar) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "customer_id": np.arange(1, len(people["start"]) + 1),
        "cohort": people["start"].astype("datetime64[s]"),
        "leaving": people["leaving"],
        "payments": people["payments"],
        "cancelled": people["cancelled"],
    }
    return pd.DataFrame(columns | customer_columns(people, calendar))


def _survivors(cohort: np.ndarray, age: np.ndarray, begins: np.ndarray) -> pd.DataFrame:
    periods = len(begins)
    counts = np.bincount(age * periods + cohort, minlength=periods * periods).reshape(periods, periods)
    days = pd.to_datetime(begins.astype("datetime64[s]"))
    table = pd.DataFrame(counts, index=pd.RangeIndex(periods, name="age"), columns=days)
    table = table.where(np.add.outer(np.arange(periods), np.arange(periods)) < periods)
    return table.loc[:, table.iloc[0] > 0]
