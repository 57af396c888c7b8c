"""Pairwise judgements as a square, reciprocal table; what breaks it is located."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


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
    pairs = judged_pairs(check, judgements)
    check.done()
    labels = check.names("items", items) if items is not None else items_of(pairs)
    check.require(bool(labels), _("judgements must compare at least one pair"), got=_("none"))
    check.done()
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
        values[i, j], values[j, i] = float(value), 1 / float(value)
    check.done()
    return pd.DataFrame(values, index=labels, columns=labels)


def _is_square(judgements: Any) -> bool:
    if isinstance(judgements, pd.DataFrame):
        return judgements.shape[0] == judgements.shape[1] and "value" not in judgements.columns
    if isinstance(judgements, Mapping):
        return False
    if isinstance(judgements, np.ndarray):
        return judgements.ndim == 2 and len(judgements) > 0
    rows = judgements if isinstance(judgements, (list, tuple)) else []
    return bool(rows) and all(isinstance(row, (list, tuple)) or np.ndim(row) == 1 for row in rows)


def judged_pairs(check: Check, judgements: Any) -> list[tuple[str, str, float]]:
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


def items_of(pairs: Iterable[tuple[str, str, float]]) -> list[str]:
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
    if not isinstance(judgements, pd.DataFrame):
        lengths = [len(row) for row in judgements]
        check.require(
            set(lengths) == {len(lengths)},
            _("a table of judgements must have as many columns as rows"),
            got=_("{rows} rows of {columns}").format(
                rows=len(lengths), columns=errors.listing(dict.fromkeys(lengths))
            ),
            hint=_('a dict needs each pair once: {("A", "B"): 3, ("A", "C"): 5}'),
        )
        check.done()
    frame = judgements if isinstance(judgements, pd.DataFrame) else pd.DataFrame(list(map(list, judgements)))
    frame = check.frame("judgements", frame)
    check.done()
    if items is not None:
        items = check.names("items", items)
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
