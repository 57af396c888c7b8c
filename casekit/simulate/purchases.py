"""Simulated purchase logs: dated, priced, with everything that a model should find planted and returned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check
from casekit.customer_base import BGNBD, MBGNBD, GammaGamma, ParetoNBD
from casekit.periods import PERIODS_PER_YEAR
from casekit.simulate._log_columns import (
    People,
    arms,
    check_models,
    check_size,
    contact_table,
    customer_columns,
    poisson_times,
    preferences,
    priced_log,
    truth_table,
)
from casekit.simulate.plan import DAY, Calendar, PurchasePlan, read_plan

__all__ = ["PurchasePlan", "simulate_purchases"]


def simulate_purchases(
    customers: int,
    *,
    model: BGNBD | MBGNBD | ParetoNBD,
    rng: np.random.Generator,
    spend: GammaGamma | None = None,
    plan: PurchasePlan | None = None,
    time_unit: str = "week",
) -> dict[str, pd.DataFrame]:
    """A purchase log of customers who buy and drop out as a model says, with the truth about each of them.

    Every purchase keeps its own second. Summarised with ``occasion="row"``, each row a purchase, the log has
    the mean number of repeat purchases, and the parameters, of the theory. Merged by day (the default of
    :func:`casekit.customer_base.purchase_summary`, right for real tills) it has somewhat fewer: two purchases
    on one day become one.

    Parameters
    ----------
    customers : int
        How many, 1 or more.
    model : BGNBD, MBGNBD or ParetoNBD
        With parameters, fitted or from ``from_parameters``, in ``time_unit``.
    rng : numpy.random.Generator
        The same state gives the same log.
    spend : GammaGamma, optional
        Amounts; without it the log has none.
    plan : PurchasePlan, optional
        Calendar, season, channels, prices, refunds, contacts, campaign.
    time_unit : {"day", "week", "month", "quarter", "year"}, default "week"
        Unit of the model's rates.

    Returns
    -------
    dict of DataFrame

        - ``purchases``: ``customer_id``, ``date`` (with time), ``kind`` (purchase or refund), ``channel``,
          and with spend ``list_amount``, ``discount``, ``amount`` (negative for refunds); in order of time
        - ``customers``: ``customer_id``, ``first_purchase``, ``buying_rate`` (per time unit), ``leaving``
          (probability per purchase, or rate), ``alive`` (at the end), ``mean_spend``, ``channel``, ``arm``
          (treated, control, or missing)
        - ``contacts``: ``customer_id``, ``date``, ``contact`` (regular or campaign)
        - ``truth``: parameter and value of everything planted

    Raises
    ------
    InputError
        If a model has no parameters or is of another kind, the plan contradicts itself, or the log would not
        fit into memory.

    Examples
    --------
    >>> model = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> tables = simulate_purchases(100, model=model, rng=np.random.default_rng(7))
    >>> list(tables), tables["purchases"]["customer_id"].nunique()
    (['purchases', 'customers', 'contacts', 'truth'], 100)
    """
    check = Check("simulate_purchases")
    customers = check.integer("customers", customers, low=1, high=100_000_000)
    rng = check.generator("rng", rng)
    check.choice("time_unit", time_unit, tuple(PERIODS_PER_YEAR))
    check_models(check, model, (BGNBD, MBGNBD, ParetoNBD), "BGNBD, MBGNBD or ParetoNBD", spend)
    plan, calendar = read_plan(check, plan)
    unit = PERIODS_PER_YEAR["day"] / PERIODS_PER_YEAR[time_unit] * DAY
    people = _people(customers, model, spend, plan, calendar, rng)
    to_the_end = calendar.last - people["start"]
    highest = _highest_factor(plan, calendar)
    contacts = plan.contacts_per_year / (DAY * PERIODS_PER_YEAR["day"])
    check_size(check, float(((people["rate"] / unit * highest + contacts) * to_the_end).sum()))
    owner, seconds = _repeat_purchases(people, model, plan, calendar, unit, rng)
    everyone = np.arange(customers)
    owner = np.concatenate([everyone, owner])
    seconds = np.concatenate([people["start"], seconds])
    order = np.argsort(seconds, kind="stable")
    log = priced_log(people, owner[order], seconds[order], spend, plan, calendar, rng)
    return {
        "purchases": log,
        "customers": _customer_table(people, calendar),
        "contacts": contact_table(people, to_the_end, plan, calendar, rng),
        "truth": truth_table(model, spend, plan, time_unit),
    }


def _people(
    customers: int,
    model: Any,
    spend: GammaGamma | None,
    plan: PurchasePlan,
    calendar: Calendar,
    rng: np.random.Generator,
) -> People:
    start = calendar.first + rng.random(customers) * plan.acquisition_days * DAY
    rate = rng.gamma(model.r_, 1 / model.alpha_, size=customers)
    if isinstance(model, ParetoNBD):
        leaving = np.maximum(rng.gamma(model.s_, 1 / model.beta_, size=customers), 1e-300)
    else:
        leaving = np.maximum(rng.beta(model.a_, model.b_, size=customers), 1e-12)
    people = {"start": start, "rate": rate, "leaving": leaving, "arm": np.zeros(customers, dtype=np.int64)}
    people |= preferences(customers, spend, calendar, rng)
    if calendar.campaign is not None:
        people["arm"] = arms(start < calendar.campaign, plan, rng)
    return people


# -- when ------------------------------------------------------------------------------------------------


def _repeat_purchases(
    people: People,
    model: Any,
    plan: PurchasePlan,
    calendar: Calendar,
    unit: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Customer and second of each repeat purchase; notes in ``people`` who is alive at the end."""
    customers = len(people["start"])
    length = calendar.last - people["start"]
    pareto = isinstance(model, ParetoNBD)
    if pareto:
        life = rng.standard_exponential(customers) / people["leaving"] * unit
        people["alive"] = life > length
        length = np.minimum(life, length)
    highest = _highest_factor(plan, calendar)
    owner, seconds = poisson_times(people["start"], people["rate"] / unit * highest, length, rng)
    if calendar.season is not None or (calendar.campaign is not None and plan.campaign_effect != 0):
        kept = rng.random(len(owner)) * highest < _factor(people, owner, seconds, plan, calendar)
        owner, seconds = owner[kept], seconds[kept]
    if pareto:
        return owner, seconds
    chances = rng.geometric(people["leaving"]) - (1 if isinstance(model, MBGNBD) else 0)
    count = np.bincount(owner, minlength=customers)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    kept = rank < chances[owner]
    people["alive"] = count < chances
    if isinstance(model, MBGNBD):
        people["alive"] &= chances > 0
    return owner[kept], seconds[kept]


def _highest_factor(plan: PurchasePlan, calendar: Calendar) -> float:
    season = float(calendar.season.max()) if calendar.season is not None else 1.0
    return season * max(1.0, 1 + plan.campaign_effect if calendar.campaign is not None else 1.0)


def _factor(
    people: People, owner: np.ndarray, seconds: np.ndarray, plan: PurchasePlan, calendar: Calendar
) -> np.ndarray:
    factor = calendar.season_at(seconds)
    if calendar.campaign is not None:
        under = (
            (people["arm"][owner] == 2) & (seconds >= calendar.campaign) & (seconds < calendar.campaign_end)
        )
        factor[under] *= 1 + plan.campaign_effect
    return factor


def _customer_table(people: People, calendar: Calendar) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "customer_id": np.arange(1, len(people["start"]) + 1),
        "first_purchase": people["start"].astype(np.int64).astype("datetime64[s]"),
        "buying_rate": people["rate"],
        "leaving": people["leaving"],
        "alive": people["alive"],
    }
    return pd.DataFrame(columns | customer_columns(people, calendar))
