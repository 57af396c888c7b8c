"""Figures: ``plot_<what>(data, *, ax=None) -> Axes``. They draw and label; they never show, save or close."""

from casekit.plots._style import COLOURS, use_style
from casekit.plots.concentration import plot_lorenz_curve
from casekit.plots.customer_value import (
    plot_delivered_value,
    plot_level_prices,
    plot_levers,
    plot_price_response,
    plot_value_curve,
    plot_value_map,
)

__all__ = [
    "COLOURS",
    "plot_delivered_value",
    "plot_level_prices",
    "plot_levers",
    "plot_lorenz_curve",
    "plot_price_response",
    "plot_value_curve",
    "plot_value_map",
    "use_style",
]
