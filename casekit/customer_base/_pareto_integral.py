"""The likelihood of the Pareto/NBD as a sum over the moments at which a customer may have left.

Apart from gamma functions the likelihood of one customer is ::

    (alpha+T)^-(r+x) (beta+T)^-s  +  s * integral over y in [t_x, T] of (alpha+y)^-(r+x) (beta+y)^-(s+1)

alive at T, or gone at some y since the last purchase. In ``ln(m + y)`` with ``m = min(alpha, beta)`` the
integrand is nearly exponential, so a few Gauss-Legendre nodes give all digits; then everything, the
derivatives too, is a mixture over nodes, and no hypergeometric function is needed. Customers whose integrand
falls off steeply get more nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from casekit.customer_base._newton import Objective, in_log_parameters
from casekit.customer_base._statistics import RisingSum, Statistics

#: Nodes for customers whose integrand falls by at most exp(_STEEP), and for the others.
_NODES_FLAT, _NODES_STEEP = 14, 48
_STEEP = 10.0

#: Customers evaluated at once: few enough for the processor's cache.
_BLOCK = 1024

#: An integrand that has fallen by exp(-_NOTHING) adds nothing.
_NOTHING = 40.0


@dataclass(frozen=True)
class _Nodes:
    """Moments of leaving (nodes by rows), the logarithm of their weights, and T as the last row."""

    rows: np.ndarray
    moments: np.ndarray
    log_weight: np.ndarray


def node_groups(statistics: Statistics, near: np.ndarray, *, finer: int = 1) -> list[_Nodes]:
    """Nodes for each customer, placed for parameters around ``near``."""
    r, alpha, s, beta = near
    x, recency, T = statistics.x, statistics.recency, statistics.T
    m = min(alpha, beta)
    width = np.log((m + T) / (m + recency))
    fall_at_start = (
        (r + x) * (m + recency) / (alpha + recency) + (s + 1) * (m + recency) / (beta + recency) - 1
    )
    fall = (r + x + s) * width
    steep = fall > _STEEP
    cut = np.where(fall_at_start > 0, _NOTHING / np.maximum(fall_at_start, 1e-12), np.inf)
    width = np.where(steep, np.minimum(width, cut), width)
    groups = []
    for rows, count in ((np.flatnonzero(~steep), _NODES_FLAT), (np.flatnonzero(steep), _NODES_STEEP)):
        if len(rows):
            for start in range(0, len(rows), _BLOCK):
                some = rows[start : start + _BLOCK]
                groups.append(_place(some, recency[some], T[some], width[some], m, count * finer))
    return groups


@cache
def _rule(count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(count)


def _place(
    rows: np.ndarray, recency: np.ndarray, T: np.ndarray, width: np.ndarray, m: float, count: int
) -> _Nodes:
    nodes, weights = _rule(count)
    grown = (m + recency) * np.exp(np.multiply.outer((nodes + 1) / 2, width))
    moments = np.vstack([grown - m, T])
    with np.errstate(divide="ignore"):
        log_weight = np.log(weights / 2)[:, None] + np.log(width) + np.log(grown)
    return _Nodes(rows, moments, log_weight)


def _components(
    natural: np.ndarray, x: np.ndarray, nodes: _Nodes
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Log-likelihood of each row, the weight of each moment in it, and the pieces of the derivatives."""
    r, alpha, s, beta = natural
    over_a, over_b = 1 / (alpha + nodes.moments), 1 / (beta + nodes.moments)
    neg_log_a, neg_log_b = np.log(over_a), np.log(over_b)
    terms = neg_log_a * (r + x)
    terms += neg_log_b * s
    terms[:-1] += neg_log_b[:-1]
    terms[:-1] += nodes.log_weight
    terms[:-1] += np.log(s)
    top = np.maximum(terms[0], terms[-1])
    terms -= top
    np.exp(terms, out=terms)
    total = terms.sum(axis=0)
    terms /= total
    return top + np.log(total), terms, neg_log_a, neg_log_b, over_a, over_b


def objective(statistics: Statistics, near: np.ndarray, *, finer: int = 1) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (r, alpha, s, beta)."""
    groups = node_groups(statistics, near, finer=finer)
    weight, customers = statistics.weight, statistics.customers
    x = statistics.x.astype(float)
    rising = RisingSum(statistics.x, weight)
    parts = [(group, x[group.rows], weight[group.rows]) for group in groups]

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        r, alpha, s, beta = natural
        of_r, slope_r, bend_r = rising(r)
        value = of_r + customers * (r * theta[1] + s * theta[3])
        g = np.array([slope_r + customers * theta[1], customers * r / alpha, customers * theta[3], 0.0])
        g[3] = customers * s / beta
        h = np.zeros((4, 4))
        h[0, 0] = bend_r
        h[0, 1] = h[1, 0] = customers / alpha
        h[1, 1] = -customers * r / alpha**2
        h[2, 3] = h[3, 2] = customers / beta
        h[3, 3] = -customers * s / beta**2
        for nodes, x_part, w_part in parts:
            value += _add(natural, x_part, w_part, nodes, g, h)
        slope, bend = in_log_parameters(natural, g, h)
        return float(value), slope, bend

    return evaluate


def _add(
    natural: np.ndarray, x: np.ndarray, weight: np.ndarray, nodes: _Nodes, g: np.ndarray, h: np.ndarray
) -> float:
    """Add one block's part to gradient and Hessian (derivatives of the log of a mixture).

    The slopes of a moment are ``-ln A``, ``-q/A``, ``z`` and ``-y`` with ``A = alpha + moment``. Moments
    about them are summed over the nodes first, then over customers.
    """
    r, _alpha, s, _beta = natural
    log_likelihood, share, neg_log_a, z, over_a, y = _components(natural, x, nodes)
    q = r + x
    over_b = y.copy()
    z[:-1] += 1 / s
    y[:-1] *= s + 1
    y[-1] *= s
    by_log_a, by_a, by_z, by_y = share * neg_log_a, share * over_a, share * z, share * y
    mean_a, mean_y = by_a.sum(axis=0), by_y.sum(axis=0)
    mean = np.stack([by_log_a.sum(axis=0), -q * mean_a, by_z.sum(axis=0), -mean_y])
    weighted = mean * weight
    g += weighted.sum(axis=1)
    h -= np.einsum("ki,li->kl", weighted, mean)
    wq = weight * q
    a_a = _over_nodes(by_a, over_a)
    inner = np.empty((4, 4))
    inner[0, 0] = _total(weight, _over_nodes(by_log_a, neg_log_a))
    inner[0, 1] = -_total(wq, _over_nodes(by_log_a, over_a)) - _total(weight, mean_a)
    inner[0, 2] = _total(weight, _over_nodes(by_log_a, z))
    inner[0, 3] = -_total(weight, _over_nodes(by_log_a, y))
    inner[1, 1] = _total(wq * q + wq, a_a)
    inner[1, 2] = -_total(wq, _over_nodes(by_a, z))
    inner[1, 3] = _total(wq, _over_nodes(by_a, y))
    inner[2, 2] = _total(weight, _over_nodes(by_z, z)) - _total(weight, 1 - share[-1]) / s**2
    inner[2, 3] = -_total(weight, _over_nodes(by_z, y)) - _total(weight, _over_nodes(share, over_b))
    inner[3, 3] = _total(weight, _over_nodes(by_y, y)) + _total(weight, _over_nodes(by_y, over_b))
    upper = np.triu(inner)
    h += upper + np.triu(inner, 1).T
    return _total(weight, log_likelihood)


def _over_nodes(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->j", one, other)


def _total(weight: np.ndarray, values: np.ndarray) -> float:
    return float(np.einsum("i,i->", weight, values))


def probability_alive(natural: np.ndarray, statistics: Statistics) -> np.ndarray:
    """Share of the likelihood of each row that belongs to being alive at T."""
    alive = np.empty(len(statistics.x))
    for nodes in node_groups(statistics, natural):
        alive[nodes.rows] = _components(natural, statistics.x[nodes.rows], nodes)[1][-1]
    return alive
