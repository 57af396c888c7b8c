"""The value map on two and three offers."""

import math

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.value import fair_value_slope, quality_ratio, value_map, worth_of_point

SCORES = pd.DataFrame({"us": [8.0, 6.0], "a": [4.0, 6.0], "b": [4.0, 2.0]}, index=["speed", "care"])
WEIGHTS = {"speed": 0.75, "care": 0.25}
MAP = pd.DataFrame({"quality": [1.2, 0.9], "price": [120.0, 100.0]}, index=["us", "them"])


def test_quality_ratio_by_hand():
    ratio = quality_ratio(SCORES, WEIGHTS)
    assert ratio["us"] == pytest.approx(0.75 * 8 / 4 + 0.25 * 6 / 4)
    assert ratio["a"] == pytest.approx(0.75 * 4 / 6 + 0.25 * 6 / 4)


def test_weights_may_add_up_to_a_hundred_and_come_in_any_order():
    percent = quality_ratio(SCORES, {"care": 25, "speed": 75})
    assert percent.tolist() == pytest.approx(quality_ratio(SCORES, WEIGHTS).tolist())


def test_value_map_by_hand():
    us = value_map(MAP, price_importance=0.5).loc["us"]
    assert us["relative_price"] == pytest.approx(1.2)
    assert us["fair_relative_price"] == pytest.approx(1.2)
    assert us["fair_price"] == pytest.approx(120)
    assert us["customer_value"] == pytest.approx(0)


def test_distance_is_perpendicular():
    """On a line of slope 1, a price 0.1 too low stands 0.1 / sqrt 2 from it."""
    cheaper = MAP.assign(price=[110.0, 100.0])
    assert value_map(cheaper, price_importance=0.5).loc["us", "customer_value"] == pytest.approx(
        0.1 / math.sqrt(2)
    )


def test_where_only_price_counts_the_line_is_flat():
    assert fair_value_slope(1) == 0
    assert value_map(MAP, price_importance=1)["fair_relative_price"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quality_ratio(SCORES[["us"]], WEIGHTS), "at least two offers"),
        (lambda: quality_ratio(SCORES - 4, WEIGHTS), "us must lie in its range|a must lie in its range"),
        (lambda: quality_ratio(SCORES, {"speed": 0.5, "care": 0.4}), "weights must add up to 1"),
        (lambda: quality_ratio(SCORES, {"speed": 0.5, "cost": 0.5}), "weights must carry the labels"),
        (lambda: value_map(MAP, price_importance=0), "price_importance must be above zero"),
        (lambda: value_map(MAP, price_importance=45), "for 45 % write 0.45"),
        (lambda: value_map(MAP.iloc[:1], price_importance=0.5), "at least two offers"),
        (lambda: value_map(MAP.assign(price=0), price_importance=0.5), "price must lie in its range"),
        (lambda: fair_value_slope(-0.1), "price_importance must lie in its range"),
        (lambda: worth_of_point(price_importance=0.5, mean_price=0, mean_rating=6), "mean_price"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
