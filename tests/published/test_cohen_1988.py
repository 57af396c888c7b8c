"""Cohen (1988), Statistical Power Analysis, ch. 6: two shares compared by their arcsine difference h.

The call is the example of `pwr.2p.test` in the R package pwr ("Exercise 6.1 p. 198"); the power of .60 has
not been held against the printed page.
"""

import math

import pytest

from casekit.selling import power_two_rates


def test_example_6_1_h_30_n_80_one_sided():
    rate = math.sin((math.pi / 2 + 0.30) / 2) ** 2
    found = power_two_rates(80, rate=rate, other_rate=0.5, sides=1, method="arcsine")
    assert found == pytest.approx(0.60, abs=5e-3)
