"""How the lift of a display fades, and how long to leave it standing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import gammaincinv

from casekit import errors
from casekit._text import _
from casekit._validate import Check


@dataclass(frozen=True)
class DisplayDecay:
    """How the lift of a display fades.

    Attributes
    ----------
    initial : float
        Lift when the display goes up, as a share of normal sales.
    decay : float
        Rate at which it fades, per week, zero or more.
    half_life : float
        Weeks until half the lift is left; infinite without decay.
    """

    initial: float
    decay: float
    half_life: float

    def lift(self, weeks: Any) -> pd.Series:
        """Lift after each number of weeks on display."""
        times = np.asarray(weeks, dtype=float)
        return pd.Series(self.initial * np.exp(-self.decay * times), index=pd.Index(times, name="week"))


def fit_display_decay(lift: Any) -> DisplayDecay:
    """Fit a fading lift to the lift measured in each week on display.

    Parameters
    ----------
    lift : Series or dict of float
        Lift (share of normal sales) by weeks since the display went up (the index, zero or more); a list is
        taken as weeks 0, 1, 2, … Three weeks or more.

    Returns
    -------
    DisplayDecay

    Raises
    ------
    InputError
        With fewer than three weeks, repeated weeks, or a lift that is nowhere above 0.

    Notes
    -----
    Least squares of ``initial * exp(-decay * week)``, ``decay`` zero or more. ``half_life = ln 2 / decay``.

    Examples
    --------
    >>> fit = fit_display_decay([0.8, 0.4, 0.2])
    >>> round(fit.initial, 3), round(fit.half_life, 3)
    (0.8, 1.0)
    """
    check = Check("fit_display_decay")
    seen = check.vector("lift", lift)
    weeks = check.vector("weeks", list(seen.index), low=0)
    check.unique("weeks", weeks.to_numpy())
    check.require(
        len(seen) >= 3,
        _("lift must be known for at least three weeks"),
        got=str(len(seen)),
        hint=_("two points fit any curve"),
    )
    if len(seen) and not seen.isna().any():
        check.require(
            float(seen.max()) > 0,
            _("lift must be above 0 in some week"),
            got=errors.shown(float(seen.max())),
            hint=_("without a lift there is nothing to fade"),
        )
    check.done()
    x, y = weeks.to_numpy(), seen.to_numpy()

    def level(decay: float) -> float:
        fade = np.exp(-decay * x)
        return max(0.0, float(fade @ y / (fade @ fade)))

    def loss(decay: float) -> float:
        return float(((y - level(decay) * np.exp(-decay * x)) ** 2).sum())

    grid = np.concatenate([[0.0], np.geomspace(1e-4, 20.0, 200)])
    near = int(np.argmin([loss(decay) for decay in grid]))
    ends = (grid[max(0, near - 1)], grid[min(len(grid) - 1, near + 1)])
    found = minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 1e-12})
    decay = float(found.x) if found.fun < loss(0.0) * (1 - 1e-9) - 1e-15 else 0.0
    return DisplayDecay(level(decay), decay, math.log(2) / decay if decay > 0 else math.inf)


@dataclass(frozen=True)
class Rotation:
    """When to change a display.

    Attributes
    ----------
    period : float
        Weeks; infinite if a change never pays for itself or nothing fades.
    gain : float
        Money per week over setup, at that period (zero if a change never pays).
    """

    period: float
    gain: float


def rotation_gain(period: float, *, initial: float, decay: float, setup: float) -> float:
    """Money per week that a display changed every ``period`` weeks brings over its setup.

    Parameters
    ----------
    period : float
        Weeks between changes, above 0.
    initial : float
        Extra margin per week when the display is new: normal units times lift times margin a unit, in money,
        zero or more.
    decay : float
        Rate at which it fades, per week, zero or more.
    setup : float
        Cost of a change, in money, zero or more.

    Returns
    -------
    float
        Money per week; below zero when changes come too often to pay.

    Notes
    -----
    ``(1/T) (initial (1 - exp(-decay T)) / decay - setup)``

    Examples
    --------
    >>> rotation_gain(2, initial=100, decay=0, setup=50)
    75.0
    """
    check = Check("rotation_gain")
    period = check.positive("period", period)
    initial, decay, setup = _rotation(check, initial, decay, setup)
    area = initial * period if decay == 0 else -initial * math.expm1(-decay * period) / decay
    return (area - setup) / period


def _rotation(check: Check, initial: float, decay: float, setup: float) -> tuple[float, float, float]:
    initial = check.number("initial", initial, low=0)
    decay = check.number("decay", decay, low=0)
    setup = check.number("setup", setup, low=0)
    check.done()
    return initial, decay, setup


def best_rotation(*, initial: float, decay: float, setup: float) -> Rotation:
    """How many weeks to leave a display standing before it is changed.

    "Change every two weeks" is right only for one pair of fading and setup cost; this finds your own.

    Parameters
    ----------
    initial, decay, setup
        As in :func:`rotation_gain`.

    Returns
    -------
    Rotation

    Notes
    -----
    The best period leaves as much in the last week as an average week brings: with ``x = decay T``,
    ``1 - exp(-x)(1 + x) = setup * decay / initial``, solved by the inverse of the incomplete gamma function
    of order 2; the gain is ``initial exp(-x)``. If ``setup * decay >= initial`` the display never earns its
    setup. Without setup cost one would change without end (period 0).

    Examples
    --------
    >>> best = best_rotation(initial=100, decay=0.5, setup=60)
    >>> round(best.period, 2), round(best.gain, 2)
    (2.19, 33.38)
    """
    check = Check("best_rotation")
    initial, decay, setup = _rotation(check, initial, decay, setup)
    if initial == 0 or setup * decay >= initial:
        return Rotation(math.inf, 0.0)
    if decay == 0:
        return Rotation(math.inf, initial)
    x = float(gammaincinv(2.0, setup * decay / initial))
    return Rotation(x / decay, initial * math.exp(-x))
