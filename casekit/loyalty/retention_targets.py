"""Retention put to a trial: is the list of those at risk the list of those an offer holds?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check


def compare_retention_targets(
    churned: Any,
    treated: Any,
    *,
    scores: Any,
    share: float = 0.2,
    value: float = 0.0,
    cost: float = 0.0,
) -> pd.DataFrame:
    """Which list of customers a retention offer really holds: tested on a trial by lot.

    The usual list is headed by those most likely to leave. In a trial one sees how many of the top of each
    list left with the offer and how many without: the difference is what the list is worth. Retention effort
    is futile where that difference is nought, however well the list predicts churn.

    Parameters
    ----------
    churned : Series or list of bool, shape (n_customers,)
        True for customers who left in the period.
    treated : Series or list of bool, same labels or order
        True for those who by lot got the offer.
    scores : DataFrame or dict of Series, one column a list
        A score for each list, higher first: risk of churn, expected effect, value. Scores must come from
        other customers or folds than those judged here.
    share : float, default 0.2
        Share of all customers at the top of each list, above 0 and at most 1. Ties at the border are
        included.
    value : float, default 0
        Value of one customer held, in money.
    cost : float, default 0
        Cost of one offer, 0 or more.

    Returns
    -------
    DataFrame by list with ``customers`` (at the top), ``churn_without`` and ``churn_with`` (shares of them
    who left, by arm), ``held`` (difference; below 0 the offer drove them away), ``standard_error``,
    ``churn_prevented`` (``held`` × share of the base: fall in the churn of the whole base) and ``gain``
    (money on those at the top).
        A row ``everyone`` comes last, for the offer to all.

    Raises
    ------
    InputError
        If lengths differ, or one arm has nobody at the top of a list.

    Notes
    -----
    Standard error of a difference of shares, ``sqrt(p₁(1-p₁)/n₁ + p₀(1-p₀)/n₀)``. ``gain = customers ·
    (held · value - cost)``.

    References
    ----------
    Ascarza, E. (2018). Retention futility: targeting high-risk customers might be ineffective. *Journal of
    Marketing Research* 55(1), 80–98: in two trials those most at risk were not the best targets.

    Examples
    --------
    >>> churned, treated = [1, 1, 1, 0, 0, 0, 1, 0], [1, 0, 1, 0, 1, 1, 0, 0]
    >>> lists = {"risk": [8, 7, 6, 5, 1, 2, 3, 4], "effect": [1, 2, 3, 4, 8, 7, 6, 5]}
    >>> compare_retention_targets(churned, treated, scores=lists, share=0.5)["held"].tolist()
    [-0.5, 0.5, 0.0]
    """
    check = Check("compare_retention_targets")
    left = check.flags("churned", churned)
    offered = check.flags("treated", treated)
    part = check.number("share", share, low=0, high=1, low_open=True)
    value = check.number("value", value)
    cost = check.number("cost", cost, low=0)
    columns = scores if isinstance(scores, (pd.DataFrame, Mapping)) else {}
    check.require(len(columns) > 0, _("scores must name at least one list"), got=type(scores).__name__)
    check.done()
    offered = check.alike("treated", offered, "churned", left)
    tops = {"everyone": np.ones(len(left), dtype=bool)}
    for name in columns:
        score = check.vector(f"scores[{name!r}]", columns[name])
        score = check.alike(f"scores[{name!r}]", score, "churned", left)
        check.done()
        place = max(1, math.ceil(part * len(left) - 1e-9))
        bar = np.sort(score.to_numpy())[::-1][place - 1]
        tops[name] = score.to_numpy() >= bar
    check.done()
    records = {
        name: _held(check, str(name), left.to_numpy()[top], offered.to_numpy()[top], len(left))
        for name, top in [(name, tops[name]) for name in columns] + [("everyone", tops["everyone"])]
    }
    check.done()
    table = pd.DataFrame.from_dict(records, orient="index")
    table["gain"] = table["customers"] * (table["held"] * value - cost)
    return table


def _held(check: Check, name: str, left: np.ndarray, offered: np.ndarray, base: int) -> dict[str, float]:
    counts = int(offered.sum()), int((~offered).sum())
    if not check.require(
        min(counts) > 0,
        _("the top of every list must hold customers with and without the offer"),
        got=_("{treated} with, {control} without").format(treated=counts[0], control=counts[1]),
        where=name,
        hint=_("take a larger share"),
    ):
        return {}
    with_offer, without = float(left[offered].mean()), float(left[~offered].mean())
    variance = with_offer * (1 - with_offer) / counts[0] + without * (1 - without) / counts[1]
    return {
        "customers": float(len(left)),
        "churn_without": without,
        "churn_with": with_offer,
        "held": without - with_offer,
        "standard_error": math.sqrt(variance),
        "churn_prevented": (without - with_offer) * len(left) / base,
    }
