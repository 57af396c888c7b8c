"""Gower's similarity by hand, and retrieval of cases."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.information import gower_similarity, nearest_cases

CASES = pd.DataFrame(
    {
        "staff": [20, 120, None],
        "trade": ["food", "steel", "food"],
        "grade": pd.Categorical(["C", "A", "B"], categories=["C", "B", "A"], ordered=True),
        "result": ["won", "lost", "won"],
    },
    index=["Hai", "Yun", "Lin"],
)


def test_mixed_columns_by_hand():
    found = gower_similarity(CASES.drop(columns="result"))
    assert found.loc["Hai", "Yun"] == 0
    assert found.loc["Hai", "Lin"] == pytest.approx((1 + 0.5) / 2)
    assert found.loc["Yun", "Lin"] == pytest.approx((0 + 0.5) / 2)
    assert np.diag(found).tolist() == [1, 1, 1]


def test_weights_and_ranges():
    found = gower_similarity(CASES[["staff", "trade"]], weights={"staff": 3}, ranges={"staff": 200})
    assert found.loc["Hai", "Yun"] == pytest.approx(3 * 0.5 / 4)
    narrow = gower_similarity(CASES[["staff"]], ranges={"staff": 10})
    assert narrow.loc["Hai", "Yun"] == 0


def test_two_absences_say_nothing_in_a_presence_column():
    pair = pd.DataFrame({"yacht": [0, 0, 1], "same": ["x", "y", "y"]})
    assert gower_similarity(pair).iloc[0, 1] == pytest.approx(0.5)
    asymmetric = gower_similarity(pair, presence=["yacht"])
    assert asymmetric.iloc[0, 1] == 0
    assert asymmetric.iloc[1, 2] == pytest.approx(0.5)


def test_missing_marks_of_every_dtype_are_left_out():
    pair = pd.DataFrame(
        {
            "size": pd.array([1, None], dtype="Int64"),
            "kind": pd.array(["x", None], dtype="string"),
            "yacht": [True, None],
            "same": [2.0, 2.0],
        }
    )
    assert gower_similarity(pair, presence="yacht").iloc[0, 1] == 1


def test_no_common_value_is_missing():
    found = gower_similarity([{"a": 1.0, "b": None}, {"a": None, "b": 2.0}])
    assert np.isnan(found.iloc[0, 1])


def test_a_column_without_spread_counts_as_alike():
    assert gower_similarity([{"a": 5}, {"a": 5}]).iloc[0, 1] == 1


def test_retrieval_brings_the_outcome_along():
    found = nearest_cases(CASES, {"trade": "food", "grade": "B"}, top=2)
    assert found.index.tolist() == ["Lin", "Hai"]
    assert found["similarity"].tolist() == pytest.approx([1, 0.75])
    assert found["result"].tolist() == ["won", "won"]
    assert "similarity" not in CASES.columns


def test_retrieval_leaves_out_what_cannot_be_compared():
    assert nearest_cases(CASES, {"staff": 25}, top=9).index.tolist() == ["Hai", "Yun"]
    empty = CASES.assign(staff=np.nan)
    with pytest.warns(CasekitWarning, match="no case in the library has a value"):
        assert nearest_cases(empty, {"staff": 25}).empty


def test_a_trait_without_a_value_is_named_and_not_compared():
    with pytest.warns(CasekitWarning, match="nearest_cases: case has no value for staff"):
        found = nearest_cases(CASES, {"staff": None, "trade": "food"})
    assert found.equals(nearest_cases(CASES, {"trade": "food"}))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gower_similarity("cases"), "first must be a DataFrame"),
        (lambda: gower_similarity(CASES, CASES[["staff"]]), "second must have the columns"),
        (lambda: gower_similarity(CASES, weights={"staf": 1}), "weights must be a known name"),
        (
            lambda: gower_similarity(CASES[["staff"]], weights={"staff": 0}),
            "weights must hold a number above",
        ),
        (lambda: gower_similarity(CASES, weights={"staff": -1}), "must lie in its range"),
        (lambda: gower_similarity(CASES, weights=[1]), "weights must be a mapping"),
        (lambda: gower_similarity(CASES, ranges={"staff": 0}), "must lie in its range"),
        (lambda: gower_similarity(CASES, ranges={"size": 1}), "ranges must be a known name"),
        (lambda: gower_similarity(CASES, presence=["trade"]), "trade must hold True or False"),
        (lambda: gower_similarity(CASES, presence=["yacht"]), "presence must be a known name"),
        (lambda: gower_similarity([{"a": np.inf}, {"a": 1}]), "a must hold numbers only"),
        (lambda: nearest_cases(CASES, {"grade": "Z"}), "grade must be a known name"),
        (lambda: nearest_cases(CASES, {"size": 3}), "must have the columns size"),
        (lambda: nearest_cases(CASES, []), "case must be a dict"),
        (lambda: nearest_cases(CASES, pd.Series({"trade": None})), "a value for at least one trait"),
        (lambda: nearest_cases(CASES, {"staff": 3}, top=0), "top must lie"),
        (lambda: nearest_cases(CASES.assign(similarity=1), {"staff": 3}), "column named similarity"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
