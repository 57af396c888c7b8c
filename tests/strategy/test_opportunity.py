"""Opportunity scores and the four actions on a value curve."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import errc_grid, opportunity_scores, top_box_scores

NEEDS = pd.DataFrame({"need": ["a", "b", "c", "d"], "importance": [9, 8, 7, 4], "satisfaction": [2, 5, 9, 4]})
CURVE = pd.DataFrame(
    {"us": [0, 7, 5, 2, 5], "a": [6, 0, 3, 6, 5], "b": [0, 0, 4, 4, 5.5]},
    index=["jargon", "fun", "ease", "range", "price"],
)


def test_scores_bands_and_zones_by_hand():
    table = opportunity_scores(NEEDS)
    assert table["need"].tolist() == ["a", "b", "c", "d"]
    assert table["opportunity"].tolist() == [16, 11, 7, 4]
    assert table["band"].tolist() == ["extreme", "solid", "low", "low"]
    assert table["zone"].tolist() == ["underserved", "underserved", "overserved", "served right"]


def test_bands_stretch_with_the_scale():
    halves = NEEDS.assign(importance=NEEDS["importance"] / 2, satisfaction=NEEDS["satisfaction"] / 2)
    assert opportunity_scores(halves, scale=5)["band"].tolist() == opportunity_scores(NEEDS)["band"].tolist()


def test_scores_of_exactly_ten_are_low():
    edge = pd.DataFrame({"importance": [10, 8], "satisfaction": [10, 6]}, index=["x", "y"])
    assert opportunity_scores(edge)["band"].tolist() == ["low", "low"]


def test_top_boxes_leave_out_missing_marks():
    assert top_box_scores([5, 4, None, 2]).tolist() == pytest.approx([20 / 3])
    assert top_box_scores([7, 6, 5, 1], points=7, top=3).tolist() == [7.5]


def test_the_four_actions():
    table = errc_grid(CURVE, own="us")
    assert table["action"].tolist() == ["eliminate", "create", "raise", "reduce", "keep"]
    assert table["gap"].tolist() == pytest.approx([-3, 7, 1.5, -3, -0.25])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: opportunity_scores(NEEDS.drop(columns="importance")), r"must have the columns importance"),
        (lambda: opportunity_scores(NEEDS.assign(importance=11)), r"importance must lie in its range"),
        (lambda: opportunity_scores(NEEDS.assign(satisfaction=None)), r"satisfaction must hold numbers"),
        (lambda: opportunity_scores(NEEDS.assign(need="a")), r"need must not repeat"),
        (lambda: opportunity_scores(NEEDS, scale=0), r"scale must lie in its range"),
        (lambda: top_box_scores([6]), r"score must lie in its range, got 6"),
        (lambda: top_box_scores([3.5]), r"whole numbers, got 3.5"),
        (lambda: top_box_scores(pd.DataFrame({"a": [None]})), r"marked by someone, got a"),
        (lambda: top_box_scores([3], top=5), r"top must lie in its range"),
        (lambda: top_box_scores([3], points=1), r"points must lie in its range"),
        (lambda: errc_grid(CURVE, own="them"), r"own must be a known name"),
        (lambda: errc_grid(CURVE[["us"]], own="us"), r"at least one rival"),
        (lambda: errc_grid(CURVE, own="us", floor=1), r"us must lie in its range"),
        (lambda: errc_grid(CURVE, own="us", step=0), r"step must lie in its range"),
        (lambda: errc_grid(CURVE.iloc[[0, 0]], own="us"), r"scores.index must not repeat"),
    ],
)
def test_bad_needs_and_curves_are_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
