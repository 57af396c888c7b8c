"""Was the forecast right? Errors, calibration, ranking and coverage on what happened afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: A table by frequency of more lines nobody reads.
MOST_GROUPS = 1000


def forecast_errors(actual: Any, predicted: Any) -> pd.Series:
    """How far a forecast was off: for all customers together and one by one.

    A forecast may be right in total because its errors cancel, and a good ranking may be wrong in total:
    look at all of them.

    Parameters
    ----------
    actual, predicted : list, dict or Series of float, shape (n_customers,)
        What each customer did in the holdout and what was forecast, in the same order (Series: same labels).

    Returns
    -------
    Series

        - ``actual_total``, ``predicted_total``
        - ``aggregate_error``: predicted over actual total, less 1; above 0 is too much
        - ``mean_absolute_error``, ``root_mean_squared_error``: per customer
        - ``bias``: mean of predicted less actual
        - ``ranking_gini``: see :func:`ranking_gini`

    Raises
    ------
    InputError
        If lengths or labels differ, or a value is missing.

    Examples
    --------
    >>> forecast_errors([0, 2, 4], [1, 2, 3]).round(3)[["aggregate_error", "mean_absolute_error"]].to_dict()
    {'aggregate_error': 0.0, 'mean_absolute_error': 0.667}
    """
    actual, predicted = _pair("forecast_errors", actual, predicted)
    error = predicted - actual
    total = float(actual.sum())
    return pd.Series(
        {
            "actual_total": total,
            "predicted_total": float(predicted.sum()),
            "aggregate_error": float(predicted.sum()) / total - 1 if total else np.nan,
            "mean_absolute_error": float(np.abs(error).mean()),
            "root_mean_squared_error": float(np.sqrt((error**2).mean())),
            "bias": float(error.mean()),
            "ranking_gini": _ranking_gini(actual, predicted),
        }
    )


def compare_forecasts(actual: Any, forecasts: Mapping[str, Any]) -> pd.DataFrame:
    """Several forecasts of the same customers side by side, best mean absolute error first.

    Parameters
    ----------
    actual : vector of float, shape (n_customers,)
    forecasts : dict of name to vector, or DataFrame with one column a forecast
        A model's beside honest baselines: :func:`hiatus_forecast`, :func:`last_period_forecast`.

    Returns
    -------
    DataFrame, one row a forecast, columns of :func:`forecast_errors`.

    Examples
    --------
    >>> compare_forecasts([0, 2, 4], {"model": [1, 2, 3], "mean": [2, 2, 2]})["mean_absolute_error"].round(2)
    forecast
    model    0.67
    mean     1.33
    Name: mean_absolute_error, dtype: float64
    """
    check = Check("compare_forecasts")
    if not isinstance(forecasts, (Mapping, pd.DataFrame)):
        hint = 'forecasts={"model": predicted}'
        check.add(errors.wrong_type("forecasts", _("a dict of name to vector"), forecasts, hint))
        check.done()
    check.require(
        len(forecasts.keys()) > 0,
        _("forecasts must hold at least one"),
        got=_("none"),
        hint='forecasts={"model": predicted}',
    )
    check.done()
    rows = {name: forecast_errors(actual, predicted) for name, predicted in forecasts.items()}
    table = pd.DataFrame(rows).T.rename_axis("forecast")
    return table.sort_values("mean_absolute_error", kind="stable")


def calibration_by_frequency(frequency: Any, actual: Any, predicted: Any, *, cap: int = 7) -> pd.DataFrame:
    """Mean purchases in the holdout by the number of repeat purchases before: forecast beside fact.

    Parameters
    ----------
    frequency : vector of int
        Repeat purchases in the calibration period.
    actual, predicted : vector of float
        Purchases in the holdout, in the same order.
    cap : int, default 7
        Customers with so many or more form one group, 1 or more.

    Returns
    -------
    DataFrame by ``frequency`` (``"7+"`` for the last): ``customers``, ``actual``, ``predicted`` (means).

    Examples
    --------
    >>> calibration_by_frequency([0, 0, 9], [0, 1, 3], [0.4, 0.4, 3.5], cap=2)["actual"].to_dict()
    {'0': 0.5, '2+': 3.0}
    """
    check = Check("calibration_by_frequency")
    counts = check.vector("frequency", frequency, low=0)
    cap = check.integer("cap", cap, low=1, high=MOST_GROUPS)
    check.done()
    actual, predicted = _pair("calibration_by_frequency", actual, predicted)
    if len(counts) != len(actual):
        check.add(errors.different_lengths("frequency", len(counts), "actual", len(actual)))
    check.done()
    groups = frequency_groups(counts, cap)
    frame = pd.DataFrame({"group": groups, "actual": actual, "predicted": predicted})
    means = frame.groupby("group", observed=True).agg(
        customers=("actual", "size"), actual=("actual", "mean"), predicted=("predicted", "mean")
    )
    means.index = pd.Index(means.index.astype(str), name="frequency")
    return means


def frequency_groups(frequency: pd.Series, cap: int) -> pd.Categorical:
    """Frequencies as groups 0, 1, ... with everything from ``cap`` on together."""
    labels = [*map(str, range(cap)), f"{cap}+"]
    return pd.Categorical.from_codes(np.minimum(frequency.to_numpy(), cap).astype(int), labels, ordered=True)


def ranking_gini(actual: Any, predicted: Any) -> float:
    """How well a forecast ranks customers: 1 is the perfect order, 0 chance, below 0 the wrong way round.

    The question of anybody who can treat only some customers: are the best on the list really the best?

    Parameters
    ----------
    actual : vector of float, 0 or more, not all alike
        Value or purchases in the holdout.
    predicted : vector of float
        Any score in which more is better; customers with the same score share their place.

    Returns
    -------
    float, -1 to 1; missing if all actual values are alike.

    Notes
    -----
    Gini coefficient of the actual values in the order of the forecast, over that in their own order (the
    normalised Gini, or accuracy ratio).

    Examples
    --------
    >>> ranking_gini([0, 1, 5], [0.1, 0.2, 0.9])
    1.0
    >>> ranking_gini([0, 1, 5], [1, 1, 1])
    0.0
    """
    actual, predicted = _pair("ranking_gini", actual, predicted)
    check = Check("ranking_gini")
    check.vector("actual", actual, low=0)
    check.done()
    return _ranking_gini(actual, predicted)


def decile_lift(actual: Any, predicted: Any, *, groups: int = 10) -> pd.DataFrame:
    """Customers in tenths from the best forecast down: what did each tenth really do?

    Parameters
    ----------
    actual, predicted : vector of float
        As for :func:`ranking_gini`.
    groups : int, default 10
        Groups of equal size, 2 or more.

    Returns
    -------
    DataFrame by ``group`` (1 is best): ``customers``, ``predicted`` and ``actual`` (means), ``lift`` (actual
    over the mean of all), ``cumulative_share`` of all actual value.

    Examples
    --------
    >>> decile_lift([8, 0, 4, 0], [9, 1, 5, 2], groups=2)["lift"].to_dict()
    {1: 2.0, 2: 0.0}
    """
    actual, predicted = _pair("decile_lift", actual, predicted)
    check = Check("decile_lift")
    groups = check.integer("groups", groups, low=2, high=len(actual))
    check.done()
    order = np.argsort(-predicted.to_numpy(), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) * groups // len(order) + 1
    frame = pd.DataFrame({"group": place, "predicted": predicted.to_numpy(), "actual": actual.to_numpy()})
    table = frame.groupby("group").agg(
        customers=("actual", "size"), predicted=("predicted", "mean"), actual=("actual", "mean")
    )
    total = frame["actual"].sum()
    table["lift"] = table["actual"] / frame["actual"].mean()
    table["cumulative_share"] = (table["actual"] * table["customers"]).cumsum() / total
    return table


def interval_coverage(actual: Any, low: Any, high: Any) -> float:
    """Share of customers whose actual value lies inside the interval forecast for them, ends included.

    A 90 % interval should hold about 90 %; fewer means false certainty. Counts are coarse, so an interval of
    counts may hold more than it promises.

    Parameters
    ----------
    actual, low, high : vector of float, shape (n_customers,)

    Examples
    --------
    >>> interval_coverage([0, 3, 9], [0, 1, 2], [2, 4, 6]) == 2 / 3
    True
    """
    first, low = _pair("interval_coverage", actual, low)
    _first, high = _pair("interval_coverage", actual, high)
    turned = low > high
    check = Check("interval_coverage")
    check.require(
        not turned.any(),
        _("low must not be greater than high"),
        got=errors.listing(
            f"{errors.shown(a)} > {errors.shown(b)}" for a, b in zip(low[turned], high[turned], strict=True)
        ),
        where=errors.rows(low.index[turned]) if turned.any() else "",
        hint=_("the order is actual, low, high"),
    )
    check.done()
    return float(((first >= low) & (first <= high)).mean())


def _pair(function: str, actual: Any, predicted: Any) -> tuple[pd.Series, pd.Series]:
    check = Check(function)
    one, other = check.vector("actual", actual), check.vector("predicted", predicted)
    check.done()
    if len(one) != len(other):
        check.add(errors.different_lengths("predicted", len(other), "actual", len(one)))
    check.done()
    labelled = isinstance(actual, (pd.Series, dict)) and isinstance(predicted, (pd.Series, dict))
    if labelled and not one.index.equals(other.index):
        other = check.same_labels("predicted", other, "actual", one)
        check.done()
    return one.reset_index(drop=True).astype(float), other.reset_index(drop=True).astype(float)


def _ranking_gini(actual: pd.Series, predicted: pd.Series) -> float:
    perfect = _area(actual, actual)
    return _area(actual, predicted) / perfect if perfect > 0 else float("nan")


def _area(actual: pd.Series, score: pd.Series) -> float:
    """Gini of the values in descending order of the score, groups of one score spread evenly."""
    groups = actual.groupby(score.to_numpy()).agg(["sum", "size"]).iloc[::-1]
    total = float(groups["sum"].sum())
    if total == 0:
        return 0.0
    share = groups["sum"].to_numpy() / total
    width = groups["size"].to_numpy() / len(actual)
    middle = share.cumsum() - share / 2
    return float(2 * (width @ middle) - 1)
