"""BG/NBD, MBG/NBD, Pareto/NBD and gamma-gamma on the CDNOW sample, calibrated to 1997-09-30 in exact weeks.

Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way. Marketing Science
24(2), 275-284 (2005a), and RFM and CLV: using iso-value curves for customer base analysis. Journal of Marketing
Research 42(4), 415-430 (2005b). The digits beyond the printed ones come from independent maximum-likelihood fits
that agree with CLVTools, BTYD and lifetimes.
"""

import pandas as pd
import pytest

from casekit.customer_base import BGNBD, MBGNBD, purchase_summary
from casekit.datasets import load_cdnow


@pytest.fixture(scope="module")
def summary():
    return purchase_summary(load_cdnow(sample=True), observation_end="1997-09-30")


@pytest.fixture(scope="module")
def bgnbd(summary):
    return BGNBD().fit(summary)


def test_fhl_2005a_data(summary):
    assert len(summary) == 2357
    assert (summary["frequency"] > 0).sum() == 946
    assert summary["T"].max() == pytest.approx(38.86, abs=0.005)


def test_fhl_2005a_table_2_bg_nbd(bgnbd):
    assert bgnbd.parameters_.to_dict() == pytest.approx(
        {"r": 0.242595, "alpha": 4.413602, "a": 0.792922, "b": 2.425907}, abs=5e-7
    )
    assert bgnbd.log_likelihood_ == pytest.approx(-9582.4292, abs=5e-5)
    assert bgnbd.converged_


def test_fhl_2005a_customer_1(bgnbd):
    customer = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86]})
    assert bgnbd.probability_alive(customer)[0] == pytest.approx(0.7266, abs=5e-5)
    assert bgnbd.conditional_expected_purchases(customer, horizon=39)[0] == pytest.approx(1.226, abs=5e-4)


def test_batislam_2007_mbg_nbd(summary):
    model = MBGNBD().fit(summary)
    printed = {"r": 0.524843, "alpha": 6.183086, "a": 0.891359, "b": 1.614002}
    assert model.parameters_.to_dict() == pytest.approx(printed, abs=1e-6)
    assert model.log_likelihood_ == pytest.approx(-9582.1357, abs=5e-5)
