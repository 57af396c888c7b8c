"""Which pairs of records to compare at all, what blocking saves and what it loses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.information.quality import present


def candidate_pairs(records: pd.DataFrame, *, blocks: Sequence[str | Sequence[str]]) -> pd.MultiIndex:
    """Pairs of records that agree on at least one blocking rule: those worth comparing.

    A book of 100,000 customers has five thousand million pairs, nearly all of them strangers. Blocking
    compares only records that share something (telephone, surname and birthday); a true pair that shares none
    of it is lost before any weight is counted, so give two or three rules that fail on different errors.

    Parameters
    ----------
    records : DataFrame, shape (n_records, n_fields)
        One row a record; its index names the records.
    blocks : sequence of column, or of sequences of columns
        Each rule is a column, or several that must all agree. Missing and blank values agree with nothing.

    Returns
    -------
    MultiIndex of (``left``, ``right``), each pair once, left before right in the order of ``records``.

    Raises
    ------
    InputError
        If a column is missing, the index repeats, or no rule is given.

    Examples
    --------
    >>> book = pd.DataFrame({"phone": ["1", "1", "2"], "city": ["Lhasa", None, "Lhasa"]}, index=list("abc"))
    >>> candidate_pairs(book, blocks=["phone", "city"]).tolist()
    [('a', 'b'), ('a', 'c')]
    """
    check = Check("candidate_pairs")
    if isinstance(blocks, str) or not isinstance(blocks, (list, tuple)):
        blocks = check.names("blocks", blocks)
    rules = [check.names("blocks", rule) for rule in blocks]
    check.require(all(rules), _("each rule of blocks must name a column"), got="[]")
    frame = check.frame("records", records, dict.fromkeys(column for rule in rules for column in rule))
    check.require(bool(rules), _("blocks must hold at least one rule"), got=_("none"))
    check.unique("records.index", frame.index)
    check.done()
    place = pd.Series(range(len(frame)))
    found = []
    for rule in rules:
        there = pd.concat([present(frame[column]) for column in rule], axis=1).all(axis=1).to_numpy()
        keys = frame[rule].reset_index(drop=True)[there].assign(_place=place[there])
        both = keys.merge(keys, on=rule, suffixes=("_left", "_right"))
        found.append(both[["_place_left", "_place_right"]][both["_place_left"] < both["_place_right"]])
    pairs = pd.concat(found).drop_duplicates().sort_values(["_place_left", "_place_right"])
    sides = [
        frame.index.take(pairs[column].to_numpy(dtype=int)) for column in ("_place_left", "_place_right")
    ]
    return pd.MultiIndex.from_arrays(sides, names=["left", "right"])


def blocking_quality(
    pairs: Iterable[tuple[Any, Any]], truth: Iterable[tuple[Any, Any]], *, n_records: int
) -> pd.Series:
    """What blocking saves (pairs not compared) and what it costs (true pairs not compared).

    Parameters
    ----------
    pairs : MultiIndex or iterable of pairs
        From :func:`candidate_pairs`.
    truth : iterable of pairs
        Pairs known to be the same customer; the order within a pair does not matter.
    n_records : int
        Number of records, 2 or more.

    Returns
    -------
    Series with ``compared`` (pairs), ``reduction_ratio`` (share of all pairs *not* compared) and
    ``pairs_completeness`` (share of the true pairs that were kept: the ceiling of recall).

    References
    ----------
    Christen, P. (2012). *Data Matching*. Springer, section 7.4.

    Examples
    --------
    >>> blocking_quality([("a", "b")], [("b", "a"), ("a", "c")], n_records=4).round(3).to_dict()
    {'compared': 1.0, 'reduction_ratio': 0.833, 'pairs_completeness': 0.5}
    """
    check = Check("blocking_quality")
    n = check.integer("n_records", n_records, low=2)
    compared, true = as_pairs(check, "pairs", pairs), as_pairs(check, "truth", truth)
    check.require(bool(true), _("truth must hold at least one pair"), got=_("none"))
    check.done()
    return pd.Series(
        {
            "compared": float(len(compared)),
            "reduction_ratio": 1 - len(compared) / (n * (n - 1) / 2),
            "pairs_completeness": len(compared & true) / len(true),
        }
    )


def _listed(pairs: Any) -> list[Any]:
    return [pairs] if isinstance(pairs, np.ndarray) and pairs.ndim == 0 else list(pairs)


def _hashable(pair: Any) -> Any:
    return tuple(pair) if isinstance(pair, list) else pair


def as_pairs(check: Check, name: str, pairs: Iterable[Any]) -> set[frozenset[Any]]:
    """Pairs as unordered sets of two different records."""
    if isinstance(pairs, str) or not isinstance(pairs, Iterable):
        check.add(errors.wrong_type(name, _("a MultiIndex or a list of pairs"), pairs))
        return set()
    found = {
        frozenset(check.names(name, pair, repeats=True))
        if isinstance(pair, (tuple, list))
        else frozenset([pair])
        for pair in check.names(name, [_hashable(pair) for pair in _listed(pairs)], repeats=True)
    }
    odd = [tuple(pair) for pair in found if len(pair) != 2]
    if odd:
        check.add(
            errors.must_hold(
                _("{name} must hold pairs of two different records").format(name=name),
                got=errors.listing(odd),
                hint=_("[('a', 'b'), ('a', 'c')]"),
            )
        )
    return found
