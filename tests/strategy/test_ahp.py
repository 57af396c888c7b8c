"""The analytic hierarchy process on matrices that can be checked by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.strategy import (
    aggregate_judgements,
    ahp_consistency,
    ahp_weights,
    comparison_matrix,
    judge_consistency,
    judgement_gaps,
    random_index,
)

CONSISTENT = {("A", "B"): 2, ("A", "C"): 4, ("B", "C"): 2}


def test_reciprocals_are_filled_in():
    matrix = comparison_matrix(CONSISTENT)
    assert matrix.loc["C"].tolist() == [0.25, 0.5, 1.0]


def test_dict_frame_and_square_table_say_the_same():
    frame = pd.DataFrame(
        [(left, right, value) for (left, right), value in CONSISTENT.items()],
        columns=["left", "right", "value"],
    )
    square = comparison_matrix(CONSISTENT)
    half = square.where(np.triu(np.ones((3, 3), dtype=bool)))
    for judgements in (frame, square, half):
        pd.testing.assert_frame_equal(comparison_matrix(judgements), square)


def test_items_set_the_order():
    assert comparison_matrix(CONSISTENT, items=["C", "A", "B"]).columns.tolist() == ["C", "A", "B"]
    assert ahp_weights(comparison_matrix(CONSISTENT), items=["C", "A", "B"]).index.tolist() == ["C", "A", "B"]


def test_consistent_judgements_give_back_their_weights():
    assert ahp_weights(CONSISTENT).tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert ahp_consistency(CONSISTENT).ratio == pytest.approx(0, abs=1e-9)
    assert ahp_consistency(CONSISTENT).acceptable


def test_a_pair_not_judged_follows_from_the_others():
    chain = {("A", "B"): 2, ("B", "C"): 2}
    assert ahp_weights(chain).tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert ahp_consistency(chain).ratio == 0


def test_a_circle_is_as_inconsistent_as_can_be_seen():
    circle = {("A", "B"): 9, ("B", "C"): 9, ("C", "A"): 9}
    found = ahp_consistency(circle)
    assert ahp_weights(circle).tolist() == pytest.approx([1 / 3] * 3)
    assert found.lambda_max == pytest.approx(1 + 9 + 1 / 9)
    assert not found.acceptable


def test_two_items_cannot_contradict():
    assert ahp_consistency({("A", "B"): 7}).ratio == 0
    assert random_index(2) == random_index(1) == 0


def test_missing_pairs_shrink_the_random_index():
    assert random_index(4, missing=1) == pytest.approx(0.90 * (1 - 2 / 6))
    assert random_index(4, missing=3) == 0


@pytest.mark.parametrize(("n", "draws"), [(3, 40_000), (5, 20_000)])
def test_random_judgements_have_the_random_index(n, draws):
    """Average consistency index of random matrices on Saaty's 17 values."""
    rng = np.random.default_rng(7)
    scale = np.array([*range(1, 10), *(1 / k for k in range(2, 10))])
    upper = np.triu(rng.choice(scale, size=(draws, n, n)), 1)
    lower = np.where(upper > 0, 1 / np.where(upper > 0, upper, 1), 0).transpose(0, 2, 1)
    roots = np.linalg.eigvals(upper + lower + np.eye(n)).real.max(axis=1)
    simulated = ((roots - n) / (n - 1)).mean()
    assert simulated == pytest.approx(random_index(n, table="alonso-lamata"), abs=0.012)


def test_the_pair_that_contradicts_most_comes_first():
    said = {("A", "B"): 2, ("A", "C"): 4, ("A", "D"): 2, ("B", "C"): 2, ("B", "D"): 4, ("C", "D"): 2}
    worst = judgement_gaps(said).iloc[0]
    assert (worst["left"], worst["right"], worst["judged"]) == ("A", "D", 2)
    assert worst["implied"] == pytest.approx(2 * worst["factor"])


def test_judges_are_joined_by_the_geometric_mean():
    group = aggregate_judgements([{("A", "B"): 9}, {("A", "B"): 1}, {("B", "A"): 3}])
    assert group.loc["A", "B"] == pytest.approx(3 ** (1 / 3))
    assert group.loc["B", "A"] == pytest.approx(3 ** (-1 / 3))


def test_a_pair_that_one_judge_left_out_is_the_others():
    judges = [CONSISTENT, {("A", "B"): 8, ("B", "C"): 2}]
    group = aggregate_judgements(judges)
    assert group.loc["A", "C"] == 4
    assert group.loc["A", "B"] == 4


LONG = pd.DataFrame(
    [
        *[("x", "A", "B", 2), ("x", "B", "C", 2), ("x", "A", "C", 4)],
        *[("y", "A", "B", 9), ("y", "B", "C", 9), ("y", "C", "A", 9)],
    ],
    columns=["judge", "left", "right", "value"],
)


def test_one_frame_of_all_judges():
    found = judge_consistency(LONG).set_index("judge")
    assert found.loc["x", "ratio"] == pytest.approx(0, abs=1e-9)
    assert not found.loc["y", "acceptable"]
    assert found.loc["group", "pairs"] == 3
    pd.testing.assert_frame_equal(
        aggregate_judgements(LONG),
        aggregate_judgements([LONG[:3].drop(columns="judge"), LONG[3:].drop(columns="judge")]),
    )


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({("A", "B"): 0}, r"above zero, got 0[\s\S]*A : B"),
        ({("A", "B"): -3}, r"above zero, got -3[\s\S]*1/3"),
        ({("A", "B"): "x"}, r"above zero, got 'x'"),
        ({("A", "A"): 2}, r"an item must equal itself, got 2"),
        ({("A", "B"): 2, ("B", "A"): 2}, r"judged in two ways, got 0.5 and 2|judged in two ways"),
        ({"AB": 2}, r"a dict keyed by pairs"),
        ([[1, 3], [0.5, 1]], r"must be reciprocal[^\n]*got 3 × 0.5[\s\S]*0 : 1"),
        ([[1, -3], [1, 1]], r"above zero, got -3"),
        (pd.DataFrame({"left": ["A"], "right": ["B"]}), r"must have the columns value"),
    ],
)
def test_bad_judgements_are_located(bad, message):
    with pytest.raises(InputError, match=message):
        comparison_matrix(bad)


def test_more_bad_input_is_named():
    with pytest.raises(InputError, match="known items, got A : C"):
        comparison_matrix({("A", "C"): 2}, items=["A", "B"])
    with pytest.raises(InputError, match="items must be as long as judgements, got 3 and 2"):
        comparison_matrix([[1, 2], [0.5, 1]], items=["A", "B", "C"])
    with pytest.raises(InputError, match="got C, D compared with none of the rest"):
        ahp_weights({("A", "B"): 2, ("C", "D"): 2})
    with pytest.raises(InputError, match="table must be a known name, got 'sati'"):
        random_index(3, table="sati")
    with pytest.raises(InputError, match="at least one judge"):
        aggregate_judgements([])
    with pytest.raises(InputError, match=r"same items[\s\S]*judge 2"):
        aggregate_judgements([{("A", "B"): 2}, {("A", "C"): 2}])


def test_judgements_beyond_nine_warn():
    with pytest.warns(CasekitWarning, match="exceed 9"):
        ahp_weights({("A", "B"): 20})
