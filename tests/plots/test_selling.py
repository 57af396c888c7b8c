"""Figures of selling, judged by what is drawn on them."""

import numpy as np
import pandas as pd
import pytest

from casekit import plots
from casekit._text import language
from casekit.selling import cumulative_gains, qini_curve, uplift_by_group

BOUGHT, SCORE, CALLED = [1, 1, 0, 0, 1, 0, 0, 0], [8, 7, 2, 1, 3, 6, 5, 4], [1, 1, 1, 1, 0, 0, 0, 0]


def line(ax, label):
    return next(drawn for drawn in ax.lines if drawn.get_label() == label)


def test_gains_curve_runs_from_nobody_to_everybody():
    ax = plots.plot_gains_curves({"score": cumulative_gains(BOUGHT, SCORE)}, share=0.25)
    assert line(ax, "score").get_xydata()[0].tolist() == [0, 0]
    assert line(ax, "score").get_xydata()[-1].tolist() == [1, 1]
    assert any(np.allclose(drawn.get_xdata(), 0.25) for drawn in ax.lines)
    assert ax.get_xlabel() and ax.get_ylabel()


def test_chance_meets_the_curve_at_the_end():
    curve = qini_curve(BOUGHT, SCORE, CALLED)
    ax = plots.plot_uplift_curves({"score": curve}, capacity=3)
    assert line(ax, "chance").get_xydata()[-1].tolist() == [8, curve["gain"].iloc[-1]]


def test_groups_below_zero_are_red():
    table = uplift_by_group(BOUGHT, [4, 3, 1, 0, 2, 1.5, 3.5, 2.5], CALLED, groups=2)
    ax = plots.plot_uplift_by_group(table)
    colours = [bar.get_facecolor() for bar in ax.patches]
    assert len(colours) == 2
    assert colours[0] != colours[1]


def test_triggers_have_a_bar_for_precision_and_recall_each():
    table = pd.DataFrame({"precision": [0.6, 0.1], "recall": [0.4, 0.05]}, index=["own history", "size"])
    ax = plots.plot_trigger_precision(table, base=0.02)
    assert sorted(bar.get_width() for bar in ax.patches) == [0.05, 0.1, 0.4, 0.6]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["own history", "size"]


def test_kinds_fill_each_bar_to_the_number_of_calls():
    counts = pd.DataFrame({"persuadable": [6, 2], "sure thing": [4, 8]}, index=["changed most", "likely"])
    ax = plots.plot_kinds_called(counts)
    assert max(bar.get_x() + bar.get_width() for bar in ax.patches) == 10
    assert len(ax.patches) == 4


@pytest.mark.parametrize(("capacity", "calls", "total"), [(1, 1, 90), (2, 2, 140), (5, 2, 140)])
def test_the_gain_stops_where_a_call_no_longer_pays(capacity, calls, total):
    ax = plots.plot_gain_by_capacity([50, 90, -10], capacity=capacity)
    mark = next(drawn for drawn in ax.lines if drawn.get_marker() == "o")
    assert mark.get_xydata().tolist() == [[calls, total]]
    assert ("one more" in ax.texts[0].get_text()) == (capacity == 1)


def test_what_is_no_gain_is_not_called_one():
    ax = plots.plot_gain_by_capacity([50, 90], capacity=1, measure="money in question")
    assert ax.get_ylabel() == "money in question, ¥"
    assert "gain" not in ax.texts[0].get_text() and "bring" not in ax.texts[0].get_text()


def test_tier_changes_has_a_bar_for_each_month_and_rule():
    changes = pd.DataFrame({"hasty": [5, 6], "patient": [1, 2]}, index=["2025-01", "2025-02"])
    ax = plots.plot_tier_changes(changes)
    assert [bar.get_height() for bar in ax.patches] == [5, 6, 1, 2]


def test_one_client_is_marked_on_the_log_scale():
    ax = plots.plot_growth_of_one([0.5, 1, 1, 2], one=8, label="Mr Xu")
    assert any(np.allclose(drawn.get_xdata(), 3) for drawn in ax.lines)
    assert "Mr Xu" in [text.get_text() for text in ax.texts]
    assert "÷2" in [label.get_text() for label in ax.get_xticklabels()]


def test_kinds_and_axis_in_chinese():
    counts = pd.DataFrame({"persuadable": [3], "sure thing": [2], "other": [1]}, index=["rule"])
    with language("zh_CN"):
        legend = plots.plot_kinds_called(counts).get_legend()
        assert [text.get_text() for text in legend.get_texts()] == ["可说服客户", "必买客户", "other"]
        assert plots.plot_gain_by_capacity([3.0, 1.0], capacity=1).get_ylabel() == "期望收益（¥）"
