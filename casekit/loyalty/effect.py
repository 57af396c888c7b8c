"""What a programme changed and earned, measured against customers who by lot did not get it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from casekit import errors
from casekit._text import _
from casekit._validate import Check


@dataclass(frozen=True)
class Effect:
    """A difference between treated and control customers, with what chance leaves open.

    Attributes
    ----------
    effect, low, high : float
        Estimate and interval, in the unit of the outcome.
    standard_error : float
    n_treated, n_control : int
    level : float
        Probability that such intervals hold the true effect.
    """

    effect: float
    low: float
    high: float
    standard_error: float
    n_treated: int
    n_control: int
    level: float


def programme_effect(outcome: Any, treated: Any, *, before: Any = None, level: float = 0.95) -> Effect:
    """What the programme changed, measured against customers who by lot did not get it.

    Members spend more than others before they join: comparing the two credits the programme with that, and
    comparing a year with the last credits or charges it with the weather. Only a control group drawn by lot
    answers the question.

    Parameters
    ----------
    outcome : Series, dict or list of float, shape (n_customers,)
        What is measured after the start, such as spend in the year.
    treated : Series, dict or list of bool, same labels or order
        True (or 1) for members, False (or 0) for the control group; the two must have been drawn by lot.
    before : Series, DataFrame or list of float, same labels or order, optional
        What was known before the start, such as earlier spend. It takes out differences that were there
        already and narrows the interval, without changing what is estimated.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    Effect
        Per customer, in the unit of ``outcome``; above 0: the programme raised it.

    Raises
    ------
    InputError
        If lengths or labels differ, or a group is too small for its coefficients.

    Notes
    -----
    Without ``before``: difference of means with Welch's standard error. With it: regression on treatment,
    the centred covariates and their products (Lin 2013), standard error HC2, degrees of freedom customers
    less coefficients.

    References
    ----------
    Welch, B. L. (1947). *Biometrika* 34, 28–35. Lin, W. (2013). Agnostic notes on regression adjustments to
    experimental data. *Annals of Applied Statistics* 7(1), 295–318.

    Examples
    --------
    >>> result = programme_effect([12, 14, 10, 8, 9, 10], [True, True, True, False, False, False])
    >>> result.effect, round(result.standard_error, 3), round(result.low, 2)
    (3.0, 1.291, -1.16)
    """
    check = Check("programme_effect")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    measured = check.vector("outcome", outcome)
    members = check.flags("treated", treated)
    check.done()
    flags = check.alike("treated", members, "outcome", measured).to_numpy(dtype=bool)
    after, known = measured.to_numpy(), None
    if before is not None:
        one = None if isinstance(before, pd.DataFrame) else check.vector("before", before)
        table = check.frame("before", before if one is None else one.to_frame("before"))
        check.done()
        columns = {name: check.vector(f"before[{name!r}]", table[name]) for name in table.columns}
        check.done()
        known = np.column_stack(
            [check.alike("before", column, "outcome", measured).to_numpy() for column in columns.values()]
        )
    check.done()
    counts = (int(flags.sum()), int((~flags).sum()))
    needed = 2 if known is None else 2 + known.shape[1]
    check.require(
        min(counts) >= needed,
        _("both groups must have at least {needed} customers").format(needed=needed),
        got=_("{treated} treated, {control} control").format(treated=counts[0], control=counts[1]),
    )
    check.done()
    fit = _welch(after, flags) if known is None else _adjusted(after, flags, known)
    if fit[1] <= 1e-12 * (1 + float(np.abs(after).max())):
        message = _(
            "programme_effect: outcome does not vary inside the groups, so the interval has no width and "
            "says nothing of chance"
        )
        check.warn(message)
    half = fit[1] * float(stdtrit(fit[2], (1 + level) / 2))
    return Effect(fit[0], fit[0] - half, fit[0] + half, fit[1], *counts, level)


def _welch(after: np.ndarray, flags: np.ndarray) -> tuple[float, float, float]:
    groups = (after[flags], after[~flags])
    parts = [group.var(ddof=1) / len(group) for group in groups]
    variance = sum(parts)
    divisor = sum(part**2 / (len(group) - 1) for part, group in zip(parts, groups, strict=True))
    freedom = variance**2 / divisor if divisor > 0 else len(after) - 2
    return float(groups[0].mean() - groups[1].mean()), math.sqrt(variance), float(freedom)


def _adjusted(after: np.ndarray, flags: np.ndarray, known: np.ndarray) -> tuple[float, float, float]:
    varies = np.ptp(known, axis=0) > 0
    if not varies.any():
        return _welch(after, flags)
    centred = (known - known.mean(axis=0))[:, varies] / known.std(axis=0)[varies]
    design = np.column_stack([np.ones(len(after)), flags, centred, flags[:, None] * centred])
    inverse = np.linalg.pinv(design.T @ design)
    coefficients = inverse @ design.T @ after
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    residual = (after - design @ coefficients) ** 2 / np.maximum(1 - leverage, 1e-9)
    covariance = inverse @ (design.T * residual) @ design @ inverse
    return float(coefficients[1]), math.sqrt(covariance[1, 1]), float(len(after) - design.shape[1])


def programme_return(
    effect: Effect, *, margin: float, cost: float, rewards: float = 0.0, breakage: float = 0.0
) -> pd.DataFrame:
    """Yearly gain of the programme for one member: extra contribution less cost, with its interval.

    Parameters
    ----------
    effect : Effect
        Extra spend a member, from :func:`programme_effect`; against a control group, or the return is not
        the programme's.
    margin : float
        Share of extra spend left as contribution, 0 to 1.
    cost : float
        Cost of one member's perks and of running the programme, in money a year, 0 or more.
    rewards : float, default 0
        Points or vouchers granted to one member in the year, at what they cost the firm when used, 0 or more.
    breakage : float, default 0
        Share of them never used, 0 to 1.

    Returns
    -------
    DataFrame with index ``estimate, low, high`` and columns ``extra_spend``, ``extra_contribution``,
    ``cost`` (with the rewards that are used), ``gain`` and ``return`` (gain by cost; missing when the cost is
    0). The interval is that of the effect alone; margin, cost and breakage are taken as known.

    Raises
    ------
    InputError
        If ``effect`` is a plain number or a share is outside 0 to 1.

    Notes
    -----
    ``gain = effect · margin - rewards (1 - breakage) - cost``; ``return = gain / (rewards (1 - breakage) +
    cost)``.

    References
    ----------
    Blattberg, R. C., Kim, B.-D. and Neslin, S. A. (2008). *Database Marketing*, chapter 22.

    Examples
    --------
    >>> found = Effect(4000, 2000, 6000, standard_error=1000, n_treated=50, n_control=50, level=0.95)
    >>> programme_return(found, margin=0.5, cost=1750)["gain"].tolist()
    [250.0, -750.0, 1250.0]
    """
    check = Check("programme_return")
    margin = check.share("margin", margin)
    cost = check.number("cost", cost, low=0)
    granted = check.number("rewards", rewards, low=0)
    unused = check.share("breakage", breakage)
    if not isinstance(effect, Effect):
        check.add(errors.wrong_type("effect", "Effect", effect, hint="programme_effect(outcome, treated)"))
    check.done()
    cost = cost + granted * (1 - unused)
    spend = pd.Series({"estimate": effect.effect, "low": effect.low, "high": effect.high}, dtype=float)
    gain = spend * margin - cost
    return pd.DataFrame(
        {
            "extra_spend": spend,
            "extra_contribution": spend * margin,
            "cost": cost,
            "gain": gain,
            "return": gain / cost if cost else np.nan,
        }
    )
