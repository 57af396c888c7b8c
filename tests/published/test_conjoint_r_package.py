"""Bąk, A. and Bartłomowicz, T. (2012). Conjoint analysis method and its implementation in conjoint R package.

The respondents' answers come with that package under its own licence and are not repeated here; these tests
start from the part-worths that it prints.
"""

import pytest

from casekit.strategy import pooled_importance, profile_utilities

TEA = {
    "intercept": {"": 3.5534},
    "price": {"low": 0.2402, "medium": -0.1431, "high": -0.0971},
    "variety": {"black": 0.6149, "green": 0.0349, "red": -0.6498},
    "kind": {"bags": 0.1369, "granulated": -0.8898, "leafy": 0.7529},
    "aroma": {"yes": 0.4108, "no": -0.4108},
}

CHOCOLATE = {
    "kind": {"milk": -1.0891, "walnut": -0.7328, "delicacies": -0.9224, "dark": 2.7443},
    "price": {"low": -0.5709, "average": 0.1188, "high": 0.4521},
    "packing": {"paperback": -0.0287, "hardback": 0.0287},
    "weight": {"light": -0.1686, "middle": 0.1734, "heavy": -0.0048},
    "calories": {"little": -0.6466, "much": 0.6466},
}

#: The only products whose part-worths add up to the printed total utilities.
SIMULATED = [
    {"price": "high", "variety": "green", "kind": "granulated", "aroma": "no"},
    {"price": "low", "variety": "red", "kind": "bags", "aroma": "yes"},
    {"price": "medium", "variety": "red", "kind": "leafy", "aroma": "no"},
    {"price": "high", "variety": "black", "kind": "granulated", "aroma": "yes"},
]


def test_tea_total_utilities_of_the_simulated_products():
    totals = profile_utilities(TEA, SIMULATED).iloc[0]
    assert totals.tolist() == pytest.approx([2.19, 3.69, 3.10, 3.59], abs=0.005)


def test_tea_importance_read_off_the_average_is_not_the_printed_one():
    """Printed, averaged over respondents: 24.76, 32.22, 27.15, 15.88 %; off the average part-worths:"""
    pooled = 100 * pooled_importance(TEA)
    assert pooled.tolist() == pytest.approx([9.32, 30.75, 39.95, 19.98], abs=0.006)
    assert abs(pooled["price"] - 24.76) > 15


def test_chocolate_importance_read_off_the_average_is_not_the_printed_one():
    """Printed: 56.79, 16.42, 5.43, 10.61, 10.75 %; a reader who divides the average ranges finds these."""
    pooled = 100 * pooled_importance(CHOCOLATE)
    ranges = [3.8334, 1.0230, 0.0574, 0.3420, 1.2932]
    assert pooled.tolist() == pytest.approx([100 * one / 6.5490 for one in ranges], abs=0.006)
    assert [round(pooled[name], 2) for name in ("kind", "price", "weight")] == [58.53, 15.62, 5.22]
