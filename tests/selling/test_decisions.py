"""Decisions under uncertainty: payoffs, cut-offs and mistakes by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import best_response, cost_sensitive_threshold, misclassification_cost

PAYOFFS = pd.DataFrame(
    {"new": [80.0, 20.0, 0.0], "benefit": [-40.0, 30.0, 0.0]}, index=["experts", "offer", "leave"]
)
COUNTS = pd.DataFrame([[8, 2], [0, 10]], index=["a", "b"], columns=["a", "b"])


def test_a_certain_type_gets_its_own_play():
    table = best_response({"x": {"new": 1, "benefit": 0}, "y": {"new": 0, "benefit": 1}}, payoffs=PAYOFFS)
    assert table["play"].tolist() == ["experts", "offer"]
    assert table["value_of_knowing"].tolist() == [0, 0]


def test_the_likelier_type_is_not_always_played_for():
    row = best_response(pd.Series({"benefit": 0.45, "new": 0.55}), payoffs=PAYOFFS).iloc[0]
    assert row["play"] == "experts"
    row = best_response(pd.Series({"benefit": 0.49, "new": 0.51}), payoffs=PAYOFFS - 5).iloc[0]
    assert row["play"] == "offer"


def test_walking_away_is_a_play():
    row = best_response({"new": 0.5, "benefit": 0.5}, payoffs=PAYOFFS - [100, 100])
    assert row["play"].item() == "offer"
    losing = (PAYOFFS - 100).assign(new=[-20, -80, 0], benefit=[-140, -70, 0])
    assert best_response({"new": 0.5, "benefit": 0.5}, payoffs=losing)["play"].item() == "leave"


def test_one_play_has_no_runner_up():
    row = best_response({"new": 0.5, "benefit": 0.5}, payoffs=PAYOFFS.iloc[:1]).iloc[0]
    assert row["runner_up"] is None
    assert np.isnan(row["lead"])


@pytest.mark.parametrize(
    ("beliefs", "message"),
    [
        ({"new": 0.5, "benefit": 0.4}, "each row of beliefs must add up to 1"),
        ({"new": 0.5, "loyal": 0.5}, "beliefs must carry the labels of payoffs"),
        ({"new": 1.5, "benefit": -0.5}, "must lie in its range"),
    ],
)
def test_bad_beliefs_are_named(beliefs, message):
    with pytest.raises(InputError, match=message):
        best_response(beliefs, payoffs=PAYOFFS)


def test_repeated_plays_are_named():
    with pytest.raises(InputError, match="payoffs.index must not repeat"):
        best_response({"new": 0.5, "benefit": 0.5}, payoffs=PAYOFFS.set_axis(["a", "a", "b"]))


def test_benefits_are_negative_costs():
    # refusing costs 0 either way; granting earns 10 or loses 90
    assert cost_sensitive_threshold(false_alarm=0, miss=90, correct_pass=-10) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("costs", "message"),
    [
        ({"false_alarm": 0, "miss": 5}, "false_alarm must cost more than correct_pass"),
        ({"false_alarm": 1, "miss": 1, "correct_alarm": 2}, "miss must cost more than correct_alarm"),
        ({"false_alarm": "1", "miss": 5}, "false_alarm must be a number"),
    ],
)
def test_costs_that_decide_nothing_are_named(costs, message):
    with pytest.raises(InputError, match=message):
        cost_sensitive_threshold(**costs)


def test_labels_not_positions_decide():
    costs = pd.DataFrame({"b": {"a": 50, "b": 0}, "a": {"b": 5, "a": 0}})
    assert misclassification_cost(COUNTS, costs=costs) == 5.0
    assert misclassification_cost(COUNTS[["b", "a"]], costs=costs) == 5.0
    assert misclassification_cost(COUNTS) == 0.1


@pytest.mark.parametrize(
    ("counts", "costs", "message"),
    [
        (COUNTS * 0, None, "confusion must count at least one case"),
        (COUNTS - 5, None, "must lie in its range"),
        (COUNTS.rename(columns={"b": "c"}), None, "confusion.columns must carry the labels"),
        (COUNTS, COUNTS.rename(columns={"b": "c"}), "costs.columns must carry the labels of confusion"),
        (COUNTS, COUNTS.rename(index={"b": "c"}), "costs.index must carry the labels of confusion"),
    ],
)
def test_bad_matrices_are_named(counts, costs, message):
    with pytest.raises(InputError, match=message):
        misclassification_cost(counts, costs=costs)
