"""A simulated restaurant: guests, their visits, a rival across the street and a loyalty programme by lot.

Everything that a case wants to find is planted and returned with the data: how likely each guest was to stay
when the rival opened and why, and by how much the programme raised the visits of its members.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.loyalty import (
    NO_TIER,
    assign_tiers,
    earned_levels_by_rules,
    monthly_panel,
    probability_of_staying,
)

#: Share of guests, visits a month (mean), people at the table (mean), spend a head (median), lunch share.
GUEST_KINDS: dict[str, tuple[float, float, float, float, float]] = {
    "host": (0.26, 3.3, 9.0, 63.0, 0.25),
    "lunch regular": (0.16, 4.5, 3.0, 41.0, 0.85),
    "occasional": (0.58, 0.6, 4.5, 56.0, 0.40),
}

#: Visits of each calendar month against the average month: full before and at Spring Festival, thin after.
SEASON = (1.20, 1.05, 0.90, 0.93, 0.98, 0.96, 0.93, 0.95, 1.00, 1.05, 0.98, 1.07)

#: The tiers by which the restaurant chose guests for the programme.
PROGRAMME_RULES = {"C active": {"visits": 2}, "C quality": {"visits": 2, "spend": 1500, "per_head": 50}}

#: Weights of the log-odds that a guest stays when the rival opens.
STAYING_WEIGHTS = {"attitude": 0.9, "habit": 0.35, "vouchers": -1.4, "no_alternative": -0.8, "kin": 1.6}


@dataclass(frozen=True)
class RestaurantTruth:
    """What is planted in the simulated restaurant.

    Attributes
    ----------
    first_month, months : str, int
        First month of the visits, and how many.
    rival_opens, programme_starts : str
        First days of the month in which each begins.
    staying_intercept : float
        Log-odds of staying of a guest with average attitude and one visit a month.
    kept_by_leavers : float
        Share of their visits that guests who do not stay still make.
    trial_months, trial_share : int, float
        For so many months every guest tries the rival with this share of visits.
    programme_lift : float
        Relative rise of a member's visits.
    monthly_loss : float
        Chance a month that a guest moves away for good.
    """

    first_month: str = "2023-01"
    months: int = 24
    rival_opens: str = "2023-10-01"
    programme_starts: str = "2024-01-01"
    staying_intercept: float = 1.2
    kept_by_leavers: float = 0.3
    trial_months: int = 3
    trial_share: float = 0.12
    programme_lift: float = 0.20
    monthly_loss: float = 0.006


def simulate_restaurant(
    *, guests: int, rng: np.random.Generator, truth: RestaurantTruth | None = None
) -> dict[str, pd.DataFrame]:
    """Guests and visits of a restaurant over two years.

    Parameters
    ----------
    guests : int
        Guests who come at all, 50 or more.
    rng : numpy.random.Generator
        The same generator state gives the same restaurant.
    truth : RestaurantTruth, optional
        What to plant.

    Returns
    -------
    dict of DataFrame

        - ``visits``: ``customer_id``, ``date``, ``meal``, ``covers``, ``amount``; one row a visit
        - ``guests``: ``customer_id``, ``arm`` (member, control, or missing for guests outside the programme)
          and the survey made before the rival opened
        - ``truth``: parameter and value of everything planted
        - ``hidden``: kind, chance of staying and whether each guest stayed; not part of the shipped data

    Examples
    --------
    >>> tables = simulate_restaurant(guests=50, rng=np.random.default_rng(7))
    >>> list(tables)
    ['visits', 'guests', 'truth', 'hidden']
    """
    check = Check("simulate_restaurant")
    guests = check.integer("guests", guests, low=50)
    rng = check.generator("rng", rng)
    check.done()
    truth = truth or RestaurantTruth()
    months = pd.period_range(truth.first_month, periods=truth.months, freq="M").to_timestamp()
    people = _people(guests, months, rng)
    people["p_stay"] = probability_of_staying(
        _drivers(people), weights=STAYING_WEIGHTS, intercept=truth.staying_intercept
    )
    people["stays"] = rng.random(guests) < people["p_stay"]
    rates = _rates(people, months, truth, rng)
    start = int((months < pd.Timestamp(truth.programme_starts)).sum())
    before = _visits(people, rates[:, :start], months[:start], rng)
    people["arm"] = _arms(before, people["customer_id"], rng)
    lift = np.where(people["arm"].eq("member"), 1 + truth.programme_lift, 1.0)
    after = _visits(people, rates[:, start:] * lift[:, None], months[start:], rng)
    visits = pd.concat([before, after], ignore_index=True)
    visits = visits.sort_values(["date", "customer_id", "meal"], kind="stable", ignore_index=True)
    return {
        "visits": visits,
        "guests": _survey(people, visits, rng),
        "truth": _planted(truth),
        "hidden": people,
    }


def _people(guests: int, months: pd.DatetimeIndex, rng: np.random.Generator) -> pd.DataFrame:
    kinds = list(GUEST_KINDS)
    kind = rng.choice(kinds, size=guests, p=[GUEST_KINDS[name][0] for name in kinds])
    means = {
        column: np.array([GUEST_KINDS[name][place] for name in kind])
        for place, column in enumerate(("rate", "covers", "per_head", "lunch"), start=1)
    }
    rate = rng.gamma(8.0, means["rate"] / 8.0)
    spread = (np.log(rate) - np.log(rate).mean()) / np.log(rate).std()
    attitude = 0.3 * spread + np.sqrt(1 - 0.3**2) * rng.standard_normal(guests)
    joined = np.where(rng.random(guests) < 0.85, 0, rng.integers(1, len(months), guests))
    return pd.DataFrame(
        {
            "customer_id": [f"G{number:04d}" for number in range(1, guests + 1)],
            "kind": kind,
            "rate": rate,
            "attitude": attitude,
            "voucher_share": np.where(rng.random(guests) < 0.2, rng.uniform(0.4, 1.0, guests), 0.0),
            "alternatives": rng.poisson(1.8, guests),
            "kin": rng.random(guests) < 0.05,
            "covers": np.maximum(2.0, means["covers"] * rng.lognormal(0, 0.15, guests)),
            "per_head": means["per_head"] * rng.lognormal(0, 0.13, guests),
            "lunch": means["lunch"],
            "joined": joined,
        }
    )


def _drivers(people: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "attitude": people["attitude"],
            "habit": np.log(people["rate"]),
            "vouchers": people["voucher_share"],
            "no_alternative": people["alternatives"].eq(0).astype(float),
            "kin": people["kin"].astype(float),
        }
    )


def _rates(
    people: pd.DataFrame, months: pd.DatetimeIndex, truth: RestaurantTruth, rng: np.random.Generator
) -> np.ndarray:
    """Expected visits of each guest in each month, without the programme."""
    season = np.array([SEASON[month.month - 1] for month in months])
    rates = people["rate"].to_numpy()[:, None] * season
    number = np.arange(len(months))
    open_since = number - int((months < pd.Timestamp(truth.rival_opens)).sum())
    kept = np.where(people["stays"], 1.0, truth.kept_by_leavers)[:, None]
    rates = np.where(open_since >= 0, rates * kept, rates)
    trying = (open_since >= 0) & (open_since < truth.trial_months)
    rates = np.where(trying, rates * (1 - truth.trial_share), rates)
    gone = people["joined"].to_numpy() + rng.geometric(truth.monthly_loss, len(people))
    here = (number >= people["joined"].to_numpy()[:, None]) & (number < gone[:, None])
    return rates * here


def _visits(
    people: pd.DataFrame, rates: np.ndarray, months: pd.DatetimeIndex, rng: np.random.Generator
) -> pd.DataFrame:
    counts = rng.poisson(rates)
    guest, month = (axis.repeat(counts.ravel()) for axis in np.indices(counts.shape).reshape(2, -1))
    row = people.iloc[guest].reset_index(drop=True)
    first, length = months[month], months.days_in_month.to_numpy()[month]
    date = first + pd.to_timedelta(rng.integers(0, length), unit="D")
    lunch = rng.random(len(row)) < row["lunch"]
    covers = np.maximum(1, rng.poisson(row["covers"]))
    per_head = row["per_head"] * np.where(lunch, 0.92, 1.04) * rng.lognormal(0, 0.12, len(row))
    return pd.DataFrame(
        {
            "customer_id": row["customer_id"],
            "date": pd.Series(date),
            "meal": np.where(lunch, "lunch", "dinner"),
            "covers": covers,
            "amount": (covers * per_head).round(0).astype(int),
        }
    )


def _arms(before: pd.DataFrame, customers: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Half of the guests who hold the best tier when the programme starts, by lot."""
    held = assign_tiers(
        earned_levels_by_rules(monthly_panel(before), rules=PROGRAMME_RULES),
        names=[NO_TIER, *PROGRAMME_RULES],
    )
    last = held[held["month"].eq(held["month"].max())]
    eligible = last.loc[last["tier"].eq(list(PROGRAMME_RULES)[-1]), "customer_id"].to_numpy()
    drawn = rng.permutation(eligible)
    arms = dict.fromkeys(drawn[: len(drawn) // 2], "member") | dict.fromkeys(
        drawn[len(drawn) // 2 :], "control"
    )
    return customers.map(arms).astype(object)


def _survey(people: pd.DataFrame, visits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Answers on a five-point scale, one guest in four missing; only guests who ever came."""
    answered = rng.random(len(people)) < 0.75
    score = (3.4 + 0.8 * people["attitude"] + rng.normal(0, 0.3, len(people))).clip(1, 5).round(1)
    survey = pd.DataFrame(
        {
            "customer_id": people["customer_id"],
            "arm": people["arm"],
            "attitude": score.where(answered),
            "alternatives": people["alternatives"],
            "voucher_share": people["voucher_share"].round(2),
            "kin": people["kin"],
        }
    )
    return survey[survey["customer_id"].isin(visits["customer_id"].unique())].reset_index(drop=True)


def _planted(truth: RestaurantTruth) -> pd.DataFrame:
    meanings = {
        "first_month": _("first month of the visits"),
        "months": _("months simulated"),
        "rival_opens": _("day on which the rival opens"),
        "programme_starts": _("day on which the programme starts"),
        "staying_intercept": _("log-odds of staying with average attitude and one visit a month"),
        "kept_by_leavers": _("share of visits that guests who do not stay still make"),
        "trial_months": _("months in which every guest tries the rival"),
        "trial_share": _("share of visits lost to trying"),
        "programme_lift": _("relative rise of a member's visits"),
        "monthly_loss": _("chance a month that a guest moves away"),
    }
    records = [(name, str(value), meanings[name]) for name, value in asdict(truth).items()]
    for name, weight in STAYING_WEIGHTS.items():
        meaning = _("weight of {name} on the log-odds of staying").format(name=name)
        records.append((f"staying_weight_{name}", str(weight), meaning))
    return pd.DataFrame(records, columns=["parameter", "value", "meaning"])
