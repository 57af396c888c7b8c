"""The figures of the loyalty case show the figures they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from casekit._text import language
from casekit.loyalty import (
    Effect,
    gain_by_threshold,
    patronage_kept,
    programme_cost,
    programme_return,
    restaurant_perks,
)
from casekit.plots import (
    plot_gain_by_threshold,
    plot_migration,
    plot_patronage_kept,
    plot_programme_waterfall,
    plot_reward_curve,
    plot_state_values,
    plot_threshold_sweep,
    plot_tier_sizes,
)

SIZES = pd.DataFrame(
    {"none": [5, 4], "gold": [1, 2], "watch": [0, 1]}, index=pd.to_datetime(["2024-01-01", "2024-02-01"])
)
SWEEP = pd.DataFrame(
    {"threshold": [1, 2.0], "earning": [5, 3.0], "members": [8, 4.0], "spend_share": [0.9, 0.5]}
)


@pytest.fixture
def ax():
    return plt.subplots()[1]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_tier_sizes_stack_to_all_guests_with_the_best_below(ax):
    assert plot_tier_sizes(SIZES, event=pd.Timestamp("2024-02-01"), event_label="rival", ax=ax) is ax
    best, all_guests = (layer.get_paths()[0].vertices[:, 1].max() for layer in ax.collections)
    assert (best, all_guests) == (2, 6)
    assert "rival" in texts(ax)
    assert ax.get_lines()[0].get_ydata().tolist() == [0, 1]


def test_sweep_shows_both_lines_and_the_threshold_in_force(ax):
    plot_threshold_sweep(SWEEP, current=1.5, label="spend (¥)", ax=ax)
    held, earned, current = ax.get_lines()
    assert held.get_ydata().tolist() == [8, 4]
    assert earned.get_ydata().tolist() == [5, 3]
    assert current.get_xdata() == [1.5, 1.5]
    assert texts(ax) == ["90 %", "50 %"]
    assert ax.get_xlabel() == "spend (¥)"


def test_every_cell_of_the_matrix_is_written(ax):
    matrix = pd.DataFrame([[0.8, 0.2], [0.05, 0.95]], index=["a", "b"], columns=["a", "b"])
    plot_migration(matrix, ax=ax)
    assert texts(ax) == ["80 %", "20 %", "5.0 %", "95 %"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]


def test_state_values_keep_sign_and_order(ax):
    plot_state_values(pd.Series({"gold": 300.0, "lost": -20.0}), currency="$", ax=ax)
    assert [bar.get_width() for bar in ax.patches] == [300, -20]
    assert texts(ax) == ["$300", "−$20"]
    assert ax.yaxis_inverted()


def test_waterfall_steps_down_to_the_gain(ax):
    costs = programme_cost(restaurant_perks(), hourly_cost=60)
    found = Effect(4000, 2000, 6000, standard_error=1000, n_treated=9, n_control=9, level=0.95)
    result = programme_return(found, margin=0.5, cost=float(costs["cost"].sum()))
    plot_programme_waterfall(costs, result, ax=ax)
    bars = ax.patches
    assert bars[0].get_height() == 2000
    assert bars[-2].get_y() == pytest.approx(result.at["estimate", "gain"])
    assert bars[-1].get_height() == pytest.approx(result.at["estimate", "gain"])
    ends = ax.containers[-1].lines[2][0].get_segments()[0][:, 1]
    assert ends.tolist() == pytest.approx([result.at["low", "gain"], result.at["high", "gain"]])


def test_gain_marks_its_best_threshold(ax):
    terms = {"thresholds": [0, 120, 240], "margin": 0.5, "cost": 5}
    curves = [gain_by_threshold([60, 180, 300], lift=lift, **terms) for lift in (0.1, 0.05, 0.2)]
    plot_gain_by_threshold(
        curves[0], low=curves[1], high=curves[2], current=10, other=curves[1], other_label="lean", ax=ax
    )
    best = next(line for line in ax.get_lines() if line.get_marker() == "o")
    assert best.get_xdata()[0] == 10
    assert texts(ax) == ["best: ¥10 a month, 2 members"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["schedule in force", "lean"]


def test_kept_visits_carry_counts_and_intervals(ax):
    plot_patronage_kept(patronage_kept([10, 30, 4, 6], [10, 18, 1, 6], ["a", "a", "b", "b"]), ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a (2)", "b (2)"]
    assert ax.containers[0].lines[0].get_xdata().tolist() == pytest.approx([0.7, 0.7])


def test_reward_curve_of_equal_rewards_is_the_diagonal(ax):
    plot_reward_curve(np.ones(4), [1, 2, 3, 10], ax=ax)
    value, rewards, _equal = ax.get_lines()
    assert rewards.get_ydata().tolist() == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert value.get_ydata()[-2] == pytest.approx(6 / 16)
    assert "rewards got (coefficient 0.00)" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_states_and_kinds_of_loyalty_in_chinese():
    matrix = pd.DataFrame([[0.8, 0.2], [0.0, 1.0]], index=["no tier", "lost"], columns=["no tier", "lost"])
    kept = pd.DataFrame(
        {"customers": 2, "kept": 0.5, "low": 0.4, "high": 0.6}, index=["trust", "none", "lunch club"]
    )
    with language("zh_CN"):
        moves = plot_migration(matrix, ax=plt.subplots()[1])
        visits = plot_patronage_kept(kept, ax=plt.subplots()[1])
        values = plot_state_values(pd.Series({"none": 3.0, "lost": 1.0}), ax=plt.subplots()[1])
        sizes = plot_tier_sizes(SIZES.rename(columns={"none": "no tier"}), ax=plt.subplots()[1])
    assert [label.get_text() for label in moves.get_yticklabels()] == ["无等级", "已流失"]
    words = [label.get_text() for label in visits.get_yticklabels()]
    assert words == ["信赖忠诚（2）", "不忠诚（2）", "lunch club（2）"]
    assert [label.get_text() for label in values.get_yticklabels()] == ["none", "已流失"]
    assert "无等级" in [text.get_text() for text in sizes.get_legend().get_texts()]
