"""How a new product spreads: the Bass model, fitted and carried forward."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import curve_fit

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: How adopters of a period are explained: by the curve between its ends, by the rate at its end, or by a
#: regression on adopters so far.
METHODS = ("interval", "density", "regression")
#: A market larger than this many times the adopters so far is no estimate.
MOST_MARKET = 1000.0


def _share(time: np.ndarray, innovation: float, imitation: float) -> np.ndarray:
    total = innovation + imitation
    fade = np.exp(-np.minimum(total * time, 700.0))
    return (1 - fade) / (1 + imitation / innovation * fade)


def bass_curve(market: float, *, innovation: float, imitation: float, periods: int) -> pd.DataFrame:
    """First purchases period by period when some buy of themselves and others because others have.

    Parameters
    ----------
    market : float
        People who will buy in the end, above 0.
    innovation : float
        p: share of those left who buy in a period of themselves, above 0 and at most 1.
    imitation : float
        q: how strongly earlier buyers pull, zero or more.
    periods : int
        Periods to list, 1 or more.

    Returns
    -------
    DataFrame, index ``period`` (1, 2, …), with columns ``adopters`` (in the period), ``cumulative`` (to its
    end) and ``share`` (of the market, 0 to 1).

    Notes
    -----
    ``F(t) = (1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t})``; adopters of period t are ``m (F(t) - F(t-1))``.
    Repeat purchases are not in it.

    References
    ----------
    Bass, F. (1969). A new product growth for model consumer durables. *Management Science* 15(5), 215–227.

    Examples
    --------
    >>> bass_curve(1000, innovation=0.1, imitation=0, periods=2)["adopters"].round(1).tolist()
    [95.2, 86.1]
    """
    check = Check("bass_curve")
    market, p, q = _parameters(check, market, innovation, imitation)
    periods = check.integer("periods", periods, low=1)
    check.done()
    share = _share(np.arange(periods + 1, dtype=float), p, q)
    index = pd.RangeIndex(1, periods + 1, name="period")
    table = {"adopters": market * np.diff(share), "cumulative": market * share[1:], "share": share[1:]}
    return pd.DataFrame(table, index=index)


def _parameters(
    check: Check, market: float, innovation: float, imitation: float
) -> tuple[float, float, float]:
    market = check.positive("market", market)
    innovation = check.number("innovation", innovation, low=0, high=1, low_open=True)
    return market, innovation, check.number("imitation", imitation, low=0)


def bass_peak(market: float, *, innovation: float, imitation: float) -> pd.Series:
    """When the rate of first purchases is highest, and how high.

    Parameters
    ----------
    market, innovation, imitation
        As in :func:`bass_curve`.

    Returns
    -------
    Series with ``time`` (periods after the start; 0 if imitation is no stronger than innovation, for then
    the rate only falls), ``rate`` (adopters per period at that moment) and ``cumulative`` (adopters by then).

    Notes
    -----
    ``t* = ln(q/p) / (p+q)``, ``rate = m (p+q)² / 4q``, ``cumulative = m (q-p) / 2q``

    Examples
    --------
    >>> bass_peak(1000, innovation=0.02, imitation=0.38).round(2).to_dict()
    {'time': 7.36, 'rate': 105.26, 'cumulative': 473.68}
    """
    check = Check("bass_peak")
    market, p, q = _parameters(check, market, innovation, imitation)
    check.done()
    if q <= p:
        return pd.Series({"time": 0.0, "rate": market * p, "cumulative": 0.0}, name="peak")
    rate, cumulative = market * (p + q) ** 2 / (4 * q), market * (q - p) / (2 * q)
    return pd.Series({"time": math.log(q / p) / (p + q), "rate": rate, "cumulative": cumulative}, name="peak")


@dataclass(frozen=True)
class BassFit:
    """A Bass model fitted to first purchases.

    Attributes
    ----------
    market, innovation, imitation : float
        m, p and q.
    standard_errors : Series
        Of the three (missing for ``regression``, where they do not come from the fit directly).
    residual_error : float
        Spread of the adopters about the curve, in adopters.
    observed : Series
        Adopters by period, as given.
    method : str
    """

    market: float
    innovation: float
    imitation: float
    standard_errors: pd.Series
    residual_error: float
    observed: pd.Series
    method: str

    def forecast(self, periods: int) -> pd.DataFrame:
        """First purchases of the first ``periods`` periods after launch, as :func:`bass_curve`.

        After a ``density`` fit the adopters are the rate at the end of each period, as they were fitted.
        """
        p, q = self.innovation, self.imitation
        table = bass_curve(self.market, innovation=min(1.0, p), imitation=q, periods=periods)
        if self.method == "density":
            table["adopters"] = self.market * (p + q * table["share"]) * (1 - table["share"])
        return table


def fit_bass(adopters: Any, *, method: str = "interval") -> BassFit:
    """The Bass model that fits first purchases so far.

    Before the peak the market size is hardly in the data: fits of the same quality give sizes far apart. Look
    at the standard error of ``market`` before quoting a forecast.

    Parameters
    ----------
    adopters : Series or list of float, shape (n_periods,)
        First purchases in each period from launch on, in order, zero or more; four periods or more.
    method : {"interval", "density", "regression"}
        ``interval`` (Srinivasan and Mason 1986): least squares on ``m (F(t) - F(t-1))``, exact for counts by
        period. ``density``: least squares on the rate ``m f(t)`` at the end of each period, found in many
        lecture notes; it shifts the curve by about half a period. ``regression`` (Bass 1969): ordinary least
        squares of adopters on cumulative adopters before and its square.

    Returns
    -------
    BassFit

    Raises
    ------
    InputError
        With fewer than four periods, no adopters, or data on which the method gives no positive m, p and q.

    Notes
    -----
    Regression: ``S_t = a + b Y_{t-1} + c Y²_{t-1}``, ``m = (-b - sqrt(b² - 4ac)) / 2c``, ``p = a / m``, ``q
    = -m c``.

    References
    ----------
    Bass, F. (1969). *Management Science* 15(5), 215–227. Srinivasan, V. and Mason, C. (1986). Nonlinear
    least squares estimation of new product diffusion models. *Marketing Science* 5(2), 169–178.

    Examples
    --------
    >>> curve = bass_curve(1000, innovation=0.02, imitation=0.4, periods=12)
    >>> fit = fit_bass(curve["adopters"])
    >>> round(fit.market), round(fit.innovation, 4), round(fit.imitation, 4)
    (1000, 0.02, 0.4)
    """
    check = Check("fit_bass")
    check.choice("method", method, METHODS)
    seen = check.vector("adopters", adopters, low=0)
    check.require(
        len(seen) >= 4,
        _("adopters must be known for at least four periods"),
        got=str(len(seen)),
        hint=_("three parameters need more than three points"),
    )
    if len(seen) and not seen.isna().any():
        check.require(
            float(seen.sum()) > 0,
            _("there must be adopters"),
            got=_("none"),
            hint=_("start at the launch and give purchases of each period, not the total so far"),
        )
    check.done()
    values = seen.to_numpy()
    start = _regression(values)
    if method == "regression":
        if start is None:
            _no_fit(check)
        assert start is not None
        before = values.cumsum() - values
        fitted = (start[1] + start[2] * before / start[0]) * (start[0] - before)
        return _fit(start, np.full(3, np.nan), values - fitted, seen, method)
    return _least_squares(check, values, start, seen, method)


def _regression(values: np.ndarray) -> tuple[float, float, float] | None:
    before = values.cumsum() - values
    if len(np.unique(before)) < 3:
        return None
    scale = before.max()
    design = np.column_stack([np.ones_like(before), before / scale, (before / scale) ** 2])
    a, b, c = np.linalg.lstsq(design, values, rcond=None)[0] / [1, scale, scale**2]
    inside = b**2 - 4 * a * c
    if c >= 0 or inside < 0 or a <= 0:
        return None
    market = (-b - math.sqrt(inside)) / (2 * c)
    if market > MOST_MARKET * values.sum():
        return None
    return float(market), float(a / market), float(-market * c)


def _least_squares(
    check: Check, values: np.ndarray, start: tuple[float, float, float] | None, seen: pd.Series, method: str
) -> BassFit:
    total = float(values.sum())
    time = np.arange(1, len(values) + 1, dtype=float)

    def curve(when: np.ndarray, size: float, log_p: float, log_q: float) -> np.ndarray:
        p, q = math.exp(log_p), math.exp(log_q)
        if method == "interval":
            return size * (_share(when, p, q) - _share(when - 1, p, q))
        share = _share(when, p, q)
        return size * (p + q * share) * (1 - share)

    starts = [(1.1, 0.02, 0.4), (1.5, 0.005, 0.6), (1.2, 0.1, 0.1), (3.0, 0.01, 0.3)]
    if start is not None and start[2] > 0:
        starts.insert(0, (start[0] / total, start[1], start[2]))
    best: tuple[float, np.ndarray, np.ndarray] | None = None
    bounds = ([1e-6, -25.0, -16.0], [1.2 * MOST_MARKET, 0.0, 3.0])
    for size, p, q in starts:
        first = np.clip([size, math.log(max(p, 1e-9)), math.log(q)], *(np.array(end) for end in bounds))
        try:
            found, spread = curve_fit(
                curve, time, values / total, p0=first, bounds=bounds, xtol=1e-13, ftol=1e-13, max_nfev=2000
            )
        except (RuntimeError, ValueError):
            continue
        loss = float(((curve(time, *found) - values / total) ** 2).sum())
        if best is None or loss < best[0] * (1 - 1e-9):
            best = (loss, found, spread)
    if best is None or not 1e-5 < best[1][0] < MOST_MARKET:
        _no_fit(check)
    assert best is not None
    found = best[1]
    size, p, q = float(found[0]) * total, math.exp(found[1]), math.exp(found[2])
    errors_ = np.sqrt(np.diag(best[2])) * [total, p, q]
    return _fit((size, p, q), errors_, values - total * curve(time, *found), seen, method)


def _fit(
    found: tuple[float, float, float], spread: np.ndarray, residual: np.ndarray, seen: pd.Series, method: str
) -> BassFit:
    names = ["market", "innovation", "imitation"]
    freedom = max(1, len(residual) - 3)
    error = math.sqrt(float(residual @ residual) / freedom)
    return BassFit(*found, pd.Series(spread, index=names), error, seen.copy(), method)


def _no_fit(check: Check) -> None:
    check.add(
        errors.must_hold(
            _("adopters must rise and slow down as the model says"),
            got=_("no positive market, innovation and imitation"),
            hint=_("use more periods, or assume p and q of a similar product with bass_curve"),
        )
    )
    check.done()
