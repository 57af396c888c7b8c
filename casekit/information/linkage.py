"""Entity resolution: do two records mean the same customer? Match weights after Fellegi and Sunter.

Written here rather than taken from a library: ``recordlinkage`` (0.16, 2023) asks for pandas below 3, and
``splink`` (5.0) runs on DuckDB and SQL, a database engine for what is 200 lines of numpy at the size of a
branch's book. For millions of records take splink: the weights mean the same there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.information.match_models import MatchModel
from casekit.information.quality import present
from casekit.information.similarity import jaro_winkler_similarity


def match_weight(m: float, u: float) -> float:
    """Evidence of one agreement, in bits: how much likelier it is for the same customer than by chance.

    Agreement on sex doubles the odds at most; agreement on a telephone number multiplies them by thousands.

    Parameters
    ----------
    m : float
        Share of pairs of the *same* customer that show the agreement (1 less the error rate), above 0, at
        most 1.
    u : float
        Share of pairs of *different* customers that show it (coincidence), above 0, at most 1.

    Returns
    -------
    float
        ``log2(m / u)``: above 0 speaks for a match, below 0 against it. The weight of disagreement is
        ``match_weight(1 - m, 1 - u)``.

    References
    ----------
    Fellegi, I. P. and Sunter, A. B. (1969). A theory for record linkage. *JASA* 64(328), 1183-1210.

    Examples
    --------
    >>> round(match_weight(0.9, 0.01), 2), round(match_weight(0.1, 0.99), 2)
    (6.49, -3.31)
    """
    check = Check("match_weight")
    shares = [check.number(name, value, low=0, high=1, low_open=True) for name, value in (("m", m), ("u", u))]
    check.done()
    return math.log2(shares[0] / shares[1])


def match_probability(weight: Any) -> float | pd.Series:
    """Chance that a pair is the same customer, from its total weight (prior included).

    Parameters
    ----------
    weight : float, or list, dict or Series of float
        Sum of the weights of all fields and of the prior ``log2(p / (1 - p))``.

    Returns
    -------
    float, or Series labelled like ``weight``
        ``2**weight / (1 + 2**weight)``, 0 to 1; 0.5 at weight 0.

    Examples
    --------
    >>> match_probability(2)
    0.8
    """
    check = Check("match_probability")
    single = isinstance(weight, (int, float, np.number)) and not isinstance(weight, bool)
    weights = pd.Series([check.number("weight", weight)]) if single else check.vector("weight", weight)
    check.done()
    probability = 1 / (1 + np.exp2(-weights.clip(-1000, 1000)))
    return float(probability.iloc[0]) if single else probability


def compare_pairs(
    records: pd.DataFrame, pairs: pd.MultiIndex, *, rules: Mapping[str, str | Sequence[float]]
) -> pd.DataFrame:
    """How far each pair agrees on each field, in levels.

    Parameters
    ----------
    records : DataFrame, shape (n_records, n_fields)
        One row a record; its index names the records.
    pairs : MultiIndex of (left, right)
        From :func:`casekit.information.candidate_pairs`.
    rules : mapping of field to ``"exact"`` or to rising thresholds of likeness
        ``"exact"``: 0 or 1. Thresholds such as ``[0.88, 1.0]``: how many of them the Jaro-Winkler likeness
        reaches (0, 1 or 2).

    Returns
    -------
    DataFrame of float, indexed by ``pairs``, a column a field: 0 (disagree) and up; missing where one of the
    two records has no value, which then speaks neither for nor against.

    Examples
    --------
    >>> book = pd.DataFrame({"name": ["Martha", "Marhta"], "phone": ["1", None]}, index=["a", "b"])
    >>> pair = pd.MultiIndex.from_tuples([("a", "b")])
    >>> compare_pairs(book, pair, rules={"name": [0.9, 1.0], "phone": "exact"}).iloc[0].tolist()
    [1.0, nan]
    """
    check = Check("compare_pairs")
    rules = check.mapping("rules", rules)
    frame = check.frame("records", records, list(rules))
    pairs = _as_index(check, pairs)
    check.require(bool(rules), _("rules must name at least one field"), got=_("none"))
    cuts = {field: _thresholds(check, field, rule) for field, rule in rules.items()}
    check.unique("records.index", frame.index)
    check.done()
    sides = [frame.index.get_indexer(pairs.get_level_values(side)) for side in (0, 1)]
    strange = [pairs[place] for place in np.flatnonzero((sides[0] < 0) | (sides[1] < 0))]
    check.require(not strange, _("pairs must name rows of records"), got=errors.listing(strange))
    check.done()
    levels = {field: _levels(frame[field], sides, cut) for field, cut in cuts.items()}
    return pd.DataFrame(levels, index=pairs)


def score_pairs(levels: pd.DataFrame, model: MatchModel) -> pd.DataFrame:
    """Weight and probability of each pair, with the part that each field contributes.

    Parameters
    ----------
    levels : DataFrame of float, shape (n_pairs, n_fields)
        From :func:`compare_pairs`, with the fields of the model.
    model : MatchModel
        From :func:`match_model` or :func:`fit_match_model`.

    Returns
    -------
    DataFrame indexed like ``levels``: a column of weights (bits) a field, ``prior``, their sum ``weight``,
    and ``probability`` (0 to 1). Missing fields weigh 0.

    Notes
    -----
    ``weight = log2(p / (1 - p)) + sum over fields of log2(m / u)``. Pairs between a lower and an upper
    threshold belong on somebody's desk (clerical review).

    Examples
    --------
    >>> from casekit.information import match_model
    >>> model = match_model({"phone": 0.8}, {"phone": 0.1}, prior=0.5)
    >>> score_pairs(pd.DataFrame({"phone": [1, 0]}), model)["weight"].round(2).tolist()
    [3.0, -2.17]
    """
    check = Check("score_pairs")
    model = check.instance("model", model, MatchModel, hint="match_model(...)")
    frame = check.frame("levels", levels, list(model.m))
    check.done()
    table = model.weights()
    parts = {}
    for field, shares in model.m.items():
        level = check.vector(f"levels[{field!r}]", frame[field], low=0, high=len(shares) - 1, missing=True)
        whole = bool((level.isna() | (level == level.round())).all())
        check.require(whole, _("levels must be whole numbers"), got=str(field))
        check.done()
        values = table.loc[field].to_numpy()[level.fillna(0).astype(int)]
        parts[field] = np.where(level.isna(), 0.0, values)
    scored = pd.DataFrame(parts, index=frame.index)
    scored["prior"] = math.log2(model.prior / (1 - model.prior))
    scored["weight"] = scored.sum(axis=1)
    return scored.assign(probability=match_probability(scored["weight"]))


def _as_index(check: Check, pairs: Any) -> pd.MultiIndex:
    """Pairs of records as candidate_pairs gives them, or a list of pairs."""
    if isinstance(pairs, pd.MultiIndex) and pairs.nlevels == 2:
        return pairs
    listed = list(pairs) if isinstance(pairs, (list, tuple)) else []
    if not listed or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in listed):
        wanted = _("a MultiIndex or a list of pairs")
        check.stop(errors.wrong_type("pairs", wanted, pairs, "[('a', 'b'), ('a', 'c')]"))
    for pair in listed:
        check.names("pairs", pair, repeats=True)
    return pd.MultiIndex.from_tuples(list(map(tuple, listed)), names=["left", "right"])


def _thresholds(check: Check, field: str, rule: Any) -> np.ndarray | None:
    if isinstance(rule, str):
        check.choice(f"rules[{field!r}]", rule, ("exact",))
        return None
    cuts = check.vector(f"rules[{field!r}]", rule, low=0, high=1, low_open=True).to_numpy()
    rises = bool((np.diff(cuts) > 0).all())
    check.require(rises, _("rules[{field!r}] must rise").format(field=field), got=errors.listing(cuts))
    return cuts


def _levels(values: pd.Series, sides: list[np.ndarray], cuts: np.ndarray | None) -> np.ndarray:
    there = present(values).to_numpy()
    left, right = (values.to_numpy(dtype=object)[side] for side in sides)
    if cuts is None:
        level = np.array([a == b for a, b in zip(left, right, strict=True)], dtype=float)
    else:
        alike = [
            jaro_winkler_similarity(str(a), str(b)) if there[i] and there[j] else 0.0
            for a, b, i, j in zip(left, right, *sides, strict=True)
        ]
        level = np.searchsorted(cuts, np.array(alike) + 1e-12, side="right").astype(float)
    return np.where(there[sides[0]] & there[sides[1]], level, np.nan)
