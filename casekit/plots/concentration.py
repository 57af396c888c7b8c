"""Figures of concentration."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from casekit._text import _, format_percent
from casekit.plots._style import COLOURS, axes
from casekit.value.concentration import gini, lorenz_curve, top_share


def plot_lorenz_curve(values: object, *, share: float = 0.2, ax: Axes | None = None) -> Axes:
    """Lorenz curve with the line of equality and the point of the best ``share`` of customers.

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
        Value of each customer in one period, in any currency.
    share : float, default 0.2
        Share of best customers to mark, above 0 and at most 1.
    ax : matplotlib Axes, optional
    """
    curve = lorenz_curve(values)
    best = top_share(values, share)
    ax = axes(ax)
    ax.plot(
        curve["customer_share"],
        curve["value_share"],
        color=COLOURS["blue"],
        linewidth=2,
        label=_("customers"),
    )
    ax.plot([0, 1], [0, 1], color=COLOURS["grey"], linestyle="--", label=_("everyone alike"))
    ax.plot([1 - share], [1 - best], "o", color=COLOURS["red"])
    ax.annotate(
        _("best {share} bring {best}").format(
            share=format_percent(share, digits=0), best=format_percent(best, digits=0)
        ),
        (1 - share, 1 - best),
        xytext=(-8, 4),
        textcoords="offset points",
        ha="right",
        color=COLOURS["red"],
    )
    ax.set_title(_("Gini coefficient {gini}").format(gini=f"{gini(values):.3f}"))
    ax.set_xlabel(_("share of customers, lowest value first"))
    ax.set_ylabel(_("share of value"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.legend(loc="upper left")
    return ax
