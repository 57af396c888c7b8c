"""Figures of tiers and of what guests do: sizes, thresholds, moves, values, visits kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_money, format_percent, pgettext
from casekit._words import in_words
from casekit.plots._style import COLOURS, axes, heat

#: Colours of the levels from the lowest upwards.
LEVEL_COLOURS = ("light", "sky", "blue", "green", "purple")


def plot_tier_sizes(
    sizes: pd.DataFrame, *, event: Any = None, event_label: str = "", ax: Axes | None = None
) -> Axes:
    """Customers in each tier month by month, stacked, with those on watch as a line.

    Parameters
    ----------
    sizes : DataFrame
        From :func:`casekit.loyalty.tier_sizes`; the best tier is drawn at the bottom.
    event : date, optional
        A day to mark with a vertical line.
    event_label : str
        What happened on it.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    tiers = [column for column in sizes.columns if column != "watch"][::-1]
    places = range(len(tiers) - 1, -1, -1)
    colours = [COLOURS[LEVEL_COLOURS[place % len(LEVEL_COLOURS)]] for place in places]
    months = sizes.index.to_numpy()
    ax.stackplot(months, sizes[tiers].T.to_numpy(), labels=list(map(in_words, tiers)), colors=colours)
    ax.plot(
        months, sizes["watch"], color=COLOURS["orange"], linewidth=2.2, linestyle="--", label=_("on watch")
    )
    top = float(sizes[tiers].sum(axis=1).max())
    if event is not None:
        ax.axvline(event, color=COLOURS["ink"], linewidth=1)
        ax.annotate(event_label, (event, top * 1.03), xytext=(4, 0), textcoords="offset points", va="bottom")
    ax.set_ylim(0, top * 1.14)
    ax.margins(x=0)
    ax.set_ylabel(_("guests holding the tier"))
    ax.set_xlabel(_("month"))
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], labels[::-1], loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax


def plot_threshold_sweep(sweep: pd.DataFrame, *, current: float, label: str, ax: Axes | None = None) -> Axes:
    """How many customers earn and hold a tier as its threshold moves, and the share of spend they bring.

    Parameters
    ----------
    sweep : DataFrame
        From :func:`casekit.loyalty.sweep_threshold`.
    current : float
        The threshold in force, marked by a line.
    label : str
        Name and unit of the threshold.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    ax.plot(
        sweep["threshold"], sweep["members"], color=COLOURS["blue"], linewidth=2.2, label=_("hold the tier")
    )
    ax.plot(
        sweep["threshold"],
        sweep["earning"],
        color=COLOURS["orange"],
        linewidth=2.2,
        label=_("earn it in the month"),
    )
    ax.axvline(current, color=COLOURS["ink"], linewidth=1, linestyle=":")
    for place in np.linspace(0, len(sweep) - 1, min(5, len(sweep))).round().astype(int):
        row = sweep.iloc[place]
        ax.annotate(
            format_percent(row["spend_share"], digits=0),
            (row["threshold"], row["members"]),
            xytext=(5, 5),
            textcoords="offset points",
            color=COLOURS["blue"],
            fontsize=9,
        )
    ax.set_xlabel(label)
    ax.set_ylabel(_("guests in an ordinary month"))
    ax.set_ylim(0, float(sweep["members"].max()) * 1.15 + 1)
    ax.set_title(_("figures on the line: share of all spend"), fontsize=10, fontweight="normal")
    ax.legend(loc="upper right")
    return ax


def plot_migration(matrix: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Heat map of a migration matrix: from the state on the left to the state below.

    Parameters
    ----------
    matrix : DataFrame
        From :func:`casekit.loyalty.migration_matrix`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    shares = matrix.to_numpy()
    ax.imshow(np.sqrt(shares), cmap=heat(), vmin=0, vmax=1.1, aspect="auto")
    for row, column in np.ndindex(*shares.shape):
        share = float(shares[row, column])
        text = format_percent(share, digits=0 if share >= 0.095 else 1)
        ax.text(
            column, row, text, ha="center", va="center", color="white" if share > 0.45 else COLOURS["ink"]
        )
    ax.set_xticks(range(len(matrix.columns)), [str(in_words(name)) for name in matrix.columns])
    ax.set_yticks(range(len(matrix.index)), [str(in_words(name)) for name in matrix.index])
    ax.set_xlabel(_("next month"))
    ax.set_ylabel(_("this month"))
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)
    return ax


def plot_state_values(values: pd.Series, *, currency: str = "¥", ax: Axes | None = None) -> Axes:
    """Present value of a customer in each state, in the order given from the top.

    Parameters
    ----------
    values : Series of float by state
        From :func:`casekit.loyalty.chain_value`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    names, amounts = [str(in_words(name)) for name in values.index], values.to_numpy(dtype=float)
    ax.barh(names, amounts, color=[COLOURS["blue"] if amount >= 0 else COLOURS["red"] for amount in amounts])
    for name, amount in zip(names, amounts, strict=True):
        ax.annotate(
            format_money(amount, currency),
            (amount, name),
            xytext=(4 if amount >= 0 else -4, 0),
            textcoords="offset points",
            va="center",
            ha="left" if amount >= 0 else "right",
        )
    ax.axvline(0, color=COLOURS["ink"], linewidth=0.8)
    low, high = min(0.0, amounts.min()), max(0.0, amounts.max())
    ax.set_xlim(low - 0.2 * (high - low) * (low < 0), high + 0.2 * (high - low) + (high == low))
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(_money(currency))
    ax.set_xlabel(_("present value of one guest ({currency})").format(currency=currency))
    ax.grid(axis="y", visible=False)
    return ax


def plot_patronage_kept(kept: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of visits that each group kept, with intervals.

    Parameters
    ----------
    kept : DataFrame
        From :func:`casekit.loyalty.patronage_kept`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    none = {"none": pgettext("loyalty", "none")}
    names = [
        _("{group} ({count})").format(group=none.get(group, in_words(group)), count=f"{count:,}")
        for group, count in zip(kept.index, kept["customers"], strict=True)
    ]
    spread = [kept["kept"] - kept["low"], kept["high"] - kept["kept"]]
    ax.errorbar(
        kept["kept"],
        names,
        xerr=spread,
        fmt="o",
        color=COLOURS["blue"],
        capsize=4,
        markersize=7,
        linewidth=1.5,
    )
    ax.axvline(1, color=COLOURS["grey"], linewidth=1, linestyle="--")
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("visits after as a share of visits before"))
    ax.set_xlim(left=0)
    ax.margins(y=0.15)
    ax.grid(axis="y", visible=False)
    return ax


def _money(currency: str) -> FuncFormatter:
    return FuncFormatter(lambda amount, _position: format_money(amount, currency))
