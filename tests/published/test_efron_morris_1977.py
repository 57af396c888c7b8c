"""Efron and Morris (1975, 1977): batting averages after 45 at bats, shrunk by James and Stein."""

import pytest

from casekit.selling import shrink_to_mean

HITS = {
    "Clemente": 18,
    "F. Robinson": 17,
    "F. Howard": 16,
    "Johnstone": 15,
    "Berry": 14,
    "Spencer": 14,
    "Kessinger": 13,
    "Alvarado": 12,
    "Santo": 11,
    "Swoboda": 11,
    "Unser": 10,
    "Williams": 10,
    "Scott": 10,
    "Petrocelli": 10,
    "E. Rodriguez": 10,
    "Campaneris": 9,
    "Munson": 8,
    "Alvis": 7,
}


def test_scientific_american_shrinkage_factor():
    averages = {name: hits / 45 for name, hits in HITS.items()}
    mean = sum(averages.values()) / len(averages)
    table = shrink_to_mean(averages, error_variance=mean * (1 - mean) / 45)
    assert mean == pytest.approx(0.265, abs=5e-4)
    assert table["weight"].iloc[0] == pytest.approx(0.212, abs=5e-4)
    printed = {"Clemente": 0.294, "Alvis": 0.242}
    assert table.loc[list(printed), "shrunk"].tolist() == pytest.approx(list(printed.values()), abs=5e-4)
