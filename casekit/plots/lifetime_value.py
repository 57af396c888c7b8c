"""Figures of lifetime value: when the money comes, and margin multiples at a glance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from casekit._text import _, format_money, format_percent
from casekit.plots._style import COLOURS, axes, heat

_FORM_COLOURS = {"start": "blue", "renewal": "orange", "end": "green"}


def _forms() -> dict[str, str]:
    return {
        "start": _("start: first margin now, certain"),
        "renewal": _("renewal: one period on, if renewed"),
        "end": _("end: one period on, certain"),
    }


def plot_payment_timeline(
    timeline: pd.DataFrame, *, values: pd.Series | None = None, currency: str = "¥", ax: Axes | None = None
) -> Axes:
    """Present value of every payment of the three lifetime-value formulas, on one timeline.

    Parameters
    ----------
    timeline : DataFrame
        From :func:`casekit.value.payment_timeline`.
    values : Series by timing, optional
        The formulas' values (``lifetime_value_forms(...)["value"]``), written into the legend.
    currency : str
        Currency sign.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    width = 0.26
    names = _forms()
    for place, timing in enumerate(names):
        part = timeline[timeline["timing"] == timing]
        label = names[timing]
        if values is not None:
            worth = format_money(float(values[timing]), currency)
            label = _("{form}: {value} in all").format(form=label, value=worth)
        ax.bar(
            part["time"] + (place - 1) * width,
            part["present_value"],
            width=width,
            color=COLOURS[_FORM_COLOURS[timing]],
            label=label,
        )
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: format_money(value, currency)))
    ax.set_xlabel(_("periods from now (0 = today)"))
    ax.set_ylabel(_("expected present value of the payment"))
    ax.set_title(_("One customer, three formulas: when the first margin comes"))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="upper right")
    return ax


def plot_margin_multiples(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Margin multiples as a map: retention across, discount or growth down.

    Parameters
    ----------
    table : DataFrame
        From :func:`casekit.value.margin_multiples`.
    ax : matplotlib Axes, optional
    """
    ax = axes(ax)
    values = table.to_numpy(dtype=float)
    finite = np.where(np.isfinite(values), values, np.nan)
    top = np.nanmax(finite) if np.isfinite(finite).any() else 1.0
    ax.imshow(np.where(np.isnan(finite), top, finite), cmap=heat(), aspect="auto", vmin=0, vmax=top * 1.15)
    for row, column in np.ndindex(values.shape):
        value = values[row, column]
        ax.text(
            column,
            row,
            f"{value:.2f}" if np.isfinite(value) else "∞",
            ha="center",
            va="center",
            color="white" if not np.isfinite(value) or value > 0.6 * top else COLOURS["ink"],
        )
    ax.set_xticks(range(len(table.columns)), [format_percent(rate, digits=0) for rate in table.columns])
    ax.set_yticks(range(len(table.index)), [format_percent(rate, digits=0) for rate in table.index])
    growth = table.index.name == "growth_rate"
    ax.set_xlabel(_("retention rate per period"))
    ax.set_ylabel(_("growth of margin per period") if growth else _("discount rate per period"))
    ax.set_title(_("Lifetime value as a multiple of one period's margin"))
    ax.grid(visible=False)
    return ax
