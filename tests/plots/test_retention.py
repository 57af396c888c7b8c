"""Figures of retention and of what it is worth, by what was drawn."""

import pandas as pd
import pytest

from casekit._text import language
from casekit.plots import (
    plot_point_of_retention,
    plot_repeat_share,
    plot_retention_forecasts,
    plot_value_by_tenure,
)

COUNTED = pd.Series([1.0, 0.6, 0.5, 0.45])
FORECASTS = pd.DataFrame({"constant": [1.0, 0.6, 0.36, 0.22], "unlike": [1.0, 0.6, 0.49, 0.44]})


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_forecasts_keep_the_test_years_apart():
    ax = plot_retention_forecasts(COUNTED, FORECASTS, fitted=1)
    assert labels(ax)[:2] == ["constant", "unlike"]
    seen, later = (line for line in ax.lines if line.get_marker() == "o")
    assert list(seen.get_ydata()) == [1.0, 0.6]
    assert list(later.get_ydata()) == [0.5, 0.45]
    assert later.get_markerfacecolor() == "white"


def test_forecasts_without_test_years_draw_one_kind_of_point():
    ax = plot_retention_forecasts(COUNTED, FORECASTS)
    assert sum(line.get_marker() == "o" for line in ax.lines) == 1
    assert not any("test" in label for label in labels(ax))


def test_value_by_tenure_draws_lines_and_the_band():
    values = pd.DataFrame({"average": [300.0, 300.0], "unlike": [280.0, 400.0]})
    assert len(plot_value_by_tenure(values).collections) == 0
    ax = plot_value_by_tenure(values, low=values["unlike"] - 10, high=values["unlike"] + 10, currency="$")
    assert len(ax.collections) == 1
    assert labels(ax) == ["average", "unlike"]
    assert ax.yaxis.get_major_formatter()(300, 0) == "$300"
    assert ax.get_ylim()[0] == 0


def test_repeat_share_marks_the_first_time_it_is_reached():
    shares = pd.Series([0.1, 0.25, 0.4], index=[1, 2, 3])
    ax = plot_repeat_share(shares, marks={"then": 0.25, "never": 0.9})
    assert [text.get_text() for text in ax.texts] == ["then: 25 % after 2 weeks"]
    assert [list(line.get_xdata()) for line in ax.lines if line.get_marker() == "o"] == [[2]]
    assert ax.get_xlabel() == "time since the first purchase (weeks)"


@pytest.mark.parametrize("index", [[0, 1, 2], [7, 7, 7]])
def test_point_of_retention_marks_today(index):
    columns = {"retention_rate": [0.6, 0.7, 0.8], "once": [4.0, 7.0, 13.0], "per_period": [3.0, 4.0, 5.0]}
    points = pd.DataFrame(columns, index=index)
    ax = plot_point_of_retention(points, current=0.71)
    assert [text.get_text() for text in ax.texts] == ["¥7.00", "¥4.00"]
    assert len(plot_point_of_retention(points).texts) == 0


def test_the_unit_of_time_is_in_the_language_of_the_figure():
    shares = pd.Series([0.1, 0.3], index=[1, 2])
    assert plot_repeat_share(shares).get_xlabel() == "time since the first purchase (weeks)"
    assert plot_repeat_share(shares, unit="days").get_xlabel() == "time since the first purchase (days)"
    with language("zh_CN"):
        ax = plot_repeat_share(shares, marks={"当时": 0.25})
    assert ax.get_xlabel() == "距首次购买的时间（周）"
    assert [text.get_text() for text in ax.texts] == ["当时：2周后达25 %"]
