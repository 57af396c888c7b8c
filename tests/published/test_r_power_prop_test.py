"""R's power.prop.test, examples of its help page: pooled variance under no difference."""

import pytest

from casekit.selling import power_two_rates, sample_size_two_rates


def test_help_page_power_of_50_a_group():
    assert power_two_rates(50, rate=0.50, other_rate=0.75) == pytest.approx(0.740, abs=5e-4)


def test_help_page_size_for_power_90():
    assert power_two_rates(76.7, rate=0.50, other_rate=0.75) == pytest.approx(0.90, abs=5e-4)
    assert sample_size_two_rates(0.50, 0.75, power=0.90) == 77


def test_help_page_rate_seen_with_50_a_group():
    assert power_two_rates(50, rate=0.5, other_rate=0.8026) == pytest.approx(0.90, abs=5e-4)
