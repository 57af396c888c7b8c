"""Figures of service: recovery, causes, control charts, importance and performance, staffing, learning."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator, PercentFormatter

from casekit._text import _, format_number, format_percent
from casekit.plots._style import COLOURS, axes
from casekit.service.complaints import RecoveryTree
from casekit.service.importance_performance import QUADRANTS

QUADRANT_COLOURS = {
    "concentrate here": "red",
    "keep up the good work": "green",
    "low priority": "grey",
    "possible overkill": "orange",
}


def plot_recovery_tree(tree: RecoveryTree, *, ax: Axes | None = None) -> Axes:
    """Customers with a problem, branch by branch: those who buy again and those who are lost.

    Parameters
    ----------
    tree : RecoveryTree
        From :func:`casekit.service.recovery_tree`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    names = {
        "silent": _("did not complain"),
        "unresolved": _("complained, not resolved"),
        "resolved": _("complained, resolved"),
        "resolved_quickly": _("complained, resolved quickly"),
    }
    branches = tree.branches
    labels = [names[name] for name in branches.index]
    ax.barh(labels, branches["retained"], color=COLOURS["green"], label=_("buy again"))
    ax.barh(labels, branches["lost"], left=branches["retained"], color=COLOURS["red"], label=_("lost"))
    for place, (_name, row) in enumerate(branches.iterrows()):
        if row["customers"] > 0:
            text = _("{share} buy again").format(share=format_percent(row["repurchase"], digits=0))
            ax.annotate(
                text, (row["customers"], place), xytext=(4, 0), textcoords="offset points", va="center"
            )
    ax.invert_yaxis()
    ax.margins(x=0.18)
    ax.set_xlabel(_("customers with a problem"))
    ax.xaxis.set_major_formatter(FuncFormatter(_plain))
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")
    ax.set_title(
        _("{kept} of {problems} buy again").format(
            kept=format_number(tree.retained, digits=0), problems=format_number(tree.problems, digits=0)
        )
    )
    return ax


def plot_pareto(
    table: pd.DataFrame, *, ylabel: str | None = None, threshold: float = 0.8, ax: Axes | None = None
) -> Axes:
    """Pareto chart: causes in order of weight, with the cumulative share; the vital few in colour.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.service.complaint_pareto`.
    ylabel : str, optional
        What the weight is, with its unit, such as ``cost (¥)``.
    threshold : float, default 0.8
        Share that the vital few reach: a line.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(table))
    colours = [COLOURS["blue"] if vital else COLOURS["light"] for vital in table["vital"]]
    ax.bar(places, table["weight"], color=colours)
    ax.set_xticks(places, [str(name) for name in table.index], rotation=30, ha="right")
    ax.set_ylabel(_("weight") if ylabel is None else ylabel)
    ax.yaxis.set_major_formatter(FuncFormatter(_plain))
    ax.set_ylim(0, float(table["weight"].sum()))
    total = float(table["weight"].sum())
    ax.plot(places, table["cumulative_share"] * total, "o-", color=COLOURS["red"], markersize=4)
    scale = (lambda value: np.asarray(value) / total, lambda share: np.asarray(share) * total)
    right = ax.secondary_yaxis("right", functions=scale)
    right.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    right.set_ylabel(_("cumulative share"))
    ax.axhline(threshold * total, color=COLOURS["grey"], linestyle="--", linewidth=1)
    vital = int(table["vital"].sum())
    share = format_percent(float(table.loc[table["vital"], "share"].sum()), digits=0)
    ax.set_title(
        _("{vital} of {count} causes make {share}").format(vital=vital, count=len(table), share=share)
    )
    ax.grid(axis="x", visible=False)
    return ax


def plot_control_chart(
    chart: pd.DataFrame, *, ylabel: str | None = None, percent: bool = True, ax: Axes | None = None
) -> Axes:
    """Control chart with its limits; signals are marked.

    Parameters
    ----------
    chart : DataFrame
        From :func:`casekit.service.p_chart`, ``u_chart`` or ``nps_chart``.
    ylabel : str, optional
        What is shown, with its unit.
    percent : bool, default True
        Show the axis in percent; False for events per unit.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(chart))
    for limit in ("lower", "upper"):
        ax.step(places, chart[limit], where="mid", color=COLOURS["red"], linewidth=1, linestyle="--")
    ax.plot(places, chart["centre"], color=COLOURS["grey"], linewidth=1)
    ax.plot(places, chart["rate"], "o-", color=COLOURS["blue"], markersize=4, linewidth=1.2)
    signal = chart["signal"].to_numpy()
    ax.plot(
        places[signal],
        chart["rate"].to_numpy()[signal],
        "o",
        color=COLOURS["red"],
        markersize=8,
        label=_("signal"),
    )
    for text, column in ((_("upper limit"), "upper"), (_("centre"), "centre"), (_("lower limit"), "lower")):
        ax.annotate(
            text,
            (places[-1], chart[column].iloc[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=COLOURS["ink"],
        )
    step = max(1, math.ceil(len(chart) / 7))
    ax.set_xticks(places[::step], [_period(label) for label in chart.index[::step]])
    ax.margins(x=0.1)
    if percent:
        ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("period"))
    ax.set_ylabel(_("rate") if ylabel is None else ylabel)
    count = int(signal.sum())
    ax.set_title(_("{count} of {periods} periods signal").format(count=count, periods=len(chart)))
    return ax


def plot_importance_performance(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The grid of importance and performance with its four fields.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.service.importance_performance`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    across, up = (table[name].to_numpy() for name in ("performance", "importance"))
    lines = table.attrs.get("cut", (float(up.mean()), float(across.mean())))
    ax.scatter(
        across, up, s=40, color=[COLOURS[QUADRANT_COLOURS[name]] for name in table["quadrant"]], zorder=3
    )
    for label, x, y in zip(table.index, across, up, strict=True):
        ax.annotate(str(label), (x, y), xytext=(5, 4), textcoords="offset points", fontsize=9)
    ax.axhline(lines[0], color=COLOURS["grey"], linewidth=1)
    ax.axvline(lines[1], color=COLOURS["grey"], linewidth=1)
    titles = {
        "concentrate here": _("concentrate here"),
        "keep up the good work": _("keep up the good work"),
        "low priority": _("low priority"),
        "possible overkill": _("possible overkill"),
    }
    for (high, well), name in QUADRANTS.items():
        ax.text(
            0.99 if well else 0.01,
            0.99 if high else 0.01,
            titles[name],
            transform=ax.transAxes,
            ha="right" if well else "left",
            va="top" if high else "bottom",
            color=COLOURS[QUADRANT_COLOURS[name]],
            weight="bold",
        )
    ax.margins(0.2)
    ax.set_xlabel(_("performance (rating)"))
    ax.set_ylabel(_("importance (rating)"))
    return ax


def plot_staffing(table: pd.DataFrame, *, wanted: float | None = None, ax: Axes | None = None) -> Axes:
    """Share of calls answered in time by size of crew, and how busy the crew is.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.service.staffing_table`.
    wanted : float, optional
        Share to reach, 0 to 1: a line, and the smallest crew that reaches it.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    ax.plot(table.index, table["service_level"], "o-", color=COLOURS["blue"], label=_("answered in time"))
    ax.plot(
        table.index,
        table["occupancy"].clip(upper=1.0),
        "s--",
        color=COLOURS["orange"],
        markersize=4,
        label=_("time that agents are busy"),
    )
    if wanted is not None:
        ax.axhline(wanted, color=COLOURS["grey"], linewidth=1, linestyle=":")
        enough = table.index[(table["service_level"] >= wanted).to_numpy()]
        if len(enough):
            crew = enough.min()
            ax.axvline(crew, color=COLOURS["red"], linewidth=1)
            text = _("{agents} agents for {share}").format(
                agents=crew, share=format_percent(wanted, digits=0)
            )
            ax.annotate(text, (crew, 0.03), xytext=(5, 0), textcoords="offset points", color=COLOURS["red"])
    ax.set_ylim(0, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(_("agents on the telephone"))
    ax.set_ylabel(_("share"))
    ax.legend(loc="center right")
    return ax


def plot_waiting_curve(curve: pd.DataFrame, *, targets: Any = (), ax: Axes | None = None) -> Axes:
    """Share of tickets answered within each length of time, open tickets counted.

    Parameters
    ----------
    curve : DataFrame
        From :func:`casekit.service.waiting_curve`, in seconds; drawn on a logarithmic axis.
    targets : list of float or str
        Targets in seconds or as ``"2 h"``: vertical lines.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    shown = curve[curve.index > 0]
    ax.step(shown.index, 1 - shown["still_waiting"], where="post", color=COLOURS["blue"], linewidth=2)
    for target in targets:
        length = target if isinstance(target, (int, float)) else pd.Timedelta(target).total_seconds()
        ax.axvline(length, color=COLOURS["grey"], linewidth=1, linestyle="--")
        ax.annotate(str(target), (length, 0.02), xytext=(3, 0), textcoords="offset points", fontsize=9)
    ax.set_xscale("log")
    ax.set_ylim(0, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ticks = [1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400]
    low, high = ax.get_xlim()
    ax.set_xticks([tick for tick in ticks if low <= tick <= high])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(_duration))
    ax.set_xlabel(_("time since the ticket was opened"))
    ax.set_ylabel(_("share answered"))
    return ax


def _plain(value: float, _position: int) -> str:
    return format_number(value, digits=0)


def _period(label: Any) -> str:
    return f"{label:%Y-%m}" if isinstance(label, (pd.Timestamp, pd.Period)) else str(label)


def _duration(seconds: float, _position: int) -> str:
    for size, text in ((86400, _("{count} d")), (3600, _("{count} h")), (60, _("{count} min"))):
        if seconds >= size:
            return text.format(count=format_number(seconds / size, digits=1))
    return _("{count} s").format(count=format_number(seconds, digits=1))
