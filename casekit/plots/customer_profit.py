"""Figures of customer profit: by year of tenure, over customers, by spending on winning and keeping."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from casekit._text import _, format_money, format_percent
from casekit.plots._style import COLOURS, axes
from casekit.value.profit_pattern import PROFIT_SOURCES, payback_year
from casekit.value.spending_balance import SpendingCurve
from casekit.value.whale_curve import whale_curve, whale_summary

_SOURCE_COLOURS = dict(zip(PROFIT_SOURCES, ("blue", "sky", "green", "orange", "purple"), strict=True))


def _sources() -> dict[str, str]:
    return {
        "base": _("base profit"),
        "growth": _("buys more"),
        "cost_saving": _("costs less to serve"),
        "referral": _("recommends"),
        "premium": _("pays more"),
    }


def _money(axis: object, currency: str) -> None:
    axis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))  # type: ignore[attr-defined]


def _kinds(
    acquisition: SpendingCurve, retention: SpendingCurve, won: str, kept: str
) -> dict[str, tuple[SpendingCurve, str, str]]:
    """Curve, colour and label of the two kinds of spending."""
    return {
        "acquisition": (acquisition, COLOURS["blue"], won),
        "retention": (retention, COLOURS["green"], kept),
    }


def _spending_axis(ax: Axes, limit: float, currency: str) -> None:
    ax.set_xlim(0, limit)
    _money(ax.xaxis, currency)
    ax.set_xlabel(_("spent per prospect (once) or per customer (each period)"))


def plot_profit_pattern(pattern: pd.DataFrame, *, currency: str = "¥", ax: Axes | None = None) -> Axes:
    """Profit of a customer who stays, by year and source, with the expected value so far as a line.

    Parameters
    ----------
    pattern : DataFrame
        From :func:`casekit.value.profit_pattern`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    year = pattern.index.to_numpy()
    above, below = np.zeros(len(year)), np.zeros(len(year))
    columns = {"acquisition": _("acquisition cost"), **_sources()}
    for name, label in columns.items():
        height = pattern[name].to_numpy(dtype=float)
        if not height.any():
            continue
        bottom = np.where(height >= 0, above, below)
        colour = COLOURS[_SOURCE_COLOURS.get(name, "grey")]
        ax.bar(year, height, bottom=bottom, width=0.6, color=colour, label=label)
        above, below = above + height.clip(min=0), below + height.clip(max=0)
    ax.plot(
        year,
        pattern["npv"],
        "o-",
        color=COLOURS["ink"],
        linewidth=1.5,
        markersize=4,
        label=_("expected present value so far"),
    )
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    paid = payback_year(pattern)
    if np.isfinite(paid):
        title = _("An average new customer has paid back by the end of year {year}").format(year=int(paid))
    else:
        title = _("An average new customer does not pay back in {years} years").format(years=len(year) - 1)
    ax.set_title(title)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    _money(ax.yaxis, currency)
    ax.set_xlabel(_("year of tenure"))
    ax.set_ylabel(_("profit of the year, per customer"))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=9)
    return ax


def plot_whale_curve(profits: object, *, currency: str = "¥", ax: Axes | None = None) -> Axes:
    """Cumulative profit over customers, best first, with its peak and what is lost after it.

    Parameters
    ----------
    profits : list, dict or Series of float, shape (n_customers,)
        Profit of each customer in one period after cost to serve, in currency.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    summary = whale_summary(profits)
    curve = whale_curve(profits)
    ax = axes(ax)
    share, money = curve["customer_share"].to_numpy(), curve["cumulative_profit"].to_numpy()
    ax.plot(share, money, color=COLOURS["blue"], linewidth=2)
    ax.axhline(summary["total"], color=COLOURS["grey"], linestyle="--", linewidth=1)
    ax.fill_between(
        share,
        summary["total"],
        money,
        where=list(money > summary["total"]),
        color=COLOURS["orange"],
        alpha=0.15,
        linewidth=0,
    )
    peak = (summary["peak_customer_share"], summary["peak_profit"])
    ax.plot(*[[value] for value in peak], "o", color=COLOURS["red"])
    ax.annotate(
        _("peak {money}: {share} of customers earn money").format(
            money=format_money(summary["peak_profit"], currency),
            share=format_percent(summary["peak_customer_share"], digits=0),
        ),
        peak,
        xytext=(0, 8),
        textcoords="offset points",
        ha="center",
        color=COLOURS["red"],
    )
    ax.annotate(
        _("total {money}").format(money=format_money(summary["total"], currency)),
        (0.3, summary["total"]),
        xytext=(0, 4),
        textcoords="offset points",
        color=COLOURS["grey"],
    )
    ax.margins(y=0.14)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    _money(ax.yaxis, currency)
    ax.set_xlabel(_("share of customers, most profitable first"))
    ax.set_ylabel(_("cumulative profit"))
    lost = format_money(summary["destroyed"], currency)
    ax.set_title(_("Customers who lose money take back {lost}").format(lost=lost))
    return ax


def plot_spending_curves(
    acquisition: SpendingCurve,
    retention: SpendingCurve,
    balance: pd.DataFrame,
    *,
    currency: str = "¥",
    ax: Axes | None = None,
) -> Axes:
    """Rates of winning and keeping by spending, with today's point and the best one on each curve.

    Parameters
    ----------
    acquisition, retention : SpendingCurve
        From :func:`casekit.value.fit_spending_curve`.
    balance : DataFrame
        From :func:`casekit.value.spending_balance`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    spends = balance[["acquisition_spend", "retention_spend"]]
    limit = max(1.6 * float(spends.to_numpy().max()), 1.5 / min(acquisition.steepness, retention.steepness))
    grid = np.linspace(0, limit, 200)
    kinds = _kinds(acquisition, retention, _("prospects won"), _("customers kept"))
    marks = {"now": ("s", _("today")), "optimum": ("o", _("best"))}
    for kind, (curve, colour, label) in kinds.items():
        ax.plot(grid, [curve.rate(spend) for spend in grid], color=colour, linewidth=2, label=label)
        ax.axhline(curve.ceiling, color=colour, linestyle=":", linewidth=1)
        for row, (marker, word) in marks.items():
            if row in balance.index:
                point = balance.loc[row]
                place = (float(point[f"{kind}_spend"]), float(point[f"{kind}_rate"]))
                ax.plot([place[0]], [place[1]], marker, color=colour, markersize=8)
                ax.annotate(
                    word, place, xytext=(8, -12), textcoords="offset points", color=colour, fontsize=9
                )
    _spending_axis(ax, limit, currency)
    ax.set_ylim(0, 1.08 * max(acquisition.ceiling, retention.ceiling))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_ylabel(_("rate, with its ceiling dotted"))
    ax.set_title(_("What spending buys, today and at its best"))
    ax.legend(loc="lower right")
    return ax


def plot_marginal_costs(
    acquisition: SpendingCurve,
    retention: SpendingCurve,
    balance: pd.DataFrame,
    *,
    currency: str = "¥",
    ax: Axes | None = None,
) -> Axes:
    """What one more customer won or kept costs by spending, against what a customer is worth.

    Parameters
    ----------
    acquisition, retention, balance, currency, ax
        As in :func:`plot_spending_curves`.
    """
    ax = axes(ax)
    best = balance.loc["optimum"]
    worth = float(best["customer_value"])
    limit = 1.3 * max(float(best["acquisition_spend"]), float(best["retention_spend"]), worth * 0.02)
    grid = np.linspace(0, limit, 200)
    kinds = _kinds(acquisition, retention, _("one more customer won"), _("one more customer kept"))
    for kind, (curve, colour, label) in kinds.items():
        ax.plot(grid, [curve.marginal_cost(spend) for spend in grid], color=colour, linewidth=2, label=label)
        spend = float(best[f"{kind}_spend"])
        ax.plot([spend], [curve.marginal_cost(spend)], "o", color=colour, markersize=8)
    ax.axhline(worth, color=COLOURS["red"], linestyle="--", linewidth=1.2)
    ax.annotate(
        _("a customer is worth {value}").format(value=format_money(worth, currency)),
        (0.02 * limit, worth),
        xytext=(0, 5),
        textcoords="offset points",
        color=COLOURS["red"],
    )
    _spending_axis(ax, limit, currency)
    ax.set_ylim(0, 1.6 * worth)
    _money(ax.yaxis, currency)
    ax.set_ylabel(_("marginal cost of a customer"))
    ax.set_title(_("Spend until the next customer costs what one is worth"))
    ax.legend(loc="lower right")
    return ax
