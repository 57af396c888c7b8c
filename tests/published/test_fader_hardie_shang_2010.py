"""BG/BB: Fader, P. S., Hardie, B. G. S. and Shang, J. (2010). Customer-base analysis in a discrete-time
noncontractual setting. Marketing Science 29(6), 1086-1108.
"""

import pytest

from casekit.customer_base import BGBB
from casekit.datasets import load_donations


@pytest.fixture(scope="module")
def model():
    return BGBB().fit(load_donations(), weights="people")


def test_fhs_2010_table_3_parameters(model):
    printed = {"alpha": 1.203522, "beta": 0.749716, "gamma": 0.656718, "delta": 2.783443}
    assert model.parameters_.to_dict() == pytest.approx(printed, abs=1e-6)
    assert model.log_likelihood_ == pytest.approx(-33225.5813, abs=5e-5)
    assert model.n_customers_ == 11_104
