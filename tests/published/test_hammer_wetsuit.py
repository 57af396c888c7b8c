"""Cachon and Terwiesch, Matching Supply with Demand, ch. 12: O'Neill's Hammer 3/2 wetsuit.

Price 190, cost 110, leftovers 90; demand normal with mean 3,192 and standard deviation 1,181. The book takes
z = 0.85 from a table, hence an order of 4,196; what follows from that order is computed here. Prices and
forecast have not been held against the printed page.
"""

import pytest

from casekit.service import critical_ratio, newsvendor

TERMS = {"price": 190, "cost": 110, "salvage": 90}


def test_critical_ratio():
    assert critical_ratio(190, 110, salvage=90) == pytest.approx(0.80)


def test_order_of_4196():
    plan = newsvendor(3192, 1181, quantity=4196, **TERMS)
    assert plan.expected_lost_sales == pytest.approx(130, abs=0.5)
    assert plan.expected_sales == pytest.approx(3062, abs=0.5)
    assert plan.expected_leftover == pytest.approx(1134, abs=0.5)
    assert plan.in_stock == pytest.approx(0.80, abs=5e-3)


def test_the_book_rounds_the_quantile_up():
    best = newsvendor(3192, 1181, **TERMS)
    assert best.quantity == pytest.approx(3192 + 0.8416 * 1181, abs=0.1)
    assert best.expected_profit >= newsvendor(3192, 1181, quantity=4196, **TERMS).expected_profit
