"""Purchases times spend times margin, discounted: what customers are worth, and how sure that is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base._purchase_model import PurchaseModel
from casekit.customer_base.gamma_gamma import GammaGamma
from casekit.engines import is_frame

#: Sets of parameters drawn for an interval; each serves several futures.
_PARAMETER_SETS = 25


def lifetime_value(
    summary: pd.DataFrame,
    *,
    purchases: PurchaseModel,
    spend: GammaGamma,
    discount_rate: float,
    horizon: float | None = None,
    margin: float = 1.0,
) -> pd.Series:
    """Expected present value of each customer's future purchases: residual customer lifetime value.

    Residual: what the customer will still bring, not what was bought or what acquisition cost. Purchases and
    spend are modelled apart, which is right only if one does not depend on the other; see
    :func:`casekit.customer_base.check_spend_independence`.

    Parameters
    ----------
    summary : DataFrame by customer
        ``frequency``, ``recency``, ``T``, ``monetary_value``.
    purchases : BGNBD, MBGNBD or ParetoNBD, fitted
    spend : GammaGamma, fitted
    discount_rate : float
        Share per time unit *of the summary*, 0 or more (above 0 without a horizon). From a yearly rate:
        ``casekit.periods.convert_discount_rate(0.15, from_unit="year", to_unit="week")``.
    horizon : float, optional
        Length of the future in the unit of the summary; by default for ever.
    margin : float, default 1
        Share of the amount that is profit; 1 gives discounted revenue.

    Returns
    -------
    Series by customer, in the currency of the amounts, 0 or more; for a frame of another engine that frame
    with the column ``lifetime_value``.

    Raises
    ------
    InputError
        If a model is not fitted or the summary is broken.

    Notes
    -----
    ``margin * E(spend | x, m) * discounted expected purchases``, each purchase discounted from its own
    moment.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value curves for customer
    base analysis. *Journal of Marketing Research* 42(4), 415–430, equation 2.

    Examples
    --------
    >>> from casekit.customer_base import BGNBD, GammaGamma
    >>> customer = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86],
    ...                          "monetary_value": [22.35]})
    >>> models = {"purchases": BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426),
    ...           "spend": GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)}
    >>> round(float(lifetime_value(customer, **models, discount_rate=0.0, horizon=39)[0]), 1)
    30.2
    """
    check = Check("lifetime_value")
    _models(check, purchases, spend)
    margin = check.share("margin", margin)
    check.done()
    if is_frame(summary):
        from casekit.customer_base import _score_frames

        terms: dict[str, Any] = {"discount_rate": discount_rate, "horizon": horizon}
        return _score_frames.lifetime_value(summary, purchases=purchases, spend=spend, margin=margin, **terms)
    discounted = purchases.discounted_expected_purchases(
        summary, discount_rate=discount_rate, horizon=horizon
    )
    value = margin * discounted * spend.conditional_expected_spend(summary)
    return value.rename("lifetime_value")


def lifetime_value_interval(
    summary: pd.DataFrame,
    *,
    purchases: PurchaseModel,
    spend: GammaGamma,
    discount_rate: float,
    horizon: float,
    rng: np.random.Generator,
    margin: float = 1.0,
    level: float = 0.9,
    draws: int = 400,
) -> pd.DataFrame:
    """Lifetime value of each customer and of all together, with the interval of what may really come.

    The width has two sources: what one customer may do even if the parameters were known (most of it, for one
    customer) and what the data leave open about the parameters (most of it, for all together).

    Parameters
    ----------
    summary, purchases, spend, discount_rate, margin
        As for :func:`lifetime_value`; parameters that were given instead of fitted count as known.
    horizon : float
        Length of the future in the unit of the summary, above 0.
    rng : numpy.random.Generator
    level : float, default 0.9
        Probability inside the interval.
    draws : int, default 400
        Simulated futures of each customer, 20 or more.

    Returns
    -------
    DataFrame by customer: ``value`` (expected), ``low``, ``high``. ``.attrs["total"]`` holds them for
    all customers together.

    Notes
    -----
    Futures are simulated purchase by purchase; each customer's are discounted by the ratio of discounted to
    plain expected purchases.

    Examples
    --------
    >>> from casekit.customer_base import BGNBD, GammaGamma
    >>> customer = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86],
    ...                          "monetary_value": [22.35]})
    >>> interval = lifetime_value_interval(
    ...     customer, purchases=BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426),
    ...     spend=GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44), discount_rate=0.0, horizon=39,
    ...     rng=np.random.default_rng(7))
    >>> bool(interval["low"][0] == 0) and bool(interval["high"][0] > 60)
    True
    """
    check = Check("lifetime_value_interval")
    _models(check, purchases, spend)
    horizon = check.positive("horizon", horizon)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    draws = check.integer("draws", draws, low=20)
    rng = check.generator("rng", rng)
    summary = check.frame("summary", summary, ["frequency", "recency", "T", "monetary_value"])
    check.done()
    terms: dict[str, Any] = {"discount_rate": discount_rate, "horizon": horizon}
    value = lifetime_value(summary, purchases=purchases, spend=spend, margin=margin, **terms)
    plain = purchases.conditional_expected_purchases(summary, horizon=horizon).to_numpy()
    discounted = purchases.discounted_expected_purchases(summary, **terms).to_numpy()
    factor = margin * np.divide(discounted, plain, out=np.ones_like(plain), where=plain > 0)
    future = _futures(summary, purchases, spend, horizon, draws, rng) * factor[:, None]
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(future, tails, axis=1)
    result = pd.DataFrame({"value": value, "low": low, "high": high}, index=summary.index)
    total_low, total_high = np.quantile(future.sum(axis=0), tails)
    result.attrs["total"] = {
        "value": float(value.sum()),
        "low": float(total_low),
        "high": float(total_high),
    }
    return result


def _futures(
    summary: pd.DataFrame,
    purchases: PurchaseModel,
    spend: GammaGamma,
    horizon: float,
    draws: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Simulated spend, customers by draws, over sets of parameters that the data leave possible."""
    sets = min(_PARAMETER_SETS, draws)
    sizes = np.full(sets, draws // sets)
    sizes[: draws % sets] += 1
    buying, paying = _parameter_sets(purchases, sets, rng), _parameter_sets(spend, sets, rng)
    parts = []
    for size, buy, pay in zip(sizes.tolist(), buying, paying, strict=True):
        counts = buy.simulate_future(summary, horizon=horizon, draws=size, rng=rng)
        parts.append(pay.simulate_spend(summary, counts, rng=rng).to_numpy())
    return np.concatenate(parts, axis=1)


def _parameter_sets(model: Any, sets: int, rng: np.random.Generator) -> list[Any]:
    if model._hessian is None:
        return [model] * sets
    drawn = model.parameter_draws(sets, rng=rng)
    return [type(model).from_parameters(**row) for row in drawn.to_dict("records")]


def _models(check: Check, purchases: Any, spend: Any) -> None:
    for name, model, kind, example in (
        ("purchases", purchases, PurchaseModel, "BGNBD().fit(summary)"),
        ("spend", spend, GammaGamma, "GammaGamma().fit(summary)"),
    ):
        if not isinstance(model, kind):
            check.add(errors.wrong_type(name, _("a fitted model"), model, hint=f"{name}={example}"))
