"""What only one case can know to be wrong is said before its kernel starts."""

from types import SimpleNamespace

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.reports.preflight import preflight

VALUES = {"own": "coach", "price_importance": 0.45, "worth_of_hour": 4.0}


def client(*offers, importance=1):
    row = {"respondent_id": "A", "attribute": "x", "rating": 5, "importance": importance, "price": 10.0}
    return SimpleNamespace(frame=pd.DataFrame([row | {"offer": offer} for offer in offers]))


@pytest.mark.parametrize("own", ["Our gym", " our GYM"])
def test_our_offer_is_found_whatever_its_capitals(own):
    preflight("customer_value_analysis", client("Our gym", "FitBox"), VALUES | {"own": own})


def test_the_shipped_survey_and_cases_without_checks_pass():
    preflight("customer_value_analysis", None, VALUES)
    preflight("no_such_case", None, {})


@pytest.mark.parametrize(
    ("read", "own", "words"),
    [
        (client("Our gym", "FitBox"), "coach", "own must name our offer as the survey does, got 'coach'"),
        (client("Our gym", "FitBox"), "coach", "Allowed: Our gym, FitBox"),
        (
            client("us"),
            "us",
            "customer_value_analysis: the survey must hold our offer and at least one rival",
        ),
        (client("us", "them", importance=0), "us", "must add up to more than zero"),
        (None, "train ride", "Allowed: coach, train"),
    ],
)
def test_a_survey_that_would_fail_late_is_refused(read, own, words):
    with pytest.raises(InputError) as caught:
        preflight("customer_value_analysis", read, VALUES | {"own": own})
    assert words in str(caught.value)


BANK = {"gold_from": 5e4, "platinum_from": 5e5, "private_from": 3e6, "as_of": None}


def test_rising_tiers_and_a_real_day_pass():
    preflight("bank_upsell", None, BANK)
    preflight("bank_upsell", None, BANK | {"as_of": "2025-06-30"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"private_from": 100.0, "gold_from": 5000.0}, "private_from must be more than platinum_from"),
        ({"platinum_from": 5e4}, "platinum_from must be more than gold_from, got 50,000 ≤ 50,000"),
        ({"as_of": "30/13/2025"}, "as_of must be a day, got '30/13/2025'"),
        ({"as_of": "2025-02-30"}, "write it as 2025-06-30"),
    ],
)
def test_tiers_that_fall_and_days_that_are_none_are_refused(change, words):
    with pytest.raises(InputError) as caught:
        preflight("bank_upsell", None, BANK | change)
    assert words in str(caught.value)
