"""Does the ranking survive? Weights and scores are judgements; here they wobble and the result is counted."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.strategy.factors import read_factors
from casekit.strategy.qspm import read_attractiveness


def weight_spread(weight: float, concentration: float) -> float:
    """Standard deviation of one weight when all weights of its side wobble.

    Parameters
    ----------
    weight : float
        The weight, 0 to 1.
    concentration : float
        How firmly the weights are held, above 0: the higher, the less they wobble.

    Returns
    -------
    float

    Notes
    -----
    Dirichlet: ``sqrt(w (1 − w) / (concentration + 1))``.

    Examples
    --------
    >>> round(weight_spread(0.10, 100), 3)
    0.03
    """
    check = Check("weight_spread")
    weight = check.share("weight", weight)
    concentration = check.positive("concentration", concentration)
    check.done()
    return math.sqrt(weight * (1 - weight) / (concentration + 1))


def wobble_weights(
    weights: object, *, concentration: float, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Sets of weights scattered around the given ones; each set adds up to 1.

    Parameters
    ----------
    weights : list, dict or Series of float
        Weights of one side, adding up to 1. A weight of 0 stays 0.
    concentration : float
        Above 0. As if the weights had been found by handing out this many points: 20 is loose, 500 firm.
    draws : int
        Number of sets, 1 or more.
    rng : numpy random Generator

    Returns
    -------
    array, shape (draws, n_weights)

    Notes
    -----
    ``Dirichlet(concentration * weights)``: the mean is the given weight.

    Examples
    --------
    >>> sets = wobble_weights([0.7, 0.3], concentration=50, draws=2, rng=np.random.default_rng(7))
    >>> sets.sum(axis=1).round(6).tolist()
    [1.0, 1.0]
    """
    check = Check("wobble_weights")
    base = check.weights("weights", weights)
    concentration = check.positive("concentration", concentration)
    draws = check.integer("draws", draws, low=1)
    rng = check.generator("rng", rng)
    check.done()
    values = base.to_numpy(dtype=float)
    sets = np.zeros((draws, len(values)))
    held = values > 0
    gammas = rng.standard_gamma(concentration * values[held], size=(draws, int(held.sum())))
    # A very loose wobble can leave every gamma at zero: such a set puts all on one factor.
    empty = gammas.sum(axis=1) == 0
    gammas[empty, np.argmax(values[held])] = 1.0
    sets[:, held] = gammas / gammas.sum(axis=1, keepdims=True)
    return sets


def simulate_totals(
    factors: pd.DataFrame,
    attractiveness: pd.DataFrame,
    *,
    concentration: float = 100.0,
    score_slip: float = 0.0,
    draws: int = 2000,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Totals of every strategy when weights wobble and, if asked, scores slip by one.

    Parameters
    ----------
    factors : DataFrame
        As for :func:`casekit.strategy.read_factors`; internal and external weights wobble separately.
    attractiveness : DataFrame
        As for :func:`casekit.strategy.read_attractiveness`.
    concentration : float, default 100
        How firmly the weights are held, see :func:`wobble_weights`.
    score_slip : float, default 0
        Chance, 0 to 1, that another judge would have given the neighbouring score (up or down alike; scores
        stay within 1 to 4).
    draws : int, default 2000
    rng : numpy random Generator

    Returns
    -------
    DataFrame: one row a draw, one column a strategy.

    Examples
    --------
    >>> factors = [{"code": "S1", "weight": 1, "rating": 4}, {"code": "O1", "weight": 1, "rating": 2}]
    >>> table = pd.DataFrame({"A": [4, 1], "B": [3, 3]}, index=["S1", "O1"])
    >>> simulate_totals(factors, table, draws=2, rng=np.random.default_rng(7)).values.tolist()
    [[5.0, 6.0], [5.0, 6.0]]
    """
    check = Check("simulate_totals")
    concentration = check.positive("concentration", concentration)
    score_slip = check.share("score_slip", score_slip)
    draws = check.integer("draws", draws, low=1)
    rng = check.generator("rng", rng)
    check.done()
    frame = read_factors(factors)
    scores = read_attractiveness(attractiveness, list(frame["code"]))
    bears = scores.notna().all(axis=1).to_numpy()
    weights = np.empty((draws, len(frame)))
    for side in frame["side"].unique():
        own = (frame["side"] == side).to_numpy()
        weights[:, own] = wobble_weights(
            frame.loc[own, "weight"], concentration=concentration, draws=draws, rng=rng
        )
    weights = weights[:, bears]
    values = scores.to_numpy(dtype=float)[bears]
    if score_slip == 0:
        totals = weights @ values
    else:
        totals = np.einsum("df,dfs->ds", weights, _slipped(values, score_slip, draws, rng))
    return pd.DataFrame(totals, columns=list(scores.columns))


def _slipped(scores: np.ndarray, score_slip: float, draws: int, rng: np.random.Generator) -> np.ndarray:
    shape = (draws, *scores.shape)
    step = np.where(rng.random(shape) < score_slip, rng.choice([-1.0, 1.0], size=shape), 0.0)
    return np.clip(scores + step, 1.0, 4.0)


def rank_probabilities(totals: pd.DataFrame) -> pd.DataFrame:
    """How often each strategy takes each place.

    Parameters
    ----------
    totals : DataFrame
        One row a draw, one column a strategy, as :func:`simulate_totals` gives it.

    Returns
    -------
    DataFrame: one row a strategy, one column a place (1 the best); rows and columns add up to 1. Strategies
    with equal totals share their places evenly.

    Examples
    --------
    >>> rank_probabilities(pd.DataFrame({"A": [3, 3], "B": [2, 4]})).values.tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    table = _checked_totals("rank_probabilities", totals)
    values = table.to_numpy()
    n = values.shape[1]
    above = (values[:, :, None] < values[:, None, :]).sum(axis=2)
    equal = (values[:, :, None] == values[:, None, :]).sum(axis=2)
    places = np.arange(n)
    inside = (places >= above[:, :, None]) & (places < (above + equal)[:, :, None])
    shares = (inside / equal[:, :, None]).mean(axis=0)
    return pd.DataFrame(shares, index=list(table.columns), columns=range(1, n + 1))


def ranking_survival(
    factors: pd.DataFrame, attractiveness: pd.DataFrame, totals: pd.DataFrame, *, level: float = 0.9
) -> pd.DataFrame:
    """The ranking as computed, with what the wobble leaves of it.

    Parameters
    ----------
    factors, attractiveness
        As for :func:`casekit.strategy.qspm_ranking`.
    totals : DataFrame
        As :func:`simulate_totals` gives it.
    level : float, default 0.9
        Share of the draws that the interval holds.

    Returns
    -------
    DataFrame with columns ``strategy, total, rank, low, high, first_share, same_rank_share``: the computed
    total and rank; the interval of the totals over the draws; how often the strategy comes first and how
    often it keeps its rank. ``frame.attrs["order_share"]`` is how often the whole order stays the same.
    """
    from casekit.strategy.qspm import qspm_ranking

    check = Check("ranking_survival")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    totals = _checked_totals("ranking_survival", totals)
    values = totals.to_numpy()
    ranking = qspm_ranking(factors, attractiveness)[["strategy", "total", "rank"]]
    chances = rank_probabilities(totals)
    tail = (1 - level) / 2
    ranking["low"] = [float(totals[name].quantile(tail)) for name in ranking["strategy"]]
    ranking["high"] = [float(totals[name].quantile(1 - tail)) for name in ranking["strategy"]]
    ranking["first_share"] = [float(chances.loc[name, 1]) for name in ranking["strategy"]]
    ranking["same_rank_share"] = [
        float(chances.loc[name, rank])
        for name, rank in zip(ranking["strategy"], ranking["rank"], strict=True)
    ]
    columns = [list(totals.columns).index(name) for name in ranking["strategy"]]
    ranking.attrs["order_share"] = float((np.diff(values[:, columns], axis=1) <= 1e-12).all(axis=1).mean())
    return ranking


def survival_curve(
    factors: pd.DataFrame,
    attractiveness: pd.DataFrame,
    *,
    concentrations: object = (10, 20, 50, 100, 200, 500, 1000),
    score_slip: float = 0.0,
    draws: int = 1000,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """How often each strategy comes first, from loose to firm weights.

    Parameters
    ----------
    factors, attractiveness, score_slip, draws, rng
        As for :func:`simulate_totals`.
    concentrations : list of float
        Each above 0.

    Returns
    -------
    DataFrame: one row a concentration (the index), one column a strategy, shares of the draws.
    """
    check = Check("survival_curve")
    grid = check.vector("concentrations", concentrations, low=0, low_open=True)
    check.done()
    rows = {}
    for concentration in grid:
        totals = simulate_totals(
            factors,
            attractiveness,
            concentration=float(concentration),
            score_slip=score_slip,
            draws=draws,
            rng=rng,
        )
        rows[float(concentration)] = rank_probabilities(totals)[1]
    return pd.DataFrame(rows).T.rename_axis("concentration")


def weights_that_overturn(factors: pd.DataFrame, attractiveness: pd.DataFrame) -> pd.DataFrame:
    """For each factor, the weight at which the leader is no longer first, the other weights keeping their
    proportions.

    Parameters
    ----------
    factors, attractiveness
        As for :func:`casekit.strategy.qspm`.

    Returns
    -------
    DataFrame with columns ``code, weight, needed, change, new_leader``, the smallest change first. Factors
    whose weight cannot overturn the leader, whatever it is, are left out; with equal leaders it is empty.

    Notes
    -----
    With weight ``t`` on factor k and the rest of its side scaled by ``(1 − t)/(1 − w_k)``, the lead over a
    rival is a straight line in ``t``; ``needed`` is its zero between 0 and 1 nearest to ``w_k``.

    Examples
    --------
    >>> factors = [{"code": "S1", "weight": 0.6, "rating": 4}, {"code": "S2", "weight": 0.4, "rating": 3}]
    >>> table = pd.DataFrame({"A": [4, 1], "B": [1, 4]}, index=["S1", "S2"])
    >>> weights_that_overturn(factors, table)[["code", "needed", "new_leader"]].values.tolist()
    [['S1', 0.5, 'B'], ['S2', 0.5, 'B']]
    """
    frame = read_factors(factors)
    scores = read_attractiveness(attractiveness, list(frame["code"])).fillna(0.0)
    weight = frame.set_index("code")["weight"].rename_axis(None)
    side = frame.set_index("code")["side"]
    totals = scores.mul(weight, axis=0).sum()
    leader = str(totals.idxmax())
    columns = ["code", "weight", "needed", "change", "new_leader"]
    records: list[dict[str, object]] = []
    if totals.drop(leader).max() > totals[leader] - 1e-9:
        return pd.DataFrame(records, columns=columns)
    for code in weight.index:
        crossings = []
        for rival in totals.index.drop(leader):
            needed = _crossing(scores[leader] - scores[rival], weight, side == side[code], str(code))
            if needed is not None:
                crossings.append((abs(needed - weight[code]), needed, str(rival)))
        if crossings:
            change, needed, rival = min(crossings)
            records.append(
                {
                    "code": code,
                    "weight": float(weight[code]),
                    "needed": needed,
                    "change": change,
                    "new_leader": rival,
                }
            )
    found = pd.DataFrame(records, columns=columns)
    found["change"] = found["needed"] - found["weight"]
    return found.iloc[found["change"].abs().argsort(kind="stable")].reset_index(drop=True)


def _crossing(lead: pd.Series, weight: pd.Series, own_side: pd.Series, code: str) -> float | None:
    """The weight of ``code`` at which the lead is zero, or None."""
    current = float(weight[code])
    if current >= 1:
        return None
    elsewhere = float((lead * weight)[~own_side].sum())
    others = float((lead * weight)[own_side].sum()) - float(lead[code]) * current
    slope = float(lead[code]) - others / (1 - current)
    start = elsewhere + others / (1 - current)
    if abs(slope) < 1e-12:
        return None
    needed = -start / slope
    return round(needed, 9) if -1e-12 <= needed <= 1 + 1e-12 else None


def _checked_totals(name: str, totals: pd.DataFrame) -> pd.DataFrame:
    check = Check(name)
    frame = check.frame("totals", totals)
    table = {label: check.vector(f"totals[{label!r}]", frame[label]) for label in frame.columns}
    check.require(frame.shape[1] > 1, _("totals must hold two or more strategies"), got=str(frame.shape[1]))
    check.done()
    return pd.DataFrame(table)
