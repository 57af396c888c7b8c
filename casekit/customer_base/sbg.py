"""sBG: how long do customers under contract stay, and why does retention rise with age?"""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import betaln, hyp2f1

from casekit import errors
from casekit._text import _
from casekit._validate import TOTAL_TOLERANCE, Check
from casekit.customer_base._model import FittedModel
from casekit.customer_base._newton import Objective, in_log_parameters

#: Customers lost and kept at each renewal 1, 2, ...
_Renewals = tuple[np.ndarray, np.ndarray]


class SBG(FittedModel):
    """Shifted-beta-geometric: project the retention of a cohort of subscribers from a few readings.

    Each customer cancels at each renewal with an own constant probability theta, Beta(alpha, beta) over
    customers. Those likely to cancel go first, so the retention *rate* of the rest rises with age although
    nobody becomes more loyal. A constant rate, or a curve drawn through the readings, misses just that.

    Only for contracts, where a loss is seen when it happens. A repeat-purchase rate is not a retention rate:
    for customers who leave without a word take :class:`BGNBD` or :class:`BGBB`.

    Attributes
    ----------
    alpha_, beta_ : float
        Beta of the probability to cancel at a renewal: mean alpha / (alpha + beta).

    Notes
    -----
    With B the beta function::

        S(t) = B(alpha, beta+t) / B(alpha, beta)                    still there after t renewals
        r(t) = (beta+t-1) / (alpha+beta+t-1)                        retention rate at renewal t
        LL   = sum over t of lost(t) ln(1 - r(t)) + kept(t) ln r(t)

    which equals ``sum lost(t) ln P(T = t) + kept(last) ln S(last)`` of the paper.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2007). How to project customer retention. *Journal of Interactive
    Marketing* 21(1), 76–90, equations 5 and 6.
    Fader, P. S. and Hardie, B. G. S. (2010). Customer-base valuation in a contractual setting: the perils of
    ignoring heterogeneity. *Marketing Science* 29(1), 85–93, equation 8 (DERL).

    Examples
    --------
    >>> model = SBG().fit([1000, 631, 468, 382, 326, 289, 262, 241])
    >>> model.parameters_.round(3).to_dict()
    {'alpha': 0.704, 'beta': 1.182}
    >>> model.survival([0, 1, 12]).round(3).tolist()
    [1.0, 0.627, 0.17]
    """

    names: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    alpha_: float
    beta_: float

    def fit(self, survivors: Any, *, size: float | None = None) -> Self:
        """Learn the parameters from the customers who are left after each renewal, by maximum likelihood.

        Parameters
        ----------
        survivors : list, Series or DataFrame
            Customers left at age 0, 1, 2, ... of one cohort; or a DataFrame with one column a cohort, all
            fitted together, shorter columns ending in missing values.
        size : float, optional
            Number of customers at age 0. Needed if ``survivors`` are shares of 1.

        Returns
        -------
        The model itself.

        Raises
        ------
        InputError
            If survivors rise, are shares without ``size``, or tell nothing: no renewal seen, nobody or
            everybody lost.

        Examples
        --------
        >>> SBG().fit([1.0, 0.631, 0.468], size=1000).n_customers_
        1000.0
        """
        lost, kept, customers = _renewals("SBG.fit", survivors, size)
        check = Check("SBG.fit")
        check.require(
            lost.sum() > 0 and kept.sum() > 0 and (kept > 0).sum() + (lost > 0).sum() > 2,
            _("the parameters are not identified: losses and renewals must be seen at two ages at least"),
            got=_("{lost} lost, {kept} renewed over {ages} renewals").format(
                lost=errors.shown(float(lost.sum())),
                kept=errors.shown(float(kept.sum())),
                ages=len(lost),
            ),
            hint=_("follow the cohort for another period"),
        )
        check.done()
        start = np.log([1.0, 1.5])
        self._learn(_objective((lost, kept)), start, np.ones(2), (lost, kept), customers)
        return self

    def log_likelihood(self, survivors: Any, *, size: float | None = None) -> float:
        """Log-likelihood of survivors at the parameters."""
        natural = np.array(self._values())
        lost, kept, _customers = _renewals("SBG.log_likelihood", survivors, size)
        return float(_objective((lost, kept))(np.log(natural))[0])

    def survival(self, age: Any) -> Any:
        """Share of a cohort still there after ``age`` renewals: a float, or a Series for a vector of ages."""
        alpha, beta = self._values()
        return self._by_age(
            "survival", age, 0, lambda t: np.exp(betaln(alpha, beta + t) - betaln(alpha, beta))
        )

    def retention_rate(self, age: Any) -> Any:
        """Share of those left that renew at renewal number ``age`` (1 or more). It rises with age."""
        alpha, beta = self._values()
        return self._by_age("retention_rate", age, 1, lambda t: (beta + t - 1) / (alpha + beta + t - 1))

    def churn_probability(self, age: Any) -> Any:
        """Share of the whole cohort that is lost at renewal number ``age`` (1 or more)."""
        alpha, beta = self._values()
        return self._by_age(
            "churn_probability",
            age,
            1,
            lambda t: np.exp(betaln(alpha + 1, beta + t - 1) - betaln(alpha, beta)),
        )

    def expected_lifetime(self) -> float:
        """Mean number of periods paid for: ``(alpha+beta-1)/(alpha-1)``, infinite unless alpha is above 1."""
        alpha, beta = self._values()
        return (alpha + beta - 1) / (alpha - 1) if alpha > 1 else np.inf

    def discounted_expected_residual_lifetime(self, *, discount_rate: float, renewals: int = 0) -> float:
        """Present number of the payments still to come from a customer who has renewed so often (DERL).

        Times the margin of a period it is the residual lifetime value. The customer stands right before the
        next renewal decision, and the payment that follows a renewal falls at once, undiscounted.

        Parameters
        ----------
        discount_rate : float
            Share per period, above 0.
        renewals : int, default 0
            Renewals made so far: 0 for a customer at the end of the first period. The paper's ``n`` (periods
            as a customer) is ``renewals + 1``.

        Returns
        -------
        float

        Notes
        -----
        ``DERL = (beta+n-1)/(alpha+beta+n-1) * 2F1(1, beta+n; alpha+beta+n; 1/(1+d))``, ``n = renewals + 1``.

        Examples
        --------
        >>> model = SBG.from_parameters(alpha=0.764, beta=1.296)
        >>> round(100 * model.discounted_expected_residual_lifetime(discount_rate=0.1), 2)
        288.22
        """
        alpha, beta = self._values()
        check = Check("SBG.discounted_expected_residual_lifetime")
        rate = check.rate("discount_rate", discount_rate, low=0, low_open=True)
        n = check.integer("renewals", renewals, low=0) + 1
        check.done()
        kept = (beta + n - 1) / (alpha + beta + n - 1)
        return float(kept * _discounted(beta + n, alpha + beta + n, rate))

    def discounted_expected_lifetime(self, *, discount_rate: float) -> float:
        """Present number of payments of a new customer, the first at once (E(CLV) per unit of margin).

        Parameters
        ----------
        discount_rate : float
            Share per period, above 0.

        Notes
        -----
        ``sum over t >= 0 of S(t) / (1+d)^t = 2F1(1, beta; alpha+beta; 1/(1+d))``.
        """
        alpha, beta = self._values()
        check = Check("SBG.discounted_expected_lifetime")
        rate = check.rate("discount_rate", discount_rate, low=0, low_open=True)
        check.done()
        return float(_discounted(beta, alpha + beta, rate))

    # -- plumbing ----------------------------------------------------------------------------------------

    def _by_age(self, method: str, age: Any, low: int, formula: Any) -> Any:
        check = Check(f"SBG.{method}")
        if np.ndim(age) == 0 and not isinstance(age, dict):
            number = check.number("age", age, low=low)
            check.done()
            return float(formula(number))
        ages = check.vector("age", age, low=low)
        check.done()
        return pd.Series(formula(ages.to_numpy()), index=pd.Index(ages.to_numpy(), name="age"), name=method)

    def _objective(self, data: _Renewals, near: np.ndarray) -> Objective:
        return _objective(data)

    def _start_from_here(self) -> tuple[np.ndarray, np.ndarray]:
        return np.log(self._values()), np.ones(2)

    def _instead(self) -> str:
        return _("one retention rate for all ages, such as casekit.value.lifetime_value takes")

    def _resampled(self, rng: np.random.Generator) -> _Renewals:
        """Renewals drawn age by age, as many customers at risk as there were."""
        lost, kept = self._data
        at_risk = np.rint(lost + kept).astype(np.int64)
        again = rng.binomial(
            at_risk, np.divide(kept, lost + kept, out=np.zeros_like(kept), where=at_risk > 0)
        )
        return (at_risk - again).astype(float), again.astype(float)


def _discounted(b: float, c: float, rate: float) -> float:
    """``2F1(1, b; c; 1/(1+rate))``; by Gauss's continued fraction where scipy gives nan (large c)."""
    z = 1 / (1 + rate)
    if c < 50:
        return float(hyp2f1(1.0, b, c, z))
    k = np.arange(1, 20 + int(20 / np.sqrt(1 - z)))
    odd = (b + k) / (c + 2 * k - 1) * ((c - 1 + k) / (c + 2 * k))
    even = k / (c + 2 * k - 2) * ((c - b + k - 1) / (c + 2 * k - 1))
    tail = 1.0
    for upper, lower in zip(odd[::-1].tolist(), even[::-1].tolist(), strict=True):
        tail = 1 - lower * z / (1 - upper * z / tail)
    return 1 / (1 - b / c * z / tail)


def _renewals(function: str, survivors: Any, size: float | None) -> tuple[np.ndarray, np.ndarray, float]:
    check = Check(function)
    if size is not None:
        size = check.positive("size", size)
    frame = survivors if isinstance(survivors, pd.DataFrame) else None
    if frame is None:
        frame = pd.DataFrame({"survivors": check.vector("survivors", survivors, low=0)})
    columns = [check.vector(str(name), frame[name], low=0, missing=True) for name in frame.columns]
    check.done()
    lost, kept = np.zeros(max(len(frame) - 1, 0)), np.zeros(max(len(frame) - 1, 0))
    customers = 0.0
    for name, column in zip(frame.columns, columns, strict=True):
        left = _cohort(check, str(name), column, size)
        if len(left) < 2:
            continue
        lost[: len(left) - 1] += left[:-1] - left[1:]
        kept[: len(left) - 1] += left[1:]
        customers += float(left[0])
    check.done()
    return lost, kept, customers


def _cohort(check: Check, name: str, column: pd.Series, size: float | None) -> np.ndarray:
    values = column.to_numpy(dtype=float)
    known = np.flatnonzero(~np.isnan(values))
    left = values[: known[-1] + 1] if len(known) else values[:0]
    if np.isnan(left).any():
        check.add(errors.not_finite(name, errors.rows(column.index[: len(left)][np.isnan(left)])))
        return left[:0]
    rises = np.flatnonzero(np.diff(left) > TOTAL_TOLERANCE)
    check.require(
        len(rises) == 0,
        _("{name} must not rise: customers under contract do not come back").format(name=name),
        got=errors.listing(f"{errors.shown(left[i])} → {errors.shown(left[i + 1])}" for i in rises),
        where=errors.rows(column.index[rises + 1]),
        hint=_("count each cohort for itself"),
    )
    if len(left) and size is None and left[0] <= 1:
        check.add(
            errors.missing_argument(
                "size", _("survivors are shares; size=1000 says how many customers they are")
            )
        )
    return left * size / left[0] if size is not None and len(left) and left[0] > 0 else left


def _objective(data: _Renewals) -> Objective:
    """Log-likelihood with gradient and Hessian in the logarithms of (alpha, beta)."""
    lost, kept = data
    age = np.arange(len(lost))
    at_risk = lost + kept

    def evaluate(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        natural = np.exp(theta)
        alpha, beta = natural
        over_b, over_ab = 1 / (beta + age), 1 / (alpha + beta + age)
        value = lost.sum() * theta[0] - kept @ np.log(over_b) + at_risk @ np.log(over_ab)
        g = np.array([lost.sum() / alpha - at_risk @ over_ab, kept @ over_b - at_risk @ over_ab])
        both = at_risk @ over_ab**2
        h = np.array([[both - lost.sum() / alpha**2, both], [both, both - kept @ over_b**2]])
        slope, bend = in_log_parameters(natural, g, h)
        return float(value), slope, bend

    return evaluate
