"""Ranking measures on clients few enough to check by hand."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import alift, auc, cumulative_gains, gains_at, lift_at

BOUGHT = pd.Series({"A": True, "B": False, "C": True, "D": False, "E": False})
SCORE = pd.Series({"A": 0.9, "B": 0.7, "C": 0.5, "D": 0.5, "E": 0.1})


def test_auc_counts_pairs_and_half_of_ties():
    # A beats B, D, E; C beats E, ties with D, loses to B: 4.5 of 6 pairs
    assert auc(BOUGHT, SCORE) == 4.5 / 6


def test_gains_share_one_threshold_among_ties():
    curve = cumulative_gains(BOUGHT, SCORE)
    assert curve["contacted_share"].tolist() == [0, 0.2, 0.4, 0.8, 1]
    assert curve["buyer_share"].tolist() == [0, 0.5, 0.5, 1, 1]


def test_a_cut_inside_a_tie_takes_the_average():
    assert gains_at(BOUGHT, SCORE, 0.6) == pytest.approx(0.75)
    assert lift_at(BOUGHT, SCORE, 0.2) == pytest.approx(2.5)


def test_alift_of_a_perfect_and_a_useless_score():
    assert alift(BOUGHT, BOUGHT.astype(float)) == pytest.approx(0.8)
    assert alift(BOUGHT, [1.0] * 5) == pytest.approx(0.5)


def test_series_are_matched_by_label():
    assert auc(BOUGHT, SCORE[::-1]) == auc(BOUGHT, SCORE)


@pytest.mark.parametrize(
    ("bought", "score", "message"),
    [
        ([True, True], [1, 2], "both true and false, got only True"),
        ([True, False], [1, 2, 3], "score must be as long as bought"),
        ([2, 0], [1, 2], "bought must hold true or false, got 2"),
        ([True, False], [1, None], "score must hold numbers only"),
        (["yes", "no"], [1, 2], "bought must hold numbers"),
        (pd.Series([1, 0], ["A", "B"]), pd.Series([1, 2], ["A", "X"]), "labels of bought"),
    ],
)
def test_bad_input_is_named(bought, score, message):
    with pytest.raises(InputError, match=message):
        auc(bought, score)


@pytest.mark.parametrize("share", [0, 1.2])
def test_share_outside_its_range(share):
    with pytest.raises(InputError, match="share must lie in its range"):
        gains_at(BOUGHT, SCORE, share)
