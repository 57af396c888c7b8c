"""Learning curves: how time falls with practice, for a new crew or a new product."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Wright's law for the average of all units so far, or Crawford's for the unit itself.
MODELS = ("unit", "cumulative_average")


def _slope(check: Check, rate: float) -> float:
    share = check.number("rate", rate, low=0, high=1, low_open=True)
    return math.log2(share) if share > 0 else math.nan


def learning_curve(units: int, *, first: float, rate: float, model: str = "unit") -> pd.DataFrame:
    """Time for each unit when every doubling of experience cuts it to the same share.

    Two curves go by the name; at 80 % and four units their totals differ by a fifth, so say which is meant.

    Parameters
    ----------
    units : int
        Units (tasks, calls, boats) to list, 1 or more.
    first : float
        Time or cost of the first unit, above 0.
    rate : float
        Share left after each doubling, above 0 and at most 1 (0.8: an "80 % curve").
    model : {"unit", "cumulative_average"}
        What falls to ``rate`` with each doubling: the time of the unit itself (Crawford) or the average time
        of all units so far (Wright).

    Returns
    -------
    DataFrame, index ``unit``, with columns ``unit_time``, ``average_time`` (of all so far) and
    ``total_time``, in the unit of ``first``.

    Notes
    -----
    ``y_n = first * n^b`` with ``b = log2(rate)``; ``y`` is the unit time or the cumulative average.

    References
    ----------
    Wright, T. P. (1936). Factors affecting the cost of airplanes. *Journal of the Aeronautical Sciences*
    3(4), 122–128.

    Examples
    --------
    >>> learning_curve(4, first=100, rate=0.8)["unit_time"].round(2).tolist()
    [100.0, 80.0, 70.21, 64.0]
    >>> learning_curve(2, first=100, rate=0.8, model="cumulative_average")["total_time"].tolist()
    [100.0, 160.0]
    """
    check = Check("learning_curve")
    units = check.integer("units", units, low=1)
    first = check.positive("first", first)
    slope = _slope(check, rate)
    check.choice("model", model, MODELS)
    check.done()
    number = np.arange(1, units + 1, dtype=float)
    power = first * number**slope
    if model == "unit":
        each, total = power, power.cumsum()
    else:
        total = power * number
        each = np.diff(total, prepend=0.0)
    index = pd.RangeIndex(1, units + 1, name="unit")
    return pd.DataFrame({"unit_time": each, "average_time": total / number, "total_time": total}, index=index)


def units_to_reach(time: float, *, first: float, rate: float) -> int:
    """How many units it takes until one is done in a given time (unit model).

    Parameters
    ----------
    time : float
        Time to reach, above 0.
    first : float
        Time of the first unit, above 0.
    rate : float
        Share left after each doubling, above 0 and below 1.

    Returns
    -------
    int
        Number of the first unit that takes no longer, 1 or more.

    Notes
    -----
    ``n = (time / first)^(1 / log2(rate))``, rounded up.

    Examples
    --------
    >>> units_to_reach(64, first=100, rate=0.8)
    4
    """
    check = Check("units_to_reach")
    time, first = check.positive("time", time), check.positive("first", first)
    check.number("rate", rate, low=0, high=1, low_open=True, high_open=True)
    check.done()
    number = max(1.0, (time / first) ** (1 / math.log2(rate)))
    if not math.isfinite(number) or number > 1e15:
        rule = _("time must be reached within a million billion units")
        check.add(errors.must_hold(rule, got=errors.shown(number), hint=_("this crew hardly learns")))
    check.done()
    return math.ceil(number * (1 - 1e-12))


@dataclass(frozen=True)
class LearningFit:
    """A learning curve fitted to observed times.

    Attributes
    ----------
    first : float
        Time of the first unit on the curve.
    rate : float
        Share left after each doubling; above 1, times rise.
    r_squared : float
        Share of the variance of log time explained, 0 to 1.
    """

    first: float
    rate: float
    r_squared: float


def fit_learning_curve(times: Any) -> LearningFit:
    """The learning rate that a newcomer's (or a product's) observed times show.

    Parameters
    ----------
    times : Series, dict or list of float, shape (n_observed,)
        Time of each unit, above 0. The index holds the number of the unit, 1 or more; a list is taken as
        units 1, 2, 3, …

    Returns
    -------
    LearningFit

    Raises
    ------
    InputError
        If fewer than two units are observed, or numbers of units repeat or lie below 1.

    Notes
    -----
    Least squares of ``ln time`` on ``ln unit``; ``rate = 2^slope``.

    Examples
    --------
    >>> fit = fit_learning_curve({1: 100.0, 2: 80.0, 4: 64.0})
    >>> round(fit.first, 6), round(fit.rate, 6)
    (100.0, 0.8)
    """
    check = Check("fit_learning_curve")
    observed = check.vector("times", times, low=0, low_open=True)
    check.done()
    labelled = isinstance(times, (pd.Series, dict)) and not observed.index.equals(
        pd.RangeIndex(len(observed))
    )
    number = check.vector("units", list(observed.index) if labelled else range(1, len(observed) + 1), low=1)
    check.unique("units", number.to_numpy())
    check.require(
        len(observed) >= 2,
        _("at least two units must be observed"),
        got=str(len(observed)),
        hint=_("one time shows no learning"),
    )
    check.done()
    x, y = np.log(number.to_numpy()), np.log(observed.to_numpy())
    centred = x - x.mean()
    slope = float(centred @ y / (centred @ centred))
    rest = y - y.mean() - slope * centred
    spread = float(((y - y.mean()) ** 2).sum())
    explained = 1 - float(rest @ rest) / spread if spread > 0 else 1.0
    return LearningFit(float(np.exp(y.mean() - slope * x.mean())), 2.0**slope, explained)
