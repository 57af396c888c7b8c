"""Figures of the market: a display that fades, a product that spreads."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_number, format_percent
from casekit.plots._style import COLOURS, axes
from casekit.selling.diffusion import BassFit, bass_peak
from casekit.selling.display_rotation import DisplayDecay, best_rotation, rotation_gain


def plot_display_lift(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Lift of each display with the price held, with its interval, beside the lift that the price inflates.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.selling.display_lift`; the price row is left out.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    shown = table.drop(index="log price", errors="ignore").sort_values("lift")
    places = np.arange(len(shown))
    width = np.nan_to_num([shown["lift"] - shown["low"], shown["high"] - shown["lift"]])
    ax.errorbar(
        shown["lift"],
        places,
        xerr=width,
        fmt="o",
        color=COLOURS["blue"],
        capsize=3,
        label=_("price held"),
    )
    ax.plot(shown["lift_price_not_held"], places, "x", color=COLOURS["red"], label=_("price not held"))
    ax.axvline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_yticks(places, [str(name) for name in shown.index])
    ax.margins(y=0.3)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("lift of units sold"))
    ax.legend(loc="lower right")
    return ax


def plot_display_decay(lift: Any, fit: DisplayDecay, *, ax: Axes | None = None) -> Axes:
    """Lift by weeks on display, measured and fitted, with its half-life.

    Parameters
    ----------
    lift : Series, dict or list of float
        Measured lift by weeks since the display went up.
    fit : DisplayDecay
        From :func:`casekit.selling.fit_display_decay`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    seen = pd.Series(lift)
    curve = fit.lift(np.linspace(0, max(1.0, float(seen.index.max())), 100))
    ax.plot(seen.index, seen.to_numpy(), "o", color=COLOURS["ink"], label=_("measured"))
    ax.plot(curve.index, curve.to_numpy(), color=COLOURS["blue"], linewidth=2, label=_("fitted"))
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    if math.isfinite(fit.half_life) and fit.half_life <= float(curve.index.max()):
        ax.axvline(fit.half_life, color=COLOURS["grey"], linestyle="--", linewidth=1)
        text = _("half of it gone after {weeks} weeks").format(weeks=format_number(fit.half_life, digits=1))
        ax.annotate(text, (fit.half_life, fit.initial * 0.9), xytext=(5, 0), textcoords="offset points")
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("weeks on display"))
    ax.set_ylabel(_("lift of units sold"))
    ax.legend(loc="upper right")
    ax.set_title(_("The display begins at {lift}").format(lift=format_percent(fit.initial, digits=0)))
    return ax


def plot_rotation(
    *, initial: float, decay: float, setup: float, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """Gain per week by weeks between changes of a display, with the best period.

    Parameters
    ----------
    initial, decay, setup
        As in :func:`casekit.selling.rotation_gain`.
    currency : str, default "¥"
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    best = best_rotation(initial=initial, decay=decay, setup=setup)
    far = 3 * best.period if 0 < best.period < math.inf else 12.0
    weeks = np.linspace(far / 60, far, 120)
    gains = [rotation_gain(float(week), initial=initial, decay=decay, setup=setup) for week in weeks]
    ax.plot(weeks, gains, color=COLOURS["blue"], linewidth=2)
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    if 0 < best.period < math.inf:
        ax.plot([best.period], [best.gain], "o", color=COLOURS["red"])
        text = _("best: every {weeks} weeks").format(weeks=format_number(best.period, digits=1))
        ax.annotate(text, (best.period, best.gain), xytext=(6, 6), textcoords="offset points")
    ax.set_ylim(bottom=max(min(gains), -max(1.0, best.gain)), top=max(1.0, max(gains)) * 1.2)
    ax.set_xlabel(_("weeks between changes"))
    ax.set_ylabel(_("gain per week ({currency})").format(currency=currency))
    return ax


def plot_bass(fit: BassFit, *, periods: int | None = None, ax: Axes | None = None) -> Axes:
    """First purchases seen and on the fitted Bass curve, carried forward, with the peak.

    Parameters
    ----------
    fit : BassFit
        From :func:`casekit.selling.fit_bass`.
    periods : int, optional
        How far to draw; left out: half as far again as observed.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    seen = fit.observed.to_numpy()
    far = max(len(seen) + 1, math.ceil(1.5 * len(seen))) if periods is None else periods
    curve = fit.forecast(far)
    ax.bar(np.arange(1, len(seen) + 1), seen, color=COLOURS["light"], edgecolor="white", label=_("observed"))
    ax.plot(curve.index, curve["adopters"], "o-", color=COLOURS["blue"], markersize=3, label=_("Bass curve"))
    peak = bass_peak(fit.market, innovation=fit.innovation, imitation=fit.imitation)
    middle = float(peak["time"]) + (0.0 if fit.method == "density" else 0.5)
    if 0 < peak["time"] <= far:
        ax.axvline(middle, color=COLOURS["red"], linestyle="--", linewidth=1)
        text = _("peak after {time} periods").format(time=format_number(float(peak["time"]), digits=1))
        top = max(float(seen.max()), float(curve["adopters"].max()))
        ax.annotate(
            text,
            (middle, top * 1.08),
            xytext=(5, 0),
            textcoords="offset points",
            color=COLOURS["red"],
        )
        ax.set_ylim(0, top * 1.2)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value, digits=0)))
    ax.set_xlabel(_("period since launch"))
    ax.set_ylabel(_("first purchases in the period"))
    ax.legend(loc="best")
    ax.set_title(
        _("Market {market}, p {p}, q {q}").format(
            market=format_number(fit.market, digits=0), p=f"{fit.innovation:.4f}", q=f"{fit.imitation:.3f}"
        )
    )
    return ax
