"""The likelihood and the expectations that BG/NBD and MBG/NBD share.

Both let a customer drop out with probability p after a purchase; p is Beta(a, b) over customers. BG/NBD gives
the first chance to leave after the first *repeat* purchase (``shift = 0``), MBG/NBD already after the first
purchase (``shift = 1``). With ``k = x + shift`` chances survived, everything else is the same.
"""

from __future__ import annotations

import numpy as np
from scipy.special import hyp2f1

from casekit.customer_base._newton import Objective, in_log_parameters
from casekit.customer_base._statistics import Statistics, tail_counts

Parameters = tuple[float, ...]

#: Closer than this to a = 1 the closed form loses its digits; the integral over time takes over.
_NEAR_ONE = 1e-5

#: Nodes of the Gauss-Legendre rule over future time.
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(32)


def objective(statistics: Statistics, shift: int) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (r, alpha, a, b)."""
    weight, customers = statistics.weight, statistics.customers
    k = statistics.x + shift
    tail_x, tail_k = tail_counts(statistics.x, weight), tail_counts(k, weight)
    j_x, j_k = np.arange(len(tail_x)), np.arange(len(tail_k))
    x, T = statistics.x.astype(float), statistics.T
    can = k > 0  # may have dropped out
    w_can, x_can, T_can = weight[can], x[can], T[can]
    recency, before = statistics.recency[can], (k[can] - 1).astype(float)
    wx = weight * x

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        r, alpha, a, b = natural
        over_r, over_b, over_ab = 1 / (r + j_x), 1 / (b + j_k), 1 / (a + b + j_k)
        end = alpha + T
        log_end, over_end = np.log(end), 1 / end
        value = -tail_x @ np.log(over_r) + tail_k @ np.log(over_ab / over_b)
        value += customers * r * theta[1] - (r * weight + wx) @ log_end
        g = np.array(
            [
                tail_x @ over_r + customers * theta[1] - weight @ log_end,
                customers * r / alpha - (r * weight + wx) @ over_end,
                -tail_k @ over_ab,
                tail_k @ (over_b - over_ab),
            ]
        )
        squares = over_end * over_end
        h = np.zeros((4, 4))
        h[0, 0] = -tail_x @ over_r**2
        h[0, 1] = h[1, 0] = customers / alpha - weight @ over_end
        h[1, 1] = -customers * r / alpha**2 + (r * weight + wx) @ squares
        h[2, 2] = h[2, 3] = h[3, 2] = tail_k @ over_ab**2
        h[3, 3] = tail_k @ (over_ab**2 - over_b**2)
        # ln(1 + odds of having dropped out)
        last = alpha + recency
        over_last = 1 / last
        ratio = np.log((alpha + T_can) * over_last)
        q = x_can + r
        chances = 1 / (b + before)
        log_odds = q * ratio + np.log(a * chances)
        odds = np.exp(np.minimum(log_odds, 700.0))
        value += w_can @ np.where(log_odds > 30, log_odds, np.log1p(odds))
        gone = w_can * (odds / (1 + odds))
        over_can = over_end[can]
        lag = over_can - over_last
        slopes = np.stack([ratio, q * lag, -chances])
        g[[0, 1, 3]] += slopes @ gone
        total = gone.sum()
        g[2] += total / a
        both = gone / (1 + odds)
        cross = (slopes * both) @ slopes.T
        h[np.ix_([0, 1, 3], [0, 1, 3])] += cross
        with_a = slopes @ both / a
        h[2, [0, 1, 3]] += with_a
        h[[0, 1, 3], 2] += with_a
        h[2, 2] += (both.sum() - total) / a**2
        step = gone @ lag
        h[0, 1] += step
        h[1, 0] += step
        h[1, 1] -= (gone * q) @ ((over_can + over_last) * lag)
        h[3, 3] += gone @ (chances * chances)
        slope, bend = in_log_parameters(natural, g, h)
        return float(value), slope, bend

    return evaluate


def log_likelihood(parameters: Parameters, statistics: Statistics, shift: int) -> float:
    """Log-likelihood at given parameters."""
    return objective(statistics, shift)(np.log(parameters))[0]


def probability_alive(
    parameters: Parameters, x: np.ndarray, recency: np.ndarray, T: np.ndarray, shift: int
) -> np.ndarray:
    r, alpha, a, b = parameters
    k = x + shift
    with np.errstate(divide="ignore"):
        log_odds = (r + x) * np.log((alpha + T) / (alpha + recency)) + np.log(
            a / np.maximum(b + k - 1, 1e-300)
        )
    alive = 1 / (1 + np.exp(np.minimum(log_odds, 700.0)))
    return np.where(k == 0, 1.0, alive)


def purchases_if_alive(
    parameters: Parameters, x: np.ndarray, T: np.ndarray, horizon: np.ndarray, shift: int
) -> np.ndarray:
    """Expected purchases over the horizon of a customer who is alive at T.

    ``(a+b+k-1)/(a-1) [1 - (1-z)^(a-1) 2F1(a-1, a+b+shift-1-r; a+b+k-1; z)]``, ``z = t/(alpha+T+t)``: Euler's
    transformation of the published form, whose small parameters keep it exact for heavy buyers too.
    """
    r, alpha, a, b = parameters
    if abs(a - 1) < _NEAR_ONE:
        return discounted_if_alive(parameters, x, T, horizon, 0.0, shift)
    k = x + shift
    c = a + b + k - 1
    z = horizon / (alpha + T + horizon)
    tail = (1 - z) ** (a - 1) * hyp2f1(a - 1, a + b + shift - 1 - r, c, z)
    return c / (a - 1) * (1 - tail)


def rate_if_alive(
    parameters: Parameters, x: np.ndarray, T: np.ndarray, ahead: np.ndarray, shift: int
) -> np.ndarray:
    """Expected purchases per unit of time, ``ahead`` after T, of a customer who is alive at T."""
    r, alpha, a, b = parameters
    k = x + shift
    w = ahead / (alpha + T)
    decay = (1 + w) ** -a * hyp2f1(a, a + b + shift - r - 1, a + b + k, w / (1 + w))
    return (r + x) / (alpha + T) * decay


def discounted_if_alive(
    parameters: Parameters,
    x: np.ndarray,
    T: np.ndarray,
    horizon: np.ndarray | float,
    force: float,
    shift: int,
) -> np.ndarray:
    """Purchases of a customer alive at T, each discounted by exp(-force * time): the rate integrated.

    In ``y = ln(1 + t / (alpha + T))`` the integrand is smooth, so 32 nodes give ten digits.
    """
    scale = parameters[1] + T
    end = np.minimum(horizon, 40.0 / force) if force > 0 else np.asarray(horizon, dtype=float)
    width = np.log1p(end / scale)
    y = np.multiply.outer((_NODES + 1) / 2, width)
    ahead = scale * np.expm1(y)
    rate = rate_if_alive(parameters, x, T, ahead, shift)
    inside = rate * np.exp(y - force * ahead) * scale
    return (_NODE_WEIGHTS / 2) @ inside * width
