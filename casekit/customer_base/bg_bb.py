"""BG/BB: donors, event visitors, annual buyers: one chance to buy a period, then silence or loss."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import betaln, gammaln, hyp2f1, psi, zeta

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._model import FittedModel, resampled_weights
from casekit.customer_base._newton import Objective, in_log_parameters
from casekit.customer_base._statistics import Statistics, distinct_rows, read_weights


class BGBB(FittedModel):
    """BG/BB: who will give again, when there is one chance a year?

    For purchases that can happen at most once a period: yearly donations, seasons, monthly active days. While
    alive, a customer takes each chance with probability p, and leaves for good before each chance with
    probability theta. p is Beta(alpha, beta), theta Beta(gamma, delta) over customers, independently.

    Attributes
    ----------
    alpha_, beta_ : float
        Beta of taking a chance: mean alpha / (alpha + beta).
    gamma_, delta_ : float
        Beta of leaving before a chance: mean gamma / (gamma + delta).

    Notes
    -----
    For x purchases in n chances, the last at chance t_x, with B the beta function::

        L = B(alpha+x, beta+n-x)/B(alpha, beta) * B(gamma, delta+n)/B(gamma, delta)
          + sum over t = t_x .. n-1 of
            B(alpha+x, beta+t-x)/B(alpha, beta) * B(gamma+1, delta+t)/B(gamma, delta)

    The purchase that makes somebody a customer lies before the first chance and is not counted.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Shang, J. (2010). Customer-base analysis in a discrete-time
    noncontractual setting. *Marketing Science* 29(6), 1086–1108, equations 7 (likelihood), 8 (mean), 11
    (P(alive)), 13 (conditional expectation) and 14 (DERT).

    Examples
    --------
    >>> model = BGBB.from_parameters(alpha=1.204, beta=0.750, gamma=0.657, delta=2.783)
    >>> donors = pd.DataFrame({"frequency": [6, 0], "recency": [6, 0], "periods": [6, 6]})
    >>> model.probability_alive(donors).round(2).tolist()
    [0.93, 0.11]
    >>> model.conditional_expected_purchases(donors, horizon=5).round(2).tolist()
    [3.75, 0.07]
    """

    names: ClassVar[tuple[str, ...]] = ("alpha", "beta", "gamma", "delta")

    alpha_: float
    beta_: float
    gamma_: float
    delta_: float

    def fit(self, summary: pd.DataFrame, *, weights: Any = None) -> Self:
        """Learn the parameters by maximum likelihood.

        Parameters
        ----------
        summary : DataFrame
            ``frequency`` (chances taken), ``recency`` (number of the last chance taken, 0 for none) and
            ``periods`` (chances had), whole numbers.
        weights : str or vector, optional
            How many customers each row stands for, for instance ``weights="people"``.

        Returns
        -------
        The model itself.

        Raises
        ------
        InputError
            If the counts contradict each other, or if nothing can be learned: nobody or everybody always
            bought.
        """
        data = self._read("fit", summary, weights)
        check = Check("BGBB.fit")
        used = data.weight > 0
        check.require(
            bool((data.x[used] > 0).any()),
            _("the parameters are not identified: somebody must have bought again"),
            got=_("frequency 0 for all customers"),
            hint=_("observe more periods"),
        )
        check.require(
            bool((data.x < data.T)[used].any()),
            _("the parameters are not identified: somebody must have missed a chance"),
            got=_("a purchase of everybody in every period"),
            hint=_("take shorter periods"),
        )
        check.done()
        first, place, sums = distinct_rows((data.x, data.recency, data.T), data.weight, share=1.0)
        if place is not None:
            data = Statistics(data.x[first], data.recency[first], data.T[first], sums)
        start = np.log([1.0, 1.0, 0.7, 2.5])
        self._learn(self._objective(data, np.exp(start)), start, np.ones(4), data, data.customers)
        return self

    def log_likelihood(self, summary: pd.DataFrame, *, weights: Any = None) -> float:
        """Log-likelihood of a summary at the parameters."""
        natural = np.array(self._values())
        data = self._read("log_likelihood", summary, weights)
        return float(_objective(data)(np.log(natural))[0])

    def probability_alive(self, summary: pd.DataFrame) -> pd.Series:
        """Probability that each customer is still alive at the next chance, ``periods + 1``."""
        alpha, beta, gamma, delta = self._values()
        s = self._read("probability_alive", summary)
        stays = betaln(alpha + s.x, beta + s.T - s.x) - betaln(alpha, beta)
        stays += betaln(gamma, delta + s.T + 1) - betaln(gamma, delta)
        return pd.Series(np.exp(stays - self._row_values(s)), index=summary.index, name="probability_alive")

    def expected_purchases(self, periods: int) -> float:
        """Expected purchases of a new customer in the first ``periods`` chances."""
        alpha, beta, gamma, delta = self._values()
        check = Check("BGBB.expected_purchases")
        periods = check.integer("periods", periods, low=0)
        check.done()
        alive = np.exp(betaln(gamma, delta + np.arange(1, periods + 1)) - betaln(gamma, delta))
        return float(alpha / (alpha + beta) * alive.sum())

    def probability_of_purchases(self, count: Any, *, periods: int) -> pd.Series:
        """Probability that a new customer takes so many of the first ``periods`` chances.

        Parameters
        ----------
        count : int or vector of int
            0 or more.
        periods : int
            Chances, 1 or more.
        """
        alpha, beta, gamma, delta = self._values()
        check = Check("BGBB.probability_of_purchases")
        counts = check.vector("count", [count] if np.ndim(count) == 0 else count, low=0)
        n = check.integer("periods", periods, low=1)
        check.done()
        x = counts.to_numpy(dtype=float)
        t = np.arange(n + 1)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            ways = np.where(
                x <= t, gammaln(t + 1) - gammaln(x + 1) - gammaln(np.maximum(t - x, 0) + 1), -np.inf
            )
            taken = betaln(alpha + x, np.maximum(beta + t - x, 1e-300)) - betaln(alpha, beta)
        stays = np.where(t < n, betaln(gamma + 1, delta + t), betaln(gamma, delta + n)) - betaln(gamma, delta)
        chance = np.exp(ways + taken + stays).sum(axis=0)
        return pd.Series(chance, index=pd.Index(x.astype(int), name="count"))

    def conditional_expected_purchases(self, summary: pd.DataFrame, *, horizon: int) -> pd.Series:
        """Purchases to expect from each customer in the next ``horizon`` chances.

        Parameters
        ----------
        summary : DataFrame with ``frequency``, ``recency``, ``periods``
        horizon : int
            Chances, 0 or more.
        """
        check = Check("BGBB.conditional_expected_purchases")
        horizon = check.integer("horizon", horizon, low=0)
        check.done()
        s = self._read("conditional_expected_purchases", summary)
        _alpha, _beta, gamma, delta = self._values()
        ahead = np.arange(1, horizon + 1)[:, None]
        alive = np.exp(betaln(gamma, delta + s.T + ahead) - betaln(gamma, delta)).sum(axis=0)
        return pd.Series(self._taking(s) * alive, index=summary.index, name="expected_purchases")

    def discounted_expected_purchases(self, summary: pd.DataFrame, *, discount_rate: float) -> pd.Series:
        """Present number of all purchases still to come (DERT); the next chance is one period away.

        Parameters
        ----------
        summary : DataFrame with ``frequency``, ``recency``, ``periods``
        discount_rate : float
            Share per period, above 0.
        """
        check = Check("BGBB.discounted_expected_purchases")
        rate = check.rate("discount_rate", discount_rate, low=0, low_open=True)
        check.done()
        s = self._read("discounted_expected_purchases", summary)
        _alpha, _beta, gamma, delta = self._values()
        ages, place = np.unique(s.T, return_inverse=True)
        series = np.array([_discounted(gamma, delta + age + 1, rate) for age in ages.tolist()])[place]
        first = np.exp(betaln(gamma, delta + s.T + 1) - betaln(gamma, delta)) / (1 + rate)
        return pd.Series(
            self._taking(s) * first * series, index=summary.index, name="discounted_expected_purchases"
        )

    # -- plumbing ----------------------------------------------------------------------------------------

    def _taking(self, s: Statistics) -> np.ndarray:
        alpha, beta, _gamma, _delta = self._values()
        taken = betaln(alpha + s.x + 1, beta + s.T - s.x) - betaln(alpha, beta)
        return np.exp(taken - self._row_values(s))

    def _row_values(self, s: Statistics) -> np.ndarray:
        return _mixture(np.array(self._values()), s)[0]

    def _read(self, method: str, summary: pd.DataFrame, weights: Any = None) -> Statistics:
        check = Check(f"BGBB.{method}")
        frame = check.frame("summary", summary, ["frequency", "recency", "periods"])
        check.done()
        columns = {
            name: check.vector(name, frame[name], low=0) for name in ("frequency", "recency", "periods")
        }
        weight = read_weights(check, frame, weights)
        check.done()
        x, recency, n = (column.to_numpy(dtype=float) for column in columns.values())
        for name, column in columns.items():
            broken = column != np.floor(column)
            if broken.any():
                check.add(
                    errors.must_hold(
                        _("{name} must hold whole numbers of periods").format(name=name),
                        got=errors.listing(errors.shown(value) for value in column[broken]),
                        where=errors.rows(frame.index[broken]),
                    )
                )
        wrong = (x > recency) | (recency > n) | ((x == 0) & (recency > 0))
        if wrong.any():
            check.add(
                errors.must_hold(
                    _("frequency <= recency <= periods must hold, with recency 0 where frequency is 0"),
                    got=errors.listing(
                        f"({errors.shown(a)}, {errors.shown(b)}, {errors.shown(c)})"
                        for a, b, c in zip(x[wrong], recency[wrong], n[wrong], strict=True)
                    ),
                    where=errors.rows(frame.index[wrong]),
                    hint=_("recency is the number of the last period with a purchase"),
                )
            )
        check.done()
        return Statistics(x.astype(np.int64), recency.astype(np.int64), n.astype(np.int64), weight)

    def _objective(self, data: Statistics, near: np.ndarray) -> Objective:
        return _objective(data)

    def _start_from_here(self) -> tuple[np.ndarray, np.ndarray]:
        return np.log(self._values()), np.ones(4)

    def _resampled(self, rng: np.random.Generator) -> Statistics:
        data: Statistics = self._data
        return Statistics(data.x, data.recency, data.T, resampled_weights(data.weight, rng))


def _discounted(gamma: float, delta: float, rate: float) -> float:
    """``2F1(1, delta; gamma+delta; 1/(1+rate))``; summed term by term where scipy gives up (many periods)."""
    value = float(hyp2f1(1.0, delta, gamma + delta, 1 / (1 + rate)))
    if np.isfinite(value):
        return value
    t = np.arange(min(int(40 / np.log1p(rate)) + 2, 1_000_000))
    alive = betaln(gamma, delta + t) - betaln(gamma, delta)
    return float(np.exp(alive - t * np.log1p(rate)).sum())


def _mixture(natural: np.ndarray, s: Statistics) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log-likelihood of each row, the share in it of leaving after chance t (t = n: alive), and t."""
    alpha, beta, gamma, delta = natural
    t = np.arange(int(s.T.max()) + 1)[:, None]
    possible = (t >= s.recency) & (t <= s.T)
    alive = t == s.T
    missed = np.where(possible, t - s.x, 0)
    terms = betaln(alpha + s.x, beta + missed) - betaln(alpha, beta)
    terms = terms + betaln(gamma + ~alive, delta + t) - betaln(gamma, delta)
    terms = np.where(possible, terms, -np.inf)
    top = terms.max(axis=0)
    share = np.exp(terms - top)
    total = share.sum(axis=0)
    return top + np.log(total), share / total, t


def _objective(s: Statistics) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (alpha, beta, gamma, delta)."""

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        alpha, beta, gamma, delta = natural
        values, share, t = _mixture(natural, s)
        missed = np.maximum(t - s.x, 0)
        gone = (t != s.T).astype(float)
        rest = np.zeros_like(share)
        slopes = np.stack(
            [
                psi(alpha + s.x) - psi(alpha + beta + s.x + missed) - psi(alpha) + psi(alpha + beta) + rest,
                psi(beta + missed) - psi(alpha + beta + s.x + missed) - psi(beta) + psi(alpha + beta),
                psi(gamma + gone) - psi(gamma + delta + gone + t) - psi(gamma) + psi(gamma + delta),
                psi(delta + t) - psi(gamma + delta + gone + t) - psi(delta) + psi(gamma + delta),
            ]
        )
        weighted = share * s.weight
        mean = np.einsum("kij,ij->kj", slopes, share)
        g = mean @ s.weight
        h = np.einsum("kij,lij,ij->kl", slopes, slopes, weighted) - (mean * s.weight) @ mean.T
        first = zeta(2, alpha + beta) - zeta(2, alpha + beta + s.x + missed)
        second = zeta(2, gamma + delta) - zeta(2, gamma + delta + gone + t)
        bends = (
            (0, 0, first + zeta(2, alpha + s.x) - zeta(2, alpha)),
            (1, 1, first + zeta(2, beta + missed) - zeta(2, beta)),
            (2, 2, second + zeta(2, gamma + gone) - zeta(2, gamma)),
            (3, 3, second + zeta(2, delta + t) - zeta(2, delta)),
        )
        for row, column, bend in bends:
            h[row, column] += (weighted * bend).sum()
        for row, column, bend in ((0, 1, first), (2, 3, second)):
            cross = (weighted * bend).sum()
            h[row, column] += cross
            h[column, row] += cross
        slope, curvature = in_log_parameters(natural, g, h)
        return float(s.weight @ values), slope, curvature

    return evaluate
