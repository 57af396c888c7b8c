"""Figures of customer value, by what was drawn."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.plots import (
    plot_delivered_value,
    plot_level_prices,
    plot_levers,
    plot_price_response,
    plot_value_curve,
    plot_value_map,
)
from casekit.value import BENEFITS, COSTS, price_response, rank_levers, value_map

COMPONENTS = pd.DataFrame(
    [[100, 20, 10, 5, 60, 30, 4, 6], [80, 30, 10, 25, 40, 20, 8, 2]],
    index=["coach", "train"],
    columns=[*BENEFITS, *COSTS],
)
SCORES = pd.DataFrame({"coach": [8, 3], "train": [5, 7]}, index=["baggage", "safety record"])


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_value_map_draws_each_offer_and_the_line():
    offers = pd.DataFrame({"quality": [1.2, 0.8], "price": [120.0, 100.0]}, index=["us", "them"])
    ax = plot_value_map(value_map(offers, price_importance=0.5), price_importance=0.5, own="us")
    points = {tuple(line.get_xydata()[0].round(4)) for line in ax.lines if line.get_marker() == "o"}
    assert points == {(1.2, 1.2), (0.8, 0.8333)}
    line = next(line for line in ax.lines if line.get_label() == "fair value").get_xydata()
    assert (line[1, 1] - line[0, 1]) / (line[1, 0] - line[0, 0]) == pytest.approx(1)
    assert {"us", "them", "better value"} <= set(words(ax))


def test_delivered_value_stacks_benefits_up_and_costs_down():
    ax = plot_delivered_value(COMPONENTS, own="coach", currency="$")
    assert len(ax.patches) == 16
    assert max(bar.get_y() + bar.get_height() for bar in ax.patches) == 145
    assert min(bar.get_y() + bar.get_height() for bar in ax.patches) == -100
    diamonds = next(line for line in ax.lines if line.get_marker() == "D")
    assert diamonds.get_ydata().tolist() == [35, 75]
    assert "$35" in words(ax)


def test_level_prices_mark_the_median_and_say_what_is_cut_off():
    levels = pd.Series([100.0, 200.0, 300.0, -900.0])
    ax = plot_level_prices(levels, pd.Series(["a", "a", "a", "b"]), price=250, cost=150)
    medians = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert medians == [200]
    assert any("100 % lower still" in text for text in words(ax))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b", "a"]


def test_level_prices_are_joined_with_segments_by_respondent_not_by_place():
    levels = pd.Series({"R1": 100.0, "R2": 110.0, "R3": 300.0, "R4": 310.0})
    shuffled = pd.Series({"R4": "dear", "R2": "cheap", "R3": "dear", "R1": "cheap"})
    ax = plot_level_prices(levels, shuffled, price=250, cost=150)
    dots = {
        tuple(sorted(line.get_xdata().tolist())): round(float(line.get_ydata().mean()))
        for line in ax.lines
        if line.get_marker() == "."
    }
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cheap", "dear"]
    assert dots == {(100, 110): 0, (300, 310): 1}


def test_level_prices_of_a_respondent_without_a_segment_are_refused():
    with pytest.raises(InputError, match="segments must carry the labels of level_prices"):
        plot_level_prices(pd.Series({"R1": 1.0, "R2": 2.0}), pd.Series({"R1": "a"}), price=1)


def test_level_prices_without_a_cost_mark_the_price_alone():
    ax = plot_level_prices(pd.Series([100.0, 200.0]), pd.Series(["a", "a"]), price=250)
    assert [text for text in words(ax) if "price" in text] == ["present price\n¥250"]
    assert not any("cost" in text for text in words(ax)) and not ax.patches


def test_levers_run_from_best_at_the_top():
    table = {"lever": ["x", "y"], "attribute": ["", ""], "points": 0, "hours": [1, 4], "cost": [1, 2]}
    ranked = rank_levers(pd.DataFrame(table), {"any": 1}, worth_of_hour=1)
    segments = pd.DataFrame({"worker": {"x": 0.5, "y": 3.0}})
    ax = plot_levers(ranked, by_segment=segments)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["x", "y"]
    assert [bar.get_width() for bar in ax.patches] == [1, 2]
    assert next(line for line in ax.lines if line.get_marker() == "o").get_xdata().tolist() == [0.5, 3]


@pytest.mark.parametrize(("cost", "note"), [(0, "best: ¥4,000 at ¥200"), (400, "no price earns anything")])
def test_price_response_marks_the_best_price(cost, note):
    table = price_response([100, 200, 300], [0, 100, 200, 300], market=30, unit_cost=cost)
    ax = plot_price_response(table, price=300, period="a day")
    money = next(other for other in ax.figure.axes if other is not ax)
    assert words(money) == [note]
    assert money.get_ylabel() == "contribution a day (line)"


def test_value_curve_orders_attributes_by_our_lead():
    ax = plot_value_curve(SCORES[["train", "coach"]], own="coach")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["baggage", "safety\nrecord"]
    assert ax.lines[-1].get_label() == "coach"
    assert ax.lines[-1].get_ydata().tolist() == [8, 3]


def test_figures_draw_where_they_are_told():
    _, ax = plt.subplots()
    assert plot_value_curve(SCORES, own="coach", ax=ax) is ax
