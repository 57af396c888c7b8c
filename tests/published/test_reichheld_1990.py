"""Reichheld and Sasser (1990) as retold, and the critique of it."""

import pytest

from casekit.value import payback_year, profit_pattern, tenure_table, value_by_defection

PROFITS = [30, 42, 44, 50, 56]


def test_sharp_defection_of_20_10_and_5_percent_is_5_10_and_20_years():
    assert tenure_table([0.80, 0.90, 0.95])["lifetime"].tolist() == pytest.approx([5, 10, 20])


def test_sun_sentinel_1994_five_years_of_a_card_holder():
    pattern = profit_pattern(PROFITS, acquisition_cost=60)
    assert pattern["profit"].tolist() == [-60, *PROFITS]
    assert pattern["profit"].iloc[1:].sum() == pytest.approx(222, abs=0.5)
    assert payback_year(pattern) == 2


def test_sharp_a_level_profit_doubles_with_the_life_by_construction():
    """No customer behaves differently, and five points of defection double the value."""
    table = value_by_defection([100], retention_rates=[0.90, 0.95])
    assert table["gain"].iloc[1] == pytest.approx(table["longer_life"].iloc[1])
    assert table["gain"].iloc[1] == pytest.approx(1.0)
