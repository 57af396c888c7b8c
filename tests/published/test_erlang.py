"""Erlang's formulas: the call-centre example of Tanner's page and the tables of Erlang B."""

import pytest

from casekit.service import erlang_b, load_carried, queue_performance


def test_tanner_360_calls_in_half_an_hour():
    desk = queue_performance(720, handling_seconds=240, agents=55, target_seconds=15)
    assert desk["load"] == 48
    assert desk["occupancy"] == pytest.approx(0.873, abs=5e-4)
    assert desk["wait_probability"] == pytest.approx(0.239, abs=5e-4)
    assert desk["average_wait"] == pytest.approx(8.2, abs=0.05)
    assert desk["service_level"] == pytest.approx(0.846, abs=5e-4)


def test_erlang_b_calculator_manual_15_lines_at_1_percent():
    assert load_carried(15, blocking=0.01) == pytest.approx(8.108, abs=5e-4)


@pytest.mark.parametrize(
    ("lines", "blocking", "load"),
    [
        (5, 0.05, 2.2),
        (6, 0.01, 1.9),
        (7, 0.0001, 1.1),
        (8, 0.02, 3.6),
        (9, 0.01, 3.8),
        (9, 0.03, 4.7),
        (10, 0.001, 3.1),
        (10, 0.003, 3.6),
    ],
)
def test_carrier_grade_voice_over_ip_appendix_a(lines, blocking, load):
    assert load_carried(lines, blocking=blocking) == pytest.approx(load, abs=0.05)
    assert erlang_b(load_carried(lines, blocking=blocking), agents=lines) == pytest.approx(blocking)
