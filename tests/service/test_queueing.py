"""Staffing by hand, and at sizes where factorials fail."""

import math

import pytest

from casekit.service import (
    agents_needed,
    erlang_b,
    erlang_c,
    load_carried,
    queue_performance,
    staffing_table,
)


def by_sums(load, agents):
    below = sum(load**k / math.factorial(k) for k in range(agents))
    last = load**agents / math.factorial(agents) * agents / (agents - load)
    return last / (below + last)


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (2.0, 3), (9.0, 10), (48.0, 55)])
def test_recursion_equals_the_sums(load, agents):
    assert erlang_c(load, agents=agents) == pytest.approx(by_sums(load, agents))


def test_one_agent_is_the_simple_queue():
    """M/M/1 at half load: half wait, on average one handling time."""
    desk = queue_performance(30, handling_seconds=60, agents=1, target_seconds=0)
    assert desk[["wait_probability", "average_wait", "service_level"]].tolist() == pytest.approx(
        [0.5, 60, 0.5]
    )


def test_thousands_of_agents():
    assert 0 < erlang_c(9900, agents=10000) < 1
    assert erlang_b(9900, agents=10000) < erlang_c(9900, agents=10000)
    assert agents_needed(2_400_000, handling_seconds=15, target_seconds=20) > 10000


def test_an_overloaded_desk_never_catches_up():
    desk = queue_performance(120, handling_seconds=60, agents=2, target_seconds=20)
    assert desk["wait_probability"] == 1
    assert desk["average_wait"] == math.inf
    assert desk["service_level"] == 0


def test_the_smallest_crew_is_the_smallest():
    terms = {"handling_seconds": 240, "target_seconds": 15}
    crew = agents_needed(720, service_level=0.9, **terms)
    assert queue_performance(720, agents=crew, **terms)["service_level"] >= 0.9
    assert queue_performance(720, agents=crew - 1, **terms)["service_level"] < 0.9


def test_further_demands_only_add_agents():
    terms = {"handling_seconds": 240, "target_seconds": 15, "service_level": 0.5}
    crew = agents_needed(720, **terms)
    calm = agents_needed(720, max_occupancy=0.8, **terms)
    assert calm == 60
    assert agents_needed(720, max_average_wait=1, **terms) > crew


def test_no_calls_need_one_agent_and_nobody_waits():
    assert agents_needed(0, handling_seconds=60, target_seconds=0) == 1
    assert erlang_c(0, agents=1) == 0
    assert erlang_b(0, agents=0) == 1


def test_table_ends_where_nearly_all_are_answered():
    table = staffing_table(60, handling_seconds=120, target_seconds=20)
    assert table.index[0] == 3
    assert table["service_level"].iloc[-1] >= 0.999 > table["service_level"].iloc[-2]


def test_load_of_one_line_by_hand():
    """B = u / (1 + u)."""
    assert load_carried(1, blocking=0.2) == pytest.approx(0.25)
