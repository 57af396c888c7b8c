"""Gamma-gamma: what will a customer's next purchase be worth?"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import gammaln, psi, zeta

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._model import FittedModel, resampled_weights
from casekit.customer_base._newton import Objective, in_log_parameters
from casekit.customer_base._statistics import (
    counts_by_frequency,
    index_of,
    read_weights,
    refuse,
    whole_purchases,
)
from casekit.engines import is_frame

#: Customers that are enough to find the neighbourhood of the maximum.
_SAMPLE = 3000


@dataclass(frozen=True)
class _Spend:
    x: np.ndarray
    mean: np.ndarray
    weight: np.ndarray


class GammaGamma(FittedModel):
    """Gamma-gamma: a customer's mean spend, drawn towards everybody's mean the less we have seen of the
    customer.

    Somebody who has bought twice for 200 each is probably not a customer of 200, but a customer of somewhat
    less who was twice lucky. Purchases of one customer vary around that customer's own mean as a gamma
    distribution; the means vary between customers as a gamma in turn. The model assumes that what a customer
    spends has nothing to do with how often the customer buys: look with
    :func:`casekit.customer_base.check_spend_independence` first.

    Attributes
    ----------
    p_ : float
        Shape of the amounts of one customer: relative spread 1 / sqrt(p) from purchase to purchase.
    q_ : float
        Shape of the spread between customers; the mean exists only if q is above 1.
    gamma_ : float
        Scale, in currency. Mean spend over customers is p gamma / (q - 1).

    Notes
    -----
    For a customer with x purchases of mean m, with G the gamma function::

        L = G(px+q) / (G(px) G(q)) * gamma^q m^(px-1) x^(px) / (gamma + m x)^(px+q)
        E(M | x, m) = (q-1)/(px+q-1) * p gamma/(q-1) + px/(px+q-1) * m

    x is the number of *repeat* purchases and m their mean, as :func:`casekit.customer_base.purchase_summary`
    gives them; customers without any are left out of the fit and get the mean of all.

    References
    ----------
    Colombo, R. and Jiang, W. (1999). A stochastic RFM model. *Journal of Interactive Marketing* 13(3), 2–12.
    Fader, P. S. and Hardie, B. G. S. (2013). The gamma-gamma model of monetary value, note 025, equations 1a
    (likelihood) and 5 (conditional mean).

    Examples
    --------
    >>> model = GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)
    >>> round(model.mean_spend(), 2)
    35.22
    >>> customers = pd.DataFrame({"frequency": [0, 2], "monetary_value": [None, 100.0]})
    >>> model.conditional_expected_spend(customers).round(2).tolist()
    [35.22, 88.35]
    """

    names: ClassVar[tuple[str, ...]] = ("p", "q", "gamma")

    p_: float
    q_: float
    gamma_: float

    def fit(self, summary: pd.DataFrame, *, weights: Any = None) -> Self:
        """Learn the parameters from repeat buyers by maximum likelihood.

        Parameters
        ----------
        summary : DataFrame, one row a customer
            ``frequency`` (repeat purchases) and ``monetary_value`` (their mean, above 0). Rows with
            frequency 0 are left out.
        weights : str or vector, optional
            How many customers each row stands for.

        Returns
        -------
        The model itself.

        Raises
        ------
        InputError
            If nobody bought again, a mean is not above zero, or everybody spends the same.
        """
        data = self._read("fit", summary, weights)
        self._check_spread(data)
        units = self._units(data)
        scaled = _Spend(data.x, data.mean / units[2], data.weight)
        start = np.log([2.0, 3.0, 1.0])
        customers = float(data.weight.sum())
        coarse = None
        if len(data.x) > 4 * _SAMPLE:
            part = slice(None, None, len(data.x) // _SAMPLE)
            coarse = _objective(_Spend(data.x[part], scaled.mean[part], data.weight[part]))
        self._learn(_objective(scaled), start, units, data, customers, coarse)
        self.log_likelihood_ -= customers * float(np.log(units[2]))
        if self.q_ <= 1:
            warnings.warn(
                _(
                    "GammaGamma.fit: q is {q}, so the mean spend over customers does not exist: some spend "
                    "without limit. Try: look at the largest amounts, or model their logarithms"
                ).format(q=f"{self.q_:.3g}"),
                errors.CasekitWarning,
                stacklevel=2,
            )
        return self

    def log_likelihood(self, summary: pd.DataFrame, *, weights: Any = None) -> float:
        """Log-likelihood of a summary at the parameters; customers without repeat purchase left out."""
        natural = np.array(self._values())
        data = self._read("log_likelihood", summary, weights)
        return float(self._objective(data, natural)(np.log(natural))[0])

    def _instead(self) -> str:
        return _("the plain mean, summary.monetary_value.mean()")

    def mean_spend(self) -> float:
        """Mean spend a purchase over customers, ``p gamma / (q - 1)``; infinite unless q is above 1."""
        p, q, gamma = self._values()
        return p * gamma / (q - 1) if q > 1 else np.inf

    def conditional_expected_spend(self, summary: pd.DataFrame) -> pd.Series:
        """Expected spend a purchase of each customer, given the purchases seen.

        Parameters
        ----------
        summary : DataFrame with ``frequency`` and ``monetary_value``
            ``monetary_value`` may be missing where frequency is 0.

        Returns
        -------
        Series by customer, in currency; for a frame of another engine that frame with the column
        ``expected_spend``.
        """
        if is_frame(summary):
            from casekit.customer_base import _score_frames

            return _score_frames.conditional_expected_spend(self, summary)
        p, q, gamma = self._values()
        x, mean, _weight = self._columns("conditional_expected_spend", summary, None, nothing=True)
        total = np.where(x > 0, x * mean, 0.0)
        with np.errstate(divide="ignore"):
            expected = p * (gamma + total) / np.maximum(p * x + q - 1, 0)
        return pd.Series(expected, index=index_of(summary, len(x)), name="expected_spend")

    def simulate_spend(
        self, summary: pd.DataFrame, purchases: pd.DataFrame, *, rng: np.random.Generator
    ) -> pd.DataFrame:
        """What each customer might spend on simulated numbers of purchases.

        Parameters
        ----------
        summary : DataFrame with ``frequency`` and ``monetary_value``
        purchases : DataFrame of int, customers in rows, draws in columns
            From :meth:`BGNBD.simulate_future` and the like.
        rng : numpy.random.Generator

        Returns
        -------
        DataFrame of float, same shape, in currency: the sum of the purchases of each draw.
        """
        p, q, gamma = self._values()
        x, mean, _weight = self._columns("simulate_spend", summary, None, nothing=True)
        check = Check("GammaGamma.simulate_spend")
        rng = check.generator("rng", rng)
        purchases = check.frame("purchases", purchases)
        if len(purchases) != len(x):
            check.add(errors.different_lengths("purchases", len(purchases), "summary", len(x)))
        for name in purchases.columns:
            check.vector(f"purchases[{name!r}]", purchases[name], low=0)
        check.done()
        counts = purchases.to_numpy(dtype=float)
        rate = gamma + np.where(x > 0, x * mean, 0.0)
        scale = rng.gamma((q + p * x)[:, None], 1.0, size=counts.shape) / rate[:, None]
        spend = rng.gamma(np.maximum(p * counts, 1e-300)) / scale
        return pd.DataFrame(
            np.where(counts > 0, spend, 0.0), index=purchases.index, columns=purchases.columns
        )

    # -- plumbing ----------------------------------------------------------------------------------------

    def _columns(
        self, method: str, summary: pd.DataFrame, weights: Any, *, nothing: bool = False
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Frequency, mean spend and weight; ``nothing``: a mean of 0 may stand (it cannot be fitted)."""
        check = Check(f"GammaGamma.{method}")
        frame = check.frame("summary", summary, ["frequency", "monetary_value"])
        check.done()
        x = check.vector("frequency", frame["frequency"], low=0).to_numpy(dtype=float)
        weight = read_weights(check, frame, weights)
        mean = pd.to_numeric(frame["monetary_value"], errors="coerce").to_numpy(dtype=float)
        fine = (mean >= 0 if nothing else mean > 0) & (mean < np.inf)
        whole_purchases(check, frame, x)
        priced = _("monetary_value of repeat buyers must be above 0")
        scored = _("monetary_value of repeat buyers must not be negative or missing")
        rule = scored if nothing else priced
        hint = _("leave these customers out: summary[summary.monetary_value > 0]")
        refuse(check, frame, (x > 0) & ~fine, rule, mean, hint=hint)
        check.done()
        return x, mean, weight

    def _read(self, method: str, summary: pd.DataFrame, weights: Any) -> _Spend:
        if is_frame(summary):
            from casekit.customer_base._score_frames import counted

            check, columns = Check(f"GammaGamma.{method}"), ("frequency", "monetary_value")
            summary, weights = counted(check, summary, columns, weights, repeat_only=True)
        x, mean, weight = self._columns(method, summary, weights)
        repeat = (x > 0) & (weight > 0)
        if not repeat.any():
            problem = errors.must_hold(
                _("the parameters are not identified: somebody must have bought again"),
                got=_("one-time buyers only"),
                hint=_("observe longer, or take the plain mean of the first purchases"),
            )
            raise errors.InputError(f"GammaGamma.{method}", problem)
        return _Spend(x[repeat].astype(np.int64), mean[repeat], weight[repeat])

    @staticmethod
    def _check_spread(data: _Spend) -> None:
        check = Check("GammaGamma.fit")
        check.require(
            float(np.ptp(data.mean)) > 1e-12 * float(data.mean.max()),
            _("the parameters are not identified: spend must differ between customers"),
            got=_("{value} for everybody").format(value=errors.shown(data.mean[0])),
            hint=_("with one price for all, multiply expected purchases by it"),
        )
        check.done()

    def _units(self, data: _Spend) -> np.ndarray:
        return np.array([1.0, 1.0, float((data.weight * data.mean).sum() / data.weight.sum())])

    def _start_from_here(self) -> tuple[np.ndarray, np.ndarray]:
        units = self._units(self._data)
        return np.log(np.array(self._values()) / units), units

    def _resampled(self, rng: np.random.Generator) -> _Spend:
        data: _Spend = self._data
        weight = resampled_weights(data.weight, rng)
        kept = weight > 0
        return _Spend(data.x[kept], data.mean[kept] / self._units(data)[2], weight[kept])

    def _objective(self, data: _Spend, near: np.ndarray) -> Objective:
        return _objective(data)


def _objective(data: _Spend) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (p, q, gamma)."""
    weight, x = data.weight, data.x.astype(float)
    spend, log_mean = x * data.mean, np.log(data.mean)
    j, n_j = counts_by_frequency(data.x, weight)
    n, wx = float(weight.sum()), weight * x
    constant = -_dot(weight, log_mean)
    per_p = _dot(wx, log_mean) + float(n_j @ (j * np.log(j)))

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        p, q, gamma = natural
        log_gamma = theta[2]
        total = gamma + spend
        logs, over = np.log(total), 1 / total
        log_x, log_1, over_x, over_1 = _dot(wx, logs), _dot(weight, logs), _dot(wx, over), _dot(weight, over)
        over *= over
        square_x, square_1 = _dot(wx, over), _dot(weight, over)
        both, alone = p * j + q, p * j
        value = float(n_j @ (gammaln(both) - gammaln(alone))) - n * float(gammaln(q)) + n * q * log_gamma
        value += p * per_p + constant - p * log_x - q * log_1
        psi_both, psi_1_both = psi(both), zeta(2, both)
        g = np.array(
            [
                n_j @ (j * (psi_both - psi(alone))) + per_p - log_x,
                n_j @ psi_both - n * psi(q) + n * log_gamma - log_1,
                n * q / gamma - p * over_x - q * over_1,
            ]
        )
        h = np.empty((3, 3))
        h[0, 0] = n_j @ (j * j * (psi_1_both - zeta(2, alone)))
        h[0, 1] = h[1, 0] = n_j @ (j * psi_1_both)
        h[1, 1] = n_j @ psi_1_both - n * zeta(2, q)
        h[0, 2] = h[2, 0] = -over_x
        h[1, 2] = h[2, 1] = n / gamma - over_1
        h[2, 2] = -n * q / gamma**2 + p * square_x + q * square_1
        slope, bend = in_log_parameters(natural, g, h)
        return float(value), slope, bend

    return evaluate


def _dot(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.einsum("i,i->", one, other))
