"""Figures of segments: RFM, cohorts and the five lenses of a customer-base audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_money, format_number, format_percent
from casekit._validate import Check
from casekit.plots._style import COLOURS, axes, heat
from casekit.segments import (
    lens_1_how_customers_differ,
    lens_2_what_changed,
    lens_3_cohort_over_time,
    lens_4_cohorts_compared,
    lens_5_whole_base,
)

#: Colours of the kinds of customers in lenses 2 and 5.
KIND_COLOURS = {"kept": "blue", "lost": "red", "new": "green", "returned": "orange"}


def plot_rfm_heat_map(
    table: pd.DataFrame, scores: pd.DataFrame, *, bins: int = 5, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """Money per customer by recency and frequency score, with the number of customers in each cell.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.segments.rfm_table`.
    scores : DataFrame
        From :func:`casekit.segments.rfm_scores`, labelled like ``table``.
    bins : int, default 5
        Scores per measure.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_rfm_heat_map")
    check.frame("table", table, ["amount"])
    check.frame("scores", scores, ["recency_score", "frequency_score"])
    check.done()
    ax = axes(ax)
    grouped = table["amount"].groupby([scores["recency_score"], scores["frequency_score"]])
    steps = range(1, bins + 1)
    means, counts = (
        found.unstack().reindex(index=steps, columns=steps) for found in (grouped.mean(), grouped.size())
    )
    depth = _depth(means.to_numpy(dtype=float))
    ax.imshow(depth, cmap=heat(), vmin=0, vmax=1.1, aspect="auto", origin="lower")
    for row, column in np.ndindex(bins, bins):
        count = counts.iat[row, column]
        if np.isnan(count):
            continue
        text = _("{money}\nn = {count}").format(
            money=format_money(means.iat[row, column], currency), count=format_number(count, digits=0)
        )
        _write(ax, row, column, text, float(depth[row, column]), size=8.5)
    ax.set_xticks(range(bins), [str(step) for step in steps])
    ax.set_yticks(range(bins), [str(step) for step in steps])
    ax.set_xlabel(_("frequency score (right: bought more often)"))
    ax.set_ylabel(_("recency score (up: bought more lately)"))
    ax.set_title(_("Money per customer in each cell"))
    return _bare(ax)


def plot_cohort_heat_map(
    table: pd.DataFrame,
    *,
    percent: bool = True,
    currency: str = "",
    skip_first: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Cohorts in rows, age or calendar period in columns; deeper colour is more.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.segments.cohort_table`; missing cells stay white.
    percent : bool, default True
        Write cells as percentages (for ``measure="retention"``), else as numbers or money.
    currency : str
        Currency sign for cells that are money.
    skip_first : bool, default True
        Leave the first column out of the colour scale: at age 0 everybody bought.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_cohort_heat_map")
    check.frame("table", table)
    check.done()
    ax = axes(ax)
    values = table.to_numpy(dtype=float)
    by_age = table.columns.name != "period"
    scaled = values[:, 1:] if skip_first and by_age and values.shape[1] > 1 else values
    depth = _depth(values, top=float(np.nanmax(scaled)))
    ax.imshow(depth, cmap=heat(), vmin=0, vmax=1.1, aspect="auto")
    digits = 0 if percent and np.nanmax(scaled) >= 0.095 else 1
    for row, column in np.ndindex(*values.shape):
        value = values[row, column]
        if np.isnan(value):
            continue
        if percent:
            text = f"{value * 100:.{digits}f}"
        else:
            text = format_money(value, currency) if currency else format_number(value, digits=1)
        _write(ax, row, column, text, float(depth[row, column]), size=8.5 if values.shape[1] <= 14 else 7)
    ax.set_xticks(range(values.shape[1]), [str(name) for name in table.columns], rotation=0 if by_age else 60)
    ax.set_yticks(range(values.shape[0]), [str(name) for name in table.index])
    ax.set_xlabel(_("periods since the first purchase") if by_age else _("period"))
    ax.set_ylabel(_("period of the first purchase"))
    if percent:
        ax.set_title(_("Share of the cohort that bought, %"))
    return _bare(ax)


def plot_five_lenses(
    purchases: pd.DataFrame,
    *,
    first: Any,
    second: Any,
    cohort: Any = None,
    every: str = "month",
    horizon: int = 3,
    currency: str = "¥",
    axs: Sequence[Axes] | None = None,
) -> list[Axes]:
    """The customer-base audit on one page: a panel for each of the five lenses.

    Parameters
    ----------
    purchases : DataFrame
        One row a purchase, with ``customer_id``, ``date`` and ``amount``.
    first, second : str or pair of dates
        The two periods of lens 2; lens 1 looks at the second.
    cohort : str, optional
        The cohort of lens 3; the earliest if not given.
    every : {"week", "month", "quarter", "year"}, default "month"
        Length of a period in lenses 3 to 5.
    horizon : int, default 3
        Age at which lens 4 compares cohorts.
    currency : str
        Currency sign.
    axs : five matplotlib Axes, optional
        A new figure if not given; lens 5 gets the width of two panels there.

    Returns
    -------
    list of the five Axes, in order.
    """
    check = Check("plot_five_lenses")
    given = None if axs is None else list(axs)
    check.require(
        given is None or len(given) == 5, _("axs must hold five Axes"), got=str(len(given) if given else 0)
    )
    check.done()
    panels = given if given is not None else _panels()
    _lens_1(panels[0], purchases, second)
    _lens_2(panels[1], purchases, first, second, currency)
    _lens_3(panels[2], purchases, cohort, every)
    _lens_4(panels[3], purchases, horizon, every, currency)
    _lens_5(panels[4], purchases, every, currency)
    return panels


def _panels() -> list[Axes]:
    figure = plt.figure(figsize=(11.5, 6.6))
    grid = figure.add_gridspec(2, 3)
    cells = [grid[0, 0], grid[0, 1], grid[0, 2], grid[1, 0], grid[1, 1:]]
    return [figure.add_subplot(cell) for cell in cells]


def _lens_1(ax: Axes, purchases: pd.DataFrame, period: Any) -> None:
    customers = lens_1_how_customers_differ(purchases, period=period, groups=2).totals["customers"]
    found = lens_1_how_customers_differ(purchases, period=period, groups=min(10, int(customers))).groups
    ax.bar([str(group) for group in found.index], found["amount_share"], color=COLOURS["blue"])
    ax.annotate(
        format_percent(found["amount_share"].iloc[0], digits=0),
        (0, found["amount_share"].iloc[0]),
        xytext=(12, 0),
        textcoords="offset points",
        va="top",
    )
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("equal groups of customers, best first"))
    ax.set_ylabel(_("share of money"))
    ax.set_title(_("1 How customers differ"))
    ax.grid(axis="x", visible=False)


def _lens_2(ax: Axes, purchases: pd.DataFrame, first: Any, second: Any, currency: str) -> None:
    found = lens_2_what_changed(purchases, first=first, second=second).customers
    shown = found[(found["amount_first"] != 0) | (found["amount_second"] != 0)]
    colours = [COLOURS[KIND_COLOURS[kind]] for kind in shown.index]
    names = {"kept": _("kept"), "lost": _("lost"), "new": _("new"), "returned": _("returned")}
    ax.barh([names[kind] for kind in shown.index], shown["change"], color=colours)
    ax.axvline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: _short(value, currency)))
    ax.locator_params(axis="x", nbins=5)
    ax.set_xlabel(_("change in money, {first} to {second}").format(first=_name(first), second=_name(second)))
    ax.set_title(_("2 What changed"))
    ax.grid(axis="y", visible=False)


def _lens_3(ax: Axes, purchases: pd.DataFrame, cohort: Any, every: str) -> None:
    found = lens_3_cohort_over_time(purchases, cohort=cohort, every=every)
    lines = {
        "active_share": (_("share who buy"), "blue"),
        "purchases_per_active": (_("purchases a buyer"), "orange"),
        "amount_per_purchase": (_("money a purchase"), "green"),
    }
    for column, (label, colour) in lines.items():
        ax.plot(found.index, found[column] / found[column].iloc[0], color=COLOURS[colour], label=label, lw=2)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_ylim(bottom=0)
    labels = {
        "week": _("weeks since the first purchase"),
        "month": _("months since the first purchase"),
        "quarter": _("quarters since the first purchase"),
        "year": _("years since the first purchase"),
    }
    ax.set_xlabel(labels[every])
    ax.set_ylabel(_("relative to the first period"))
    ax.set_title(_("3 One cohort over time"))
    ax.legend(fontsize=8.5, loc="center right")


def _lens_4(ax: Axes, purchases: pd.DataFrame, horizon: int, every: str, currency: str) -> None:
    found = lens_4_cohorts_compared(purchases, horizon=horizon, every=every).dropna()
    names = [str(cohort) for cohort in found.index]
    later = found["amount_per_customer"] - found["first_amount"]
    ax.bar(names, found["first_amount"], color=COLOURS["sky"], label=_("first day"))
    ax.bar(names, later, bottom=found["first_amount"], color=COLOURS["blue"], label=_("later"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: _short(value, currency)))
    ax.set_ylim(top=1.25 * float(found["amount_per_customer"].max()) if len(found) else None)
    ax.tick_params(axis="x", rotation=0 if len(names) <= 4 else 60)
    ax.set_ylabel(_("money a customer, to age {horizon}").format(horizon=horizon))
    ax.set_xlabel(_("period of the first purchase"))
    ax.set_title(_("4 Cohorts compared"))
    ax.legend(fontsize=8.5, loc="upper right", ncols=2)
    ax.grid(axis="x", visible=False)


def _lens_5(ax: Axes, purchases: pd.DataFrame, every: str, currency: str) -> None:
    found = lens_5_whole_base(purchases, every=every).amount_by_cohort
    places = np.arange(found.shape[1])
    shades = plt.get_cmap(heat())(np.linspace(0.9, 0.3, len(found)))
    ax.stackplot(
        places, found.fillna(0.0).to_numpy(), colors=shades, labels=[str(name) for name in found.index]
    )
    step = max(1, len(places) // 9)
    ax.set_xticks(places[::step], [str(name) for name in found.columns[::step]])
    ax.margins(x=0)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: _short(value, currency)))
    ax.set_ylabel(_("money by cohort"))
    ax.set_title(_("5 The whole base, by period of the first purchase"))
    if len(found) <= 8:
        handles, labels = ax.get_legend_handles_labels()
        ax.legend(handles[::-1], labels[::-1], fontsize=8.5, loc="upper right")


def _depth(values: np.ndarray, top: float | None = None) -> np.ndarray:
    """Values between 0 and 1 for the colour, the largest 1; missing stays missing."""
    best = float(np.nanmax(values)) if top is None else top
    return np.clip(values / best, 0, 1) ** 0.6 if best > 0 else np.where(np.isnan(values), np.nan, 0.0)


def _write(ax: Axes, row: int, column: int, text: str, depth: float, *, size: float) -> None:
    colour = "white" if depth > 0.62 else COLOURS["ink"]
    ax.text(column, row, text, ha="center", va="center", fontsize=size, color=colour)


def _bare(ax: Axes) -> Axes:
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)
    return ax


def _short(value: float, currency: str) -> str:
    """Money on an axis: thousands and millions short."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return (
                f"{format_money(value / size, currency, digits=1 if abs(value) < 10 * size else 0)}{letter}"
            )
    return format_money(value, currency)


def _name(period: Any) -> str:
    return str(period) if not isinstance(period, (tuple, list)) else _("the first period")
