"""Factor evaluation on lists short enough to check by hand."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import efe_score, factor_scores, ie_cell, ife_score, read_factors, reweight

SHEET = pd.DataFrame(
    {
        "code": ["T1", "S1", "W1", "O1"],
        "factor": ["rent rises", "good site", "one big buyer", "new metro"],
        "weight": [0.4, 0.7, 0.3, 0.6],
        "rating": [2, 4, 1, 3],
    }
)


def change(**columns):
    return SHEET.assign(**columns)


def test_factors_come_in_the_order_of_swot_with_their_side():
    frame = read_factors(SHEET)
    assert frame["code"].tolist() == ["S1", "W1", "O1", "T1"]
    assert frame["side"].tolist() == ["internal", "internal", "external", "external"]
    assert SHEET["code"].tolist() == ["T1", "S1", "W1", "O1"]


def test_scores_by_hand():
    assert ife_score(SHEET) == pytest.approx(0.7 * 4 + 0.3 * 1)
    assert efe_score(SHEET) == pytest.approx(0.6 * 3 + 0.4 * 2)
    assert factor_scores(SHEET)["score"].tolist() == pytest.approx([2.8, 0.3, 1.8, 0.8])


def test_points_become_weights_side_by_side():
    points = change(weight=[20, 70, 30, 30])
    assert read_factors(points, normalise=True)["weight"].tolist() == pytest.approx([0.7, 0.3, 0.6, 0.4])


@pytest.mark.parametrize("words", [["威胁", "优势", "劣势", "机会"], ["threat", "Strengths", "w", "O"]])
def test_kinds_are_understood_in_words(words):
    numbered = change(kind=words, code=["1", "2", "3", "4"])
    assert read_factors(numbered)["kind"].tolist() == ["S", "W", "O", "T"]


def test_plain_numbers_become_codes_of_their_kind():
    sheet = pd.DataFrame(
        {"code": [1, 2, 3, 4], "kind": ["O", "S", "W", "S"], "weight": 1, "rating": [2, 3, 1, 4]}
    )
    assert read_factors(sheet, normalise=True)["code"].tolist() == ["S1", "S2", "W1", "O1"]
    with pytest.raises(InputError, match="code must not repeat, got S1"):
        read_factors(sheet.assign(code=["1", "2", "3", "S1"]), normalise=True)


def test_an_empty_kind_is_read_from_the_code():
    assert read_factors(change(kind=[None, "S", "", None]))["kind"].tolist() == ["S", "W", "O", "T"]


@pytest.mark.parametrize(
    ("ife", "efe", "cell", "advice"),
    [
        (3.5, 3.5, "I", "grow and build"),
        (2.0, 2.0, "V", "hold and maintain"),
        (1.9, 1.9, "IX", "harvest or divest"),
        (1.0, 4.0, "III", "hold and maintain"),
        (3.0, 2.9, "IV", "grow and build"),
        (2.9, 1.5, "VIII", "harvest or divest"),
    ],
)
def test_cells_of_the_internal_external_matrix(ife, efe, cell, advice):
    assert ie_cell(ife, efe) == (cell, advice)


def test_one_weight_changed_keeps_the_proportions_of_the_others():
    sheet = pd.DataFrame(
        {"code": ["S1", "S2", "W1", "O1"], "weight": [0.5, 0.3, 0.2, 1], "rating": [4, 3, 1, 2]}
    )
    assert reweight(sheet, "S1", 0.0)["weight"].tolist() == pytest.approx([0, 0.6, 0.4, 1])
    assert reweight(sheet, "O1", 1.0)["weight"].tolist() == pytest.approx([0.5, 0.3, 0.2, 1])


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (change(code=["T1", "S1", "S1", "O1"]), r"code must not repeat, got S1"),
        (change(code=["T1", "S1", "X9", "O1"]), r"kind must be one of .* got 'X'[\s\S]*row X9"),
        (change(weight=[0.4, 0.7, 0.4, 0.6]), r"internal weights must add up to 1, got 1.1"),
        (change(weight=[40, 70, 30, 60]), r"external weights must add up to 1, got 100[\s\S]*normalise=True"),
        (change(weight=[0.4, 1.3, -0.3, 0.6]), r"weight must lie in its range, got -0.3[\s\S]*row W1"),
        (change(rating=[2, 2, 1, 3]), r"a strength must be rated 3 or 4, got 2[\s\S]*row S1[\s\S]*3 to 4"),
        (change(rating=[2, 4, 3, 3]), r"a weakness must be rated 1 or 2, got 3[\s\S]*row W1"),
        (change(rating=[5, 4, 1, 3]), r"rating must lie in its range, got 5[\s\S]*row T1"),
        (change(rating=[None, 4, 1, 3]), r"rating must hold numbers only"),
        (SHEET.drop(columns="rating"), r"must have the columns rating"),
        (SHEET.iloc[:0], r"must have at least one row"),
    ],
)
def test_bad_sheets_are_named(bad, message):
    with pytest.raises(InputError, match=message):
        read_factors(bad)


def test_weights_of_zero_cannot_be_normalised():
    with pytest.raises(InputError, match="must not all be zero, got internal"):
        read_factors(change(weight=[1, 0, 0, 1]), normalise=True)


def test_a_side_that_is_missing_is_named():
    with pytest.raises(InputError, match=r"ife_score: factors must hold internal ones \(S, W\)"):
        ife_score(SHEET[SHEET["code"].isin(["O1", "T1"])])


def test_bad_arguments_are_named():
    with pytest.raises(InputError, match="efe must lie in its range, got 5"):
        ie_cell(2, 5)
    with pytest.raises(InputError, match="code must be a known name, got 'S7'"):
        reweight(SHEET, "S7", 0.5)
    with pytest.raises(InputError, match="weight must lie in its range, got 50"):
        reweight(SHEET, "S1", 50)
    alone = pd.DataFrame({"code": ["S1", "O1"], "weight": [1, 1], "rating": [4, 2]})
    with pytest.raises(InputError, match="alone on its side must weigh 1"):
        reweight(alone, "S1", 0.5)
