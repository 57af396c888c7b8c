"""Lifetime value, its forms, its traps and its break-evens, by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.value import (
    break_even_programme_cost,
    break_even_purchases,
    break_even_response,
    break_even_retention,
    convert_lifetime_terms,
    expected_lifetime,
    fixed_life_bias,
    half_life,
    lifetime_revenue,
    lifetime_value,
    lifetime_value_by_period,
    lifetime_value_forms,
    lifetime_value_traps,
    margin_multiple,
    margin_multiples,
    mixed_base,
    mixture_value,
    payback_periods,
    payment_timeline,
    retention_for_lifetime,
    simple_lifetime_value,
    tenure_table,
)

TERMS = {"retention_rate": 0.8, "discount_rate": 0.12}


@pytest.mark.parametrize(
    ("timing", "retention", "value"),
    [
        ("start", 1, 112),
        ("renewal", 1, 100),
        ("end", 1, 100),
        ("start", 0, 12),
        ("renewal", 0, 0),
        ("due", 0, 0),
    ],
)
def test_limits_of_retention(timing, retention, value):
    assert lifetime_value(12, retention_rate=retention, discount_rate=0.12, timing=timing) == pytest.approx(
        value
    )


def test_at_retention_zero_only_the_end_margin_is_discounted():
    assert lifetime_value(112, retention_rate=0, discount_rate=0.12, timing="end") == pytest.approx(100)


def test_growth_starts_from_the_first_payment_unless_told_otherwise():
    plain = lifetime_value(100, growth_rate=0.05, timing="renewal", **TERMS)
    assert plain == pytest.approx(100 * 0.8 / (1.12 - 0.84))
    grown = lifetime_value(100, growth_rate=0.05, timing="renewal", first_grown=True, **TERMS)
    rate = (0.12 - 0.05) / 1.05
    assert grown == pytest.approx(100 * 0.8 / (1 + rate - 0.8))


def test_growth_may_exceed_the_discount_over_a_horizon():
    value = lifetime_value(100, retention_rate=1, discount_rate=0, growth_rate=0.1, timing="start", horizon=3)
    assert value == pytest.approx(100 + 110 + 121)
    flat = lifetime_value(100, retention_rate=1, discount_rate=0, timing="end", horizon=7)
    assert flat == pytest.approx(700)
    assert lifetime_value(100, timing="start", horizon=0, **TERMS) == 0


def test_lists_go_by_position_and_names_by_label():
    margin = pd.Series({"Li": 10.0, "Wu": 20.0})
    retention = {"Wu": 0.5, "Li": 0.0}
    value = lifetime_value(margin, retention_rate=retention, discount_rate=0, timing="start")
    assert value.to_dict() == {"Li": 10, "Wu": 40}
    by_place = lifetime_value(margin, retention_rate=[0.5, 0], discount_rate=0, timing="start")
    assert by_place.to_dict() == {"Li": 20, "Wu": 20}
    assert value.name == "lifetime_value"
    assert margin.to_dict() == {"Li": 10, "Wu": 20}


def test_a_discount_rate_of_12_is_named():
    with pytest.warns(CasekitWarning, match="for 12 % write 0.12"):
        lifetime_value(100, retention_rate=0.8, discount_rate=12, timing="end")


def test_forms_and_timeline_agree():
    forms = lifetime_value_forms(100, **TERMS)
    line = payment_timeline(100, payments=200, **TERMS)
    for timing, part in line.groupby("timing"):
        assert part["cumulative"].iloc[-1] == pytest.approx(forms.loc[timing, "value"])
    assert line[line["timing"] == "renewal"]["time"].min() == 1
    assert forms["first_payment"].to_dict() == {"start": 0, "renewal": 1, "end": 1}


def test_fixed_life_without_discount_only_differs_by_the_first_margin():
    bias = fixed_life_bias(100, retention_rate=0.8, discount_rate=0)
    assert bias["fixed_life_value"] == pytest.approx(500)
    assert bias["over_end"] == pytest.approx(0)
    assert bias["over_renewal"] == pytest.approx(0.25)


def test_multiples_without_limit_are_infinite():
    table = margin_multiples([0.5, 1.0], discount_rate=[0.0, 0.1])
    assert table.loc[0.0, 1.0] == math.inf
    assert table.loc[0.1, 1.0] == pytest.approx(10)
    assert margin_multiple(1.0, discount_rate=0, horizon=4) == 4


def test_traps_name_what_is_wrong():
    traps = lifetime_value_traps(
        10, purchases_per_period=10, margin_rate=0.5, retention_rate=0.8, discount_rate=0.1
    )
    assert list(traps.index) == ["revenue", "margin", "margin_discounted", "expected", "counted_twice"]
    assert traps.loc["expected", "times_right"] == 1
    assert (traps["times_right"].drop("expected") > 1).all()
    assert (traps["trap"].drop("expected").str.len() > 0).all()


def test_periods_of_different_length_by_hand():
    table = lifetime_value_by_period(
        pd.Series({"Q1": 10.0, "year 2": 100.0}),
        retention_rate=[0.5, 0.9],
        discount_rate=0.21,
        timing="renewal",
        lengths=[0.5, 1],
        continues=True,
    )
    assert table.loc["Q1", "probability"] == pytest.approx(math.sqrt(0.5))
    assert table.loc["Q1", "discount_factor"] == pytest.approx(1 / 1.1)
    assert table.loc["year 2", "time"] == 1.5
    last = 100 * math.sqrt(0.5) * 0.9 / 1.1 / 1.21
    assert table.loc["year 2", "present_value"] == pytest.approx(last)
    q = 0.9 / 1.21
    assert table.loc["later", "present_value"] == pytest.approx(last * q / (1 - q))
    assert list(table.index) == ["Q1", "year 2", "later"]


def test_terms_by_month_keep_the_value_when_a_timing_is_given():
    yearly = {"retention_rate": 0.7, "discount_rate": 0.15, "growth_rate": 0.02}
    for timing in ("start", "renewal", "end", "due"):
        terms = convert_lifetime_terms(1000, from_unit="year", to_unit="month", timing=timing, **yearly)
        monthly = lifetime_value(terms.pop("margin"), timing=timing, **terms)
        assert monthly == pytest.approx(lifetime_value(1000, timing=timing, **yearly))


def test_a_retention_of_zero_does_not_convert():
    with pytest.warns(CasekitWarning, match="does not tell when"):
        convert_lifetime_terms(100, retention_rate=0, discount_rate=0.1, from_unit="year", to_unit="month")


@pytest.mark.parametrize("timing", ["start", "renewal", "end", "due"])
@pytest.mark.parametrize("horizon", [None, 5])
def test_break_even_retention_gives_the_value_back(timing, horizon):
    terms = {"discount_rate": 0.12, "growth_rate": 0.03, "timing": timing, "horizon": horizon}
    value = lifetime_value(100, retention_rate=0.6, **terms)
    assert break_even_retention(value, margin=100, **terms) == pytest.approx(0.6)


def test_break_even_retention_at_its_ends():
    assert break_even_retention(0, margin=10, discount_rate=0.1) == 0
    assert break_even_retention(5, margin=10, discount_rate=0.1, timing="start") == 0
    assert break_even_retention(1e6, margin=10, discount_rate=0.1) > 1
    assert break_even_retention(30, margin=10, discount_rate=0.0, timing="start", horizon=2) == pytest.approx(
        2
    )
    assert break_even_retention(30, margin=10, discount_rate=0.0, timing="start", horizon=1) == math.inf


def test_break_even_programme_cost_leaves_value_unchanged():
    cost = break_even_programme_cost(100, retention_before=0.8, retention_after=0.9, discount_rate=0.1)
    after = lifetime_value(100 - cost["per_period"], retention_rate=0.9, discount_rate=0.1, timing="renewal")
    assert after == pytest.approx(cost["value_before"])
    now = break_even_programme_cost(
        100, retention_before=0.8, retention_after=0.9, discount_rate=0.1, cost_timing="start"
    )
    assert now["per_period"] == pytest.approx(now["once"] / 5.5)


def test_payback_by_hand():
    assert break_even_purchases(60, margin=30) == 2
    assert break_even_response(0.68, margin=13.6) == pytest.approx(0.05)
    assert break_even_response(2, margin=1) == 2
    assert payback_periods(60, margin=30, retention_rate=1, discount_rate=0) == 2
    assert payback_periods(60, margin=30, retention_rate=0.9, discount_rate=0) == 3
    assert payback_periods(60, margin=30, retention_rate=0, discount_rate=0) == math.inf
    assert payback_periods(10, margin=30, retention_rate=0, discount_rate=0, timing="renewal") == math.inf
    assert payback_periods(0, margin=30, retention_rate=0.5, discount_rate=0) == 0


def test_lifetimes_at_their_ends():
    assert expected_lifetime(1) == math.inf
    assert expected_lifetime(0) == 1
    assert expected_lifetime(0, counting="renewals") == 0
    assert retention_for_lifetime(math.inf) == 1
    assert half_life({"a": 0.0, "b": 1.0}).tolist() == [0, math.inf]
    assert tenure_table([0.8])["half_life"].iloc[0] == pytest.approx(np.log(2) / -np.log(0.8))


def test_a_mixed_base_looks_more_loyal_every_period():
    base = mixed_base(
        {"fans": 50, "tourists": 50}, retention_rates={"tourists": 0.5, "fans": 0.9}, periods=20
    )
    retention = base["retention_rate"].dropna()
    assert retention.is_monotonic_increasing
    assert retention.iloc[-1] == pytest.approx(0.9, abs=0.001)
    assert (base["survival"] >= base["constant"] - 1e-12).all()
    young, old = (
        mixture_value([1, 1], retention_rates=[0.9, 0.5], margin=100, discount_rate=0.1, tenure=tenure)
        for tenure in (0, 5)
    )
    assert old["value"] > young["value"] > young["value_at_first_average"]


CALLS = {
    "lifetime_value timing": (lambda: lifetime_value(1, timing="End", **TERMS), "did you mean 'end'"),
    "lifetime_value share": (
        lambda: lifetime_value(1, retention_rate=80, discount_rate=0.1, timing="end"),
        "for 80 % write 0.8",
    ),
    "lifetime_value limit": (
        lambda: lifetime_value(1, retention_rate=1, discount_rate=0, timing="end"),
        "without one the value has no limit",
    ),
    "lifetime_value labels": (
        lambda: lifetime_value({"a": 1}, retention_rate={"b": 0.5}, discount_rate=0, timing="end"),
        "must carry the labels of margin",
    ),
    "lifetime_value lengths": (
        lambda: lifetime_value([1, 2], retention_rate=[0.5], discount_rate=0, timing="end"),
        "retention_rate must be as long as margin",
    ),
    "lifetime_value repeated": (
        lambda: lifetime_value(
            pd.Series([1, 2], index=["a", "a"]),
            retention_rate=pd.Series([0.1, 0.2], index=["a", "b"]),
            discount_rate=0.1,
            timing="end",
        ),
        "the labels of margin must not repeat",
    ),
    "lifetime_value missing": (lambda: lifetime_value([1, None], timing="end", **TERMS), "numbers only"),
    "lifetime_value text": (lambda: lifetime_value("100", timing="end", **TERMS), "margin must be a number"),
    "lifetime_value horizon": (lambda: lifetime_value(1, timing="end", horizon=2.5, **TERMS), "whole number"),
    "payment_timeline": (lambda: payment_timeline(1, payments=0, **TERMS), "payments must lie"),
    "fixed_life_bias": (
        lambda: fixed_life_bias(1, retention_rate=1, discount_rate=0.1),
        "retention_rate must",
    ),
    "margin_multiple": (lambda: margin_multiple(1.2, discount_rate=0.1), "retention_rate must lie"),
    "margin_multiples": (
        lambda: margin_multiples([0.5], discount_rate=[0.1, 0.2], growth_rate=[0, 0.1]),
        "only one of discount_rate and growth_rate",
    ),
    "margin_multiples timing": (
        lambda: margin_multiples([0.5], discount_rate=0.1, timing="never"),
        "timing must be a known name",
    ),
    "lifetime_revenue": (
        lambda: lifetime_revenue(-1, purchases_per_period=1, lifetime=1),
        "transaction_value must lie",
    ),
    "simple_lifetime_value": (
        lambda: simple_lifetime_value(1, purchases_per_period=1, lifetime=1, margin_rate=21.3),
        "for 21.3 % write 0.213",
    ),
    "lifetime_value_traps": (
        lambda: lifetime_value_traps(
            1, purchases_per_period=1, margin_rate=0, retention_rate=1, discount_rate=0
        ),
        "retention_rate must be below 1",
    ),
    "by_period lengths": (
        lambda: lifetime_value_by_period([1, 2], retention_rate=[0.5], discount_rate=0.1, timing="end"),
        "retention_rate must be as long as margins",
    ),
    "by_period zero length": (
        lambda: lifetime_value_by_period([1], retention_rate=0.5, discount_rate=0.1, timing="end", lengths=0),
        "lengths must lie",
    ),
    "by_period tail": (
        lambda: lifetime_value_by_period(
            [1], retention_rate=1, discount_rate=0, timing="end", continues=True
        ),
        "no limit",
    ),
    "convert_lifetime_terms": (
        lambda: convert_lifetime_terms(1, from_unit="years", to_unit="month", **TERMS),
        "did you mean 'year'",
    ),
    "break_even_retention": (lambda: break_even_retention(1, margin=0, discount_rate=0.1), "margin must lie"),
    "break_even_programme_cost": (
        lambda: break_even_programme_cost(1, retention_before=0.8, retention_after=90, discount_rate=0.1),
        "for 90 % write 0.9",
    ),
    "break_even_response": (
        lambda: break_even_response(1, margin=1, fixed_cost=1),
        "contacts must be given with a fixed_cost",
    ),
    "break_even_purchases": (lambda: break_even_purchases(-1, margin=1), "acquisition_cost must lie"),
    "payback_periods": (lambda: payback_periods(1, margin=-1, **TERMS), "margin must lie"),
    "expected_lifetime": (lambda: expected_lifetime(0.5, counting="years"), "counting must be a known name"),
    "retention_for_lifetime": (lambda: retention_for_lifetime(0.5), "lifetime must lie"),
    "half_life": (lambda: half_life([0.5, 50]), "these look like percentages|retention_rate must lie"),
    "tenure_table": (lambda: tenure_table([]), "at least one row"),
    "mixed_base": (lambda: mixed_base([0, 0], retention_rates=[0.1, 0.2]), "sizes must not all be 0"),
    "mixture_value": (
        lambda: mixture_value([1], retention_rates=[0], discount_rate=0.1, tenure=1),
        "somebody must have stayed",
    ),
}


@pytest.mark.parametrize(("call", "message"), CALLS.values(), ids=CALLS)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
