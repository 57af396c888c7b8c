"""Profit by tenure, value types, equity, spending, whale curve, retention index, costs: by hand."""

import math

import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.value import (
    SpendingCurve,
    activity_rates,
    cohort_equity,
    compare_ownership,
    cost_to_serve,
    cost_to_serve_by_tier,
    customer_equity,
    customer_profits,
    equity_per_prospect,
    fit_spending_curve,
    historic_value,
    lever_elasticities,
    lifetime_value,
    payback_year,
    potential_value,
    price_volume_mix,
    profit_pattern,
    retention_index,
    revenue_retention,
    spending_balance,
    split_retention,
    total_cost_of_ownership,
    value_by_defection,
    value_types,
    whale_curve,
    whale_summary,
)

LOG = pd.DataFrame(
    {
        "customer_id": ["A", "A", "B"],
        "date": pd.to_datetime(["2020-01-01", "2021-01-01", "2021-01-01"]),
        "amount": [100.0, 50.0, -5.0],
    }
)
COLUMNS = ["customer_id", "product", "quantity", "revenue"]
BEFORE = pd.DataFrame([["A", "tea", 10, 100], ["A", "oil", 5, 100], ["B", "tea", 5, 50]], columns=COLUMNS)
AFTER = pd.DataFrame([["A", "tea", 12, 132], ["A", "nut", 3, 30], ["C", "tea", 9, 99]], columns=COLUMNS)
OPTIONS = pd.DataFrame(
    {
        "customer_id": ["A", "A", "B"],
        "treatment": ["as now", "adviser", "as now"],
        "margin": [100, 100, 40],
        "retention_rate": [0.5, 0.8, 0.5],
        "cost": [0, 500, 0],
    }
)
CURVE = SpendingCurve(ceiling=0.5, steepness=0.1)


def test_profit_pattern_takes_numbers_and_lists():
    pattern = profit_pattern([10, 20], referral=5, retention_rate=[0.5], discount_rate=0, acquisition_cost=12)
    assert pattern["profit"].tolist() == [-12, 15, 25]
    assert pattern["npv"].tolist() == [-12, 3, 15.5]
    assert payback_year(pattern) == 1
    assert payback_year(profit_pattern(1, acquisition_cost=9, years=3)) == math.inf
    assert list(profit_pattern(1).index) == [0, 1]


def test_a_level_profit_is_the_end_form():
    table = value_by_defection([100], retention_rates=[0.8, 1.0], discount_rate=0.12, acquisition_cost=50)
    assert table["value"].tolist() == pytest.approx([262.5, 100 / 0.12 - 50])
    longer = value_by_defection([100, 100, 100], retention_rates=[0.8], discount_rate=0.12)
    assert longer["value"].iloc[0] == pytest.approx(312.5)


def test_gains_over_a_loss_have_no_meaning():
    table = value_by_defection([1], retention_rates=[0.5, 0.9], acquisition_cost=5)
    assert table["gain"].isna().all()


def test_historic_value_with_interest_and_a_day_of_valuation():
    value = historic_value(LOG, margin_rate=0.5, discount_rate=0.1)
    assert value["A"] == pytest.approx(0.5 * (100 * 1.1 ** (366 / 365.25) + 50))
    assert value["B"] == -2.5
    assert historic_value(LOG, at="2020-06-01").to_dict() == {"A": 100}


def test_potential_is_never_below_actual():
    table = potential_value(OPTIONS, discount_rate=0.25)
    assert table.loc["A", "best_treatment"] == "as now"
    assert table["gap"].tolist() == [0, 0]
    assert table["share_of_potential"].tolist() == [1, 1]


def test_below_zero_comes_before_the_cuts():
    types = value_types({"x": -9, "y": 60}, {"y": 100, "x": -1}, actual_cut=-10, gap_cut=0)
    assert types["type"].to_dict() == {"x": "below zero", "y": "most valuable"}
    assert types["high_gap"].all()


def test_equity_is_the_sum_of_cohorts():
    cohorts = pd.DataFrame(
        {"period": [0, 2], "customers": [3, 4], "value": [10, 22], "acquisition_cost": [0, 2]}
    )
    table = cohort_equity(cohorts, discount_rate=0.25)
    assert table["equity"].tolist() == [30, pytest.approx(51.2)]  # 80 / 1.25²
    assert customer_equity(cohorts, discount_rate=0.25) == pytest.approx(81.2)


@pytest.mark.parametrize("timing", ["start", "renewal", "end", "due"])
def test_elasticities_are_the_slopes(timing):
    terms = {"retention_rate": 0.75, "discount_rate": 0.11, "growth_rate": 0.03}
    table = lever_elasticities(100, acquisition_cost=40, timing=timing, improvement=1e-6, **terms)
    slope = table["change"] / 1e-6
    expected = table["elasticity"].abs()
    assert slope.to_dict() == pytest.approx(expected.to_dict(), rel=1e-3)
    value = lifetime_value(100, timing=timing, **terms)
    assert table.loc["margin", "elasticity"] == pytest.approx(value / (value - 40))


def test_spending_curve_goes_through_its_point():
    curve = fit_spending_curve(12, rate=0.15, ceiling=0.4)
    assert curve.rate(12) == pytest.approx(0.15)
    assert curve.spend_for(0.15) == pytest.approx(12)
    assert curve.spend_for(0.4) == math.inf
    assert curve.rate(0) == 0
    assert curve.marginal_cost(0) == pytest.approx(1 / (0.4 * curve.steepness))


def test_equity_as_blattberg_and_deighton_write_it():
    point = equity_per_prospect(10, 5, acquisition=CURVE, retention=CURVE, margin=80, discount_rate=0.1)
    a, r = CURVE.rate(10), CURVE.rate(5)
    kept = r / 1.1
    assert point["equity"] == pytest.approx(a * 80 - 10 + a * (80 - 5 / r) * kept / (1 - kept))


def test_spending_too_dear_is_left_alone():
    dull = SpendingCurve(ceiling=0.1, steepness=0.001)
    best = spending_balance(dull, dull, margin=50, discount_rate=0.1).loc["optimum"]
    assert best[["acquisition_spend", "retention_spend", "equity"]].tolist() == [0, 0, 0]


def test_whale_curve_without_a_positive_total_warns():
    with pytest.warns(CasekitWarning, match="shares of the total have no meaning"):
        curve = whale_curve([5, -10])
    assert curve["cumulative_profit"].tolist() == [0, 5, -5]
    assert curve["profit_share"].isna().all()
    summary = whale_summary([5, -10])
    assert summary["destroyed"] == 10
    assert math.isnan(summary["peak_profit_share"])


def test_retention_by_count_and_volume_can_part():
    index = retention_index({"A": 1, "B": 1, "C": 8, "D": 0}, {"C": 12, "D": 3})
    assert index["count_index"] == pytest.approx(1 / 3)
    assert index["volume_index"] == 1.2
    assert index["customers_new"] == 1
    assert retention_index({"A": 1}, {})["volume_index"] == 0


def test_revenue_bridge_adds_up():
    bridge = revenue_retention({"A": 100, "B": 60, "C": 40}, {"A": 150, "B": 50, "D": 30})
    parts = bridge[["before", "lost", "contraction", "expansion", "new"]].sum()
    assert parts == bridge["after"] == 230


def test_price_volume_mix_with_new_and_dropped_products():
    effects = split_retention(BEFORE, AFTER)["amount"]
    # kept: A. Old basket 15 units at 200/15; now 12 tea at 11 (was 10) and 3 nuts at their own 10
    assert effects["lost"] == -50
    assert effects["volume"] == pytest.approx(0)
    assert effects["price"] == pytest.approx(12)
    assert effects["mix"] == pytest.approx(120 + 30 - 200)
    assert effects["after"] == 162


def test_nobody_kept():
    table = split_retention(BEFORE, AFTER[AFTER["customer_id"] == "C"])
    assert table["index"].to_dict() == {
        "before": 1,
        "lost": -1,
        "volume": 0,
        "mix": 0,
        "price": 0,
        "after": 0,
    }
    assert price_volume_mix(BEFORE, AFTER.iloc[:0])["volume"] == -250


def test_ownership_by_year_and_offer():
    cost = total_cost_of_ownership(100, yearly={}, years=4, discount_rate=0)
    assert cost["per_year"] == 25
    flat = total_cost_of_ownership(0, yearly={"fuel": 10}, years=3, discount_rate=0.1)
    listed = total_cost_of_ownership(0, yearly=pd.Series({"fuel": [10, 10, 10]}), years=3, discount_rate=0.1)
    assert flat["total"] == pytest.approx(listed["total"])
    assert flat["per_year"] == pytest.approx(10)
    table = compare_ownership({"own": cost, "rival": flat}, reference="rival")
    assert table.loc["own", "level_price"] == pytest.approx(flat["total"])


def test_rates_at_capacity_leave_the_idle_cost_with_the_firm():
    rates = activity_rates({"visit": 1000}, volumes={"visit": 8}, capacity={"visit": 10})
    assert rates.loc["visit"].to_dict() == {"cost": 1000, "volume": 8, "rate": 100, "unused_cost": 200}


def test_cost_to_serve_reaches_the_whale():
    usage = pd.DataFrame({"visit": [5, 0], "call": [10, 20]}, index=["A", "B"])
    rates = activity_rates({"visit": 500, "call": 90}, volumes={"visit": 5, "call": 30})
    cost = cost_to_serve(usage, rates)["cost_to_serve"]
    assert cost.sum() == 590
    profits = customer_profits({"A": 400, "B": 300}, cost_to_serve=cost)
    assert profits["profit"].to_dict() == {"A": -130, "B": 240}
    order = pd.Series(pd.Categorical(["top", "base"], categories=["top", "base"]), index=["A", "B"])
    table = cost_to_serve_by_tier(profits, order)
    assert list(table.index) == ["top", "base"]
    assert table["cost_share"].tolist() == pytest.approx([1.325, 0.2])
    assert whale_summary(profits["profit"])["destroyed"] == 130


CALLS = {
    "profit_pattern lengths": (lambda: profit_pattern([1, 2], growth=[1]), "growth must be as long as years"),
    "profit_pattern retention": (
        lambda: profit_pattern([1, 2, 3], retention_rate=[0.5]),
        "retention_rate must be as long as years",
    ),
    "payback_year": (lambda: payback_year(pd.DataFrame({"x": [1]})), "must have the columns npv"),
    "value_by_defection": (lambda: value_by_defection([1], retention_rates=[0.9, 1.0]), "has no limit"),
    "historic_value": (lambda: historic_value(LOG.assign(date=20200101)), "date must hold dates"),
    "historic_value at": (lambda: historic_value(LOG, at=2020), "at must be a date"),
    "historic_value at text": (lambda: historic_value(LOG, at="last week"), "at must be a date"),
    "potential_value current": (
        lambda: potential_value(OPTIONS.iloc[1:], discount_rate=0.1),
        "every customer must have the treatment 'as now'",
    ),
    "potential_value repeated": (
        lambda: potential_value(pd.concat([OPTIONS, OPTIONS]), discount_rate=0.1),
        "customer and treatment must not repeat",
    ),
    "value_types": (lambda: value_types([5], [4], actual_cut=1, gap_cut=1), "potential must not be below"),
    "value_types labels": (
        lambda: value_types({"a": 1}, {"b": 1}, actual_cut=1, gap_cut=1),
        "must carry the labels",
    ),
    "cohort_equity": (
        lambda: cohort_equity([{"period": -1, "customers": 1, "value": 1}], discount_rate=0.1),
        "period must lie",
    ),
    "customer_equity": (lambda: customer_equity([{"period": 1}], discount_rate=0.1), "must have the columns"),
    "lever_elasticities": (
        lambda: lever_elasticities(1, retention_rate=0.5, discount_rate=0.1, acquisition_cost=5),
        "acquisition_cost must be below the lifetime value",
    ),
    "SpendingCurve": (lambda: SpendingCurve(ceiling=1.5, steepness=1), "ceiling must lie"),
    "SpendingCurve.rate": (lambda: CURVE.rate(-1), "spend must lie"),
    "SpendingCurve.marginal_cost": (lambda: CURVE.marginal_cost(-1), "spend must lie"),
    "SpendingCurve.spend_for": (lambda: CURVE.spend_for(40), "for 40 % write 0.4"),
    "fit_spending_curve": (lambda: fit_spending_curve(1, rate=0.5, ceiling=0.5), "raise the ceiling"),
    "equity_per_prospect": (
        lambda: equity_per_prospect(1, 1, acquisition=CURVE, retention=0.5, margin=1, discount_rate=0.1),
        "retention must be a SpendingCurve",
    ),
    "spending_balance": (
        lambda: spending_balance(CURVE, SpendingCurve(1.0, 1.0), margin=1, discount_rate=0),
        "the ceiling of retention must be less than",
    ),
    "spending_balance current": (
        lambda: spending_balance(CURVE, CURVE, margin=1, discount_rate=0.1, current=5),
        "current must hold two amounts",
    ),
    "whale_curve": (lambda: whale_curve([1, None]), "profits must hold numbers only"),
    "whale_summary": (lambda: whale_summary([1], share=0), "share must lie"),
    "retention_index": (lambda: retention_index({"A": 0}, {"A": 1}), "at least one customer who bought"),
    "retention_index repeated": (
        lambda: retention_index(pd.Series([1, 2], index=["A", "A"]), {"A": 1}),
        "the customers of before must not repeat",
    ),
    "revenue_retention": (lambda: revenue_retention({"A": -1}, {"A": 1}), "before must lie"),
    "price_volume_mix": (lambda: price_volume_mix(BEFORE.iloc[:0], AFTER), "a quantity above 0"),
    "price_volume_mix returns": (
        lambda: price_volume_mix(BEFORE.assign(quantity=0), AFTER),
        "must be above 0 where there is revenue",
    ),
    "split_retention": (
        lambda: split_retention(BEFORE.assign(revenue=0), AFTER),
        "revenue of before must be",
    ),
    "total_cost_of_ownership": (
        lambda: total_cost_of_ownership(1, yearly={"total": 1, "fuel": [1]}, years=2, discount_rate=0),
        "(?s)named like a result.*must be as long as years",
    ),
    "total_cost_of_ownership items": (
        lambda: total_cost_of_ownership(1, yearly=[1], years=2, discount_rate=0),
        "yearly must be a dict",
    ),
    "compare_ownership": (lambda: compare_ownership({}, reference="a"), "offers must be a dict"),
    "compare_ownership parts": (
        lambda: compare_ownership({"a": 5}, reference="b"),
        "(?s)a result of.*known name",
    ),
    "activity_rates": (lambda: activity_rates({"a": 1}, volumes={"a": 0}), "volumes must lie"),
    "activity_rates capacity": (
        lambda: activity_rates({"a": 1}, volumes={"a": 2}, capacity={"a": 1}),
        "capacity must not be below volumes",
    ),
    "cost_to_serve": (
        lambda: cost_to_serve(pd.DataFrame({"a": [1]}), {"b": 1}),
        "must carry the labels of usage",
    ),
    "customer_profits": (lambda: customer_profits({"a": 1}, cost_to_serve={"b": 1}), "labels of margins"),
    "cost_to_serve_by_tier": (
        lambda: cost_to_serve_by_tier(customer_profits({"a": 1}, cost_to_serve={"a": 1}), {"a": None}),
        "every customer must have a tier",
    ),
}


@pytest.mark.parametrize(("call", "message"), CALLS.values(), ids=CALLS)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
