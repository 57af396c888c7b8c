"""A branch of a bank: its clients, their money month by month and day by day, and a campaign drawn by lot.

Clients are of four kinds with respect to a call (persuadable, sure thing, lost cause, sleeping dog). Which
kind somebody is depends on what the bank can see (an inflow, money about to mature, a long silence, too many
calls) and on chance, so that a model can learn the change that a call makes, but never know it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from casekit._validate import Check

#: The kinds of client with respect to a call, with the chance to buy left alone and when called.
KINDS = ("persuadable", "sure thing", "lost cause", "sleeping dog")

#: What makes a client worth a call this month.
REASONS = ("none", "inflow", "maturity", "dormant")

#: Days a month with an irregular credit, and with a debit, by occupation.
CREDIT_DAYS = {"business": 2.2, "passive": 0.4, "salaried": 0.25, "retired": 0.1}
DEBIT_DAYS = {"business": 0.9, "salaried": 0.15}


@dataclass(frozen=True)
class BankParameters:
    """What is true of the branch. Money in yuan, chances a client, days as in
    ``datasets/bank_book/card.md``."""

    today: str = "2025-06-30"
    campaign_drawn: str = "2025-04-30"
    months: int = 18
    flows_from: str = "2025-02-01"
    managers: int = 8
    median_aum: float = 80_000
    spread_aum: float = 1.35
    jobs: tuple[float, ...] = (0.55, 0.20, 0.15, 0.10)
    windfall: float = 0.02
    windfall_stays: float = 0.75
    left_alone: tuple[float, ...] = (0.03, 0.28, 0.004, 0.18)
    when_called: tuple[float, ...] = (0.27, 0.28, 0.004, 0.04)
    lead_chance: dict[str, float] = field(
        default_factory=lambda: {"none": 0.004, "inflow": 0.8, "maturity": 0.3, "dormant": 0.3}
    )


@dataclass(frozen=True)
class BankBook:
    """The simulated tables by name, and the parameters that they were drawn from."""

    tables: dict[str, pd.DataFrame]
    parameters: BankParameters


def simulate_bank_book(
    clients: int = 12_000, *, rng: np.random.Generator, parameters: BankParameters | None = None
) -> BankBook:
    """Draw a branch.

    Parameters
    ----------
    clients : int, default 12,000
        100 or more.
    rng : numpy.random.Generator
    parameters : BankParameters, optional
        The truth to draw from.

    Returns
    -------
    BankBook
        Tables ``clients`` (one row a client, today), ``aum`` (one row a client, one column a month),
        ``flows`` (one row a client and day with a large enough credit or debit), ``products``, ``contacts``,
        ``campaign`` (one row a client, as known on the day it was drawn, with ``called`` and ``bought``) and
        ``truth`` (what no bank knows: kind, chances, expected change, true leads).

    Examples
    --------
    >>> book = simulate_bank_book(200, rng=np.random.default_rng(1))
    >>> sorted(book.tables)
    ['aum', 'campaign', 'clients', 'contacts', 'flows', 'products', 'truth']
    """
    check = Check("simulate_bank_book")
    clients = check.integer("clients", clients, low=100)
    rng = check.generator("rng", rng)
    check.done()
    facts = parameters or BankParameters()
    people = _people(clients, facts, rng)
    products = _products(people, facts, rng)
    flows, windfalls = _flows(people, facts, rng)
    aum = _aum(people, windfalls, facts, rng)
    drawn, today = pd.Timestamp(facts.campaign_drawn), pd.Timestamp(facts.today)
    called = rng.permutation(np.arange(clients) % 2 == 0)
    contacts = _contacts(people, called, facts, rng)
    chance = {"kind": rng.gumbel(size=(clients, len(KINDS))), "buys": rng.random(clients)}
    then = _as_known(people, aum, flows, products, contacts, drawn)
    now = _as_known(people, aum, flows, products, contacts, today)
    truth_then, truth_now = _kinds(then, drawn, chance, facts), _kinds(now, today, chance, facts)
    p = np.where(called, truth_then["p_called"], truth_then["p_alone"])
    campaign = then.drop(columns="risk_level").assign(called=called, bought=chance["buys"] < p)
    truth = truth_then.join(truth_now.add_suffix("_now"))
    truth.insert(0, "customer_id", people["customer_id"])
    truth = truth.join(_leads(now, windfalls, facts, rng))
    tables = {
        "clients": now,
        "aum": aum,
        "flows": flows,
        "products": products,
        "contacts": contacts,
        "campaign": campaign,
        "truth": truth,
    }
    return BankBook(tables, facts)


def _people(n: int, facts: BankParameters, rng: np.random.Generator) -> pd.DataFrame:
    job = rng.choice(["salaried", "retired", "business", "passive"], size=n, p=facts.jobs)
    age = np.where(job == "retired", rng.normal(67, 6, n), rng.normal(43, 10, n)).clip(22, 88).astype(int)
    base = np.exp(rng.normal(np.log(facts.median_aum), facts.spread_aum, n)) * np.where(
        job == "business", 2, 1
    )
    rich = np.log10(base) - 5
    online = rng.random(n) < 1 / (1 + np.exp((age - 40) / 9))
    looked_after = rng.random(n) < 1 / (1 + np.exp(-(0.6 + 0.9 * rich - 1.2 * online)))
    manager = np.where(looked_after, rng.integers(1, facts.managers + 1, n), 0)
    taste = np.clip(np.round(rng.normal(3.2 - (age - 45) / 25, 0.9)), 1, 5).astype(int)
    return pd.DataFrame(
        {
            "customer_id": [f"C{number:05d}" for number in range(1, n + 1)],
            "manager": pd.Series(manager).map(lambda number: f"M{number}" if number else None).astype(object),
            "age": age,
            "risk_level": _or_missing(rng.random(n) < 0.04, np.char.add("C", taste.astype(str))),
            "buys_online": online,
            "job": job,
            "base": base,
        }
    )


def _or_missing(missing: np.ndarray, texts: np.ndarray) -> np.ndarray:
    column = texts.astype(object)
    column[missing] = None
    return column


def _products(people: pd.DataFrame, facts: BankParameters, rng: np.random.Generator) -> pd.DataFrame:
    """Deposits and wealth products with the day they mature: up to 75 days ago and 16 months ahead."""
    rich = np.log10(people["base"]) - 5
    count = rng.poisson(np.clip(0.7 + 0.4 * rich, 0.1, 3))
    owner = np.repeat(np.arange(len(people)), count)
    n = len(owner)
    names = np.array(["time deposit", "wealth product", "bond fund", "balanced fund"])
    kind = rng.choice(4, size=n, p=[0.4, 0.4, 0.12, 0.08])
    days = rng.integers(-75, 480, n)
    matures = pd.Series(pd.Timestamp(facts.today) + pd.to_timedelta(days, unit="D"))
    part = people["base"].to_numpy()[owner] * rng.uniform(0.1, 0.5, n)
    return pd.DataFrame(
        {
            "customer_id": people["customer_id"].to_numpy()[owner],
            "product": names[kind],
            "product_level": np.array(["R1", "R2", "R3", "R4"])[kind],
            "amount": np.maximum(1, (part / 1000).round()) * 1000,
            "matures": matures.where(kind < 2),
        }
    )


def _flows(
    people: pd.DataFrame, facts: BankParameters, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.Series]:
    """Days with a credit or debit, and the money of this month's windfalls that stays."""
    months = pd.period_range(facts.flows_from, facts.today, freq="M")
    parts = []
    pay = np.exp(rng.normal(np.log(9_000), 0.45, len(people)))
    pay_day = rng.integers(1, 26, len(people))
    size = {"salaried": pay, "retired": pay * 0.5, "business": people["base"] * 0.25, "passive": pay * 0.1}
    usual = np.select([people["job"] == job for job in size], list(size.values()))
    for month in months:
        regular = np.flatnonzero(people["job"].isin(["salaried", "retired"]))
        parts.append(
            _rows(month, regular, pay_day[regular], usual[regular] * rng.normal(1, 0.06, len(regular)))
        )
        for sign, rate in (
            (1, {"business": 2.2, "passive": 0.4, "salaried": 0.25, "retired": 0.1}),
            (-1, {"business": 0.9, "salaried": 0.15}),
        ):
            who = np.repeat(np.arange(len(people)), rng.poisson(people["job"].map(rate).fillna(0)))
            amount = usual[who] * np.exp(
                rng.normal(0, np.where(people["job"].iloc[who] == "business", 1.1, 0.5))
            )
            parts.append(_rows(month, who, rng.integers(1, 29, len(who)), sign * amount))
    stays = pd.Series(0.0, index=people.index)
    for month in months:
        who = np.flatnonzero(rng.random(len(people)) < facts.windfall)
        amount = np.maximum(60_000, people["base"].to_numpy()[who] * rng.uniform(0.5, 2.5, len(who)))
        day = rng.integers(1, 24, len(who))
        parts.append(_rows(month, who, day, amount))
        staying = rng.random(len(who)) < facts.windfall_stays
        parts.append(_rows(month, who[~staying], day[~staying] + 3, -amount[~staying]))
        if month == months[-1]:
            stays.iloc[who[staying]] = amount[staying]
    rows = pd.concat(parts, ignore_index=True)
    rows["customer_id"] = people["customer_id"].to_numpy()[rows.pop("who")]
    rows["credit"] = (rows["amount"].clip(lower=0) / 100).round() * 100
    rows["debit"] = (-rows.pop("amount").clip(upper=0) / 100).round() * 100
    daily = rows.groupby(["customer_id", "date"], as_index=False)[["credit", "debit"]].sum()
    return daily[(daily["credit"] > 0) | (daily["debit"] > 0)].reset_index(drop=True), stays


def _rows(month: pd.Period, who: np.ndarray, day: np.ndarray, amount: np.ndarray) -> pd.DataFrame:
    date = month.start_time + pd.to_timedelta(np.asarray(day) - 1, unit="D")
    return pd.DataFrame({"who": who, "date": date, "amount": np.asarray(amount)})


def _aum(
    people: pd.DataFrame, stays: pd.Series, facts: BankParameters, rng: np.random.Generator
) -> pd.DataFrame:
    """Average assets by month: wandering, sometimes leaving for good, sometimes only for a while."""
    n, months = len(people), facts.months
    names = pd.period_range(end=pd.Period(facts.today, freq="M"), periods=months, freq="M").astype(str)
    shaky = np.where(people["job"] == "business", 0.16, 0.05)
    level = np.log(people["base"].to_numpy())[:, None] + np.zeros((n, months))
    noise = np.zeros(n)
    for month in range(months):
        noise = 0.7 * noise + rng.normal(0, shaky)
        level[:, month] += noise + 0.004 * (month - months + 1)
    when, what = rng.integers(3, months - 2, n), rng.random(n)
    back = when + rng.integers(1, 5, n)
    at = np.arange(months)
    level += np.where((what < 0.06)[:, None] & (at >= when[:, None]), np.log(0.25), 0)
    level += np.where((what > 0.94)[:, None] & (at >= when[:, None]) & (at < back[:, None]), np.log(0.4), 0)
    money = np.exp(level)
    money[:, -1] += stays.to_numpy() * 0.5
    table = pd.DataFrame(np.maximum(1, (money / 1000).round()) * 1000, columns=names)
    table.insert(0, "customer_id", people["customer_id"])
    return table


def _contacts(
    people: pd.DataFrame, called: np.ndarray, facts: BankParameters, rng: np.random.Generator
) -> pd.DataFrame:
    """Contacts of the last 18 months by the manager, and the calls of the campaign."""
    rich = np.log10(people["base"]) - 5
    rate = np.where(people["manager"].notna(), np.clip(1.6 + 0.8 * rich, 0.3, 6), 0.2)
    who = np.repeat(np.arange(len(people)), rng.poisson(rate))
    days = rng.integers(0, 548, len(who))
    channel = rng.choice(["call", "message", "visit"], size=len(who), p=[0.5, 0.35, 0.15])
    own = pd.DataFrame({"who": who, "days": days, "channel": channel, "campaign": False})
    since = (pd.Timestamp(facts.today) - pd.Timestamp(facts.campaign_drawn)).days
    by_lot = np.flatnonzero(called)
    calls = pd.DataFrame(
        {"who": by_lot, "days": since - rng.integers(1, 29, len(by_lot)), "channel": "call", "campaign": True}
    )
    table = pd.concat([own, calls], ignore_index=True)
    table["date"] = pd.Timestamp(facts.today) - pd.to_timedelta(table.pop("days"), unit="D")
    table.insert(0, "customer_id", people["customer_id"].to_numpy()[table.pop("who")])
    table = table.sort_values(["customer_id", "date", "channel"], ignore_index=True)
    return table[["customer_id", "date", "channel", "campaign"]]


def _as_known(
    people: pd.DataFrame,
    aum: pd.DataFrame,
    flows: pd.DataFrame,
    products: pd.DataFrame,
    contacts: pd.DataFrame,
    day: pd.Timestamp,
) -> pd.DataFrame:
    """One row a client with what the bank could see on a day."""
    who = people["customer_id"]
    month = day.to_period("M")
    credits = (
        flows.assign(month=flows["date"].dt.to_period("M")).groupby(["customer_id", "month"])["credit"].sum()
    )
    wide = credits.unstack("month").reindex(who).fillna(0)
    running = products[products["matures"] > day].sort_values("matures").drop_duplicates("customer_id")
    running = running.set_index("customer_id")
    past = contacts[contacts["date"] <= day]
    recent = past[past["date"] > day - pd.Timedelta(days=90)]
    held = products[(products["matures"] > day) | products["matures"].isna()].groupby("customer_id").size()
    return pd.DataFrame(
        {
            "customer_id": who,
            "manager": people["manager"],
            "aum": aum[str(month)],
            "inflow": wide[month].to_numpy(),
            "usual_inflow": wide.loc[:, wide.columns < month].mean(axis=1).round().to_numpy(),
            "maturity_date": running["matures"].reindex(who).to_numpy(),
            "maturing_amount": running["amount"].reindex(who).to_numpy(),
            "last_contact": past.groupby("customer_id")["date"].max().reindex(who).to_numpy(),
            "contacts_90d": recent.groupby("customer_id").size().reindex(who, fill_value=0).to_numpy(),
            "products_held": held.reindex(who, fill_value=0).to_numpy(),
            "buys_online": people["buys_online"],
            "age": people["age"],
            "risk_level": people["risk_level"],
        }
    )


def _kinds(
    known: pd.DataFrame, day: pd.Timestamp, chance: dict[str, np.ndarray], facts: BankParameters
) -> pd.DataFrame:
    """Kind of each client, chances to buy, and the change expected from what the bank can see."""
    jump = np.log((known["inflow"] + 3000) / (known["usual_inflow"] + 3000)).clip(-1, 3)
    soon = ((known["maturity_date"] - day).dt.days <= 60).astype(float)
    silent = ((day - known["last_contact"]).dt.days / 365.25).clip(upper=2).fillna(2)
    busy, online = known["contacts_90d"].clip(upper=4), known["buys_online"].astype(float)
    rich = np.log10(known["aum"]) - 5
    urge = np.column_stack(
        [
            -1.6 + 1.2 * jump + 1.8 * soon + 0.5 * silent + 0.5 * rich - 0.9 * busy - 0.5 * online,
            -1.5 + 1.1 * online + 0.5 * known["products_held"] + 0.6 * rich + 0.4 * known["manager"].notna(),
            0.9 - 0.6 * rich + 0.02 * (known["age"] - 50),
            -2.2 + 1.1 * busy + 1.2 * online + 0.3 * rich - 0.6 * soon,
        ]
    )
    kind = (urge + chance["kind"]).argmax(axis=1)
    share = np.exp(urge - urge.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    alone, called = np.array(facts.left_alone), np.array(facts.when_called)
    return pd.DataFrame(
        {
            "kind": np.array(KINDS)[kind],
            "p_alone": alone[kind],
            "p_called": called[kind],
            "uplift": (called - alone)[kind],
            "expected_uplift": share @ (called - alone),
        }
    ).round(5)


def _leads(
    now: pd.DataFrame, stays: pd.Series, facts: BankParameters, rng: np.random.Generator
) -> pd.DataFrame:
    """Who would bring new money if called this month, and the reason behind it."""
    today = pd.Timestamp(facts.today)
    soon = (now["maturity_date"] - today).dt.days.between(0, 30)
    silent = now["last_contact"].isna() | ((today - now["last_contact"]).dt.days > 180)
    dormant = silent & (now["aum"] >= 1_000_000)
    reason = np.select([stays > 0, soon, dormant], ["inflow", "maturity", "dormant"], default="none")
    lead = rng.random(len(now)) < pd.Series(reason).map(facts.lead_chance).to_numpy(dtype=float)
    return pd.DataFrame({"reason": reason, "lead": lead})
