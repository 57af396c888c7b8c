"""Pipeline velocity as sales guides print it: money a day from deals, value, win rate and cycle."""

import pytest

from casekit.selling import pipeline_velocity, velocity_levers


def test_fifty_deals_of_10_000_in_thirty_days():
    per_day = pipeline_velocity(50, deal_value=10_000, win_rate=0.25, cycle_length=30)
    assert per_day == pytest.approx(4167, abs=0.5)
    assert 30 * per_day == pytest.approx(125_000, abs=0.5)


def test_twenty_percent_win_rate():
    per_day = pipeline_velocity(50, deal_value=10_000, win_rate=0.2, cycle_length=30)
    assert per_day == pytest.approx(3333.33, abs=5e-3)


@pytest.mark.parametrize(
    ("deals", "value", "rate", "days", "printed"),
    [(50, 25_000, 0.25, 60, 5208), (100, 10_000, 0.25, 45, 5556), (100, 10_000, 0.3, 38, 7895)],
)
def test_other_guides(deals, value, rate, days, printed):
    assert pipeline_velocity(deals, deal_value=value, win_rate=rate, cycle_length=days) == pytest.approx(
        printed, abs=0.5
    )


def test_a_tenth_off_the_cycle_lifts_velocity_by_11_1_percent():
    table = velocity_levers(50, deal_value=25_000, win_rate=0.25, cycle_length=60)
    assert table.loc["cycle_length", "gain"] / (50 * 25_000 * 0.25 / 60) == pytest.approx(0.111, abs=5e-4)
