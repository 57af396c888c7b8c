"""Pairwise judgements published by T. L. Saaty, with the weights printed beside them.

The table of drinks, its weights and its ratio are repeated from the paper of 2008 in the tests of public
packages; the other three have not been held against the printed pages, but table and weights agree within
what each test allows: about a unit of the last digit kept here.
"""

from fractions import Fraction

import pytest

from casekit.strategy import ahp_consistency, ahp_weights


def table(text):
    return [[float(Fraction(cell)) for cell in row.split()] for row in text.strip().splitlines()]


DRINKS = table("""
1   9 5   2   1   1   1/2
1/9 1 1/3 1/9 1/9 1/9 1/9
1/5 3 1   1/3 1/4 1/3 1/9
1/2 9 3   1   1/2 1   1/3
1   9 4   2   1   2   1/2
1   9 3   1   1/2 1   1/3
2   9 9   3   2   3   1
""")

HOUSE = table("""
1   5   3   7 6   6   1/3 1/4
1/5 1   1/3 5 3   3   1/5 1/7
1/3 3   1   6 3   4   6   1/5
1/7 1/5 1/6 1 1/3 1/4 1/7 1/8
1/6 1/3 1/3 3 1   1/2 1/5 1/6
1/6 1/3 1/4 4 2   1   1/5 1/6
3   5   1/6 7 5   5   1   1/2
4   7   5   8 6   6   2   1
""")

CHAIRS = table("""
1   4   6   7
1/4 1   3   4
1/6 1/3 1   2
1/7 1/4 1/2 1
""")

NATIONS = table("""
1   4   9 6   6   5   5
1/4 1   7 5   5   3   4
1/9 1/7 1 1/5 1/5 1/7 1/5
1/6 1/5 5 1   1   1/3 1/3
1/6 1/5 5 1   1   1/3 1/3
1/5 1/3 7 3   3   1   2
1/5 1/4 5 3   3   1/2 1
""")


def test_saaty_2008_drinks_weights():
    """International Journal of Services Sciences 1(1), 83–98: how much of each drink is drunk in the USA."""
    weights = ahp_weights(DRINKS).tolist()
    assert weights == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=5.1e-4)


def test_saaty_2008_drinks_consistency_ratio():
    found = ahp_consistency(DRINKS)
    assert found.ratio == pytest.approx(0.022, abs=5e-4)
    assert found.lambda_max == pytest.approx(7.1766, abs=5e-5)
    assert ahp_consistency(DRINKS, table="alonso-lamata").ratio == pytest.approx(0.022, abs=5e-4)


def test_saaty_1990_buying_a_house():
    """European Journal of Operational Research 48, 9–26: judgements that contradict too much."""
    expected = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert ahp_weights(HOUSE).tolist() == pytest.approx(expected, abs=5.1e-4)
    found = ahp_consistency(HOUSE)
    assert found.lambda_max == pytest.approx(9.669, abs=5e-4)
    assert found.index == pytest.approx(0.238, abs=5e-4)
    assert found.ratio == pytest.approx(0.169, abs=5e-4)
    assert not found.acceptable


def test_saaty_1977_brightness_of_four_chairs():
    """Journal of Mathematical Psychology 15(3), 234–281, second judge: near the inverse square law."""
    assert ahp_weights(CHAIRS).tolist() == pytest.approx([0.62, 0.22, 0.10, 0.06], abs=0.005)
    assert ahp_consistency(CHAIRS).lambda_max == pytest.approx(4.1, abs=0.05)


def test_saaty_1977_wealth_of_nations():
    """The same paper: United States, USSR, China, France, United Kingdom, Japan, West Germany."""
    expected = [0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094]
    assert ahp_weights(NATIONS).tolist() == pytest.approx(expected, abs=5.1e-4)
    assert ahp_consistency(NATIONS).acceptable
