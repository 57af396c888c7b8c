"""Fleets small enough to count."""

import pytest

from casekit.errors import InputError
from casekit.value import cycle_needed, fleet_capacity


def test_eight_coaches_on_an_eight_day_round_leave_one_a_day():
    assert fleet_capacity(8, cycle_days=8, seats=40) == 40


def test_the_cycle_needed_gives_back_the_customers():
    days = cycle_needed(39, customers=250, seats=40)
    assert fleet_capacity(39, cycle_days=days, seats=40) == pytest.approx(250)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fleet_capacity(-1, cycle_days=8, seats=40), "vehicles must lie in its range"),
        (lambda: fleet_capacity(1, cycle_days=0, seats=40), "cycle_days must lie in its range"),
        (lambda: fleet_capacity(1.5, cycle_days=8, seats=40), "vehicles must be a whole number"),
        (lambda: cycle_needed(1, customers=0, seats=40), "customers must lie in its range"),
        (lambda: cycle_needed(1, customers=1, seats=0), "seats must lie in its range"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
