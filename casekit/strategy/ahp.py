"""Analytic hierarchy process: weights from pairwise judgements, and how consistent the judgements are."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.errors import CasekitWarning

#: Average consistency index of random reciprocal matrices of 3 to 15 items.
RANDOM_INDEX = {
    "saaty": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "alonso-lamata": (
        *(0.5247, 0.8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499),
        *(1.4854, 1.5140, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
}

#: Saaty's limit: above it the judgements should be looked at again.
CONSISTENCY_LIMIT = 0.10

#: Judgements lie between 1/9 and 9 on Saaty's scale.
SCALE = 9.0


def comparison_matrix(judgements: Any, *, items: Sequence[str] | None = None) -> pd.DataFrame:
    """Square table of pairwise judgements, with the reciprocals filled in; pairs not judged stay missing.

    Parameters
    ----------
    judgements : dict, DataFrame or square array
        Either a dict ``{("A", "B"): 3}`` ("A matters three times as much as B"), or a frame with the columns
        ``left, right, value``, or a square table.
    items : list of str, optional
        The items in the order wanted. Without it: the order in which they first appear.

    Returns
    -------
    DataFrame, square, the diagonal 1.

    Raises
    ------
    InputError
        For judgements that are not positive, a pair judged twice in a contradictory way, an item compared
        with itself other than by 1, or a square table that is not reciprocal, with the pairs named.

    References
    ----------
    Saaty, T. L. (1977). A scaling method for priorities in hierarchical structures. *Journal of Mathematical
    Psychology* 15(3), 234–281.

    Examples
    --------
    >>> comparison_matrix({("price", "quality"): 0.5}).values.tolist()
    [[1.0, 0.5], [2.0, 1.0]]
    """
    check = Check("comparison_matrix")
    if _is_square(judgements):
        return _checked_square(check, judgements, items)
    pairs = _pairs(check, judgements)
    check.done()
    labels = list(items) if items is not None else _labels(pairs)
    matrix = pd.DataFrame(np.nan, index=labels, columns=labels)
    np.fill_diagonal(values := matrix.to_numpy(copy=True), 1.0)
    place = {label: number for number, label in enumerate(labels)}
    for left, right, value in pairs:
        known = check.require(
            left in place and right in place,
            _("judgements must compare known items"),
            got=f"{left} : {right}",
        )
        if not (known and _good_value(check, left, right, value)):
            continue
        i, j = place[left], place[right]
        said = values[i, j]
        if not math.isnan(said) and not math.isclose(said, value, rel_tol=1e-6):
            check.require(
                False,
                _("a pair must not be judged in two ways"),
                got=_("{first} and {second}").format(first=errors.shown(said), second=errors.shown(value)),
                where=f"{left} : {right}",
                hint=_("aggregate_judgements combines several judges"),
            )
        values[i, j], values[j, i] = value, 1 / value
    check.done()
    return pd.DataFrame(values, index=labels, columns=labels)


def _is_square(judgements: Any) -> bool:
    if isinstance(judgements, pd.DataFrame):
        return judgements.shape[0] == judgements.shape[1] and "value" not in judgements.columns
    if isinstance(judgements, Mapping):
        return False
    array = np.asarray(judgements, dtype=object)
    return array.ndim == 2 and array.shape[0] == array.shape[1] and array.shape[0] > 0


def _pairs(check: Check, judgements: Any) -> list[tuple[str, str, float]]:
    if isinstance(judgements, Mapping):
        bad = [key for key in judgements if not (isinstance(key, tuple) and len(key) == 2)]
        if bad:
            check.add(errors.wrong_type("judgements", _("a dict keyed by pairs"), bad[0], '{("A", "B"): 3}'))
            return []
        return [(key[0], key[1], value) for key, value in judgements.items()]
    frame = check.frame("judgements", judgements, ["left", "right", "value"])
    if check.problems:
        return []
    return list(frame[["left", "right", "value"]].itertuples(index=False, name=None))


def _labels(pairs: Iterable[tuple[str, str, float]]) -> list[str]:
    return list(dict.fromkeys(label for left, right, _value in pairs for label in (left, right)))


def _good_value(check: Check, left: str, right: str, value: Any) -> bool:
    pair = f"{left} : {right}"
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    hint = _("write 1/3 for the other way round, not −3")
    good = check.require(
        math.isfinite(number) and number > 0,
        _("a judgement must be above zero"),
        got=errors.shown(value),
        where=pair,
        hint=hint,
    )
    if good and left == right:
        good = check.require(number == 1, _("an item must equal itself"), got=errors.shown(value), where=pair)
    return good


def _checked_square(check: Check, judgements: Any, items: Sequence[str] | None) -> pd.DataFrame:
    frame = judgements if isinstance(judgements, pd.DataFrame) else pd.DataFrame(np.asarray(judgements))
    if items is not None and not isinstance(judgements, pd.DataFrame):
        if len(items) != len(frame):
            check.add(errors.different_lengths("items", len(items), "judgements", len(frame)))
            check.done()
        frame = frame.set_axis(list(items), axis=0).set_axis(list(items), axis=1)
    values = frame.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, copy=True)
    labels = list(frame.columns)
    low = np.argwhere(~np.isnan(values) & ((values <= 0) | np.isinf(values)))
    if len(low):
        check.require(
            False,
            _("a judgement must be above zero"),
            got=errors.listing(errors.shown(values[i, j]) for i, j in low),
            where=errors.listing(f"{labels[i]} : {labels[j]}" for i, j in low),
            hint=_("write 1/3 for the other way round, not −3"),
        )
        check.done()
    one_way = np.isnan(values) & ~np.isnan(values.T)
    values[one_way] = 1 / values.T[one_way]
    values[np.isnan(values) & np.eye(len(values), dtype=bool)] = 1.0
    product = np.triu(values * values.T)
    wrong = np.argwhere(~np.isnan(product) & (product != 0) & (np.abs(product - 1) > 0.02))
    if len(wrong):
        check.require(
            False,
            _("the table must be reciprocal: one over the judgement the other way round"),
            got=errors.listing(
                f"{errors.shown(values[i, j])} × {errors.shown(values[j, i])}" for i, j in wrong
            ),
            where=errors.listing(f"{labels[i]} : {labels[j]}" for i, j in wrong),
            hint=_("leave one of the two cells empty and it is filled in"),
        )
    check.done()
    ordered = pd.DataFrame(values, index=labels, columns=labels)
    return ordered if items is None else ordered.loc[list(items), list(items)]


def ahp_weights(judgements: Any, *, items: Sequence[str] | None = None) -> pd.Series:
    """Weights that a set of pairwise judgements implies.

    Not every pair need be judged, as long as each item is linked to every other through some chain of
    judgements.

    Parameters
    ----------
    judgements, items
        As for :func:`comparison_matrix`.

    Returns
    -------
    Series
        Weight of each item, above 0, adding up to 1.

    Raises
    ------
    InputError
        Also when the judgements fall into groups that were never compared with each other.

    Notes
    -----
    The weights are the principal eigenvector of the table: ``A w = lambda_max w``. Where
    pairs were not judged, Harker's table is used: zero in their cells, and one more on the diagonal for each
    missing cell of the row.

    References
    ----------
    Saaty, T. L. (1977). *Journal of Mathematical Psychology* 15(3), 234–281.
    Harker, P. T. (1987). Incomplete pairwise comparisons in the analytic hierarchy process. *Mathematical
    Modelling* 9(11), 837–848.

    Examples
    --------
    >>> ahp_weights({("A", "B"): 2, ("B", "C"): 2}).round(3).to_dict()
    {'A': 0.571, 'B': 0.286, 'C': 0.143}
    """
    matrix = comparison_matrix(judgements, items=items)
    return _principal("ahp_weights", matrix)[0]


def _principal(name: str, matrix: pd.DataFrame) -> tuple[pd.Series, float]:
    """Principal eigenvector (adding up to 1) and eigenvalue, with Harker's cells for missing judgements."""
    values = matrix.to_numpy(dtype=float, copy=True)
    missing = np.isnan(values)
    _check_connected(name, matrix)
    if (values[~missing] > SCALE * (1 + 1e-9)).any():
        warnings.warn(
            _("{function}: some judgements exceed 9, the end of Saaty's scale").format(function=name),
            CasekitWarning,
            stacklevel=3,
        )
    values[missing] = 0.0
    values[np.diag_indices(len(values))] = 1.0 + missing.sum(axis=1)
    roots, vectors = np.linalg.eig(values)
    first = int(np.argmax(roots.real))
    vector = np.abs(vectors[:, first].real)
    return pd.Series(vector / vector.sum(), index=matrix.index, name="weight"), float(roots[first].real)


def _check_connected(name: str, matrix: pd.DataFrame) -> None:
    links = matrix.notna().to_numpy()
    seen = {0}
    border = [0]
    while border:
        for other in np.flatnonzero(links[border.pop()]):
            if int(other) not in seen:
                seen.add(int(other))
                border.append(int(other))
    if len(seen) < len(matrix):
        apart = [str(label) for place, label in enumerate(matrix.index) if place not in seen]
        raise errors.InputError(
            name,
            errors.must_hold(
                _("every item must be linked to the others by judgements"),
                got=_("{items} compared with none of the rest").format(items=errors.listing(apart)),
                hint=_("compare one of them with {item}").format(item=matrix.index[0]),
            ),
        )


@dataclass(frozen=True)
class Consistency:
    """How far pairwise judgements contradict each other.

    Attributes
    ----------
    lambda_max : float
        Principal eigenvalue; equals the number of items when nothing contradicts.
    index : float
        Consistency index.
    random_index : float
        Average index of random judgements.
    ratio : float
        Consistency ratio: 0 perfect, up to 0.10 usual, 1 no better than chance.
    """

    lambda_max: float
    index: float
    random_index: float
    ratio: float

    @property
    def acceptable(self) -> bool:
        """Whether the ratio keeps Saaty's limit of 0.10."""
        return self.ratio <= CONSISTENCY_LIMIT


def random_index(n: int, *, table: str = "saaty", missing: int = 0) -> float:
    """Average consistency index of random judgements on ``n`` items.

    Parameters
    ----------
    n : int
        Number of items, 1 or more; 0 is returned for one and two items, which cannot contradict.
    table : {"saaty", "alonso-lamata"}
        Whose simulation: Saaty (1980) or Alonso and Lamata (2006). Above 15 items both use the line of Alonso
        and Lamata.
    missing : int, default 0
        Pairs not judged; the index shrinks in proportion (Ágoston and Csató).

    Returns
    -------
    float

    Notes
    -----
    Above 15: ``RI = (2.7699 n − 4.3513 − n) / (n − 1)``. With missing pairs:
    ``RI (1 − 2 missing / ((n − 1)(n − 2)))``.

    References
    ----------
    Saaty, T. L. (1980). *The Analytic Hierarchy Process*.
    Alonso, J. A. and Lamata, M. T. (2006). Consistency in the analytic hierarchy process: a new approach.
    *International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems* 14(4), 445–459.
    Ágoston, K. C. and Csató, L. (2022). Inconsistency thresholds for incomplete pairwise comparison matrices.
    *Omega* 108, 102576.

    Examples
    --------
    >>> random_index(7), random_index(7, table="alonso-lamata"), round(random_index(20), 4)
    (1.32, 1.3417, 1.634)
    """
    check = Check("random_index")
    n = check.integer("n", n, low=1)
    missing = check.integer("missing", missing, low=0)
    check.choice("table", table, list(RANDOM_INDEX))
    check.done()
    if n <= 2:
        return 0.0
    values = RANDOM_INDEX[table]
    full = values[n - 3] if n - 3 < len(values) else (2.7699 * n - 4.3513 - n) / (n - 1)
    return max(0.0, full * (1 - 2 * missing / ((n - 1) * (n - 2))))


def ahp_consistency(
    judgements: Any, *, items: Sequence[str] | None = None, table: str = "saaty"
) -> Consistency:
    """How far the judgements contradict each other, beside what chance would give.

    Parameters
    ----------
    judgements, items
        As for :func:`comparison_matrix`.
    table : {"saaty", "alonso-lamata"}
        Random index to compare with.

    Returns
    -------
    Consistency
        With one or two items, or with just enough judgements to link all items, nothing can contradict and
        the ratio is 0.

    Notes
    -----
    ``CI = (lambda_max − n) / (n − 1)``, ``CR = CI / RI``. With missing pairs the ratio is an approximation.

    Examples
    --------
    >>> round(ahp_consistency([[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]).ratio, 3)
    0.033
    """
    matrix = comparison_matrix(judgements, items=items)
    n = len(matrix)
    missing = int(np.isnan(matrix.to_numpy()).sum() // 2)
    expected = random_index(n, table=table, missing=missing)
    root = _principal("ahp_consistency", matrix)[1]
    index = max(0.0, (root - n) / (n - 1)) if n > 1 else 0.0
    ratio = index / expected if expected > 1e-12 else 0.0
    return Consistency(lambda_max=root, index=index, random_index=expected, ratio=ratio)


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
    weights = _principal("judgement_gaps", matrix)[0]
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
        frame = check.frame("matrices", matrices, ["judge", "left", "right", "value"])
        check.done()
        items = list(items) if items is not None else _labels(_pairs(check, frame))
        matrices = [own for _judge, own in frame.groupby("judge", sort=False)]
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
    frame = check.frame("judgements", judgements, ["judge", "left", "right", "value"])
    check.done()
    items = _labels(_pairs(check, frame))
    sets: list[tuple[str, int, Any]] = [
        (str(judge), len(own), comparison_matrix(own, items=items))
        for judge, own in frame.groupby("judge", sort=False)
    ]
    group = aggregate_judgements(frame)
    pairs = int(group.notna().to_numpy().sum() - len(group)) // 2
    sets.append((_("group"), pairs, group))
    records = []
    for judge, count, matrix in sets:
        found = ahp_consistency(matrix, table=table)
        records.append({"judge": judge, "pairs": count, "ratio": found.ratio, "acceptable": found.acceptable})
    return pd.DataFrame(records)
