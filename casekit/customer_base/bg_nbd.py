"""BG/NBD and MBG/NBD: customers buy at their own rate and may leave after a purchase."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from scipy.special import betainc, betaln, gammaln

from casekit.customer_base import _beta_geometric as shared
from casekit.customer_base._newton import Objective
from casekit.customer_base._purchase_model import PurchaseModel
from casekit.customer_base._statistics import Statistics


class _BetaGeometric(PurchaseModel):
    names: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b")
    _shift: ClassVar[int] = 0

    r_: float
    alpha_: float
    a_: float
    b_: float

    def _start(self, data: Statistics) -> np.ndarray:
        rate = float((data.weight * data.x).sum() / (data.weight * data.T).sum())
        return np.log([0.5, 0.5 / rate * 0.6, 0.7, 2.0])

    def _objective(self, data: Statistics, near: np.ndarray) -> Objective:
        return shared.objective(data, self._shift)

    def _alive(self, s: Statistics) -> np.ndarray:
        return shared.probability_alive(self._values(), s.x, s.recency, s.T, self._shift)

    def _alive_expression(self) -> Any:
        return shared.alive_expression(self._values(), self._shift)

    def _if_alive(self, x: np.ndarray, T: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        return shared.purchases_if_alive(self._values(), x, T, ahead, self._shift)

    def _discounted(self, x: np.ndarray, T: np.ndarray, end: float, force: float) -> np.ndarray:
        return shared.discounted_if_alive(self._values(), x, T, end, force, self._shift)

    def _new_purchases(self, horizon: np.ndarray) -> np.ndarray:
        zero = np.zeros(len(horizon))
        _r, _alpha, a, b = self._values()
        start = 1.0 if self._shift == 0 else b / (a + b)
        return start * self._if_alive(zero, zero, horizon)

    def _count_probability(self, x: np.ndarray, horizon: float) -> np.ndarray:
        r, alpha, a, b = self._values()
        k = x + self._shift
        p = alpha / (alpha + horizon)
        share = horizon / (alpha + horizon)
        with np.errstate(divide="ignore", invalid="ignore"):
            power = np.where(x > 0, x * np.log(share), 0.0) if share > 0 else np.where(x > 0, -np.inf, 0.0)
            nbd = np.exp(gammaln(r + x) - gammaln(r) - gammaln(x + 1) + r * np.log(p) + power)
        stays = np.exp(betaln(a, b + k) - betaln(a, b)) * nbd
        leaves = np.exp(betaln(a + 1, b + np.maximum(k, 1) - 1) - betaln(a, b))
        enough = np.where(x > 0, _at_least(x, r, p), 1.0)
        return stays + np.where(k > 0, leaves * enough, 0.0)

    def _future(
        self, x: np.ndarray, T: np.ndarray, ahead: float, shape: tuple[int, int], rng: np.random.Generator
    ) -> np.ndarray:
        r, alpha, a, b = self._values()
        rate = rng.gamma(r + x, 1 / (alpha + T), size=shape)
        leave = np.maximum(rng.beta(a, b + x + self._shift, size=shape), 1e-12)
        return np.minimum(rng.poisson(rate * ahead), rng.geometric(leave))


def _at_least(x: np.ndarray, r: float, p: float) -> np.ndarray:
    """P(N >= x) of a negative binomial with real r, for x of 1 or more."""
    return betainc(np.maximum(x, 1), r, 1 - p)


class BGNBD(_BetaGeometric):
    """BG/NBD: how often will each customer buy, and who has already left for good?

    While a customer, one buys at random at a steady rate; after each repeat purchase one leaves for good with
    one's own probability p. Rates differ between customers as a gamma distribution (r, alpha), leaving
    probabilities as a beta distribution (a, b), independently. Nobody sees customers leave: silence is the
    only sign, and it means more for those who used to buy often.

    A customer who has bought once only has had no chance to leave, so P(alive) is 1 for one-time buyers,
    however long ago: take :class:`MBGNBD` or :class:`ParetoNBD` where that matters.

    Attributes
    ----------
    r_, alpha_ : float
        Gamma of the rates: mean r/alpha purchases per time unit; alpha is in the time unit of the summary.
    a_, b_ : float
        Beta of the leaving probability: mean a/(a+b) per purchase.

    Notes
    -----
    For a customer with frequency x, recency t_x and T::

        L = B(a, b+x)/B(a, b) * G(r+x) alpha^r / (G(r) (alpha+T)^(r+x))
          + [x > 0] B(a+1, b+x-1)/B(a, b) * G(r+x) alpha^r / (G(r) (alpha+t_x)^(r+x))

    with B and G the beta and gamma functions. Ratios of gamma functions at whole x are summed as logarithms,
    and Gauss' 2F1 in the expectations is taken in Euler's form, so heavy buyers cost no digits.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the easy way: an
    alternative to the Pareto/NBD model. *Marketing Science* 24(2), 275–284, equations 6 (likelihood), 9 and
    10 (expectations).

    Examples
    --------
    >>> import pandas as pd
    >>> model = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> customer = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86]})
    >>> round(float(model.probability_alive(customer)[0]), 3)
    0.727
    >>> round(float(model.conditional_expected_purchases(customer, horizon=39)[0]), 2)
    1.23
    """


class MBGNBD(_BetaGeometric):
    """MBG/NBD: BG/NBD in which customers may also leave right after the first purchase.

    One-time buyers then get a P(alive) below 1 that falls with the time since they bought, which is what most
    managers expect.

    Attributes
    ----------
    r_, alpha_, a_, b_ : float
        As in :class:`BGNBD`.

    Notes
    -----
    ``L = B(a, b+x+1)/B(a, b) ... (alpha+T)^-(r+x) + B(a+1, b+x)/B(a, b) ... (alpha+t_x)^-(r+x)``: one chance
    to leave more than in BG/NBD, for every customer.

    References
    ----------
    Batislam, E. P., Denizel, M. and Filiztekin, A. (2007). Empirical validation and comparison of models for
    customer base analysis. *International Journal of Research in Marketing* 24(3), 201–209.
    Hoppe, D. and Wagner, U. (2007). Customer base analysis: the case for a central variant of the
    Betageometric/NBD model. *Marketing: Journal of Research and Management* 3(2), 75–90.

    Examples
    --------
    >>> import pandas as pd
    >>> model = MBGNBD.from_parameters(r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> once = pd.DataFrame({"frequency": [0, 0], "recency": [0.0, 0.0], "T": [1.0, 30.0]})
    >>> model.probability_alive(once).round(2).tolist()
    [0.63, 0.42]
    """

    _shift: ClassVar[int] = 1
