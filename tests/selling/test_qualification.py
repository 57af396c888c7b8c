"""Qualification: three prospects by hand, knock-outs, hours as a knapsack."""

import itertools

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import plan_call_hours, qualification_score, value_per_hour

RATED = {
    "Ada": {"need": 5, "volume": 4, "purchasing_power": 4, "authority": 3, "credit": 4},
    "Ben": {"need": 5, "volume": 5, "purchasing_power": 5, "authority": 5, "credit": 1},
    "Cy": {"need": 1, "volume": 2, "purchasing_power": 2, "authority": 1, "credit": 3},
}
DEALS = pd.DataFrame(
    {"win_probability": [0.5, 0.5, 0.5, 0.1], "margin": [120, 100, 100, 50], "hours": [6, 5, 5, 2]},
    index=["Ada", "Ben", "Cy", "Di"],
)


def test_equal_weights_are_the_mean_rating():
    table = qualification_score(RATED)
    assert table["score"].tolist() == pytest.approx([0.75, 0.8, 0.2])
    assert table["rank"].tolist()[:2] == [2, 1]
    assert not table.loc["Cy", "qualified"]
    assert np.isnan(table.loc["Cy", "rank"])


def test_a_knock_out_beats_any_score():
    table = qualification_score(RATED, knock_outs={"credit": 2, "authority": 3})
    assert table["knocked_out_by"].to_dict() == {"Ada": "", "Ben": "credit", "Cy": "authority"}
    assert table["qualified"].tolist() == [True, False, False]


def test_a_rating_at_the_minimum_stays_in():
    assert qualification_score(RATED, knock_outs={"credit": 1})["knocked_out_by"].eq("").all()


def test_lists_dicts_and_frames_agree():
    frame = pd.DataFrame.from_dict(RATED, orient="index")
    weights = {"credit": 0.4, "need": 0.3, "volume": 0.1, "purchasing_power": 0.1, "authority": 0.1}
    ordered = [weights[name] for name in ("need", "volume", "purchasing_power", "authority", "credit")]
    one = qualification_score(RATED, weights=weights)
    pd.testing.assert_frame_equal(one, qualification_score(frame, weights=pd.Series(weights)))
    pd.testing.assert_frame_equal(one, qualification_score(frame, weights=ordered))
    records = [{"name": "x", **row} for row in RATED.values()]
    assert qualification_score(records, weights=ordered)["score"].tolist() == one["score"].tolist()


def test_own_criteria_come_with_their_weights():
    assert qualification_score({"fit": 3, "urgency": 5}, weights={"fit": 0.5, "urgency": 0.5})[
        "score"
    ].item() == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weights": [0.5, 0.5]}, "weights must be as long as criteria"),
        ({"weights": [0.3] * 5}, "weights must add up to 1"),
        ({"knock_outs": {"charm": 2}}, "knock_outs must be a known name"),
        ({"knock_outs": {"need": 9}}, r"knock_outs\['need'\] must lie in its range"),
        ({"scale": (5, 1)}, "scale must run from the lowest"),
        ({"scale": 5}, "scale must be a pair"),
        ({"scale": (0, 3)}, "must lie in its range"),
        ({"pass_mark": 50}, "pass_mark must lie in its range"),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(InputError, match=message):
        qualification_score(RATED, **options)


def test_missing_criteria_and_ratings_are_named():
    with pytest.raises(InputError, match="must have the columns credit"):
        qualification_score([{"need": 1, "volume": 1, "purchasing_power": 1, "authority": 1}])
    with pytest.raises(InputError, match="must hold numbers only"):
        qualification_score({**RATED, "Di": {**RATED["Ada"], "credit": np.nan}})


def test_value_per_hour_is_not_the_order_of_chances():
    found = value_per_hour({"Ada": 0.5, "Ben": 0.2}, margin={"Ben": 5000, "Ada": 8000}, hours=[40, 5])
    assert found.to_dict() == {"Ada": 100.0, "Ben": 200.0}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"margin": -1, "hours": 1}, "margin must lie in its range"),
        ({"margin": 1, "hours": 0}, "hours must lie in its range"),
        ({"margin": [1, 2, 3], "hours": 1}, "margin must be as long as win_probability"),
    ],
)
def test_bad_values_per_hour_are_named(options, message):
    with pytest.raises(InputError, match=message):
        value_per_hour([0.5, 0.2], **options)
    with pytest.raises(InputError, match="divide by 100"):
        value_per_hour([50, 20], margin=1, hours=1)


@pytest.mark.parametrize("hours", [0, 1, 4, 7, 10, 11, 13, 18, 30])
def test_the_plan_is_the_best_of_all_sets(hours):
    worth = DEALS["win_probability"] * DEALS["margin"]
    best = max(
        worth[list(chosen)].sum()
        for size in range(len(DEALS) + 1)
        for chosen in itertools.combinations(DEALS.index, size)
        if DEALS.loc[list(chosen), "hours"].sum() <= hours
    )
    plan = plan_call_hours(DEALS, hours=hours)
    assert plan.expected_margin == pytest.approx(best)
    assert plan.hours <= hours


def test_hours_that_split_are_taken_from_the_top():
    plan = plan_call_hours(DEALS, hours=8, divisible=True)
    assert plan.chosen["share"].to_dict() == pytest.approx({"Ada": 1.0, "Ben": 0.4})
    assert plan.expected_margin == pytest.approx(80)
    assert plan.value_of_one_more_hour == pytest.approx(10)
    assert plan_call_hours(DEALS, hours=100, divisible=True).value_of_one_more_hour == 0


@pytest.mark.parametrize(
    ("changes", "hours", "message"),
    [
        ({"win_probability": 1.5}, 1, "win_probability"),
        ({"margin": -5}, 1, "margin"),
        ({"hours": 0}, 1, "hours"),
        ({}, -1, "hours must lie in its range"),
    ],
)
def test_bad_plans_are_named(changes, hours, message):
    with pytest.raises(InputError, match=message):
        plan_call_hours(DEALS.assign(**changes), hours=hours)
