"""Uplift on a campaign of eight, and what the curves refuse."""

import numpy as np
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.selling import (
    perfect_uplift_curve,
    qini_auc,
    qini_curve,
    treatment_effect,
    uplift_auc,
    uplift_by_group,
    uplift_curve,
)

BOUGHT = [1, 1, 0, 0, 1, 0, 0, 0]
CALLED = [1, 1, 1, 1, 0, 0, 0, 0]
SCORE = [8, 7, 2, 1, 3, 6, 5, 4]


def test_effect_is_the_difference_of_means():
    result = treatment_effect(BOUGHT, CALLED)
    assert result["effect"] == 0.25
    assert result["standard_error"] == pytest.approx(np.sqrt(0.25 / 4 + 0.1875 / 4))
    assert result["low"] < result["effect"] < result["high"]


def test_qini_curve_by_hand():
    curve = qini_curve(BOUGHT, SCORE, CALLED)
    # first two called bought, nobody uncalled yet; at the end 2 - 1 * 4 / 4
    assert curve["gain"].tolist()[:3] == [0, 1, 2]
    assert curve["gain"].iloc[-1] == 1


def test_uplift_curve_by_hand():
    curve = uplift_curve(BOUGHT, SCORE, CALLED)
    assert curve["gain"].iloc[3] == 3  # (2 / 2 - 0 / 1) of three clients
    assert curve["gain"].iloc[-1] == 8 * 0.25


def test_groups_are_sorted_best_first_and_of_equal_size():
    table = uplift_by_group(BOUGHT, [4, 3, 1, 0, 2, 1.5, 3.5, 2.5], CALLED, groups=2)
    assert table["clients"].tolist() == [4, 4]
    assert table["called"].tolist() == [1, 0]
    assert table["not_called"].tolist() == [0, 0.5]
    assert table["uplift"].tolist() == [1, -0.5]


def test_no_coefficient_where_a_perfect_score_is_chance():
    with pytest.warns(CasekitWarning, match="qini_auc: a perfect score would do no better than chance"):
        assert np.isnan(qini_auc([0, 0], [1, 2], [0, 1]))


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (uplift_curve, ([1, 0], [1, 2], [1, 1]), "treated must hold both true and false"),
        (uplift_curve, ([1, 0], [1, 2], [1, 3]), "treated must hold true or false"),
        (qini_curve, ([1, 0, 1], [1, 2], [1, 0]), "outcome must be as long as treated"),
        (qini_curve, ([1, 0], [1], [1, 0]), "score must be as long as treated"),
        (uplift_auc, ([1, 5], [1, 2], [1, 0]), "outcome must hold true or false"),
        (perfect_uplift_curve, ([1, 5], [1, 0]), "outcome must hold true or false"),
        (treatment_effect, ([1, None], [1, 0]), "outcome must hold numbers only"),
    ],
)
def test_bad_input_is_named(function, arguments, message):
    with pytest.raises(InputError, match=message):
        function(*arguments)


def test_groups_must_be_two_or_more():
    with pytest.raises(InputError, match="groups must lie in its range"):
        uplift_by_group(BOUGHT, SCORE, CALLED, groups=1)
