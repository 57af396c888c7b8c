"""Several judges: one table for the group, each judge's consistency, the pairs to ask about again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, pgettext
from casekit._validate import Check
from casekit.strategy.ahp import ahp_consistency, principal_vector
from casekit.strategy.comparisons import comparison_matrix, items_of, judged_pairs


def judgement_gaps(judgements: Any, *, items: Sequence[str] | None = None) -> pd.DataFrame:
    """Judgements against what all of them together imply, the worst first: the pairs to ask about again.

    Parameters
    ----------
    judgements, items
        As for :func:`comparison_matrix`.

    Returns
    -------
    DataFrame with columns ``left, right, judged, implied, factor``; ``factor`` (1 or more) says how many
    times the two differ. Each pair stands once, the way round in which it was judged to favour ``left``.

    Examples
    --------
    >>> said = {("A", "B"): 2, ("A", "C"): 4, ("A", "D"): 2, ("B", "C"): 2, ("B", "D"): 4, ("C", "D"): 2}
    >>> judgement_gaps(said).round(1).loc[0, ["left", "right"]].tolist()
    ['A', 'D']
    """
    matrix = comparison_matrix(judgements, items=items)
    weights = principal_vector("judgement_gaps", matrix)[0]
    records = []
    for i, left in enumerate(matrix.index):
        for right in matrix.index[i + 1 :]:
            judged = float(matrix.loc[left, right])
            if math.isnan(judged):
                continue
            a, b, judged = (left, right, judged) if judged >= 1 else (right, left, 1 / judged)
            implied = float(weights[a] / weights[b])
            gap = math.exp(abs(math.log(judged / implied)))
            records.append({"left": a, "right": b, "judged": judged, "implied": implied, "factor": gap})
    gaps = pd.DataFrame(records, columns=["left", "right", "judged", "implied", "factor"])
    return gaps.sort_values("factor", ascending=False, kind="stable").reset_index(drop=True)


def aggregate_judgements(matrices: Iterable[Any], *, items: Sequence[str] | None = None) -> pd.DataFrame:
    """One table for a group of judges: the geometric mean of those who judged each pair.

    The geometric mean is the only mean that keeps the table reciprocal whichever way round a pair was asked.

    Parameters
    ----------
    matrices : list of dict, DataFrame or array, or one DataFrame
        One a judge, each as :func:`comparison_matrix` takes it; tables may miss pairs. Or one frame with the
        columns ``judge, left, right, value``.
    items : list of str, optional
        The items in the order wanted; needed when judges judged different items.

    Returns
    -------
    DataFrame, square; pairs that nobody judged stay missing.

    References
    ----------
    Aczél, J. and Saaty, T. L. (1983). Procedures for synthesizing ratio judgements. *Journal of Mathematical
    Psychology* 27(1), 93–102.

    Examples
    --------
    >>> aggregate_judgements([{("A", "B"): 8}, {("A", "B"): 2}]).round(3).values.tolist()
    [[1.0, 4.0], [0.25, 1.0]]
    """
    check = Check("aggregate_judgements")
    if isinstance(matrices, pd.DataFrame):
        frame = check.frame(
            "matrices", matrices, ["judge", "left", "right", "value"], keys=["judge", "left", "right"]
        )
        check.done()
        items = list(items) if items is not None else items_of(judged_pairs(check, frame))
        matrices = [own for _judge, own in frame.groupby("judge", sort=False)]
    scalar = isinstance(matrices, np.ndarray) and matrices.ndim == 0
    if isinstance(matrices, (str, Mapping)) or scalar or not isinstance(matrices, Iterable):
        check.stop(errors.wrong_type("matrices", _("a list with one table a judge"), matrices))
    tables = [comparison_matrix(matrix, items=items) for matrix in matrices]
    check.require(bool(tables), _("matrices must hold at least one judge"), got="0")
    check.done()
    labels = list(tables[0].index)
    for number, table in enumerate(tables[1:], start=2):
        check.require(
            set(table.index) == set(labels),
            _("all judges must judge the same items"),
            got=errors.listing(table.index),
            where=_("judge {number}").format(number=number),
            hint=_("pass items=[...] with all of them"),
        )
    check.done()
    logs = np.stack([np.log(table.loc[labels, labels].to_numpy(dtype=float)) for table in tables])
    count = (~np.isnan(logs)).sum(axis=0)
    means = np.where(count > 0, np.nansum(logs, axis=0) / np.maximum(count, 1), np.nan)
    return pd.DataFrame(np.exp(means), index=labels, columns=labels)


def judge_consistency(judgements: pd.DataFrame, *, table: str = "saaty") -> pd.DataFrame:
    """Consistency of every judge and of the group.

    Parameters
    ----------
    judgements : DataFrame
        Columns ``judge, left, right, value``; one row a pair compared by one judge.
    table : {"saaty", "alonso-lamata"}
        Random index to compare with.

    Returns
    -------
    DataFrame with columns ``judge, pairs, ratio, acceptable``, one row a judge and a last one, ``group``, for
    the geometric mean of all.

    Examples
    --------
    >>> said = pd.DataFrame({"judge": ["a", "a", "a", "b"], "left": list("ABAA"), "right": list("BCCC")})
    >>> judge_consistency(said.assign(value=[2, 2, 4, 4])[:3])["ratio"].round(6).tolist()
    [0.0, 0.0]
    """
    check = Check("judge_consistency")
    frame = check.frame(
        "judgements", judgements, ["judge", "left", "right", "value"], keys=["judge", "left", "right"]
    )
    check.done()
    items = items_of(judged_pairs(check, frame))
    sets: list[tuple[str, int, Any]] = [
        (str(judge), len(own), comparison_matrix(own, items=items))
        for judge, own in frame.groupby("judge", sort=False)
    ]
    group = aggregate_judgements(frame)
    pairs = int(group.notna().to_numpy().sum() - len(group)) // 2
    sets.append((pgettext("judges", "group"), pairs, group))
    records = []
    for judge, count, matrix in sets:
        found = ahp_consistency(matrix, table=table)
        records.append({"judge": judge, "pairs": count, "ratio": found.ratio, "acceptable": found.acceptable})
    return pd.DataFrame(records)
