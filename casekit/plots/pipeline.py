"""Figures of the pipeline: funnel with intervals, forecast, map of buyers, buying centre, win rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_money, format_number, format_percent
from casekit._validate import Check
from casekit.plots._style import COLOURS, axes
from casekit.selling import Forecast, WinRateComparison, buyer_types

#: Colours of the states of a step.
STATE_COLOURS = {"alarm": "red", "watch": "orange", "unproven": "sky", "fine": "green", "no data": "grey"}

#: Colours of the status of a role.
STATUS_COLOURS = {"unknown": "light", "not met": "sky", "against": "red", "covered": "green"}


def plot_funnel(conversion: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Conversion of each step with its interval, and the alarm it is held against.

    Parameters
    ----------
    conversion : DataFrame
        From :func:`casekit.selling.funnel_conversion`.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_funnel")
    columns = ["from_stage", "entered", "passed", "rate", "low", "high", "alarm", "state"]
    table = check.frame("conversion", conversion, columns)
    check.done()
    ax = axes(ax)
    places = np.arange(len(table))[::-1]
    seen: set[str] = set()
    words = {
        "alarm": _("too low"),
        "watch": _("low, but too few to say"),
        "unproven": _("not proved sound"),
        "fine": _("sound"),
        "no data": _("no data"),
    }
    for place, (_step, row) in zip(places, table.iterrows(), strict=True):
        colour = COLOURS[STATE_COLOURS.get(str(row["state"]), "grey")]
        label = None if row["state"] in seen else words.get(str(row["state"]), str(row["state"]))
        seen.add(row["state"])
        if row["entered"] > 0:
            ends = [[row["rate"] - row["low"]], [row["high"] - row["rate"]]]
            ax.errorbar(
                row["rate"],
                place,
                xerr=ends,
                fmt="o",
                color=colour,
                markersize=8,
                linewidth=2.5,
                capsize=4,
                label=label,
            )
        ax.annotate(
            _("{passed} of {entered}").format(
                passed=format_number(row["passed"], digits=0), entered=format_number(row["entered"], digits=0)
            ),
            (row["high"] if row["entered"] > 0 else 0.0, place),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            size=9,
        )
        if not np.isnan(row["alarm"]):
            ax.plot([row["alarm"]] * 2, [place - 0.32, place + 0.32], color=COLOURS["ink"], linewidth=1.4)
    if table["alarm"].notna().any():
        ax.plot([], [], color=COLOURS["ink"], linewidth=1.4, label=_("alarm line"))
    names = [f"{row['from_stage']} → {step}" for step, row in table.iterrows()]
    ax.set_yticks(places, names)
    ax.set_ylim(-0.6, len(table) - 0.4)
    ax.set_xlim(0, min(1.0, float(np.nanmax([table["high"].max(), table["alarm"].max()])) * 1.2))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("share that goes on, with its interval"))
    ax.grid(False, axis="y")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=5)
    return ax


def plot_forecast(
    forecast: Forecast, *, target: float | None = None, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """What the pipeline may bring: simulated sums, the weighted forecast and the middle 80 %.

    Parameters
    ----------
    forecast : Forecast
        From :func:`casekit.selling.simulate_forecast`.
    target : float, optional
        Target of the period, in money.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    draws = forecast.draws.to_numpy()
    low, high = forecast.quantile(0.1), forecast.quantile(0.9)
    ax.hist(
        draws,
        bins=min(40, max(10, len(np.unique(draws)))),
        weights=np.full(len(draws), 1 / len(draws)),
        color=COLOURS["sky"],
        edgecolor="white",
        linewidth=0.4,
    )
    ax.axvspan(
        low,
        high,
        color=COLOURS["light"],
        alpha=0.4,
        zorder=0,
        label=_("8 of 10 periods: {low} to {high}").format(
            low=format_money(low, currency), high=format_money(high, currency)
        ),
    )
    ax.axvline(
        forecast.weighted,
        color=COLOURS["blue"],
        linewidth=2,
        label=_("weighted forecast {amount}").format(amount=format_money(forecast.weighted, currency)),
    )
    if target is not None:
        ax.axvline(
            target,
            color=COLOURS["red"],
            linewidth=2,
            linestyle="--",
            label=_("target {amount}: reached in {share}").format(
                amount=format_money(target, currency),
                share=format_percent(forecast.chance_of(target), digits=0),
            ),
        )
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value, digits=0)))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("won in the period, {currency}").format(currency=currency))
    ax.set_ylabel(_("share of simulated periods"))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2 if target is None else 3, fontsize=8.5)
    return ax


def plot_buyer_map(
    profiles: pd.DataFrame | None = None,
    *,
    centroids: pd.DataFrame | None = None,
    types: Any = None,
    ax: Axes | None = None,
) -> Axes:
    """Buyers by risk of the project and help they need, with the area of each type.

    Parameters
    ----------
    profiles : DataFrame, optional
        One row a buyer, columns ``risk`` and ``help``, 0 to 1; the index is written beside up to 12 buyers.
    centroids : DataFrame, optional
        Position of each type on the two axes; :func:`casekit.selling.buyer_types` if not given.
    types : Series or list of str, optional
        Type of each buyer, for the colour; the nearest centroid if not given.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_buyer_map")
    places = ["risk", "help"]
    centres = check.frame("centroids", buyer_types() if centroids is None else centroids, places)
    buyers = pd.DataFrame(columns=places) if profiles is None else check.frame("profiles", profiles, places)
    check.done()
    ax = axes(ax)
    middle = centres[places].to_numpy(dtype=float)
    colours = [COLOURS[name] for name in ("blue", "green", "orange", "purple", "red", "sky")]
    shade = dict(zip(centres.index, colours, strict=False))
    steps = np.linspace(0, 1, 201)
    grid = np.stack(np.meshgrid(steps, steps), axis=-1)
    nearest = ((grid[:, :, None, :] - middle) ** 2).sum(axis=3).argmin(axis=2)
    ax.contourf(
        steps,
        steps,
        nearest,
        levels=np.arange(len(centres) + 1) - 0.5,
        colors=list(shade.values()),
        alpha=0.13,
    )
    for name, (across, up) in zip(centres.index, middle, strict=True):
        ax.plot(across, up, "X", color=shade[name], markersize=11, zorder=3)
        ax.annotate(
            str(name),
            (across, up),
            xytext=(9, 6),
            textcoords="offset points",
            color=shade[name],
            weight="bold",
        )
    points = buyers[places].to_numpy(dtype=float)
    if len(points):
        found = ((points[:, None, :] - middle) ** 2).sum(axis=2).argmin(axis=1)
        kinds = centres.index[found] if types is None else list(types)
        ax.scatter(
            points[:, 0],
            points[:, 1],
            c=[shade.get(kind, COLOURS["grey"]) for kind in kinds],
            edgecolors="white",
            s=45,
            zorder=2,
        )
    if len(points) <= 12:
        for name, (across, up) in zip(buyers.index, points, strict=True):
            ax.annotate(str(name), (across, up), xytext=(6, -10), textcoords="offset points", size=8.5)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_xlabel(_("complexity and risk of the project, 0 to 1"))
    ax.set_ylabel(_("help the buyer needs, 0 to 1"))
    return ax


def plot_buying_centre(roles: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Support in each role of the buying centre, and the roles nobody has spoken to.

    Parameters
    ----------
    roles : DataFrame
        The ``roles`` of :func:`casekit.selling.buying_centre_coverage`.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_buying_centre")
    table = check.frame("roles", roles, ["people", "support", "status"])
    check.done()
    ax = axes(ax)
    places = np.arange(len(table))[::-1]
    words = {
        "unknown": _("nobody known"),
        "not met": _("not met"),
        "against": _("against"),
        "covered": _("covered"),
    }
    colours = [COLOURS[STATUS_COLOURS[status]] for status in table["status"]]
    ax.barh(places, table["support"].fillna(0), height=0.6, color=colours)
    for place, (_role, row) in zip(places, table.iterrows(), strict=True):
        support = 0.0 if np.isnan(row["support"]) else float(row["support"])
        note = words[str(row["status"])]
        side = 1 if support >= 0 else -1
        ax.annotate(
            note,
            (support, place),
            xytext=(5 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            size=9,
        )
    ax.axvline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_yticks(places, [f"{role} ({row['people']})" for role, row in table.iterrows()])
    ax.set_xlim(-1.35, 1.35)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1])
    ax.set_xlabel(_("support, −1 against to 1 in favour (people known in brackets)"))
    ax.grid(False, axis="y")
    return ax


def plot_win_rates(comparison: WinRateComparison, *, ax: Axes | None = None) -> Axes:
    """Two win rates with their intervals, and the difference in words.

    Parameters
    ----------
    comparison : WinRateComparison
        From :func:`casekit.selling.compare_win_rates`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    rates = comparison.rates
    places = np.arange(len(rates))[::-1]
    for place, (_name, row), colour in zip(places, rates.iterrows(), ("blue", "orange"), strict=True):
        ends = [[row["rate"] - row["low"]], [row["high"] - row["rate"]]]
        ax.errorbar(row["rate"], place, xerr=ends, fmt="o", color=COLOURS[colour], markersize=9, capsize=5)
        ax.annotate(
            _("{wins} of {deals}").format(
                wins=format_number(row["wins"], digits=0), deals=format_number(row["deals"], digits=0)
            ),
            (row["rate"], place),
            xytext=(0, 10),
            textcoords="offset points",
            ha="center",
            size=9,
        )
    ax.set_yticks(places, [str(name) for name in rates.index])
    ax.set_ylim(-0.6, len(rates) - 0.4)
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("share of closed deals won"))
    ax.set_title(
        _("difference {difference} points ({low} to {high})").format(
            difference=format_number(100 * comparison.difference, digits=1),
            low=format_number(100 * comparison.low, digits=1),
            high=format_number(100 * comparison.high, digits=1),
        ),
        loc="left",
        size=10,
        weight="normal",
    )
    ax.grid(False, axis="y")
    return ax
