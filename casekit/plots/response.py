"""Figures of a judged response curve: the four answers and the effort that pays most."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from casekit._text import _
from casekit.plots._style import COLOURS, axes
from casekit.selling.response_curve import EffortPlan, ResponseCurve, adbudg_response


def plot_response_curve(
    curve: ResponseCurve,
    *,
    effort: float = 1.0,
    plan: EffortPlan | None = None,
    xlabel: str | None = None,
    ylabel: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The response to an effort, with the four judgements it was drawn through.

    Parameters
    ----------
    curve : ResponseCurve
        From :func:`casekit.selling.calibrate_adbudg`.
    effort : float, default 1
        Today's effort, as given there.
    plan : EffortPlan, optional
        From :func:`casekit.selling.best_effort`: its effort is marked.
    xlabel, ylabel : str, optional
        What effort and response are, with their units.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    end = 3 * max(effort, curve.half, 0.0 if plan is None else plan.effort / 2)
    along = np.linspace(0, end, 301)
    ax.plot(along, adbudg_response(along, curve=curve), color=COLOURS["blue"])
    ax.axhline(curve.maximum, color=COLOURS["grey"], linestyle="--", label=_("saturation"))
    asked = np.array([0.0, effort, 1.5 * effort])
    ax.plot(asked, adbudg_response(asked, curve=curve), "o", color=COLOURS["blue"], label=_("judged"))
    if plan is not None:
        ax.plot([plan.effort], [plan.response], "D", color=COLOURS["orange"], label=_("pays most"))
    ax.set_xlim(-0.01 * end, end)
    ax.set_ylim(0, 1.08 * curve.maximum)
    ax.set_xlabel(xlabel or _("effort, as a multiple of today's"))
    ax.set_ylabel(ylabel or _("response"))
    ax.legend(loc="lower right")
    return ax
