"""Lifetime value by transaction × frequency × life, as printed in textbooks, a case and an infographic."""

import pytest

from casekit.value import (
    lifetime_revenue,
    lifetime_value_traps,
    margin_multiple,
    retention_for_lifetime,
    simple_lifetime_value,
)


def test_kotler_armstrong_stew_leonards():
    assert lifetime_revenue(100, purchases_per_period=50, lifetime=10) == pytest.approx(50_000, abs=0.5)


def test_stew_leonards_with_52_weeks_as_often_retold():
    assert lifetime_revenue(100, purchases_per_period=52, lifetime=10) == pytest.approx(52_000, abs=0.5)


def test_starbucks_infographic_unrounded_path():
    visit = {"purchases_per_period": 4.2 * 52, "lifetime": 20}
    assert lifetime_revenue(5.90, **visit) == pytest.approx(25_771.20, abs=0.005)
    assert simple_lifetime_value(5.90, margin_rate=0.213, **visit) == pytest.approx(5_489.27, abs=0.005)


def test_starbucks_infographic_rounded_week():
    week = {"purchases_per_period": 52, "lifetime": 20}
    assert lifetime_revenue(24.30, **week) == pytest.approx(25_272, abs=0.5)
    assert simple_lifetime_value(24.30, margin_rate=0.213, **week) == pytest.approx(5_382.94, abs=0.005)


def test_starbucks_infographic_counts_twenty_years_twice():
    """5,382.94 is a margin over twenty years; the multiple belongs to one year's."""
    multiple = margin_multiple(0.75, discount_rate=0.10)
    assert 5_382.94 * multiple == pytest.approx(11_535, abs=0.5)
    assert 5_241.6 * multiple == pytest.approx(11_232, abs=0.5)
    traps = lifetime_value_traps(
        24.30,
        purchases_per_period=52,
        margin_rate=0.213,
        retention_rate=0.75,
        discount_rate=0.10,
        lifetime=20,
    )
    assert traps.loc["counted_twice", "value"] == pytest.approx(11_535, abs=0.5)
    assert traps.loc["counted_twice", "times_right"] == pytest.approx(20 * 0.75)


def test_starbucks_hbs_504_016_exhibit_9():
    revenue = lifetime_revenue(
        {"unsatisfied": 3.88, "satisfied": 4.06, "highly satisfied": 4.42},
        purchases_per_period={"unsatisfied": 12 * 3.9, "satisfied": 12 * 4.3, "highly satisfied": 12 * 7.2},
        lifetime={"unsatisfied": 1.1, "satisfied": 4.4, "highly satisfied": 8.3},
    )
    assert revenue.tolist() == pytest.approx([199.74, 921.78, 3_169.67], abs=0.005)


def test_course_cases_beauty_and_software():
    """Retention 25 to 48 % and 60 to 85 %: life and margin multiple at 10 % (computed from the inputs)."""
    assert [1 / (1 - r) for r in (0.25, 0.48, 0.60, 0.85)] == pytest.approx(
        [1.33, 1.92, 2.5, 6.67], abs=0.005
    )
    multiples = [margin_multiple(r, discount_rate=0.10) for r in (0.25, 0.48, 0.60, 0.85)]
    assert multiples == pytest.approx([0.294, 0.774, 1.20, 3.40], abs=0.0005)
    assert multiples[1] / multiples[0] == pytest.approx(2.63, abs=0.005)
    assert multiples[3] / multiples[2] == pytest.approx(2.83, abs=0.005)


def test_course_software_renewal_of_95_percent_is_twenty_years():
    assert retention_for_lifetime(20) == pytest.approx(0.95)
