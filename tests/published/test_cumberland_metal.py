"""Cumberland Metal Industries (Shapiro and Sherman 1985, Harvard Business School): curled metal cushion pads,
economic value per pad in a published solution of the case."""

import pytest

from casekit.value import economic_value, net_of_markup


def test_published_solution_value_of_a_set_and_a_pad():
    """Twenty conventional sets at $150 and 25 hours at $714 are saved by one set of six pads."""
    per_set = economic_value(20 * 150, {"hours saved": 25 * 714})
    assert per_set == 20_850
    assert per_set / 6 == pytest.approx(3_475, abs=0.5)


def test_published_solution_net_of_distributor():
    """40 % is added to cost (3,475 / 1.4), not taken off the price, which would leave 2,085."""
    assert net_of_markup(3_475, markup=0.40) == pytest.approx(2_482, abs=0.5)
