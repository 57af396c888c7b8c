"""The market simulator and the price of a level, on two respondents."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import (
    calibrate_scale,
    choice_probabilities,
    market_shares,
    price_slopes,
    profile_utilities,
    willingness_summary,
    willingness_to_pay,
)

WORTHS = pd.DataFrame(
    [[5.0, 3.0, -3.0, -1.0, 1.0], [5.0, 1.0, -1.0, 2.0, -2.0]],
    index=["Li", "Wang"],
    columns=pd.MultiIndex.from_tuples(
        [("intercept", ""), ("price", "low"), ("price", "high"), ("leaf", "bag"), ("leaf", "loose")]
    ),
)
SHOP = pd.DataFrame(
    {"price": ["low", "high", "high"], "leaf": ["loose", "bag", "loose"]}, index=["ours", "theirs", "new"]
)
PRICES = {"low": 10, "high": 22}


def test_utilities_by_hand():
    table = profile_utilities(WORTHS, SHOP)
    assert table.loc["Li"].tolist() == [9, 1, 3]
    assert table.loc["Wang"].tolist() == [4, 6, 2]


def test_shares_by_each_rule():
    table = profile_utilities(WORTHS, SHOP)
    assert market_shares(table).tolist() == [0.5, 0.5, 0]
    assert market_shares(table, rule="btl").tolist() == pytest.approx(
        [(9 / 13 + 4 / 12) / 2, (1 / 13 + 6 / 12) / 2, (3 / 13 + 2 / 12) / 2]
    )
    li = [math.exp(u) / (math.exp(9) + math.exp(1) + math.exp(3)) for u in (9, 1, 3)]
    assert choice_probabilities(table, rule="logit").loc["Li"].tolist() == pytest.approx(li)


def test_ties_share_and_weights_count():
    table = pd.DataFrame({"a": [2, 1], "b": [2, 0]}, index=["x", "y"])
    assert choice_probabilities(table).loc["x"].tolist() == [0.5, 0.5]
    assert market_shares(table, weights={"y": 1, "x": 3}).tolist() == [0.625, 0.375]
    assert market_shares(table, weights=[3, 1]).tolist() == [0.625, 0.375]


def test_negative_utilities_are_refused_or_left_out():
    table = pd.DataFrame({"a": [3, -1], "b": [1, 5]}, index=["x", "y"])
    with pytest.raises(InputError, match="needs utilities of 0 or more"):
        market_shares(table, rule="btl")
    assert market_shares(table, rule="btl", negative="drop").tolist() == [0.75, 0.25]
    assert market_shares(table, rule="logit", negative="drop", weights=[1, 9])["a"] == pytest.approx(
        1 / (1 + math.exp(-2))
    )


def test_the_logit_scale_runs_from_chance_to_certainty():
    table = profile_utilities(WORTHS, SHOP)
    assert market_shares(table, rule="logit", scale=0).tolist() == pytest.approx([1 / 3] * 3)
    assert market_shares(table, rule="logit", scale=500).tolist() == pytest.approx([0.5, 0.5, 0])


def test_the_scale_is_recovered():
    table = profile_utilities(WORTHS, SHOP)
    known = market_shares(table, rule="logit", scale=0.4)
    assert calibrate_scale(table, known) == pytest.approx(0.4, abs=1e-4)
    assert calibrate_scale(table, [1 / 3, 1 / 3, 1 / 3]) == pytest.approx(0, abs=1e-4)


def test_money_by_hand():
    assert price_slopes(WORTHS, PRICES).tolist() == pytest.approx([-0.5, -1 / 6])
    table = willingness_to_pay(WORTHS, PRICES)
    assert table[("leaf", "loose")].tolist() == pytest.approx([4, -24])
    assert willingness_to_pay(WORTHS, PRICES, reference={"leaf": "loose"})[
        ("leaf", "bag")
    ].tolist() == pytest.approx([-4, 24])


def test_who_likes_high_prices_has_no_price():
    odd = WORTHS.copy()
    odd.loc["Wang", [("price", "low"), ("price", "high")]] = [-1.0, 1.0]
    table = willingness_to_pay(odd, PRICES)
    assert np.isnan(table.loc["Wang", ("leaf", "loose")])
    summary = willingness_summary(table).loc[("leaf", "loose")]
    assert summary[["median", "positive", "respondents"]].tolist() == [4, 1, 1]


def test_three_prices_give_the_least_squares_slope():
    worths = {"price": {"a": 2.0, "b": 1.0, "c": -3.0}, "leaf": {"x": 1.0, "y": -1.0}}
    # prices 10 20 40: line through (10, 2) (20, 1) (40, -3)
    expected = np.polyfit([10, 20, 40], [2, 1, -3], 1)[0]
    assert price_slopes(worths, {"a": 10, "b": 20, "c": 40}).iloc[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: profile_utilities(WORTHS, SHOP[["price"]]), r"missing leaf"),
        (lambda: profile_utilities(WORTHS, SHOP.assign(colour="red")), r"unknown colour"),
        (
            lambda: profile_utilities(WORTHS, SHOP.replace("low", "lower")),
            r"price must be a known name, got 'lower'",
        ),
        (lambda: profile_utilities(WORTHS, SHOP.iloc[[0, 0]]), r"products.index must not repeat"),
        (lambda: choice_probabilities({"a": 1, "b": 2}, rule="first"), r"rule must be a known name"),
        (lambda: choice_probabilities({"a": 1, "b": 2}, negative="zero"), r"negative must be a known name"),
        (
            lambda: choice_probabilities({"a": 1, "b": 2}, rule="logit", scale=-1),
            r"scale must lie in its range",
        ),
        (lambda: choice_probabilities({"a": 1, "b": None}), r"must be a DataFrame|hold numbers"),
        (
            lambda: choice_probabilities({"a": -1, "b": 2}, negative="drop"),
            r"no negative utility, got nobody",
        ),
        (lambda: choice_probabilities({"a": 0, "b": 0}, rule="btl"), r"needs a utility above 0"),
        (lambda: market_shares({"a": 1, "b": 2}, weights=[0]), r"weights must not all be 0"),
        (lambda: market_shares({"a": 1, "b": 2}, weights=[1, 2]), r"weights must carry the labels"),
        (lambda: market_shares({"a": 1, "b": 2}, weights=[-1]), r"weights must lie in its range"),
        (lambda: calibrate_scale({"a": 1, "b": 2}, [0.5, 0.6]), r"shares must add up to 1"),
        (lambda: calibrate_scale({"a": 1, "b": 2}, {"a": 0.5, "c": 0.5}), r"shares must carry the labels"),
        (lambda: calibrate_scale({"a": 1, "b": 2}, [0.5, 0.5], highest=0), r"highest must lie in its range"),
        (lambda: price_slopes(WORTHS, {"low": 10}), r"missing high"),
        (lambda: price_slopes(WORTHS, {"low": 10, "high": 10}), r"prices must not repeat"),
        (lambda: price_slopes(WORTHS, PRICES, attribute="cost"), r"attribute must be a known name"),
        (
            lambda: willingness_to_pay(WORTHS, PRICES, reference={"leaf": "cube"}),
            r"reference must be a known name",
        ),
        (lambda: willingness_to_pay(WORTHS, PRICES, reference={"tin": "a"}), r"unknown tin"),
        (lambda: willingness_to_pay({"price": {"low": 1, "high": -1}}, PRICES), r"beside the price"),
        (lambda: willingness_summary(pd.DataFrame({"a": [None]})), r"mind paying more, got nobody"),
    ],
)
def test_bad_markets_are_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
