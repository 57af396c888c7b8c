"""Identities and limits of customer value: currency, equality, monotonicity."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.value import (
    BENEFITS,
    COSTS,
    delivered_value,
    economic_value,
    level_price,
    level_prices,
    present_value_of_saving,
    price_response,
    quality_ratio,
    surplus_split,
    value_map,
)

money = st.floats(0, 1e5)
positive = st.floats(0.1, 1e4)
rates = st.floats(0.01, 100)
# frames are slow: fewer examples, and no deadline on a busy machine
brisk = settings(max_examples=20, deadline=None)
weights = st.floats(0.05, 1)


def table(draws):
    columns = [*BENEFITS, *COSTS]
    index = pd.MultiIndex.from_product([["A"], ["us", "them"]], names=["respondent_id", "offer"])
    return pd.DataFrame([draws[:8], draws[8:]], columns=columns, index=index)


eight_twice = st.lists(money, min_size=16, max_size=16)


@brisk
@given(eight_twice, rates)
def test_delivered_value_scales_with_currency(draws, rate):
    frame = table(draws)
    once, twice = delivered_value(frame), delivered_value(frame * rate)
    assert twice.to_numpy() == pytest.approx(once.to_numpy() * rate, rel=1e-9, abs=1e-6 * rate)


@brisk
@given(eight_twice)
def test_at_its_level_price_an_offer_delivers_what_the_rival_does(draws):
    frame = table(draws)
    level = level_prices(frame, own="us").loc["A", "level_price"]
    if level >= 0:
        frame.loc[("A", "us"), "money"] = level
        values = delivered_value(frame)["delivered_value"]
        assert values[("A", "us")] == pytest.approx(values[("A", "them")], abs=1e-6)


@brisk
@given(eight_twice, money)
def test_our_own_price_does_not_move_our_level_price(draws, price):
    frame = table(draws)
    before = level_prices(frame, own="us")["level_price"]
    frame.loc[("A", "us"), "money"] = price
    assert level_prices(frame, own="us")["level_price"].to_numpy() == pytest.approx(
        before.to_numpy(), abs=1e-6
    )


@brisk
@given(money, st.floats(-1e4, 1e4), st.floats(-100, 100), st.floats(0, 100))
def test_level_price_is_economic_value_with_the_rival_as_reference(price, quality, hours, worth):
    ours = level_price(price, quality_difference=quality, extra_hours=hours, worth_of_hour=worth)
    assert ours == pytest.approx(economic_value(price, [quality, -hours * worth]))
    assert level_price(price) == price


@brisk
@given(money, money, money)
def test_a_price_divides_the_value_created_and_leaves_its_sum(value, price, cost):
    frame = pd.DataFrame({"value": [max(value, cost)], "price": [price], "cost": [cost]})
    split = surplus_split(frame).iloc[0]
    assert split["customer_surplus"] + split["company_margin"] == pytest.approx(
        split["value_created"], abs=1e-6
    )


@brisk
@given(st.lists(positive, min_size=2, max_size=6), positive, weights)
def test_equal_quality_and_price_lie_on_the_line(scores, price, weight):
    """Offers that nothing sets apart are all at (1, 1) with no customer value."""
    marks = pd.DataFrame({"a": scores, "b": scores, "c": scores})
    quality = quality_ratio(marks, pd.Series(1 / len(scores), index=marks.index))
    placed = value_map(pd.DataFrame({"quality": quality, "price": price}), price_importance=weight)
    assert placed["relative_quality"].to_numpy() == pytest.approx(1)
    assert placed["relative_price"].to_numpy() == pytest.approx(1)
    assert placed["customer_value"].to_numpy() == pytest.approx(0, abs=1e-6)


@brisk
@given(st.lists(positive, min_size=3, max_size=3), st.lists(positive, min_size=3, max_size=3), weights, rates)
def test_value_map_ignores_currency(quality, price, weight, rate):
    offers = pd.DataFrame({"quality": quality, "price": price})
    one = value_map(offers, price_importance=weight)
    other = value_map(offers.assign(price=offers["price"] * rate), price_importance=weight)
    columns = ["relative_price", "fair_relative_price", "customer_value"]
    assert other[columns].to_numpy() == pytest.approx(one[columns].to_numpy(), rel=1e-6, abs=1e-9)
    assert other["fair_price"].to_numpy() == pytest.approx(one["fair_price"].to_numpy() * rate, rel=1e-6)


@brisk
@given(st.lists(positive, min_size=3, max_size=3), positive, st.floats(1.01, 3), weights)
def test_a_lower_price_always_stands_better(price, quality, cut, weight):
    offers = pd.DataFrame({"quality": [quality, 1.0, 1.0], "price": price})
    cheaper = offers.assign(price=[price[0] / cut, price[1], price[2]])
    before = value_map(offers, price_importance=weight)["customer_value"]
    after = value_map(cheaper, price_importance=weight)["customer_value"]
    assert after[0] > before[0]
    assert after[1] <= before[1]


@brisk
@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=30), money, money)
def test_fewer_buy_at_a_higher_price(levels, low, high):
    low, high = sorted((low, high))
    share = price_response(levels, [low, high], market=1)["share"]
    assert 0 <= share[1] <= share[0] <= 1


@brisk
@given(st.lists(money, min_size=1, max_size=30), st.integers(1, 50), money, st.floats(0, 1000))
def test_whole_coaches_never_earn_more_than_seats_bought_one_by_one(levels, seats, cost, market):
    prices = [0, 100, 1000]
    whole = price_response(levels, prices, market=market, batch_size=seats, batch_cost=cost)
    single = price_response(levels, prices, market=market, unit_cost=cost / seats)
    gain = (single["contribution"] - whole["contribution"]).where(whole["price"] >= cost / seats, 0)
    assert (gain >= -1e-6 * (1 + cost + market)).all()
    assert (whole["customers"] <= whole["batches"] * seats + 1e-6).all()


@brisk
@given(st.floats(1, 1000), st.integers(1, 40), st.floats(0.001, 0.5))
def test_a_saving_is_worth_less_later_and_grows_to_the_perpetuity(saving, years, rate):
    short = present_value_of_saving(saving, years=years, discount_rate=rate)
    long = present_value_of_saving(saving, years=years + 1, discount_rate=rate)
    assert short < long < saving / rate + 1e-6
    assert short <= saving * years
