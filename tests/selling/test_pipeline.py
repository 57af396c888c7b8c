"""The pipeline: three deals by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import (
    pipeline_velocity,
    stage_probability,
    stage_record,
    velocity_levers,
    weighted_forecast,
)

HISTORY = pd.DataFrame(
    [
        (1, "visit"),
        (1, "offer"),
        (1, "won"),
        (2, "visit"),
        (2, "lost"),
        (3, "visit"),
        (3, "offer"),
        (3, "visit"),
        (4, "offer"),
        (4, "lost"),
    ],
    columns=["deal_id", "stage"],
)
DEALS = pd.DataFrame(
    {"value": [100.0, 300.0, 50.0], "stage": ["offer", "visit", "offer"]}, index=["a", "b", "c"]
)


def test_record_counts_each_deal_once_a_stage():
    table = stage_record(HISTORY)
    assert table.index.tolist() == ["visit", "offer"]
    assert table.loc["visit"].tolist() == [1, 1, 1]
    assert table.loc["offer"].tolist() == [1, 1, 1]


def test_other_words_for_the_ends():
    words = HISTORY.replace({"won": "done", "lost": "stopped"})
    pd.testing.assert_frame_equal(stage_record(words, won="done", lost="stopped"), stage_record(HISTORY))


def test_the_posterior_mean_lies_between_prior_and_record():
    table = stage_probability(pd.DataFrame({"wins": [2, 0], "losses": [8, 0]}, index=["offer", "visit"]))
    assert table["probability"].tolist() == pytest.approx([3 / 12, 0.5])
    assert table.loc["visit", ["low", "high"]].tolist() == pytest.approx([0.025, 0.975])


def test_weighted_by_hand():
    table = weighted_forecast(DEALS, probabilities={"offer": 0.5, "visit": 0.1})
    assert table["weighted"].to_dict() == {"offer": 75.0, "visit": 30.0}
    assert table.loc["offer", "standard_deviation"] == pytest.approx(np.sqrt(0.25 * (100**2 + 50**2)))
    assert table["deals"].tolist() == [2, 1]


def test_probabilities_by_deal_or_from_the_record():
    by_deal = weighted_forecast([{"value": 100, "probability": 0.5}, {"value": 10, "probability": 0.1}])
    assert by_deal["weighted"].tolist() == [51.0]
    assert weighted_forecast({"value": 100, "probability": 0.5})["weighted"].tolist() == [50.0]
    beliefs = stage_probability({"offer": {"wins": 1, "losses": 1}, "visit": {"wins": 0, "losses": 2}})
    assert weighted_forecast(DEALS, probabilities=beliefs)["weighted"].tolist() == [75.0, 75.0]


def test_levers_multiply():
    table = velocity_levers(10, deal_value=100, win_rate=0.95, cycle_length=20, change=0.2)
    assert table["velocity"].tolist() == pytest.approx([57.0, 57.0, 50.0, 59.375])
    assert table.loc["win_rate", "to"] == 1.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: stage_record(pd.DataFrame({"deal_id": [1, 1], "stage": ["won", "lost"]})),
            "either won or lost",
        ),
        (lambda: stage_record([{"deal_id": 1}]), "must have the columns stage"),
        (lambda: stage_probability({"a": {"wins": -1, "losses": 1}}), "must lie in its range"),
        (lambda: stage_probability({"a": {"wins": 1, "losses": 1}}, prior=(0, 1)), r"prior\[0\] must lie"),
        (lambda: stage_probability({"a": {"wins": 1, "losses": 1}}, prior=1), "prior must be a pair"),
        (lambda: stage_probability({"a": {"wins": 1, "losses": 1}}, level=95), "level must lie in its range"),
        (lambda: weighted_forecast(DEALS), "must have the columns probability"),
        (lambda: weighted_forecast(DEALS, probabilities={"offer": 0.5}), "stage must be a known name"),
        (lambda: weighted_forecast(DEALS, probabilities={"offer": 50, "visit": 10}), "divide by 100"),
        (
            lambda: weighted_forecast(DEALS.assign(value=-1.0), probabilities={"offer": 1, "visit": 1}),
            "value",
        ),
        (lambda: pipeline_velocity(-1, deal_value=1, win_rate=0.1, cycle_length=1), "opportunities must lie"),
        (lambda: pipeline_velocity(1, deal_value=1, win_rate=25, cycle_length=1), "for 25 % write 0.25"),
        (lambda: pipeline_velocity(1, deal_value=1, win_rate=0.1, cycle_length=0), "cycle_length must lie"),
        (lambda: velocity_levers(1, deal_value=1, win_rate=0.1, cycle_length=1, change=1), "change must lie"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
