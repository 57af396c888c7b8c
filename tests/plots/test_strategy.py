"""Figures of strategic choice, read from what was drawn."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from casekit.datasets import load_swot_factors
from casekit.plots import (
    plot_disciplines,
    plot_factor_scores,
    plot_growth_scenarios,
    plot_ie_matrix,
    plot_qspm_ranking,
    plot_rank_probabilities,
    plot_survival_curve,
    plot_tows_grid,
    plot_weights_compared,
)
from casekit.strategy import (
    DISCIPLINES,
    discipline_check,
    factor_scores,
    ranking_survival,
    read_tows,
    simulate_totals,
)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def factors():
    return load_swot_factors()


def texts(ax):
    return [text.get_text() for text in ax.texts]


def labels(axis):
    return [tick.get_text() for tick in axis]


def test_factor_scores_draw_a_dot_a_factor_best_known_first(factors):
    ax = plot_factor_scores(factor_scores(factors))
    dots = ax.collections[1].get_offsets()
    assert len(dots) == len(factors)
    assert dots[-1].tolist() == pytest.approx([0.72, 19])
    assert labels(ax.get_yticklabels())[-1].startswith("S1  Steady money")
    assert "0.72" in texts(ax)


def test_factor_names_that_the_font_cannot_draw_give_way_to_the_code(factors):
    ax = plot_factor_scores(factor_scores(factors.assign(factor="𠀀𠀁")))
    assert labels(ax.get_yticklabels())[-1] == "S1"
    ax.figure.canvas.draw()


def test_ie_matrix_marks_the_firm_and_names_its_cell():
    ax = plot_ie_matrix(3.2, 2.4, others={"other weights": (2.0, 2.0)})
    assert ax.lines[0].get_xydata()[0].tolist() == [3.2, 2.4]
    assert (ax.get_title() or ax.get_title(loc="left")) == "Cell IV: grow and build"
    assert {"I", "V", "IX", "other weights"} <= set(texts(ax))


def test_tows_grid_writes_strategies_into_their_fields_and_marks_orphans(factors):
    ax = plot_tows_grid(read_tows(load_swot_factors("strategies"), factors), factors)
    where = {(text.get_position(), text.get_text()) for text in ax.texts}
    assert ((0, 0), "SO1") in where
    assert ((1, 5), "WO1") in where
    red = [
        tick.get_text()
        for tick in (*ax.get_yticklabels(), *ax.get_xticklabels())
        if tick.get_color() == "#D55E00"
    ]
    assert red == ["S4", "W5", "T4"]


@pytest.fixture(scope="module")
def ranking(factors):
    scores = load_swot_factors("attractiveness")
    totals = simulate_totals(factors, scores, draws=200, rng=np.random.default_rng(7))
    return ranking_survival(factors, scores, totals)


def test_ranking_draws_totals_best_on_top(ranking):
    ax = plot_qspm_ranking(ranking)
    assert ax.collections[1].get_offsets()[-1].tolist() == pytest.approx([4.77, 3])
    assert labels(ax.get_yticklabels())[-1] == "Printed-part leader"
    assert texts(ax)[-1].startswith("4.77   first in")
    assert texts(plot_qspm_ranking(ranking, label_first=False))[-1] == "4.77"


def test_rank_probabilities_write_every_share():
    ax = plot_rank_probabilities(pd.DataFrame([[0.8, 0.2], [0.2, 0.8]], index=["a", "b"], columns=[1, 2]))
    assert texts(ax) == ["80 %", "20 %", "20 %", "80 %"]
    assert labels(ax.get_xticklabels()) == ["1", "2"]


def test_survival_curve_draws_a_line_a_strategy_and_marks_the_concentration():
    curve = pd.DataFrame({"a": [0.6, 0.9], "b": [0.4, 0.1]}, index=[10.0, 100.0])
    ax = plot_survival_curve(curve, concentration=50)
    assert ax.lines[0].get_ydata().tolist() == [0.6, 0.9]
    assert ax.get_legend_handles_labels()[1] == ["a", "b"]
    assert "concentration 50" in texts(ax)


def test_weights_compared_draw_both():
    ax = plot_weights_compared(pd.DataFrame({"own": [0.7, 0.3], "judges": [0.5, 0.5]}, index=["S1", "W1"]))
    assert ax.get_legend_handles_labels()[1] == ["own", "judges"]
    assert ax.collections[1].get_offsets()[:, 0].tolist() == [0.7, 0.3]


def test_disciplines_show_the_verdicts():
    scores = pd.DataFrame({"we": [4, 9, 6], "a": [7, 7, 6], "b": [6, 6, 6]}, index=list(DISCIPLINES))
    ax = plot_disciplines(discipline_check(scores, "we"))
    assert set(texts(ax)) == {"leads", "on par", "below par"}


@pytest.mark.parametrize(
    ("growth", "words"), [(0.07, "expected growth 7.0 %"), (0.0, "expected growth 0.0 %")]
)
def test_growth_scenarios_mark_what_is_expected_and_what_is_needed(growth, words):
    values = pd.Series([-1.0, 0.0, 1.0], index=[0.0, 0.05, 0.10])
    ax = plot_growth_scenarios(values, growth=growth, break_even=0.05, currency="$")
    assert texts(ax) == [words, "needs 5.0 %"]
    assert "$ million" in ax.get_ylabel()
