"""Identities and limits of lifetime value, equity, retention indices and costs."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.periods import PERIODS_PER_YEAR
from casekit.value import (
    SpendingCurve,
    break_even_retention,
    convert_lifetime_terms,
    cost_to_serve,
    equity_per_prospect,
    expected_lifetime,
    fit_spending_curve,
    fixed_life_bias,
    half_life,
    lever_elasticities,
    lifetime_value,
    lifetime_value_by_period,
    mixed_base,
    mixture_value,
    payback_periods,
    price_volume_mix,
    profit_pattern,
    retention_for_lifetime,
    retention_index,
    revenue_retention,
    spending_balance,
    split_retention,
    total_cost_of_ownership,
    value_by_defection,
    whale_curve,
    whale_summary,
)

brisk = settings(max_examples=25, deadline=None)
money = st.floats(0.01, 1e5)
shares = st.floats(0.01, 0.98)
discounts = st.floats(0.01, 0.9)
timings = st.sampled_from(["start", "renewal", "end", "due"])
some = st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=20)


@brisk
@given(money, shares, discounts)
def test_the_forms_differ_by_one_margin_and_by_one_discount(m, r, d):
    terms = {"retention_rate": r, "discount_rate": d}
    start, renewal, end, due = (
        lifetime_value(m, timing=timing, **terms) for timing in ("start", "renewal", "end", "due")
    )
    assert start == pytest.approx(m + renewal)
    assert start == pytest.approx((1 + d) * end)
    assert due == pytest.approx(r * start)


@brisk
@given(money, shares, discounts, timings, money)
def test_value_scales_with_currency_and_rises_with_retention(m, r, d, timing, rate):
    terms = {"discount_rate": d, "timing": timing}
    value = lifetime_value(m, retention_rate=r, **terms)
    assert lifetime_value(m * rate, retention_rate=r, **terms) == pytest.approx(value * rate)
    assert lifetime_value(m, retention_rate=r + 0.01, **terms) > value
    assert lifetime_value(m, retention_rate=r, discount_rate=d + 0.01, timing=timing) < value


@brisk
@given(money, shares, discounts, timings, st.integers(0, 60))
def test_a_horizon_adds_payments_one_by_one_up_to_all(m, r, d, timing, horizon):
    terms = {"retention_rate": r, "discount_rate": d, "timing": timing}
    part = lifetime_value(m, horizon=horizon, **terms)
    more = lifetime_value(m, horizon=horizon + 1, **terms)
    whole = lifetime_value(m, **terms)
    assert part <= more <= whole * (1 + 1e-12)
    left = (r / (1 + d)) ** horizon
    assert part == pytest.approx(whole * (1 - left), abs=1e-9 * m)


@brisk
@given(money, st.floats(0.0, 1e-7), st.integers(1, 40))
def test_without_churn_and_discount_value_is_the_sum_of_margins(m, tiny, horizon):
    value = lifetime_value(m, retention_rate=1 - tiny, discount_rate=tiny, timing="end", horizon=horizon)
    assert value == pytest.approx(m * horizon, rel=1e-4)


@brisk
@given(money, discounts)
def test_limits_at_retention_one_and_zero(m, d):
    nearly = lifetime_value(m, retention_rate=1 - 1e-9, discount_rate=d, timing="renewal")
    assert nearly == pytest.approx(m / d, rel=1e-5)
    assert lifetime_value(m, retention_rate=0, discount_rate=d, timing="renewal") == 0
    assert lifetime_value(m, retention_rate=0, discount_rate=d, timing="start") == m


@brisk
@given(money, shares, st.floats(0.01, 0.5), timings, st.floats(-0.2, 0.3))
def test_growth_is_a_smaller_discount(m, r, d, timing, g):
    if r * (1 + g) >= (1 + d) * 0.99:
        return
    terms = {"retention_rate": r, "timing": timing}
    grown = lifetime_value(m, discount_rate=d, growth_rate=g, **terms)
    same = lifetime_value(m, discount_rate=(d - g) / (1 + g), **terms)
    later = timing in ("renewal", "end")
    assert grown == pytest.approx(same / (1 + g) if later else same)


@brisk
@given(money, shares, discounts, timings, st.sampled_from(list(PERIODS_PER_YEAR)))
def test_a_year_is_worth_what_its_months_are(m, r, d, timing, unit):
    terms = {"retention_rate": r, "discount_rate": d}
    small = convert_lifetime_terms(m, from_unit="year", to_unit=unit, timing=timing, **terms)
    rates = small.drop("margin").to_dict()
    assert lifetime_value(small["margin"], timing=timing, **rates) == pytest.approx(
        lifetime_value(m, timing=timing, **terms), rel=1e-6
    )
    back = convert_lifetime_terms(small["margin"], from_unit=unit, to_unit="year", timing=timing, **rates)
    assert back["margin"] == pytest.approx(m, rel=1e-6)
    assert back["retention_rate"] == pytest.approx(r)


@brisk
@given(money, shares, discounts, timings, st.integers(1, 12))
def test_equal_periods_give_the_closed_form(m, r, d, timing, count):
    table = lifetime_value_by_period(
        [m] * count, retention_rate=r, discount_rate=d, timing=timing, continues=True
    )
    assert table["cumulative"].iloc[-1] == pytest.approx(
        lifetime_value(m, retention_rate=r, discount_rate=d, timing=timing)
    )
    assert table["probability"].dropna().between(0, 1).all()
    halves = lifetime_value_by_period(
        [m] * count, retention_rate=r, discount_rate=d, timing=timing, lengths=0.5
    )
    small = lifetime_value(
        m, retention_rate=math.sqrt(r), discount_rate=math.sqrt(1 + d) - 1, timing=timing, horizon=count
    )
    assert halves["cumulative"].iloc[-1] == pytest.approx(small)


@brisk
@given(money, shares, discounts, timings)
def test_break_even_retention_inverts_the_value(m, r, d, timing):
    value = lifetime_value(m, retention_rate=r, discount_rate=d, timing=timing)
    assert break_even_retention(value, margin=m, discount_rate=d, timing=timing) == pytest.approx(r, abs=1e-6)


@brisk
@given(money, shares, discounts, timings, st.floats(0.01, 0.95))
def test_payback_is_the_first_horizon_that_covers_the_cost(m, r, d, timing, part):
    terms = {"retention_rate": r, "discount_rate": d, "timing": timing}
    cost = part * lifetime_value(m, **terms)
    count = int(payback_periods(cost, margin=m, **terms))
    assert lifetime_value(m, horizon=count, **terms) >= cost * (1 - 1e-6)
    assert count == 0 or lifetime_value(m, horizon=count - 1, **terms) <= cost * (1 + 1e-6)


@brisk
@given(money, st.floats(0.05, 0.95), discounts)
def test_a_fixed_life_never_understates(m, r, d):
    bias = fixed_life_bias(m, retention_rate=r, discount_rate=d)
    assert 0 <= bias["over_end"] <= bias["over_renewal"]


@brisk
@given(shares)
def test_lifetimes_agree(r):
    assert retention_for_lifetime(expected_lifetime(r)) == pytest.approx(r, abs=1e-9)
    assert expected_lifetime(r) == pytest.approx(1 + expected_lifetime(r, counting="renewals"))
    assert r ** half_life(r) == pytest.approx(0.5)


@brisk
@given(st.lists(st.tuples(st.floats(0.1, 10), shares), min_size=1, max_size=5), discounts)
def test_unlike_customers_are_worth_more_than_their_average(groups, d):
    sizes, rates = zip(*groups, strict=True)
    base = mixed_base(list(sizes), retention_rates=list(rates), periods=6)
    assert (base["retention_rate"].dropna().diff().dropna() >= -1e-12).all()
    assert base["survival"].between(0, 1 + 1e-12).all()
    worth = mixture_value(list(sizes), retention_rates=list(rates), discount_rate=d)
    assert worth["understated"] >= -1e-9
    other = mixture_value(list(sizes)[::-1], retention_rates=list(rates)[::-1], discount_rate=d)
    assert other["value"] == pytest.approx(worth["value"])


@brisk
@given(some, st.floats(0, 1e3), shares, discounts)
def test_profit_pattern_adds_up(profits, cost, r, d):
    pattern = profit_pattern(profits, acquisition_cost=cost, retention_rate=r, discount_rate=d)
    by_hand = sum(p * r**t / (1 + d) ** (t + 1) for t, p in enumerate(profits)) - cost
    assert pattern["npv"].iloc[-1] == pytest.approx(by_hand, abs=1e-6)
    endless = value_by_defection(profits, retention_rates=[r], acquisition_cost=cost, discount_rate=d)
    tail = profits[-1] * (r / (1 + d)) ** len(profits) / (1 + d - r)
    assert endless["value"].iloc[0] == pytest.approx(by_hand + tail, abs=1e-6)


@brisk
@given(money, shares, discounts, timings, st.floats(0, 0.9))
def test_elasticities_of_margin_and_cost_differ_by_one(m, r, d, timing, part):
    cost = part * lifetime_value(m, retention_rate=r, discount_rate=d, timing=timing)
    table = lever_elasticities(m, retention_rate=r, discount_rate=d, acquisition_cost=cost, timing=timing)[
        "elasticity"
    ]
    assert table["margin"] + table["acquisition_cost"] == pytest.approx(1)
    assert table["retention_rate"] >= 0 >= table["discount_rate"]


@brisk
@given(money, shares, discounts)
def test_retention_elasticity_is_the_mean_time_of_the_money(m, r, d):
    """Pfeifer and Farris (2004)."""
    time = np.arange(1, 4000)
    worth = m * (r / (1 + d)) ** time
    table = lever_elasticities(m, retention_rate=r, discount_rate=d)
    assert table.loc["retention_rate", "elasticity"] == pytest.approx((time * worth).sum() / worth.sum())


curves = st.builds(SpendingCurve, ceiling=st.floats(0.05, 0.95), steepness=st.floats(0.01, 0.5))


@brisk
@given(curves, curves, st.floats(5, 1000), st.floats(0.02, 0.5), st.floats(0, 3), st.floats(0, 3))
def test_at_the_optimum_marginal_costs_equal_value_and_nothing_is_better(win, keep, m, d, more, other):
    best = spending_balance(win, keep, margin=m, discount_rate=d).loc["optimum"]
    for kind in ("acquisition", "retention"):
        if best[f"{kind}_spend"] > 0:
            assert best[f"marginal_{kind}_cost"] == pytest.approx(best["customer_value"], rel=1e-6)
        else:
            assert best[f"marginal_{kind}_cost"] >= best["customer_value"] * (1 - 1e-9)
    tried = equity_per_prospect(
        best["acquisition_spend"] * more,
        best["retention_spend"] * other,
        acquisition=win,
        retention=keep,
        margin=m,
        discount_rate=d,
    )
    assert tried["equity"] <= best["equity"] + 1e-9 * (1 + abs(best["equity"]))
    assert 0 <= tried["acquisition_rate"] <= win.ceiling


@brisk
@given(st.floats(0.1, 1e3), st.floats(0.02, 0.9), st.floats(0.05, 0.95))
def test_a_fitted_curve_meets_its_point(spend, ceiling, part):
    curve = fit_spending_curve(spend, rate=part * ceiling, ceiling=ceiling)
    assert curve.rate(spend) == pytest.approx(part * ceiling)
    assert curve.rate(2 * spend) > curve.rate(spend)


@brisk
@given(some.filter(lambda profits: sum(profits) > 1), st.randoms(use_true_random=False), st.floats(0.01, 100))
def test_whale_curve_ignores_order_and_currency(profits, random, rate):
    curve = whale_curve(profits)
    mixed = list(profits)
    random.shuffle(mixed)
    other = whale_curve([rate * profit for profit in mixed])
    assert other["profit_share"].to_numpy() == pytest.approx(curve["profit_share"].to_numpy(), abs=1e-6)
    assert curve["profit_share"].iloc[-1] == pytest.approx(1)
    summary = whale_summary(profits)
    assert curve["cumulative_profit"].max() == pytest.approx(summary["peak_profit"], abs=1e-6)
    assert summary["destroyed"] == pytest.approx(summary["peak_profit"] - summary["total"], abs=1e-6)


bought = st.dictionaries(st.sampled_from("ABCDEF"), st.floats(0, 1e4), max_size=6)


@brisk
@given(bought.filter(lambda then: max(then.values(), default=0) > 1), bought, st.floats(0.1, 10))
def test_retention_indices_keep_their_bounds(then, now, rate):
    index = retention_index(then, now)
    bridge = revenue_retention(then, now)
    assert 0 <= index["count_index"] <= 1
    assert 0 <= bridge["gross_retention"] <= min(1, bridge["net_retention"]) + 1e-12
    assert bridge["net_retention"] == pytest.approx(index["volume_index"])
    parts = bridge[["before", "lost", "contraction", "expansion", "new"]].sum()
    assert parts == pytest.approx(bridge["after"], abs=1e-6)
    scaled = revenue_retention({k: v * rate for k, v in then.items()}, {k: v * rate for k, v in now.items()})
    assert scaled["net_retention"] == pytest.approx(bridge["net_retention"])


lines = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from("xyz"), st.integers(1, 50), st.floats(0.5, 99)),
    min_size=1,
    max_size=8,
).map(
    lambda rows: pd.DataFrame(
        [(who, what, count, count * price) for who, what, count, price in rows],
        columns=["customer_id", "product", "quantity", "revenue"],
    )
)


@settings(max_examples=12, deadline=None)
@given(lines, lines, st.floats(0.5, 3))
def test_price_volume_and_mix_add_up(then, now, rise):
    effects = price_volume_mix(then, now)
    assert effects[["before", "volume", "mix", "price"]].sum() == pytest.approx(effects["after"])
    split = split_retention(then, now)["index"]
    assert split[["before", "lost", "volume", "mix", "price"]].sum() == pytest.approx(split["after"])
    only_price = price_volume_mix(then, then.assign(revenue=then["revenue"] * rise))
    assert only_price[["volume", "mix"]].tolist() == pytest.approx([0, 0], abs=1e-6)
    assert only_price["price"] == pytest.approx((rise - 1) * only_price["before"], abs=1e-6)


@brisk
@given(money, money, st.integers(1, 20), discounts, money)
def test_ownership_scales_with_currency_and_its_yearly_amount_repays_it(price, fuel, years, d, rate):
    cost = total_cost_of_ownership(price, yearly={"fuel": fuel}, years=years, discount_rate=d)
    other = total_cost_of_ownership(price * rate, yearly={"fuel": fuel * rate}, years=years, discount_rate=d)
    assert other["total"] == pytest.approx(rate * cost["total"])
    repaid = (cost["per_year"] * (1 + d) ** -np.arange(1.0, years + 1)).sum()
    assert repaid == pytest.approx(cost["total"])


@brisk
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=9), money, money)
def test_cost_to_serve_is_all_the_cost(usage, visit, call):
    frame = pd.DataFrame(usage, columns=["visit", "call"])
    table = cost_to_serve(frame, {"call": call, "visit": visit})
    assert table["cost_to_serve"].sum() == pytest.approx(
        frame["visit"].sum() * visit + frame["call"].sum() * call
    )
