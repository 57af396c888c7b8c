"""A survey with holes, filled."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.value import complete_survey


def survey():
    rows = [
        {
            "respondent_id": who,
            "offer": offer,
            "attribute": what,
            "rating": mark,
            "importance": 50,
            "price": price,
        }
        for who in ("A", "B")
        for offer, price, mark in (("us", 100, 6), ("them", 140, 4))
        for what in ("speed", "care")
    ]
    return pd.DataFrame(rows)


def test_columns_that_are_missing_are_filled_and_named():
    whole = complete_survey(survey(), price_importance=0.4, worth_of_hour=3)
    assert whole.assumed == [
        "segment",
        "component",
        "hours",
        "worth_of_hour",
        "price_importance",
        "worth_of_point",
    ]
    assert whole.ratings["worth_of_hour"].unique().tolist() == [3]
    assert whole.ratings["worth_of_point"].unique().tolist() == pytest.approx([0.6 / 0.4 * 120 / 5])


def test_what_the_survey_says_is_kept():
    told = survey().assign(worth_of_point=[30.0] * 4 + [None] * 4, price_importance=0.5)
    points = complete_survey(told).ratings.groupby("respondent_id")["worth_of_point"].first()
    assert points.tolist() == pytest.approx([30, 24])


def test_who_did_not_rate_everything_is_left_out():
    whole = complete_survey(survey().iloc[:-1])
    assert whole.left_out == 1
    assert whole.ratings["respondent_id"].unique().tolist() == ["A"]


@pytest.mark.parametrize("spelled", ["us", " US ", "Ｕｓ"])
def test_our_offer_is_found_however_it_is_spelled(spelled):
    assert complete_survey(survey(), own=spelled).own == "us"


def test_an_exact_spelling_goes_before_a_similar_one():
    both = survey().replace({"offer": {"them": "US"}})
    assert complete_survey(both, own="US").own == "US"
    with pytest.raises(InputError, match="Allowed: us, US"):
        complete_survey(both, own="Us")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: complete_survey(survey().drop(columns="price")), "must have the columns price"),
        (lambda: complete_survey(survey(), own="we"), "own must name our offer"),
        (
            lambda: complete_survey(survey().query("offer == 'us'"), own="us"),
            "our offer and at least one rival, got only us",
        ),
        (lambda: complete_survey(survey(), price_importance=0), "price_importance must lie in its range"),
        (lambda: complete_survey(survey().assign(importance=0)), "more than zero, got 2 with a total of 0"),
        (lambda: complete_survey(survey().assign(rating=None)), "someone must have rated every offer"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
