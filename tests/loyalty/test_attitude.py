"""Behaviour, attitude and life cycle on a handful of customers."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import (
    dick_basu,
    life_cycle_stages,
    loyalty_type,
    patronage_kept,
    probability_of_staying,
    recall_break_even,
)

SURVEY = pd.DataFrame(
    {
        "repeat": [3, 3, 3, 3, 1, 1, 3, 1],
        "attitude": [5, 2, 5, 5, 5, 2, np.nan, 5],
        "alternatives": [2, 2, 0, 2, 2, 2, 2, 2],
        "voucher_share": [0, 0, 0, 0.6, 0, 0, 0, 0],
        "kin": [False] * 7 + [True],
    }
)
MONTHS = pd.DataFrame({"customer_id": "Li", "month": range(1, 9), "visits": [1, 1, 1, 0, 0, 0, 0, 1]})
NONE = pd.Series(False, index=MONTHS.index)


def test_the_four_conditions():
    found = dick_basu([3, 3, 1, 1, 3], [5, 2, 5, 2, np.nan], repeat_cut=2, attitude_cut=4)
    assert found.iloc[:4].tolist() == ["loyalty", "spurious", "latent", "no loyalty"]
    assert found.isna().tolist() == [False] * 4 + [True]


def test_the_six_types_and_none():
    found = loyalty_type(SURVEY, repeat_cut=2, attitude_cut=4)
    expected = ["trust", "inertia", "monopoly", "incentive", "latent", "none", None, "kinship"]
    assert found.astype(object).where(found.notna(), None).tolist() == expected


def test_staying_is_a_logit():
    drivers = pd.DataFrame({"habit": [0, 1], "rival": [0, 2]})
    chance = probability_of_staying(drivers, weights={"habit": 1, "rival": -0.5}, intercept=0.5)
    assert chance.tolist() == pytest.approx([1 / (1 + np.exp(-0.5))] * 2)


def test_visits_kept_are_a_ratio_of_sums():
    kept = patronage_kept([10, 30, 4, 0], [10, 18, 1, 3], ["a", "a", "b", None])
    assert kept["kept"].tolist() == [0.7, 0.25]
    assert kept.loc["a", "customers"] == 2
    error = np.sqrt(2 * (3**2 + 3**2)) / 40
    assert kept.loc["a", "high"] == pytest.approx(0.7 + 1.959964 * error)
    assert kept.loc["b", ["low", "high"]].isna().all()


def test_stages_follow_the_months_away():
    stages = life_cycle_stages(MONTHS, committed=NONE, new_months=2, fading_after=2, lost_after=4)
    expected = ["new", "new", "stable", "stable", "fading", "fading", "lost", "stable"]
    assert stages["stage"].tolist() == expected
    assert stages["months_away"].tolist() == [0, 0, 0, 1, 2, 3, 4, 0]


def test_a_tier_commits_until_the_guest_stays_away_and_order_of_rows_is_kept():
    mixed = MONTHS.iloc[::-1]
    stages = life_cycle_stages(mixed, committed=~NONE, lost_after=4)
    assert stages["stage"].iloc[::-1].tolist()[3:7] == ["committed", "fading", "fading", "lost"]
    assert stages.index.equals(mixed.index)


def test_recall_pays_from_five_per_cent():
    assert recall_break_even(600, value_lost=100, cost=25) == 0.05


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dick_basu([1], [1, 2], repeat_cut=1, attitude_cut=1), "attitude must be as long as repeat"),
        (lambda: dick_basu([1], ["good"], repeat_cut=1, attitude_cut=1), "attitude must hold numbers"),
        (lambda: loyalty_type(SURVEY.assign(voucher_share=60), repeat_cut=2, attitude_cut=4), "percentages"),
        (lambda: loyalty_type(SURVEY.drop(columns="kin"), repeat_cut=2, attitude_cut=4), "columns kin"),
        (lambda: loyalty_type(SURVEY, repeat_cut=2, attitude_cut=4, incentive_cut=50), "write 0.5"),
        (lambda: probability_of_staying(SURVEY, weights={"habit": 1}), "columns habit"),
        (lambda: probability_of_staying(SURVEY, weights={"attitude": 1}), "must hold numbers only"),
        (lambda: patronage_kept([1, 2], [1], ["a", "a"]), "after must be as long as before"),
        (lambda: patronage_kept([1, 2], [1, -1], ["a", "a"]), "after must lie in its range"),
        (lambda: life_cycle_stages(MONTHS, committed=NONE, lost_after=2), "longer than fading_after"),
        (lambda: life_cycle_stages(MONTHS, committed=NONE.astype(str)), "True or False"),
        (lambda: life_cycle_stages(MONTHS, committed=NONE.iloc[1:]), "committed must be as long as panel"),
        (lambda: recall_break_even(100, value_lost=100, cost=1), "worth more than a lost one"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
