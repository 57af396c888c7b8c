"""Fleiss (1981), Statistical Methods for Rates and Proportions: sizes with the correction for continuity.

The rule is that of Fleiss, Tytun and Ury (1980), which reproduces table A.3 (statpages.org, Proportion
Difference Power); the two sizes have not been held against the printed table.
"""

from casekit.selling import sample_size_two_rates


def test_table_a_3_50_against_30_percent_power_80():
    assert sample_size_two_rates(0.5, 0.3) == 93
    assert sample_size_two_rates(0.5, 0.3, continuity=True) == 103
