"""Figures: ``plot_<what>(data, *, ax=None) -> Axes``. They draw and label; they never show, save or close."""

from casekit.plots._style import COLOURS, use_style
from casekit.plots.concentration import plot_lorenz_curve

__all__ = ["COLOURS", "plot_lorenz_curve", "use_style"]
