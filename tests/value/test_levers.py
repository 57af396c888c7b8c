"""Levers and value curves by hand."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.value import curve_divergence, curve_gaps, rank_levers

LEVERS = pd.DataFrame(
    {
        "lever": ["berths", "relay", "price cut"],
        "attribute": ["comfort", "", "money"],
        "points": [2.0, 0.0, 25.0],
        "hours": [0.0, 10.0, 0.0],
        "cost": [70.0, 35.0, 25.0],
    }
)
WORTH = {"comfort": 20, "money": 1}
SCORES = pd.DataFrame({"us": [8, 2], "a": [5, 6], "b": [5, 8]}, index=["speed", "care"])


def test_levers_are_ranked_by_value_for_money():
    ranked = rank_levers(LEVERS, WORTH, worth_of_hour=5)
    assert ranked["lever"].tolist() == ["relay", "price cut", "berths"]
    assert ranked["value_gain"].tolist() == [50, 25, 40]
    assert ranked["net_gain"].tolist() == [15, 0, -30]


def test_a_price_cut_is_worth_what_it_costs():
    ranked = rank_levers(LEVERS, WORTH).set_index("lever")
    assert ranked.loc["price cut", "value_per_money"] == 1


def test_value_curve_by_hand():
    gaps = curve_gaps(SCORES, own="us")
    assert gaps["gap"].to_dict() == {"speed": 3, "care": -5}
    assert curve_divergence(SCORES, own="us") == pytest.approx(17**0.5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rank_levers(LEVERS.assign(cost=0), WORTH), "cost must lie in its range, got 0"),
        (lambda: rank_levers(LEVERS, {"comfort": 20}), "attribute must be a known name, got 'money'"),
        (lambda: rank_levers(LEVERS.drop(columns="hours"), WORTH), "levers must have the columns hours"),
        (lambda: rank_levers(LEVERS, WORTH, worth_of_hour=-1), "worth_of_hour must lie in its range"),
        (lambda: curve_gaps(SCORES, own="we"), "own must be a known name"),
        (lambda: curve_divergence(SCORES[["us"]], own="us"), "at least two offers"),
        (lambda: curve_gaps(SCORES.assign(a=None), own="us"), "a must hold numbers only"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
