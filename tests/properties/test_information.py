"""Identities and limits of data quality, linkage, freshness and golden questions."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.information import (
    chance_agreement,
    entropy,
    fact_half_life,
    freshness,
    jaro_similarity,
    jaro_winkler_similarity,
    link_quality,
    match_probability,
    match_weight,
    merge_matches,
    next_question,
    profile_completeness,
    quality_scorecard,
    rank_questions,
    review_interval,
    true_pairs,
    update_segments,
)

few = settings(max_examples=25, deadline=None)
more = settings(max_examples=50, deadline=None)

texts = st.text(alphabet="abcde 王", max_size=8)
counts = st.lists(st.integers(0, 50), min_size=2, max_size=6).filter(lambda found: sum(found) > 0)
rows = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("pq"), st.sampled_from("AB")), min_size=4, max_size=15
)
shares = st.floats(0.001, 0.999)


@few
@given(counts)
def test_entropy_lies_between_sure_and_all_alike(found):
    bits = entropy(found)
    assert 0 <= bits <= math.log2(len(found)) + 1e-9
    assert entropy([count * 7 for count in found]) == pytest.approx(bits)
    assert entropy([*found, 0]) == pytest.approx(bits)
    assert entropy([1] * len(found)) == pytest.approx(math.log2(len(found)))


@few
@given(rows)
def test_gain_is_at_most_the_entropy_and_ignores_the_order_of_rows(found):
    frame = pd.DataFrame(found, columns=["one", "two", "segment"])
    if frame["segment"].nunique() < 2:
        return
    answers = frame[["one", "two"]]
    ranked = rank_questions(answers, frame["segment"])
    assert (ranked["gain"] >= 0).all() and (ranked["share_explained"] <= 1 + 1e-9).all()
    again = rank_questions(answers.iloc[::-1].reset_index(drop=True), frame["segment"].tolist()[::-1])
    assert again["gain"].reindex(ranked.index).tolist() == pytest.approx(ranked["gain"].tolist())
    told = rank_questions(frame[["segment"]], frame["segment"])
    assert told["share_explained"].tolist() == pytest.approx([1])


@few
@given(shares, shares, shares)
def test_posteriors_add_up_and_average_to_the_prior(prior, first, second):
    before = {"a": prior, "b": 1 - prior}
    table = pd.DataFrame({"yes": [first, second], "no": [1 - first, 1 - second]}, index=["a", "b"])
    after = {answer: update_segments(before, table[answer]) for answer in table}
    assert all(found.sum() == pytest.approx(1) for found in after.values())
    chance = table.mul(pd.Series(before), axis=0).sum()
    assert sum(after[answer]["a"] * chance[answer] for answer in table) == pytest.approx(prior)
    gain = next_question(before, {"q": table}).loc["q"]
    assert gain["gain"] + gain["expected_entropy"] == pytest.approx(entropy(before))
    left = sum(chance[answer] * entropy(after[answer]) for answer in table)
    assert gain["expected_entropy"] == pytest.approx(left, abs=1e-9)


@more
@given(texts, texts)
def test_likeness_lies_between_zero_and_one(first, second):
    jaro, winkler = jaro_similarity(first, second), jaro_winkler_similarity(first, second)
    assert 0 <= jaro <= winkler <= 1
    assert (jaro == 1) == (first == second)


@few
@given(shares, shares, shares)
def test_weights_are_odds(m, u, prior):
    assert match_weight(m, u) == pytest.approx(-match_weight(u, m))
    weight = math.log2(prior / (1 - prior)) + match_weight(m, u)
    posterior = prior * m / (prior * m + (1 - prior) * u)
    assert match_probability(weight) == pytest.approx(posterior)
    assert match_probability(weight) + match_probability(-weight) == pytest.approx(1)


@few
@given(st.lists(st.integers(0, 4), min_size=2, max_size=12))
def test_merging_the_true_pairs_gives_back_the_customers(entity):
    known = pd.Series(entity, index=[f"r{place}" for place in range(len(entity))])
    pairs = true_pairs(known)
    merged = merge_matches(known, pairs)
    assert merged.tolist() == pd.factorize(known)[0].tolist()
    if len(pairs):
        assert link_quality(pairs, pairs)[["precision", "recall", "f1"]].tolist() == [1, 1, 1]
    total = len(entity) * (len(entity) - 1) / 2
    assert chance_agreement(entity) == pytest.approx(len(pairs) / total)


@few
@given(st.floats(0, 5000), st.floats(0, 5000), st.floats(1, 2000), st.floats(0.05, 0.95))
def test_freshness_of_two_spells_multiplies(first, second, half_life, floor):
    both = freshness(first + second, half_life_days=half_life)
    parts = freshness(first, half_life_days=half_life) * freshness(second, half_life_days=half_life)
    assert both == pytest.approx(parts, abs=1e-12)
    assert 0 <= both <= 1
    days = review_interval(half_life, floor=floor)
    assert freshness(days, half_life_days=half_life) == pytest.approx(floor)


@few
@given(st.floats(1, 3000), st.integers(1, 20), st.integers(1, 20), st.floats(0.1, 10))
def test_half_life_of_facts_of_one_age_and_in_another_unit(age, held, lost, unit):
    answers = [True] * held + [False] * lost
    expected = age * math.log(2) / math.log((held + lost) / held)
    assert fact_half_life([age] * (held + lost), answers) == pytest.approx(expected, rel=1e-6)
    assert fact_half_life([age * unit] * (held + lost), answers) == pytest.approx(expected * unit, rel=1e-6)


@few
@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "22", "", None]), st.sampled_from(["a", None])),
        min_size=1,
        max_size=9,
    )
)
def test_quality_shares_lie_between_zero_and_one(found):
    frame = pd.DataFrame(found, columns=["phone", "city"])
    card = quality_scorecard(frame, valid={"phone": r"\d"}, unique=["phone"])
    parts = card[["completeness", "validity", "uniqueness", "usable"]]
    assert (parts.isna() | ((parts >= 0) & (parts <= 1))).all().all()
    assert (card["usable"] <= card["completeness"] + 1e-12).all()
    assert profile_completeness(frame).mean() == pytest.approx(card["completeness"].mean())
    assert np.isclose(card["weight"].sum(), 1)
