"""Kano: ten respondents and the table they make."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import (
    KANO_ANSWERS,
    KANO_TABLE,
    fong_test,
    kano_average,
    kano_categories,
    kano_coefficients,
    kano_counts,
    kano_intervals,
    kano_results,
)

COUNTS = pd.DataFrame(
    {"M": [50, 30, 1], "O": [30, 25, 1], "A": [8, 5, 3], "I": [10, 40, 4], "R": [1, 0, 21], "Q": [1, 0, 0]},
    index=["grip", "seat", "logo"],
)


def pair(functional, dysfunctional, feature="wifi"):
    return pd.DataFrame({"feature": [feature], "functional": [functional], "dysfunctional": [dysfunctional]})


def test_every_cell_of_the_table_is_read():
    cells = [(yes, no) for yes in KANO_ANSWERS for no in KANO_ANSWERS]
    answers = pd.DataFrame(cells, columns=["functional", "dysfunctional"])
    assert "".join(kano_categories(answers)["category"]) == "QAAAORIIIMRIIIMRIIIMRRRRQ"


@pytest.mark.parametrize(
    ("yes", "no", "category"),
    [
        (1, 5, "O"),
        ("1", 2.0, "A"),
        ("Like ", "MUST_BE", "A"),
        ("喜欢", "不喜欢", "O"),
        ("能忍受", "无所谓", "I"),
        ("3.0", "I dislike it that way", "M"),
    ],
)
def test_answers_in_many_spellings(yes, no, category):
    assert kano_categories(pair(yes, no))["category"].tolist() == [category]


def test_counts_keep_the_order_of_features_and_inputs_stay():
    answers = pd.concat([pair(1, 5, "z"), pair(3, 5, "b"), pair(1, 1, "z")], ignore_index=True)
    before = answers.copy()
    counts = kano_counts(answers)
    assert counts.index.tolist() == ["z", "b"]
    assert counts.loc["z"].to_dict() == {"M": 0, "O": 1, "A": 0, "I": 0, "R": 0, "Q": 1}
    pd.testing.assert_frame_equal(answers, before)


def test_another_evaluation_table_can_be_used():
    strict = KANO_TABLE.copy()
    strict.loc["must-be", "must-be"] = "Q"
    assert kano_categories(pair(2, 2), table=strict)["category"].tolist() == ["Q"]


def test_coefficients_by_hand():
    found = kano_coefficients(COUNTS)
    assert found["better"].tolist() == pytest.approx([38 / 98, 0.3, 4 / 9])
    assert found["worse"].tolist() == pytest.approx([-80 / 98, -0.55, -2 / 9])


def test_results_by_hand():
    found = kano_results(COUNTS)
    assert found["category"].tolist() == ["M", "I", "R"]
    assert found["grade"].tolist() == ["M", "M", "R"]
    assert found["distinct"].tolist() == [True, False, True]
    assert found["category_strength"].tolist() == pytest.approx([0.2, 0.1, 17 / 30])
    assert found["total_strength"].tolist() == pytest.approx([0.88, 0.6, 5 / 30])
    assert found["questionable"].tolist() == pytest.approx([0.01, 0, 0])


def test_fong_limit_by_hand():
    # a = 50, b = 30, N = 100: 1.65 * sqrt(80 * 120 / 200)
    found = fong_test(COUNTS.loc[["grip"]])
    assert found[["first", "second"]].values.tolist() == [["M", "O"]]
    assert found["limit"].iloc[0] == pytest.approx(1.65 * 48**0.5)


def test_ties_go_to_what_matters_more():
    assert kano_results({"M": 4, "O": 4, "A": 4, "I": 4})["category"].tolist() == ["M"]
    assert not fong_test({"M": 4, "O": 4, "A": 0, "I": 0})["distinct"].iloc[0]


def test_averages_leave_out_contradictions():
    answers = pd.concat([pair(1, 5), pair(1, 1), pair(3, 4)], ignore_index=True)
    found = kano_average(answers).loc["wifi"]
    assert found[["respondents", "dissatisfaction", "satisfaction"]].tolist() == [2, 3, 2]
    assert found["satisfaction_error"] == pytest.approx(2.0)


def test_all_of_one_mind_reach_the_end_of_the_scale():
    found = kano_intervals({"M": 0, "O": 0, "A": 12, "I": 0}).iloc[0]
    assert (found["better"], found["better_high"], found["worse_high"]) == (1, 1, 0)
    assert 0.7 < found["better_low"] < 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: kano_categories(pair("maybe", 5)),
            r"functional must hold one of the five answers, got 'maybe'",
        ),
        (lambda: kano_categories(pair(1, None)), r"dysfunctional must hold one of the five answers"),
        (lambda: kano_categories(pair(True, 0)), r"got True\."),
        (lambda: kano_categories(pair(1, 6)), r"Allowed: like, must-be"),
        (lambda: kano_categories(pair(1, 5).drop(columns="functional")), r"must have the columns functional"),
        (
            lambda: kano_categories(pair(1, 5), table=KANO_TABLE.iloc[:4]),
            r"table.index must carry the labels",
        ),
        (
            lambda: kano_categories(pair(1, 5), table=KANO_TABLE.replace("Q", "X")),
            r"letters of the categories, got 'X'",
        ),
        (lambda: kano_counts(pair(1, 5).drop(columns="feature")), r"must have the columns feature"),
        (lambda: kano_average(pair(1, 1)), r"must not contradict themselves"),
        (lambda: kano_average(pair("x", 1)), r"one of the five answers"),
        (lambda: kano_coefficients({"M": 1, "O": 1, "A": 1}), r"must have the columns I"),
        (lambda: kano_coefficients({"M": -1, "O": 1, "A": 1, "I": 1}), r"M must lie in its range"),
        (lambda: kano_coefficients(COUNTS * 0), r"must have an answer M, O, A or I"),
        (lambda: kano_coefficients(COUNTS.assign(B=1)), r"category must be a known name, got 'B'"),
        (lambda: kano_coefficients(COUNTS.iloc[[0, 0]]), r"feature must not repeat"),
        (lambda: kano_intervals(COUNTS / 2), r"whole numbers of respondents"),
        (lambda: kano_intervals(COUNTS, level=95), r"level must lie in its range"),
        (lambda: fong_test(COUNTS, factor=0), r"factor must lie in its range"),
        (lambda: kano_results(COUNTS, level=1), r"level must lie in its range"),
    ],
)
def test_bad_kano_data_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
