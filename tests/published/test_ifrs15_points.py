"""Customer loyalty points: IFRS 15, Example 52 (IE267 to IE270), the KPMG handbook, and two retailers."""

import math

import pytest

from casekit.loyalty import allocate_points, points_ledger, recognise_points


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


def test_ifrs_15_example_52_in_the_ledger():
    rows = {"sales": [100_000, 0], "points": [10_000, 0], "redeemed": [4_500, 4_000]}
    ledger = points_ledger(rows | {"point_value": 1, "redemption_rate": [0.95, 0.97]})
    assert ledger["deferred"].tolist() == pytest.approx([8_676, 0], abs=0.5)
    assert ledger["revenue"].tolist() == pytest.approx([4_110, 3_493], abs=0.5)
    assert ledger["liability"].tolist() == pytest.approx([4_566, 1_073], abs=0.5)


def test_kpmg_handbook_2019_example_10a_increase_in_estimated_redemptions():
    """97 % expected; the handbook rounds the split to 91 % and 9 % before it goes on."""
    split = allocate_points(100_000, points=10_000, point_value=1, breakage=0.03)
    assert (split / 100_000).tolist() == pytest.approx([0.91, 0.09], abs=0.005)
    years = recognise_points(9_000, redeemed=[4_500, 4_000], expected=[9_700, 9_900])
    assert years["revenue"].tolist() == pytest.approx([4_175, 3_552], abs=0.5)


def test_kpmg_handbook_2019_example_10b_decrease_in_estimated_redemptions():
    years = recognise_points(9_000, redeemed=[4_500, 4_000], expected=[9_700, 9_200])
    assert years["revenue"].tolist() == pytest.approx([4_175, 4_140], abs=0.5)


def test_grocery_retailer_allocation():
    """10,000 points at 100, 80 % expected, with sales of 7,200,000: 6,480,000 and 720,000."""
    split = allocate_points(7_200_000, points=10_000, point_value=100, breakage=0.2)
    assert split.tolist() == pytest.approx([6_480_000, 720_000], abs=0.5)
