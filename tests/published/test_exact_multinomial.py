"""The example of the R package EMT (Menzel): counts 5, 2, 1 against 1/4, 1/2, 1/4."""

import pytest

from casekit.service import exact_multinomial_p


def test_emt_example():
    assert exact_multinomial_p([5, 2, 1], [0.25, 0.5, 0.25]) == pytest.approx(0.0767, abs=5e-5)
