"""A percentage where a share is meant, several values where one is, and whose name a message carries."""

import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.service import break_even_commission, trailing_commission
from casekit.strategy import direction_npv
from casekit.value import (
    SpendingCurve,
    break_even_programme_cost,
    break_even_retention,
    cohort_equity,
    convert_lifetime_terms,
    customer_equity,
    equity_per_prospect,
    fixed_life_bias,
    lever_elasticities,
    lifetime_value,
    lifetime_value_forms,
    lifetime_value_traps,
    margin_multiple,
    margin_multiples,
    mixture_value,
    net_of_markup,
    payback_periods,
    payment_timeline,
    potential_value,
    present_value_of_saving,
    profit_pattern,
    spending_balance,
    total_cost_of_ownership,
    value_by_defection,
)

CURVE = SpendingCurve(ceiling=0.6, steepness=0.05)
COHORTS = {"period": [0, 1], "customers": [10, 10], "value": [250, 350]}
OPTIONS = [
    {"customer_id": 1, "treatment": name, "margin": 10, "retention_rate": 0.5} for name in ("as now", "call")
]

#: One call a function that takes one discount rate.
CALLS = {
    "lifetime_value": lambda d: lifetime_value(1, retention_rate=0.8, discount_rate=d, timing="start"),
    "lifetime_value_forms": lambda d: lifetime_value_forms(1, retention_rate=0.8, discount_rate=d),
    "margin_multiple": lambda d: margin_multiple(0.8, discount_rate=d),
    "margin_multiples": lambda d: margin_multiples([0.8, 0.9], discount_rate=d),
    "break_even_retention": lambda d: break_even_retention(100, margin=50, discount_rate=d),
    "break_even_programme_cost": lambda d: break_even_programme_cost(
        100, retention_before=0.7, retention_after=0.8, discount_rate=d
    ),
    "cohort_equity": lambda d: cohort_equity(COHORTS, discount_rate=d),
    "customer_equity": lambda d: customer_equity(COHORTS, discount_rate=d),
    "lever_elasticities": lambda d: lever_elasticities(100, retention_rate=0.8, discount_rate=d),
    "payback_periods": lambda d: payback_periods(10, margin=5, retention_rate=0.8, discount_rate=d),
    "payment_timeline": lambda d: payment_timeline(1, retention_rate=0.8, discount_rate=d),
    "fixed_life_bias": lambda d: fixed_life_bias(1, retention_rate=0.8, discount_rate=d),
    "mixture_value": lambda d: mixture_value([1, 1], retention_rates=[0.6, 0.8], discount_rate=d),
    "convert_lifetime_terms": lambda d: convert_lifetime_terms(
        1, retention_rate=0.8, discount_rate=d, from_unit="year", to_unit="month", timing="end"
    ),
    "profit_pattern": lambda d: profit_pattern([10, 20], discount_rate=d),
    "value_by_defection": lambda d: value_by_defection([10, 20], retention_rates=[0.8], discount_rate=d),
    "potential_value": lambda d: potential_value(OPTIONS, discount_rate=d),
    "present_value_of_saving": lambda d: present_value_of_saving(10, years=5, discount_rate=d),
    "total_cost_of_ownership": lambda d: total_cost_of_ownership(
        10, yearly={"oil": 1, "repairs": [0, 2]}, years=2, discount_rate=d
    ),
    "lifetime_value_traps": lambda d: lifetime_value_traps(
        1, purchases_per_period=1, margin_rate=0.5, retention_rate=0.8, discount_rate=d
    ),
    "equity_per_prospect": lambda d: equity_per_prospect(
        10, 10, acquisition=CURVE, retention=CURVE, margin=100, discount_rate=d
    ),
    "spending_balance": lambda d: spending_balance(CURVE, CURVE, margin=100, discount_rate=d),
    "trailing_commission": lambda d: trailing_commission(
        100, commission_rate=0.1, retention_rate=0.8, discount_rate=d
    ),
    "break_even_commission": lambda d: break_even_commission(
        10, sales=100, retention_rate=0.8, discount_rate=d
    ),
    "direction_npv": lambda d: direction_npv(10, 12, market_growth=0.1, discount_rate=d),
}

#: These take one rate a customer too.
MANY = ("lifetime_value", "margin_multiple", "margin_multiples")


@pytest.mark.parametrize("name", CALLS)
def test_a_percentage_as_rate_is_named_once(name):
    with pytest.warns(CasekitWarning, match=f"{name}: a discount_rate of 12 .*for 12 % write 0.12") as heard:
        CALLS[name](12)
    assert len(heard) == 1
    assert heard[0].filename == __file__


@pytest.mark.parametrize("name", [name for name in CALLS if name not in MANY])
@pytest.mark.parametrize("rate", [[0.1, 0.2], pd.Series([0.1, 0.2]), {"a": 0.1}], ids=type)
def test_several_rates_where_one_is_wanted(name, rate):
    with pytest.raises(InputError, match=f"{name}: discount_rate must be one number"):
        CALLS[name](rate)


@pytest.mark.parametrize("name", CALLS)
def test_a_message_names_the_function_that_was_called(name):
    with pytest.raises(InputError, match=f"^{name}: "):
        CALLS[name]("ten")


def test_growth_of_a_market_in_per_cent():
    with pytest.warns(CasekitWarning, match="direction_npv: a market_growth of 7"):
        direction_npv(10, 12, market_growth=7, discount_rate=0.1)


def test_a_markup_in_per_cent_and_a_doubled_price():
    with pytest.warns(CasekitWarning, match="net_of_markup: a markup of 40 .*for 40 % write 0.4"):
        net_of_markup(100, markup=40)
    assert net_of_markup(100, markup=1) == 50
