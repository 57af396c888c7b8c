"""The money test of a direction."""

import math

import pytest

from casekit.errors import InputError
from casekit.strategy import break_even_growth, direction_npv


def test_two_years_by_hand():
    value = direction_npv(100, 121, market_growth=0.10, discount_rate=0.10, build_years=1, horizon=3)
    assert value == pytest.approx(-100 / 1.1 + 121 + 121)


def test_break_even_growth_gives_zero():
    plan = {"discount_rate": 0.1, "build_years": 3, "horizon": 10}
    growth = break_even_growth(20, 9, **plan)
    assert direction_npv(20, 9, market_growth=growth, **plan) == pytest.approx(0, abs=1e-9)


def test_no_growth_that_makes_it_just_pay_is_missing():
    assert math.isnan(break_even_growth(1e9, 1, discount_rate=0.1))
    assert math.isnan(break_even_growth(1, 1e9, discount_rate=0.1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"horizon": 3}, "horizon must lie beyond the building years, got 3 ≤ 3"),
        ({"market_growth": -1}, "market_growth must lie in its range, got -1"),
        ({"discount_rate": "x"}, "discount_rate must be a number"),
        ({"build_years": 0}, "build_years must lie in its range, got 0"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(InputError, match=message):
        direction_npv(1, 1, **{"market_growth": 0.1, "discount_rate": 0.1, **arguments})


def test_break_even_needs_money_on_both_sides():
    with pytest.raises(InputError, match="outlay must lie in its range"):
        break_even_growth(0, 1, discount_rate=0.1)
