"""Figures of the page for the class: marks, and how each question was answered."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from casekit._text import _
from casekit.exercises.marking.items import Item

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Statuses in the order in which they are stacked, with their colours and shades for grey print.
STACK = (
    ("right", "green"),
    ("carried", "purple"),
    ("marked", "sky"),
    ("trap", "orange"),
    ("wrong", "red"),
    ("missing", "light"),
    ("by hand", "blue"),
)


def plot_marks(points: Sequence[float], *, out_of: float, ax: Axes | None = None) -> Axes:
    """How many students earned how many points.

    Parameters
    ----------
    points : sequence of float
        One a student who handed in.
    out_of : float
        Points to be had.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    from matplotlib.ticker import MaxNLocator

    from casekit.plots._style import COLOURS, axes

    ax = axes(ax)
    edges = mark_edges(out_of)
    counts, _edges = np.histogram(points, bins=edges)
    ax.bar(edges[:-1], counts, width=np.diff(edges) * 0.94, align="edge", color=COLOURS["blue"])
    middle = float(np.median(points)) if len(points) else math.nan
    if not math.isnan(middle):
        ax.axvline(middle, color=COLOURS["red"], lw=1.5)
        ax.annotate(
            _("median {points:g}").format(points=middle),
            (middle, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(-4 if middle > out_of / 2 else 4, 2),
            textcoords="offset points",
            ha="right" if middle > out_of / 2 else "left",
            va="bottom",
            color=COLOURS["red"],
        )
    ax.set_xlim(0, edges[-1])
    ax.set_xticks(edges)
    ax.set_xlabel(_("points (of {out_of:g})").format(out_of=out_of))
    ax.set_ylabel(_("students"))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="x", visible=False)
    return ax


def mark_edges(out_of: float) -> np.ndarray:
    """Edges of about ten classes of marks; full marks fall into the last.

    Examples
    --------
    >>> mark_edges(40).tolist()
    [0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 28.0, 32.0, 36.0, 40.0]
    """
    if out_of <= 0:
        return np.array([0.0, 1.0])
    step = max(out_of / 10, 1.0 if out_of >= 5 else out_of / 5)
    step = min(
        (size for size in (0.5, 1, 2, 2.5, 4, 5, 10, 20, 25, 50, 100) if size >= step - 1e-9), default=step
    )
    return np.arange(0, math.ceil(out_of / step - 1e-9) + 1) * float(step)


def plot_items(items: Sequence[Item], *, ax: Axes | None = None) -> Axes:
    """How the class answered each question, first question on top.

    Parameters
    ----------
    items : sequence of Item
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    from matplotlib.ticker import MaxNLocator

    from casekit.exercises.marking.words import mark_word
    from casekit.plots._style import COLOURS, axes

    ax = axes(ax)
    places = np.arange(len(items))
    left = np.zeros(len(items))
    for status, colour in STACK:
        counts = np.array([_count(item, status) for item in items], dtype=float)
        if counts.any():
            ax.barh(places, counts, left=left, color=COLOURS[colour], label=mark_word(status), height=0.74)
            left += counts
    ax.set_yticks(places, [item.question for item in items])
    ax.invert_yaxis()
    ax.set_xlim(0, max(left.max(initial=0), 1))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(_("students whose notebook ran"))
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=9, handlelength=1, columnspacing=1)
    return ax


def _count(item: Item, status: str) -> int:
    counts = item.counts
    if status == "wrong":
        return counts.get("wrong", 0) + counts.get("wrong type", 0)
    return counts.get(status, 0)


def as_svg(draw: Any, *, size: tuple[float, float], says: str) -> str:
    """A figure as SVG to stand in a page; ``draw(ax)`` draws it, ``says`` is read out in its place."""
    import matplotlib
    from markupsafe import escape
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    from casekit.plots._style import STYLE, use_style

    settings = {**STYLE, "svg.hashsalt": "casekit", "svg.fonttype": "path", "figure.figsize": size}
    with matplotlib.rc_context():
        use_style()
        matplotlib.rcParams.update(settings)  # type: ignore[arg-type]
        figure = Figure(figsize=size)
        FigureCanvasSVG(figure)
        draw(figure.subplots())
        content = io.StringIO()
        figure.savefig(content, format="svg", metadata={"Date": None, "Creator": None})
    svg = content.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(says)}"', 1)
