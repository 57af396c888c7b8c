"""How far two gradings of the same customers agree: who is what under both, and kappa."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.segments._log import in_order, paired

#: Ready-made weights of disagreement between ordered grades.
WEIGHTS = ("linear", "quadratic")


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance, with its interval.

    Attributes
    ----------
    kappa : float
        At most 1 (full agreement); 0 is what chance gives; below 0 is worse than chance.
    observed, expected : float
        Weighted share of agreement seen, and expected if the two gradings had nothing to do with each other.
    standard_error, low, high : float
        Large-sample standard error (missing if the number of customers is unknown) and interval.
    level : float
        Confidence level of the interval.
    """

    kappa: float
    observed: float
    expected: float
    standard_error: float
    low: float
    high: float
    level: float


def confusion_table(first: Any, second: Any, *, grades: Sequence[Any] | None = None) -> pd.DataFrame:
    """Who is what under two gradings: customers by first grade (rows) and second grade (columns).

    Parameters
    ----------
    first, second : list, dict or Series, shape (n_customers,)
        A grade for each customer; matched by label if both carry labels, else by position.
    grades : sequence, optional
        The grades in order, best first; those found, sorted, if not given.

    Returns
    -------
    DataFrame of int, square, grades on both sides; off the diagonal stand the customers on whom they differ.

    Examples
    --------
    >>> confusion_table(["A", "A", "B"], ["A", "B", "B"]).to_numpy().tolist()
    [[1, 1], [0, 1]]
    """
    check = Check("confusion_table")
    both = paired(check, first, second, names=("first", "second"))
    check.done()
    found = set(both["first"]) | set(both["second"])
    order = in_order(found) if grades is None else check.names("grades", grades)
    unknown = sorted(map(str, found - set(order)))
    if unknown:
        check.add(errors.unknown_name("grade", unknown[0], [str(grade) for grade in order]))
    check.done()
    table = pd.crosstab(both["first"], both["second"]).reindex(index=order, columns=order, fill_value=0)
    return table.rename_axis(index="first", columns="second")


def cohen_kappa(table: Any, *, weights: Any = None, n: int | None = None, level: float = 0.95) -> Kappa:
    """Cohen's kappa: agreement of two gradings beyond what chance alone would give.

    Two gradings that call 80 % of customers C agree on most of them without knowing anything. Kappa takes
    that out. It depends on how common the grades are, so compare kappas only on the same customers. Weighted
    kappa counts A against C as worse than A against B.

    Parameters
    ----------
    table : DataFrame or array, shape (n_grades, n_grades)
        Customers (or shares of customers) by the two gradings, such as from :func:`confusion_table`; 0 or
        more.
    weights : {"linear", "quadratic"} or array, shape (n_grades, n_grades), optional
        How bad each disagreement is: 0 on the diagonal, more is worse. All disagreements alike if not given.
    n : int, optional
        Number of customers when ``table`` holds shares; the table's total if it holds counts.
    level : float, default 0.95
        Confidence level, 0 to 1.

    Returns
    -------
    Kappa

    Raises
    ------
    InputError
        If the table is not square or empty, holds a negative number, both gradings put everyone into one
        grade (kappa has no value), or weights do not fit.

    Notes
    -----
    With shares ``p_ij``, margins ``p_i.`` and ``p_.j`` and disagreement weights ``v_ij``:
    ``kappa = 1 - sum(v_ij p_ij) / sum(v_ij p_i. p_.j)``. Linear weights are ``|i - j|``, quadratic ones
    ``(i - j)^2``. The standard error is equation 13 of Fleiss, Cohen and Everitt, with agreement weights
    ``w = 1 - v / max(v)``.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological
    Measurement* 20(1), 37-46.
    Cohen, J. (1968). Weighted kappa. *Psychological Bulletin* 70(4), 213-220.
    Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969). Large sample standard errors of kappa and weighted
    kappa. *Psychological Bulletin* 72(5), 323-327.

    Examples
    --------
    >>> found = cohen_kappa([[20, 5], [10, 15]])
    >>> found.observed, found.expected, round(found.kappa, 9)
    (0.7, 0.5, 0.4)
    """
    check = Check("cohen_kappa")
    counts = _square(check, "table", table)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    total = float(counts.sum())
    check.require(total > 0, _("table must hold at least one customer"), got=errors.shown(total))
    size = float(check.integer("n", n, low=1)) if n is not None else _count(counts, total)
    check.done()
    blame = _weights(check, weights, len(counts))
    check.done()
    shares = counts / total
    likeness = 1 - blame / blame.max()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((likeness * shares).sum())
    expected = float((likeness * np.outer(rows, columns)).sum())
    check.require(
        expected < 1 - 1e-12, _("the gradings must use more than one grade"), got=_("everyone in one grade")
    )
    check.done()
    kappa = (observed - expected) / (1 - expected)
    error = _standard_error(shares, likeness, kappa, expected, size)
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Kappa(kappa, observed, expected, error, kappa - reach, kappa + reach, level)


def _square(check: Check, name: str, table: Any) -> np.ndarray:
    """A square table of numbers, 0 or more."""
    try:
        values = np.asarray(table, dtype=float)
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim != 2 or values.shape[0] != values.shape[1] or len(values) < 2:
        got = _("shape {shape}").format(shape=values.shape)
        check.require(False, _("{name} must be a square table of numbers").format(name=name), got=got)
        return np.ones((2, 2))
    good = np.isfinite(values).all() and (values >= 0).all()
    worst = errors.shown(float(np.nanmin(values))) if not np.isnan(values).all() else _("missing values")
    check.require(bool(good), _("{name} must hold numbers of 0 or more").format(name=name), got=worst)
    return values


def _count(counts: np.ndarray, total: float) -> float:
    """The number of customers behind a table, missing if it holds shares."""
    return total if np.allclose(counts, np.round(counts)) else math.nan


def _weights(check: Check, weights: Any, size: int) -> np.ndarray:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(float)
    if weights is None:
        return (apart > 0).astype(float)
    if isinstance(weights, str):
        check.choice("weights", weights, WEIGHTS)
        return apart if weights == "linear" else apart**2
    blame = _square(check, "weights", weights)
    fits = blame.shape == (size, size)
    check.require(fits, _("weights must be as large as table"), got=f"{blame.shape}")
    check.require(
        bool((np.diag(blame) == 0).all() and blame.max() > 0),
        _("weights must be 0 on the diagonal and above 0 elsewhere"),
        got=errors.listing(np.diag(blame)),
    )
    return blame if fits else apart


def _standard_error(
    shares: np.ndarray, likeness: np.ndarray, kappa: float, expected: float, n: float
) -> float:
    by_row, by_column = likeness @ shares.sum(axis=0), shares.sum(axis=1) @ likeness
    spread = likeness - (by_row[:, None] + by_column[None, :]) * (1 - kappa)
    variance = (shares * spread**2).sum() - (kappa - expected * (1 - kappa)) ** 2
    return float(math.sqrt(max(variance, 0.0) / n) / (1 - expected)) if n == n else math.nan
