"""Figures of two firms and their rewards: the table of what each earns, and how the race runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from casekit._text import _, format_money
from casekit.loyalty import equilibria
from casekit.plots._style import COLOURS, axes, heat


def plot_game(
    payoffs: pd.DataFrame, *, rival: Any = None, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """The table of a game of two: our payoff below, the rival's above, resting points framed.

    Parameters
    ----------
    payoffs : DataFrame
        What we earn; rows our strategies, columns the rival's (:func:`casekit.loyalty.rivalry_payoffs`).
    rival : DataFrame, optional
        What the rival earns; by default both face the same game.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    ours = payoffs.to_numpy(dtype=float)
    size = 10 if max(ours.shape) <= 3 else 7
    theirs = ours.T if rival is None else pd.DataFrame(rival).to_numpy(dtype=float)
    ax.imshow(ours + theirs, cmap=heat(), aspect="auto", alpha=0.3)
    for row, column in np.ndindex(*ours.shape):
        text = format_money(float(ours[row, column]), currency)
        ax.text(
            column - 0.22,
            row + 0.2,
            text,
            ha="center",
            va="center",
            color=COLOURS["blue"],
            fontweight="bold",
            fontsize=size,
        )
        text = format_money(float(theirs[row, column]), currency)
        ax.text(column + 0.22, row - 0.2, text, ha="center", va="center", color=COLOURS["red"], fontsize=size)
    found = equilibria(payoffs, rival=rival)
    for _place, rest in found.iterrows():
        mine, other = rest["we"].to_numpy(dtype=float), rest["rival"].to_numpy(dtype=float)
        if mine.max() == 1 and other.max() == 1:
            corner = (int(other.argmax()) - 0.46, int(mine.argmax()) - 0.46)
            ax.add_patch(Rectangle(corner, 0.92, 0.92, fill=False, edgecolor=COLOURS["ink"], linewidth=2.5))
    ax.set_xticks(range(ours.shape[1]), [_level(name) for name in payoffs.columns])
    ax.set_yticks(range(ours.shape[0]), [_level(name) for name in payoffs.index])
    ax.set_xlabel(_("rival (upper figure)"))
    ax.set_ylabel(_("we (lower figure)"))
    ax.set_title(_("framed: neither gains by changing alone"), fontsize=10, fontweight="normal")
    ax.grid(visible=False)
    ax.tick_params(length=0)
    return ax


def plot_escalation(path: pd.DataFrame, *, currency: str = "¥", ax: Axes | None = None) -> Axes:
    """What both sides earn, turn by turn, as each answers the other.

    Parameters
    ----------
    path : DataFrame
        From :func:`casekit.loyalty.escalation_path`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    turns = np.arange(len(path))
    for column, label, colour, marker in (
        ("our_payoff", _("we"), "blue", "o"),
        ("rival_payoff", _("rival"), "red", "s"),
    ):
        ax.plot(turns, path[column], marker=marker, color=COLOURS[colour], linewidth=2.0, label=label)
    joint = (path["our_payoff"] + path["rival_payoff"]) / 2
    ax.plot(turns, joint, color=COLOURS["grey"], linestyle="--", linewidth=1.5, label=_("mean of both"))
    names = [f"{_level(we)} / {_level(rival)}" for we, rival in zip(path["we"], path["rival"], strict=True)]
    every = max(1, int(np.ceil(len(path) / 9)))
    ax.set_xticks(turns[::every], names[::every], fontsize=9)
    ax.yaxis.set_major_formatter(lambda amount, _position: format_money(amount, currency))
    ax.set_xlabel(_("reward of ours / of the rival, turn by turn"))
    ax.set_ylabel(_("earned a period ({currency})").format(currency=currency))
    ax.margins(y=0.12)
    ax.legend(loc="best")
    return ax


def _level(value: Any) -> str:
    return f"{value:.1%}" if isinstance(value, float) else str(value)
