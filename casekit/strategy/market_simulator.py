"""From part-worths to market shares: who would choose which product."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy._conjoint_input import INTERCEPT, read_worths

#: How a respondent's utilities become a choice.
CHOICE_RULES = ("maximum", "btl", "logit")

#: What happens to respondents with a negative utility.
NEGATIVE_UTILITIES = ("keep", "drop")


def profile_utilities(worths: Any, products: Any) -> pd.DataFrame:
    """What each product is worth to each respondent: the intercept and the part-worths of its levels.

    Parameters
    ----------
    worths : DataFrame
        As :func:`casekit.strategy.part_worths` gives them; or averages as a dict or Series.
    products : DataFrame, dict or list of dict
        One row a product (the index names it), one column an attribute, cells levels that were in the study.
        Every attribute of ``worths`` must be there.

    Returns
    -------
    DataFrame, respondents by products, points of the rating scale.

    Raises
    ------
    InputError
        For attributes that are missing or unknown, and levels that were not studied.

    Notes
    -----
    ``utility = intercept + sum of part-worths``. Levels between those studied have no part-worth; a price
    outside the range shown is guesswork.

    Examples
    --------
    >>> worths = {"price": {"low": 3, "high": -3}, "leaf": {"bag": -1, "loose": 1}}
    >>> profile_utilities(worths, [{"price": "low", "leaf": "bag"}]).iloc[0].tolist()
    [2.0]
    """
    check = Check("profile_utilities")
    table = read_worths(check, worths)
    frame = check.frame("products", products)
    check.done()
    attributes = list(dict.fromkeys(name for name, _level in table.columns if name != INTERCEPT[0]))
    missing = [name for name in attributes if name not in frame.columns]
    extra = [str(name) for name in frame.columns if name not in attributes]
    if missing or extra:
        check.add(errors.different_labels("products.columns", missing, extra, "worths"))
    check.unique("products.index", frame.index)
    check.done()
    utilities = pd.DataFrame(0.0, index=table.index, columns=frame.index)
    if INTERCEPT in table.columns:
        utilities = utilities.add(table[INTERCEPT], axis=0)
    for attribute in attributes:
        known = list(table[attribute].columns)
        for product, level in frame[attribute].items():
            if level not in known:
                check.add(errors.unknown_name(str(attribute), level, [str(one) for one in known]))
            else:
                utilities[product] += table[(attribute, level)]
    check.done()
    return utilities


def choice_probabilities(
    utilities: Any, *, rule: str = "maximum", scale: float = 1.0, negative: str = "keep"
) -> pd.DataFrame:
    """With which probability each respondent chooses each product.

    Parameters
    ----------
    utilities : DataFrame
        Respondents by products, as :func:`profile_utilities` gives them; a dict or Series is one respondent.
    rule : {"maximum", "btl", "logit"}
        ``maximum``: always the best; equal bests share the choice. ``btl`` (Bradley, Terry and Luce): in
        proportion to utility. ``logit``: in proportion to ``exp(scale * utility)``.
    scale : float, default 1
        For ``logit``, 0 or more: how decided people are. 0 chooses at random, a large one is ``maximum``.
    negative : {"keep", "drop"}
        ``drop`` leaves out respondents who give any product a negative utility, as R's package conjoint does
        for ``btl`` and ``logit``; with ``keep``, ``btl`` refuses them, since shares would be negative.

    Returns
    -------
    DataFrame, respondents by products, each row adding up to 1.

    Raises
    ------
    InputError
        For unknown rules, ``btl`` with negative utilities or only zeros, nobody left after dropping.

    Notes
    -----
    Only ``maximum`` survives any change of the rating scale. ``btl`` changes when a constant is added to all
    ratings, ``logit`` when they are multiplied: part-worths from ratings carry no natural scale, so calibrate
    ``scale`` on known shares (:func:`calibrate_scale`) before believing a logit share. Both ``btl`` and
    ``logit`` let a copy of a product win share from all others alike (independence of irrelevant
    alternatives).

    References
    ----------
    Green, P. E. and Krieger, A. M. (1988). Choice rules and sensitivity analysis in conjoint simulators.
    *Journal of the Academy of Marketing Science* 16(1), 114–127.

    Examples
    --------
    >>> choice_probabilities({"ours": 3, "theirs": 1}, rule="btl").iloc[0].tolist()
    [0.75, 0.25]
    >>> choice_probabilities({"ours": 3, "theirs": 1}, rule="logit").round(3).iloc[0].tolist()
    [0.881, 0.119]
    """
    return _probabilities(Check("choice_probabilities"), utilities, rule, scale, negative)


def market_shares(
    utilities: Any,
    *,
    rule: str = "maximum",
    scale: float = 1.0,
    negative: str = "keep",
    weights: Any = None,
) -> pd.Series:
    """Share of each product if everybody in the study bought one: the market simulator.

    Parameters
    ----------
    utilities, rule, scale, negative
        As for :func:`choice_probabilities`.
    weights : dict, Series or list, optional
        How much each respondent buys or stands for, 0 or more; equal without it.

    Returns
    -------
    Series by product, shares adding up to 1.

    Raises
    ------
    InputError
        As there, and for weights that do not match the respondents or are all 0.

    Notes
    -----
    The weighted mean of :func:`choice_probabilities`. Shares of preference, not of sales: everyone knows and
    finds every product, nobody buys nothing.

    Examples
    --------
    >>> utilities = pd.DataFrame({"ours": [3, 1, 2], "theirs": [1, 2, 2]})
    >>> market_shares(utilities).tolist()
    [0.5, 0.5]
    """
    check = Check("market_shares")
    chances = _probabilities(check, utilities, rule, scale, negative)
    if weights is None:
        return chances.mean().rename("share")
    weight = check.vector("weights", weights, low=0)
    everyone = _utilities(check, utilities).index
    if len(weight) == len(everyone) and not isinstance(weights, (pd.Series, dict)):
        weight = weight.set_axis(everyone)
    weight = check.same_labels("weights", weight, "utilities", everyone)
    check.done()
    weight = weight[chances.index]
    check.require(bool(weight.sum() > 0), _("weights must not all be 0"), got="0")
    check.done()
    return chances.mul(weight / weight.sum(), axis=0).sum().rename("share")


def calibrate_scale(utilities: Any, shares: Any, *, highest: float = 100.0) -> float:
    """The logit scale at which simulated shares come closest to known ones.

    Parameters
    ----------
    utilities : DataFrame
        Of products on the market today, respondents by products.
    shares : dict, Series or list
        Their known shares, adding up to 1.
    highest : float, default 100
        Largest scale tried, above 0.

    Returns
    -------
    float, 0 to ``highest``: use it as ``scale`` for products to come.

    Raises
    ------
    InputError
        For shares that do not add up to 1 or do not match the products.

    Notes
    -----
    Least squares on the shares, by search over the logarithm of the scale. A scale at either end says that
    the utilities cannot explain the shares (distribution and awareness may).

    Examples
    --------
    >>> utilities = pd.DataFrame({"ours": [3.0], "theirs": [1.0]})
    >>> round(calibrate_scale(utilities, {"ours": 0.75, "theirs": 0.25}), 3)    # ln(3) / 2
    0.549
    """
    check = Check("calibrate_scale")
    highest = check.positive("highest", highest)
    table = _utilities(check, utilities)
    known = check.weights("shares", shares)
    check.done()
    if not isinstance(shares, (pd.Series, dict)) and len(known) == table.shape[1]:
        known = known.set_axis(table.columns)
    known = check.same_labels("shares", known, "utilities", table.columns)
    check.done()

    def miss(scale: float) -> float:
        return float(((_logit(table, scale).mean() - known) ** 2).sum())

    grid = np.concatenate([[0.0], np.geomspace(1e-4, 1, 60) * highest])
    best = int(np.argmin([miss(scale) for scale in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    found = minimize_scalar(miss, bounds=(low, high), method="bounded", options={"xatol": 1e-10 * highest})
    return float(found.x) if found.fun < miss(grid[best]) else float(grid[best])


def _utilities(check: Check, utilities: Any) -> pd.DataFrame:
    if isinstance(utilities, (dict, pd.Series)) and all(
        pd.api.types.is_scalar(one) for one in dict(utilities).values()
    ):
        utilities = pd.DataFrame([dict(utilities)])
    frame = check.frame("utilities", utilities)
    check.done()
    check.unique("utilities.columns", frame.columns)
    values = {name: check.vector(str(name), frame[name]) for name in frame.columns}
    check.done()
    return pd.DataFrame(values)


def _probabilities(check: Check, utilities: Any, rule: str, scale: float, negative: str) -> pd.DataFrame:
    check.choice("rule", rule, CHOICE_RULES)
    check.choice("negative", negative, NEGATIVE_UTILITIES)
    scale = check.number("scale", scale, low=0)
    check.done()
    table = _utilities(check, utilities)
    below = (table < 0).any(axis=1)
    if negative == "drop":
        check.require(not below.all(), _("some respondent must have no negative utility"), got=_("nobody"))
        table = table[~below]
    elif rule == "btl":
        check.require(
            not below.any(),
            _("the rule btl needs utilities of 0 or more"),
            got=_("negative utilities"),
            where=errors.rows(table.index[below]),
            hint=_("negative='drop' leaves these respondents out; rule='logit' takes them"),
        )
    check.done()
    if rule == "btl":
        totals = table.sum(axis=1)
        check.require(
            bool((totals > 0).all()),
            _("the rule btl needs a utility above 0"),
            got="0",
            where=errors.rows(totals.index[totals <= 0]),
        )
        check.done()
        return table.div(totals, axis=0)
    return _logit(table, scale) if rule == "logit" else _maximum(table)


def _logit(table: pd.DataFrame, scale: float) -> pd.DataFrame:
    powers = np.exp(scale * table.sub(table.max(axis=1), axis=0))
    return powers.div(powers.sum(axis=1), axis=0)


def _maximum(table: pd.DataFrame) -> pd.DataFrame:
    top = table.max(axis=1)
    best = table.ge(top - 1e-9 * (1 + top.abs()), axis=0).astype(float)
    return best.div(best.sum(axis=1), axis=0)
