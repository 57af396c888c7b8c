"""How unevenly value is spread over customers: Lorenz curve, Gini coefficient, top shares."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.errors import CasekitWarning, must_hold


def _values(check: Check, values: object) -> pd.Series:
    series = check.vector("values", values)
    if len(series) and not series.isna().any() and float(series.sum()) <= 0:
        check.add(
            must_hold(
                _("values must add up to more than zero"),
                got=str(float(series.sum())),
                hint=_("shares of a total need a positive total"),
            )
        )
    check.done()
    return series


def gini(values: object) -> float:
    """Gini coefficient: 0 when every customer brings the same, near 1 when one brings everything.

    Whether customers who bought nothing are in the data changes the answer completely: say which customers
    you counted.

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
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
    series = _values(Check("gini"), values)
    if (series < 0).any():
        warnings.warn(
            _("gini: some values are negative, so the coefficient can exceed 1"), CasekitWarning, stacklevel=2
        )
    ordered = np.sort(series.to_numpy())
    n = len(ordered)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float((ranks * ordered).sum() / (n * ordered.sum()))


def lorenz_curve(values: object) -> pd.DataFrame:
    """Lorenz curve: the share of value that the poorest share of customers brings.

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
        Value of each customer in one period, in any currency.

    Returns
    -------
    DataFrame with columns ``customer_share`` and ``value_share`` (both 0 to 1), n_customers + 1 rows.

    Examples
    --------
    >>> lorenz_curve([1, 3]).round(2).to_dict("list")
    {'customer_share': [0.0, 0.5, 1.0], 'value_share': [0.0, 0.25, 1.0]}
    """
    ordered = np.sort(_values(Check("lorenz_curve"), values).to_numpy())
    customer_share = np.arange(len(ordered) + 1) / len(ordered)
    value_share = np.concatenate([[0.0], ordered.cumsum() / ordered.sum()])
    return pd.DataFrame({"customer_share": customer_share, "value_share": value_share})


def top_share(values: object, share: float = 0.2) -> float:
    """Share of all value that the best ``share`` of customers brings (the "80/20" question).

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
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
    ordered = np.sort(_values(check, values).to_numpy())[::-1]
    count = math.ceil(share * len(ordered) - 1e-9)
    return float(ordered[:count].sum() / ordered.sum())


def customers_for_share(values: object, value_share: float = 0.8) -> float:
    """Smallest share of customers that together bring ``value_share`` of all value.

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
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
    ordered = np.sort(_values(check, values).to_numpy())[::-1]
    reached = ordered.cumsum() / ordered.sum()
    count = int(np.argmax(reached >= value_share - 1e-12)) + 1
    return count / len(ordered)
