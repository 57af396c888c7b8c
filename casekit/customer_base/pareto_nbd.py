"""Pareto/NBD: customers buy at their own rate and may leave at any moment."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import exprel, gammaln

from casekit.customer_base import _pareto_integral as integral
from casekit.customer_base._newton import Objective
from casekit.customer_base._purchase_model import PurchaseModel
from casekit.customer_base._statistics import Statistics, distinct_rows

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


class ParetoNBD(PurchaseModel):
    """Pareto/NBD: how often will each customer buy, and who has already left for good?

    While a customer, one buys at random at a steady rate, and leaves for good at a random moment. Rates
    differ between customers as a gamma distribution (r, alpha), the rates of leaving as another one (s,
    beta), independently. The original of all these models; unlike BG/NBD it lets one-time buyers leave, and
    leaving does not depend on how often one buys.

    Attributes
    ----------
    r_, alpha_ : float
        Gamma of the buying rates: mean r/alpha purchases per time unit.
    s_, beta_ : float
        Gamma of the leaving rates: mean s/beta per time unit. alpha and beta are in the unit of the summary.

    Notes
    -----
    For a customer with frequency x, recency t_x and T, with G the gamma function::

        L = G(r+x) alpha^r beta^s / G(r) * { (alpha+T)^-(r+x) (beta+T)^-s
            + s * integral over y in [t_x, T] of (alpha+y)^-(r+x) (beta+y)^-(s+1) }

    The integral is usually written with Gauss' 2F1; here it is summed by Gauss-Legendre quadrature, with
    exact derivatives, and checked with twice the nodes at the maximum.

    References
    ----------
    Schmittlein, D. C., Morrison, D. G. and Colombo, R. (1987). Counting your customers: who are they and what
    will they do next? *Management Science* 33(1), 1–24.
    Fader, P. S. and Hardie, B. G. S. (2005). A note on deriving the Pareto/NBD model and related expressions.

    Examples
    --------
    >>> model = ParetoNBD.from_parameters(r=0.553, alpha=10.578, s=0.606, beta=11.669)
    >>> customer = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86]})
    >>> round(float(model.probability_alive(customer)[0]), 2)
    0.87
    """

    names: ClassVar[tuple[str, ...]] = ("r", "alpha", "s", "beta")

    r_: float
    alpha_: float
    s_: float
    beta_: float
    _finer: int = 1
    _needs_near: ClassVar[bool] = True

    def fit(self, summary: pd.DataFrame, *, weights: Any = None) -> Self:
        """As :meth:`PurchaseModel.fit`; the quadrature is checked and made finer if need be."""
        self._finer = 1
        super().fit(summary, weights=weights)
        if abs(self._finer_value() - self.log_likelihood_) > 1e-6 * max(
            1.0, 1e-4 * abs(self.log_likelihood_)
        ):
            self._finer = 4
            super().fit(summary, weights=weights)
        return self

    def _finer_value(self) -> float:
        natural = np.array(self._values())
        finer = integral.objective(self._data, natural, finer=2 * self._finer)
        return float(finer(np.log(natural))[0])

    def _start(self, data: Statistics) -> np.ndarray:
        rate = float((data.weight * data.x).sum() / (data.weight * data.T).sum())
        return np.log([0.7, 0.4 / rate, 0.7, 5.0])

    def _objective(self, data: Statistics, near: np.ndarray) -> Objective:
        return integral.objective(data, near, finer=self._finer)

    def _alive(self, s: Statistics) -> np.ndarray:
        first, place, _sums = distinct_rows((s.x, s.recency, s.T), s.weight)
        some = s if place is None else Statistics(s.x[first], s.recency[first], s.T[first], s.weight[first])
        alive = integral.probability_alive(np.array(self._values()), some)
        return alive if place is None else alive[place]

    def _if_alive(self, x: np.ndarray, T: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        r, alpha, s, beta = self._values()
        c = np.log1p(ahead / (beta + T))
        return (r + x) / (alpha + T) * (beta + T) * c * exprel((1 - s) * c)

    def _discounted(self, x: np.ndarray, T: np.ndarray, end: float, force: float) -> np.ndarray:
        r, alpha, s, beta = self._values()
        z = force * (beta + T)
        end = min(end, 45.0 / force) if force > 0 else end
        width = np.log1p(end / (beta + T))
        y = np.multiply.outer((_NODES + 1) / 2, width)
        inside = np.exp((1 - s) * y - z * np.expm1(y))
        return (r + x) / (alpha + T) * (beta + T) * width * ((_WEIGHTS / 2) @ inside)

    def _new_purchases(self, horizon: np.ndarray) -> np.ndarray:
        zero = np.zeros(len(horizon))
        return self._if_alive(zero, zero, horizon)

    def _count_probability(self, x: np.ndarray, horizon: float) -> np.ndarray:
        r, alpha, s, beta = self._values()
        width = np.log1p(horizon / beta)
        grown = beta * np.exp((_NODES + 1) / 2 * width)
        leaving = _WEIGHTS / 2 * width * s * (beta / grown) ** s
        until = np.append(grown - beta, horizon)
        chance = np.append(leaving, (beta / (beta + horizon)) ** s)
        with np.errstate(divide="ignore", invalid="ignore"):
            power = np.where(x > 0, x * np.log(until / (alpha + until))[:, None], 0.0)
        start = gammaln(r + x) - gammaln(r) - gammaln(x + 1)
        return chance @ np.exp(start + r * np.log(alpha / (alpha + until))[:, None] + power)

    def _future(
        self, x: np.ndarray, T: np.ndarray, ahead: float, shape: tuple[int, int], rng: np.random.Generator
    ) -> np.ndarray:
        r, alpha, s, beta = self._values()
        rate = rng.gamma(r + x, 1 / (alpha + T), size=shape)
        leaving = rng.gamma(s, 1 / (beta + T), size=shape)
        life = rng.standard_exponential(shape) / np.maximum(leaving, 1e-300)
        return rng.poisson(rate * np.minimum(life, ahead))
