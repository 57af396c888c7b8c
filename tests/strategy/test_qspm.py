"""The strategic planning matrix on two strategies."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.strategy import qspm, qspm_ranking, read_attractiveness, scores_from_links

FACTORS = pd.DataFrame(
    {"code": ["S1", "W1", "O1", "T1"], "weight": [0.6, 0.4, 0.7, 0.3], "rating": [4, 1, 3, 2]}
)
SCORES = pd.DataFrame({"build": [4, "-", 2, 1], "renovate": [1, "–", 3, 4]}, index=["S1", "W1", "O1", "T1"])


def test_totals_by_hand_with_a_dash_left_out():
    table = qspm(FACTORS, SCORES)
    assert table["build"].tolist()[:1] + table["build"].tolist()[2:] == pytest.approx([2.4, 1.4, 0.3])
    assert table.loc["W1"].isna().all()
    ranking = qspm_ranking(FACTORS, SCORES)
    assert ranking["strategy"].tolist() == ["build", "renovate"]
    assert ranking["total"].tolist() == pytest.approx([4.1, 0.6 + 2.1 + 1.2])
    assert ranking["internal"].tolist() == pytest.approx([2.4, 0.6])


def test_equal_totals_share_the_better_rank():
    same = pd.DataFrame({"a": [2, 3], "b": [3, 2]}, index=["S1", "O1"])
    factors = pd.DataFrame({"code": ["S1", "O1"], "weight": [1, 1], "rating": [3, 3]})
    assert qspm_ranking(factors, same)["rank"].tolist() == [1, 1]


def test_factors_without_a_row_do_not_bear_on_the_choice():
    with pytest.warns(CasekitWarning, match="no row for T1, which counts as a dash"):
        table = read_attractiveness(SCORES.drop(index="T1"), list(FACTORS["code"]))
    assert table.loc["T1"].isna().all()


def test_a_code_column_serves_as_index():
    by_column = SCORES.rename_axis("code").reset_index()
    pd.testing.assert_frame_equal(
        read_attractiveness(by_column, list(FACTORS["code"])),
        read_attractiveness(SCORES, list(FACTORS["code"])),
    )


def test_scores_by_rule():
    tows = pd.DataFrame({"strategy": ["SO1", "ST1"], "codes": [("S1", "O1"), ("S1", "T1")]})
    table = scores_from_links(tows, FACTORS)
    assert table.loc["S1"].tolist() == [4, 4]
    assert table.loc["O1"].tolist() == [4, 1]
    assert table.loc["W1"].isna().all()


def test_scores_by_rule_for_directions():
    tows = pd.DataFrame(
        {
            "strategy": ["SO1", "ST1", "WT1"],
            "codes": [("S1", "O1"), ("S1", "T1"), ("W1", "T1")],
            "way": ["p", "q", "p"],
        }
    )
    assert scores_from_links(tows, FACTORS, by="way").loc[["W1", "T1"]].values.tolist() == [[4, 1], [4, 4]]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (SCORES.assign(build=[4, 2, 2, 1]), r"for all strategies or for none[\s\S]*row W1"),
        (SCORES.assign(build=[5, "-", 2, 1]), r"build must lie in its range, got 5[\s\S]*row S1"),
        (SCORES.assign(build=[0, "-", 2, 1]), r"build must lie in its range, got 0"),
        (SCORES.assign(build=["?", "-", 2, 1]), r"build must hold numbers, got '\?'"),
        (SCORES[["build"]], r"two or more strategies, got 1"),
        (SCORES.rename(index={"T1": "T9"}), r"unknown T9"),
        (SCORES.iloc[[0, 0, 2]], r"code must not repeat"),
        (pd.DataFrame({"a": [np.nan], "b": [np.nan]}, index=["S1"]), r"some factor must bear on the choice"),
    ],
)
def test_bad_scores_are_named(bad, message):
    with pytest.raises(InputError, match=message):
        read_attractiveness(bad, list(FACTORS["code"]))
