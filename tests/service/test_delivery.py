"""Perfect orders, the newsvendor, postponement and learning by hand."""

import pandas as pd
import pytest

from casekit.service import (
    fit_learning_curve,
    lead_time_cost,
    learning_curve,
    newsvendor,
    newsvendor_discrete,
    perfect_order_index,
    perfect_orders,
    postponement_value,
    proportion_interval,
    units_to_reach,
)


def test_four_rates_of_95_percent():
    assert perfect_order_index([0.95] * 4) == pytest.approx(0.8145, abs=5e-5)


def test_faults_that_come_together_beat_the_product():
    orders = pd.DataFrame({"on_time": [True, False], "complete": [True, False]})
    table = perfect_orders(orders)
    assert table.loc["perfect", "rate"] == 0.5
    assert table.loc["perfect", "product"] == 0.25
    assert table["if_cured"].tolist() == [0.5, 0.5, 0.5]


def test_discrete_by_hand():
    """Order 2 of demand 1, 2, 3 in thirds at price 3, cost 1: sales 5/3, leftover 1/3, lost 1/3."""
    plan = newsvendor_discrete({1: 1 / 3, 2: 1 / 3, 3: 1 / 3}, price=3, cost=1)
    assert plan.quantity == 2
    assert plan.expected_sales == pytest.approx(5 / 3)
    assert plan.expected_profit == pytest.approx(2 * 5 / 3 - 1 / 3)
    assert plan.mismatch_cost == pytest.approx(2 * 2 - plan.expected_profit)
    assert plan.fill_rate == pytest.approx(5 / 6)


def test_goodwill_raises_the_order_and_is_paid():
    plain = newsvendor(100, 20, price=10, cost=6)
    careful = newsvendor(100, 20, price=10, cost=6, goodwill=5)
    assert careful.quantity > plain.quantity
    same = newsvendor(100, 20, price=10, cost=6, goodwill=5, quantity=plain.quantity)
    assert same.expected_profit == pytest.approx(plain.expected_profit - 5 * plain.expected_lost_sales)


def test_known_demand_costs_nothing():
    plan = newsvendor(100, 0, price=10, cost=6)
    assert (plan.quantity, plan.mismatch_cost, plan.expected_profit) == (100, 0, 400)
    assert newsvendor(100, 0, price=10, cost=6, quantity=80).expected_lost_sales == 20


def test_normal_and_fine_grid_agree():
    from math import exp

    weights = pd.Series({unit: exp(-(((unit - 100) / 20) ** 2) / 2) for unit in range(201)})
    grid = newsvendor_discrete(weights / weights.sum(), price=10, cost=4)
    smooth = newsvendor(100, 20, price=10, cost=4)
    assert grid.expected_profit == pytest.approx(smooth.expected_profit, rel=1e-3)
    assert grid.quantity == pytest.approx(smooth.quantity, abs=1)


def test_one_week_against_months():
    table = lead_time_cost(1000, lead_weeks=[1, 4, 25], weekly_error=40, price=10, cost=5)
    assert table["sd"].tolist() == [40, 80, 200]
    assert table["mismatch_cost"].tolist() == pytest.approx(
        [10 * 0.39894 * sd for sd in (40, 80, 200)], rel=1e-4
    )


def test_colours_that_move_together_gain_nothing():
    found = postponement_value([100, 50], [30, 15], price=10, cost=5, correlation=1)
    assert found["saving"] == pytest.approx(0, abs=1e-9)
    dear = postponement_value([100, 50], [30, 15], price=10, cost=5, correlation=1, extra_cost=1)
    assert dear["saving"] < 0


def test_labels_decide_over_order():
    means = pd.Series({"red": 100.0, "blue": 50.0})
    found = postponement_value(means, {"blue": 5.0, "red": 30.0}, price=10, cost=5)
    assert found["separate_profit"] == pytest.approx(
        newsvendor(100, 30, price=10, cost=5).expected_profit
        + newsvendor(50, 5, price=10, cost=5).expected_profit
    )


def test_fit_finds_the_curve():
    fit = fit_learning_curve(learning_curve(20, first=50, rate=0.85)["unit_time"])
    assert (fit.first, fit.rate, fit.r_squared) == pytest.approx((50, 0.85, 1))
    assert fit_learning_curve([100, 80]).rate == pytest.approx(0.8)


def test_units_to_reach_is_the_first():
    number = units_to_reach(30, first=100, rate=0.8)
    times = learning_curve(number, first=100, rate=0.8)["unit_time"]
    assert times.iloc[-1] <= 30 < times.iloc[-2]
    assert units_to_reach(200, first=100, rate=0.8) == 1


def test_promises_kept_in_full_have_a_lower_bound():
    assert proportion_interval(30, 30).low == pytest.approx(30 / (30 + 1.959964**2))
