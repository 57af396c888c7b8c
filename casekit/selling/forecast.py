"""The forecast as a distribution: what the quarter may bring, not only what it brings on average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import alike, flags, number_frame
from casekit.selling.pipeline import open_deals, stage_probability


@dataclass(frozen=True)
class Forecast:
    """Simulated sums of a pipeline.

    Attributes
    ----------
    draws : Series of float
        Money won in each simulated period.
    mean, standard_deviation : float
        Of the draws, in money.
    weighted : float
        The weighted forecast, in money: what ``mean`` comes close to.
    """

    draws: pd.Series
    mean: float
    standard_deviation: float
    weighted: float

    def quantile(self, share: float) -> float:
        """Money that is not exceeded in ``share`` of the draws (0 to 1)."""
        check = Check("Forecast.quantile")
        share = check.share("share", share)
        check.done()
        return float(self.draws.quantile(share))

    def chance_of(self, target: float) -> float:
        """Share of draws that reach ``target`` (money), 0 to 1."""
        check = Check("Forecast.chance_of")
        target = check.number("target", target)
        check.done()
        return float((self.draws >= target - 1e-9).mean())


def simulate_forecast(
    deals: Any,
    *,
    rng: np.random.Generator,
    probabilities: Any = None,
    record: Any = None,
    prior: tuple[float, float] = (1.0, 1.0),
    value_spread: float = 0.0,
    draws: int = 10_000,
) -> Forecast:
    """The range of what open deals may bring: each deal won or lost whole, many times over.

    With ``record`` the chance of winning is itself drawn anew each time, one for all deals of a stage. That
    is honest about few past deals, and it matters: an error in the chance hits all deals of a stage together
    and does not average out, however many there are.

    Parameters
    ----------
    deals : DataFrame, list of dicts or dict, one row a deal
        ``value`` (money, zero or more), and ``probability`` (0 to 1) or ``stage``.
    rng : numpy.random.Generator
        Source of the draws.
    probabilities : dict, Series or DataFrame, optional
        Chance of winning by stage, taken as known.
    record : DataFrame or dict of dicts, optional
        ``wins`` and ``losses`` by stage, in place of ``probabilities``.
    prior : (float, float), default (1, 1)
        With ``record``: wins and losses that the prior is worth.
    value_spread : float, default 0
        Standard deviation of a won deal's value over its expected value, zero or more (lognormal, its mean
        unchanged).
    draws : int, default 10000
        Simulated periods, 1 or more.

    Returns
    -------
    Forecast

    Raises
    ------
    InputError
        If a deal's stage is unknown, a number is out of range, or both ``record`` and ``probabilities`` come.

    Notes
    -----
    ``sum_i v_i L_i W_i`` with ``W_i`` Bernoulli(``p_stage``), ``p_stage`` fixed or Beta(prior + record), and
    ``L_i`` lognormal with mean 1. Deals are independent given ``p_stage``: a crisis that takes all of them
    is not in it.

    Examples
    --------
    >>> deals = pd.DataFrame({"value": [100, 100], "probability": [0.5, 0.5]})
    >>> found = simulate_forecast(deals, rng=np.random.default_rng(7))
    >>> found.weighted, sorted(found.draws.unique().tolist()), abs(found.chance_of(200) - 0.25) < 0.02
    (100.0, [0.0, 100.0, 200.0], True)
    """
    check = Check("simulate_forecast")
    rng = check.generator("rng", rng)
    draws = check.integer("draws", draws, low=1)
    spread = check.number("value_spread", value_spread, low=0)
    check.require(
        record is None or probabilities is None,
        _("either record or probabilities must be given, not both"),
        got=_("both"),
        hint=_("leave probabilities out: record holds what they are estimated from"),
    )
    check.done()
    if record is not None:
        counts = number_frame(check, "record", record, ["wins", "losses"], low=0)
        check.done()
        beliefs = stage_probability(counts, prior=prior)
        probabilities = beliefs["probability"]
    table = open_deals(check, deals, probabilities)
    value = table["value"].to_numpy()
    if record is None:
        chance: np.ndarray = table["probability"].to_numpy()[None, :]
    else:
        stages, place = np.unique(table["stage"].astype(str), return_inverse=True)
        known = beliefs.set_axis(beliefs.index.astype(str)).loc[stages]
        drawn = rng.beta(known["a"].to_numpy(), known["b"].to_numpy(), size=(draws, len(stages)))
        chance = drawn[:, place]
    won = rng.random((draws, len(value))) < chance
    sums = won @ value if spread == 0 else (won * _values(value, spread, rng, draws)).sum(axis=1)
    total = pd.Series(sums.astype(float), name="won")
    return Forecast(
        total,
        float(total.mean()),
        float(total.std(ddof=0)),
        float((table["value"] * table["probability"]).sum()),
    )


def _values(value: np.ndarray, spread: float, rng: np.random.Generator, draws: int) -> np.ndarray:
    """Values of won deals, lognormal around what is expected of each."""
    variance = np.log1p(spread**2)
    factor = rng.lognormal(-variance / 2, np.sqrt(variance), size=(draws, len(value)))
    return value * factor


def back_test(forecasts: Any, outcomes: Any) -> pd.Series:
    """Whether past forecasts were any good: bias, error, and the worth of stated chances.

    Parameters
    ----------
    forecasts : Series or list of float, shape (n_deals,)
        Chance of winning stated for each deal, 0 to 1.
    outcomes : Series or list of bool, shape (n_deals,)
        True if it was won.

    Returns
    -------
    Series
        ``deals``, ``stated`` (mean chance), ``won`` (share), ``bias`` (stated less won: above zero is
        optimism), ``brier`` (mean squared error, 0 is perfect), ``skill`` (share by which the Brier score is
        lower than that of always stating the share won; missing if all ended alike).

    References
    ----------
    Brier, G. (1950). Verification of forecasts expressed in terms of probability. *Monthly Weather Review*
    78(1), 1–3.

    Examples
    --------
    >>> back_test([0.8, 0.6, 0.4, 0.2], [1, 1, 0, 0]).round(3).to_dict()
    {'deals': 4.0, 'stated': 0.5, 'won': 0.5, 'bias': 0.0, 'brier': 0.1, 'skill': 0.6}
    """
    check = Check("back_test")
    stated = check.vector("forecasts", forecasts, low=0, high=1)
    won = alike(check, "outcomes", flags(check, "outcomes", outcomes), "forecasts", stated)
    check.done()
    result = won.to_numpy(dtype=float)
    share = float(result.mean())
    brier = float(((stated.to_numpy() - result) ** 2).mean())
    spread = share * (1 - share)
    return (
        pd.Series(
            {
                "deals": float(len(result)),
                "stated": float(stated.mean()),
                "won": share,
                "bias": float(stated.mean()) - share,
                "brier": brier,
                "skill": 1 - brier / spread if spread > 0 else np.nan,
            },
            name="back_test",
        ).round(12)
        + 0.0
    )
