"""Figures of a ranking: totals, places, and how much of them survives."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from casekit._text import _, format_number, format_percent
from casekit.plots._style import COLOURS, axes, heat
from casekit.plots.strategy import BLUES


def plot_qspm_ranking(
    ranking: pd.DataFrame, *, level: float = 0.9, label_first: bool = True, ax: Axes | None = None
) -> Axes:
    """Totals of the strategies with the interval that the wobble gives, and how often each comes first.

    Parameters
    ----------
    ranking : DataFrame
        As :func:`casekit.strategy.ranking_survival` gives it.
    level : float, default 0.9
        Share of the draws that the interval holds (for the label).
    label_first : bool, default True
        Write beside each total how often the strategy comes first.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    rows = ranking.iloc[::-1].reset_index(drop=True)
    places = np.arange(len(rows))
    best = float(ranking["total"].max())
    text = _("{total}   first in {share} of draws") if label_first else "{total}"
    colours = [COLOURS["blue"] if total == best else COLOURS["grey"] for total in rows["total"]]
    ax.hlines(places, rows["low"], rows["high"], color=colours, linewidth=6, alpha=0.35)
    ax.scatter(rows["total"], places, s=90, color=colours, zorder=3)
    ax.axvline(best, color=COLOURS["blue"], linestyle=":", linewidth=1)
    for place, row in zip(places, rows.itertuples(), strict=True):
        ax.annotate(
            text.format(total=f"{row.total:.2f}", share=format_percent(row.first_share, digits=0)),
            (row.total, place),
            xytext=(0, 11),
            textcoords="offset points",
            ha="center",
            size=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    ax.set_yticks(places, list(rows["strategy"]))
    ax.set_ylim(-0.5, len(rows) - 0.5)
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(
        _("sum of total attractiveness; bar: {level} of the draws").format(
            level=format_percent(level, digits=0)
        )
    )
    return ax


def plot_rank_probabilities(chances: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How often each strategy takes each place.

    Parameters
    ----------
    chances : DataFrame
        As :func:`casekit.strategy.rank_probabilities` gives it: strategies (drawn in this order) by places.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    rows = chances
    ax.imshow(rows.to_numpy(dtype=float), cmap=heat(BLUES), vmin=0, vmax=1, aspect="auto")
    for row, values in enumerate(rows.to_numpy(dtype=float)):
        for column, share in enumerate(values):
            text = format_percent(share, digits=0) if share >= 0.005 or share == 0 else _("< 1 %")
            colour = "white" if share > 0.7 else COLOURS["ink"]
            ax.text(
                column,
                row,
                text,
                ha="center",
                va="center",
                color=colour,
                weight="bold" if share > 0.5 else None,
            )
    ax.set_xticks(range(len(rows.columns)), [str(place) for place in rows.columns])
    ax.set_yticks(range(len(rows)), list(rows.index))
    ax.grid(visible=False)
    ax.set_xlabel(_("place in the ranking"))
    return ax


def plot_survival_curve(
    curve: pd.DataFrame, *, concentration: float | None = None, ax: Axes | None = None
) -> Axes:
    """How often each strategy comes first, from loosely to firmly held weights.

    Parameters
    ----------
    curve : DataFrame
        As :func:`casekit.strategy.survival_curve` gives it.
    concentration : float, optional
        Concentration to mark.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    order = curve.iloc[-1].sort_values(ascending=False, kind="stable").index
    for name, colour in zip(order, _cycle(len(order)), strict=True):
        ax.plot(curve.index, curve[name], "o-", color=colour, linewidth=2, markersize=5, label=str(name))
    if concentration is not None:
        ax.axvline(concentration, color=COLOURS["grey"], linestyle="--", linewidth=1)
        ax.annotate(
            _("concentration {value}").format(value=format_number(concentration)),
            (concentration, 1.0),
            xytext=(5, -2),
            textcoords="offset points",
            color=COLOURS["grey"],
            size=9,
        )
    ax.set_xscale("log")
    ax.set_xticks(list(curve.index), [format_number(float(value)) for value in curve.index])
    ax.minorticks_off()
    ax.set_ylim(-0.03, 1.06)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("concentration: loosely held weights on the left, firmly held on the right"))
    ax.set_ylabel(_("share of draws in which it comes first"))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax


def _cycle(count: int) -> list[str]:
    colours = [COLOURS[name] for name in ("blue", "red", "green", "orange", "purple", "sky", "grey")]
    return [colours[place % len(colours)] for place in range(count)]


def plot_growth_scenarios(
    values: pd.Series, *, growth: float, break_even: float, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """Net present value of a direction over the growth of its market, with the growth it needs.

    Parameters
    ----------
    values : Series
        Net present value in millions, indexed by growth a year (a share).
    growth : float
        Growth expected.
    break_even : float
        Growth at which the value is zero; missing if there is none.
    currency : str, default "¥"
        Sign on the axis.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    shares = np.asarray(values.index, dtype=float)
    ax.plot(shares, values, color=COLOURS["blue"], linewidth=2)
    ax.fill_between(shares, values, 0, where=values < 0, color=COLOURS["red"], alpha=0.15)
    ax.fill_between(shares, values, 0, where=values >= 0, color=COLOURS["green"], alpha=0.15)
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    now = float(np.interp(growth, shares, values))
    ax.plot([growth], [now], "o", color=COLOURS["blue"], markersize=9)
    ax.annotate(
        _("expected growth {growth}").format(growth=format_percent(growth)),
        (growth, now),
        xytext=(-10, 8) if now >= 0 else (10, -14),
        textcoords="offset points",
        ha="right" if now >= 0 else "left",
        color=COLOURS["blue"],
    )
    if shares.min() <= break_even <= shares.max():
        ax.plot([break_even], [0], "o", color=COLOURS["red"], markersize=9)
        ax.annotate(
            _("needs {growth}").format(growth=format_percent(break_even)),
            (break_even, 0),
            xytext=(8, -16) if now >= 0 else (-8, 10),
            textcoords="offset points",
            ha="left" if now >= 0 else "right",
            color=COLOURS["red"],
        )
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("growth of the market a year"))
    ax.set_ylabel(_("net present value ({currency} million)").format(currency=currency))
    return ax
