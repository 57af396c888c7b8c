"""Simulated purchase logs: dated, priced, with everything that a model should find planted and returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base import BGNBD, MBGNBD, GammaGamma, ParetoNBD
from casekit.periods import PERIODS_PER_YEAR

#: Share of a customer's purchases made through the channel that the customer prefers.
CHANNEL_LOYALTY = 0.8

#: A refund follows its purchase within so many days.
REFUND_DAYS = 21

_DAY = 86_400


@dataclass(frozen=True)
class PurchasePlan:
    """The calendar, and what is planted beside buying and spending.

    Attributes
    ----------
    start, end : str
        First and last day of the log.
    acquisition_days : int
        First purchases are spread evenly over so many days from the start; 1 makes one cohort.
    season : tuple of 12 floats, optional
        Factor on the buying rate by calendar month.
    channels : dict of name to share
        Shares of customers who prefer each channel; add up to 1.
    price_growth : float
        Rise of prices a year, as a share.
    promotion_share, promotion_discount : float
        Share of purchases on promotion, and the discount on them, as shares.
    refund_rate : float
        Share of purchases that are given back in full.
    contacts_per_year : float
        Marketing contacts a customer and year, at random days.
    campaign_date : str, optional
        Day of a campaign drawn by lot among the customers won before it.
    treated_share : float
        Share of these customers that it reaches.
    campaign_effect : float
        Relative change of a reached customer's buying rate; 0.2 is a fifth more.
    campaign_days : int, optional
        How long the effect lasts; by default to the end.
    """

    start: str = "2023-01-01"
    end: str = "2024-12-31"
    acquisition_days: int = 365
    season: tuple[float, ...] | None = None
    channels: Mapping[str, float] = field(default_factory=lambda: {"shop": 0.6, "web": 0.4})
    price_growth: float = 0.0
    promotion_share: float = 0.0
    promotion_discount: float = 0.2
    refund_rate: float = 0.0
    contacts_per_year: float = 0.0
    campaign_date: str | None = None
    treated_share: float = 0.5
    campaign_effect: float = 0.0
    campaign_days: int | None = None


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

    Every purchase keeps its own second, so none is lost by rounding to whole days or weeks: the mean number
    of repeat purchases is that of the theory.

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

    Examples
    --------
    >>> model = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> tables = simulate_purchases(100, model=model, rng=np.random.default_rng(7))
    >>> list(tables), tables["purchases"]["customer_id"].nunique()
    (['purchases', 'customers', 'contacts', 'truth'], 100)
    """
    check = Check("simulate_purchases")
    customers = check.integer("customers", customers, low=1)
    rng = check.generator("rng", rng)
    check.choice("time_unit", time_unit, tuple(PERIODS_PER_YEAR))
    plan = plan or PurchasePlan()
    calendar = _calendar(check, plan)
    if not isinstance(model, (BGNBD, MBGNBD, ParetoNBD)):
        check.add(errors.wrong_type("model", "BGNBD, MBGNBD or ParetoNBD", model))
    check.done()
    unit = PERIODS_PER_YEAR["day"] / PERIODS_PER_YEAR[time_unit] * _DAY
    people = _people(customers, model, spend, plan, calendar, rng)
    owner, seconds = _repeat_purchases(people, model, plan, calendar, unit, rng)
    everyone = np.arange(customers)
    owner = np.concatenate([everyone, owner])
    seconds = np.concatenate([people["start"], seconds])
    order = np.argsort(seconds, kind="stable")
    purchases = _price(people, owner[order], seconds[order], spend, plan, calendar, rng)
    return {
        "purchases": purchases,
        "customers": _customer_table(people, calendar, spend is not None),
        "contacts": _contacts(people, plan, calendar, rng),
        "truth": _truth(model, spend, plan, time_unit),
    }


@dataclass(frozen=True)
class _Calendar:
    """Seconds since the epoch of the first and the last moment, and of the campaign."""

    first: int
    last: int
    campaign: int | None


def _calendar(check: Check, plan: PurchasePlan) -> _Calendar:
    stamps = {}
    for name in ("start", "end", "campaign_date"):
        value = getattr(plan, name)
        try:
            stamps[name] = None if value is None else int(pd.Timestamp(value).value // 10**9)
        except (TypeError, ValueError):
            check.add(errors.wrong_type(name, _("a date"), value))
    check.done()
    first, last = stamps["start"] or 0, (stamps["end"] or 0) + _DAY
    days = check.integer("acquisition_days", plan.acquisition_days, low=1)
    check.require(
        first + days * _DAY <= last,
        _("customers must be won before the log ends"),
        got=_("{days} days of acquisition, {length} days of log").format(
            days=days, length=(last - first) // _DAY
        ),
        hint=_("take a later end or fewer acquisition_days"),
    )
    check.weights("channels", dict(plan.channels))
    for name in ("promotion_share", "promotion_discount", "refund_rate", "treated_share"):
        check.share(name, getattr(plan, name))
    for name in ("price_growth", "campaign_effect"):
        check.number(name, getattr(plan, name), low=-1, low_open=True)
    check.number("contacts_per_year", plan.contacts_per_year, low=0)
    if plan.season is not None:
        factors = check.vector("season", plan.season, low=0)
        check.require(len(factors) == 12, _("season must hold twelve factors"), got=str(len(factors)))
    return _Calendar(first, last, stamps["campaign_date"])


def _people(
    customers: int,
    model: Any,
    spend: GammaGamma | None,
    plan: PurchasePlan,
    calendar: _Calendar,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    start = calendar.first + rng.random(customers) * plan.acquisition_days * _DAY
    rate = rng.gamma(model.r_, 1 / model.alpha_, size=customers)
    if isinstance(model, ParetoNBD):
        leaving = np.maximum(rng.gamma(model.s_, 1 / model.beta_, size=customers), 1e-300)
    else:
        leaving = np.maximum(rng.beta(model.a_, model.b_, size=customers), 1e-12)
    names = np.array(list(plan.channels))
    people = {
        "start": start,
        "rate": rate,
        "leaving": leaving,
        "channel": rng.choice(len(names), size=customers, p=list(plan.channels.values())),
        "channels": names,
        "arm": np.zeros(customers, dtype=np.int64),
    }
    if spend is not None:
        people["precision"] = rng.gamma(spend.q_, 1 / spend.gamma_, size=customers)
        people["shape"] = np.full(customers, spend.p_)
    if calendar.campaign is not None:
        drawn = rng.random(customers) < plan.treated_share
        people["arm"] = np.where(start < calendar.campaign, np.where(drawn, 2, 1), 0)
    return people


# -- when ------------------------------------------------------------------------------------------------


def _repeat_purchases(
    people: dict[str, np.ndarray],
    model: Any,
    plan: PurchasePlan,
    calendar: _Calendar,
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
    highest = _highest_factor(plan)
    owner, seconds = _poisson_times(people["start"], people["rate"] / unit * highest, length, rng)
    if plan.season is not None or (calendar.campaign is not None and plan.campaign_effect != 0):
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


def _poisson_times(
    start: np.ndarray, rate: np.ndarray, length: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Events of all customers at once, in order of customer and time: counts, then places, sorted."""
    count = rng.poisson(rate * length)
    key = np.repeat(np.arange(len(start), dtype=float), count)
    key += rng.random(len(key))
    key.sort()
    owner = key.astype(np.int64)
    return owner, start[owner] + (key - owner) * length[owner]


def _highest_factor(plan: PurchasePlan) -> float:
    season = max(plan.season) if plan.season is not None else 1.0
    return season * max(1.0, 1 + plan.campaign_effect if plan.campaign_date is not None else 1.0)


def _factor(
    people: dict[str, np.ndarray],
    owner: np.ndarray,
    seconds: np.ndarray,
    plan: PurchasePlan,
    calendar: _Calendar,
) -> np.ndarray:
    factor = np.ones(len(owner))
    if plan.season is not None:
        months = seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12
        factor *= np.asarray(plan.season, dtype=float)[months]
    if calendar.campaign is not None:
        until = np.inf if plan.campaign_days is None else calendar.campaign + plan.campaign_days * _DAY
        under = (people["arm"][owner] == 2) & (seconds >= calendar.campaign) & (seconds < until)
        factor[under] *= 1 + plan.campaign_effect
    return factor


# -- how much, where, and what came back -------------------------------------------------------------------


def _price(
    people: dict[str, np.ndarray],
    owner: np.ndarray,
    seconds: np.ndarray,
    spend: GammaGamma | None,
    plan: PurchasePlan,
    calendar: _Calendar,
    rng: np.random.Generator,
) -> pd.DataFrame:
    size = len(owner)
    own = rng.random(size) < CHANNEL_LOYALTY
    other = rng.choice(len(people["channels"]), size=size, p=list(plan.channels.values()))
    channel = np.where(own, people["channel"][owner], other)
    columns: dict[str, Any] = {
        "customer_id": owner + 1,
        "date": seconds.astype(np.int64).astype("datetime64[s]"),
        "kind": pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), ["purchase", "refund"]),
        "channel": pd.Categorical.from_codes(channel, people["channels"]),
    }
    if spend is not None:
        amount = rng.gamma(spend.p_, size=size) / people["precision"][owner]
        if plan.price_growth:
            years = (seconds - calendar.first) / (_DAY * PERIODS_PER_YEAR["day"])
            amount *= (1 + plan.price_growth) ** years
        discount = np.zeros(size)
        if plan.promotion_share:
            discount[rng.random(size) < plan.promotion_share] = plan.promotion_discount
        listed = np.maximum(np.round(amount, 2), 0.01)
        columns |= {"list_amount": listed, "discount": discount}
        columns["amount"] = np.maximum(np.round(listed * (1 - discount), 2), 0.01)
    log = pd.DataFrame(columns)
    return _with_refunds(log, plan, calendar, rng) if plan.refund_rate else log


def _with_refunds(
    log: pd.DataFrame, plan: PurchasePlan, calendar: _Calendar, rng: np.random.Generator
) -> pd.DataFrame:
    back = log[rng.random(len(log)) < plan.refund_rate].copy()
    wait = (rng.random(len(back)) * REFUND_DAYS * _DAY).astype("timedelta64[s]")
    back["date"] = back["date"].to_numpy() + wait
    back["kind"] = pd.Categorical(["refund"] * len(back), categories=["purchase", "refund"])
    for column in ("list_amount", "amount"):
        if column in back.columns:
            back[column] = -back[column]
    back = back[back["date"] < np.datetime64(calendar.last, "s")]
    return pd.concat([log, back]).sort_values("date", kind="stable", ignore_index=True)


def _customer_table(people: dict[str, np.ndarray], calendar: _Calendar, priced: bool) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "customer_id": np.arange(1, len(people["start"]) + 1),
        "first_purchase": people["start"].astype(np.int64).astype("datetime64[s]"),
        "buying_rate": people["rate"],
        "leaving": people["leaving"],
        "alive": people["alive"],
        "channel": pd.Categorical.from_codes(people["channel"], people["channels"]),
        "arm": pd.Categorical.from_codes(people["arm"] - 1, ["control", "treated"]),
    }
    if priced:
        columns["mean_spend"] = people["shape"] / people["precision"]
    return pd.DataFrame(columns)


def _contacts(
    people: dict[str, np.ndarray], plan: PurchasePlan, calendar: _Calendar, rng: np.random.Generator
) -> pd.DataFrame:
    rate = np.full(len(people["start"]), plan.contacts_per_year / (_DAY * PERIODS_PER_YEAR["day"]))
    owner, seconds = _poisson_times(people["start"], rate, calendar.last - people["start"], rng)
    reached = np.flatnonzero(people["arm"] == 2)
    moment = np.full(len(reached), calendar.campaign or 0)
    all_seconds = np.concatenate([seconds, moment]).astype(np.int64)
    table = pd.DataFrame(
        {
            "customer_id": np.concatenate([owner, reached]) + 1,
            "date": all_seconds.astype("datetime64[s]"),
            "contact": ["regular"] * len(owner) + ["campaign"] * len(reached),
        }
    )
    return table.sort_values(["date", "customer_id"], kind="stable", ignore_index=True)


def _truth(model: Any, spend: GammaGamma | None, plan: PurchasePlan, time_unit: str) -> pd.DataFrame:
    rows: dict[str, Any] = {"model": type(model).__name__, "time_unit": time_unit}
    rows |= {str(name): value for name, value in model.parameters_.items()}
    if spend is not None:
        rows |= {f"spend_{name}": value for name, value in spend.parameters_.items()}
    rows |= asdict(plan)
    return pd.DataFrame({"parameter": list(rows), "value": [str(value) for value in rows.values()]})
