"""Loyalty as behaviour and as attitude: who comes back, and who comes back although there is a choice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from casekit import errors
from casekit._validate import Check

#: The four conditions of Dick and Basu, by (attitude high, repeat high).
CONDITIONS = ("no loyalty", "spurious", "latent", "loyalty")

#: Types of loyal customers in Chinese textbooks 垄断、亲缘、利益、惰性、信赖、潜在, and none of them.
LOYALTY_TYPES = ("monopoly", "kinship", "incentive", "inertia", "trust", "latent", "none")


def dick_basu(repeat: Any, attitude: Any, *, repeat_cut: float, attitude_cut: float) -> pd.Series:
    """Sort customers by what they do and what they think.

    Parameters
    ----------
    repeat : Series of float, shape (n_customers,)
        Repeat patronage, such as visits a month.
    attitude : Series of float, same order
        Attitude towards the firm relative to its rivals, such as a survey score; may be missing.
    repeat_cut, attitude_cut : float
        Values from which each counts as high.

    Returns
    -------
    Series (categorical): ``loyalty`` (both high), ``latent`` (attitude only), ``spurious`` (behaviour only)
    or ``no loyalty``; missing where the attitude is.

    References
    ----------
    Dick, A. S. and Basu, K. (1994). Customer loyalty: toward an integrated conceptual framework. *Journal of
    the Academy of Marketing Science* 22(2), 99–113.

    Examples
    --------
    >>> dick_basu([3, 3, 1], [4.5, 2, 4.5], repeat_cut=2, attitude_cut=4).tolist()
    ['loyalty', 'spurious', 'latent']
    """
    check = Check("dick_basu")
    repeat = check.vector("repeat", repeat)
    attitude = check.vector("attitude", attitude, missing=True)
    repeat_cut = check.number("repeat_cut", repeat_cut)
    attitude_cut = check.number("attitude_cut", attitude_cut)
    if len(repeat) != len(attitude):
        check.add(errors.different_lengths("attitude", len(attitude), "repeat", len(repeat)))
    check.done()
    thinks, does = attitude.to_numpy() >= attitude_cut, repeat.to_numpy() >= repeat_cut
    codes = np.where(attitude.isna(), -1, 2 * thinks + does)
    return pd.Series(pd.Categorical.from_codes(codes, categories=CONDITIONS), index=repeat.index)


def loyalty_type(
    survey: pd.DataFrame, *, repeat_cut: float, attitude_cut: float, incentive_cut: float = 0.5
) -> pd.Series:
    """Why a customer comes back: the textbook's six types of loyalty.

    Parameters
    ----------
    survey : DataFrame, one row a customer
        ``repeat`` (visits a month), ``attitude`` (score, may be missing), ``alternatives`` (comparable places
        the customer knows), ``voucher_share`` (share of visits paid with a voucher), ``kin`` (bool: family or
        friend of the house).
    repeat_cut, attitude_cut, incentive_cut : float
        Values from which ``repeat``, ``attitude`` and ``voucher_share`` count as high.

    Returns
    -------
    Series (categorical)
        The first that applies of: ``kinship``; and for those who come often ``monopoly`` (no alternative),
        ``incentive``, ``trust`` (good attitude), ``inertia`` (poor attitude); for the others ``latent`` (good
        attitude) or ``none``. Without an attitude, trust, inertia and latent cannot be told apart: missing.

    References
    ----------
    Jones, T. O. and Sasser, W. E. (1995). Why satisfied customers defect. *Harvard Business Review* 73(6),
    88–99. Su Chaohui 苏朝晖, 客户关系管理, names the types.

    Examples
    --------
    >>> survey = pd.DataFrame({"repeat": [3, 3, 1], "attitude": [4.5, 2, 4.5], "alternatives": [2, 0, 2],
    ...                        "voucher_share": 0.0, "kin": False})
    >>> loyalty_type(survey, repeat_cut=2, attitude_cut=4).tolist()
    ['trust', 'monopoly', 'latent']
    """
    check = Check("loyalty_type")
    columns = ["repeat", "attitude", "alternatives", "voucher_share", "kin"]
    survey = check.frame("survey", survey, columns)
    cuts = [
        check.number("repeat_cut", repeat_cut),
        check.number("attitude_cut", attitude_cut),
        check.share("incentive_cut", incentive_cut),
    ]
    check.done()
    attitude = check.vector("survey['attitude']", survey["attitude"], missing=True)
    often = check.vector("survey['repeat']", survey["repeat"]) >= cuts[0]
    alternatives = check.vector("survey['alternatives']", survey["alternatives"], low=0)
    vouchers = check.vector("survey['voucher_share']", survey["voucher_share"], low=0, high=1)
    check.done()
    good, kin = attitude >= cuts[1], survey["kin"].astype(bool)
    names = ["kinship", "monopoly", "incentive", None, "trust", "inertia", "latent"]
    rules = [kin, often & (alternatives == 0), often & (vouchers >= cuts[2]), attitude.isna()]
    rules += [often & good, often & ~good, ~often & good]
    places = [-1 if name is None else LOYALTY_TYPES.index(name) for name in names]
    codes = np.select([rule.to_numpy() for rule in rules], places, default=LOYALTY_TYPES.index("none"))
    return pd.Series(pd.Categorical.from_codes(codes, categories=LOYALTY_TYPES), index=survey.index)


def probability_of_staying(drivers: pd.DataFrame, *, weights: Any, intercept: float = 0.0) -> pd.Series:
    """Chance that a customer stays when a rival opens: a logit of what holds and what pulls.

    Parameters
    ----------
    drivers : DataFrame, one row a customer
        Numbers: advantage in value over the rival, habit, cost of switching.
    weights : dict or Series
        Weight of each driver on the log-odds scale; positive weights hold the customer.
    intercept : float
        Log-odds of staying when all drivers are 0.

    Returns
    -------
    Series of float, 0 to 1.

    Notes
    -----
    ``P = 1 / (1 + exp(-(intercept + sum w_k x_k)))``.

    Examples
    --------
    >>> drivers = pd.DataFrame({"habit": [0, 1]})
    >>> probability_of_staying(drivers, weights={"habit": 1.0986122887}).round(3).tolist()
    [0.5, 0.75]
    """
    check = Check("probability_of_staying")
    weights = check.vector("weights", weights)
    drivers = check.frame("drivers", drivers, list(weights.index))
    intercept = check.number("intercept", intercept)
    check.done()
    chosen = pd.DataFrame(
        {name: check.vector(f"drivers[{name!r}]", drivers[name]) for name in weights.index},
        index=drivers.index,
    )
    check.done()
    scores = intercept + chosen.to_numpy() @ weights.to_numpy(dtype=float)
    return pd.Series(1 / (1 + np.exp(-scores)), index=drivers.index)


def patronage_kept(before: Any, after: Any, group: Any, *, level: float = 0.95) -> pd.DataFrame:
    """Share of their visits that each group of customers kept after an event.

    Parameters
    ----------
    before, after : Series of float, shape (n_customers,)
        Visits of each customer in two stretches of equal length and season, before and after.
    group : Series, same order
        Group of each customer; customers without one are left out.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    DataFrame by group: ``customers``, ``kept`` (visits after by visits before; above 1 is growth), ``low``
    and ``high``. Groups without a visit before are left out.

    Notes
    -----
    Ratio of sums; the interval is the normal one with the linearised standard error
    ``sqrt(n / (n - 1) * sum((after - kept * before) ** 2)) / sum(before)``; missing for a single customer.

    Examples
    --------
    >>> patronage_kept([10, 10, 4], [9, 7, 1], ["a", "a", "b"])["kept"].tolist()
    [0.8, 0.25]
    """
    check = Check("patronage_kept")
    was = check.vector("before", before, low=0).to_numpy()
    now = check.vector("after", after, low=0).to_numpy()
    groups = pd.Series(group).reset_index(drop=True)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    for name, values in (("after", now), ("group", groups)):
        if len(values) != len(was):
            check.add(errors.different_lengths(name, len(values), "before", len(was)))
    check.done()
    frame = pd.DataFrame({"before": was, "after": now, "customers": 1})
    grouped = frame.groupby(groups, observed=True)
    sums = grouped.sum().query("before > 0")
    kept = (sums["after"] / sums["before"]).rename("kept")
    squares = (now - groups.map(kept).astype(float) * was) ** 2
    n = sums["customers"]
    spread = squares.groupby(groups, observed=True).sum().reindex(sums.index)
    error = np.sqrt((n / (n - 1).where(n > 1)) * spread) / sums["before"]
    half = float(ndtri((1 + level) / 2)) * error
    return pd.DataFrame({"customers": n, "kept": kept, "low": kept - half, "high": kept + half})
