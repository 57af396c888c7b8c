"""Economic value, level prices and the response to a price, by hand."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.value import (
    economic_value,
    level_price,
    level_prices,
    net_of_markup,
    perceived_value_price,
    present_value_of_saving,
    price_response,
)

BENEFITS = {"service": 0.0, "personnel": 0.0, "image": 0.0}
COSTS = {"energy": 0.0, "psychic": 0.0}


def components():
    """Two respondents; for B the plane is the best rival."""
    rows = {
        ("A", "coach"): {"product": 500, "money": 550, "time": 300},
        ("A", "train"): {"product": 480, "money": 331, "time": 200},
        ("A", "plane"): {"product": 600, "money": 975, "time": 20},
        ("B", "coach"): {"product": 900, "money": 550, "time": 2000},
        ("B", "train"): {"product": 900, "money": 331, "time": 1400},
        ("B", "plane"): {"product": 1500, "money": 975, "time": 180},
    }
    frame = pd.DataFrame.from_dict(rows, orient="index").assign(**BENEFITS, **COSTS)
    return frame.rename_axis(["respondent_id", "offer"])


def test_level_price_by_hand():
    assert level_price(331, quality_difference=20, extra_hours=24, worth_of_hour=5) == 231


def test_a_level_price_can_be_negative():
    assert level_price(331, extra_hours=24, worth_of_hour=30) == -389


def test_level_prices_look_at_the_best_rival_of_each():
    table = level_prices(components(), own="coach")
    assert table["best_rival"].tolist() == ["train", "plane"]
    assert table.loc["A", "level_price"] == 500 - 300 - (480 - 331 - 200)
    assert table.loc["B", "level_price"] == 900 - 2000 - (1500 - 975 - 180)


def test_at_the_level_price_both_offers_deliver_the_same():
    frame = components()
    level = level_prices(frame, own="coach", rivals=["train"]).loc["A", "level_price"]
    assert 500 - 300 - level == 480 - 331 - 200


def test_saving_without_discount_is_years_times_saving():
    assert present_value_of_saving(100, years=5, discount_rate=0) == 500


def test_energy_saving_over_its_life_justifies_a_premium():
    """A fifth off a yearly bill of 1,000 for three years at 10 %: 200 (1/1.1 + 1/1.21 + 1/1.331)."""
    saving = present_value_of_saving(0.2 * 1000, years=3, discount_rate=0.1)
    assert economic_value(5000, {"energy": saving}) == pytest.approx(5497.37, abs=0.005)


def test_price_response_counts_who_still_prefers_us():
    table = price_response([100, 200, 300, 400], [0, 200, 201, 500], market=8, unit_cost=50)
    assert table["share"].tolist() == [1, 0.75, 0.5, 0]
    assert table["contribution"].tolist() == [-400, 900, 604, 0]


def test_a_last_coach_that_does_not_pay_stays_at_home():
    table = price_response([300] * 5, [300], market=25, batch_size=20, batch_cost=2000)
    assert table.loc[0, ["customers", "batches", "contribution"]].tolist() == [20, 1, 4000]


def test_a_last_coach_that_pays_runs():
    table = price_response([300] * 5, [300], market=25, batch_size=20, batch_cost=1000)
    assert table.loc[0, ["customers", "batches", "contribution"]].tolist() == [25, 2, 5500]


def test_capacity_limits_customers_but_not_the_share():
    table = price_response([300] * 5, [300], market=100, capacity=40)
    assert table.loc[0, ["share", "customers"]].tolist() == [1, 40]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: economic_value(-1, [1]), "reference_price must lie in its range"),
        (lambda: economic_value(1, [None]), "differences must hold numbers only"),
        (lambda: perceived_value_price(90, [7], discount=-1), "discount must lie in its range"),
        (lambda: present_value_of_saving(1, years=-1, discount_rate=0.1), "years must lie in its range"),
        (lambda: present_value_of_saving(1, years=1, discount_rate=-1), "discount_rate must lie"),
        (lambda: net_of_markup(1, markup=-0.1), "markup must lie in its range"),
        (lambda: level_price(331, worth_of_hour=-1), "worth_of_hour must lie in its range"),
        (lambda: level_prices(components(), own="coch"), "did you mean 'coach'"),
        (lambda: level_prices(components(), own="coach", rivals=["coach"]), "rivals must be a known name"),
        (lambda: level_prices(components(), own="coach", rivals=[]), "at least one offer"),
        (lambda: level_prices(components().reset_index(drop=True), own="coach"), "indexed by respondent"),
        (lambda: level_prices(components().iloc[1:], own="coach"), "must have rated our offer and each"),
        (lambda: price_response([], [1], market=1), "level_prices must have at least one row"),
        (lambda: price_response([1], [-1], market=1), "prices must lie in its range"),
        (lambda: price_response([1], [1], market=1, batch_size=0), "batch_size must lie in its range"),
        (lambda: price_response([1], [1], market=1, capacity=-1), "capacity must lie in its range"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
