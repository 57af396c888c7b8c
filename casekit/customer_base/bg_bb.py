"""BG/BB: donors, event visitors, annual buyers: one chance to buy a period, then silence or loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import betaln, gammaln, psi, zeta

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._model import FittedModel, resampled_weights
from casekit.customer_base._newton import Objective, in_log_parameters
from casekit.customer_base._statistics import Statistics, distinct_rows, index_of, read_weights
from casekit.customer_base.sbg import _discounted

#: More chances than this nobody counts one by one: years of days.
MOST_PERIODS = 5_000

#: Customers times periods that are looked at together.
_CELLS = 1_000_000


class BGBB(FittedModel):
    """BG/BB: who will give again, when there is one chance a year?

    For purchases that can happen at most once a period: yearly donations, seasons, monthly active days. While
    alive, a customer takes each chance with probability p, and leaves for good before each chance with
    probability theta. p is Beta(alpha, beta), theta Beta(gamma, delta) over customers, independently.

    Up to 5,000 periods: with more, dates serve better (:class:`casekit.customer_base.BGNBD`).

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
        alive = np.exp(stays - self._row_values(s))
        return pd.Series(alive, index=index_of(summary, len(s.x)), name="probability_alive")

    def expected_purchases(self, periods: int) -> float:
        """Expected purchases of a new customer in the first ``periods`` chances."""
        alpha, beta, gamma, delta = self._values()
        check = Check("BGBB.expected_purchases")
        periods = check.integer("periods", periods, low=0, high=MOST_PERIODS)
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
        counts = check.vector("count", [count] if np.ndim(count) == 0 else count, low=0, high=MOST_PERIODS)
        n = check.integer("periods", periods, low=1, high=MOST_PERIODS)
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
        horizon = check.integer("horizon", horizon, low=0, high=MOST_PERIODS)
        check.done()
        s = self._read("conditional_expected_purchases", summary)
        _alpha, _beta, gamma, delta = self._values()
        ahead = np.arange(1, horizon + 1)
        ages, place = np.unique(s.T, return_inverse=True)
        alive = [np.exp(betaln(gamma, delta + age + ahead) - betaln(gamma, delta)).sum() for age in ages]
        return pd.Series(
            self._taking(s) * np.array(alive)[place],
            index=index_of(summary, len(s.x)),
            name="expected_purchases",
        )

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
        b = delta + ages + 1
        series = np.array([_discounted(at, gamma + at, rate) for at in b.tolist()])[place]
        first = np.exp(betaln(gamma, delta + s.T + 1) - betaln(gamma, delta)) / (1 + rate)
        return pd.Series(
            self._taking(s) * first * series,
            index=index_of(summary, len(s.x)),
            name="discounted_expected_purchases",
        )

    # -- plumbing ----------------------------------------------------------------------------------------

    def _taking(self, s: Statistics) -> np.ndarray:
        alpha, beta, _gamma, _delta = self._values()
        taken = betaln(alpha + s.x + 1, beta + s.T - s.x) - betaln(alpha, beta)
        return np.exp(taken - self._row_values(s))

    def _instead(self) -> str:
        return _('hiatus_forecast(summary.rename(columns={"periods": "T"}), ...), which needs no fit')

    def _row_values(self, s: Statistics) -> np.ndarray:
        natural = np.array(self._values())
        return np.concatenate([_mixture(natural, part)[0] for part in _parts(s)])

    def _read(self, method: str, summary: pd.DataFrame, weights: Any = None) -> Statistics:
        check = Check(f"BGBB.{method}")
        frame = check.frame("summary", summary, ["frequency", "recency", "periods"])
        check.done()
        columns = {
            name: check.vector(name, frame[name], low=0, high=MOST_PERIODS)
            for name in ("frequency", "recency", "periods")
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


def _parts(s: Statistics) -> Iterator[Statistics]:
    """The rows in parts that fit into memory with all their periods."""
    rows = max(1, _CELLS // (int(s.T.max()) + 1))
    for start in range(0, len(s.x), rows):
        part = slice(start, start + rows)
        yield Statistics(s.x[part], s.recency[part], s.T[part], s.weight[part])


def _mixture(natural: np.ndarray, s: Statistics) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log-likelihood of each row, the share in it of leaving after chance t (t = n: alive), and t."""
    alpha, beta, gamma, delta = natural
    t = np.arange(int(s.T.max()) + 1)[:, None]
    possible = (t >= s.recency) & (t <= s.T)
    alive = t == s.T
    n = np.arange(int(s.T.max()) + 1)
    missed = np.where(possible, t - s.x, 0)
    terms = gammaln(alpha + s.x) + gammaln(beta + n)[missed] - gammaln(alpha + beta + n)[:, None]
    terms -= betaln(alpha, beta) + betaln(gamma, delta)
    terms += np.where(alive, betaln(gamma, delta + n)[:, None], betaln(gamma + 1, delta + n)[:, None])
    terms = np.where(possible, terms, -np.inf)
    top = terms.max(axis=0)
    share = np.exp(terms - top)
    total = share.sum(axis=0)
    return top + np.log(total), share / total, t


def _objective(s: Statistics) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (alpha, beta, gamma, delta)."""
    parts = list(_parts(s))

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        value, g, h = 0.0, np.zeros(4), np.zeros((4, 4))
        for part in parts:
            value += _add(natural, part, g, h)
        slope, curvature = in_log_parameters(natural, g, h)
        return value, slope, curvature

    return evaluate


class _Sums:
    """First and second derivative of ``ln G(v + k) - ln G(v)`` in v for whole k, from one table."""

    def __init__(self, v: float, k: np.ndarray):
        at = v + np.arange(int(k.max()) + 1)
        self.slope = (psi(at) - psi(v))[k]
        self.bend = (zeta(2, at) - zeta(2, v))[k]


def _add(natural: np.ndarray, s: Statistics, g: np.ndarray, h: np.ndarray) -> float:
    """Log-likelihood of some rows; its derivatives in the natural parameters are added to ``g`` and ``h``."""
    alpha, beta, gamma, delta = natural
    values, share, t = _mixture(natural, s)
    gone = t != s.T
    taken, missed, ab = _Sums(alpha, s.x), _Sums(beta, np.maximum(t - s.x, 0)), _Sums(alpha + beta, t)
    left, stayed = _Sums(gamma, gone.astype(np.int64)), _Sums(delta, t)
    gd = _Sums(gamma + delta, t + gone)
    slopes = np.stack(
        [
            np.broadcast_to(taken.slope - ab.slope, share.shape),
            missed.slope - ab.slope,
            left.slope - gd.slope,
            np.broadcast_to(stayed.slope - gd.slope, share.shape),
        ]
    )
    weighted = share * s.weight
    mean = np.einsum("kij,ij->kj", slopes, share)
    g += mean @ s.weight
    flat = slopes.reshape(4, -1)
    h += (flat * weighted.ravel()) @ flat.T - (mean * s.weight) @ mean.T
    first, second = -ab.bend, -gd.bend
    bends = (
        (0, 0, first + taken.bend),
        (1, 1, first + missed.bend),
        (2, 2, second + left.bend),
        (3, 3, second + stayed.bend),
    )
    for row, column, bend in bends:
        h[row, column] += (weighted * bend).sum()
    for row, column, bend in ((0, 1, first), (2, 3, second)):
        cross = (weighted * bend).sum()
        h[row, column] += cross
        h[column, row] += cross
    return float(s.weight @ values)
