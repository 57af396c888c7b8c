"""Do two listeners rate the same calls alike? Cohen's kappa, plain and weighted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series

#: How much a disagreement of one or more grades counts.
WEIGHTS = ("none", "linear", "quadratic")


@dataclass(frozen=True)
class Agreement:
    """How far two raters agree beyond chance.

    Attributes
    ----------
    kappa, low, high, standard_error : float
        At most 1; 0 is what chance gives, below 0 is less.
    observed, expected : float
        Share of (weighted) agreement seen, and expected by chance, 0 to 1.
    table : DataFrame
        Counts, first rater in rows, second in columns.
    level : float
    """

    kappa: float
    low: float
    high: float
    standard_error: float
    observed: float
    expected: float
    table: pd.DataFrame
    level: float


def rater_agreement(
    first: Any, second: Any, *, weights: str = "none", categories: Any = None, level: float = 0.95
) -> Agreement:
    """Cohen's kappa: agreement of two raters of the same calls, beyond what chance would give.

    A rubric is worth what two people make of it: if they disagree, train them or rewrite it before the marks
    decide anything. Where nearly all calls get one mark, kappa is low even if raters agree on almost all.

    Parameters
    ----------
    first, second : Series or list, shape (n_calls,)
        Marks of each rater, in the same order.
    weights : {"none", "linear", "quadratic"}
        ``none``: any difference counts in full. The others count a difference of more grades as worse.
    categories : list, optional
        All marks in order, lowest first; needed for weights if the marks do not sort that way.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    Agreement

    Raises
    ------
    InputError
        If lengths differ, a mark is missing or unknown, or both raters give one and the same mark to all.

    Notes
    -----
    ``kappa = (p_o - p_e) / (1 - p_e)``, weights ``w = 1 - (|i-j| / (c-1))^a`` with a = 1 or 2 (plain: w = 1
    on the diagonal). Large-sample standard error of Fleiss, Cohen and Everitt.

    References
    ----------
    Cohen, J. (1960). *Educational and Psychological Measurement* 20, 37–46. Fleiss, J., Cohen, J. and
    Everitt, B. (1969). *Psychological Bulletin* 72, 323–327.

    Examples
    --------
    >>> found = rater_agreement(["good", "good", "poor", "poor"], ["good", "poor", "poor", "poor"])
    >>> found.observed, found.expected, found.kappa
    (0.75, 0.5, 0.5)
    """
    check = Check("rater_agreement")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.choice("weights", weights, WEIGHTS)
    marks = [_marks(check, name, given) for name, given in (("first", first), ("second", second))]
    check.done()
    if len(marks[0]) != len(marks[1]):
        check.add(errors.different_lengths("second", len(marks[1]), "first", len(marks[0])))
    seen = sorted(set(marks[0]) | set(marks[1]), key=lambda mark: (str(type(mark)), mark))
    known = seen if categories is None else list(categories)
    for mark in seen:
        if mark not in known:
            check.add(errors.unknown_name("categories", mark, [str(name) for name in known]))
    if len(seen) == 1:
        rule = _("the raters must use more than one mark between them")
        check.add(errors.must_hold(rule, got=repr(seen[0]), hint=_("kappa is about telling calls apart")))
    check.done()
    places = [[known.index(mark) for mark in given] for given in marks]
    counts = np.zeros((len(known), len(known)))
    np.add.at(counts, (places[0], places[1]), 1)
    table = pd.DataFrame(counts.astype(int), index=known, columns=known)
    table = table.rename_axis("first").rename_axis("second", axis=1)
    observed, expected, error = _kappa(counts / counts.sum(), weights, int(counts.sum()))
    kappa = (observed - expected) / (1 - expected)
    half = float(ndtri((1 + level) / 2)) * error
    return Agreement(kappa, kappa - half, min(1.0, kappa + half), error, observed, expected, table, level)


def _marks(check: Check, name: str, given: Any) -> list[Any]:
    series = as_series(given)
    if series is None or series.empty:
        check.add(errors.wrong_type(name, _("a list or Series of marks"), given))
        return []
    if series.isna().any():
        check.add(errors.not_finite(name, errors.rows(series.index[series.isna()])))
    return list(series)


def _kappa(shares: np.ndarray, weights: str, count: int) -> tuple[float, float, float]:
    size = len(shares)
    grade = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(1, size - 1)
    credit = {"none": (grade == 0).astype(float), "linear": 1 - grade, "quadratic": 1 - grade**2}[weights]
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((credit * shares).sum())
    expected = float((credit * np.outer(rows, columns)).sum())
    margin = np.add.outer(credit @ columns, rows @ credit)
    inner = (shares * (credit * (1 - expected) - margin * (1 - observed)) ** 2).sum()
    variance = inner - (observed * expected - 2 * expected + observed) ** 2
    error = math.sqrt(max(0.0, variance) / count) / (1 - expected) ** 2
    return observed, expected, error
