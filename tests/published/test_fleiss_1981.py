"""Fleiss (1981), Statistical Methods for Rates and Proportions: sizes with the correction for continuity."""

from casekit.selling import sample_size_two_rates


def test_table_a_3_50_against_30_percent_power_80():
    assert sample_size_two_rates(0.5, 0.3) == 93
    assert sample_size_two_rates(0.5, 0.3, continuity=True) == 103
