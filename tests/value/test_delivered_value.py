"""Delivered value on offers few enough to check by hand."""

import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.value import compare_offers, components_in_money, delivered_value, surplus_split

COACH = {"product": 300, "service": 40, "personnel": 30, "image": 10}
COACH |= {"money": 550, "time": 360, "energy": 20, "psychic": 60}
TRAIN = {"product": 250, "service": 60, "personnel": 30, "image": 60}
TRAIN |= {"money": 331, "time": 240, "energy": 50, "psychic": 20}
OFFERS = pd.DataFrame([COACH, TRAIN], index=["coach", "train"])


def rating(**changes):
    row = {"respondent_id": "A", "offer": "train", "component": "product", "rating": 7, "importance": 50}
    row |= {"price": 331, "hours": 48, "worth_of_hour": 5, "worth_of_point": 30}
    return pd.DataFrame([row | changes])


def test_delivered_value_adds_four_benefits_and_subtracts_four_costs():
    table = delivered_value(OFFERS)
    assert table.loc["coach"].tolist() == [380, 990, -610]
    assert table.loc["train"].tolist() == [400, 641, -241]


def test_the_best_mark_costs_no_effort_and_the_worst_has_no_benefit():
    effort = components_in_money(rating(component="energy", rating=10)).iloc[0]
    benefit = components_in_money(rating(rating=1)).iloc[0]
    assert effort["energy"] == 0
    assert benefit["product"] == 0


def test_components_in_money_by_hand():
    two = pd.concat([rating(), rating(component="psychic", rating=4, importance=150)], ignore_index=True)
    money = components_in_money(two).loc[("A", "train")]
    assert money["product"] == pytest.approx(6 * 0.25 * 30)
    assert money["psychic"] == pytest.approx(6 * 0.75 * 30)
    assert money["time"] == 240
    assert money["money"] == 331
    assert money[["service", "personnel", "image", "energy"]].tolist() == [0, 0, 0, 0]


def test_compare_offers_takes_the_higher_value():
    table = compare_offers({"coach": 90, "train": 120}, reference="coach")
    assert table.loc["train", "ratio"] == pytest.approx(120 / 90)
    assert table.loc["train", "choice"] == "train"
    assert table.loc["coach", "choice"] == "either"


def test_negative_values_have_no_ratio_and_the_difference_decides():
    with pytest.warns(CasekitWarning, match="the difference decides"):
        table = compare_offers({"coach": -100, "train": -50}, reference="train")
    assert table["ratio"].isna().all()
    assert table.loc["coach", "choice"] == "train"


def test_surplus_split_adds_up_to_the_value_created():
    offers = pd.DataFrame({"value": [400.0], "price": [330.0], "cost": [200.0]}, index=["train"])
    split = surplus_split(offers).loc["train"]
    assert split["customer_surplus"] + split["company_margin"] == split["value_created"] == 200


def test_an_offer_worth_less_than_its_cost_warns():
    offers = pd.DataFrame({"value": [150.0], "price": [180.0], "cost": [200.0]}, index=["coach"])
    with pytest.warns(CasekitWarning, match="no price suits both sides: coach"):
        surplus_split(offers)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: delivered_value(OFFERS.drop(columns="image")), "components must have the columns image"),
        (lambda: delivered_value(OFFERS.assign(time=-1)), "time must lie in its range, got -1"),
        (lambda: delivered_value(OFFERS.assign(time=float("nan"))), "time must hold numbers only"),
        (lambda: components_in_money(rating(rating=11)), "rating must lie in its range, got 11"),
        (lambda: components_in_money(rating(component="time")), "component must be a known name"),
        (lambda: components_in_money(rating(), scale=(5, 1)), "scale must run from low to high"),
        (lambda: components_in_money(rating(importance=0)), "must add up to more than zero"),
        (lambda: components_in_money(rating(worth_of_point=-1)), "worth_of_point must lie in its range"),
        (lambda: compare_offers({"a": 1, "b": 2}, reference="c"), "reference must be a known name"),
        (lambda: compare_offers({"a": 1, "b": None}, reference="a"), "values must hold numbers only"),
        (
            lambda: surplus_split(pd.DataFrame({"value": [1], "price": [-1], "cost": [0]})),
            "price must lie in its range",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_inputs_stay_as_they_were():
    before = OFFERS.copy()
    delivered_value(OFFERS)
    pd.testing.assert_frame_equal(OFFERS, before)
