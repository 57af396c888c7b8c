"""BG/NBD, MBG/NBD, Pareto/NBD and gamma-gamma on the CDNOW sample, calibrated to 1997-09-30 in exact weeks.

Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way. Marketing
Science 24(2), 275-284 (2005a), and RFM and CLV: using iso-value curves for customer base analysis. Journal of
Marketing Research 42(4), 415-430 (2005b). The digits beyond the printed ones come from independent
maximum-likelihood fits that agree with CLVTools, BTYD and lifetimes.
"""

import math

import pandas as pd
import pytest

from casekit.customer_base import (
    BGNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    lifetime_value,
    purchase_summary,
)
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


def test_fhl_2005a_pareto_nbd(summary):
    model = ParetoNBD().fit(summary)
    printed = {"r": 0.553277, "alpha": 10.577683, "s": 0.606240, "beta": 11.668739}
    assert model.parameters_.to_dict() == pytest.approx(printed, abs=5e-6)
    assert model.log_likelihood_ == pytest.approx(-9594.9762, abs=5e-5)


def test_fhl_2005b_gamma_gamma(summary):
    model = GammaGamma().fit(summary)
    assert model.n_customers_ == 946
    printed = {"p": 6.249571, "q": 3.744225, "gamma": 15.443525}
    assert model.parameters_.to_dict() == pytest.approx(printed, abs=5e-6)
    assert model.log_likelihood_ == pytest.approx(-4055.9177, abs=5e-5)
    seen = summary.loc[summary["frequency"] > 0, "monetary_value"].mean()
    assert model.mean_spend() == pytest.approx(35, abs=0.5)
    assert model.mean_spend() - seen == pytest.approx(0.09, abs=0.005)


def test_fhl_2005b_paradox_of_increasing_frequency():
    """With all 78 weeks: seven purchases, the last in week 35, are worth no more than one in week 30."""
    model = ParetoNBD().fit(purchase_summary(load_cdnow(sample=True), observation_end="1998-06-30"))
    customers = pd.DataFrame({"frequency": [7, 1], "recency": [35.0, 30.0], "T": [77.86, 77.86]})
    value = model.discounted_expected_purchases(customers, discount_rate=math.exp(0.0027) - 1)
    assert value.tolist() == pytest.approx([2, 2], abs=0.25)


def test_fhl_2005b_value_of_the_whole_cohort():
    """Models of the sample applied to all but the ten largest buyers; margin 30 %, 15 % a year."""
    sample = purchase_summary(load_cdnow(sample=True))
    log = load_cdnow()
    largest = log.groupby("customer_id")["amount"].sum().nlargest(10).index
    cohort = purchase_summary(log[~log["customer_id"].isin(largest)])
    assert len(cohort) == 23_560
    assert (cohort["frequency"] == 0).sum() == 12_054
    priced = cohort[(cohort["frequency"] == 0) | (cohort["monetary_value"] > 0)]
    models = {"purchases": ParetoNBD().fit(sample), "spend": GammaGamma().fit(sample)}
    value = lifetime_value(priced, **models, discount_rate=math.exp(0.0027) - 1, margin=0.3)
    assert value.mean() == pytest.approx(47, abs=0.5)
    assert value.sum() == pytest.approx(1.1e6, abs=0.05e6)
    once = value[priced["frequency"] == 0]
    assert once.mean() == pytest.approx(4.40, abs=0.02)
    assert once.sum() / value.sum() == pytest.approx(0.05, abs=0.005)
