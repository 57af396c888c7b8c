"""The likelihood and the expectations that BG/NBD and MBG/NBD share.

Both let a customer drop out with probability p after a purchase; p is Beta(a, b) over customers. BG/NBD gives
the first chance to leave after the first *repeat* purchase (``shift = 0``), MBG/NBD already after the first
purchase (``shift = 1``). With ``k = x + shift`` chances survived, everything else is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betaincinv, hyp2f1

from casekit.customer_base._newton import Objective, in_log_parameters
from casekit.customer_base._statistics import RisingSum, Statistics

Parameters = tuple[float, ...]

#: Closer than this to a = 1 the closed form loses its digits; the integral over time takes over.
_NEAR_ONE = 1e-5

#: Customers evaluated at once: few enough for the processor's cache and for one thread.
_BLOCK = 4096

#: From the inner order (r, alpha, b, a) to that of the names.
_ORDER = [0, 1, 3, 2]

#: Nodes of the Gauss-Legendre rule over future time.
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(32)


def objective(statistics: Statistics, shift: int) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (r, alpha, a, b)."""
    weight, customers = statistics.weight, statistics.customers
    k = statistics.x + shift
    rising_x, rising_k = RisingSum(statistics.x, weight), RisingSum(k, weight)
    blocks = list(_blocks(statistics, k))

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        r, alpha, a, b = natural
        (of_r, slope_r, bend_r), (of_b, slope_b, bend_b) = rising_x(r), rising_k(b)
        of_ab, slope_ab, bend_ab = rising_k(a + b)
        value = of_r + (of_b - of_ab) + customers * r * theta[1]
        g = np.array(
            [
                slope_r + customers * theta[1],
                customers * r / alpha,
                slope_b - slope_ab,
                -slope_ab,
            ]
        )
        h = np.zeros((4, 4))
        h[0, 0] = bend_r
        h[0, 1] = h[1, 0] = customers / alpha
        h[1, 1] = -customers * r / alpha**2
        h[3, 3] = h[2, 3] = h[3, 2] = -bend_ab
        h[2, 2] = bend_b - bend_ab
        for block in blocks:
            value += _add(natural, block, g, h)
        slope, bend = in_log_parameters(natural, g[_ORDER], h[np.ix_(_ORDER, _ORDER)])
        return float(value), slope, bend

    return evaluate


@dataclass(frozen=True)
class _Block:
    """Some customers: all of them may have dropped out already (``before`` is k - 1), or none."""

    weight: np.ndarray
    x: np.ndarray
    recency: np.ndarray
    T: np.ndarray
    before: np.ndarray | None


def _blocks(statistics: Statistics, k: np.ndarray) -> Iterator[_Block]:
    for may_have_left in (False, True):
        rows = np.flatnonzero((k > 0) == may_have_left)
        for start in range(0, len(rows), _BLOCK):
            some = rows[start : start + _BLOCK]
            yield _Block(
                statistics.weight[some],
                statistics.x[some].astype(float),
                statistics.recency[some],
                statistics.T[some],
                (k[some] - 1).astype(float) if may_have_left else None,
            )


def _add(natural: np.ndarray, block: _Block, g: np.ndarray, h: np.ndarray) -> float:
    """Add a block's ``-(r+x) ln(alpha+T) + ln(1 + odds of having dropped out)`` to gradient and Hessian.

    Here in the order (r, alpha, b, a): the odds depend on a otherwise than on the rest.
    """
    r, alpha, a, _b = natural
    weight, q = block.weight, block.x + r
    wq = weight * q
    over_end = 1 / (alpha + block.T)
    log_end = -np.log(over_end)
    value = -(wq @ log_end)
    g[0] -= weight @ log_end
    g[1] -= wq @ over_end
    cross = -(weight @ over_end)
    h[1, 1] += wq @ (over_end * over_end)
    if block.before is None:
        h[0, 1] += cross
        h[1, 0] += cross
        return float(value)
    over_last = 1 / (alpha + block.recency)
    ratio = log_end + np.log(over_last)
    chances = 1 / (natural[3] + block.before)
    log_odds = q * ratio + np.log(a * chances)
    odds = np.exp(np.minimum(log_odds, 700.0))
    value += weight @ np.where(log_odds > 30, log_odds, np.log1p(odds))
    gone = weight * (odds / (1 + odds))
    lag = over_end - over_last
    slopes = np.empty((3, len(q)))
    slopes[0] = ratio
    np.multiply(q, lag, out=slopes[1])
    np.negative(chances, out=slopes[2])
    total = gone.sum()
    g[:3] += slopes @ gone
    g[3] += total / a
    both = gone / (1 + odds)
    h[:3, :3] += (slopes * both) @ slopes.T
    with_a = slopes @ both / a
    h[3, :3] += with_a
    h[:3, 3] += with_a
    h[3, 3] += (both.sum() - total) / a**2
    cross += gone @ lag
    h[0, 1] += cross
    h[1, 0] += cross
    h[1, 1] -= (gone * q) @ ((over_end + over_last) * lag)
    h[2, 2] += gone @ (chances * chances)
    return float(value)


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


def alive_expression(parameters: Parameters, shift: int) -> Any:
    """:func:`probability_alive` as a narwhals expression of ``frequency``, ``recency`` and ``T``."""
    import narwhals as nw

    r, alpha, a, b = parameters
    x = nw.col("frequency").cast(nw.Float64)
    k = x + shift
    chances = nw.when(k > 0).then(k + (b - 1)).otherwise(1.0)
    ratio = (nw.col("T") + alpha) / (nw.col("recency") + alpha)
    log_odds = (x + r) * ratio.log() + (a / chances).log()
    bounded = nw.when(log_odds < 700.0).then(log_odds).otherwise(700.0)
    return nw.when(k > 0).then(1.0 / (bounded.exp() + 1.0)).otherwise(1.0)


def purchases_if_alive(
    parameters: Parameters, x: np.ndarray, T: np.ndarray, ahead: np.ndarray, shift: int
) -> np.ndarray:
    """Expected purchases over the horizon of a customer who is alive at T.

    ``(a+b+k-1)/(a-1) [1 - (1-z)^(a-1) 2F1(a-1, a+b+shift-1-r; a+b+k-1; z)]``, ``z = t/(alpha+T+t)``: Euler's
    transformation of the published form, whose small parameters keep it exact for heavy buyers too. Where its
    terms would alternate (r beyond a + b - 1) the published form takes over.
    """
    r, alpha, a, b = parameters
    if abs(a - 1) < _NEAR_ONE:
        return discounted_if_alive(parameters, x, T, ahead, 0.0, shift)
    k = x + shift
    c = a + b + k - 1
    z = ahead / (alpha + T + ahead)
    with np.errstate(all="ignore"):
        if a + b + shift - 1 >= r:
            tail = (1 - z) ** (a - 1) * hyp2f1(a - 1, a + b + shift - 1 - r, c, z)
        else:
            tail = (1 - z) ** (r + x) * hyp2f1(r + x, b + k, c, z)
        expected = c / (a - 1) * (1 - tail)
    return _repaired(
        expected,
        (a, b + k),
        (x, T, ahead),
        lambda p, x, T, ahead: -np.expm1(-(r + x) * np.log1p(p * ahead / (alpha + T))) / p,
    )


def _repaired(
    values: np.ndarray,
    beta: tuple[float, np.ndarray],
    columns: tuple[np.ndarray, ...],
    given_p: Callable[..., np.ndarray],
) -> np.ndarray:
    """The values, and the mean over quantiles of p where 2F1 gave up (parameters in the thousands)."""
    lost = ~np.isfinite(values)
    if not lost.any():
        return values
    a, b = beta
    shape = values.shape
    b_lost, *rest = (np.broadcast_to(column, shape)[lost] for column in (b, *columns))
    p = np.maximum(betaincinv(a, b_lost, ((_NODES + 1) / 2)[:, None]), 1e-300)
    values = values.copy()
    values[lost] = (_NODE_WEIGHTS / 2) @ given_p(p, *rest)
    return values


def rate_if_alive(
    parameters: Parameters, x: np.ndarray, T: np.ndarray, ahead: np.ndarray, shift: int
) -> np.ndarray:
    """Expected purchases per unit of time, ``ahead`` after T, of a customer who is alive at T."""
    r, alpha, a, b = parameters
    k = x + shift
    w = ahead / (alpha + T)
    z = w / (1 + w)
    with np.errstate(all="ignore"):
        if a + b + shift - 1 >= r:
            decay = (1 + w) ** -a * hyp2f1(a, a + b + shift - r - 1, a + b + k, z)
        else:
            decay = (1 + w) ** -(r + x + 1) * hyp2f1(r + x + 1, b + k, a + b + k, z)
    decay = _repaired(decay, (a, b + k), (x, w), lambda p, x, w: np.exp(-(r + x + 1) * np.log1p(p * w)))
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
