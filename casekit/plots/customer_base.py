"""Figures of the customer base: who is worth what, who is still there, and whether the forecast holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from casekit._text import _, format_coefficient, format_money, format_number, format_percent
from casekit.customer_base import SpendIndependence
from casekit.plots._style import COLOURS, axes, heat
from casekit.value.concentration import top_share


def plot_frequency_recency(
    model: Any,
    *,
    T: float,
    horizon: float | None = None,
    max_frequency: int = 20,
    unit: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Every possible customer on one map: repeat purchases across, age at the last purchase up.

    The darkest corner is top right (bought much and lately); bottom right shows the paradox that a heavy
    buyer who has gone silent is worth less than a light one.

    Parameters
    ----------
    model : BGNBD, MBGNBD or ParetoNBD
    T : float
        Age of all customers on the map, in the unit of the model, above 0.
    horizon : float, optional
        Colour by expected purchases in so long a future; without it, by P(alive).
    max_frequency : int, default 20
        Right end of the map.
    unit : str, optional
        Name of the unit of time, for the labels; by default weeks.
    ax : matplotlib Axes, optional
    """
    ax, unit = axes(ax), _("weeks") if unit is None else unit
    recencies = np.linspace(0, T, 61)[1:]
    grid = pd.DataFrame(
        [(x, recency if x else 0.0, T) for recency in recencies for x in range(max_frequency + 1)],
        columns=["frequency", "recency", "T"],
    )
    if horizon is None:
        values, label = model.probability_alive(grid), _("probability to be still a customer")
    else:
        values = model.conditional_expected_purchases(grid, horizon=horizon)
        label = _("expected purchases in the next {horizon} {unit}").format(
            horizon=format_number(horizon), unit=unit
        )
    image = ax.imshow(
        values.to_numpy().reshape(len(recencies), -1),
        origin="lower",
        aspect="auto",
        cmap=heat(),
        vmin=0,
        extent=(-0.5, max_frequency + 0.5, 0, T),
    )
    ax.figure.colorbar(image, ax=ax, label=label)
    ax.set_xlabel(_("repeat purchases"))
    ax.set_ylabel(_("age at the last purchase ({unit})").format(unit=unit))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(visible=False)
    return ax


def plot_alive_history(history: pd.Series, *, purchases: Any = None, ax: Axes | None = None) -> Axes:
    """P(alive) of one customer over time, with the purchases as marks on the axis.

    Parameters
    ----------
    history : Series by date
        From :func:`casekit.customer_base.probability_alive_history`.
    purchases : list or Series of dates, optional
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    ax.plot(history.index, history.to_numpy(), color=COLOURS["blue"], linewidth=2)
    ax.fill_between(history.index, history.to_numpy(), color=COLOURS["sky"], alpha=0.2, linewidth=0)
    if purchases is not None:
        days = pd.to_datetime(pd.Series(purchases)).to_numpy()
        ax.plot(days, np.zeros(len(days)), "^", color=COLOURS["red"], clip_on=False, label=_("purchases"))
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0))
    ax.set_ylim(0, 1.02)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_ylabel(_("probability to be still a customer"))
    ax.set_xlabel(_("date"))
    ax.tick_params(axis="x", rotation=30)
    return ax


def plot_purchases_by_count(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Customers by number of repeat purchases: seen and expected by the model.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.customer_base.purchases_by_count`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    place = np.arange(len(table))
    ax.bar(place - 0.2, table["actual"], width=0.4, color=COLOURS["grey"], label=_("actual"))
    ax.bar(place + 0.2, table["expected"], width=0.4, color=COLOURS["blue"], label=_("model"))
    ax.set_xticks(place, list(table.index))
    ax.set_xlabel(_("repeat purchases"))
    ax.set_ylabel(_("customers"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value)))
    ax.legend()
    return ax


def plot_calibration(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Mean purchases in the holdout by purchases before: forecast beside fact, and the customers behind each.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.customer_base.calibration_by_frequency`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    place = np.arange(len(table))
    ax.plot(place, table["actual"], "o-", color=COLOURS["grey"], linewidth=2, label=_("actual"))
    ax.plot(place, table["predicted"], "s--", color=COLOURS["blue"], linewidth=2, label=_("model"))
    names = [f"{name}\n({format_number(count)})" for name, count in table["customers"].items()]
    ax.set_xticks(place, names)
    ax.set_ylim(bottom=0)
    ax.set_xlabel(_("repeat purchases before (customers)"))
    ax.set_ylabel(_("mean purchases in the holdout"))
    ax.legend(loc="upper left")
    return ax


def plot_tracking(tracked: pd.DataFrame, *, cumulative: bool = True, ax: Axes | None = None) -> Axes:
    """Repeat purchases over time, forecast beside fact, with a line where the model's data ended.

    Parameters
    ----------
    tracked : DataFrame
        From :func:`casekit.customer_base.track_purchases`.
    cumulative : bool, default True
        Purchases so far; otherwise purchases in each period.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    suffix = "_cumulative" if cumulative else ""
    ax.plot(tracked["end"], tracked["actual" + suffix], color=COLOURS["grey"], linewidth=2, label=_("actual"))
    ax.plot(
        tracked["end"],
        tracked["expected" + suffix],
        color=COLOURS["blue"],
        linewidth=2,
        linestyle="--",
        label=_("model"),
    )
    if tracked["holdout"].any() and not tracked["holdout"].all():
        last = tracked.loc[~tracked["holdout"], "end"].iloc[-1]
        ax.axvline(last, color=COLOURS["ink"], linewidth=1, linestyle=":")
        ax.annotate(
            _("holdout"),
            (last, 0.02),
            xycoords=("data", "axes fraction"),
            xytext=(5, 0),
            textcoords="offset points",
        )
    ax.set_ylim(bottom=0)
    ax.set_xlabel(_("date"))
    ax.set_ylabel(_("repeat purchases so far") if cumulative else _("repeat purchases in the period"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_number(value)))
    ax.tick_params(axis="x", rotation=30)
    ax.legend(loc="upper left")
    return ax


def plot_value_distribution(
    values: Any, *, currency: str = "¥", share: float = 0.2, ax: Axes | None = None
) -> Axes:
    """How many customers have how much value: a histogram with mean, median and the share of the best.

    Parameters
    ----------
    values : list or Series of float, shape (n_customers,)
        From :func:`casekit.customer_base.lifetime_value`.
    currency : str
        Currency sign.
    share : float, default 0.2
        Share of best customers named in the title.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    series = pd.Series(values, dtype=float)
    top = float(series.quantile(0.99))
    ax.hist(series.clip(upper=top), bins=40, color=COLOURS["sky"], edgecolor="white", linewidth=0.5)
    median, mean = float(series.median()), float(series.mean())
    for value, label, colour, style in (
        (median, _("median {value}").format(value=_money(median, currency)), "green", "-"),
        (mean, _("mean {value}").format(value=_money(mean, currency)), "red", "--"),
    ):
        ax.axvline(value, color=COLOURS[colour], linewidth=1.8, linestyle=style, label=label)
    ax.set_yscale("log")
    ax.set_title(
        _("the best {share} of customers hold {held} of the value").format(
            share=format_percent(share, digits=0), held=format_percent(top_share(series, share), digits=0)
        )
    )
    ax.set_xlabel(_("expected value of a customer (the top 1 % at the right edge)"))
    ax.set_ylabel(_("customers (logarithmic)"))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))
    ax.legend()
    return ax


def _money(value: float, currency: str) -> str:
    return format_money(value, currency, digits=0 if abs(value) >= 100 else 2)


def plot_spend_independence(found: SpendIndependence, *, currency: str = "¥", ax: Axes | None = None) -> Axes:
    """Mean and median spend a purchase by number of repeat purchases: flat lines support the spend model.

    Parameters
    ----------
    found : SpendIndependence
        From :func:`casekit.customer_base.check_spend_independence`.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    table = found.by_frequency
    place = np.arange(len(table))
    ax.plot(place, table["mean"], "o-", color=COLOURS["blue"], linewidth=2, label=_("mean"))
    ax.plot(place, table["median"], "s--", color=COLOURS["orange"], linewidth=2, label=_("median"))
    names = [f"{name}\n({format_number(count)})" for name, count in table["customers"].items()]
    ax.set_xticks(place, names)
    ax.set_ylim(0, float(table[["mean", "median"]].max(axis=None)) * 1.25)
    ax.set_title(_("correlation {value}").format(value=format_coefficient(found.correlation)))
    ax.set_xlabel(_("repeat purchases (customers)"))
    ax.set_ylabel(_("spend a purchase"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))
    ax.legend(loc="lower right")
    return ax


def plot_decile_lift(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What each group, from the best forecast down, really did, against the average customer.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.customer_base.decile_lift`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    bars = ax.bar([str(group) for group in table.index], table["lift"], color=COLOURS["blue"], width=0.75)
    ax.bar_label(
        bars,
        [format_percent(share, digits=0) for share in table["cumulative_share"]],
        padding=2,
        fontsize=9,
    )
    ax.axhline(1, color=COLOURS["ink"], linewidth=1, linestyle=":")
    ax.set_title(_("figures on the bars: share of all value so far"), fontsize=10, fontweight="normal")
    ax.set_xlabel(_("group of customers, best forecast first"))
    ax.set_ylabel(_("times the average customer"))
    return ax
