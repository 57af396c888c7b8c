"""Figures of the offer, read from what was drawn."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from casekit.plots import (
    plot_better_worse,
    plot_importance,
    plot_market_shares,
    plot_opportunity_landscape,
    plot_part_worths,
    plot_price_meter,
    plot_saturation,
)
from casekit.strategy import (
    METER_QUESTIONS,
    average_part_worths,
    kano_results,
    opportunity_scores,
    part_worths,
    price_meter_curves,
    saturation_curve,
)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_landscape_places_needs_and_writes_scores():
    needs = pd.DataFrame({"need": ["rest", "time"], "importance": [9, 5], "satisfaction": [3, 8]})
    ax = plot_opportunity_landscape(opportunity_scores(needs))
    assert [line.get_xydata()[0].tolist() for line in ax.lines] == [[9, 3], [5, 8]]
    assert {"underserved", "overserved", "rest (15.0)", "time (5.0)"} <= set(texts(ax))


def test_better_worse_draws_mixed_features_hollow():
    counts = pd.DataFrame(
        {"M": [50, 30], "O": [30, 28], "A": [10, 22], "I": [10, 20]}, index=["grip", "seat"]
    )
    ax = plot_better_worse(kano_results(counts))
    grip, seat = (line for line in ax.lines if line.get_marker() == "o")
    assert grip.get_xydata()[0].tolist() == pytest.approx([0.8, 0.4])
    assert grip.get_markerfacecolor() != "white"
    assert seat.get_markerfacecolor() == "white"
    assert {"grip", "seat", "attractive", "must-be"} <= set(texts(ax))


def test_saturation_marks_the_estimated_total():
    ax = plot_saturation(saturation_curve(pd.DataFrame({"a": [1, 1], "b": [0, 1]})), total=3.2)
    assert ax.lines[0].get_ydata().tolist() == pytest.approx([1.5, 2])
    assert "estimated in all: 3" in texts(ax)


def test_price_meter_draws_four_curves_and_the_points():
    answers = pd.DataFrame([[2, 4, 6, 8], [4, 6, 8, 10]], columns=list(METER_QUESTIONS))
    ax = plot_price_meter(price_meter_curves(answers), points={"OPP": 6.0}, currency="$")
    assert ax.get_legend_handles_labels()[1] == ["too cheap", "cheap", "expensive", "too expensive"]
    assert texts(ax) == ["OPP $6.00"]


@pytest.fixture
def worths():
    cards = pd.DataFrame(itertools.product(["low", "high"], ["bag", "loose"]), columns=["price", "leaf"])
    return part_worths(cards, [[7, 9, 1, 3], [4, 8, 2, 6]])


def test_part_worths_are_bars_under_their_attribute(worths):
    ax = plot_part_worths(average_part_worths(worths))
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([2, -2, -1.5, 1.5])
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["low", "high", "bag", "loose"]
    assert texts(ax) == ["price", "leaf"]


def test_importance_and_shares_carry_their_names():
    table = pd.DataFrame({"by respondent": [0.6, 0.4], "pooled": [0.9, 0.1]}, index=["price", "leaf"])
    ax = plot_importance(table)
    assert texts(ax) == ["60 %", "40 %", "90 %", "10 %"]
    ax = plot_market_shares(table)
    assert ax.get_legend_handles_labels()[1] == ["by respondent", "pooled"]
    assert np.asarray(ax.collections[1].get_offsets())[:, 0].tolist() == [0.6, 0.4]
    assert plot_market_shares(table["pooled"]).get_legend_handles_labels()[1] == ["pooled"]
