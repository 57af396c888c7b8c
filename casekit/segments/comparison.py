"""How far scores of the same customers agree: order, grades and the top of the list."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.segments._log import paired
from casekit.segments.agreement import cohen_kappa, confusion_table
from casekit.segments.grading import grade_by_rank


def rank_correlation(first: Any, second: Any, *, method: str = "spearman") -> float:
    """Whether two scores put customers in the same order, whatever their units.

    Parameters
    ----------
    first, second : list, dict or Series of float, shape (n_customers,)
        Two scores of the same customers; matched by label if both carry labels, else by position.
    method : {"spearman", "kendall"}, default "spearman"
        Spearman's rho (correlation of ranks, ties at their average rank) or Kendall's tau-b (share of pairs
        in the same order less share in opposite order, ties taken out).

    Returns
    -------
    float
        -1 (opposite order) to 1 (same order).

    Raises
    ------
    InputError
        If a score is missing, there are fewer than two customers, or all have the same score.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two things. *American Journal of
    Psychology* 15(1), 72-101.
    Kendall, M. G. (1945). The treatment of ties in ranking problems. *Biometrika* 33(3), 239-251.

    Examples
    --------
    >>> round(rank_correlation([1, 2, 3, 4], [10, 30, 20, 90]), 9)
    0.8
    >>> round(rank_correlation([1, 2, 3, 4], [10, 30, 20, 90], method="kendall"), 4)
    0.6667
    """
    check = Check("rank_correlation")
    check.choice("method", method, ("spearman", "kendall"))
    both = paired(check, first, second, names=("first", "second"))
    check.done()
    scores = [check.vector(name, both[name]) for name in ("first", "second")]
    check.require(len(both) > 1, _("there must be at least two customers"), got=str(len(both)))
    for name, score in zip(("first", "second"), scores, strict=True):
        check.require(
            score.nunique() != 1,
            _("{name} must differ between customers").format(name=name),
            got=_("one value"),
        )
    check.done()
    if method == "kendall":
        from scipy.stats import kendalltau

        return float(kendalltau(*scores).statistic)
    ranks = [score.rank(method="average").to_numpy() for score in scores]
    return float(np.corrcoef(*ranks)[0, 1])


def top_overlap(first: Any, second: Any, *, share: float = 0.2) -> float:
    """Of the best customers by one score, the share that is also best by the other.

    Two scores can correlate well and still call different people: what matters to the branch is the top of
    the list.

    Parameters
    ----------
    first, second : list, dict or Series of float, shape (n_customers,)
        Two scores of the same customers, more is better.
    share : float, default 0.2
        Share of customers that counts as best, above 0 and at most 1; the number is rounded up.

    Returns
    -------
    float
        0 to 1. Two scores that have nothing to do with each other give about ``share``. Customers who tie on
        the edge of the list count with the part of the places that is left for them.

    Examples
    --------
    >>> top_overlap([9, 8, 2, 1], [9, 1, 8, 2], share=0.5)
    0.5
    """
    check = Check("top_overlap")
    both = paired(check, first, second, names=("first", "second"))
    share = check.number("share", share, low=0, high=1, low_open=True)
    check.done()
    scores = [check.vector(name, both[name]).to_numpy() for name in ("first", "second")]
    check.done()
    places = math.ceil(share * len(both) - 1e-9)
    one, other = (_membership(score, places) for score in scores)
    return float((one * other).sum() / places)


def compare_gradings(
    scores: pd.DataFrame, *, sizes: Mapping[str, float] | None = None, share: float = 0.2
) -> pd.DataFrame:
    """Every pair of scores of the same customers compared: rule, RFM, predicted value.

    Parameters
    ----------
    scores : DataFrame, shape (n_customers, n_scores)
        One column a score (rule as 3, 2, 1; RFM score; predicted value), more is better.
    sizes : dict of grade to share, optional
        Grades to which each score is cut before kappa is taken (:func:`casekit.segments.grade_by_rank`);
        20 % A, 30 % B, 50 % C if not given.
    share : float, default 0.2
        Share of customers that counts as best.

    Returns
    -------
    DataFrame, one row a pair, with ``first``, ``second``, ``spearman``, ``kappa`` (quadratic weights) and
    ``top_overlap``.

    Examples
    --------
    >>> two = pd.DataFrame({"rule": [3, 2, 1, 1], "value": [90, 40, 20, 10]})
    >>> compare_gradings(two, sizes={"A": 0.25, "B": 0.25, "C": 0.5})["kappa"].tolist()
    [1.0]
    """
    check = Check("compare_gradings")
    frame = check.frame("scores", scores)
    check.require(frame.shape[1] > 1, _("scores must have at least two columns"), got=str(frame.shape[1]))
    check.done()
    grades = {"A": 0.2, "B": 0.3, "C": 0.5} if sizes is None else check.mapping("sizes", sizes)
    cut = {name: grade_by_rank(frame[name], sizes=grades) for name in frame.columns}
    rows = []
    for place, one in enumerate(frame.columns):
        for other in frame.columns[place + 1 :]:
            table = confusion_table(cut[one], cut[other], grades=list(grades))
            rows.append(
                {
                    "first": one,
                    "second": other,
                    "spearman": rank_correlation(frame[one], frame[other]),
                    "kappa": cohen_kappa(table, weights="quadratic").kappa,
                    "top_overlap": top_overlap(frame[one], frame[other], share=share),
                }
            )
    return pd.DataFrame(rows)


def _membership(score: np.ndarray, places: int) -> np.ndarray:
    """How much of a place among the best each customer has; ties on the edge share what is left."""
    edge = np.sort(score)[::-1][places - 1]
    above, at = score > edge, score == edge
    return above + at * (places - above.sum()) / at.sum()
