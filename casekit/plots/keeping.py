"""Figures of keeping customers: the points still owed, the rule of silence, whom an offer holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from scipy.special import ndtri

from casekit._text import _, format_money
from casekit.plots._style import COLOURS, axes


def plot_points_ledger(ledger: pd.DataFrame, *, currency: str = "¥", ax: Axes | None = None) -> Axes:
    """What is put aside for points in each period, what is released and why, and what is still owed.

    Parameters
    ----------
    ledger : DataFrame
        From :func:`casekit.loyalty.points_ledger`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(ledger))
    ax.bar(places, ledger["deferred"], width=0.62, color=COLOURS["sky"], label=_("put aside with sales"))
    used = ledger["revenue"] - ledger["catch_up"] - ledger["expired"]
    parts = [
        (used, "blue", _("released: points used")),
        (ledger["expired"], "orange", _("released: points lapsed")),
        (ledger["catch_up"], "purple", _("changed expectation")),
    ]
    below, above = np.zeros(len(ledger)), ledger["deferred"].to_numpy(dtype=float).copy()
    for amounts, colour, label in parts:
        values = amounts.to_numpy(dtype=float)
        if not np.abs(values).max() > 0:
            continue
        bottom = np.where(values >= 0, below, above)
        ax.bar(places, -values, bottom=bottom, width=0.62, color=COLOURS[colour], label=label)
        below, above = below - values.clip(min=0), above + (-values).clip(min=0)
    ax.plot(places, ledger["liability"], "o-", color=COLOURS["ink"], linewidth=1.8, label=_("still owed"))
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_xticks(places, [str(label) for label in ledger.index])
    ax.yaxis.set_major_formatter(lambda amount, _position: format_money(amount, currency))
    ax.set_xlabel(_("period"))
    ax.set_ylabel(_("points liability ({currency})").format(currency=currency))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax


def plot_hiatus_errors(
    table: pd.DataFrame, *, chosen: float | None = None, unit: str = "", ax: Axes | None = None
) -> Axes:
    """How often "silent for longer than so long means gone" is right, and whom it gets wrong.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.loyalty.hiatus_errors`.
    chosen : float, optional
        A threshold to mark, such as that of :func:`casekit.loyalty.best_hiatus`.
    unit : str
        Unit of the thresholds, such as ``days``.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for column, label, colour, style in (
        ("correct", _("all called rightly"), "ink", "-"),
        ("gone_found", _("of the gone, called gone"), "red", "--"),
        ("active_kept", _("of the active, called active"), "blue", "-."),
    ):
        ax.plot(
            table["threshold"],
            table[column],
            color=COLOURS[colour],
            linestyle=style,
            linewidth=2.0,
            label=label,
        )
    if chosen is not None:
        ax.axvline(chosen, color=COLOURS["grey"], linewidth=1, linestyle=":")
        ax.annotate(f"{chosen:,.0f}", (chosen, 1.02), xytext=(4, 0), textcoords="offset points", va="bottom")
    ax.set_ylim(0, 1.1)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(
        _("silence from which a customer counts as gone ({unit})").format(unit=unit)
        if unit
        else _("silence from which a customer counts as gone")
    )
    ax.set_ylabel(_("share of customers"))
    ax.legend(loc="center right")
    return ax


def plot_retention_targets(table: pd.DataFrame, *, level: float = 0.95, ax: Axes | None = None) -> Axes:
    """How many more customers of each list an offer held, with intervals.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.loyalty.compare_retention_targets`.
    level : float, default 0.95
        Probability of the intervals.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    names = [
        _("{list} ({count})").format(list=name, count=f"{int(count):,}")
        for name, count in table["customers"].items()
    ]
    half = float(ndtri((1 + level) / 2)) * table["standard_error"]
    style = {"fmt": "o", "color": COLOURS["blue"], "capsize": 4, "markersize": 7, "linewidth": 1.5}
    ax.errorbar(table["held"], names, xerr=half, **style)  # type: ignore[arg-type]
    ax.axvline(0, color=COLOURS["grey"], linewidth=1, linestyle="--")
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=1))
    ax.set_xlabel(_("churn without the offer less churn with it (points; above 0: held)"))
    ax.invert_yaxis()
    ax.margins(y=0.2)
    ax.grid(axis="y", visible=False)
    return ax
