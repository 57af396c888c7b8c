"""The funnel: rates, alarms and worths by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import funnel_conversion, funnel_value
from casekit.service import proportion_interval

COUNTS = {"prospect": 400, "intention": 62, "offer": 31, "order": 5}


def test_rates_by_hand():
    table = funnel_conversion(COUNTS)
    assert table["rate"].tolist() == pytest.approx([0.155, 0.5, 5 / 31])
    assert table["of_all"].tolist() == pytest.approx([0.155, 31 / 400, 5 / 400])
    assert table["from_stage"].tolist() == ["prospect", "intention", "offer"]
    assert table["low"].iloc[0] == proportion_interval(62, 400).low


def test_states():
    assert funnel_conversion(COUNTS)["state"].tolist() == ["alarm", "fine", "watch"]
    assert funnel_conversion([10, 3])["state"].item() == "unproven"


def test_the_same_rate_alarms_only_with_enough_deals():
    assert funnel_conversion([20, 3])["state"].item() == "watch"
    assert funnel_conversion([2000, 300])["state"].item() == "alarm"


def test_alarms_by_step():
    table = funnel_conversion(COUNTS, alarm={"intention": 0.1, "order": 0.5})
    assert table["state"].tolist() == ["fine", "fine", "alarm"]
    assert np.isnan(table["alarm"].iloc[1])
    assert np.isnan(table["chance_below"].iloc[1])


def test_nobody_left():
    table = funnel_conversion(pd.Series([10, 0, 0]))
    assert table["state"].tolist() == ["alarm" if table["high"].iloc[0] < 0.2 else "watch", "no data"]
    assert np.isnan(table["rate"].iloc[1])


def test_worth_of_one_more_and_of_mending_a_step():
    steps = funnel_conversion({"a": 100, "b": 10, "c": 5, "d": 1}, alarm={"b": 0.2, "d": 0.1})
    table = funnel_value(steps, margin=1000)
    assert table["worth"].tolist() == pytest.approx([100, 200, 1000])
    assert table["gain_at_alarm"].tolist() == pytest.approx([100 * 0.1 * 100, 0, 0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: funnel_conversion([10]), "at least two stages"),
        (lambda: funnel_conversion([10, 12]), "no stage may hold more than the one before"),
        (lambda: funnel_conversion([10, 2.5]), "counts must hold whole numbers"),
        (lambda: funnel_conversion([0, 0]), "the first stage must hold at least one"),
        (lambda: funnel_conversion([10, -1]), "counts must lie in its range"),
        (lambda: funnel_conversion(pd.Series([3, 2], ["a", "a"])), "counts.index must not repeat"),
        (lambda: funnel_conversion([10, 1], alarm=20), "for 20 % write 0.2"),
        (lambda: funnel_conversion(COUNTS, alarm={"ofer": 0.2}), "did you mean 'offer'"),
        (lambda: funnel_conversion(COUNTS, alarm={"offer": 20}), "divide by 100"),
        (lambda: funnel_conversion([10, 1], level=0), "level must lie in its range"),
        (lambda: funnel_value(funnel_conversion([10, 1]), margin=-1), "margin must lie in its range"),
        (
            lambda: funnel_value(pd.DataFrame({"rate": [0.1]}), margin=1),
            "must have the columns entered, alarm",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
