"""Figures of customer value: the map, what is delivered, level prices, levers, response to a price."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from casekit._text import _, format_money, format_percent
from casekit._validate import Check
from casekit.plots._style import COLOURS, axes, family
from casekit.value.delivered_value import BENEFITS, COSTS, delivered_value
from casekit.value.value_map import fair_value_slope

_SERIES = ["blue", "orange", "purple", "ink", "sky", "grey"]
_BENEFIT_COLOURS = ("#08519C", "#3182BD", "#6BAED6", "#BDD7E7")
_COST_COLOURS = ("#A63603", "#E6550D", "#FD8D3C", "#FDBE85")


def _labels() -> dict[str, str]:
    return {
        "product": _("product"),
        "service": _("service"),
        "personnel": _("personnel"),
        "image": _("image"),
        "money": _("money"),
        "time": _("time"),
        "energy": _("effort"),
        "psychic": _("worry"),
    }


def _money_axis(axis: object, currency: str) -> None:
    axis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))  # type: ignore[attr-defined]


def plot_value_map(
    map_table: pd.DataFrame, *, price_importance: float, own: str = "", ax: Axes | None = None
) -> Axes:
    """Relative quality against relative price, with the fair-value line.

    Parameters
    ----------
    map_table : DataFrame
        From :func:`casekit.value.value_map`.
    price_importance : float
        The same as given there; sets the slope of the line.
    own : str
        Offer to draw in red.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    slope = fair_value_slope(price_importance)
    low_q, high_q = _spread(map_table["relative_quality"], 0.35)
    low_p, high_p = _spread(map_table["relative_price"], 0.25)
    quality = np.array([low_q, high_q])
    line = 1 + slope * (quality - 1)
    ax.fill_between(quality, line, high_p, color=COLOURS["red"], alpha=0.05, linewidth=0)
    ax.fill_between(quality, low_p, line, color=COLOURS["green"], alpha=0.07, linewidth=0)
    ax.plot(quality, line, color=COLOURS["grey"], linewidth=1.5, label=_("fair value"))
    for offer, row in map_table.iterrows():
        colour = COLOURS["red"] if offer == own else COLOURS["blue"]
        x, y = row["relative_quality"], row["relative_price"]
        ax.plot([x, x], [y, row["fair_relative_price"]], color=colour, linewidth=1, linestyle=":")
        ax.plot([x], [y], "o", markersize=10, color=colour)
        ax.annotate(
            str(offer),
            (x, y),
            xytext=(9, 6),
            textcoords="offset points",
            color=colour,
            weight="bold",
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.7},
        )
    ax.text(0.02, 0.97, _("worse value"), transform=ax.transAxes, va="top", color=COLOURS["red"])
    ax.text(0.98, 0.03, _("better value"), transform=ax.transAxes, ha="right", color=COLOURS["green"])
    ax.set_xlim(low_q, high_q)
    ax.set_ylim(low_p, high_p)
    ax.set_xlabel(_("quality relative to rivals (1 = par)"))
    ax.set_ylabel(_("price relative to rivals (1 = par)"))
    ax.set_title(_("Fair value: 1 % of quality excuses {slope} of price").format(slope=f"{slope:.1f} %"))
    return ax


def _spread(values: pd.Series, margin: float) -> tuple[float, float]:
    low, high = min(float(values.min()), 1.0), max(float(values.max()), 1.0)
    room = max((high - low) * margin, 0.05)
    return low - room, high + room


def plot_delivered_value(
    components: pd.DataFrame, *, own: str = "", currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """What each offer gives (upwards), what it costs the customer (downwards), and the difference.

    Parameters
    ----------
    components : DataFrame, one row an offer
        The eight components in money, from :func:`casekit.value.components_in_money` (averaged).
    own : str
        Offer to name in red.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    places = np.arange(len(components))
    for names, colours, sign in (
        (BENEFITS, family("blue", _BENEFIT_COLOURS), 1),
        (COSTS, family("orange", _COST_COLOURS), -1),
    ):
        bottom = np.zeros(len(components))
        for name, colour in zip(names, colours, strict=True):
            heights = sign * components[name].to_numpy(dtype=float)
            ax.bar(places, heights, bottom=bottom, width=0.55, color=colour, label=_labels()[name])
            bottom = bottom + heights
    left = delivered_value(components)["delivered_value"].to_numpy()
    ax.plot(places, left, "D", color=COLOURS["ink"], markersize=8, label=_("delivered value"))
    for place, value in zip(places, left, strict=True):
        ax.annotate(
            format_money(value, currency),
            (place, value),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            weight="bold",
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
        )
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_xticks(places, [str(name) for name in components.index])
    for label in ax.get_xticklabels():
        if label.get_text() == own:
            label.set_color(COLOURS["red"])
            label.set_fontweight("bold")
    ax.set_xlim(-0.5, len(components) - 0.5)
    _money_axis(ax.yaxis, currency)
    ax.set_ylabel(_("worth to the customer, less costs below zero"))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=9)
    ax.grid(axis="x", visible=False)
    return ax


def plot_level_prices(
    level_prices: pd.Series,
    segments: pd.Series,
    *,
    price: float,
    cost: float | None = None,
    currency: str = "¥",
    floor: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Level prices by segment: each dot a respondent, the bar the middle half, against cost and price.

    Parameters
    ----------
    level_prices : Series of float by respondent
        From :func:`casekit.value.level_prices`.
    segments : Series by respondent
        Name of the segment; joined by respondent, in whatever order.
    price : float
        Present price.
    cost : float, optional
        Variable cost below which no sale pays; not drawn if it is not known.
    currency : str
        Currency sign.
    floor : float, optional
        Leave out what lies below this price, with a note; by default below minus half the present price.
    ax : matplotlib Axes, optional
    """
    check = Check("plot_level_prices")
    segments = check.same_labels("segments", segments, "level_prices", level_prices)
    check.done()
    ax = axes(ax)
    floor = -0.5 * price if floor is None else floor
    order = level_prices.groupby(segments).median().sort_values().index
    offsets = np.random.default_rng(1)  # only spreads the dots
    for row, name in enumerate(order):
        values = level_prices[segments == name]
        shown = values[values >= floor]
        jitter = offsets.uniform(-0.22, 0.22, len(shown))
        ax.plot(shown, row + jitter, ".", color=COLOURS["sky"], markersize=4, alpha=0.7)
        quarter, middle, three = values.quantile([0.25, 0.5, 0.75])
        if three > floor:
            ax.plot([max(quarter, floor), three], [row, row], color=COLOURS["blue"], linewidth=6, alpha=0.6)
        if middle >= floor:
            ax.plot([middle], [row], "o", color=COLOURS["ink"], markersize=8)
        if len(shown) < len(values):
            note = _("◂ {share} lower still").format(
                share=format_percent(1 - len(shown) / len(values), digits=0)
            )
            ax.text(floor, row + 0.32, note, fontsize=8.5, color=COLOURS["ink"])
    marks = [(price, _("present price"), COLOURS["ink"])]
    if cost is not None:
        ax.axvspan(floor, cost, color=COLOURS["red"], alpha=0.07, linewidth=0)
        marks.insert(0, (cost, _("variable cost"), COLOURS["red"]))
    for value, text, colour in marks:
        ax.axvline(value, color=colour, linewidth=1.5, linestyle="--")
        ax.text(
            value,
            len(order) - 0.42,
            f"{text}\n{format_money(value, currency)}",
            ha="center",
            va="bottom",
            fontsize=9,
            color=colour,
        )
    ax.set_xlim(left=floor)
    ax.set_ylim(-0.6, len(order) - 0.45)
    ax.set_yticks(range(len(order)), [str(name) for name in order])
    _money_axis(ax.xaxis, currency)
    ax.set_xlabel(_("price at which our offer is level with the best rival"))
    ax.grid(axis="y", visible=False)
    return ax


def plot_levers(
    ranked: pd.DataFrame, *, by_segment: pd.DataFrame | None = None, label: str = "", ax: Axes | None = None
) -> Axes:
    """Levers by value gained per unit of money; right of the line a lever beats a price cut.

    Parameters
    ----------
    ranked : DataFrame
        From :func:`casekit.value.rank_levers`.
    by_segment : DataFrame, optional
        Value per unit of money, levers in rows (same names), segments in columns: a dot each.
    label : str
        Whose value the bars show; all customers if not given.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    worst_first = ranked.iloc[::-1]
    colours = ["#A3D9C9" if value >= 1 else COLOURS["light"] for value in worst_first["value_per_money"]]
    places = np.arange(len(ranked))
    ax.barh(
        places, worst_first["value_per_money"], color=colours, height=0.6, label=label or _("all customers")
    )
    if by_segment is not None:
        table = by_segment.reindex(worst_first["lever"])
        for column, colour in zip(table.columns, _SERIES * 4, strict=False):
            ax.plot(
                table[column],
                places,
                "o",
                color=COLOURS[colour],
                markersize=8,
                markeredgecolor="white",
                label=str(column),
            )
        ax.legend(loc="lower right", fontsize=9)
    ax.axvline(1, color=COLOURS["red"], linewidth=1.5, linestyle="--")
    ax.text(1, len(ranked) - 0.45, _("a price cut"), color=COLOURS["red"], ha="center", va="bottom")
    ax.set_yticks(places, [str(name) for name in worst_first["lever"]])
    ax.set_ylim(-0.6, len(ranked) - 0.4)
    ax.set_xlabel(_("value gained by customers per unit of money spent"))
    ax.grid(axis="y", visible=False)
    return ax


def plot_price_response(
    response: pd.DataFrame,
    *,
    price: float,
    currency: str = "¥",
    period: str = "",
    market_name: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Share of the market that buys at each price, and what the seller keeps.

    Parameters
    ----------
    response : DataFrame
        From :func:`casekit.value.price_response`.
    price : float
        Present price, marked.
    currency, period : str
        Currency sign; period of the contribution, such as ``a day``.
    market_name : str
        Whose share is shown, such as ``former passengers``.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    best = response.loc[response["contribution"].idxmax()]
    ax.fill_between(response["price"], response["share"], color=COLOURS["sky"], alpha=0.35, linewidth=0)
    ax.set_ylim(0, 1.05)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_ylabel(_("share of {market} who buy (area)").format(market=market_name or _("the market")))
    money = ax.twinx()
    money.plot(response["price"], response["contribution"], color=COLOURS["red"], linewidth=2)
    top = float(response["contribution"].max())
    room = top if top > 0 else max(-0.3 * float(response["contribution"].min()), 1.0)
    money.set_ylim(-1.5 * room, 1.5 * room)
    money.axhline(0, color=COLOURS["red"], linewidth=0.8, linestyle=":")
    if best["contribution"] > 0:
        money.plot([best["price"]], [best["contribution"]], "o", color=COLOURS["red"], markersize=8)
        text = _("best: {contribution} at {price}").format(
            contribution=format_money(best["contribution"], currency),
            price=format_money(best["price"], currency),
        )
    else:
        text = _("no price earns anything")
        best = response.loc[(response["price"] - price).abs().idxmin()]
    money.annotate(
        text,
        (best["price"], best["contribution"]),
        xytext=(0, 10),
        textcoords="offset points",
        ha="center",
        color=COLOURS["red"],
    )
    money.set_ylabel(_("contribution {period} (line)").format(period=period).replace("  ", " "))
    money.yaxis.label.set_color(COLOURS["red"])
    money.grid(visible=False)
    money.spines["top"].set_visible(False)
    _money_axis(money.yaxis, currency)
    ax.axvline(price, color=COLOURS["ink"], linewidth=1.2, linestyle="--")
    ax.text(price, 0.02, " " + _("present price"), ha="left", va="bottom", fontsize=9)
    _money_axis(ax.xaxis, currency)
    ax.set_xlabel(_("our price"))
    return ax


def plot_value_curve(
    scores: pd.DataFrame, *, own: str, order: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Scores of all offers along the attributes: the strategy canvas.

    Parameters
    ----------
    scores : DataFrame, attributes in rows, offers in columns
        Mean ratings.
    own : str
        Our offer, drawn bold.
    order : sequence of str, optional
        Attributes from left to right; by default where we lead first.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    lead = scores[own] - scores.drop(columns=own).mean(axis=1)
    names = list(order) if order is not None else list(lead.sort_values(ascending=False).index)
    table = scores.loc[names]
    rivals = [offer for offer in table.columns if offer != own]
    for offer, colour in zip(rivals, ("#0072B2", "#56B4E9", "#009E73", "#CC79A7") * 5, strict=False):
        ax.plot(
            range(len(names)), table[offer], "o-", color=colour, linewidth=1.3, markersize=4, label=str(offer)
        )
    ax.plot(
        range(len(names)), table[own], "o-", color=COLOURS["red"], linewidth=3, markersize=7, label=str(own)
    )
    ax.set_xticks(range(len(names)), [textwrap.fill(str(name), 11) for name in names], fontsize=8.5)
    ax.set_ylabel(_("mean rating"))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=9)
    return ax
