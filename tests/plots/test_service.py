"""The figures of service and of the market show the figures they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from casekit.plots import (
    plot_bass,
    plot_control_chart,
    plot_display_decay,
    plot_display_lift,
    plot_importance_performance,
    plot_pareto,
    plot_recovery_tree,
    plot_rotation,
    plot_staffing,
    plot_waiting_curve,
)
from casekit.selling import best_rotation, display_lift, fit_bass, fit_display_decay
from casekit.service import (
    complaint_pareto,
    importance_performance,
    p_chart,
    recovery_tree,
    staffing_table,
    tarp_cells,
    waiting_curve,
)


@pytest.fixture
def ax():
    return plt.subplots()[1]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_recovery_bars_are_the_branches(ax):
    tree = recovery_tree(
        1000,
        complaint_share=0.4,
        resolved_share=0.5,
        quick_share=0.5,
        repurchase=tarp_cells().loc["under $5"],
    )
    assert plot_recovery_tree(tree, ax=ax) is ax
    widths = [bar.get_width() for bar in ax.patches]
    assert widths[:4] == pytest.approx(tree.branches["retained"].tolist())
    assert widths[4:] == pytest.approx(tree.branches["lost"].tolist())
    assert texts(ax)[0] == "37 % buy again"
    assert ax.get_title() == f"{tree.retained:.0f} of 1,000 buy again"


def test_pareto_line_ends_at_the_total_and_the_vital_stand_out(ax):
    table = complaint_pareto({"late": 6, "rude": 3, "other": 1})
    plot_pareto(table, ylabel="complaints", ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [6, 3, 1]
    line = ax.get_lines()[0]
    assert line.get_ydata().tolist() == pytest.approx([6, 9, 10])
    assert ax.patches[0].get_facecolor() == ax.patches[1].get_facecolor() != ax.patches[2].get_facecolor()
    assert ax.get_title() == "2 of 3 causes make 90 %"
    assert ax.get_ylabel() == "complaints"


def test_control_chart_marks_its_signals(ax):
    chart = p_chart(pd.Series([10, 12, 30, 9], index=pd.date_range("2025-01-01", periods=4, freq="MS")), 100)
    plot_control_chart(chart, ylabel="orders late", ax=ax)
    marked = ax.get_lines()[-1]
    assert marked.get_label() == "signal"
    assert marked.get_ydata().tolist() == [0.3]
    assert ax.get_title() == "1 of 4 periods signal"
    assert ax.get_xticklabels()[0].get_text() == "2025-01"


def test_grid_puts_performance_across_and_importance_up(ax):
    ratings = pd.DataFrame({"importance": [4, 2], "performance": [1, 3]}, index=["speed", "decor"])
    plot_importance_performance(importance_performance(ratings), ax=ax)
    assert ax.collections[0].get_offsets().tolist() == [[1, 4], [3, 2]]
    assert texts(ax)[:2] == ["speed", "decor"]
    assert "concentrate here" in texts(ax)
    level, upright = ax.get_lines()
    assert (level.get_ydata()[0], upright.get_xdata()[0]) == (3, 2)


def test_staffing_marks_the_smallest_crew(ax):
    table = staffing_table(720, handling_seconds=240, target_seconds=15)
    plot_staffing(table, wanted=0.8, ax=ax)
    assert texts(ax) == ["55 agents for 80 %"]
    assert ax.get_lines()[0].get_ydata().tolist() == table["service_level"].tolist()


def test_waiting_curve_rises_and_names_its_targets(ax):
    plot_waiting_curve(waiting_curve([10, 60, 7200], [True, True, True]), targets=["30 s", "2 h"], ax=ax)
    assert np.diff(ax.get_lines()[0].get_ydata()).min() >= 0
    assert [line.get_xdata()[0] for line in ax.get_lines()[1:]] == [30, 7200]
    assert texts(ax) == ["30 s", "2 h"]
    assert "1 min" in [label.get_text() for label in ax.get_xticklabels()]


def test_display_lift_leaves_the_price_out(ax):
    weeks = pd.DataFrame(
        {
            "product": "tea",
            "store": ["A"] * 4 + ["B"] * 4,
            "units": [10, 12, 15, 30, 100, 90, 150, 310],
            "price": [2.0, 2.0, 2.0, 1.0] * 2,
            "display": [False, False, True, True] * 2,
        }
    )
    table = display_lift(weeks)
    plot_display_lift(table, ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["display"]
    crosses = [line for line in ax.get_lines() if line.get_label() == "price not held"]
    assert crosses[0].get_xdata()[0] == table.loc["display", "lift_price_not_held"]


def test_decay_curve_passes_its_half_life(ax):
    lift = [0.8, 0.4, 0.2, 0.1]
    fit = fit_display_decay(lift)
    plot_display_decay(lift, fit, ax=ax)
    assert ax.get_lines()[0].get_ydata().tolist() == lift
    assert ax.get_lines()[-1].get_xdata()[0] == pytest.approx(1, abs=1e-6)
    assert texts(ax) == ["half of it gone after 1 weeks"]


def test_rotation_marks_the_best_period(ax):
    plot_rotation(initial=100, decay=0.5, setup=60, ax=ax)
    point = ax.get_lines()[-1]
    best = best_rotation(initial=100, decay=0.5, setup=60)
    assert (point.get_xdata()[0], point.get_ydata()[0]) == (best.period, best.gain)
    assert max(ax.get_lines()[0].get_ydata()) <= best.gain + 1e-9


def test_bass_bars_are_the_observed(ax):
    seen = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]
    fit = fit_bass(seen)
    plot_bass(fit, ax=ax)
    assert [bar.get_height() for bar in ax.patches] == seen
    assert len(ax.get_lines()[0].get_xdata()) == 15
    assert texts(ax)[0].startswith("peak after 6.6 periods")


@pytest.mark.parametrize("decay", [0.0, 5.0])
def test_rotation_without_a_best_period_still_draws(ax, decay):
    plot_rotation(initial=100, decay=decay, setup=60, ax=ax)
    assert texts(ax) == []
