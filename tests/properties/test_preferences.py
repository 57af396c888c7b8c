"""Identities and limits of conjoint analysis and of price questions."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.strategy import (
    METER_QUESTIONS,
    attribute_importance,
    average_part_worths,
    conjoint_fit,
    gabor_granger,
    importance_by_respondent,
    market_shares,
    part_worths,
    price_meter,
    price_slopes,
    profile_utilities,
    willingness_to_pay,
)

# frames are slow: few examples, and no deadline on a busy machine
few = settings(max_examples=8, deadline=None)
CARDS = pd.DataFrame(
    itertools.product(["low", "mid", "high"], ["bag", "loose"], ["yes", "no"]),
    columns=["price", "leaf", "scent"],
)
PRICES = {"low": 10.0, "mid": 14.0, "high": 20.0}


@st.composite
def studies(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return pd.DataFrame(rng.integers(0, 11, (draw(st.integers(1, 6)), len(CARDS))).astype(float)), rng


@few
@given(studies())
def test_part_worths_add_up_to_nothing_and_order_is_irrelevant(study):
    ratings, rng = study
    worths = part_worths(CARDS, ratings)
    for attribute in CARDS.columns:
        assert worths[attribute].sum(axis=1).abs().max() < 1e-9
    order = rng.permutation(len(CARDS))
    shuffled = part_worths(CARDS.iloc[order], ratings[order])
    assert shuffled[worths.columns].to_numpy() == pytest.approx(worths.to_numpy(), abs=1e-9)


@few
@given(studies(), st.floats(0.1, 50), st.floats(-20, 20))
def test_rescaled_marks_rescale_worths_and_leave_importance(study, factor, shift):
    ratings, _rng = study
    worths, other = part_worths(CARDS, ratings), part_worths(CARDS, ratings * factor + shift)
    assert other.iloc[:, 1:].to_numpy() == pytest.approx(factor * worths.iloc[:, 1:].to_numpy(), abs=1e-6)
    shares = importance_by_respondent(worths)
    assert importance_by_respondent(other).to_numpy() == pytest.approx(shares.to_numpy(), abs=1e-6)
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert attribute_importance(worths).sum() == pytest.approx(1)
    assert conjoint_fit(CARDS, ratings)["r_squared"].between(0, 1).all()


@few
@given(studies())
def test_the_average_is_one_regression_over_all(study):
    ratings, _rng = study
    means = average_part_worths(part_worths(CARDS, ratings))["part_worth"]
    pooled = part_worths(CARDS, ratings.mean()).iloc[0]
    assert means.to_numpy() == pytest.approx(pooled.to_numpy(), abs=1e-9)


@few
@given(st.lists(st.floats(-5, 5), min_size=5, max_size=5))
def test_additive_tastes_are_found_again(worth):
    table = {
        "price": dict(zip(["low", "mid", "high"], np.array(worth[:3]) - np.mean(worth[:3]), strict=True)),
        "leaf": {"bag": worth[3], "loose": -worth[3]},
        "scent": {"yes": worth[4], "no": -worth[4]},
    }
    marks = profile_utilities(table, CARDS).iloc[0]
    if marks.max() - marks.min() > 1e-6:
        found = part_worths(CARDS, marks)
        again = profile_utilities(found, CARDS).iloc[0]
        assert again.to_numpy() == pytest.approx(marks.to_numpy(), abs=1e-8)


@few
@given(studies(), st.sampled_from(["maximum", "logit"]), st.floats(0, 5), st.floats(-30, 30))
def test_shares_are_shares_and_ignore_a_constant(study, rule, scale, shift):
    ratings, _rng = study
    utilities = profile_utilities(part_worths(CARDS, ratings), CARDS.iloc[[0, 5, 11]])
    shares = market_shares(utilities, rule=rule, scale=scale)
    assert shares.sum() == pytest.approx(1)
    assert shares.between(0, 1).all()
    moved = market_shares(utilities + shift, rule=rule, scale=scale)
    assert moved.tolist() == pytest.approx(shares.tolist(), abs=1e-6)
    better = utilities.assign(**{"0": 0}).drop(columns="0")
    better[0] += 1
    assert market_shares(better, rule=rule, scale=scale)[0] >= shares[0] - 1e-12


@few
@given(studies(), st.floats(0.1, 10), st.floats(0.01, 100))
def test_btl_ignores_the_unit_of_marks_and_money_scales_with_the_currency(study, factor, exchange):
    ratings, _rng = study
    worths = part_worths(CARDS, ratings + 20)
    utilities = profile_utilities(worths, CARDS.iloc[[0, 5, 11]])
    shares = market_shares(utilities, rule="btl")
    assert market_shares(utilities * factor, rule="btl").tolist() == pytest.approx(shares.tolist())
    foreign = {level: price * exchange for level, price in PRICES.items()}
    assert price_slopes(worths, foreign).tolist() == pytest.approx(
        (price_slopes(worths, PRICES) / exchange).tolist()
    )
    home, abroad = willingness_to_pay(worths, PRICES), willingness_to_pay(worths, foreign)
    assert abroad.to_numpy() == pytest.approx(home.to_numpy() * exchange, nan_ok=True, rel=1e-6)


@few
@given(st.integers(0, 2**32 - 1), st.integers(2, 40), st.floats(0.01, 100))
def test_the_meter_lies_among_the_answers_and_scales_with_the_currency(seed, people, exchange):
    rng = np.random.default_rng(seed)
    answers = pd.DataFrame(np.sort(rng.gamma(4, 5, (people, 4)), axis=1), columns=list(METER_QUESTIONS))
    found = price_meter(answers)
    points = [found.marginal_cheapness, found.optimal, found.indifference, found.marginal_expensiveness]
    assert min(points) >= answers["too_cheap"].min()
    assert max(points) <= answers["too_expensive"].max()
    assert found.marginal_cheapness <= found.marginal_expensiveness
    foreign = price_meter(answers.sample(frac=1, random_state=1) * exchange)
    assert foreign.optimal == pytest.approx(found.optimal * exchange)
    assert foreign.marginal_expensiveness == pytest.approx(found.marginal_expensiveness * exchange)


@few
@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.floats(0, 20), st.floats(0.1, 10))
def test_demand_falls_and_the_best_price_is_best(highest, cost, exchange):
    prices = [5.0, 10.0, 25.0, 60.0]
    table = gabor_granger(highest, prices=prices, unit_cost=cost)
    assert table["demand"].between(0, 1).all()
    assert table["demand"].is_monotonic_decreasing
    assert (table["elasticity"].dropna() <= 0).all()
    assert table["best_profit"].sum() == 1
    assert table.loc[table["best_profit"], "profit"].iloc[0] == pytest.approx(table["profit"].max())
    foreign = gabor_granger(
        [one * exchange for one in highest],
        prices=[one * exchange for one in prices],
        unit_cost=cost * exchange,
    )
    if np.allclose(foreign["demand"], table["demand"]):
        assert foreign["profit"].tolist() == pytest.approx((table["profit"] * exchange).tolist(), abs=1e-9)
