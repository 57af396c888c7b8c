"""The figures of rivals, points, silence and lists show the figures they are given."""

import matplotlib.pyplot as plt
import pytest

from casekit._text import language
from casekit.loyalty import (
    best_hiatus,
    compare_retention_targets,
    escalation_path,
    escalation_payoffs,
    hiatus_errors,
    points_ledger,
    rivalry_payoffs,
)
from casekit.plots import (
    plot_escalation,
    plot_game,
    plot_hiatus_errors,
    plot_points_ledger,
    plot_retention_targets,
)

ROWS = {"sales": 900, "points": 100, "point_value": 1, "redeemed": [40, 80], "redemption_rate": [0.9, 0.95]}
SILENT, ACTIVE = [1, 2, 5, 9], [True, False, True, False]


@pytest.fixture
def ax():
    return plt.subplots()[1]


def test_the_resting_point_is_framed_and_both_payoffs_stand_in_each_cell(ax):
    assert plot_game(rivalry_payoffs(won_alone=100, lost_alone=90, won_both=10, cost=40), ax=ax) is ax
    frames = [patch.get_xy() for patch in ax.patches]
    assert frames == [pytest.approx((0.54, 0.54))]
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["¥0", "¥0", "−¥90", "¥60", "¥60", "−¥90", "−¥30", "−¥30"]


def test_escalation_shows_every_turn(ax):
    ours, theirs = escalation_payoffs([0, 0.05, 0.1], market=1000, margin=0.4, sensitivity=10)
    path = escalation_path(ours, rival=theirs)
    plot_escalation(path, currency="$", ax=ax)
    we, rival, mean = (line.get_ydata().tolist() for line in ax.get_lines())
    assert we == path["our_payoff"].tolist() and rival == path["rival_payoff"].tolist()
    assert mean[0] == pytest.approx((we[0] + rival[0]) / 2)
    assert ax.get_xticklabels()[0].get_text() == "0.0% / 0.0%"
    assert "$" in ax.get_ylabel()


def test_bars_of_the_ledger_add_up_to_what_is_put_aside_and_released(ax):
    ledger = points_ledger(ROWS)
    plot_points_ledger(ledger, ax=ax)
    heights = [
        sum(bar.get_height() for bar in bars if abs(bar.get_x() + 0.31 - 1) < 0.1) for bars in ax.containers
    ]
    assert heights[0] == pytest.approx(ledger["deferred"].iloc[1])
    assert sum(heights[1:]) == pytest.approx(-ledger["revenue"].iloc[1])
    assert ax.get_lines()[0].get_ydata().tolist() == ledger["liability"].tolist()


def test_rates_of_the_rule_and_the_chosen_length(ax):
    table = hiatus_errors(SILENT, ACTIVE)
    plot_hiatus_errors(table, chosen=best_hiatus(SILENT, ACTIVE), unit="days", ax=ax)
    lines = ax.get_lines()
    assert [line.get_ydata().tolist() for line in lines[:3]] == [
        table[name].tolist() for name in ("correct", "gone_found", "active_kept")
    ]
    assert lines[3].get_xdata() == [1, 1]
    assert "(days)" in ax.get_xlabel()


def test_the_unit_stands_in_chinese_brackets(ax):
    with language("zh_CN"):
        plot_hiatus_errors(hiatus_errors(SILENT, ACTIVE), unit="周", ax=ax)
    assert ax.get_xlabel().endswith("（周）")


def test_every_list_has_its_interval(ax):
    lists = {"risk": [4, 3, 2, 1, 0, 0], "effect": [1, 2, 3, 4, 5, 6]}
    table = compare_retention_targets([1, 0, 1, 0, 1, 1], [1, 0, 1, 0, 1, 0], scores=lists, share=0.5)
    plot_retention_targets(table, ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["risk (3)", "effect (3)", "everyone (6)"]
    assert ax.get_lines()[0].get_xdata().tolist() == table["held"].tolist()
