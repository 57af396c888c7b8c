"""The figures of segments and data quality show the figures they are given."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import quality_scorecard
from casekit.plots import (
    plot_cohort_heat_map,
    plot_five_lenses,
    plot_quality_scorecard,
    plot_rfm_heat_map,
)
from casekit.segments import cohort_table, rfm_scores, rfm_table

LOG = pd.DataFrame(
    {
        "customer_id": ["A", "A", "B", "C", "C"],
        "date": pd.to_datetime(["2024-01-03", "2024-02-20", "2024-01-31", "2024-02-11", "2024-03-29"]),
        "amount": [10.0, 14.0, 40.0, 6.0, 20.0],
    }
)


@pytest.fixture
def ax():
    return plt.subplots()[1]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_rfm_cells_carry_money_and_count(ax):
    table = rfm_table(LOG)
    assert plot_rfm_heat_map(table, rfm_scores(table, bins=2), bins=2, currency="$", ax=ax) is ax
    assert texts(ax) == ["$40\nn = 1", "$24\nn = 1", "$26\nn = 1"]
    assert not ax.yaxis_inverted()


def test_cohort_cells_are_written_and_unseen_ones_left_blank(ax):
    plot_cohort_heat_map(cohort_table(LOG), ax=ax)
    assert texts(ax) == ["100", "50", "0", "100", "100"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2024-01", "2024-02"]


def test_cohort_cells_as_money(ax):
    plot_cohort_heat_map(
        cohort_table(LOG, measure="amount", by="calendar"), percent=False, currency="¥", ax=ax
    )
    assert texts(ax) == ["¥50", "¥14", "¥0", "¥6", "¥20"]
    assert ax.get_xlabel() == "period"


def test_five_lenses_draw_what_the_lenses_say():
    panels = plot_five_lenses(LOG, first="2024-01", second="2024-02", horizon=1, currency="$")
    titles = [panel.get_title(loc="left") or panel.get_title() for panel in panels]
    assert [title[0] for title in titles] == list("12345")
    assert [bar.get_height() for bar in panels[0].patches] == pytest.approx([0.7, 0.3])
    assert [bar.get_width() for bar in panels[1].patches] == [4, -40, 6]
    assert panels[2].get_lines()[0].get_ydata().tolist() == [1, 0.5, 0]
    assert [bar.get_height() for bar in panels[3].patches] == pytest.approx([25, 6, 7, 20])
    top = max(path.vertices[:, 1].max() for layer in panels[4].collections for path in layer.get_paths())
    assert top == 50


def test_five_lenses_on_given_axes():
    _figure, given = plt.subplots(1, 5)
    assert plot_five_lenses(LOG, first="2024-01", second="2024-02", axs=given) == list(given)


def test_scorecard_puts_the_least_usable_field_on_top(ax):
    card = quality_scorecard(pd.DataFrame({"a": [1, 2], "b": [1, None]}))
    plot_quality_scorecard(card, ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b", "a"]
    assert texts(ax) == ["50 %", "100 %", "50 %", "100 %", "100 %", "100 %"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plot_rfm_heat_map(pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [1]})), "amount"),
        (lambda: plot_cohort_heat_map(7), "table must be a DataFrame"),
        (lambda: plot_five_lenses(LOG, first="2024-01", second="2024-02", axs=[]), "five Axes"),
        (lambda: plot_quality_scorecard(pd.DataFrame({"usable": [1]})), "completeness"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
