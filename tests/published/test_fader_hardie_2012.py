"""Fader and Hardie: one customer, several closed forms (2012); residual value when retention rises (2010)."""

import numpy as np
import pytest

from casekit.value import lifetime_value, lifetime_value_by_period, lifetime_value_forms


def test_fader_hardie_2012_three_cases():
    forms = lifetime_value_forms(100, retention_rate=0.80, discount_rate=0.12)
    assert forms["value"].to_dict() == pytest.approx({"start": 350, "renewal": 250, "end": 312.5}, abs=0.05)


def test_fader_hardie_2010_constant_retention():
    value = lifetime_value(100, retention_rate=0.833, discount_rate=0.10, timing="due")
    assert value == pytest.approx(343.18, abs=0.005)


@pytest.mark.parametrize(
    ("stayed", "printed"), [(1, 288.22), (2, 393.94), (3, 467.53), (4, 523.49), (5, 568.25)]
)
def test_fader_hardie_2010_residual_value_by_renewals(stayed, printed):
    """Beta-geometric retention with γ = 0.764, δ = 1.296 at 10 %, after so many periods."""
    gamma, delta = 0.764, 1.296
    ahead = np.arange(500)
    retention = (delta + stayed - 1 + ahead) / (gamma + delta + stayed - 1 + ahead)
    table = lifetime_value_by_period(
        [100.0] * len(ahead), retention_rate=retention, discount_rate=0.10, timing="due"
    )
    assert table["cumulative"].iloc[-1] == pytest.approx(printed, abs=0.005)
