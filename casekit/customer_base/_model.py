"""What all fitted models share: named parameters, standard errors, intervals, bootstrap, honest messages."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from scipy.special import ndtri

from casekit import errors
from casekit._text import _, listed
from casekit._validate import Check
from casekit.customer_base._newton import LIMIT, Maximum, Objective, maximise

#: A restart may end this much log-likelihood away from the first climb and still be the same maximum.
_SAME_MAXIMUM = 1e-4

#: A log-parameter with a larger standard error (times or divided by 12, give or take) is not identified.
_WIDEST = 2.5

#: Shift of the log-parameters from which the second climb starts, sign by parameter.
_PERTURBATION = 0.4


class FittedModel:
    """Base of the models of a customer base. Learned values end in an underscore.

    Attributes
    ----------
    parameters_ : Series
        Estimates by name; each also as an attribute (``r_``, ``alpha_`` ...).
    log_likelihood_ : float
        At the estimates.
    n_customers_ : float
        Customers behind the fit.
    converged_ : bool
        True if the gradient vanished and a second climb from a shifted start reached the same maximum.
    gradient_norm_ : float
        Largest slope of the log-likelihood in a log-parameter, per customer.
    iterations_ : int
        Newton steps of the climb that counts.
    """

    #: Names of the parameters, all positive.
    names: ClassVar[tuple[str, ...]] = ()

    parameters_: pd.Series
    log_likelihood_: float
    n_customers_: float
    converged_: bool
    gradient_norm_: float
    iterations_: int
    _hessian: np.ndarray | None = None
    _data: Any = None

    @classmethod
    def from_parameters(cls, **parameters: float) -> Self:
        """A model with given (published, planted) parameters instead of fitted ones.

        Parameters
        ----------
        **parameters : float
            Each parameter of the model by name, above 0.
        """
        check = Check(f"{cls.__name__}.from_parameters")
        values = {}
        for name in parameters:
            if name not in cls.names:
                check.add(errors.unknown_name(_("parameter"), name, list(cls.names)))
        for name in cls.names:
            if name in parameters:
                values[name] = check.positive(name, parameters[name])
            else:
                check.add(errors.missing_argument(name, f"{name}=1.0"))
        check.done()
        model = cls()
        model._set(np.array([values[name] for name in cls.names]))
        return model

    def _set(self, natural: np.ndarray) -> None:
        self.parameters_ = pd.Series(natural, index=list(self.names), name=type(self).__name__)
        for name, value in zip(self.names, natural, strict=True):
            setattr(self, f"{name}_", float(value))

    def _values(self) -> tuple[float, ...]:
        if not hasattr(self, "parameters_"):
            problem = errors.must_hold(
                _("the model must be fitted first"),
                got=_("no parameters"),
                hint=_("{model}().fit(summary)").format(model=type(self).__name__),
            )
            raise errors.InputError(type(self).__name__, problem)
        return tuple(float(value) for value in self.parameters_.to_numpy())

    def __repr__(self) -> str:
        name = type(self).__name__
        if not hasattr(self, "parameters_"):
            return f"<{name}: not fitted>"
        inside = ", ".join(f"{key} {value:.6g}" for key, value in self.parameters_.items())
        return f"<{name}: {inside}>"

    # -- fitting -----------------------------------------------------------------------------------------

    def _learn(
        self,
        objective: Objective,
        start: np.ndarray,
        units: np.ndarray,
        data: Any,
        customers: float,
        coarse: Objective | None = None,
    ) -> None:
        """Climb, climb again from elsewhere, keep the better, say what is not well.

        With many customers both climbs are made on a sample of them (``coarse``), the last steps on all.
        """
        best, again = _two_climbs(coarse or objective, start)
        agree = _same(best, again)
        if coarse is not None and agree and best.converged and not best.at_limit:
            best = maximise(objective, best.theta)
        elif coarse is not None:
            best, again = _two_climbs(objective, start)
            agree = _same(best, again)
        self._data = data
        self._set(np.exp(best.theta) * units)
        self.log_likelihood_ = best.value
        self.n_customers_ = customers
        self.iterations_ = best.iterations
        self.gradient_norm_ = float(np.abs(best.gradient).max()) / max(customers, 1.0)
        self._hessian = best.hessian
        self.converged_ = best.converged and self.gradient_norm_ < 1e-5 and not best.at_limit and agree
        self._warn(best, agree)

    def _warn(self, best: Maximum, agree: bool) -> None:
        name = type(self).__name__
        spread = _log_spread(best)
        if best.at_limit or not (spread < _WIDEST).all():
            far = [
                key
                for key, value, wide in zip(self.names, best.theta, spread, strict=True)
                if abs(value) >= LIMIT - 1e-6 or not wide < _WIDEST
            ]
            self.converged_ = False
            message = _(
                "{model}.fit: the data do not identify {parameters}: other values fit as well. Predictions "
                "inside the time observed may serve, the parameters do not. Try: more customers, a longer "
                "observation, or {instead}"
            ).format(model=name, parameters=listed(far) or _("all parameters"), instead=self._instead())
        elif not self.converged_ and not agree:
            message = _(
                "{model}.fit: two climbs ended at different log-likelihoods; the better one is kept. "
                "Try: more customers or {instead}"
            ).format(model=name, instead=self._instead())
        elif not self.converged_:
            message = _(
                "{model}.fit: the climb stopped before the slope vanished (slope {slope} per customer). "
                "Try: a time_unit in which T lies between 1 and 1,000"
            ).format(model=name, slope=f"{self.gradient_norm_:.1e}")
        else:
            return
        warnings.warn(message, errors.CasekitWarning, stacklevel=4)

    def _instead(self) -> str:
        """What serves where the data are too weak for this model, and needs no fit."""
        return _("hiatus_forecast, which needs no fit: the active go on as before")

    # -- uncertainty -------------------------------------------------------------------------------------

    @property
    def covariance_(self) -> pd.DataFrame:
        """Covariance of the estimates from the curvature of the log-likelihood at its maximum."""
        natural = np.array(self._values())
        inner = self._log_covariance() * np.outer(natural, natural)
        return pd.DataFrame(inner, index=list(self.names), columns=list(self.names))

    @property
    def standard_errors_(self) -> pd.Series:
        """Standard error of each parameter (delta method from the log-parameters)."""
        return pd.Series(np.sqrt(np.diag(self.covariance_)), index=list(self.names), name="standard_error")

    def _log_covariance(self) -> np.ndarray:
        self._values()
        if self._hessian is None:
            problem = errors.must_hold(
                _("standard errors need a fit"),
                got=_("parameters given by hand"),
                hint=_("{model}().fit(summary)").format(model=type(self).__name__),
            )
            raise errors.InputError(type(self).__name__, problem)
        bend, vectors = np.linalg.eigh(-self._hessian)
        if bend.min() <= 0:
            return np.full_like(self._hessian, np.nan)
        return (vectors / bend) @ vectors.T

    def parameter_table(self, *, level: float = 0.95) -> pd.DataFrame:
        """Estimates with standard errors and intervals.

        Parameters
        ----------
        level : float, default 0.95
            Probability inside the interval, above 0 and below 1.

        Returns
        -------
        DataFrame by parameter: ``estimate``, ``standard_error``, ``low``, ``high``. The interval is symmetric
        in the logarithm, so it never crosses zero.
        """
        check = Check(f"{type(self).__name__}.parameter_table")
        level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
        check.done()
        natural = np.array(self._values())
        spread = float(ndtri((1 + level) / 2)) * np.sqrt(np.diag(self._log_covariance()))
        columns = {
            "estimate": natural,
            "standard_error": self.standard_errors_.to_numpy(),
            "low": natural * np.exp(-spread),
            "high": natural * np.exp(spread),
        }
        return pd.DataFrame(columns, index=pd.Index(self.names, name="parameter"))

    def parameter_draws(self, draws: int, *, rng: np.random.Generator) -> pd.DataFrame:
        """Parameter sets that the data leave possible: normal in the logarithms, from the curvature.

        Parameters
        ----------
        draws : int
            How many, 1 or more.
        rng : numpy.random.Generator

        Returns
        -------
        DataFrame, one row a draw, one column a parameter.
        """
        check = Check(f"{type(self).__name__}.parameter_draws")
        draws = check.integer("draws", draws, low=1)
        rng = check.generator("rng", rng)
        check.done()
        mean = np.log(self._values())
        sample = rng.multivariate_normal(mean, self._log_covariance(), size=draws, method="eigh")
        return pd.DataFrame(np.exp(sample), columns=list(self.names))

    def bootstrap(
        self, *, draws: int = 200, rng: np.random.Generator, statistic: Callable[[Self], Any] | None = None
    ) -> pd.DataFrame:
        """Fit again and again to customers drawn with replacement: how much would the answer move?

        Nothing is assumed about the shape of the likelihood, so the spread also covers a model that is
        somewhat wrong.

        Parameters
        ----------
        draws : int, default 200
            How many fits, 2 or more.
        rng : numpy.random.Generator
        statistic : callable, optional
            Takes the fitted model and returns a number or a Series; its values become columns as well.

        Returns
        -------
        DataFrame, one row a fit: the parameters, then the statistic. ``.quantile([0.025, 0.975])`` is the
        95 % interval.
        """
        check = Check(f"{type(self).__name__}.bootstrap")
        draws = check.integer("draws", draws, low=2)
        rng = check.generator("rng", rng)
        check.done()
        self._log_covariance()
        start, units = self._start_from_here()
        records = []
        for _draw in range(draws):
            data = self._resampled(rng)
            found = maximise(self._objective(data, np.exp(start)), start)
            natural = np.exp(found.theta) * units
            record = dict(zip(self.names, natural.tolist(), strict=True))
            if statistic is not None:
                record |= _as_record(statistic(type(self).from_parameters(**record)))
            records.append(record)
        return pd.DataFrame(records)

    # -- what each model supplies ------------------------------------------------------------------------

    def _objective(self, data: Any, near: np.ndarray) -> Objective:
        raise NotImplementedError

    def _resampled(self, rng: np.random.Generator) -> Any:
        raise NotImplementedError

    def _start_from_here(self) -> tuple[np.ndarray, np.ndarray]:
        raise NotImplementedError


def resampled_weights(weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Weights of a bootstrap sample: as many customers, drawn with replacement."""
    total = float(weight.sum())
    return rng.multinomial(round(total), weight / total).astype(float)


def _two_climbs(objective: Objective, start: np.ndarray) -> tuple[Maximum, Maximum]:
    """The higher of two climbs, the second from a shifted start, and the other one."""
    first = maximise(objective, start)
    second = maximise(objective, first.theta + _PERTURBATION * _signs(len(start)))
    return (first, second) if first.value >= second.value else (second, first)


def _same(one: Maximum, other: Maximum) -> bool:
    return abs(one.value - other.value) < _SAME_MAXIMUM + 1e-9 * abs(one.value)


def _log_spread(best: Maximum) -> np.ndarray:
    """Standard error of each log-parameter; infinite where the log-likelihood is flat."""
    bend, vectors = np.linalg.eigh(-best.hessian)
    with np.errstate(divide="ignore"):
        return np.sqrt((vectors**2 / np.maximum(bend, 0.0)).sum(axis=1))


def _signs(size: int) -> np.ndarray:
    return np.where(np.arange(size) % 2 == 0, 1.0, -1.0)


def _as_record(value: Any) -> dict[str, float]:
    if isinstance(value, pd.Series):
        return {str(key): float(item) for key, item in value.items()}
    return {"statistic": float(value)}
