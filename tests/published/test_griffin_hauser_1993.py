"""Griffin, A. and Hauser, J. R. (1993). The voice of the customer. *Marketing Science* 12(1), 1–27."""

import pytest

from casekit.strategy import interviews_needed, needs_identified

#: Shapes of the study of food-carrying devices. They and the share below agree with each other to the last
#: digit; they have not been held against the printed page.
ALPHA, BETA = 1.45, 7.64


def test_thirty_interviews_bring_up_nine_needs_in_ten():
    assert needs_identified(30, alpha=ALPHA, beta=BETA) == pytest.approx(0.898, abs=5e-4)


def test_twenty_to_thirty_interviews_for_most_needs():
    assert needs_identified(20, alpha=ALPHA, beta=BETA) > 0.8
    assert 30 <= interviews_needed(0.9, alpha=ALPHA, beta=BETA) <= 32
