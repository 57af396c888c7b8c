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
