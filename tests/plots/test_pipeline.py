"""Figures of the pipeline, judged by what is drawn on them."""

import numpy as np
import pandas as pd
import pytest

from casekit import plots
from casekit.errors import InputError
from casekit.selling import (
    buyer_types,
    buying_centre_coverage,
    compare_win_rates,
    funnel_conversion,
    simulate_forecast,
)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_funnel_shows_each_step_with_its_interval():
    table = funnel_conversion({"prospect": 400, "intention": 62, "offer": 31, "order": 0, "repeat": 0})
    ax = plots.plot_funnel(table)
    assert [label.get_text() for label in ax.get_yticklabels()][0] == "prospect → intention"
    assert texts(ax) == ["62 of 400", "31 of 62", "0 of 31", "0 of 0"]
    assert len(ax.containers) == 3  # no interval without data
    drawn = ax.containers[0].lines[2][0].get_segments()[0]
    assert drawn[:, 0].tolist() == pytest.approx(table[["low", "high"]].iloc[0].tolist())


def test_only_steps_with_an_alarm_have_its_line():
    table = funnel_conversion({"a": 100, "b": 40, "c": 4}, alarm={"c": 0.3})
    lines = [line for line in plots.plot_funnel(table).lines if len(line.get_xdata()) == 2]
    assert [line.get_xdata()[0] for line in lines] == [0.3]


def test_forecast_marks_weighted_sum_and_target():
    deals = pd.DataFrame({"value": [100.0, 300.0], "probability": [0.5, 0.5]})
    found = simulate_forecast(deals, rng=np.random.default_rng(1), draws=400)
    ax = plots.plot_forecast(found, target=250, currency="$")
    places = [line.get_xdata()[0] for line in ax.lines]
    assert places == [200.0, 250]
    assert sum(bar.get_height() for bar in ax.containers[0]) == pytest.approx(1)
    assert any("$250" in text.get_text() for text in ax.get_legend().get_texts())


def test_buyer_map_has_a_centre_for_each_type_and_a_dot_for_each_buyer():
    ax = plots.plot_buyer_map(pd.DataFrame({"risk": [0.1, 0.9], "help": [0.2, 0.4]}, index=["A", "B"]))
    assert {*buyer_types().index, "A", "B"} <= set(texts(ax))
    assert len([line for line in ax.lines if line.get_marker() == "X"]) == 3
    assert plots.plot_buyer_map().get_xlim() == (0, 1)


def test_buyers_of_known_type_take_its_colour():
    frame = pd.DataFrame({"risk": [0.1], "help": [0.2]})
    near, told = (plots.plot_buyer_map(frame, types=types).collections[-1] for types in (None, ["new"]))
    assert near.get_facecolor().tolist() != told.get_facecolor().tolist()


def test_buying_centre_bars_are_the_support():
    people = pd.DataFrame({"person": ["Li", "Wu"], "role": ["user", "decider"], "influence": 1.0})
    centre = buying_centre_coverage(people.assign(attitude=[1.0, -0.5]))
    ax = plots.plot_buying_centre(centre.roles)
    assert [bar.get_width() for bar in ax.patches] == [1.0, 0, -0.5, 0, 0, 0]
    assert texts(ax).count("nobody known") == 4


def test_win_rates_say_the_difference():
    ax = plots.plot_win_rates(compare_win_rates({"with": 24, "without": 14}, deals=[100, 100]))
    assert ax.get_title(loc="left").startswith("difference 10 points")
    assert texts(ax) == ["24 of 100", "14 of 100"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.plot_funnel(pd.DataFrame({"rate": [0.1]})),
        lambda: plots.plot_buyer_map(pd.DataFrame({"risk": [0.1]})),
        lambda: plots.plot_buying_centre(pd.DataFrame({"support": [0.1]})),
    ],
)
def test_frames_without_their_columns_are_named(draw):
    with pytest.raises(InputError, match="must have the columns"):
        draw()
