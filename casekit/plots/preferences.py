"""Figures of conjoint analysis: part-worths, importance and market shares."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from casekit._text import _
from casekit.plots._style import COLOURS, axes


def plot_part_worths(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Part-worths level by level, one block an attribute, with their intervals.

    Parameters
    ----------
    table : DataFrame
        As :func:`casekit.strategy.average_part_worths` gives it; the intercept is left out.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    rows = table[table.index.get_level_values(0) != "intercept"]
    attributes = list(dict.fromkeys(rows.index.get_level_values(0)))
    labels, places, place = [], [], 0.0
    for attribute in attributes:
        own = rows[rows.index.get_level_values(0) == attribute]
        place += 0.9
        ax.text(-0.01, -place, str(attribute), transform=ax.get_yaxis_transform(),
                ha="right", va="center", weight="bold", size=9.5)  # fmt: skip
        for (_attribute, level), row in own.iterrows():  # type: ignore[misc]
            place += 1
            colour = COLOURS["blue"] if row["part_worth"] >= 0 else COLOURS["red"]
            ax.barh(-place, row["part_worth"], height=0.68, color=colour, alpha=0.85)
            if np.isfinite(row["low"]):
                ax.hlines(-place, row["low"], row["high"], color=COLOURS["ink"], linewidth=1.2)
            labels.append(str(level))
            places.append(-place)
        place += 0.35
    ax.axvline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_yticks(places, labels, size=9)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(_("part-worth (points of the rating; line: interval)"))
    return ax


def plot_importance(importance: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Importance of the attributes computed in several ways, side by side.

    Parameters
    ----------
    importance : DataFrame
        One row an attribute, one column a way of computing it (its name labels the picture), shares.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places, width = np.arange(len(importance)), 0.8 / importance.shape[1]
    colours = [COLOURS[name] for name in ("blue", "light", "orange", "green")]
    for number, column in enumerate(importance.columns):
        at = places + (number - (importance.shape[1] - 1) / 2) * width
        bars = ax.bar(at, importance[column], width * 0.94, color=colours[number % 4], label=str(column))
        ax.bar_label(
            bars, labels=[f"{100 * share:.0f} %" for share in importance[column]], size=8.5, padding=2
        )
    ax.set_xticks(places, [str(name) for name in importance.index])
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.margins(y=0.14)
    ax.grid(axis="x", visible=False)
    ax.set_ylabel(_("importance"))
    if importance.shape[1] > 1:
        ax.legend(loc="upper right", ncols=2)
    return ax


def plot_market_shares(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Market shares of each product under several choice rules or scenarios.

    Parameters
    ----------
    shares : DataFrame or Series
        One row a product, one column a rule or scenario (its name labels the picture), shares.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    table = shares.to_frame() if isinstance(shares, pd.Series) else shares
    places = np.arange(len(table))[::-1]
    marks = ("o", "s", "D", "^", "v")
    colours = [COLOURS[name] for name in ("blue", "orange", "green", "red", "purple")]
    ax.hlines(places, table.min(axis=1), table.max(axis=1), color=COLOURS["light"], linewidth=3, zorder=1)
    for number, column in enumerate(table.columns):
        mark, colour = marks[number % 5], colours[number % 5]
        ax.scatter(table[column], places, s=55, zorder=3, label=str(column), marker=mark, color=colour)
    ax.set_yticks(places, [str(name) for name in table.index])
    ax.set_ylim(-0.6, len(table) - 0.4)
    ax.set_xlim(0, max(float(table.to_numpy().max()) * 1.12, 0.05))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(_("share of preference"))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.14), ncols=min(5, table.shape[1]))
    return ax
