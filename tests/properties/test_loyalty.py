"""Identities of migration, chain value, points, perks and rewards."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.loyalty import (
    allocate_points,
    break_even_increment,
    chain_value,
    gain_by_threshold,
    migration_counts,
    migration_interval,
    migration_matrix,
    optimal_stopping,
    programme_effect,
    project_states,
    recognise_points,
    reward_concentration,
)
from casekit.value import gini

STATES = ["low", "middle", "high"]

# frames are slow: fewer examples, and no deadline on a busy machine
brisk = settings(max_examples=30, deadline=None)

counts = st.lists(st.integers(0, 50), min_size=9, max_size=9).map(
    lambda cells: pd.DataFrame(np.reshape(cells, (3, 3)), index=STATES, columns=STATES)
)
money = st.lists(st.floats(-100, 1000), min_size=3, max_size=3)
rates = st.floats(0.05, 0.95)


@brisk
@given(counts, st.floats(0.1, 5))
def test_rows_add_up_to_one_and_lie_in_their_interval(table, prior):
    matrix = migration_matrix(table, prior=prior)
    assert matrix.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    low, high = migration_interval(table, prior=prior, level=0.99)
    assert ((low < matrix) & (matrix < high)).to_numpy().mean() > 0.8


@brisk
@given(st.lists(st.lists(st.sampled_from(STATES), min_size=6, max_size=6), min_size=1, max_size=5))
def test_every_month_but_the_first_is_one_move(rows):
    wide = pd.DataFrame(rows).rename_axis(index="customer_id").reset_index()
    long = wide.melt(id_vars="customer_id", var_name="month", value_name="tier")
    table = migration_counts(long, states=STATES)
    assert table.to_numpy().sum() == 5 * len(rows)


@brisk
@given(counts, money, rates, st.floats(0.01, 100))
def test_value_scales_with_currency_and_solves_its_equation(table, rewards, rate, currency):
    matrix = migration_matrix(table, prior=1)
    reward = pd.Series(rewards, index=STATES)
    value = chain_value(matrix, reward, discount_rate=rate)
    again = reward + matrix.to_numpy() @ value / (1 + rate)
    assert again.tolist() == pytest.approx(value.tolist(), rel=1e-6, abs=1e-6)
    abroad = chain_value(matrix, reward * currency, discount_rate=rate)
    assert abroad.tolist() == pytest.approx((value * currency).tolist(), rel=1e-6, abs=1e-6)


@brisk
@given(counts, rates, st.floats(1, 100))
def test_the_same_reward_everywhere_is_a_perpetuity(table, rate, reward):
    value = chain_value(migration_matrix(table, prior=1), dict.fromkeys(STATES, reward), discount_rate=rate)
    assert value.tolist() == pytest.approx([reward * (1 + rate) / rate] * 3)


@brisk
@given(counts, money, rates)
def test_a_long_horizon_reaches_the_endless_one_and_none_is_the_reward(table, rewards, rate):
    matrix, reward = migration_matrix(table, prior=1), pd.Series(rewards, index=STATES)
    now = chain_value(matrix, reward, discount_rate=rate, horizon=0)
    assert now.tolist() == rewards
    long = chain_value(matrix, reward, discount_rate=rate, horizon=600)
    assert long.tolist() == pytest.approx(
        chain_value(matrix, reward, discount_rate=rate).tolist(), rel=1e-6, abs=1e-6
    )


@brisk
@given(counts, money, rates, st.floats(-50, 50))
def test_the_right_to_stop_is_never_worth_less(table, rewards, rate, stop_value):
    matrix, reward = migration_matrix(table, prior=1), pd.Series(rewards, index=STATES)
    plan = optimal_stopping(matrix, reward, discount_rate=rate, stop_value=stop_value)
    slack = 1e-6 * (1 + plan.abs().to_numpy(dtype=float).max())
    assert (plan["value"] >= plan["value_if_always"] - slack).all()
    assert (plan["value"] >= stop_value - slack).all()
    on = reward + matrix.to_numpy() @ plan["value"] / (1 + rate)
    assert np.maximum(on, stop_value).tolist() == pytest.approx(plan["value"].tolist(), abs=10 * slack)


@brisk
@given(counts, st.lists(st.floats(0, 1000), min_size=3, max_size=3), st.integers(0, 30))
def test_projection_loses_nobody(table, start, horizon):
    ahead = project_states(migration_matrix(table, prior=1), pd.Series(start, index=STATES), horizon=horizon)
    assert len(ahead) == horizon + 1
    assert ahead.sum(axis=1).tolist() == pytest.approx([sum(start)] * (horizon + 1))


shares = st.floats(0, 1)


@brisk
@given(st.floats(1, 1e6), st.floats(0, 1e6), st.floats(0, 10), shares)
def test_goods_and_points_are_the_sale(sales, points, worth, breakage):
    split = allocate_points(sales, points=points, point_value=worth, breakage=breakage)
    assert split.sum() == pytest.approx(sales)
    assert 0 <= split["points"] < sales
    more = allocate_points(sales, points=points, point_value=worth, breakage=(1 + breakage) / 2)
    assert more["points"] <= split["points"] * (1 + 1e-12)


@brisk
@given(st.floats(0, 1e6), st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_revenue_and_what_is_left_are_what_was_allocated(allocated, redeemed):
    years = recognise_points(allocated, redeemed=redeemed, expected=[601.0] * len(redeemed))
    left = allocated - years["revenue"].cumsum()
    assert left.tolist() == pytest.approx(years["liability"].tolist(), abs=1e-6)
    assert (years["revenue"] >= -1e-9).all()


spends = st.lists(st.floats(0, 1e5), min_size=1, max_size=30)


@brisk
@given(spends, st.floats(0.01, 1), st.floats(0.01, 1), st.floats(1, 1e4))
def test_no_threshold_beats_the_one_where_a_member_breaks_even(spend, lift, margin, cost):
    even = break_even_increment(cost, margin=margin) / lift
    table = gain_by_threshold(spend, thresholds=[even, *spend], lift=lift, margin=margin, cost=cost)
    assert table["gain"].iloc[0] >= table["gain"].max() - 1e-6 * (1 + table["gain"].abs().max())


@brisk
@given(st.lists(st.floats(0.01, 1e4), min_size=1, max_size=30), st.floats(0.01, 100))
def test_rewards_in_proportion_have_the_gini_of_value(value, rate):
    assert reward_concentration([rate * one for one in value], value) == pytest.approx(gini(value), abs=1e-9)
    assert reward_concentration([rate] * len(value), value) == pytest.approx(0, abs=1e-9)


@pytest.mark.filterwarnings("ignore:programme_effect. outcome does not vary")
@brisk
@given(st.lists(st.floats(0, 1e4), min_size=6, max_size=20), st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_an_effect_added_to_members_is_found_whole(outcome, effect, currency):
    treated = np.arange(len(outcome)) % 2 == 0
    base = programme_effect(outcome, treated)
    moved = programme_effect((np.array(outcome) + effect * treated) * currency, treated)
    assert moved.effect == pytest.approx((base.effect + effect) * currency, rel=1e-6, abs=1e-6 * currency)
    assert moved.standard_error == pytest.approx(base.standard_error * currency, rel=1e-6, abs=1e-6)
