"""Grades and their agreement on customers few enough to grade by hand."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from casekit.errors import InputError
from casekit.segments import (
    abc_by_rule,
    abc_by_value,
    cohen_kappa,
    compare_gradings,
    confusion_table,
    grade_by_rank,
    rank_correlation,
    top_overlap,
)

FIRMS = pd.DataFrame(
    {"need": [5, 5, 2, None], "budget": [90, 20, 80, 90], "deciders": [1, 2, 6, 1]},
    index=["Hai", "Yun", "Lin", "Wu"],
)
RULES = {"A": {"need": 4, "budget": 50, "deciders": (None, 2)}, "B": {"need": 4}}


def test_first_grade_whose_rules_all_hold():
    assert abc_by_rule(FIRMS, rules=RULES).tolist() == ["A", "B", "C", "C"]
    assert abc_by_rule(FIRMS, rules={"A": {"need": (2, 4)}}, otherwise="rest")["Lin"] == "A"


def test_abc_by_value_keeps_equals_together():
    grades = abc_by_value([40, 20, 20, 10, 10])
    assert grades.tolist() == ["A", "A", "A", "B", "B"]
    assert abc_by_value([100, 0]).tolist() == ["A", "C"]


def test_grade_by_rank_cuts_to_size():
    grades = grade_by_rank(range(10), sizes={"A": 0.2, "B": 0.3, "C": 0.5})
    assert grades.tolist() == ["C"] * 5 + ["B"] * 3 + ["A"] * 2


def test_confusion_matches_by_label():
    first = pd.Series({"x": "A", "y": "B"})
    second = pd.Series({"y": "B", "x": "A"})
    assert confusion_table(first, second).to_numpy().tolist() == [[1, 0], [0, 1]]
    assert confusion_table(["B"], ["A"], grades=["A", "B", "C"]).loc["B", "A"] == 1


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_kappa_agrees_with_scikit_learn(weights):
    rng = np.random.default_rng(3)
    first = rng.integers(0, 4, 60)
    second = np.clip(first + rng.integers(-1, 2, 60), 0, 3)
    ours = cohen_kappa(confusion_table(first, second, grades=range(4)), weights=weights)
    assert ours.kappa == pytest.approx(cohen_kappa_score(first, second, weights=weights))
    assert ours.low < ours.kappa < ours.high


def test_kappa_interval_covers_what_resampling_shows():
    table = pd.DataFrame([[30, 6], [9, 25]])
    rng = np.random.default_rng(5)
    draws = rng.multinomial(70, table.to_numpy().ravel() / 70, 1500).reshape(-1, 2, 2)
    spread = np.std([cohen_kappa(draw).kappa for draw in draws])
    assert cohen_kappa(table).standard_error == pytest.approx(spread, rel=0.08)


def test_kappa_of_shares_has_no_interval_without_n():
    assert np.isnan(cohen_kappa([[0.4, 0.1], [0.1, 0.4]]).standard_error)
    assert cohen_kappa([[0.4, 0.1], [0.1, 0.4]], n=100).standard_error > 0


def test_rank_correlations_of_opposites():
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert rank_correlation([1, 2, 3], [3, 2, 1], method="kendall") == pytest.approx(-1)


def test_ties_on_the_edge_share_the_places_left():
    assert top_overlap([5, 1, 1, 1], [5, 4, 3, 2], share=0.5) == pytest.approx((1 + 1 / 3) / 2)


def test_every_pair_is_compared():
    scores = pd.DataFrame(
        {"rule": [3, 2, 1, 1, 1], "rfm": [555, 444, 333, 111, 112], "value": [1.0, 2, 3, 4, 5]}
    )
    found = compare_gradings(scores)
    assert found[["first", "second"]].to_numpy().tolist() == [
        ["rule", "rfm"],
        ["rule", "value"],
        ["rfm", "value"],
    ]
    assert found.loc[1, "spearman"] < 0 < found.loc[0, "spearman"]


ONE = [[5, 0], [0, 0]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: abc_by_rule(FIRMS, rules={}), "rules must name at least one grade"),
        (lambda: abc_by_rule(FIRMS, rules={"A": {"size": 1}}), "must have the columns size"),
        (lambda: abc_by_rule(FIRMS, rules={"A": {}}), "must ask for something"),
        (lambda: abc_by_rule(FIRMS, rules=RULES, otherwise=object()), "otherwise must be a text"),
        (lambda: abc_by_rule(FIRMS, rules={"A": {"need": (4, 2)}}), "must not end below its beginning"),
        (lambda: abc_by_rule(FIRMS, rules={"A": {"need": (4, 2, 1)}}), "must be a number or a pair"),
        (lambda: abc_by_rule(FIRMS, rules={"A": {"need": "high"}}), "must be a number"),
        (lambda: abc_by_rule(FIRMS.assign(need="x"), rules=RULES), "must hold numbers"),
        (lambda: abc_by_value([1, -1]), "values must lie in its range"),
        (lambda: abc_by_value([0, 0]), "values must add up to more than zero"),
        (lambda: abc_by_value([1, 2], shares=(0.9, 0.5)), "shares must rise"),
        (lambda: abc_by_value([1, 2], shares=(0.9,)), "shares must be a pair"),
        (lambda: abc_by_value([1, 2], shares=(80, 95)), "shares must lie in its range"),
        (lambda: grade_by_rank([1, None], sizes={"A": 1}), "score must hold numbers only"),
        (lambda: grade_by_rank([1, 2], sizes={"A": 0.5, "B": 0.6}), "sizes must add up to 1"),
        (lambda: confusion_table(["A"], ["A", "B"]), "second must be as long as first"),
        (lambda: confusion_table(["A", None], ["A", "B"]), "first must hold"),
        (lambda: confusion_table([], []), "first must have at least one row"),
        (lambda: confusion_table(7, ["A"]), "first must be a list"),
        (lambda: confusion_table(["A"], ["D"], grades=["A", "B"]), "grade must be a known name"),
        (lambda: confusion_table(pd.Series({"x": 1}), pd.Series({"y": 1})), "must carry the labels"),
        (lambda: cohen_kappa([[1, 2, 3], [1, 2, 3]]), "table must be a square table"),
        (lambda: cohen_kappa("AB"), "table must be a square table"),
        (lambda: cohen_kappa([[1, -1], [1, 1]]), "table must hold numbers of 0 or more"),
        (lambda: cohen_kappa([[0, 0], [0, 0]]), "at least one customer"),
        (lambda: cohen_kappa(ONE), "must use more than one grade"),
        (lambda: cohen_kappa([[1, 1], [1, 1]], weights="cubic"), "weights must be a known name"),
        (lambda: cohen_kappa([[1, 1], [1, 1]], weights=np.ones((3, 3)) - np.eye(3)), "as large as table"),
        (lambda: cohen_kappa([[1, 1], [1, 1]], weights=np.ones((2, 2))), "must be 0 on the diagonal"),
        (lambda: cohen_kappa([[1, 1], [1, 1]], level=1), "level must lie in its range"),
        (lambda: cohen_kappa([[1, 1], [1, 1]], n=0), "n must lie in its range"),
        (lambda: rank_correlation([1, 2], [1, 2], method="pearson"), "method must be a known name"),
        (lambda: rank_correlation([1], [1]), "at least two customers"),
        (lambda: rank_correlation([1, 1], [1, 2]), "first must differ between customers"),
        (lambda: rank_correlation([1, 2], ["a", "b"]), "second must hold numbers"),
        (lambda: top_overlap([1, 2], [1, 2], share=0), "share must lie in its range"),
        (lambda: top_overlap([1, 2], ["a", 2]), "second must hold numbers"),
        (lambda: compare_gradings(pd.DataFrame({"a": [1, 2]})), "at least two columns"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
