"""ADBUDG: a response curve drawn through four judgements, and the effort that pays most."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


@dataclass(frozen=True)
class ResponseCurve:
    """What an effort brings in, from nothing to saturation.

    Attributes
    ----------
    minimum, maximum : float
        Response without any effort, and with all the effort in the world.
    shape : float
        Exponent c, above 0: above 1 the curve is an S (small efforts are lost), at most 1 every yuan brings
        less than the one before.
    half : float
        Effort at which half of the way from minimum to maximum is made, in the unit of the effort.
    """

    minimum: float
    maximum: float
    shape: float
    half: float


@dataclass(frozen=True)
class EffortPlan:
    """The effort that leaves most money.

    Attributes
    ----------
    effort, response, profit : float
        The effort, the response it brings, and margin on the response less the effort, all at the optimum.
    profit_without : float
        Profit with no effort at all.
    """

    effort: float
    response: float
    profit: float
    profit_without: float


def calibrate_adbudg(
    current: float, *, minimum: float, maximum: float, half_more: float, effort: float = 1.0
) -> ResponseCurve:
    """Little's decision calculus: a response curve from four answers that a manager can give.

    What do we sell at today's effort? With none? With half as much again? With no limit? A hidden demand
    (a safe nobody knew they needed) cannot be read from past sales, so judgement is all there is; the
    curve makes it explicit and consistent. It is no evidence: ask several people, and test the curve with a
    trial before money depends on it.

    Parameters
    ----------
    current : float
        Response (sales, share, awareness) at today's effort, between ``minimum`` and ``half_more``.
    minimum : float
        Response if the effort stops, zero or more.
    maximum : float
        Response at saturation.
    half_more : float
        Response with 50 % more effort, above ``current`` and below ``maximum``.
    effort : float, default 1
        Today's effort (money, calls), above zero; 1 measures effort as a multiple of today's.

    Returns
    -------
    ResponseCurve

    Raises
    ------
    InputError
        If the four answers do not rise: minimum < current < half_more < maximum.

    Notes
    -----
    ``R(x) = min + (max - min) x^c / (d + x^c)``, ``x`` a multiple of today's effort. Then
    ``d = (max - R(1)) / (R(1) - min)`` and ``c = ln(d (R(1.5) - min) / (max - R(1.5))) / ln 1.5``;
    ``half`` is ``effort * d^(1/c)``. The response is that of one period; carry-over from period to period,
    which Little adds to the model, is left out.

    References
    ----------
    Little, J. D. C. (1970). Models and managers: the concept of a decision calculus. *Management Science*
    16(8), B466-B485 (the function and its four questions).

    Examples
    --------
    >>> curve = calibrate_adbudg(50, minimum=0, maximum=100, half_more=60)
    >>> round(curve.shape, 9), curve.half
    (1.0, 1.0)
    """
    check = Check("calibrate_adbudg")
    minimum = check.number("minimum", minimum, low=0)
    names = {"current": current, "half_more": half_more, "maximum": maximum}
    current, half_more, maximum = (check.number(name, value) for name, value in names.items())
    effort = check.positive("effort", effort)
    check.done()
    answers = (minimum, current, half_more, maximum)
    check.require(
        minimum < current < half_more < maximum,
        _("minimum, current, half_more and maximum must rise"),
        got=errors.listing(map(errors.shown, answers)),
        hint=_("more effort must bring more, but never all there is"),
    )
    check.done()
    odds = (current - minimum) / (maximum - current)
    odds_more = (half_more - minimum) / (maximum - half_more)
    shape = math.log(odds_more / odds) / math.log(1.5)
    check.require(
        abs(math.log(odds)) < 500 * shape,
        _("half_more must differ enough from current to draw a curve"),
        got=_("{low} and {high}").format(low=errors.shown(current), high=errors.shown(half_more)),
        hint=_("an effort that changes nothing has no response curve"),
    )
    check.done()
    return ResponseCurve(minimum, maximum, shape, effort * math.exp(-math.log(odds) / shape))


def adbudg_response(effort: Any, *, curve: ResponseCurve) -> float | pd.Series:
    """Response to an effort on an ADBUDG curve.

    Parameters
    ----------
    effort : float, or list, dict or Series of float
        Effort, zero or more, in the unit of ``curve.half``.
    curve : ResponseCurve
        From :func:`calibrate_adbudg`, or made by hand.

    Returns
    -------
    float, or Series of float labelled like ``effort``
        From ``curve.minimum`` (no effort) towards ``curve.maximum``.

    Notes
    -----
    ``min + (max - min) / (1 + (half / effort)^shape)``.

    Examples
    --------
    >>> round(adbudg_response(3.0, curve=ResponseCurve(minimum=0, maximum=100, shape=1, half=1)), 9)
    75.0
    """
    check = Check("adbudg_response")
    single = as_series(effort) is None
    if single:
        values = pd.Series([check.number("effort", effort, low=0)])
    else:
        values = check.vector("effort", effort, low=0)
    _check_curve(check, curve)
    check.done()
    response = pd.Series(_response(values.to_numpy(dtype=float), curve), index=values.index, name="response")
    return float(response.iloc[0]) if single else response


def best_effort(curve: ResponseCurve, *, margin: float, limit: float) -> EffortPlan:
    """How much effort leaves most money: margin on the response, less the effort.

    On an S-shaped curve a little may be worse than nothing, so no effort is always compared.

    Parameters
    ----------
    curve : ResponseCurve
        With effort in money.
    margin : float
        Money earned on one unit of response, zero or more.
    limit : float
        Largest effort that can be paid, above zero.

    Returns
    -------
    EffortPlan

    Notes
    -----
    ``max over 0 <= x <= limit of margin * R(x) - x``.

    Examples
    --------
    >>> plan = best_effort(ResponseCurve(minimum=0, maximum=100, shape=1, half=1), margin=1, limit=50)
    >>> round(plan.effort, 4), round(plan.profit, 4)
    (9.0, 81.0)
    """
    check = Check("best_effort")
    _check_curve(check, curve)
    margin = check.number("margin", margin, low=0)
    limit = check.positive("limit", limit)
    check.done()

    def loss(effort: float) -> float:
        return effort - margin * float(_response(np.array([effort]), curve)[0])

    steep = curve.half * np.geomspace(1e-3, 1e3, 201)
    grid = np.unique(np.concatenate([np.linspace(0, limit, 201), steep[steep < limit]]))
    place = int(np.argmin([loss(effort) for effort in grid]))
    around = (float(grid[max(0, place - 1)]), float(grid[min(len(grid) - 1, place + 1)]))
    found = float(
        minimize_scalar(loss, bounds=around, method="bounded", options={"xatol": 1e-9 * around[1]}).x
    )
    best = min((0.0, float(limit), float(grid[place]), found), key=loss)
    response = float(_response(np.array([best]), curve)[0])
    return EffortPlan(best, response, -loss(best), margin * curve.minimum)


def _response(effort: np.ndarray, curve: ResponseCurve) -> np.ndarray:
    with np.errstate(divide="ignore", over="ignore"):
        ratio = np.exp(curve.shape * (np.log(curve.half) - np.log(effort)))
    return curve.minimum + (curve.maximum - curve.minimum) / (1 + ratio)


def _check_curve(check: Check, curve: Any) -> None:
    if not isinstance(curve, ResponseCurve):
        hint = "calibrate_adbudg(50, minimum=0, maximum=100, half_more=60)"
        check.add(errors.wrong_type("curve", "ResponseCurve", curve, hint))
        return
    check.number("curve.minimum", curve.minimum, low=0)
    check.number("curve.maximum", curve.maximum, low=curve.minimum, low_open=True)
    check.positive("curve.shape", curve.shape)
    check.positive("curve.half", curve.half)
