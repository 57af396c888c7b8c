"""Figures of lifetime value and customer profit, by what was drawn."""

import pytest

from casekit.plots import (
    plot_margin_multiples,
    plot_marginal_costs,
    plot_payment_timeline,
    plot_profit_pattern,
    plot_spending_curves,
    plot_whale_curve,
)
from casekit.value import (
    fit_spending_curve,
    lifetime_value_forms,
    margin_multiples,
    payment_timeline,
    profit_pattern,
    spending_balance,
)

TERMS = {"retention_rate": 0.8, "discount_rate": 0.12}
WIN = fit_spending_curve(10, rate=0.2, ceiling=0.4)
KEEP = fit_spending_curve(10, rate=0.5, ceiling=0.8)


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_timeline_draws_every_payment_and_names_the_values():
    forms = lifetime_value_forms(100, **TERMS)
    ax = plot_payment_timeline(
        payment_timeline(100, payments=5, **TERMS), values=forms["value"], currency="$"
    )
    assert len(ax.patches) == 15
    assert max(bar.get_height() for bar in ax.patches) == 100
    assert any("$350 in all" in label for label in labels(ax))
    assert len(labels(plot_payment_timeline(payment_timeline(100, **TERMS)))) == 3


def test_multiples_write_every_cell():
    ax = plot_margin_multiples(margin_multiples([0.8, 1.0], discount_rate=[0.0, 0.1]))
    assert [text.get_text() for text in ax.texts] == ["4.00", "∞", "2.67", "10.00"]
    assert ax.get_ylabel() == "discount rate per period"
    grown = plot_margin_multiples(margin_multiples([0.8], discount_rate=0.1, growth_rate=[0.0, 0.02]))
    assert grown.get_ylabel() == "growth of margin per period"


@pytest.mark.parametrize(
    ("cost", "title"), [(25, "by the end of year 1"), (500, "does not pay back in 2 years")]
)
def test_profit_pattern_stacks_sources_and_says_when_it_pays(cost, title):
    ax = plot_profit_pattern(profit_pattern(30, growth=[0, 5], premium=[0, -2], acquisition_cost=cost))
    assert title in ax.get_title()
    assert max(bar.get_y() + bar.get_height() for bar in ax.patches) == 35
    assert min(bar.get_y() + bar.get_height() for bar in ax.patches) == -cost
    assert "recommends" not in labels(ax)
    assert ax.lines[0].get_ydata().tolist()[0] == -cost


def test_whale_curve_marks_its_peak():
    ax = plot_whale_curve([60, 20, 0, -10, -20], currency="$")
    assert ax.lines[0].get_ydata().tolist() == [0, 60, 80, 80, 70, 50]
    peak = next(line for line in ax.lines if line.get_marker() == "o")
    assert [float(peak.get_xdata()[0]), float(peak.get_ydata()[0])] == [0.4, 80]
    assert "$30" in ax.get_title()


def test_spending_figures_mark_today_and_the_best():
    balance = spending_balance(WIN, KEEP, margin=100, discount_rate=0.1, current=(10, 10))
    ax = plot_spending_curves(WIN, KEEP, balance)
    assert [text.get_text() for text in ax.texts] == ["today", "best", "today", "best"]
    costs = plot_marginal_costs(WIN, KEEP, balance)
    worth = balance.loc["optimum", "customer_value"]
    dots = [line.get_ydata()[0] for line in costs.lines if line.get_marker() == "o"]
    assert dots == pytest.approx([worth, worth])
    without = spending_balance(WIN, KEEP, margin=100, discount_rate=0.1)
    assert len(plot_spending_curves(WIN, KEEP, without).texts) == 2
