"""What simulated purchases and contracts have in common: channels, prices, refunds, contacts, the truth."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, format_number
from casekit._validate import Check
from casekit.customer_base import GammaGamma
from casekit.periods import PERIODS_PER_YEAR
from casekit.simulate.plan import DAY, Calendar, PurchasePlan

#: Share of a customer's purchases made through the channel that the customer prefers.
CHANNEL_LOYALTY = 0.8

#: A refund follows its purchase within so many days.
REFUND_DAYS = 21

#: More rows than this fit into no ordinary memory: simulate customers in parts.
MOST_ROWS = 300_000_000

People = dict[str, np.ndarray]


def check_models(check: Check, model: Any, kinds: tuple[type, ...], names: str, spend: Any) -> None:
    """A model of one of these kinds and a spend model (or none), both with parameters."""
    for name, value, wanted, words in (
        ("model", model, kinds, names),
        ("spend", spend, (GammaGamma,), "GammaGamma"),
    ):
        if value is None and name == "spend":
            continue
        if not isinstance(value, wanted):
            check.add(errors.wrong_type(name, words, value))
        elif not hasattr(value, "parameters_"):
            check.add(
                errors.must_hold(
                    _("{name} must be fitted first").format(name=name),
                    got=_("no parameters"),
                    hint=_("{kind}.from_parameters(...) or {kind}().fit(summary)").format(
                        kind=type(value).__name__
                    ),
                )
            )


def check_size(check: Check, rows: float) -> None:
    """Refuse a log that no memory holds."""
    check.require(
        rows <= MOST_ROWS,
        _("the simulated log must hold at most {most} rows").format(most=format_number(MOST_ROWS)),
        got=_("about {rows}").format(rows=format_number(rows, digits=0)),
        hint=_("fewer customers or a shorter log at a time; look at the model's time_unit too"),
    )
    check.done()


def preferences(size: int, spend: GammaGamma | None, calendar: Calendar, rng: np.random.Generator) -> People:
    """Each customer's channel and, with spend, the scale of what each pays."""
    people: People = {"channel": rng.choice(len(calendar.channels), size=size, p=calendar.shares)}
    if spend is not None:
        people["precision"] = np.maximum(rng.gamma(spend.q_, 1 / spend.gamma_, size=size), 1e-300)
        people["mean_spend"] = spend.p_ / people["precision"]
    return people


def poisson_times(
    start: np.ndarray, rate: np.ndarray, length: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Events of all customers at once, in order of customer and time: counts, then places, sorted."""
    count = rng.poisson(rate * length)
    key = np.repeat(np.arange(len(start), dtype=float), count)
    key += rng.random(len(key))
    key.sort()
    owner = key.astype(np.int64)
    return owner, start[owner] + (key - owner) * length[owner]


def priced_log(
    people: People,
    owner: np.ndarray,
    seconds: np.ndarray,
    spend: GammaGamma | None,
    plan: PurchasePlan,
    calendar: Calendar,
    rng: np.random.Generator,
    *,
    factor: np.ndarray | None = None,
) -> pd.DataFrame:
    """The log in the order given, refunds sorted in; ``factor`` scales what is paid."""
    size = len(owner)
    own = rng.random(size) < CHANNEL_LOYALTY
    other = rng.choice(len(calendar.channels), size=size, p=calendar.shares)
    channel = np.where(own, people["channel"][owner], other)
    columns: dict[str, Any] = {
        "customer_id": owner + 1,
        "date": seconds.astype(np.int64).astype("datetime64[s]"),
        "kind": pd.Categorical.from_codes(np.zeros(size, dtype=np.int8), ["purchase", "refund"]),
        "channel": pd.Categorical.from_codes(channel, calendar.channels),
    }
    if spend is not None:
        amount = rng.gamma(spend.p_, size=size) / people["precision"][owner]
        if factor is not None:
            amount *= factor
        if plan.price_growth:
            years = (seconds - calendar.first) / (DAY * PERIODS_PER_YEAR["day"])
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
    log: pd.DataFrame, plan: PurchasePlan, calendar: Calendar, rng: np.random.Generator
) -> pd.DataFrame:
    back = log[rng.random(len(log)) < plan.refund_rate].copy()
    wait = (rng.random(len(back)) * REFUND_DAYS * DAY).astype("timedelta64[s]")
    back["date"] = back["date"].to_numpy() + wait
    back["kind"] = pd.Categorical(["refund"] * len(back), categories=["purchase", "refund"])
    for column in ("list_amount", "amount"):
        if column in back.columns:
            back[column] = -back[column]
    back = back[back["date"] < np.datetime64(calendar.last, "s")]
    return pd.concat([log, back]).sort_values("date", kind="stable", ignore_index=True)


def customer_columns(people: People, calendar: Calendar) -> dict[str, Any]:
    """What the table of customers tells of everybody: channel, arm of the campaign, mean spend."""
    columns: dict[str, Any] = {
        "channel": pd.Categorical.from_codes(people["channel"], calendar.channels),
        "arm": pd.Categorical.from_codes(people["arm"] - 1, ["control", "treated"]),
    }
    if "mean_spend" in people:
        columns["mean_spend"] = people["mean_spend"]
    return columns


def arms(eligible: np.ndarray, plan: PurchasePlan, rng: np.random.Generator) -> np.ndarray:
    """By lot: 2 treated, 1 control, 0 neither, for who could be drawn."""
    drawn = rng.random(len(eligible)) < plan.treated_share
    return np.where(eligible, np.where(drawn, 2, 1), 0)


def contact_table(
    people: People, length: np.ndarray, plan: PurchasePlan, calendar: Calendar, rng: np.random.Generator
) -> pd.DataFrame:
    """Regular contacts over ``length`` seconds from each start, and the campaign."""
    rate = np.full(len(people["start"]), plan.contacts_per_year / (DAY * PERIODS_PER_YEAR["day"]))
    owner, seconds = poisson_times(people["start"], rate, length, rng)
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


def truth_table(model: Any, spend: GammaGamma | None, plan: PurchasePlan, time_unit: str) -> pd.DataFrame:
    """Parameter and value of everything planted."""
    rows: dict[str, Any] = {"model": type(model).__name__, "time_unit": time_unit}
    rows |= {str(name): value for name, value in model.parameters_.items()}
    if spend is not None:
        rows |= {f"spend_{name}": value for name, value in spend.parameters_.items()}
    rows |= asdict(plan)
    return pd.DataFrame({"parameter": list(rows), "value": [str(value) for value in rows.values()]})
