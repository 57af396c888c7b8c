"""How unevenly value is spread over customers: Lorenz curve, Gini coefficient, top shares."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.engines import is_column, is_frame
from casekit.engines.frames import column_values
from casekit.errors import CasekitWarning, must_hold


def _values(check: Check, values: object) -> pd.Series:
    if is_column(values):
        values = column_values(values)
    series = check.vector("values", values)
    if len(series) and not series.isna().any():
        _check_total(check, float(series.sum()))
    check.done()
    return series


def _check_total(check: Check, total: float) -> None:
    if total <= 0:
        check.add(
            must_hold(
                _("values must add up to more than zero"),
                got=str(total),
                hint=_("shares of a total need a positive total"),
            )
        )


def _counted(check: Check, values: object) -> tuple[np.ndarray, np.ndarray]:
    """Values in rising order and how many customers have each; frames of other engines come counted."""
    if not is_frame(values):
        ordered = np.sort(_values(check, values).to_numpy())
        return ordered, np.ones(len(ordered))
    from casekit.value._value_frames import value_counts

    _frame, distinct, counts = value_counts(check, values)
    _check_total(check, float((distinct * counts).sum()))
    check.done()
    return distinct, counts


def gini(values: object) -> float:
    """Gini coefficient: 0 when every customer brings the same, near 1 when one brings everything.

    Whether customers who bought nothing are in the data changes the answer completely: say which customers
    you counted.

    Parameters
    ----------
    values : list, dict, Series or one-column frame of float, shape (n_customers,)
        Value of each customer in one period, in any currency. Zero is allowed; with negative values the
        coefficient can exceed 1 and a warning says so.

    Returns
    -------
    float
        0 to (n-1)/n for non-negative values.

    Raises
    ------
    InputError
        If a value is missing or not a number, or if the values do not add up to more than zero.

    Notes
    -----
    ``G = sum((2 i - n - 1) x_(i)) / (n sum(x))`` with ``x_(i)`` the values in ascending order.

    References
    ----------
    Gini, C. (1912). *Variabilità e mutabilità*.

    Examples
    --------
    >>> gini([1, 1, 1, 1])
    0.0
    >>> gini([0, 0, 0, 100])
    0.75
    """
    ordered, counts = _counted(Check("gini"), values)
    if ordered[0] < 0:
        warnings.warn(
            _("gini: some values are negative, so the coefficient can exceed 1"), CasekitWarning, stacklevel=2
        )
    n = counts.sum()
    ranks = counts * (2 * counts.cumsum() - counts - n)
    return float((ranks * ordered).sum() / (n * (counts * ordered).sum()))


def lorenz_curve(values: object) -> Any:
    """Lorenz curve: the share of value that the poorest share of customers brings.

    Parameters
    ----------
    values : list, dict, Series or one-column frame of float, shape (n_customers,)
        Value of each customer in one period, in any currency.

    Returns
    -------
    DataFrame with columns ``customer_share`` and ``value_share`` (both 0 to 1), n_customers + 1 rows. From a
    frame of another engine the same curve in that engine, with one row for each distinct value.

    Examples
    --------
    >>> lorenz_curve([1, 3]).round(2).to_dict("list")
    {'customer_share': [0.0, 0.5, 1.0], 'value_share': [0.0, 0.25, 1.0]}
    """
    if is_frame(values):
        from casekit.engines.frames import frame_like
        from casekit.value._value_frames import lorenz_table, value_counts

        check = Check("lorenz_curve")
        frame, distinct, counts = value_counts(check, values)
        _check_total(check, float((distinct * counts).sum()))
        check.done()
        return frame_like(frame, lorenz_table(distinct, counts))
    ordered = np.sort(_values(Check("lorenz_curve"), values).to_numpy())
    customer_share = np.arange(len(ordered) + 1) / len(ordered)
    value_share = np.concatenate([[0.0], ordered.cumsum() / ordered.sum()])
    return pd.DataFrame({"customer_share": customer_share, "value_share": value_share})


def top_share(values: object, share: float = 0.2) -> float:
    """Share of all value that the best ``share`` of customers brings (the "80/20" question).

    Parameters
    ----------
    values : list, dict, Series or one-column frame of float, shape (n_customers,)
        Value of each customer in one period, in any currency.
    share : float, default 0.2
        Share of customers, above 0 and at most 1. The number of customers is rounded up.

    Returns
    -------
    float
        Share of value; above 1 when the other customers lose money.

    Examples
    --------
    >>> top_share([10, 5, 3, 1, 1], share=0.2)
    0.5
    """
    check = Check("top_share")
    share = check.number("share", share, low=0, high=1, low_open=True)
    ordered, counts = _counted(check, values)
    ordered, counts = ordered[::-1], counts[::-1]
    best = math.ceil(share * counts.sum() - 1e-9)
    taken = np.clip(best - (counts.cumsum() - counts), 0, counts)
    return float((ordered * taken).sum() / (ordered * counts).sum())


def customers_for_share(values: object, value_share: float = 0.8) -> float:
    """Smallest share of customers that together bring ``value_share`` of all value.

    Parameters
    ----------
    values : list, dict, Series or one-column frame of float, shape (n_customers,)
        Value of each customer in one period, in any currency.
    value_share : float, default 0.8
        Share of value to reach, above 0 and at most 1.

    Returns
    -------
    float
        Share of customers, 0 to 1.

    Examples
    --------
    >>> customers_for_share([10, 5, 3, 1, 1], value_share=0.75)
    0.4
    """
    check = Check("customers_for_share")
    value_share = check.number("value_share", value_share, low=0, high=1, low_open=True)
    ordered, counts = _counted(check, values)
    ordered, counts = ordered[::-1], counts[::-1]
    money = ordered * counts
    reached = money.cumsum() / money.sum()
    place = int(np.argmax(reached >= value_share - 1e-12))
    before = float(reached[place] - money[place] / money.sum())
    step = ordered[place] / money.sum()
    inside = max(1, math.ceil((value_share - 1e-12 - before) / step)) if counts[place] > 1 else 1
    return float((counts[:place].sum() + inside) / counts.sum())
