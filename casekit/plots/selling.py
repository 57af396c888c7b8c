"""Figures of selling: gains, uplift, triggers, contact plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_money, format_number, format_percent, ngettext
from casekit._words import in_words
from casekit.plots._style import COLOURS, axes

#: Colours of the four kinds of client with respect to a call.
KIND_COLOURS = {
    "persuadable": "green",
    "sure thing": "sky",
    "lost cause": "light",
    "sleeping dog": "red",
}


def plot_gains_curves(
    curves: Mapping[str, pd.DataFrame], *, share: float | None = None, ax: Axes | None = None
) -> Axes:
    """Cumulative gains of one or more scores, with the line of chance.

    Parameters
    ----------
    curves : mapping of name to DataFrame
        Each from :func:`casekit.selling.cumulative_gains`.
    share : float, optional
        Share of clients that can be contacted: a vertical line.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for colour, (name, curve) in zip(_cycle(), curves.items(), strict=False):
        ax.plot(curve["contacted_share"], curve["buyer_share"], color=colour, linewidth=2, label=name)
    ax.plot([0, 1], [0, 1], color=COLOURS["grey"], linestyle="--", linewidth=1, label=_("chance"))
    if share is not None:
        ax.axvline(share, color=COLOURS["ink"], linewidth=1, linestyle=":")
        ax.annotate(
            _("your calls"), (share, 0.96), xytext=(4, 0), textcoords="offset points", color=COLOURS["ink"]
        )
    ax.set_xlabel(_("share of clients contacted, best score first"))
    ax.set_ylabel(_("share of all buyers reached"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    ax.legend(loc="lower right")
    return ax


def plot_uplift_curves(
    curves: Mapping[str, pd.DataFrame],
    *,
    capacity: int | None = None,
    ylabel: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Uplift or Qini curves of one or more scores, with the line of chance.

    Parameters
    ----------
    curves : mapping of name to DataFrame
        Each from :func:`casekit.selling.uplift_curve` or :func:`casekit.selling.qini_curve`.
    capacity : int, optional
        Contacts that can be made: a vertical line.
    ylabel : str, optional
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for colour, (name, curve) in zip(_cycle(), curves.items(), strict=False):
        ax.plot(curve["contacted"], curve["gain"], color=colour, linewidth=1.8, label=name)
    last = next(iter(curves.values())).iloc[-1]
    ax.plot(
        [0, last["contacted"]],
        [0, last["gain"]],
        color=COLOURS["grey"],
        linestyle="--",
        linewidth=1,
        label=_("chance"),
    )
    if capacity is not None:
        ax.axvline(capacity, color=COLOURS["ink"], linewidth=1, linestyle=":")
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_xlabel(_("clients contacted, best score first"))
    ax.set_ylabel(_("extra sales") if ylabel is None else ylabel)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value, digits=0)))
    ax.legend(loc="best")
    return ax


def plot_uplift_by_group(
    table: pd.DataFrame, *, ylabel: str | None = None, xlabel: str | None = None, ax: Axes | None = None
) -> Axes:
    """Measured effect of a call in groups of clients, best-scored first, with two standard errors.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.selling.uplift_by_group`.
    ylabel, xlabel : str, optional
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    colours = [COLOURS["green"] if value >= 0 else COLOURS["red"] for value in table["uplift"]]
    ax.bar(
        table.index,
        table["uplift"],
        yerr=1.96 * table["standard_error"],
        color=colours,
        ecolor=COLOURS["grey"],
        capsize=3,
        label=_("measured"),
    )
    ax.plot(table.index, table["score"], "o", color=COLOURS["ink"], markersize=5, label=_("predicted"))
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    ax.set_xticks(list(table.index))
    ax.set_xlabel(_("tenth of clients, best-scored first") if xlabel is None else xlabel)
    ax.set_ylabel(_("change in the chance to buy") if ylabel is None else ylabel)
    ax.legend(loc="upper right")
    return ax


def plot_trigger_precision(table: pd.DataFrame, *, base: float | None = None, ax: Axes | None = None) -> Axes:
    """Precision and recall of triggers at the same number of calls.

    Parameters
    ----------
    table : DataFrame
        Index: name of the trigger; columns ``precision`` and ``recall`` (shares).
    base : float, optional
        Share of true leads among all clients: what calling by chance would reach.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(table))[::-1]
    ax.barh(
        places + 0.19,
        table["precision"],
        height=0.36,
        color=COLOURS["blue"],
        label=_("calls that reach a lead"),
    )
    ax.barh(
        places - 0.19,
        table["recall"],
        height=0.36,
        color=COLOURS["orange"],
        label=_("leads that are reached"),
    )
    for place, row in zip(places, table.itertuples(), strict=True):
        for shift, share in ((0.19, row.precision), (-0.19, row.recall)):
            ax.text(
                float(share) + 0.008,
                place + shift,
                format_percent(float(share), digits=0),
                va="center",
                fontsize=9,
            )
    if base is not None:
        ax.axvline(base, color=COLOURS["ink"], linestyle=":", linewidth=1.2, label=_("calls by chance"))
    ax.set_yticks(places, [str(name) for name in table.index])
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    ax.set_xlabel(_("share of calls, share of leads"))
    ax.set_xlim(0, min(1.0, float(table[["precision", "recall"]].max().max()) * 1.15 + 0.02))
    ax.grid(False, axis="y")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return ax


def plot_kinds_called(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Who is called under each rule: the four kinds of client, in one bar a rule.

    Parameters
    ----------
    counts : DataFrame
        Index: name of the rule; one column a kind (``persuadable``, ``sure thing``, ``lost cause``,
        ``sleeping dog``), clients.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(counts))[::-1]
    left = np.zeros(len(counts))
    for kind in counts.columns:
        width = counts[kind].to_numpy(dtype=float)
        colour = COLOURS.get(KIND_COLOURS.get(str(kind), ""))
        ax.barh(places, width, left=left, height=0.6, color=colour, label=str(in_words(kind)))
        for place, start, size in zip(places, left, width, strict=True):
            if size >= 0.05 * counts.sum(axis=1).max():
                ax.text(start + size / 2, place, f"{size:.0f}", ha="center", va="center", fontsize=10)
        left += width
    ax.set_yticks(places, [str(name) for name in counts.index])
    ax.set_xlabel(_("clients called"))
    ax.grid(False, axis="y")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4)
    return ax


def plot_gain_by_capacity(
    gains: Any,
    *,
    capacity: int,
    currency: str = "¥",
    horizon: int | None = None,
    measure: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """What a list adds up to by number of calls, with the calls at hand and what one more would add.

    Parameters
    ----------
    gains : Series, list or array of float, shape (n_clients,)
        Expected gain of a call to each client (or what the list is ranked by), in money, any order.
    capacity : int
        Calls that can be made.
    currency : str
    horizon : int, optional
        Calls to show at most; default three times the capacity, or all.
    measure : str, optional
        What is added up, from :func:`casekit.selling.measure_of`; default expected gain.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    ordered = np.sort(np.asarray(gains, dtype=float))[::-1]
    shown = min(len(ordered), max(horizon or 3 * capacity, 10))
    total = np.append(0.0, ordered.cumsum())
    ax.plot(np.arange(shown + 1), total[: shown + 1], color=COLOURS["blue"], linewidth=2)
    calls = min(capacity, int((ordered > 0).sum()))
    ax.plot([calls], [total[calls]], "o", color=COLOURS["red"])
    text = ngettext("{calls} call: {total}", "{calls} calls: {total}", calls).format(
        calls=f"{calls:,}", total=format_money(total[calls], currency)
    )
    if calls < len(ordered) and ordered[calls] > 0:
        text += "\n" + _("one more: {more}").format(more=format_money(float(ordered[calls]), currency))
    right = calls > 0.6 * shown
    ax.annotate(
        text,
        (calls, total[calls]),
        xytext=(-12 if right else 12, -40),
        textcoords="offset points",
        ha="right" if right else "left",
        color=COLOURS["red"],
    )
    if calls < capacity <= shown:
        ax.axvline(capacity, color=COLOURS["grey"], linestyle=":", label=_("capacity"))
        ax.legend(loc="lower right")
    ax.set_xlabel(_("calls, best client first"))
    measure = _("expected gain") if measure is None else measure
    ax.set_ylabel(_("{measure}, {currency}").format(measure=measure, currency=currency))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value, digits=0)))
    ax.set_ylim(bottom=min(0.0, float(total[: shown + 1].min())))
    return ax


def plot_tier_changes(changes: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Clients who change tier in each month, under one rule and another.

    Parameters
    ----------
    changes : DataFrame
        Index: month; one column a rule; clients whose tier changed.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(changes))
    width = 0.8 / changes.shape[1]
    for number, (colour, column) in enumerate(zip(_cycle(), changes.columns, strict=False)):
        shift = (number - (changes.shape[1] - 1) / 2) * width
        ax.bar(places + shift, changes[column], width=width, color=colour, label=str(column))
    ax.set_xticks(places, [str(month) for month in changes.index], rotation=45, ha="right")
    ax.set_ylabel(_("clients whose tier changed"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value, digits=0)))
    ax.grid(False, axis="x")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return ax


def plot_growth_of_one(growth: Any, *, one: float, label: str = "", ax: Axes | None = None) -> Axes:
    """Where one client's growth stands among that of many, on a log scale.

    Parameters
    ----------
    growth : Series, list or array of float, shape (n_clients,)
        Growth factor of each client's assets over the same span, above 0 (2 means doubled).
    one : float
        The growth factor of the one client.
    label : str
        Name of the one client.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    logs = np.log2(np.asarray(growth, dtype=float))
    edge = max(float(np.abs(logs).max()), float(np.log2(one))) + 0.3
    ax.hist(logs, bins=60, range=(-edge, edge), color=COLOURS["sky"])
    ax.axvline(np.log2(one), color=COLOURS["red"], linewidth=2)
    ax.annotate(
        label or _("one client"),
        (np.log2(one), 0.9),
        xycoords=("data", "axes fraction"),
        xytext=(6, 0),
        textcoords="offset points",
        color=COLOURS["red"],
    )
    ax.set_yscale("symlog", linthresh=1)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value, digits=0)))
    ticks = np.arange(-np.floor(edge), np.floor(edge) + 1)
    ax.set_xticks(ticks, [f"×{2**tick:g}" if tick >= 0 else f"÷{2**-tick:g}" for tick in ticks])
    ax.set_xlabel(_("assets at the end over assets at the start"))
    ax.set_ylabel(_("clients (log scale)"))
    return ax


def _cycle() -> list[str]:
    return [COLOURS[name] for name in ("blue", "orange", "green", "red", "purple", "sky")]
