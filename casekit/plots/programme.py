"""Figures of a loyalty programme: what a member brings and costs, whom it pays for, who gets the rewards."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_money
from casekit.loyalty import reward_concentration
from casekit.plots._style import COLOURS, axes
from casekit.value.concentration import gini, lorenz_curve


def plot_programme_waterfall(
    costs: pd.DataFrame, result: pd.DataFrame, *, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """From the extra contribution of a member, perk by perk, to the gain and its interval.

    Parameters
    ----------
    costs : DataFrame
        From :func:`casekit.loyalty.programme_cost`.
    result : DataFrame
        From :func:`casekit.loyalty.programme_return`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    names = [_("extra contribution"), *map(str, costs["perk"]), _("gain")]
    steps = [float(result.at["estimate", "extra_contribution"]), *(-costs["cost"].to_numpy(dtype=float))]
    ends = np.cumsum(steps)
    bottoms = np.minimum(ends, ends - steps)
    colours = [COLOURS["green"] if steps[0] >= 0 else COLOURS["red"], *[COLOURS["orange"]] * len(costs)]
    ax.bar(names[:-1], np.abs(steps), bottom=bottoms, color=colours, width=0.62)
    gain = float(result.at["estimate", "gain"])
    ax.bar(names[-1:], [gain], color=COLOURS["green"] if gain >= 0 else COLOURS["red"], width=0.62)
    ends_of_gain = [[gain - float(result.at["low", "gain"])], [float(result.at["high", "gain"]) - gain]]
    ax.errorbar(names[-1:], [gain], yerr=ends_of_gain, color=COLOURS["ink"], capsize=5)
    for name, step, bottom in zip(names[:-1], steps, bottoms, strict=True):
        ax.annotate(
            format_money(step, currency),
            (name, bottom + abs(step)),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=9,
        )
    ax.annotate(
        format_money(gain, currency),
        (names[-1], 0.0),
        xytext=(0, 4 if gain <= 0 else -12),
        textcoords="offset points",
        ha="center",
        fontsize=9,
        fontweight="bold",
    )
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_xticks(range(len(names)), [name.replace(" ", "\n", 1) for name in names], fontsize=9)
    ax.margins(y=0.12)
    ax.yaxis.set_major_formatter(_money(currency))
    ax.set_ylabel(_("a member and year ({currency})").format(currency=currency))
    ax.grid(axis="x", visible=False)
    return ax


def plot_gain_by_threshold(
    gains: pd.DataFrame,
    *,
    low: pd.DataFrame,
    high: pd.DataFrame,
    current: float,
    other: pd.DataFrame | None = None,
    other_label: str = "",
    currency: str = "¥",
    ax: Axes | None = None,
) -> Axes:
    """Yearly gain of the programme by the monthly spend from which guests get it, with its interval.

    The best threshold is marked if there is one that earns anything.

    Parameters
    ----------
    gains, low, high : DataFrame
        From :func:`casekit.loyalty.gain_by_threshold` with yearly thresholds: at the estimate of the lift and
        at the ends of its interval.
    current : float
        Monthly threshold in force, marked by a line.
    other : DataFrame, optional
        The same for another schedule, drawn as a dashed line.
    other_label : str
        Its name.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    monthly = gains["threshold"] / 12
    ax.fill_between(monthly, low["gain"], high["gain"], color=COLOURS["sky"], alpha=0.35, linewidth=0)
    ax.plot(monthly, gains["gain"], color=COLOURS["blue"], linewidth=2.2, label=_("schedule in force"))
    if other is not None:
        style: dict[str, Any] = {"color": COLOURS["orange"], "linewidth": 2.2, "linestyle": "--"}
        ax.plot(other["threshold"] / 12, other["gain"], label=other_label, **style)
        ax.legend(loc="lower right")
    best = int(gains["gain"].to_numpy().argmax())
    if gains["gain"].iloc[best] > 0 and gains["members"].iloc[best] > 0:
        ax.plot([monthly.iloc[best]], [gains["gain"].iloc[best]], "o", color=COLOURS["red"])
        ax.annotate(
            _("best: {threshold} a month, {members} members").format(
                threshold=format_money(monthly.iloc[best], currency), members=int(gains["members"].iloc[best])
            ),
            (monthly.iloc[best], gains["gain"].iloc[best]),
            xytext=(0, 14),
            textcoords="offset points",
            color=COLOURS["red"],
            ha="left" if best < len(gains) / 3 else "right" if best > len(gains) * 2 / 3 else "center",
        )
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.axvline(current, color=COLOURS["ink"], linewidth=1, linestyle=":")
    ax.xaxis.set_major_formatter(_money(currency))
    ax.yaxis.set_major_formatter(_money(currency))
    ax.set_xlabel(_("spend a month from which a guest gets the perks ({currency})").format(currency=currency))
    ax.set_ylabel(_("gain a year ({currency})").format(currency=currency))
    ax.margins(x=0.02, y=0.12)
    return ax


def plot_reward_curve(rewards: Any, value: Any, *, ax: Axes | None = None) -> Axes:
    """Lorenz curve of value beside the curve of who gets the rewards, customers in the same order.

    Parameters
    ----------
    rewards, value : Series of float, shape (n_customers,)
        What each customer got and brought.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    worth = lorenz_curve(value)
    ranked = pd.Series(np.asarray(rewards, dtype=float))
    order = np.argsort(np.asarray(value, dtype=float), kind="stable")
    shared = ranked.groupby(np.asarray(value, dtype=float)).transform("mean").to_numpy()[order]
    got = np.concatenate([[0.0], shared.cumsum() / shared.sum()])
    ax.plot(
        worth["customer_share"],
        worth["value_share"],
        color=COLOURS["blue"],
        linewidth=2.2,
        label=_("value brought (Gini {gini})").format(gini=f"{gini(value):.2f}"),
    )
    ax.plot(
        worth["customer_share"],
        got,
        color=COLOURS["orange"],
        linewidth=2.2,
        label=_("rewards got (coefficient {index})").format(
            index=f"{reward_concentration(rewards, value):.2f}"
        ),
    )
    ax.plot([0, 1], [0, 1], color=COLOURS["grey"], linestyle="--", label=_("everyone alike"))
    ax.set_xlabel(_("share of guests, lowest value first"))
    ax.set_ylabel(_("share of the total"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.legend(loc="upper left")
    return ax


def _money(currency: str) -> FuncFormatter:
    return FuncFormatter(lambda amount, _position: format_money(amount, currency))
