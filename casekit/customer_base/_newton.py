"""Maximum likelihood by Newton's method in log-parameters, with the checks that a fit has to pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

#: Value, gradient and Hessian of a log-likelihood at the logarithms of its parameters.
Objective = Callable[[np.ndarray], tuple[float, np.ndarray, np.ndarray]]

#: Stop when the next step promises less than this much log-likelihood.
DECREMENT = 1e-10

#: Longest step in one log-parameter.
_LONGEST = 2.0

#: Logarithms beyond which a parameter has run away.
LIMIT = 14.0


@dataclass(frozen=True)
class Maximum:
    """Where the climb ended, and how."""

    theta: np.ndarray
    value: float
    gradient: np.ndarray
    hessian: np.ndarray
    iterations: int
    converged: bool

    @property
    def at_limit(self) -> bool:
        return bool((np.abs(self.theta) >= LIMIT - 1e-6).any())


def maximise(objective: Objective, start: np.ndarray, *, iterations: int = 200) -> Maximum:
    """Climb from ``start``; directions where the surface bends the wrong way are turned uphill."""
    theta = np.clip(np.asarray(start, dtype=float), -LIMIT, LIMIT)
    value, gradient, hessian = objective(theta)
    count, converged = 0, False
    while count < iterations:
        step = _direction(gradient, hessian)
        promised = float(gradient @ step)
        if promised < DECREMENT + 1e-13 * abs(value):
            converged = True
            last = objective(np.clip(theta + step, -LIMIT, LIMIT))  # Newton doubles the digits once more
            if np.abs(last[1]).max() < np.abs(gradient).max():
                theta, (value, gradient, hessian) = np.clip(theta + step, -LIMIT, LIMIT), last
            break
        count += 1
        found = _line_search(objective, theta, value, step, promised)
        if found is None:  # rounding hides what is left to gain
            converged = promised < 1e-6 + 1e-12 * abs(value)
            break
        theta, value, gradient, hessian = found
    return Maximum(theta, value, gradient, hessian, count, converged)


def _direction(gradient: np.ndarray, hessian: np.ndarray) -> np.ndarray:
    bend, vectors = np.linalg.eigh(-hessian)
    bend = np.maximum(np.abs(bend), 1e-9 * max(np.abs(bend).max(), 1e-300))
    step = vectors @ ((vectors.T @ gradient) / bend)
    return step * min(1.0, _LONGEST / max(float(np.abs(step).max()), 1e-300))


def _line_search(
    objective: Objective, theta: np.ndarray, value: float, step: np.ndarray, promised: float
) -> tuple[np.ndarray, float, np.ndarray, np.ndarray] | None:
    length = 1.0
    for _attempt in range(30):
        place = np.clip(theta + length * step, -LIMIT, LIMIT)
        new_value, gradient, hessian = objective(place)
        if np.isfinite(new_value) and new_value > value + 1e-4 * length * promised:
            return place, new_value, gradient, hessian
        length *= 0.3
    return None


def in_log_parameters(
    natural: np.ndarray, gradient: np.ndarray, hessian: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Gradient and Hessian with respect to the logarithms of the parameters."""
    slope = natural * gradient
    return slope, hessian * np.outer(natural, natural) + np.diag(slope)
