"""Figures of what a firm knows of its customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from casekit._text import _, format_percent
from casekit._validate import Check
from casekit.information import DIMENSIONS
from casekit.plots._style import COLOURS, axes


def plot_quality_scorecard(card: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Data quality by field and dimension, the least usable field on top.

    Parameters
    ----------
    card : DataFrame
        From :func:`casekit.information.quality_scorecard`. Dimensions not asked for are left blank.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_quality_scorecard")
    check.frame("card", card, [*DIMENSIONS, "usable"])
    check.done()
    ax = axes(ax)
    ordered = card.sort_values("usable", kind="stable")
    columns = [*DIMENSIONS, "usable"]
    values = ordered[columns].to_numpy(dtype=float)
    ax.imshow(values, cmap="RdYlBu", vmin=0, vmax=1, aspect="auto", alpha=0.6)
    for row, column in np.ndindex(*values.shape):
        if not np.isnan(values[row, column]):
            ax.text(
                column,
                row,
                format_percent(values[row, column], digits=0),
                ha="center",
                va="center",
                color=COLOURS["ink"],
                fontweight="bold" if columns[column] == "usable" else "normal",
            )
    ax.axvline(len(DIMENSIONS) - 0.5, color="white", linewidth=4)
    names = [_("there"), _("valid"), _("unrepeated"), _("fresh"), _("usable")]
    ax.set_xticks(range(len(columns)), names)
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(ordered)), [str(field) for field in ordered.index])
    ax.set_xlabel(_("share of rows with a value; usable: share of all rows"))
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)
    return ax
