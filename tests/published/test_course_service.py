"""Figures of the course on referral, contact and content, recomputed."""

import pytest

from casekit.service import (
    CONTENT_RULE,
    TARGETS,
    contact_hours,
    course_cadence,
    referral_multiplier,
    trailing_commission,
)


@pytest.mark.parametrize(("share", "multiplier", "digits"), [(0.40, 1.667, 5e-4), (0.70, 3.33, 5e-3)])
def test_referral_share_as_an_upper_bound(share, multiplier, digits):
    assert referral_multiplier(share) == pytest.approx(multiplier, abs=digits)
    assert referral_multiplier(share, incremental=0) == 1


def test_one_percent_for_life_on_the_margin_multiple():
    """r/(1+i-r) at r = .8, i = .1 is 2.67."""
    assert trailing_commission(100, commission_rate=0.01, retention_rate=0.8, discount_rate=0.1) == (
        pytest.approx(2.67, abs=5e-3)
    )


def test_the_cadence_as_stated_calls_ordinary_customers_more_than_the_best():
    hours = contact_hours({"high value": 1, "potential": 1, "ordinary": 1}, course_cadence(30))
    assert hours["contacts"].tolist() == pytest.approx([4, 12, 10, 26])


def test_content_rule_and_targets():
    assert CONTENT_RULE == {"value": 0.7, "feeling": 0.2, "action": 0.1}
    assert TARGETS == ("30 s", "2 h", "24 h")
