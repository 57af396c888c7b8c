"""Facts of the CDNOW purchase log, as published with it."""

import pytest

from casekit.datasets import load_cdnow
from casekit.segments import rfm_table
from casekit.value import customers_for_share, gini, top_share


@pytest.fixture(scope="module")
def spend():
    return load_cdnow().groupby("customer_id")["amount"].sum()


def test_fader_hardie_2001_size_of_the_log(spend):
    purchases = load_cdnow()
    assert len(purchases) == 69_659
    assert len(spend) == 23_570


def test_cdnow_concentration(spend):
    assert gini(spend) == pytest.approx(0.6346, abs=5e-5)
    shares = [top_share(spend, share) for share in (0.01, 0.05, 0.1, 0.2, 0.5)]
    assert shares == pytest.approx([0.159, 0.367, 0.509, 0.678, 0.896], abs=5e-4)
    assert customers_for_share(spend, 0.8) == pytest.approx(0.326, abs=5e-4)


def test_fader_hardie_lee_2005_customers_without_a_repeat():
    # The paper counts 23,560 customers, ten fewer than the log. None of the biggest spenders bought only
    # once, so the count of 12,054 does not depend on which ten are left out. One day is one purchase.
    table = rfm_table(load_cdnow(), merge_same_day=True)
    kept = table.drop(table["amount"].nlargest(10).index)
    assert len(kept) == 23_560
    assert (kept["purchases"] == 1).sum() == (table["purchases"] == 1).sum() == 12_054
