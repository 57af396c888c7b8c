"""Scores, charts, grids and scales by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning
from casekit.service import (
    compare_nps,
    cronbach_alpha,
    derived_importance,
    importance_performance,
    net_promoter_score,
    nps_chart,
    nps_from_counts,
    p_chart,
    peak_end,
    relationship_quality,
    servqual_gaps,
    share_satisfied,
    u_chart,
)


def test_the_marks_that_promote_and_detract():
    found = net_promoter_score(list(range(11)))
    assert (found.promoters, found.passives, found.detractors) == pytest.approx((2 / 11, 2 / 11, 7 / 11))


def test_interval_stays_within_minus_one_and_one():
    found = nps_from_counts(promoters=3, passives=0, detractors=1)
    assert found.high == 1
    with pytest.warns(CasekitWarning, match="nps_from_counts: all answered alike"):
        assert nps_from_counts(promoters=5, passives=0, detractors=0).standard_error == 0
    with pytest.warns(CasekitWarning, match="net_promoter_score: all answered alike"):
        net_promoter_score([9, 9, 10])


def test_comparing_a_score_with_itself():
    score = nps_from_counts(promoters=3, passives=4, detractors=3)
    assert compare_nps(score, score)["difference"] == 0
    assert compare_nps(score, score)["p_value"] == 1
    with pytest.warns(CasekitWarning, match="no width"):
        sure = nps_from_counts(promoters=5, passives=0, detractors=0)
        assert np.isnan(compare_nps(sure, sure)["p_value"])


def test_csat_on_other_scales():
    assert share_satisfied([10, 7, 1], satisfied_from=7, scale=(1, 10)).estimate == pytest.approx(2 / 3)


def test_peak_end_takes_the_bad_peak_too():
    assert peak_end([3, 1, 4], neutral=3)["peak"] == 1


def test_limits_follow_the_size_of_each_period():
    chart = p_chart([10, 40], [100, 400])
    assert chart["upper"].tolist() == pytest.approx([0.1 + 3 * 0.03, 0.1 + 3 * 0.015])


def test_a_run_of_eight_is_a_signal_and_seven_is_not():
    eight = p_chart([12] * 8 + [4] * 2, 100, centre=0.1)
    assert eight["reason"].tolist() == [""] * 7 + ["run"] + [""] * 2
    assert not p_chart([12] * 7 + [8], 100, centre=0.1)["signal"].any()


def test_points_on_the_centre_make_no_run():
    assert not p_chart([10] * 20, 100, centre=0.1)["signal"].any()


def test_u_chart_by_hand():
    chart = u_chart([9, 9], [1, 9])
    assert chart["rate"].tolist() == [9, 1]
    assert chart["upper"].tolist() == pytest.approx([1.8 + 3 * 1.8**0.5, 1.8 + 3 * (1.8 / 9) ** 0.5])
    assert chart["reason"].tolist() == ["above", ""]


def test_nps_chart_by_hand():
    counts = pd.DataFrame({"promoters": [50, 50], "passives": [30, 30], "detractors": [20, 20]})
    chart = nps_chart(counts)
    assert chart["centre"].iloc[0] == pytest.approx(0.3)
    assert chart["upper"].iloc[0] == pytest.approx(0.3 + 3 * (0.61 / 100) ** 0.5)


def test_cut_can_be_given():
    ratings = pd.DataFrame({"importance": [4, 5], "performance": [4, 5]}, index=["A", "B"])
    assert importance_performance(ratings, cut=(3, 3))["quadrant"].tolist() == ["keep up the good work"] * 2
    assert importance_performance(ratings, cut="median")["quadrant"].tolist() == [
        "low priority",
        "keep up the good work",
    ]


def test_derived_importance_does_not_mind_labels_of_rows():
    ratings = pd.DataFrame({"speed": [1, 2, 3]}, index=[7, 8, 9])
    assert derived_importance(ratings, [1, 2, 3]).tolist() == [1.0]


def test_alpha_by_hand():
    """Item variances 1 and 1/3, variance of the total 7/3: 2 (1 - 4/7)."""
    found = cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [2, 2, 3]}))
    assert found.alpha == pytest.approx(2 * (1 - 4 / 7))
    assert found.low < found.alpha < found.high
    assert found.items["alpha_without"].isna().all()


def test_alpha_without_an_item_is_alpha_of_the_rest():
    answers = pd.DataFrame({"a": [1, 2, 3, 5], "b": [2, 2, 3, 4], "c": [5, 1, 4, 2]})
    found = cronbach_alpha(answers)
    assert found.items.loc["c", "alpha_without"] == pytest.approx(cronbach_alpha(answers[["a", "b"]]).alpha)


def test_gaps_in_the_answers_are_left_out():
    answers = pd.DataFrame({"a": [1, 2, 3, None], "b": [2, 2, 3, 4]})
    assert cronbach_alpha(answers).respondents == 3


def test_relationship_quality_by_hand():
    answers = pd.DataFrame({"q1": [5, 3], "q2": [5, 1], "q3": [2, 4]})
    table = relationship_quality(
        answers, {"trust": ["q1", "q2"], "value": ["q3"]}, weights={"value": 0.25, "trust": 0.75}
    )
    assert table["score"].tolist() == pytest.approx([3.5, 3.0, 0.75 * 3.5 + 0.25 * 3])


def test_servqual_points_and_weighted_gap():
    expected = pd.DataFrame({"q1": [7, 7], "q2": [6, 6]})
    met = pd.DataFrame({"q2": [6, 6], "q1": [5, 6]})
    table = servqual_gaps(
        expected, met, {"reliability": ["q1"], "empathy": ["q2"]}, weights={"reliability": 60, "empathy": 40}
    )
    assert table["gap"].tolist() == pytest.approx([-1.5, 0, -0.9])
    assert table["weighted_gap"].iloc[:2].sum() == pytest.approx(table.loc["overall", "weighted_gap"])
