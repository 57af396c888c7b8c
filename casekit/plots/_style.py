"""One look for every figure, and the axes a plot draws on."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, is_color_like, to_hex, to_rgb

#: Colours that stay apart for colour-blind readers and in grey print (Okabe and Ito 2008, reordered).
COLOURS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "red": "#D55E00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "grey": "#7F7F7F",
    "light": "#D9D9D9",
    "ink": "#222222",
}

_SHIPPED = dict(COLOURS)

#: Glyphs of GB 2312, for the Chinese names in a client's file (see fonts/README.md).
CHINESE_FONT = Path(__file__).parent / "fonts" / "NotoSansSC-GB2312.otf"

STYLE: dict[str, Any] = {
    "figure.figsize": (7.6, 4.2),
    "figure.dpi": 100,
    "savefig.bbox": "tight",
    "figure.constrained_layout.use": True,
    "axes.prop_cycle": cycler(color=list(COLOURS.values())[:6]),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.labelsize": 10,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#EBEBEB",
    "font.size": 10,
    "font.family": ["DejaVu Sans", "Noto Sans SC GB2312"],
    "legend.frameon": False,
}


def use_style() -> None:
    """Give the figures that follow the look of the workbook, or of the brand that ``CASEKIT_BRAND`` names
    (changes matplotlib's rcParams and :data:`COLOURS`)."""
    _offer_chinese_font()
    _take_brand()
    plt.rcParams.update(STYLE)  # type: ignore[arg-type]
    plt.rcParams["axes.prop_cycle"] = cycler(color=list(COLOURS.values())[:6])


def _take_brand() -> None:
    """The colours of ``CASEKIT_BRAND`` (``blue=#0b5a8a,orange=#e69f00``) in place of the shipped ones."""
    pairs = (part.partition("=") for part in os.environ.get("CASEKIT_BRAND", "").split(","))
    brand = {name: colour for name, _sign, colour in pairs if name in _SHIPPED and is_color_like(colour)}
    COLOURS.update({**_SHIPPED, **brand})


def heat(shipped: str | Colormap = "Blues") -> str | Colormap:
    """Shades for a heat map: the shipped ones, or from white to the brand's main colour."""
    if COLOURS["blue"] == _SHIPPED["blue"]:
        return shipped
    steps = ["#FFFFFF", tint("blue", 0.55), COLOURS["blue"]]
    return LinearSegmentedColormap.from_list("casekit_brand", steps)


def tint(name: str, share: float) -> str:
    """A named colour with a share of white in it."""
    red, green, blue = (channel + (1 - channel) * share for channel in to_rgb(COLOURS[name]))
    return to_hex((red, green, blue))


def family(name: str, shipped: tuple[str, ...]) -> tuple[str, ...]:
    """Shades of one colour, dark to pale: the shipped ones, or those of the brand's."""
    if COLOURS[name] == _SHIPPED[name]:
        return shipped
    return tuple(tint(name, 0.75 * place / max(len(shipped) - 1, 1)) for place in range(len(shipped)))


def _offer_chinese_font() -> None:
    """Register the font once, also as its own bold: matplotlib would otherwise warn at each bold title."""
    known = font_manager.fontManager.ttflist
    if not any(entry.fname == str(CHINESE_FONT) for entry in known):
        font_manager.fontManager.addfont(str(CHINESE_FONT))
        known.append(dataclasses.replace(known[-1], weight=700))


def axes(ax: Axes | None) -> Axes:
    """The given Axes, or those of a new figure."""
    return plt.subplots()[1] if ax is None else ax
