"""Data quality, freshness, consent and questions on a book of four customers."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import (
    SIX_TESTS,
    consent_status,
    entropy,
    fact_half_life,
    freshness,
    next_question,
    profile_completeness,
    quality_scorecard,
    rank_questions,
    review_interval,
    six_tests,
    update_segments,
    with_consent,
)

BOOK = pd.DataFrame(
    {
        "phone": ["13900000001", "139", "  ", "13900000001"],
        "age": [30, 200, 45, None],
        "city": ["Xi'an", "Lhasa", "Mars", "Xi'an"],
        "asked": pd.to_datetime(["2024-06-01", "2022-06-01", None, "2024-05-01"]),
    },
    index=["Wang", "Xu", "Li", "Zhang"],
)


def test_scorecard_by_hand():
    card = quality_scorecard(
        BOOK,
        valid={"phone": r"1\d{10}", "age": (0, 120), "city": ["Xi'an", "Lhasa"]},
        unique=["phone"],
        updated={"age": "asked"},
        today="2024-06-30",
        weights={"phone": 2, "age": 1, "city": 1},
    )
    assert card.index.tolist() == ["phone", "age", "city"]
    assert card.loc["phone"].fillna(-1).tolist() == pytest.approx([0.75, 2 / 3, 1 / 3, -1, 0, 0.5])
    assert card.loc["age"].fillna(-1).tolist() == pytest.approx([0.75, 2 / 3, -1, 1 / 3, 0.25, 0.25])
    assert card.loc["city", "validity"] == 0.75


def test_a_function_can_be_the_rule_and_an_empty_field_has_no_validity():
    frame = pd.DataFrame({"a": ["x", "yy"], "b": [None, None]})
    card = quality_scorecard(frame, valid={"a": lambda text: len(text) == 1})
    assert card.loc["a", "validity"] == 0.5
    assert math.isnan(card.loc["b", "validity"]) and card.loc["b", "usable"] == 0


def test_repeated_row_labels_do_no_harm():
    twice = pd.concat([BOOK, BOOK])
    card = quality_scorecard(twice, updated={"age": "asked"}, today="2024-06-30", unique=["city"])
    assert card.loc["age", "freshness"] == pytest.approx(1 / 3)
    assert card.loc["city", "uniqueness"] == 0


def test_a_value_of_another_kind_fails_its_range():
    assert quality_scorecard(pd.DataFrame({"a": ["x", 3]}), valid={"a": (0, 9)}).loc["a", "validity"] == 0.5


def test_six_tests_say_what_fails_first():
    found = six_tests(pd.DataFrame([[True] * 6, [True, False, True, False, True, True]], columns=SIX_TESTS))
    assert found["passed"].tolist() == [6, 4]
    assert found["first_failed"].tolist() == ["", "positive"]


def test_completeness_weighs_fields():
    found = profile_completeness(BOOK[["phone", "age"]], weights={"phone": 3, "age": 1})
    assert found.tolist() == [1, 1, 0.25, 0.75]
    assert profile_completeness(BOOK)["Wang"] == 1
    assert profile_completeness([{"a": 1, "b": None}]).tolist() == [0.5]


def test_freshness_halves_in_a_half_life():
    assert freshness({"a": 0, "b": 100, "c": 200}, half_life_days=100).tolist() == [1, 0.5, 0.25]
    assert review_interval(100, floor=0.5) == 100


def test_half_life_of_facts_is_recovered():
    rng = np.random.default_rng(2)
    ages = rng.uniform(1, 900, 4000)
    held = rng.random(4000) < 0.5 ** (ages / 240)
    assert fact_half_life(ages, held) == pytest.approx(240, rel=0.06)
    assert fact_half_life([10, 20], [True, True]) == math.inf


CONSENTS = pd.DataFrame(
    {
        "customer_id": ["Wang", "Wang", "Xu", "Li", "Zhang", "Kid"],
        "purpose": ["offers", "delivery", "offers", "offers", "offers", "offers"],
        "given": pd.to_datetime(
            ["2024-01-01", "2023-01-01", "2024-01-01", "2025-01-01", "2024-01-01", "2024-01-01"]
        ),
        "withdrawn": pd.to_datetime([None, None, "2024-06-30", None, None, None]),
        "expires": pd.to_datetime([None, None, None, None, "2024-06-30", None]),
        "separate": [False, True, False, False, True, True],
        "guardian": [False] * 6,
    }
)
EVERYONE = ["Wang", "Xu", "Li", "Zhang", "Nobody"]


def test_every_reason_of_refusal():
    found = consent_status(EVERYONE, CONSENTS, purpose="offers", on="2024-06-30")
    assert found["reason"].tolist() == ["allowed", "withdrawn", "not yet given", "expired", "no consent"]
    assert found["allowed"].tolist() == [True, False, False, False, False]
    day_before = consent_status(EVERYONE, CONSENTS, purpose="offers", on="2024-06-29")
    assert day_before["allowed"].tolist() == [True, True, False, True, False]


def test_sensitive_data_need_separate_consent_and_children_a_guardian():
    sensitive = consent_status(["Wang", "Zhang"], CONSENTS, purpose="offers", on="2024-03-01", sensitive=True)
    assert sensitive["reason"].tolist() == ["no separate consent", "allowed"]
    born = {"Kid": pd.Timestamp("2012-06-01"), "Wang": pd.Timestamp("1990-01-01")}
    found = consent_status(["Kid", "Wang"], CONSENTS, purpose="offers", on="2024-06-30", birth_dates=born)
    assert found["reason"].tolist() == ["minor", "allowed"]
    older = consent_status(["Kid"], CONSENTS, purpose="offers", on="2026-06-01", birth_dates=born)
    assert older["allowed"].tolist() == [True]


def test_the_most_favourable_of_several_consents_counts():
    twice = pd.concat(
        [CONSENTS, CONSENTS.iloc[[2]].assign(given=pd.Timestamp("2024-02-01"), withdrawn=pd.NaT)]
    )
    assert consent_status(["Xu"], twice, purpose="offers", on="2024-07-30")["allowed"].tolist() == [True]


def test_rows_with_consent_keep_their_order():
    people = pd.DataFrame({"value": [1, 2]}, index=["Xu", "Wang"])
    assert with_consent(people, CONSENTS, purpose="offers", on="2024-07-01").index.tolist() == ["Wang"]


ANSWERS = pd.DataFrame({"gift": ["y", "y", "n", None], "pet": ["cat", "dog", "cat", "dog"]})
SEGMENTS = ["fond", "fond", "plain", "plain"]


def test_golden_question_first():
    found = rank_questions(ANSWERS, SEGMENTS)
    assert found["gain"].to_dict() == {"gift": 1, "pet": 0}
    assert found.loc["gift", "answers"] == 3
    assert found.loc["gift", "gain_ratio"] == pytest.approx(1 / 1.5)
    cheap = rank_questions(ANSWERS.assign(pet=["a", "a", "a", "b"]), SEGMENTS, cost={"gift": 100, "pet": 1})
    assert cheap.index[0] == "pet"


def test_next_question_follows_what_is_known():
    ask = {"gift?": pd.DataFrame({"yes": [0.9, 0.1], "no": [0.1, 0.9]}, index=["fond", "plain"])}
    sure = update_segments({"fond": 0.5, "plain": 0.5}, {"fond": 0.9, "plain": 0.0})
    assert sure.tolist() == [1, 0]
    assert next_question(sure, ask).loc["gift?"].tolist() == [0, 0]


GOOD = {"purpose": "offers", "on": "2024-01-01"}
ROW = pd.DataFrame([[1] * 6], columns=SIX_TESTS)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quality_scorecard(7), "customers must be a DataFrame"),
        (lambda: quality_scorecard(BOOK, valid={"fone": "x"}), "valid: field must be a known name"),
        (lambda: quality_scorecard(BOOK, unique=["fone"]), "unique: field must be a known name"),
        (lambda: quality_scorecard(BOOK, updated={"age": "when"}, today="2024-01-01"), "updated: field"),
        (lambda: quality_scorecard(BOOK, updated={"age": "asked"}), "today must be given"),
        (lambda: quality_scorecard(BOOK, updated={"age": "city"}, today="2024-01-01"), "must hold dates"),
        (lambda: quality_scorecard(BOOK, valid={"phone": "("}), "must hold a regular expression"),
        (lambda: quality_scorecard(BOOK, valid={"phone": 7}), "must be a regular expression, a pair"),
        (lambda: quality_scorecard(BOOK, max_age_days=-1), "max_age_days must lie in its range"),
        (lambda: quality_scorecard(BOOK, weights={"phone": 1}), "weights must carry the labels"),
        (lambda: quality_scorecard(BOOK[["age"]], weights={"age": 0}), "weights must add up"),
        (lambda: six_tests(ROW.drop(columns="fact")), "must have the columns fact"),
        (lambda: six_tests(ROW.assign(fact=2)), "must hold true or false"),
        (lambda: six_tests(ROW.assign(fact="yes")), "must hold numbers"),
        (lambda: profile_completeness(BOOK, weights={"fone": 1}), "must have the columns fone"),
        (lambda: profile_completeness(BOOK, weights={"age": 0}), "must add up to more than zero"),
        (lambda: profile_completeness(3), "profiles must be a DataFrame"),
        (lambda: freshness(-1, half_life_days=1), "age_days must lie in its range"),
        (lambda: freshness([1, None], half_life_days=1), "age_days must hold numbers only"),
        (lambda: freshness(1, half_life_days=0), "half_life_days must lie in its range"),
        (lambda: fact_half_life([1, 2], [True]), "still_true must be as long as age_days"),
        (lambda: fact_half_life([0, 2], [True, True]), "age_days must lie in its range"),
        (lambda: fact_half_life([1, 2], [False, False]), "at least one fact must still hold"),
        (lambda: fact_half_life([1, 2], [2, 1]), "still_true must hold true or false"),
        (
            lambda: fact_half_life(pd.Series({"a": 1}), pd.Series({"b": True})),
            "still_true must carry the labels",
        ),
        (lambda: review_interval(90, floor=1), "floor must lie in its range"),
        (lambda: review_interval(0), "half_life_days must lie in its range"),
        (lambda: consent_status(7, CONSENTS, **GOOD), "customers must be a list of ids"),
        (lambda: consent_status(["a", "a"], CONSENTS, **GOOD), "customers must not repeat"),
        (lambda: consent_status([("a", 1)], CONSENTS, **GOOD), "customers must be one column of names"),
        (
            lambda: consent_status(["a"], CONSENTS.drop(columns="given"), **GOOD),
            "must have the columns given",
        ),
        (lambda: consent_status(["a"], CONSENTS.assign(given="x"), **GOOD), "must hold dates"),
        (lambda: consent_status(["a"], CONSENTS.assign(withdrawn="x"), **GOOD), "must hold dates"),
        (lambda: consent_status(["a"], CONSENTS.assign(separate="x"), **GOOD), "must hold true or false"),
        (lambda: consent_status(["a"], CONSENTS, purpose="ofers", on="2024-01-01"), "did you mean 'offers'"),
        (lambda: consent_status(["a"], CONSENTS, purpose="offers", on=3), "on must be a day"),
        (lambda: consent_status(["a"], CONSENTS, purpose="offers", on="soon"), "on must be a day"),
        (
            lambda: consent_status(["a"], CONSENTS, **GOOD, birth_dates={"a": "2012"}),
            "birth_dates must hold dates",
        ),
        (lambda: with_consent(7, CONSENTS, **GOOD), "customers must be a DataFrame"),
        (lambda: entropy([0, 0]), "must add up to more than zero"),
        (lambda: entropy([-1, 2]), "shares must lie in its range"),
        (lambda: rank_questions(ANSWERS, ["a"]), "segment must be as long as answers"),
        (lambda: rank_questions(ANSWERS, ["a"] * 4), "at least two segments"),
        (lambda: rank_questions(ANSWERS, ["a", "b", None, "a"]), "segment must hold"),
        (lambda: rank_questions(ANSWERS, SEGMENTS, cost={"gift": 1}), "cost must carry the labels"),
        (lambda: rank_questions(ANSWERS, SEGMENTS, cost={"gift": 1, "pet": 0}), "cost must lie in its range"),
        (lambda: rank_questions(ANSWERS, pd.Series(SEGMENTS, index=list("wxyz"))), "segment must carry"),
        (lambda: update_segments({"a": 0.5, "b": 0.6}, {"a": 1, "b": 1}), "prior must add up to 1"),
        (lambda: update_segments({"a": 1.0}, {"b": 1}), "must carry the labels of prior"),
        (lambda: update_segments({"a": 1.0, "b": 0.0}, {"a": 0, "b": 1}), "some segment must be able"),
        (lambda: update_segments({"a": 1.0}, {"a": 1.5}), "must lie in its range"),
        (lambda: next_question({"a": 1.0}, {}), "at least one question"),
        (
            lambda: next_question({"a": 1.0}, {"q": pd.DataFrame({"y": [0.5]}, index=["a"])}),
            "must add up to 1",
        ),
        (lambda: next_question({"a": 1.0}, {"q": pd.DataFrame({"y": [1.0]}, index=["b"])}), "must carry"),
        (lambda: next_question({"a": 1.0}, {"q": 7}), "must be a DataFrame"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
