"""Unit tests of scikit-uplift 0.5 (sklift/tests/test_metrics.py), reproduced with this project's names."""

import pytest

from casekit.selling import (
    perfect_qini_curve,
    perfect_uplift_curve,
    qini_auc,
    qini_curve,
    uplift_auc,
    uplift_curve,
)

OUTCOME, TREATED, TIED = [0, 1, 0], [0, 1, 1], [0.5, 0.5, 0.5]


def points(curve):
    return curve[["contacted", "gain"]].values.tolist()


def test_uplift_curve_of_tied_scores():
    assert points(uplift_curve(OUTCOME, TIED, TREATED)) == [[0, 0], [3, 1.5]]


def test_qini_curve_of_tied_scores():
    assert points(qini_curve(OUTCOME, TIED, TREATED)) == [[0, 0], [3, 1]]


@pytest.mark.parametrize("outcome", [[0, 0, 0], [1, 1, 1]])
def test_curves_are_flat_when_all_outcomes_agree(outcome):
    assert points(uplift_curve(outcome, TIED, TREATED)) == [[0, 0], [3, 0]]
    assert points(qini_curve(outcome, TIED, TREATED)) == [[0, 0], [3, 0]]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (OUTCOME, [[0, 0], [1, 1], [2, 2], [3, 1.5]]),
        ([0, 0, 0], [[0, 0], [1, 0], [3, 0]]),
        ([1, 1, 1], [[0, 0], [2, 2], [3, 0]]),
    ],
)
def test_perfect_uplift_curve(outcome, expected):
    assert points(perfect_uplift_curve(outcome, TREATED)) == expected


@pytest.mark.parametrize(
    ("outcome", "negative_effect", "expected"),
    [
        (OUTCOME, True, [[0, 0], [1, 1], [3, 1]]),
        (OUTCOME, False, [[0, 0], [1, 1], [3, 1]]),
        ([0, 0, 0], True, [[0, 0], [3, 0]]),
        ([0, 0, 0], False, [[0, 0], [0, 0], [3, 0]]),
        ([1, 1, 1], True, [[0, 0], [2, 2], [3, 0]]),
        ([1, 1, 1], False, [[0, 0], [0, 0], [3, 0]]),
    ],
)
def test_perfect_qini_curve(outcome, negative_effect, expected):
    assert points(perfect_qini_curve(outcome, TREATED, negative_effect=negative_effect)) == expected


@pytest.mark.parametrize(
    ("outcome", "treated", "expected"),
    [([1, 1], [0, 1], 1), ([1, 1], [1, 0], -1), ([0, 1], [1, 0], 0), ([1, 0], [0, 1], 1)],
)
def test_uplift_auc_score(outcome, treated, expected):
    assert uplift_auc(outcome, [0.1, 0.3], treated) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("outcome", "treated", "expected"),
    [([1, 1], [0, 1], 1), ([1, 1], [1, 0], 0), ([0, 1], [1, 0], 1), ([1, 0], [0, 1], 1)],
)
def test_qini_auc_score(outcome, treated, expected):
    assert qini_auc(outcome, [0.1, 0.3], treated) == pytest.approx(expected)


def test_curves_of_money():
    """The vectors of the original with an outcome that is not yes or no (0, 1, 2)."""
    score, treated, outcome = [0.75, 1.0, 1.0], [0, 1, 1], [0.0, 1.0, 2.0]
    assert points(uplift_curve(outcome, score, treated)) == [[0, 0], [2, 3], [3, 4.5]]
    assert points(qini_curve(outcome, score, treated)) == [[0, 0], [2, 3], [3, 3]]
