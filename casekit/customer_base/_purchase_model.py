"""The public face of the models of buying and dropping out: BG/NBD, MBG/NBD, Pareto/NBD."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._model import FittedModel, resampled_weights
from casekit.customer_base._newton import Objective, maximise
from casekit.customer_base._statistics import (
    MOST_PURCHASES,
    Statistics,
    distinct_rows,
    grouped,
    index_of,
    read_statistics,
    sampled,
)
from casekit.engines import is_frame

#: The fit measures time so that the longest observation has this length; results come back in your unit.
_LONGEST_T = 10.0

#: Customers times draws that are simulated at once.
_CHUNK = 2_000_000


class PurchaseModel(FittedModel):
    """Base of the models that are fitted to (frequency, recency, T)."""

    #: True where the likelihood is set up for a neighbourhood of parameters, found on a sample first.
    _needs_near: ClassVar[bool] = False

    def fit(self, summary: pd.DataFrame, *, weights: Any = None) -> Self:
        """Learn the parameters from a summary by maximum likelihood.

        Newton's method with the exact gradient and Hessian, on distinct customers only. The fit is verified:
        the slope has to vanish, and a second climb from a shifted start (with many customers: on a sample of
        them) has to reach the same maximum.

        Parameters
        ----------
        summary : DataFrame, one row a customer
            ``frequency``, ``recency``, ``T`` as :func:`casekit.customer_base.purchase_summary` gives them.
            From a frame of another engine the distinct rows are fetched with their number.
        weights : str or vector, optional
            How many customers each row stands for (the name of a column, if the frame is not pandas).

        Returns
        -------
        The model itself, with ``parameters_``, ``log_likelihood_``, ``standard_errors_`` and so on.

        Raises
        ------
        InputError
            If the summary is broken, or if nothing can be learned from it: only one-time buyers, only repeat
            buyers, everybody alike.

        Warns
        -----
        CasekitWarning
            If the parameters are not identified or the climb did not converge, with what to do about it.
        """
        check = Check(f"{type(self).__name__}.fit")
        summary, weights = count_rows(check, summary, weights)
        statistics = read_statistics(check, summary, weights)
        check_identified(check, statistics)
        data = grouped(statistics)
        units = self._units(data)
        scaled = self._in_units(data, units)
        start = self._start(scaled)
        few = sampled(scaled)
        coarse, near = None, np.exp(start)
        if few is not None:
            coarse = self._objective(few, near)
            if self._needs_near:
                start = maximise(coarse, start).theta
                near = np.exp(start)
                coarse = self._objective(few, near)
        self._learn(self._objective(scaled, near), start, units, data, data.customers, coarse)
        self.log_likelihood_ += self._jacobian(data, units)
        return self

    def log_likelihood(self, summary: pd.DataFrame, *, weights: Any = None) -> float:
        """Log-likelihood of a summary (also of other customers than those fitted) at the parameters.

        Parameters
        ----------
        summary, weights
            As for :meth:`fit`.
        """
        check = Check(f"{type(self).__name__}.log_likelihood")
        summary, weights = count_rows(check, summary, weights)
        statistics = grouped(read_statistics(check, summary, weights))
        natural = np.array(self._values())
        return float(self._objective(statistics, natural)(np.log(natural))[0])

    # -- predictions -------------------------------------------------------------------------------------

    def expected_purchases(self, horizon: Any) -> Any:
        """Expected repeat purchases of a new customer within ``horizon`` of the first purchase.

        Parameters
        ----------
        horizon : float or vector of float
            Time since the first purchase, in the unit of the summary, 0 or more.

        Returns
        -------
        float, or Series for a vector.
        """
        check = Check(f"{type(self).__name__}.expected_purchases")
        if np.ndim(horizon) == 0 and not isinstance(horizon, dict):
            number = check.number("horizon", horizon, low=0)
            check.done()
            return float(self._new_purchases(np.array([number]))[0])
        vector = check.vector("horizon", horizon, low=0)
        check.done()
        expected = self._new_purchases(vector.to_numpy(dtype=float))
        return pd.Series(expected, index=vector.index, name="expected_purchases")

    def probability_of_purchases(self, count: Any, *, horizon: float) -> pd.Series:
        """Probability that a new customer makes so many repeat purchases within ``horizon``.

        Parameters
        ----------
        count : int or vector of int
            Numbers of repeat purchases, 0 or more.
        horizon : float
            Time since the first purchase, in the unit of the summary, 0 or more.

        Returns
        -------
        Series of probabilities by count.
        """
        check = Check(f"{type(self).__name__}.probability_of_purchases")
        counts = check.vector("count", [count] if np.ndim(count) == 0 else count, low=0, high=MOST_PURCHASES)
        horizon = check.number("horizon", horizon, low=0)
        check.done()
        x = counts.to_numpy(dtype=float)
        return pd.Series(self._count_probability(x, horizon), index=pd.Index(x.astype(int), name="count"))

    def probability_alive(self, summary: pd.DataFrame) -> pd.Series:
        """Probability that each customer is still a customer at the end of the observation.

        Parameters
        ----------
        summary : DataFrame with ``frequency``, ``recency``, ``T``

        Returns
        -------
        Series by customer, 0 to 1; for a frame of another engine that frame with the column
        ``probability_alive``.
        """
        if is_frame(summary):
            from casekit.customer_base import _score_frames

            return _score_frames.probability_alive(self, summary)
        s = self._read("probability_alive", summary)
        return self._series(summary, self._alive(s), "probability_alive")

    def conditional_expected_purchases(self, summary: pd.DataFrame, *, horizon: Any) -> pd.Series:
        """Purchases to expect from each customer in the next ``horizon``, given what each has done.

        Parameters
        ----------
        summary : DataFrame with ``frequency``, ``recency``, ``T``
        horizon : float or vector of float, one a customer
            Length of the future, in the unit of the summary, 0 or more.

        Returns
        -------
        Series by customer: expected number of purchases, 0 or more; for a frame of another engine that frame
        with the column ``expected_purchases``.
        """
        if is_frame(summary):
            from casekit.customer_base import _score_frames

            return _score_frames.conditional_expected_purchases(self, summary, horizon)
        check = Check(f"{type(self).__name__}.conditional_expected_purchases")
        s = self._read("conditional_expected_purchases", summary)
        ahead = _horizon(check, horizon, len(s.x))
        first, place, _sums = distinct_rows((s.x, s.T, ahead), s.weight)
        expected = self._if_alive(s.x[first], s.T[first], ahead[first])
        expected = self._alive(s) * (expected if place is None else expected[place])
        return self._series(summary, expected, "expected_purchases")

    def discounted_expected_purchases(
        self, summary: pd.DataFrame, *, discount_rate: float, horizon: float | None = None
    ) -> pd.Series:
        """Present number of the purchases still to come: each counts less the later it falls.

        Times margin per purchase it is residual customer lifetime value. Without a horizon it is the
        discounted expected residual transactions (DERT) of the literature.

        Parameters
        ----------
        summary : DataFrame with ``frequency``, ``recency``, ``T``
        discount_rate : float
            Share per time unit *of the summary* (weekly for weeks), 0 or more; above 0 without a horizon. See
            :func:`casekit.periods.convert_discount_rate`.
        horizon : float, optional
            Length of the future in the unit of the summary; by default for ever.

        Returns
        -------
        Series by customer: discounted expected purchases; for a frame of another engine that frame with the
        column ``discounted_expected_purchases``.

        Notes
        -----
        ``P(alive) * integral over t of (1 + discount_rate)**(-t) * expected rate of purchases at t``.

        References
        ----------
        Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value curves for customer
        base analysis. *Journal of Marketing Research* 42(4), 415–430.
        """
        if is_frame(summary):
            from casekit.customer_base import _score_frames

            return _score_frames.discounted_expected_purchases(
                self, summary, discount_rate=discount_rate, horizon=horizon
            )
        check = Check(f"{type(self).__name__}.discounted_expected_purchases")
        s = self._read("discounted_expected_purchases", summary)
        endless = horizon is None
        rate = check.rate("discount_rate", discount_rate, low=0, low_open=endless)
        end = np.inf if endless else check.number("horizon", horizon, low=0)
        check.done()
        first, place, _sums = distinct_rows((s.x, s.T), s.weight)
        value = self._discounted(s.x[first], s.T[first], end, float(np.log1p(rate)))
        value = self._alive(s) * (value if place is None else value[place])
        return self._series(summary, value, "discounted_expected_purchases")

    def simulate_future(
        self, summary: pd.DataFrame, *, horizon: float, rng: np.random.Generator, draws: int = 200
    ) -> pd.DataFrame:
        """Possible futures of each customer: how many purchases each might make in the next ``horizon``.

        The spread over the draws is what one customer may do although the parameters are known. Draw from
        ``parameter_draws`` as well to add what the data leave open.

        Parameters
        ----------
        summary : DataFrame with ``frequency``, ``recency``, ``T``
        horizon : float
            In the unit of the summary, 0 or more.
        rng : numpy.random.Generator
        draws : int, default 200

        Returns
        -------
        DataFrame of int, customers in rows, draws in columns.
        """
        check = Check(f"{type(self).__name__}.simulate_future")
        s = self._read("simulate_future", summary)
        ahead = check.number("horizon", horizon, low=0)
        draws = check.integer("draws", draws, low=1)
        rng = check.generator("rng", rng)
        check.done()
        alive = self._alive(s)
        out = np.empty((len(s.x), draws), dtype=np.int64)
        rows = max(1, _CHUNK // draws)
        for start in range(0, len(s.x), rows):
            part = slice(start, start + rows)
            shape = (len(s.x[part]), draws)
            lives = rng.random(shape) < alive[part, None]
            out[part] = lives * self._future(s.x[part, None], s.T[part, None], ahead, shape, rng)
        return pd.DataFrame(out, index=index_of(summary, len(out)))

    # -- shared plumbing ---------------------------------------------------------------------------------

    def _read(self, method: str, summary: pd.DataFrame) -> Statistics:
        self._values()
        return read_statistics(Check(f"{type(self).__name__}.{method}"), summary)

    @staticmethod
    def _series(summary: pd.DataFrame, values: np.ndarray, name: str) -> pd.Series:
        return pd.Series(values, index=index_of(summary, len(values)), name=name)

    def _resampled(self, rng: np.random.Generator) -> Statistics:
        data: Statistics = self._data
        weight = resampled_weights(data.weight, rng)
        kept = weight > 0
        sample = Statistics(data.x[kept], data.recency[kept], data.T[kept], weight[kept])
        return self._in_units(sample, self._units(data))

    def _start_from_here(self) -> tuple[np.ndarray, np.ndarray]:
        units = self._units(self._data)
        return np.log(np.array(self._values()) / units), units

    def _units(self, data: Statistics) -> np.ndarray:
        """What each parameter is measured in: scale for those that are times, 1 for the others."""
        scale = float(data.T.max()) / _LONGEST_T
        return np.where(self._is_time(), scale, 1.0)

    def _is_time(self) -> np.ndarray:
        return np.array([name in ("alpha", "beta") for name in self.names])

    def _in_units(self, data: Statistics, units: np.ndarray) -> Statistics:
        scale = units[self._is_time()][0]
        return Statistics(data.x, data.recency / scale, data.T / scale, data.weight)

    def _jacobian(self, data: Statistics, units: np.ndarray) -> float:
        scale = units[self._is_time()][0]
        return -float((data.weight * data.x).sum()) * float(np.log(scale))

    # -- what each model supplies ------------------------------------------------------------------------

    def _start(self, data: Statistics) -> np.ndarray:
        raise NotImplementedError

    def _objective(self, data: Statistics, near: np.ndarray) -> Objective:
        """Log-likelihood of the data, to be evaluated around the natural parameters ``near``."""
        raise NotImplementedError

    def _alive(self, s: Statistics) -> np.ndarray:
        raise NotImplementedError

    def _alive_expression(self) -> Any:
        """P(alive) as a narwhals expression of ``frequency``, ``recency`` and ``T``, if there is one."""
        return None

    def _if_alive(self, x: np.ndarray, T: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _discounted(self, x: np.ndarray, T: np.ndarray, end: float, force: float) -> np.ndarray:
        raise NotImplementedError

    def _new_purchases(self, horizon: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _count_probability(self, x: np.ndarray, horizon: float) -> np.ndarray:
        raise NotImplementedError

    def _future(
        self, x: np.ndarray, T: np.ndarray, ahead: float, shape: tuple[int, int], rng: np.random.Generator
    ) -> np.ndarray:
        raise NotImplementedError


def count_rows(check: Check, summary: Any, weights: Any) -> tuple[Any, Any]:
    """A summary of another engine as a pandas table of distinct customers with their number."""
    if not is_frame(summary):
        return summary, weights
    from casekit.customer_base import _score_frames

    return _score_frames.counted(check, summary, _score_frames.STATISTICS, weights)


def check_identified(check: Check, statistics: Statistics) -> None:
    """Refuse data from which no model of repeat buying and dropping out can be learned."""
    x, T, weight = statistics.x, statistics.T, statistics.weight
    counted = weight > 0
    x, T = x[counted], T[counted]
    if T.max() <= 0:
        check.add(
            errors.must_hold(
                _("somebody must have been observed for some time"),
                got=_("T of 0 for all customers"),
                hint=_("take an observation_end after the first purchases"),
            )
        )
    elif x.max() == 0:
        check.add(
            errors.must_hold(
                _("the parameters are not identified: somebody must have bought again"),
                got=_("one-time buyers only"),
                hint=_("observe longer, or check that frequency counts repeat purchases and ids repeat"),
            )
        )
    elif x.min() > 0:
        check.add(
            errors.must_hold(
                _("the parameters are not identified: one-time buyers must be in the summary too"),
                got=_("repeat buyers only, frequency {low} or more").format(low=int(x.min())),
                hint=_("fit on all customers; leave out frequency == 0 for the spend model alone"),
            )
        )
    check.done()


def _horizon(check: Check, horizon: Any, customers: int) -> np.ndarray:
    if np.ndim(horizon) == 0 and not isinstance(horizon, dict):
        number = check.number("horizon", horizon, low=0)
        check.done()
        return np.full(customers, number)
    vector = check.vector("horizon", horizon, low=0)
    if len(vector) != customers:
        check.add(errors.different_lengths("horizon", len(vector), "summary", customers))
    check.done()
    return vector.to_numpy(dtype=float)
