"""Newcombe (1998), Statistics in Medicine 17: eleven intervals for a difference of proportions, table II.

Method 10 is `BinomDiffCI(..., method = "score")` of the R package DescTools; the five intervals are repeated
from the table in the tests of public packages.
"""

import pytest

from casekit.selling import compare_win_rates


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_table_ii_method_10(first, second, low, high):
    found = compare_win_rates([first[0], second[0]], deals=[first[1], second[1]])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
