"""Figures of the value proposition: opportunities, Kano and interviews."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from casekit._text import _
from casekit.plots._style import COLOURS, axes
from casekit.strategy.kano import KANO_CATEGORIES
from casekit.strategy.opportunity import OPPORTUNITY_BANDS, SERVICE_ZONES

_ZONE_COLOURS = dict(zip(SERVICE_ZONES, ("red", "grey", "blue"), strict=True))

#: One colour a Kano category.
CATEGORY_COLOURS = {"M": "red", "O": "blue", "A": "green", "I": "grey", "R": "purple", "Q": "orange"}


def plot_opportunity_landscape(scores: pd.DataFrame, *, scale: float = 10.0, ax: Axes | None = None) -> Axes:
    """Needs by importance and satisfaction, with the underserved region shaded.

    Parameters
    ----------
    scores : DataFrame
        As :func:`casekit.strategy.opportunity_scores` gives it.
    scale : float, default 10
        Top of the scale of both.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    importance = np.linspace(0, scale, 201)
    edge = np.minimum(2 * importance - OPPORTUNITY_BANDS["solid"] * scale / 10, importance)
    ax.fill_between(importance, 0, edge.clip(min=0), color=COLOURS["red"], alpha=0.09, linewidth=0)
    ax.fill_between(importance, importance, scale, color=COLOURS["blue"], alpha=0.07, linewidth=0)
    ax.text(scale * 0.98, scale * 0.03, _("underserved"), color=COLOURS["red"], ha="right", size=9)
    ax.text(scale * 0.02, scale * 0.96, _("overserved"), color=COLOURS["blue"], va="top", size=9)
    for row in scores.itertuples():
        colour = COLOURS[_ZONE_COLOURS[row.zone]]
        ax.plot([row.importance], [row.satisfaction], "o", markersize=8, color=colour)
        left = row.importance > 0.7 * scale
        ax.annotate(
            f"{row.need} ({row.opportunity:.1f})",
            (row.importance, row.satisfaction),
            xytext=(-8 if left else 8, 3),
            textcoords="offset points",
            ha="right" if left else "left",
            size=8.5,
        )
    ax.set_xlim(0, scale)
    ax.set_ylim(0, scale)
    ax.set_xlabel(_("importance (0 to {top})").format(top=f"{scale:g}"))
    ax.set_ylabel(_("satisfaction with today's solution (0 to {top})").format(top=f"{scale:g}"))
    return ax


def plot_better_worse(results: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The Kano diagram: what a feature adds if present against what it takes if absent, with intervals.

    Parameters
    ----------
    results : DataFrame
        As :func:`casekit.strategy.kano_results` gives it; features that are not distinct are drawn hollow.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for half in (ax.axhline, ax.axvline):
        half(0.5, color=COLOURS["light"], linewidth=1)
    corners = {"A": (0.01, 0.985), "O": (0.99, 0.985), "I": (0.01, 0.015), "M": (0.99, 0.015)}
    for letter, (x, y) in corners.items():
        ax.text(x, y, KANO_CATEGORIES[letter], color=COLOURS["grey"], size=9,
                ha="left" if x < 0.5 else "right", va="bottom" if y < 0.5 else "top")  # fmt: skip
    for feature, row in results.iterrows():
        colour = COLOURS[CATEGORY_COLOURS[str(row["category"])]]
        x, y = -row["worse"], row["better"]
        ax.hlines(y, -row["worse_high"], -row["worse_low"], color=colour, linewidth=1, alpha=0.6)
        ax.vlines(x, row["better_low"], row["better_high"], color=colour, linewidth=1, alpha=0.6)
        face = colour if row["distinct"] else "white"
        ax.plot([x], [y], "o", markersize=8, markerfacecolor=face, markeredgecolor=colour, zorder=3)
        ax.annotate(str(feature), (x, y), xytext=(7, 6), textcoords="offset points", size=9, zorder=4)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.grid(visible=False)
    ax.set_xlabel(_("dissatisfaction if absent (Worse, sign dropped)"))
    ax.set_ylabel(_("satisfaction if present (Better)"))
    return ax


def plot_saturation(curve: pd.DataFrame, *, total: float | None = None, ax: Axes | None = None) -> Axes:
    """How the list of needs grows with the number of interviews.

    Parameters
    ----------
    curve : DataFrame
        As :func:`casekit.strategy.saturation_curve` gives it.
    total : float, optional
        Estimate of all needs there are, drawn as a ceiling.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    ax.plot(curve.index, curve["needs"], "-o", color=COLOURS["blue"], markersize=4)
    ax.annotate(
        f"{curve['needs'].iloc[-1]:.0f}",
        (curve.index[-1], curve["needs"].iloc[-1]),
        xytext=(-4, -12),
        textcoords="offset points",
        ha="right",
        color=COLOURS["blue"],
    )
    if total is not None:
        ax.axhline(total, color=COLOURS["grey"], linestyle="--", linewidth=1)
        ax.annotate(
            _("estimated in all: {total}").format(total=f"{total:.0f}"),
            (curve.index[0], total),
            xytext=(0, 4),
            textcoords="offset points",
            color=COLOURS["grey"],
            size=9,
        )
    ax.set_ylim(0, max(total or 0, curve["needs"].max()) * 1.12)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(_("interviews"))
    ax.set_ylabel(_("different needs heard (mean over all orders)"))
    return ax


def plot_price_meter(
    curves: pd.DataFrame,
    *,
    points: dict[str, float] | None = None,
    currency: str = "¥",
    ax: Axes | None = None,
) -> Axes:
    """The four curves of the price sensitivity meter.

    Parameters
    ----------
    curves : DataFrame
        As :func:`casekit.strategy.price_meter_curves` gives it.
    points : dict of str to float, optional
        Prices to mark, by name, such as those of :func:`casekit.strategy.price_meter`.
    currency : str, default "¥"
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    looks = {
        "too_cheap": (_("too cheap"), "sky", "--"),
        "cheap": (_("cheap"), "blue", "-"),
        "expensive": (_("expensive"), "orange", "-"),
        "too_expensive": (_("too expensive"), "red", "--"),
    }
    for name, (label, colour, line) in looks.items():
        ax.plot(curves.index, curves[name], line, color=COLOURS[colour], label=label)
    for place, (name, price) in enumerate((points or {}).items()):
        ax.axvline(price, color=COLOURS["grey"], linewidth=0.8, linestyle=":")
        ax.annotate(
            f"{name} {currency}{price:,.2f}",
            (price, 1.02 + 0.07 * (place % 3)),
            size=8.5,
            ha="center",
            annotation_clip=False,
        )
    ax.set_ylim(0, 1.24 if points else 1.02)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_yticks(np.linspace(0, 1, 6))
    ax.set_xlabel(_("price ({currency})").format(currency=currency))
    ax.set_ylabel(_("share of respondents"))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return ax
