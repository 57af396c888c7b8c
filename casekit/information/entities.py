"""From matched pairs to customers, and how good the matching was."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.information.blocking import as_pairs


def link_quality(found: Iterable[tuple[Any, Any]], truth: Iterable[tuple[Any, Any]]) -> pd.Series:
    """Precision and recall of matched pairs: how many were right, and how many were missed.

    The two errors cost different things. A false match tells one customer's affairs to another; a missed one
    sends two letters. Set the threshold by that, not at the best average. (Shares of *pairs* make big
    clusters weigh more, and accuracy would be near 1 for anybody, since nearly all pairs are strangers.)

    Parameters
    ----------
    found : MultiIndex or iterable of pairs
        Pairs declared the same customer, such as ``scored.index[scored["probability"] > 0.9]``.
    truth : iterable of pairs
        All pairs known to be the same customer; order within a pair does not matter.

    Returns
    -------
    Series with ``right``, ``wrong`` and ``missed`` (pairs), ``precision`` (right by found; missing if none
    was found), ``recall`` (right by true) and ``f1`` (their harmonic mean).

    References
    ----------
    Christen, P. (2012). *Data Matching*. Springer, section 7.2.

    Examples
    --------
    >>> link_quality([("a", "b"), ("c", "d")], [("b", "a"), ("e", "f")])[["precision", "recall"]].tolist()
    [0.5, 0.5]
    """
    check = Check("link_quality")
    declared, true = as_pairs(check, "found", found), as_pairs(check, "truth", truth)
    check.require(bool(true), _("truth must hold at least one pair"), got=_("none"))
    check.done()
    right = len(declared & true)
    precision = right / len(declared) if declared else math.nan
    recall = right / len(true)
    counts = {"right": right, "wrong": len(declared) - right, "missed": len(true) - right}
    f1 = 2 * right / (len(declared) + len(true))
    return pd.Series({**counts, "precision": precision, "recall": recall, "f1": f1}, dtype=float)


def true_pairs(entity: Any) -> pd.MultiIndex:
    """All pairs of records that have the same known customer, to test a matching against.

    Parameters
    ----------
    entity : list, dict or Series, shape (n_records,)
        The known customer of each record; missing values belong to nobody.

    Returns
    -------
    MultiIndex of (``left``, ``right``).

    Examples
    --------
    >>> true_pairs({"r1": "Wang", "r2": "Xu", "r3": "Wang"}).tolist()
    [('r1', 'r3')]
    """
    check = Check("true_pairs")
    series = as_series(entity)
    if series is None:
        check.stop(errors.wrong_type("entity", _("a list, dict or Series"), entity))
    check.names("entity", list(series.dropna()), repeats=True)
    check.unique("entity.index", series.index)
    check.done()
    groups = series.dropna().groupby(series.dropna(), sort=False).groups.values()
    pairs = [(one, other) for labels in groups for at, one in enumerate(labels) for other in labels[at + 1 :]]
    return pd.MultiIndex.from_tuples(pairs, names=["left", "right"]) if pairs else _no_pairs()


def merge_matches(records: Any, pairs: Iterable[tuple[Any, Any]]) -> pd.Series:
    """One customer number for all records that matched pairs tie together, directly or through others.

    If a matches b and b matches c, all three become one, whether or not a looks like c: one false match can
    chain two families together. Look at the largest groups first.

    Parameters
    ----------
    records : DataFrame, Series, Index or list
        The records (a DataFrame's or Series' index names them).
    pairs : MultiIndex or iterable of pairs
        Pairs declared the same customer.

    Returns
    -------
    Series of int named ``entity``, indexed by record: 0, 1, 2, … in the order of first appearance.

    Raises
    ------
    InputError
        If records repeat or a pair names a record that is not there.

    Examples
    --------
    >>> merge_matches(["a", "b", "c", "d"], [("a", "c"), ("c", "d")]).to_dict()
    {'a': 0, 'b': 1, 'c': 0, 'd': 0}
    """
    check = Check("merge_matches")
    known_kinds = (pd.DataFrame, pd.Series, pd.Index, list, tuple)
    if not isinstance(records, known_kinds):
        check.add(errors.wrong_type("records", _("a DataFrame, Series, Index or list"), records))
        check.done()
    index = (
        records.index
        if isinstance(records, (pd.DataFrame, pd.Series))
        else pd.Index(check.names("records", list(records), repeats=True), tupleize_cols=False)
    )
    check.unique("records", index)
    tied = as_pairs(check, "pairs", pairs)
    known = set(index)
    strange = sorted({str(one) for pair in tied for one in pair if one not in known})
    check.require(
        not strange,
        _("pairs must name records"),
        got=errors.listing(strange),
        hint=_("use the same labels in both"),
    )
    check.done()
    root = {label: label for label in index}

    def top(label: Any) -> Any:
        while root[label] != label:
            root[label] = root[root[label]]
            label = root[label]
        return label

    for pair in tied:
        one, other = pair
        root[top(one)] = top(other)
    tops = pd.Series([top(label) for label in index], dtype=object)
    return pd.Series(pd.factorize(tops)[0], index=index, name="entity")


def _no_pairs() -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([[], []], names=["left", "right"])
