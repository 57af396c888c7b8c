"""Figures of strategic choice: factors, matrices, weights and value disciplines."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter

from casekit._text import _, pgettext
from casekit.plots._style import COLOURS, axes, heat
from casekit.strategy.factors import AVERAGE_SCORE, IE_CELLS, ie_cell, read_factors
from casekit.strategy.tows import tows_links

#: One colour a kind of factor.
KIND_COLOURS = {
    "S": "blue",
    "W": "orange",
    "O": "green",
    "T": "red",
}

#: From white to blue, for heat maps.
BLUES = LinearSegmentedColormap.from_list("casekit_blues", ["#FFFFFF", "#9CC9E6", "#0072B2"])
_REGIONS = ("#E3F1EA", "#F6F1DF", "#F7E6DC")


def _kind_names() -> dict[str, str]:
    return {"S": _("strength"), "W": _("weakness"), "O": _("opportunity"), "T": _("threat")}


def _label(code: str, factor: str, width: int = 46) -> str:
    """Code and factor, shortened; the code alone where the fonts in use lack the factor's characters."""
    text = f"{code}  {factor}" if _drawable(factor) else code
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _drawable(text: str) -> bool:
    settings: Any = rcParams
    families = settings["font.family"]
    names = [one for family in families for one in settings.get(f"font.{family}", [family])]
    left = set(text)
    for name in names:
        try:
            font = get_font(findfont(FontProperties(family=[name]), fallback_to_default=False))
        except ValueError:
            continue
        left = {sign for sign in left if not font.get_char_index(ord(sign))}
        if not left:
            return True
    return False


def plot_factor_scores(scores: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Every factor's weighted score, with the part that its weight would give at the middle rating.

    Parameters
    ----------
    scores : DataFrame
        As :func:`casekit.strategy.factor_scores` gives it.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    rows = scores.iloc[::-1].reset_index(drop=True)
    places = np.arange(len(rows))
    colours = [COLOURS[KIND_COLOURS[kind]] for kind in rows["kind"]]
    ax.hlines(places, 0, rows["score"], color=colours, linewidth=2.5, alpha=0.55)
    ax.scatter(rows["score"], places, s=70, color=colours, zorder=3)
    ax.scatter(
        rows["weight"] * AVERAGE_SCORE,
        places,
        marker="|",
        s=130,
        color=COLOURS["ink"],
        zorder=4,
        linewidth=1.5,
    )
    ticks = (rows["weight"] * AVERAGE_SCORE).to_numpy()
    widest = float(max(rows["score"].max(), ticks.max()))
    for place, (score, tick) in enumerate(zip(rows["score"], ticks, strict=True)):
        beside = max(score, tick) if 0 < tick - score < 0.1 * widest else score
        ax.annotate(
            f"{score:.2f}", (beside, place), xytext=(8, 0), textcoords="offset points", va="center", size=8
        )
    ax.set_yticks(places, [_label(row.code, row.factor) for row in rows.itertuples()], size=9)
    ax.set_xlim(0, widest * 1.14)
    ax.set_ylim(-0.7, len(rows) - 0.3)
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(_("weighted score; tick: the same weight at rating 2.5"))
    names = _kind_names()
    handles = [
        Patch(color=COLOURS[KIND_COLOURS[kind]], label=names[kind]) for kind in dict.fromkeys(scores["kind"])
    ]
    ax.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=len(handles))
    return ax


def plot_ie_matrix(
    ife: float, efe: float, *, others: dict[str, tuple[float, float]] | None = None, ax: Axes | None = None
) -> Axes:
    """The nine-cell internal-external matrix with the firm's position.

    Parameters
    ----------
    ife, efe : float
        Internal and external score, 1 to 4.
    others : dict of str to (float, float), optional
        Further positions by name, such as the same firm with other weights.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    for row, cells in enumerate(IE_CELLS):
        for column, name in enumerate(cells):
            region = 0 if row + column < 2 else 1 if row + column == 2 else 2
            corner = (3 - column, 3 - row)
            ax.add_patch(Rectangle(corner, 1, 1, facecolor=_REGIONS[region], edgecolor="white", linewidth=2))
            ax.text(corner[0] + 0.94, corner[1] + 0.88, name, color=COLOURS["grey"], va="center", size=11)
    ax.plot([ife], [efe], "o", markersize=12, color=COLOURS["blue"], zorder=3)
    cell, advice = ie_cell(ife, efe)
    ax.set_title(_("Cell {cell}: {advice}").format(cell=cell, advice=advice))
    ax.annotate(
        _("IFE {ife}, EFE {efe}").format(ife=f"{ife:.2f}", efe=f"{efe:.2f}"),
        (ife, efe),
        xytext=(10, 9),
        textcoords="offset points",
        color=COLOURS["blue"],
        weight="bold",
    )
    for name, (inside, outside) in (others or {}).items():
        ax.plot(
            [inside], [outside], "o", markersize=9, markerfacecolor="white", color=COLOURS["red"], zorder=3
        )
        ax.annotate(
            name,
            (inside, outside),
            xytext=(10, -14),
            textcoords="offset points",
            color=COLOURS["red"],
            size=9,
        )
    ax.set_xlim(4, 1)
    ax.set_ylim(1, 4)
    ax.set_xticks([4, 3, 2, 1])
    ax.set_yticks([1, 2, 3, 4])
    ax.grid(visible=False)
    ax.set_xlabel(_("internal score (IFE): strong on the left, weak on the right"))
    ax.set_ylabel(_("external score (EFE)"))
    ax.set_aspect(0.72)
    return ax


def plot_tows_grid(tows: pd.DataFrame, factors: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Where strategies join an internal with an external factor, over the weight of the pair.

    Codes in red are orphans: no strategy answers them.

    Parameters
    ----------
    tows : DataFrame
        As :func:`casekit.strategy.read_tows` gives it.
    factors : DataFrame
        As for :func:`casekit.strategy.read_factors`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    frame = read_factors(factors)
    inside, outside = frame[frame["side"] == "internal"], frame[frame["side"] == "external"]
    pull = np.outer(inside["weight"], outside["weight"]) * 100
    image = ax.imshow(pull, cmap=heat(BLUES), aspect="auto", vmin=0, vmax=max(float(pull.max()) * 1.2, 1e-9))
    labels: dict[tuple[int, int], list[str]] = {}
    rows = {code: place for place, code in enumerate(inside["code"])}
    columns = {code: place for place, code in enumerate(outside["code"])}
    for strategy, codes in zip(tows["strategy"], tows["codes"], strict=True):
        for code in codes:
            for other in codes:
                if code in rows and other in columns:
                    labels.setdefault((rows[code], columns[other]), []).append(str(strategy))
    for (row, column), names in labels.items():
        ax.text(
            column,
            row,
            "\n".join(names),
            ha="center",
            va="center",
            size=8,
            weight="bold",
            color=COLOURS["ink"],
        )
        ax.add_patch(
            Rectangle(
                (column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=COLOURS["ink"], linewidth=1.2, zorder=3
            )
        )
    ax.set_xticks(range(len(outside)), list(outside["code"]))
    ax.set_yticks(range(len(inside)), list(inside["code"]))
    used = set(tows_links(tows)["code"])
    for tick in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        if tick.get_text() not in used:
            tick.set_color(COLOURS["red"])
            tick.set_fontweight("bold")
    _split(ax, inside["kind"], outside["kind"])
    ax.grid(visible=False)
    ax.set_xlabel(_("external factors (red: no strategy answers it)"))
    ax.set_ylabel(_("internal factors"))
    ax.figure.colorbar(image, ax=ax, label=_("weight inside × weight outside (%)"), shrink=0.8)
    return ax


def _split(ax: Axes, inside: pd.Series, outside: pd.Series) -> None:
    """White lines between strengths and weaknesses, opportunities and threats."""
    ax.axhline((inside == "S").sum() - 0.5, color="white", linewidth=5)
    ax.axvline((outside == "O").sum() - 0.5, color="white", linewidth=5)


def plot_weights_compared(weights: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The weights of each factor under two ways of setting them.

    Parameters
    ----------
    weights : DataFrame
        Indexed by factor code, two columns of weights (shares), whose names label the picture.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    before, after = weights.columns
    places = np.arange(len(weights))[::-1]
    up = weights[after] >= weights[before]
    colours = np.where(up, COLOURS["blue"], COLOURS["red"])
    ax.hlines(places, weights[before], weights[after], color=colours, linewidth=2)
    ax.scatter(
        weights[before], places, s=45, color="white", edgecolor=COLOURS["ink"], zorder=3, label=str(before)
    )
    ax.scatter(weights[after], places, s=45, color=colours, zorder=4, label=str(after))
    ax.set_yticks(places, list(weights.index))
    ax.xaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlim(left=0)
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(_("weight within its side"))
    ax.legend(loc="lower right")
    return ax


def plot_disciplines(table: pd.DataFrame, *, par: float = 1.0, ax: Axes | None = None) -> Axes:
    """The firm beside its rivals in each value discipline: best at one, on par at the others?

    Parameters
    ----------
    table : DataFrame
        As :func:`casekit.strategy.discipline_check` gives it.
    par : float, default 1.0
        Points by which "on par" may fall short of the rivals' average; shaded.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    rows = table.iloc[::-1].reset_index(drop=True)
    colours = {
        pgettext("discipline", "leads"): COLOURS["blue"],
        _("on par"): COLOURS["grey"],
        _("below par"): COLOURS["red"],
    }
    for place, row in enumerate(rows.itertuples()):
        ax.barh(
            place,
            row.best_rival - row.rival_mean + par,
            left=row.rival_mean - par,
            height=0.5,
            color="#EFEFEF",
        )
        ax.plot([row.best_rival] * 2, [place - 0.28, place + 0.28], color=COLOURS["ink"], linewidth=2)
        ax.plot([row.own], [place], "o", markersize=11, color=colours[row.verdict])
        ax.annotate(
            row.verdict, (row.own, place), xytext=(0, 13), textcoords="offset points", ha="center", size=9,
            color=colours[row.verdict],
        )  # fmt: skip
    ax.set_yticks(range(len(rows)), list(rows["discipline"]))
    ax.set_ylim(-0.6, len(rows) - 0.3)
    ax.margins(x=0.08)
    ax.grid(axis="y", visible=False)
    ax.set_xlabel(_("score; shaded: on par, black line: best rival, dot: the firm"))
    return ax
