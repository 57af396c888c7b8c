"""One look for every figure, and the axes a plot draws on."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes

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
    """Give the figures that follow the look of the workbook (changes matplotlib's rcParams)."""
    _offer_chinese_font()
    plt.rcParams.update(STYLE)  # type: ignore[arg-type]


def _offer_chinese_font() -> None:
    """Register the font once, also as its own bold: matplotlib would otherwise warn at each bold title."""
    known = font_manager.fontManager.ttflist
    if not any(entry.fname == str(CHINESE_FONT) for entry in known):
        font_manager.fontManager.addfont(str(CHINESE_FONT))
        known.append(dataclasses.replace(known[-1], weight=700))


def axes(ax: Axes | None) -> Axes:
    """The given Axes, or those of a new figure."""
    return plt.subplots()[1] if ax is None else ax
