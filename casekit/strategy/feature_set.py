"""The smallest set of features that answers every need: a set-cover problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy.canvas import canvas_coverage, read_links

#: Up to this many features the exact answer is computed; beyond it, ``method="auto"`` goes greedy.
EXACT_LIMIT = 100

#: Ways to choose.
COVER_METHODS = ("auto", "exact", "greedy")


@dataclass(frozen=True)
class FeatureSet:
    """A minimum set of features.

    Attributes
    ----------
    features : tuple of str
        What to build, in the order of the canvas.
    left_out : tuple of str
        What the customer can do without: every need that it answers is answered by another.
    uncovered : tuple of str
        Needs that no feature at all answers.
    cost : float
        Cost of ``features``, in the unit of ``costs`` (their number, if no costs were given).
    optimal : bool
        True if no cheaper set exists, False if the greedy rule found it.
    """

    features: tuple[str, ...]
    left_out: tuple[str, ...]
    uncovered: tuple[str, ...]
    cost: float
    optimal: bool


def minimum_features(needs: Any, links: Any, *, costs: Any = None, method: str = "auto") -> FeatureSet:
    """The fewest (or cheapest) features that still answer every need that can be answered.

    The first version of an offer: what may be left out without leaving a need unanswered.

    Parameters
    ----------
    needs : DataFrame, dict, Series or list
        The needs that must be answered, as for :func:`casekit.strategy.canvas_coverage`. Drop those that may
        wait.
    links : dict or DataFrame
        Which feature answers which need, as for :func:`casekit.strategy.read_links`.
    costs : dict or Series of float, optional
        Cost of each feature, above 0. Without it every feature costs 1, and the set is the smallest.
    method : {"auto", "exact", "greedy"}
        ``exact``: integer programming. ``greedy``: again and again the feature with most new needs per cost,
        the earlier one on a tie. ``auto``: exact up to :data:`EXACT_LIMIT` features.

    Returns
    -------
    FeatureSet

    Raises
    ------
    InputError
        For needs in ``links`` that are unknown, features without a cost, costs that are not above 0.

    Notes
    -----
    Minimise ``sum(cost[f] * x[f])`` over ``x[f]`` in {0, 1}, subject to ``sum(x[f] for f answering n) >= 1``
    for each need ``n``. The greedy cost is at most ``1 + 1/2 + ... + 1/m`` times the minimum, ``m`` being the
    most needs that one feature answers. Several sets may cost the same; one of them is given. A feature
    counts as answering a need or not; features that only work together need a model of their own.

    References
    ----------
    Chvátal, V. (1979). A greedy heuristic for the set-covering problem. *Mathematics of Operations Research*
    4(3), 233–235.

    Examples
    --------
    >>> links = {"a": ["1", "2", "3"], "b": ["1", "2", "4"], "c": ["3", "4"], "d": ["5"]}
    >>> plan = minimum_features(["1", "2", "3", "4", "5"], links)
    >>> len(plan.features), plan.cost, plan.optimal
    (3, 3.0, True)
    """
    check = Check("minimum_features")
    check.choice("method", method, COVER_METHODS)
    check.done()
    coverage = canvas_coverage(needs, links)
    features = list(dict.fromkeys(read_links(links)["feature"]))
    price = _costs(check, costs, features)
    check.done()
    covered = coverage[coverage["covered"]]
    answers = np.array(
        [[feature in own for feature in features] for own in covered["covered_by"]], dtype=bool
    ).reshape(len(covered), len(features))
    exact = method == "exact" or (method == "auto" and len(features) <= EXACT_LIMIT)
    chosen = _exact(answers, price) if exact else _greedy(answers, price)
    return FeatureSet(
        features=tuple(name for name, take in zip(features, chosen, strict=True) if take),
        left_out=tuple(name for name, take in zip(features, chosen, strict=True) if not take),
        uncovered=tuple(coverage.loc[~coverage["covered"], "need"]),
        cost=float(price[chosen].sum()),
        optimal=exact,
    )


def _costs(check: Check, costs: Any, features: list[str]) -> np.ndarray:
    if costs is None:
        return np.ones(len(features))
    series = check.vector("costs", costs, low=0, low_open=True)
    missing = [feature for feature in features if feature not in series.index]
    if missing:
        check.add(errors.different_labels("costs", missing, [], _("the features of links")))
        return np.ones(len(features))
    return series.reindex(features).to_numpy(dtype=float)


def _exact(answers: np.ndarray, price: np.ndarray) -> np.ndarray:
    if not len(answers):
        return np.zeros(answers.shape[1], dtype=bool)
    found = milp(
        price / price.max(),
        integrality=np.ones(len(price)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(answers.astype(float), lb=1),
        options={"mip_rel_gap": 0.0},
    )
    return np.asarray(found.x) > 0.5


def _greedy(answers: np.ndarray, price: np.ndarray) -> np.ndarray:
    chosen = np.zeros(len(price), dtype=bool)
    open_needs = np.ones(len(answers), dtype=bool)
    while open_needs.any():
        gain = answers[open_needs].sum(axis=0) / price
        chosen[int(np.argmax(gain))] = True
        open_needs &= ~answers[:, int(np.argmax(gain))]
    return _without_spare(answers, price, chosen)


def _without_spare(answers: np.ndarray, price: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Drop features, dearest first, that later choices have made superfluous."""
    for feature in sorted(np.flatnonzero(chosen), key=lambda one: -price[one]):
        without = chosen.copy()
        without[feature] = False
        if answers[:, without].any(axis=1).all():
            chosen = without
    return chosen


def coverage_by_budget(needs: Any, links: Any, *, costs: Any = None) -> pd.DataFrame:
    """In which order to build the features, and how much importance each step answers.

    Parameters
    ----------
    needs, links, costs
        As for :func:`minimum_features`; ``importance`` of the needs (0 or more) is the weight.

    Returns
    -------
    DataFrame, one row a feature in the order of the greedy rule: ``feature, cost, spent`` (so far),
    ``new_importance`` and ``answered`` (share of all importance so far, 0 to 1). Features that add nothing
    are not listed.

    Examples
    --------
    >>> steps = coverage_by_budget({"rest": 6, "time": 4}, {"night bus": ["time"], "relay": ["rest"]})
    >>> steps[["feature", "answered"]].values.tolist()
    [['relay', 0.6], ['night bus', 1.0]]
    """
    check = Check("coverage_by_budget")
    coverage = canvas_coverage(needs, links)
    features = list(dict.fromkeys(read_links(links)["feature"]))
    price = _costs(check, costs, features)
    total = float(coverage["importance"].sum())
    check.require(total > 0, _("some need must have an importance above 0"), got="0")
    check.done()
    left = dict(zip(coverage["need"], coverage["importance"], strict=True))
    pairs = list(zip(coverage["need"], coverage["covered_by"], strict=True))
    own = {name: [need for need, by in pairs if name in by] for name in features}
    rows = []
    for _step in features:
        gains = [sum(left.get(need, 0.0) for need in own[name]) for name in features]
        best = int(np.argmax(np.array(gains) / price))
        if gains[best] <= 0:
            break
        for need in own[features[best]]:
            left.pop(need, None)
        rows.append((features[best], price[best], gains[best]))
    steps = pd.DataFrame(rows, columns=["feature", "cost", "new_importance"])
    steps["spent"] = steps["cost"].cumsum()
    steps["answered"] = steps["new_importance"].cumsum() / total
    return steps[["feature", "cost", "spent", "new_importance", "answered"]]
