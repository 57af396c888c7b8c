"""KDD Cup 1998: a letter costs $0.68, so a donor is worth writing to if p times the gift exceeds it."""

import pytest

from casekit.selling import break_even_probability, expected_gain


@pytest.mark.parametrize(
    ("chance", "gift", "worth_it"), [(0.05, 15, True), (0.05, 13, False), (0.04, 17.01, True)]
)
def test_rule_p_times_amount_above_68_cents(chance, gift, worth_it):
    assert (expected_gain([chance], value=gift, cost=0.68).item() > 0) == worth_it
    assert (chance > break_even_probability(gift, 0.68)) == worth_it
