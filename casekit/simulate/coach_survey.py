"""Simulated answers of former coach passengers about coach, train and plane from Chengdu to Lhasa."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from casekit._validate import Check

#: Price (yuan, one way) and hours of each offer. Coach and train are from the press, see the card; the
#: plane's hours are an assumption.
OFFERS = pd.DataFrame(
    {"price": [550.0, 331.0, 712.0, 975.0], "hours": [72.0, 48.2, 48.2, 6.0]},
    index=pd.Index(["coach", "train seat", "train sleeper", "plane"], name="offer"),
)

#: True mean rating (1 to 10) of each offer on each attribute, and the component it belongs to. All invented.
ATTRIBUTES = pd.DataFrame(
    {
        "component": ["product", "product", "product", "service", "personnel", "image", "energy", "psychic"],
        "coach": [4.0, 8.5, 8.5, 4.0, 6.0, 4.0, 7.0, 4.0],
        "train seat": [4.0, 6.0, 5.0, 5.0, 5.5, 7.5, 3.5, 6.5],
        "train sleeper": [7.0, 6.5, 5.0, 6.5, 6.0, 8.0, 3.0, 7.5],
        "plane": [7.5, 2.5, 3.0, 7.5, 7.5, 8.0, 7.0, 7.0],
    },
    index=pd.Index(
        [
            "comfort",
            "scenery",
            "baggage",
            "meals and stops",
            "crew",
            "safety record",
            "ease of getting a ticket",
            "peace of mind at altitude",
        ],
        name="attribute",
    ),
)

#: True share, worth of an hour and of a point (yuan) and importance of price in each segment. Invented.
SEGMENTS = pd.DataFrame(
    {
        "share": [0.40, 0.25, 0.25, 0.10],
        "worth_of_hour": [3.5, 5.0, 5.0, 30.0],
        "worth_of_point": [35.0, 110.0, 190.0, 300.0],
        "price_importance": [0.65, 0.45, 0.35, 0.20],
    },
    index=pd.Index(["worker", "trader", "tourist", "business"], name="segment"),
)

#: True importance of each attribute, points out of 100, in the order of ATTRIBUTES. Invented.
IMPORTANCE = pd.DataFrame(
    {
        "worker": [20, 3, 14, 9, 7, 15, 20, 12],
        "trader": [9, 2, 40, 6, 8, 9, 18, 8],
        "tourist": [13, 38, 4, 10, 8, 11, 6, 10],
        "business": [22, 3, 6, 13, 8, 18, 18, 12],
    },
    index=ATTRIBUTES.index,
)

#: Improvements that the coach company could make: points gained, hours saved, yuan a passenger. All invented.
LEVERS = pd.DataFrame(
    {
        "lever": [
            "hold space and delivery for goods",
            "booking by telephone with a sure seat",
            "oxygen and a nurse on board",
            "stops planned for the views, with a guide",
            "second pair of drivers, no night halt",
            "hot meals at fixed inns",
            "sleeper berths instead of seats",
            "new coaches",
        ],
        "attribute": [
            "baggage",
            "ease of getting a ticket",
            "peace of mind at altitude",
            "scenery",
            "",
            "meals and stops",
            "comfort",
            "safety record",
        ],
        "points": [1.0, 1.5, 2.5, 1.0, 0.0, 2.0, 2.5, 2.5],
        "hours": [0.0, 0.0, 0.0, -3.0, 12.0, 0.0, 0.0, 0.0],
        "cost": [12.0, 6.0, 30.0, 15.0, 35.0, 20.0, 70.0, 60.0],
    }
)

_HETEROGENEITY = 0.30  # spread of what hours and points are worth, standard deviation of the logarithm
_ANSWER_NOISE = 0.15  # noise of the stated answers about it, same measure
_LENIENCY = 0.5  # some people give high marks to everything: standard deviation in points
_RATING_NOISE = 1.0
_CHOICE_NOISE = 60.0  # scale of the unexplained part of the choice, yuan


class CoachSurvey(NamedTuple):
    """A simulated survey and what lies behind it."""

    ratings: pd.DataFrame
    truth: dict[str, pd.DataFrame]


def simulate_coach_survey(respondents: int = 480, *, rng: np.random.Generator) -> CoachSurvey:
    """Simulate a survey of former coach passengers, each rating four ways to Lhasa.

    Parameters
    ----------
    respondents : int, default 480
        How many people answer, 1 or more.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    CoachSurvey
        ``ratings``: one row a respondent, offer and attribute, with the columns of the data set
        ``coach_survey``. ``truth``: the parameters behind it (``offers``, ``attributes``, ``segments``,
        ``importance``) and ``respondents``, each person's true worth of an hour and a point.

    Notes
    -----
    Worth is lognormal around the mean of the segment. A rating is the offer's true mean plus the person's
    leniency plus noise, rounded into 1 to 10. The person takes the offer with the highest true delivered
    value plus a Gumbel term, so that the simplest rule of choice is nearly, not wholly, right.

    Examples
    --------
    >>> survey = simulate_coach_survey(5, rng=np.random.default_rng(7))
    >>> len(survey.ratings)
    160
    """
    check = Check("simulate_coach_survey")
    count = check.integer("respondents", respondents, low=1)
    rng = check.generator("rng", rng)
    check.done()
    people = _people(count, rng)
    importance = _importance(people["segment"], rng)
    leniency = rng.normal(0, _LENIENCY, count)
    means = ATTRIBUTES[OFFERS.index].to_numpy().T
    felt = means + leniency[:, None, None] + rng.normal(0, _RATING_NOISE, (count, *means.shape))
    felt = np.clip(felt, 1, 10)
    chosen = _choice(people, importance, felt, rng)
    frame = _long(people, importance, np.rint(felt).astype(int), chosen, rng)
    truth = {
        "offers": OFFERS.copy(),
        "attributes": ATTRIBUTES.copy(),
        "segments": SEGMENTS.copy(),
        "importance": IMPORTANCE.copy(),
        "respondents": people,
    }
    return CoachSurvey(frame, truth)


def _people(count: int, rng: np.random.Generator) -> pd.DataFrame:
    segment = rng.choice(SEGMENTS.index.to_numpy(), size=count, p=SEGMENTS["share"].to_numpy())
    people = pd.DataFrame({"respondent_id": [f"R{i:04d}" for i in range(1, count + 1)], "segment": segment})
    for column in ("worth_of_hour", "worth_of_point"):
        spread = rng.normal(-(_HETEROGENEITY**2) / 2, _HETEROGENEITY, count)
        people[column] = people["segment"].map(SEGMENTS[column]).to_numpy() * np.exp(spread)
    price = people["segment"].map(SEGMENTS["price_importance"]).to_numpy()
    people["price_importance"] = rng.beta(20 * price, 20 * (1 - price))
    return people


def _importance(segments: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """Points out of 100 for each respondent and attribute; the roundings go to the largest."""
    points = np.empty((len(segments), len(IMPORTANCE)))
    for segment, places in segments.groupby(segments).groups.items():
        points[np.asarray(places)] = rng.dirichlet(IMPORTANCE[segment].to_numpy() * 0.8, len(places)) * 100
    points = np.rint(points)
    points[np.arange(len(points)), points.argmax(axis=1)] += 100 - points.sum(axis=1)
    return points


def _choice(
    people: pd.DataFrame, importance: np.ndarray, felt: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Number of the offer that each respondent takes."""
    quality = np.einsum("noa,na->no", felt, importance / 100)
    value = (
        quality * people["worth_of_point"].to_numpy()[:, None]
        - people["worth_of_hour"].to_numpy()[:, None] * OFFERS["hours"].to_numpy()
        - OFFERS["price"].to_numpy()
    )
    return (value + rng.gumbel(0, _CHOICE_NOISE, value.shape)).argmax(axis=1)


def _long(
    people: pd.DataFrame,
    importance: np.ndarray,
    rating: np.ndarray,
    chosen: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """One row a respondent, offer and attribute, with the answers of the respondent on each of its rows."""
    n, offers, attributes = rating.shape
    stated = {
        column: np.round(people[column].to_numpy() * np.exp(rng.normal(0, _ANSWER_NOISE, n)), 1)
        for column in ("worth_of_hour", "worth_of_point")
    }
    person = np.repeat(np.arange(n), offers * attributes)
    offer = np.tile(np.repeat(np.arange(offers), attributes), n)
    attribute = np.tile(np.arange(attributes), n * offers)
    return pd.DataFrame(
        {
            "respondent_id": people["respondent_id"].to_numpy()[person],
            "segment": people["segment"].to_numpy()[person],
            "offer": OFFERS.index.to_numpy()[offer],
            "attribute": ATTRIBUTES.index.to_numpy()[attribute],
            "component": ATTRIBUTES["component"].to_numpy()[attribute],
            "rating": rating.ravel(),
            "importance": importance[person, attribute].astype(int),
            "price": OFFERS["price"].to_numpy()[offer],
            "hours": OFFERS["hours"].to_numpy()[offer],
            "worth_of_hour": stated["worth_of_hour"][person],
            "worth_of_point": stated["worth_of_point"][person],
            "price_importance": np.round(people["price_importance"].to_numpy()[person], 2),
            "chosen": chosen[person] == offer,
        }
    )
