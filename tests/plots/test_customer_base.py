"""The figures of the customer base show the numbers they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from casekit._text import language
from casekit.customer_base import BGNBD, check_spend_independence, probability_alive_history
from casekit.plots import (
    plot_alive_history,
    plot_calibration,
    plot_decile_lift,
    plot_frequency_recency,
    plot_purchases_by_count,
    plot_spend_independence,
    plot_tracking,
    plot_value_distribution,
)

MODEL = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)


@pytest.fixture
def ax():
    return plt.subplots()[1]


@pytest.mark.parametrize("horizon", [None, 39])
def test_map_of_customers(ax, horizon):
    plot_frequency_recency(MODEL, T=39, horizon=horizon, max_frequency=4, ax=ax)
    image = ax.get_images()[0]
    shown = np.asarray(image.get_array())
    corner = pd.DataFrame({"frequency": [4], "recency": [39.0], "T": [39.0]})
    expected = (
        MODEL.probability_alive(corner)
        if horizon is None
        else MODEL.conditional_expected_purchases(corner, horizon=horizon)
    )
    assert shown[-1, -1] == pytest.approx(expected[0])
    assert image.get_extent() == [-0.5, 4.5, 0, 39]
    assert "weeks" in ax.get_ylabel()


def test_history_with_its_purchases(ax):
    days = pd.to_datetime(["2024-01-01", "2024-01-15"])
    history = probability_alive_history(days, MODEL, observation_end="2024-03-01")
    plot_alive_history(history, purchases=days, ax=ax)
    line, marks = ax.get_lines()
    assert line.get_ydata().tolist() == history.tolist()
    assert len(marks.get_xdata()) == 2
    assert ax.get_ylim()[1] == pytest.approx(1.02)


def test_counts_stand_side_by_side(ax):
    table = pd.DataFrame({"actual": [5, 2], "expected": [4.5, 2.5]}, index=["0", "1+"])
    plot_purchases_by_count(table, ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [5, 2, 4.5, 2.5]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1+"]


def test_calibration_names_the_customers_behind_each_mean(ax):
    table = pd.DataFrame(
        {"customers": [1411, 64], "actual": [0.2, 6.0], "predicted": [0.3, 5.0]}, index=["0", "7+"]
    )
    plot_calibration(table, ax=ax)
    actual, predicted = ax.get_lines()
    assert actual.get_ydata().tolist() == [0.2, 6.0]
    assert predicted.get_ydata().tolist() == [0.3, 5.0]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0\n(1,411)", "7+\n(64)"]


@pytest.mark.parametrize("cumulative", [True, False])
def test_tracking_marks_the_holdout(ax, cumulative):
    tracked = pd.DataFrame(
        {
            "end": pd.to_datetime(["2024-01-07", "2024-01-14", "2024-01-21"]),
            "actual": [1, 2, 3],
            "expected": [1.5, 2.0, 2.5],
            "actual_cumulative": [1, 3, 6],
            "expected_cumulative": [1.5, 3.5, 6.0],
            "holdout": [False, False, True],
        }
    )
    plot_tracking(tracked, cumulative=cumulative, ax=ax)
    lines = ax.get_lines()
    assert lines[0].get_ydata().tolist() == ([1, 3, 6] if cumulative else [1, 2, 3])
    assert len(lines) == 3
    assert [text.get_text() for text in ax.texts] == ["holdout"]
    assert ("so far" in ax.get_ylabel()) == cumulative


def test_values_with_mean_median_and_share_of_the_best(ax):
    plot_value_distribution([1.0] * 8 + [46.0, 46.0], currency="$", ax=ax)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["median $1.00", "mean $10.00"]
    assert "20 % of customers hold 92 %" in ax.get_title()
    assert sum(bar.get_height() for bar in ax.patches) == 10


def test_spend_by_frequency(ax):
    found = check_spend_independence(
        pd.DataFrame({"frequency": [1, 1, 2, 3], "monetary_value": [10.0, 30.0, 20.0, 20.0]})
    )
    plot_spend_independence(found, currency="$", ax=ax)
    assert ax.get_lines()[0].get_ydata().tolist() == [20, 20, 20]
    assert ax.get_title() == "correlation 0.00"


def test_lift_with_shares_on_the_bars(ax):
    table = pd.DataFrame({"lift": [1.8, 0.2], "cumulative_share": [0.9, 1.0]}, index=[1, 2])
    plot_decile_lift(table, ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [1.8, 0.2]
    assert [text.get_text() for text in ax.texts] == ["90 %", "100 %"]


def test_labels_in_chinese_have_no_spaces_and_chinese_brackets(ax):
    with language("zh_CN"):
        plot_frequency_recency(MODEL, T=39, horizon=52, max_frequency=4, ax=ax)
    assert ax.figure.axes[-1].get_ylabel() == "未来52周的期望购买次数"
    assert ax.get_ylabel().endswith("（周）")
