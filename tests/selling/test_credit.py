"""Credit: the ten signs, odds by hand, the two costs of granting."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import (
    cost_by_cut_off,
    credit_warning_signs,
    default_probability,
    grant_credit,
    red_flag_score,
    warning_sign_weights,
)

SEEN = pd.DataFrame({"stock": [1, 1, 0, 1, 0, 0, 0, 0], "mess": [1, 0, 1, 0, 1, 0, 1, 0]})
BAD = [1, 1, 1, 0, 0, 0, 0, 0]


def test_there_are_ten_signs_with_both_names():
    table = credit_warning_signs()
    assert len(table) == 10
    assert table.notna().all().all()
    assert table.index.is_unique


def test_equal_weights_count_the_signs():
    signs = dict.fromkeys(credit_warning_signs().index, False)
    assert red_flag_score({**signs, "high_turnover": True, "untidy_premises": True}).item() == 0.2


def test_weights_by_hand():
    table = warning_sign_weights(SEEN, BAD, prior=0)
    assert table.loc["stock", ["share_defaulted", "share_paid"]].tolist() == pytest.approx([2 / 3, 0.2])
    assert table.loc["stock", "if_present"] == pytest.approx(np.log(10 / 3))
    assert table.loc["stock", "if_absent"] == pytest.approx(np.log((1 / 3) / 0.8))


def test_bayes_by_hand():
    weights = warning_sign_weights(SEEN[["stock"]], BAD, prior=0)
    found = default_probability({"stock": 1}, base_rate=3 / 8, weights=weights).item()
    assert found == pytest.approx(2 / 3)  # of three customers with the sign, two defaulted


def test_doubling_the_odds():
    found = default_probability([{"stock": 1}, {"stock": 0}], base_rate=0.2, weights={"stock": np.log(2)})
    assert found.tolist() == pytest.approx([1 / 3, 0.2])


def test_profit_is_zero_at_break_even():
    even = grant_credit([0.5], credit=800, margin=100, loss_given_default=0.5)["break_even"].item()
    assert even == pytest.approx(0.2)
    table = grant_credit([even, even - 0.01, even + 0.01], credit=800, margin=100, loss_given_default=0.5)
    assert table["expected_profit"].iloc[0] == pytest.approx(0)
    assert table["grant"].tolist() == [False, True, False]


def test_cut_offs_by_hand_ties_share_one():
    table = cost_by_cut_off([0.1, 0.3, 0.3, 0.6], [0, 0, 1, 1], miss=5, false_alarm=1)
    assert table["cut_off"].tolist() == [0.1, 0.3, 0.6, np.inf]
    assert table["refused"].tolist() == [4, 3, 1, 0]
    assert table["cost"].tolist() == pytest.approx([2 / 4, 1 / 4, 5 / 4, 10 / 4])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: red_flag_score({"a": 2}), "must hold true or false"),
        (lambda: red_flag_score({"a": 1}, weights={"b": 1.0}), "must have the columns b"),
        (lambda: red_flag_score({"a": 1, "b": 0}, weights=[0.5, 0.4]), "weights must add up to 1"),
        (lambda: warning_sign_weights(SEEN, [1] * 8), "defaulted must hold both true and false"),
        (lambda: warning_sign_weights(SEEN, [1, 0]), "defaulted must be as long as signs"),
        (lambda: warning_sign_weights(SEEN.assign(mess=1), BAD, prior=0), "or prior must be above 0"),
        (lambda: warning_sign_weights(SEEN, BAD, prior=-1), "prior must lie in its range"),
        (lambda: default_probability({"a": 1}, base_rate=0, weights={"a": 1}), "base_rate must lie"),
        (lambda: default_probability({"b": 1}, base_rate=0.1, weights={"a": 1}), "must have the columns a"),
        (lambda: default_probability({"a": 3}, base_rate=0.1, weights={"a": 1}), "true or false"),
        (lambda: grant_credit([5], credit=1, margin=1), "divide by 100"),
        (lambda: grant_credit([0.5], credit=0, margin=1), "credit must lie in its range"),
        (lambda: grant_credit([0.5], credit=1, margin=-1), "margin must lie in its range"),
        (lambda: grant_credit([0.5], credit=1, margin=1, loss_given_default=0), "must be above 0"),
        (lambda: cost_by_cut_off([0.1, 0.2], [0, 0], miss=1, false_alarm=1), "both true and false"),
        (lambda: cost_by_cut_off([0.1, 0.2], [0, 1], miss=0, false_alarm=1), "miss must lie in its range"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
