"""The course's claim for the Client Value Method: 24 % of deals won with buyer analysis, 14 % without."""

import pytest

from casekit.selling import compare_win_rates, power_two_rates, sample_size_two_rates


def test_slide_24_against_14_relative_and_absolute():
    found = compare_win_rates([24, 14], deals=[100, 100])
    assert found.difference == pytest.approx(0.10, abs=1e-12)
    assert found.ratio == pytest.approx(1.71, abs=5e-3)


def test_slide_24_against_14_needs_241_deals_a_group():
    assert sample_size_two_rates(0.24, 0.14) == 241
    assert power_two_rates(240, rate=0.24, other_rate=0.14) < 0.8
    assert power_two_rates(241, rate=0.24, other_rate=0.14) >= 0.8
