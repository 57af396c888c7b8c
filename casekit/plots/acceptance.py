"""Figures of inspection: the operating characteristic of a sampling plan."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from casekit._text import _, format_percent
from casekit.plots._style import COLOURS, axes
from casekit.service.acceptance_sampling import acceptance_probability


def plot_operating_characteristic(
    *,
    sample: int,
    accept: int,
    acceptable: float | None = None,
    rejectable: float | None = None,
    up_to: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """How likely a lot is to be accepted, by its share of defective items, with the risks of both sides.

    Parameters
    ----------
    sample, accept : int
        The plan, as for :func:`casekit.service.acceptance_probability`.
    acceptable, rejectable : float, optional
        Shares of defective items at which the producer's and the consumer's risk are marked, 0 to 1.
    up_to : float, optional
        Largest share drawn; left out, where lots are hardly ever accepted.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    if up_to is None:
        grid = np.linspace(0, 1, 1001)
        chances = np.asarray(acceptance_probability(grid, sample=sample, accept=accept))
        up_to = max(float(grid[np.argmax(chances < 0.01)]), 1.75 * (rejectable or 0), 1e-3)
    share = np.linspace(0, min(1.0, up_to), 201)
    chance = acceptance_probability(share, sample=sample, accept=accept)
    ax.plot(share, np.asarray(chance), color=COLOURS["blue"])
    marks = ((acceptable, True, COLOURS["green"]), (rejectable, False, COLOURS["red"]))
    for place, producer, colour in marks:
        if place is None:
            continue
        height = float(acceptance_probability(place, sample=sample, accept=accept))
        ends = (height, 1.0) if producer else (0.0, height)
        ax.vlines(place, *ends, colors=colour, linewidth=2)
        ax.plot([place], [height], "o", color=colour)
        text = _("producer's risk {risk}") if producer else _("consumer's risk {risk}")
        label = text.format(risk=format_percent(ends[1] - ends[0], digits=1))
        ax.annotate(label, (place, height), xytext=(8, 4), textcoords="offset points", color=colour)
    ax.set_xlim(0, min(1.0, up_to))
    ax.set_ylim(0, 1.04)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.set_xlabel(_("defective items in the lot"))
    ax.set_ylabel(_("probability of acceptance"))
    ax.set_title(_("{sample} tested, {accept} defects allowed").format(sample=sample, accept=accept))
    return ax
