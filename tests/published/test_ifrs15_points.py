"""Customer loyalty points: IFRS 15, Example 52 (IE267 to IE270), and the case of ABC Ltd."""

import math

import pytest

from casekit.loyalty import allocate_points, recognise_points


def test_ifrs_15_example_52_allocation():
    split = allocate_points(100_000, points=10_000, point_value=1, breakage=0.05)
    assert split["goods"] == pytest.approx(91_324, abs=0.5)
    assert split["points"] == pytest.approx(8_676, abs=0.5)


def test_ifrs_15_example_52_two_years():
    split = allocate_points(100_000, points=10_000, point_value=1, breakage=0.05)
    years = recognise_points(split["points"], redeemed=[4_500, 4_000], expected=[9_500, 9_700])
    assert years["revenue"].tolist() == pytest.approx([4_110, 3_493], abs=0.5)
    assert years["liability"].tolist() == pytest.approx([4_566, 1_073], abs=0.5)


def test_abc_ltd_allocation():
    """Sales of 2,000 with 2,000 points at .10, 85 % redeemed; the source cuts the goods to 92.1 %."""
    split = allocate_points(2_000, points=2_000, point_value=0.10, breakage=0.15)
    share = math.floor(1000 * split["goods"] / 2_000) / 1000
    assert 2_000 * share == pytest.approx(1_842, abs=0.5)
    assert 2_000 * (1 - share) == pytest.approx(158, abs=0.5)
    released = recognise_points(2_000 * (1 - share), redeemed=[850], expected=[1_700])
    assert released["revenue"].tolist() == pytest.approx([79], abs=0.5)
