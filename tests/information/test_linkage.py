"""Entity resolution: pairs, weights and the EM algorithm on planted duplicates."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import (
    blocking_quality,
    candidate_pairs,
    chance_agreement,
    compare_pairs,
    fit_match_model,
    jaro_similarity,
    jaro_winkler_similarity,
    link_quality,
    match_model,
    match_probability,
    match_weight,
    merge_matches,
    score_pairs,
    true_pairs,
)

BOOK = pd.DataFrame(
    {
        "name": ["Martha Lee", "Marhta Lee", "Xu Bo", "Li Na", None],
        "phone": ["1", "1", "2", " ", "2"],
        "city": ["Lhasa", "Lhasa", "Lhasa", "Xi'an", "Xi'an"],
    },
    index=list("abcde"),
)
PAIRS = pd.MultiIndex.from_tuples([("a", "b"), ("c", "e")], names=["left", "right"])


def test_blocking_takes_the_union_of_its_rules():
    assert candidate_pairs(BOOK, blocks=["phone"]).tolist() == [("a", "b"), ("c", "e")]
    assert candidate_pairs(BOOK, blocks=[["phone", "city"]]).tolist() == [("a", "b")]
    both = candidate_pairs(BOOK, blocks=["phone", "city"])
    assert both.tolist() == [("a", "b"), ("a", "c"), ("b", "c"), ("c", "e"), ("d", "e")]


def test_blocking_quality_by_hand():
    found = blocking_quality(PAIRS, [("b", "a"), ("a", "c")], n_records=5)
    assert found.tolist() == [2, 0.8, 0.5]


def test_levels_of_likeness_and_missing_values():
    levels = compare_pairs(BOOK, PAIRS, rules={"name": [0.9, 1.0], "phone": "exact", "city": "exact"})
    assert levels.fillna(-1).to_numpy().tolist() == [[1, 1, 1], [-1, 1, 0]]


def test_weights_add_up_and_missing_fields_weigh_nothing():
    model = match_model(
        {"name": [0.1, 0.2, 0.7], "phone": 0.9}, {"name": [0.9, 0.05, 0.05], "phone": 0.01}, prior=0.2
    )
    levels = pd.DataFrame({"name": [2, None], "phone": [1, 0]}, index=PAIRS)
    scored = score_pairs(levels, model)
    assert scored["name"].tolist() == pytest.approx([np.log2(14), 0])
    assert scored["weight"].iloc[0] == pytest.approx(np.log2(14) + np.log2(90) - 2)
    odds = 14 * 90 * 0.25
    assert scored["probability"].iloc[0] == pytest.approx(odds / (1 + odds))


def planted(rng, n=4000, prior=0.15):
    match = rng.random(n) < prior
    m, u = np.array([0.95, 0.85, 0.9, 0.7]), np.array([0.02, 0.1, 0.3, 0.05])
    agree = rng.random((n, 4)) < np.where(match[:, None], m, u)
    levels = pd.DataFrame(agree.astype(float), columns=["name", "day", "city", "phone"])
    return levels.mask(rng.random((n, 4)) < 0.05), match, m, u


def test_em_recovers_the_planted_shares():
    levels, match, m, u = planted(np.random.default_rng(4))
    model = fit_match_model(levels)
    assert model.prior == pytest.approx(match.mean(), abs=0.02)
    assert [shares[1] for shares in model.m.values()] == pytest.approx(m, abs=0.05)
    assert [shares[1] for shares in model.u.values()] == pytest.approx(u, abs=0.03)
    found = score_pairs(levels, model)["probability"] > 0.5
    assert (found == match).mean() > 0.97


def test_em_with_shares_of_coincidence_kept():
    levels, match, m, u = planted(np.random.default_rng(6))
    fixed = dict(zip(levels.columns, u, strict=True))
    model = fit_match_model(levels[["name", "day"]], u={name: fixed[name] for name in ("name", "day")})
    assert model.u["name"] == pytest.approx((0.98, 0.02))
    assert model.prior == pytest.approx(match.mean(), abs=0.03)


def test_kinds_are_named_right_whatever_the_start():
    levels, match, _m, _u = planted(np.random.default_rng(8))
    model = fit_match_model(levels, prior=0.95)
    assert model.prior == pytest.approx(match.mean(), abs=0.02)


def test_precision_and_recall_by_hand():
    found = link_quality(
        [("a", "b"), ("a", "c"), ("d", "e")], [("b", "a"), ("e", "d"), ("b", "c"), ("a", "d")]
    )
    assert found.tolist() == pytest.approx([2, 1, 2, 2 / 3, 0.5, 4 / 7])
    assert np.isnan(link_quality([], [("a", "b")])["precision"])


def test_merging_follows_chains():
    merged = merge_matches(BOOK, [("e", "c"), ("b", "a"), ("b", "e")])
    assert merged.tolist() == [0, 0, 0, 1, 0]
    assert merge_matches(["x", "y"], []).tolist() == [0, 1]


def test_true_pairs_of_known_customers():
    assert true_pairs({"r1": "W", "r2": "W", "r3": "W", "r4": None}).tolist() == [
        ("r1", "r2"),
        ("r1", "r3"),
        ("r2", "r3"),
    ]
    assert len(true_pairs({"r1": "W", "r2": "X"})) == 0


def test_texts_without_anything_in_common():
    assert jaro_similarity("abc", "xyz") == 0
    assert jaro_similarity("", "") == 1
    assert jaro_similarity("", "a") == 0
    assert jaro_winkler_similarity("王小明", "王小明") == 1


LEVELS = pd.DataFrame({"a": [0, 1, 1], "b": [0, 1, 0], "c": [1, 0, 0]})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: jaro_similarity("a", 3), "second must be a text"),
        (lambda: jaro_winkler_similarity(None, "a"), "first must be a text"),
        (lambda: candidate_pairs(BOOK, blocks=[]), "blocks must hold at least one rule"),
        (lambda: candidate_pairs(BOOK, blocks=["fone"]), "must have the columns fone"),
        (lambda: candidate_pairs(pd.concat([BOOK, BOOK]), blocks=["phone"]), "records.index must not repeat"),
        (lambda: blocking_quality([("a", "a")], [("a", "b")], n_records=3), "pairs must hold pairs"),
        (lambda: blocking_quality(["ab"], [("a", "b")], n_records=3), "pairs must hold pairs"),
        (lambda: blocking_quality([("a", "b")], [], n_records=3), "truth must hold at least one pair"),
        (lambda: blocking_quality([("a", "b")], [("a", "b")], n_records=1), "n_records must lie"),
        (lambda: match_weight(0, 0.5), "m must lie in its range"),
        (lambda: match_weight(0.5, 1.5), "u must lie in its range"),
        (lambda: match_probability([1, None]), "weight must hold numbers only"),
        (lambda: compare_pairs(BOOK, PAIRS, rules={}), "rules must name at least one field"),
        (lambda: compare_pairs(BOOK, PAIRS, rules={"fone": "exact"}), "must have the columns fone"),
        (lambda: compare_pairs(BOOK, PAIRS, rules={"name": "fuzzy"}), "must be a known name"),
        (lambda: compare_pairs(BOOK, PAIRS, rules={"name": [1.0, 0.9]}), "must rise"),
        (lambda: compare_pairs(BOOK.iloc[:2], PAIRS, rules={"name": "exact"}), "pairs must name rows"),
        (lambda: compare_pairs(pd.concat([BOOK, BOOK]), PAIRS, rules={"name": "exact"}), "must not repeat"),
        (lambda: match_model({"a": 0.9}, {"b": 0.1}, prior=0.5), "u must carry the labels of m"),
        (lambda: match_model({"a": 1.0}, {"a": 0.1}, prior=0.5), "must lie in its range"),
        (lambda: match_model({"a": [0.5, 0.4]}, {"a": 0.1}, prior=0.5), "must add up to 1"),
        (lambda: match_model({"a": [0.2, 0.3, 0.5]}, {"a": 0.1}, prior=0.5), "must be as long as"),
        (lambda: match_model({"a": [0.0, 1.0]}, {"a": 0.1}, prior=0.5), "must be above 0"),
        (lambda: match_model({"a": 0.9}, {"a": 0.1}, prior=0), "prior must lie in its range"),
        (lambda: fit_match_model(LEVELS[["a", "b"]]), "at least three fields"),
        (lambda: fit_match_model(LEVELS.assign(a=1)), "each field must show at least two levels"),
        (lambda: fit_match_model(LEVELS.assign(a=[0, 0.5, 1])), "levels must be whole numbers"),
        (lambda: fit_match_model(LEVELS, prior=1), "prior must lie in its range"),
        (lambda: fit_match_model(LEVELS, rounds=0), "rounds must lie in its range"),
        (lambda: fit_match_model(LEVELS, u={"x": 0.1}), "field and levels of u must be a known name"),
        (
            lambda: score_pairs(LEVELS, match_model({"d": 0.9}, {"d": 0.1}, prior=0.5)),
            "must have the columns d",
        ),
        (lambda: score_pairs(LEVELS * 2, match_model({"a": 0.9}, {"a": 0.1}, prior=0.5)), "must lie in its"),
        (lambda: score_pairs(LEVELS / 2, match_model({"a": 0.9}, {"a": 0.1}, prior=0.5)), "must be whole"),
        (lambda: link_quality(7, [("a", "b")]), "found must be a MultiIndex or a list of pairs"),
        (lambda: merge_matches("ab", []), "records must be a DataFrame, Series, Index or list"),
        (lambda: chance_agreement(["a", None]), "at least two values"),
        (lambda: link_quality([("a", "b")], []), "truth must hold at least one pair"),
        (lambda: merge_matches(["a", "a"], []), "records must not repeat"),
        (lambda: merge_matches(["a", "b"], [("a", "z")]), "pairs must name records"),
        (lambda: true_pairs(pd.Series("W", index=["r", "r"])), "entity.index must not repeat"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
