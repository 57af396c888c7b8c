"""Expected against actual: purchases week by week, customers by count, one customer's P(alive) over time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._log import distinct_purchases, end_of, read_log, unit_length
from casekit.customer_base._purchase_model import PurchaseModel
from casekit.customer_base._statistics import read_statistics
from casekit.customer_base.holdout import MOST_GROUPS


def track_purchases(
    purchases: pd.DataFrame,
    model: PurchaseModel,
    *,
    calibration_end: Any,
    observation_end: Any = None,
    time_unit: str = "week",
    customer: str = "customer_id",
    date: str = "date",
) -> pd.DataFrame:
    """Repeat purchases of all customers, period by period, beside what the model expected.

    The test every forecast of a customer base has to stand: does the line keep to the facts after the data
    that it was fitted on end?

    Parameters
    ----------
    purchases : DataFrame, one row a purchase
    model : BGNBD, MBGNBD or ParetoNBD
        Fitted to a summary in the same ``time_unit``.
    calibration_end : date
        Last day that the model saw. Customers won later are left out.
    observation_end : date, optional
        Last day to track; by default the day of the last purchase.
    time_unit : {"day", "week", "month", "quarter", "year"}, default "week"
        Unit of the model, and length of a period.
    customer, date : str
        Names of the columns.

    Returns
    -------
    DataFrame by ``period`` (number since the first purchase of all, from 1): ``end`` (last day of the
    period), ``actual``, ``expected``, ``actual_cumulative``, ``expected_cumulative``, ``holdout`` (True for
    periods that begin after ``calibration_end``: of the period in which the calibration ends the model has
    seen a part). Only whole periods; purchases of one customer on one day count once.

    Notes
    -----
    ``expected_cumulative(t) = sum over customers of E[X(t - t_0)]`` with ``t_0`` each customer's first
    purchase.

    Examples
    --------
    >>> from casekit.customer_base import BGNBD
    >>> log = pd.DataFrame({"customer_id": ["Li", "Li", "Wu"],
    ...                     "date": pd.to_datetime(["2024-01-01", "2024-01-12", "2024-01-05"])})
    >>> model = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> tracked = track_purchases(log, model, calibration_end="2024-01-10", observation_end="2024-01-29")
    >>> tracked["actual"].tolist()
    [0, 1, 0, 0]
    """
    name = "track_purchases"
    check = Check(name)
    _is_model(check, model)
    check.done()
    log = read_log(name, purchases, time_unit, "day", "raise", customer, date, None)
    start = end_of(log, calibration_end, name, "calibration_end", far=True)
    end = end_of(log, observation_end, name, "observation_end", share=1.0)
    codes, days = distinct_purchases(log)
    opening = np.append(True, codes[1:] != codes[:-1])
    first = days[opening]
    repeat = ~opening & (first[np.cumsum(opening) - 1] <= start) & (days <= end)
    first = first[first <= start]
    length = unit_length(time_unit, 1)
    zero = int(first.min())
    count = int((end - zero) / length)
    check.require(count >= 1, _("the observation must hold a whole period"), got=str(count))
    check.done()
    edges = zero + length * np.arange(1, count + 1)
    place = np.minimum(((days[repeat] - zero) / length).astype(int), count)
    actual = np.bincount(place, minlength=count + 1)[:count]
    cumulative = _expected(model, first, edges, length)
    return pd.DataFrame(
        {
            "end": pd.to_datetime(np.ceil(edges) - 1, unit="D"),
            "actual": actual,
            "expected": np.diff(cumulative, prepend=0.0),
            "actual_cumulative": actual.cumsum(),
            "expected_cumulative": cumulative,
            "holdout": edges - length > start,
        },
        index=pd.RangeIndex(1, count + 1, name="period"),
    )


def _expected(model: PurchaseModel, first: np.ndarray, edges: np.ndarray, length: float) -> np.ndarray:
    days, customers = np.unique(first, return_counts=True)
    ages = np.maximum(np.subtract.outer(edges, days) / length, 0.0)
    distinct, place = np.unique(np.round(ages, 9), return_inverse=True)
    per_customer = model.expected_purchases(distinct).to_numpy()[place].reshape(ages.shape)
    return per_customer @ customers


def purchases_by_count(summary: pd.DataFrame, model: PurchaseModel, *, cap: int = 7) -> pd.DataFrame:
    """Customers by number of repeat purchases in the observation: seen, and expected by the model.

    Parameters
    ----------
    summary : DataFrame with ``frequency``, ``recency``, ``T``
    model : BGNBD, MBGNBD or ParetoNBD
    cap : int, default 7
        Customers with so many or more form one group, 1 or more.

    Returns
    -------
    DataFrame by ``frequency`` (``"7+"`` for the last): ``actual`` and ``expected`` customers.

    Examples
    --------
    >>> from casekit.customer_base import BGNBD
    >>> model = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> customers = pd.DataFrame({"frequency": [0, 3], "recency": [0, 9.0], "T": [39.0, 39.0]})
    >>> purchases_by_count(customers, model, cap=2).sum().round(6).to_dict()
    {'actual': 2.0, 'expected': 2.0}
    """
    check = Check("purchases_by_count")
    _is_model(check, model)
    s = read_statistics(check, summary)
    cap = check.integer("cap", cap, low=1, high=MOST_GROUPS)
    check.done()
    actual = np.bincount(np.minimum(s.x, cap), minlength=cap + 1)
    expected = np.zeros(cap + 1)
    ages, customers = np.unique(np.round(s.T, 6), return_counts=True)
    for age, count in zip(ages.tolist(), customers.tolist(), strict=True):
        chance = model.probability_of_purchases(range(cap), horizon=age).to_numpy()
        expected += count * np.append(chance, max(1 - chance.sum(), 0.0))
    labels = pd.Index([*map(str, range(cap)), f"{cap}+"], name="frequency")
    return pd.DataFrame({"actual": actual, "expected": expected}, index=labels)


def probability_alive_history(
    dates: Any, model: PurchaseModel, *, observation_end: Any, time_unit: str = "week"
) -> pd.Series:
    """One customer's probability to be still a customer, day by day from the first purchase.

    It jumps up with every purchase and sinks in between; the faster, the more often the customer used to buy.

    Parameters
    ----------
    dates : list, Series or DatetimeIndex of dates
        The purchases of one customer, in any order; several on a day count once.
    model : BGNBD, MBGNBD or ParetoNBD
        Fitted to a summary in the same ``time_unit``.
    observation_end : date
        Last day of the history.
    time_unit : {"day", "week", "month", "quarter", "year"}, default "week"

    Returns
    -------
    Series of probabilities by day.

    Examples
    --------
    >>> from casekit.customer_base import BGNBD
    >>> model = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> history = probability_alive_history(
    ...     pd.to_datetime(["2024-01-01", "2024-01-15"]), model, observation_end="2024-03-31")
    >>> len(history), history.iloc[[0, -1]].round(2).tolist()
    (91, [1.0, 0.47])
    """
    check = Check("probability_alive_history")
    _is_model(check, model)
    days = check.dates("dates", dates)
    check.done()
    log = read_log(
        "probability_alive_history",
        pd.DataFrame({"customer_id": 0, "date": pd.Series(days).to_numpy()}),
        time_unit,
        "day",
        "raise",
        "customer_id",
        "date",
        None,
    )
    end = end_of(log, observation_end, "probability_alive_history", "observation_end", far=True)
    bought = distinct_purchases(log)[1]
    today = np.arange(bought[0], end + 1)
    place = np.searchsorted(bought, today, side="right") - 1
    length = unit_length(time_unit, 1)
    states = pd.DataFrame(
        {
            "frequency": place,
            "recency": (bought[place] - bought[0]) / length,
            "T": (today - bought[0]) / length,
        },
        index=pd.to_datetime(today, unit="D").rename("date"),
    )
    return model.probability_alive(states)


def _is_model(check: Check, model: Any) -> None:
    check.require(
        isinstance(model, PurchaseModel),
        _("model must be a fitted model of purchases"),
        got=type(model).__name__,
        hint=_("BGNBD().fit(summary)"),
    )
