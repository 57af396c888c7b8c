"""The simulated coach survey: what was put in can be estimated out of it."""

import numpy as np
import pandas as pd
import pytest

from casekit.datasets import load_coach_levers, load_coach_survey
from casekit.errors import InputError
from casekit.simulate.coach_survey import ATTRIBUTES, LEVERS, OFFERS, simulate_coach_survey
from casekit.value import components_in_money, delivered_value


@pytest.fixture(scope="module")
def survey():
    return simulate_coach_survey(2000, rng=np.random.default_rng(11))


def by_segment(frame, column):
    return frame.drop_duplicates("respondent_id").groupby("segment")[column].mean()


@pytest.mark.parametrize("column", ["worth_of_hour", "worth_of_point", "price_importance"])
def test_means_of_segments_come_back(survey, column):
    """Lognormal answers with known spread: within four standard errors of 200 people, 10 %."""
    truth = survey.truth["segments"][column]
    found = by_segment(survey.ratings, column).reindex(truth.index)
    assert found.to_numpy() == pytest.approx(truth.to_numpy(), rel=0.10)


def test_mean_marks_come_back(survey):
    """Marks are cut off at 1 and 10, which moves the highest means by up to a fifth of a point."""
    marks = survey.ratings.pivot_table(index="attribute", columns="offer", values="rating")
    truth = ATTRIBUTES[OFFERS.index]
    assert np.abs(marks.loc[truth.index, truth.columns] - truth).to_numpy().max() < 0.25


def test_importance_adds_up_to_a_hundred_and_comes_back(survey):
    one_offer = survey.ratings[survey.ratings["offer"] == "coach"]
    assert (one_offer.groupby("respondent_id")["importance"].sum() == 100).all()
    found = one_offer.pivot_table(index="attribute", columns="segment", values="importance")
    truth = survey.truth["importance"]
    assert np.abs(found.loc[truth.index, truth.columns] - truth).to_numpy().max() < 2


def test_everyone_chooses_one_offer_and_mostly_the_one_of_highest_value(survey):
    chosen = survey.ratings[survey.ratings["chosen"]].drop_duplicates(["respondent_id", "offer"])
    named = chosen.set_index("respondent_id")["offer"]
    assert named.index.is_unique
    assert len(named) == 2000
    value = delivered_value(components_in_money(survey.ratings))["delivered_value"].unstack()
    assert 0.85 < (value.idxmax(axis=1) == named).mean() < 1


def test_same_seed_same_survey():
    one, other = (simulate_coach_survey(20, rng=np.random.default_rng(3)).ratings for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_shipped_data_are_what_the_script_makes():
    made = simulate_coach_survey(480, rng=np.random.default_rng(2006)).ratings
    pd.testing.assert_frame_equal(load_coach_survey(), made, check_dtype=False)
    pd.testing.assert_frame_equal(load_coach_levers(), LEVERS, check_dtype=False)


@pytest.mark.parametrize(
    ("count", "rng", "message"),
    [
        (0, np.random.default_rng(1), "respondents must lie in its range"),
        (2.5, np.random.default_rng(1), "respondents must be a whole number"),
        (5, 7, "rng must be a numpy random Generator"),
    ],
)
def test_bad_input_is_named(count, rng, message):
    with pytest.raises(InputError, match=message):
        simulate_coach_survey(count, rng=rng)
