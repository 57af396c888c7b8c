"""Is this prospect worth a visit? A score with knock-outs, and what an hour of calling is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import number_frame, one_or_each, weights_of

#: What a prospect is judged by: need, volume, purchasing power, authority to decide, credit.
CRITERIA = ("need", "volume", "purchasing_power", "authority", "credit")


def qualification_score(
    prospects: Any,
    *,
    weights: Any = None,
    knock_outs: Mapping[str, float] | None = None,
    scale: tuple[float, float] = (1.0, 5.0),
    pass_mark: float = 0.5,
) -> pd.DataFrame:
    """Which prospects qualify: a weighted score, and minimum ratings that no other strength can offset.

    A weighted sum lets a great need make up for missing money; a knock-out does not. That is the difference
    between ranking prospects and qualifying them. Weights may come from :func:`casekit.strategy.ahp_weights`,
    or from outcomes (:func:`logistic_model`); whether the score sorts winners from losers is
    :func:`auc`'s question.

    Parameters
    ----------
    prospects : DataFrame, list of dicts or dict, one row a prospect
        Ratings on each criterion, in points of ``scale``: ``need``, ``volume``, ``purchasing_power``,
        ``authority``, ``credit``, or the criteria that ``weights`` names. Higher is better throughout.
    weights : dict, Series or list of float, optional
        Weight of each criterion, zero or more, adding up to 1; equal if not given.
    knock_outs : mapping of criterion to float, optional
        Lowest rating with which a prospect stays in, in points; a rating equal to it stays in.
    scale : (float, float), default (1, 5)
        Lowest and highest rating.
    pass_mark : float, default 0.5
        Score needed, 0 to 1.

    Returns
    -------
    DataFrame, one row a prospect
        ``score`` (0 to 1), ``knocked_out_by`` (criteria below their minimum, comma between; empty if none),
        ``qualified`` (bool: no knock-out and the score reaches the pass mark), ``rank`` (1 is best, among the
        qualified; missing for the others; equal scores share a rank).

    Raises
    ------
    InputError
        If ratings are missing or off the scale, weights do not add up, or a knock-out names no criterion.

    Notes
    -----
    ``score = sum_k w_k (x_k - low) / (high - low)`` with ``w`` the weights, ``x`` the ratings and
    ``low, high`` the scale; qualified if ``x_k >= minimum_k`` for each knock-out and ``score >= pass_mark``.

    References
    ----------
    The MAN rule (money, authority, need) of sales texts; BANT (budget, authority, need, timing).

    Examples
    --------
    >>> rated = pd.DataFrame({"need": [5, 5], "volume": [3, 5], "purchasing_power": [3, 5],
    ...     "authority": [3, 5], "credit": [3, 1]}, index=["Ada", "Ben"])
    >>> qualification_score(rated, knock_outs={"credit": 2})[["score", "knocked_out_by", "qualified"]].values
    array([[0.6, '', True],
           [0.8, 'credit', False]], dtype=object)
    """
    check = Check("qualification_score")
    low, high = _scale(check, scale)
    pass_mark = check.share("pass_mark", pass_mark)
    known = list(weights.keys()) if isinstance(weights, (Mapping, pd.Series)) else list(CRITERIA)
    importance = weights_of(check, "weights", weights, known)
    ratings = number_frame(check, "prospects", prospects, known, low=low, high=high)
    minimum = {}
    for name, bound in check.mapping("knock_outs", {} if knock_outs is None else knock_outs).items():
        if name not in known:
            check.add(errors.unknown_name("knock_outs", name, known))
        minimum[name] = check.number(f"knock_outs[{name!r}]", bound, low=low, high=high)
    check.done()
    score = ((ratings - low) / (high - low)) @ importance.reindex(ratings.columns)
    score = score.round(12).clip(0, 1)
    below = pd.DataFrame({name: ratings[name] < bound for name, bound in minimum.items()}, ratings.index)
    reasons = [", ".join(below.columns[row]) for row in below.to_numpy(dtype=bool)]
    out = pd.DataFrame({"score": score, "knocked_out_by": reasons}, index=ratings.index)
    out["qualified"] = (out["knocked_out_by"] == "") & (out["score"] >= pass_mark)
    out["rank"] = out["score"].where(out["qualified"]).rank(ascending=False, method="min")
    return out


def _scale(check: Check, scale: tuple[float, float]) -> tuple[float, float]:
    """Lowest and highest rating of a scale, the second above the first."""
    if not isinstance(scale, (tuple, list)) or len(scale) != 2:
        check.add(errors.wrong_type("scale", _("a pair (lowest, highest)"), scale))
        return 0.0, 1.0
    low, high = check.number("scale[0]", scale[0]), check.number("scale[1]", scale[1])
    check.require(
        not high <= low,
        _("scale must run from the lowest to the highest rating"),
        got=str(tuple(scale)),
        hint=_("scale=(1, 5)"),
    )
    return low, high


def value_per_hour(win_probability: Any, *, margin: Any, hours: Any) -> pd.Series:
    """What an hour spent on each prospect is expected to bring: chance of winning times margin, by the hour.

    The order of calls by chance alone, or by size alone, wastes hours: a large, likely deal that takes a
    month may be worth less an hour than a small one that takes a morning.

    Parameters
    ----------
    win_probability : list, dict or Series of float, shape (n_prospects,)
        Chance of winning if the hours are spent (strictly: how much they change it), 0 to 1.
    margin : float or Series
        Margin of the deal, in money, zero or more.
    hours : float or Series
        Selling hours it takes, above 0.

    Returns
    -------
    Series of float, in money an hour.

    Notes
    -----
    ``win_probability * margin / hours``

    Examples
    --------
    >>> value_per_hour({"Ada": 0.5, "Ben": 0.2}, margin={"Ada": 8000, "Ben": 5000}, hours=[40, 5]).to_dict()
    {'Ada': 100.0, 'Ben': 200.0}
    """
    check = Check("value_per_hour")
    chance = check.vector("win_probability", win_probability, low=0, high=1)
    worth = one_or_each(check, "margin", margin, chance, "win_probability", low=0)
    spent = one_or_each(check, "hours", hours, chance, "win_probability", low=0, low_open=True)
    check.done()
    return (chance * worth / spent).rename("value_per_hour")


@dataclass(frozen=True)
class HoursPlan:
    """The prospects worth the hours there are.

    Attributes
    ----------
    chosen : DataFrame
        The chosen prospects, best value an hour first, with ``expected_margin``, ``value_per_hour`` and
        ``share`` (of the deal's hours that are spent; below 1 only where hours may be split).
    hours : float
        Hours spent.
    expected_margin : float
        In money, all chosen together.
    value_of_one_more_hour : float
        What one further hour would add, in money, zero or more.
    """

    chosen: pd.DataFrame
    hours: float
    expected_margin: float
    value_of_one_more_hour: float


def plan_call_hours(prospects: Any, *, hours: float, divisible: bool = False) -> HoursPlan:
    """Which prospects to pursue with the selling hours at hand, to the highest expected margin.

    Taking prospects by value an hour until the hours are used up is exact if hours can be split, and close
    to it if deals are all or nothing; then the optimum is found (a knapsack).

    Parameters
    ----------
    prospects : DataFrame, one row a prospect
        Columns ``win_probability`` (0 to 1), ``margin`` (money, zero or more), ``hours`` (above 0).
    hours : float
        Hours there are, zero or more.
    divisible : bool, default False
        Whether part of the hours earns the same part of the expected margin.

    Returns
    -------
    HoursPlan

    Raises
    ------
    InputError
        If a column is missing or out of its range.

    References
    ----------
    Dantzig, G. (1957). Discrete-variable extremum problems. *Operations Research* 5(2), 266–288.

    Examples
    --------
    >>> prospects = pd.DataFrame({"win_probability": [0.5, 0.5, 0.5], "margin": [120, 100, 100],
    ...     "hours": [6, 5, 5]}, index=["Ada", "Ben", "Cy"])
    >>> plan = plan_call_hours(prospects, hours=10)
    >>> plan.chosen.index.tolist(), plan.expected_margin, plan.value_of_one_more_hour
    (['Ben', 'Cy'], 100.0, 10.0)
    """
    check = Check("plan_call_hours")
    hours = check.number("hours", hours, low=0)
    table = number_frame(check, "prospects", prospects, ["win_probability", "margin", "hours"], low=0)
    divisible = check.flag("divisible", divisible)
    check.done()
    check.vector("prospects['win_probability']", table["win_probability"], low=0, high=1)
    if len(table):
        check.vector("prospects['hours']", table["hours"], low=0, low_open=True)
    check.done()
    table["expected_margin"] = table["win_probability"] * table["margin"]
    table["value_per_hour"] = table["expected_margin"] / table["hours"]
    table = table.sort_values("value_per_hour", ascending=False, kind="stable")
    solve = _split if divisible else _knapsack
    share = solve(table, hours)
    more = float((solve(table, hours + 1) - share) @ table["expected_margin"])
    chosen = table.assign(share=share)[share > 0]
    return HoursPlan(
        chosen,
        float(chosen["share"] @ chosen["hours"]),
        float(chosen["share"] @ chosen["expected_margin"]),
        max(0.0, round(more, 9)),
    )


def _split(table: pd.DataFrame, hours: float) -> np.ndarray:
    """Share of each prospect's hours, taken from the top until the hours are used up."""
    before = table["hours"].cumsum() - table["hours"]
    share = ((hours - before) / table["hours"]).clip(0, 1)
    return share.where(table["expected_margin"] > 0, 0.0).to_numpy()


def _knapsack(table: pd.DataFrame, hours: float) -> np.ndarray:
    """The best whole set of prospects: all or nothing."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    open_ = ((table["expected_margin"] > 0) & (table["hours"] <= hours)).to_numpy()
    if not open_.any():
        return np.zeros(len(table))
    found = milp(
        -table["expected_margin"].to_numpy(),
        constraints=LinearConstraint(table["hours"].to_numpy()[None, :], ub=hours),
        integrality=np.ones(len(table)),
        bounds=Bounds(0, open_.astype(float)),
        options={"mip_rel_gap": 0.0},
    )
    if not found.success:
        raise errors.CasekitError(_("plan_call_hours: no solution: {reason}").format(reason=found.message))
    return np.round(found.x)
