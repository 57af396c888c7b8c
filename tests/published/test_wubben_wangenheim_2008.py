"""Wübben and von Wangenheim (2008), Instant customer base analysis, Journal of Marketing 72(3).

CDNOW, one customer in ten, 39 weeks to learn and 39 to check: silent for more than six months means gone.
"""

import pandas as pd
import pytest

from casekit.datasets import load_cdnow
from casekit.loyalty import best_hiatus, days_since_last_purchase, hiatus_errors


@pytest.fixture(scope="module")
def customers():
    log, last = load_cdnow(sample=True), pd.Timestamp("1997-09-30")
    table = days_since_last_purchase(log, today=last)
    bought = log.loc[log["date"] > last, "customer_id"].unique()
    return table.assign(active=table.index.isin(bought), weeks=table["days_since_last_purchase"] / 7)


def test_cdnow_hiatus_of_six_months_calls_77_per_cent_rightly(customers):
    assert len(customers) == 2357
    table = hiatus_errors(customers["weeks"], customers["active"], thresholds=[26])
    assert table["correct"].iloc[0] == pytest.approx(0.77, abs=0.005)


def test_hindsight_gains_little_and_calling_everyone_gone_loses(customers):
    best = best_hiatus(customers["weeks"], customers["active"])
    table = hiatus_errors(customers["weeks"], customers["active"], thresholds=[26, best, -1])
    rule, hindsight, everyone = table["correct"]
    assert rule <= hindsight < rule + 0.02
    assert everyone == pytest.approx(1 - customers["active"].mean()) and everyone < rule
