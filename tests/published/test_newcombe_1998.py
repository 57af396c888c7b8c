"""Newcombe (1998), Statistics in Medicine 17, Table I: two-sided intervals for a single proportion.

The score intervals (method 3) of 81/263 and 15/148 are the examples of the R package propint, `ci.one.prop`;
the four printed ones are repeated in the tests of several public packages. The exact and plain intervals of
the same counts have not been held against the printed page: they follow from the formulas.
"""

import pytest

from casekit.service import proportion_interval


@pytest.mark.parametrize(
    ("successes", "trials", "method", "low", "high"),
    [
        (81, 263, "wilson", 0.2553, 0.3662),
        (15, 148, "wilson", 0.0624, 0.1605),
        (0, 20, "wilson", 0.0, 0.1611),
        (1, 29, "wilson", 0.0061, 0.1718),
        (81, 263, "clopper-pearson", 0.2527, 0.3676),
        (15, 148, "clopper-pearson", 0.0578, 0.1617),
        (0, 20, "clopper-pearson", 0.0, 0.1684),
        (1, 29, "clopper-pearson", 0.0009, 0.1776),
        (81, 263, "wald", 0.2522, 0.3638),
    ],
)
def test_table_1(successes, trials, method, low, high):
    found = proportion_interval(successes, trials, method=method)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
