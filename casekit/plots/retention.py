"""Figures of retention: a cohort and its forecasts, value by tenure, repeat buying, what a point is worth."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from casekit._text import _, format_money, format_percent
from casekit.plots._style import COLOURS, axes

_LINES = (("orange", "--"), ("green", "-."), ("blue", "-"), ("purple", ":"))


def plot_retention_forecasts(
    observed: pd.Series, forecasts: pd.DataFrame, *, fitted: int | None = None, ax: Axes | None = None
) -> Axes:
    """A cohort's survival as counted, and what several methods foretold.

    Parameters
    ----------
    observed : Series by year
        Share of the cohort still there, year 0 first.
    forecasts : DataFrame by year
        The same by each method, one column a method; the name is the label.
    fitted : int, optional
        Last year that the methods were shown; later years are the test.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for (name, values), (colour, style) in zip(forecasts.items(), _LINES, strict=False):
        ax.plot(values.index, values, style, color=COLOURS[colour], linewidth=2, label=str(name))
    last = observed.index.max() if fitted is None else fitted
    seen, later = observed[observed.index <= last], observed[observed.index > last]
    marks = {"markersize": 7, "color": COLOURS["ink"], "markeredgewidth": 1.4}
    ax.plot(seen.index, seen, "o", label=_("counted, shown to the methods"), **marks)  # type: ignore[arg-type]
    if len(later):
        ax.plot(later.index, later, "o", mfc="white", label=_("counted later: the test"), **marks)  # type: ignore[arg-type]
        ax.axvline(last + 0.5, color=COLOURS["grey"], linestyle=":", linewidth=1)
    ax.set_ylim(0, 1.04)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(_("years since the customers were won"))
    ax.set_ylabel(_("still customers"))
    ax.legend(loc="upper right")
    return ax


def plot_value_by_tenure(
    values: pd.DataFrame,
    *,
    low: pd.Series | None = None,
    high: pd.Series | None = None,
    currency: str = "¥",
    ax: Axes | None = None,
) -> Axes:
    """What a customer is still worth by the renewals made so far, by each method.

    Parameters
    ----------
    values : DataFrame by renewals made
        Residual value in currency, one column a method; the name is the label.
    low, high : Series by renewals made, optional
        Interval of the last method.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for (name, column), (colour, style) in zip(values.items(), _LINES, strict=False):
        ax.plot(values.index, column, style, color=COLOURS[colour], linewidth=2, label=str(name))
    if low is not None and high is not None:
        colour = COLOURS[_LINES[len(values.columns) - 1][0]]
        ax.fill_between(low.index, low, high, color=colour, alpha=0.18, linewidth=0)
    ax.set_ylim(0, None)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))
    ax.set_xlabel(_("renewals made so far"))
    ax.set_ylabel(_("worth just before the next renewal"))
    ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3)
    return ax


def plot_repeat_share(
    shares: pd.Series,
    *,
    marks: Mapping[str, float] | None = None,
    unit: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Share of one and the same customers who have bought again, by how long one waits.

    Parameters
    ----------
    shares : Series by time since the first purchase
        Share who have bought again by then; never falls.
    marks : dict of label to share, optional
        Rates to mark, each at the first time that the curve reaches it.
    unit : str, optional
        Unit of the time; weeks if not given.
    ax : matplotlib Axes, optional
    """
    ax, unit = axes(ax), _("weeks") if unit is None else unit
    ax.plot(shares.index, shares, color=COLOURS["blue"], linewidth=2.2)
    for (label, share), colour in zip((marks or {}).items(), ("orange", "red", "purple"), strict=False):
        reached = shares.index[shares >= share]
        if not len(reached):
            continue
        when = reached[0]
        ax.plot([0, when, when], [share, share, 0], ":", color=COLOURS["grey"], linewidth=1)
        ax.plot([when], [share], "o", color=COLOURS[colour], markersize=9)
        text = _("{label}: {share} after {time} {unit}").format(
            label=label, share=format_percent(share, digits=0), time=f"{when:,.0f}", unit=unit
        )
        late = when > 0.5 * shares.index.max()
        ax.annotate(
            text,
            (when, share),
            xytext=(-8, 9) if late else (9, -14),
            textcoords="offset points",
            ha="right" if late else "left",
            color=COLOURS[colour],
        )
    ax.set_ylim(0, 1.2 * float(shares.max()))
    ax.set_xlim(0, 1.05 * float(shares.index.max()))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel(_("time since the first purchase ({unit})").format(unit=unit))
    ax.set_ylabel(_("have bought again"))
    return ax


def plot_point_of_retention(
    points: pd.DataFrame, *, current: float | None = None, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """What one more point of retention is worth, by the retention one has.

    Parameters
    ----------
    points : DataFrame with ``retention_rate``, ``once`` and ``per_period``
        The most that may be spent on the point, per customer, once and every period (columns of
        :func:`casekit.value.break_even_programme_cost`).
    current : float, optional
        Today's retention rate, marked on both lines.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    lines = {"once": (_("spent once"), "blue"), "per_period": (_("spent every year"), "green")}
    for column, (label, colour) in lines.items():
        ax.plot(points["retention_rate"], points[column], color=COLOURS[colour], linewidth=2.2, label=label)
        if current is not None:
            nearest = points.iloc[int((points["retention_rate"] - current).abs().argmin())]
            ax.plot([nearest["retention_rate"]], [nearest[column]], "o", color=COLOURS[colour], markersize=8)
            ax.annotate(
                format_money(nearest[column], currency, digits=2),
                (nearest["retention_rate"], nearest[column]),
                xytext=(-6, 8),
                textcoords="offset points",
                ha="right",
                color=COLOURS[colour],
            )
    ax.set_ylim(0, None)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))
    ax.set_xlabel(_("retention rate before, per year"))
    ax.set_ylabel(_("worth of one point more, per customer"))
    ax.legend(loc="upper left")
    return ax
