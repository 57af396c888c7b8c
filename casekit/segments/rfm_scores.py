"""From recency, frequency and monetary value to scores: the binning rules, and what ties do to them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.engines import is_frame
from casekit.segments.rfm import MEASURES

#: The binning rules, in the words of :func:`rfm_scores`.
RULES = ("even", "rank", "quantile", "quantile_plus_one")

#: Names of the score columns, in the order of the three measures.
SCORES = ("recency_score", "frequency_score", "monetary_score")


def rfm_scores(
    table: Any,
    *,
    rule: str = "even",
    bins: int = 5,
    nested: bool = False,
    cut_points: Mapping[str, Any] | None = None,
) -> Any:
    """A score from 1 (worst) to ``bins`` (best) for each of recency, frequency and monetary value.

    There is no one RFM score: five published rules give five answers, and they part where customers tie. With
    half the customers at one purchase, fifths cut at quantiles give some scores to nobody, and a segment that
    asks for such a score is empty whatever the customers do. State the rule you used; this function warns
    when a score goes to nobody.

    Parameters
    ----------
    table : DataFrame, shape (n_customers, at least 3)
        From :func:`rfm_table`: ``days_since_last_purchase`` (days; fewer is better), ``purchases`` and
        ``amount`` (more is better), one row a customer.
    rule : {"even", "rank", "quantile", "quantile_plus_one"}, default "even"
        - ``"even"``: equal customers get equal scores, and every score is given as long as there are that
          many different values; among such cuts each bin takes as near to an equal share as it can.
        - ``"rank"``: exact fifths of the customers in order (Hughes). Customers who tie on one measure are
          put in order by the two others; customers alike in all three get the same score.
        - ``"quantile"``: cut at the 20, 40, 60 and 80 % quantiles, a customer on a cut below it
          (``pandas.qcut``).
        - ``"quantile_plus_one"``: the rule of the R package rfm: cuts at those quantiles plus 1, a customer
          on a cut above it.
    bins : int, default 5
        Scores per measure, 2 to 9.
    nested : bool, default False
        Score frequency inside each recency score, and monetary value inside each pair of those; cells are
        then of like size, but a 5 for frequency means "often for somebody who bought so long ago". Not with
        ``cut_points``.
    cut_points : mapping of column to list of float, optional
        Fixed cuts for all three columns instead of ``rule``, ``bins - 1`` rising numbers each; a customer on
        a cut lies above it. Fixed cuts are the only rule under which a score keeps its meaning from month to
        month.

    Returns
    -------
    DataFrame of int, indexed like ``table``, with ``recency_score``, ``frequency_score``, ``monetary_score``
    (1 to ``bins``, more is better in all three) and ``rfm_score`` (the three as digits, such as 545). A frame
    of another engine comes back with these four as further columns; the distinct values are fetched.

    Raises
    ------
    InputError
        If a column is missing or holds no numbers, a rule is unknown, or cut points do not rise.

    Warns
    -----
    CasekitWarning
        If some score of some measure is given to nobody.

    Notes
    -----
    ``"even"`` fills bins from the lowest value upwards. With ``c`` customers left and ``k`` bins left it
    takes whole groups of ties as long as that brings the bin nearer to ``c / k`` customers and leaves at
    least ``k - 1`` different values. With fewer different values than bins, the scores are spread from 1 to
    ``bins``.

    The mirror image for recency: with cuts ``q`` on days, the score is ``bins`` less the number of cuts at or
    below the customer's days.

    References
    ----------
    Hughes, A. M. (1994). *Strategic Database Marketing*. Probus (exact fifths, nested fifths).
    Miglautsch, J. R. (2000). Thoughts on RFM scoring. *Journal of Database Marketing* 8(1), 67-72.
    Hebbali, A. *rfm: Recency, Frequency and Monetary Value Analysis*, R package (quantile plus one).

    Examples
    --------
    >>> people = pd.DataFrame({"days_since_last_purchase": [5, 90, 40, 300, 200],
    ...                        "purchases": [9, 1, 1, 1, 3],
    ...                        "amount": [500, 20, 60, 30, 90]}, index=list("ABCDE"))
    >>> rfm_scores(people, bins=3)["rfm_score"].to_dict()
    {'A': 333, 'B': 211, 'C': 212, 'D': 111, 'E': 122}
    """
    check = Check("rfm_scores")
    measures = pd.DataFrame() if is_frame(table) else _measures(check, table)
    check.choice("rule", rule, RULES)
    nested = check.flag("nested", nested)
    bins = check.integer("bins", bins, low=2, high=9)
    cuts = None if cut_points is None else _cut_points(check, cut_points, bins)
    check.require(
        not (nested and cuts is not None), _("nested and cut_points must not both be given"), got=_("both")
    )
    check.done()
    if is_frame(table):
        from casekit.segments import _rfm_frames

        return _rfm_frames.rfm_scores(table, rule=rule, bins=bins, nested=nested, cut_points=cuts)
    scores = pd.DataFrame(index=measures.index)
    groups = pd.Series(0, index=measures.index)
    for column, name in zip(measures.columns, SCORES, strict=True):
        scores[name] = 0
        for group in np.unique(groups):
            rows = groups == group
            scores.loc[rows, name] = _score(measures[rows], column, rule, bins, cuts)
        groups = groups * 10 + scores[name] if nested else groups
    _warn_of_gaps({name: set(scores[name]) for name in SCORES}, bins)
    scores["rfm_score"] = scores[list(SCORES)].to_numpy() @ np.array([100, 10, 1])
    return scores


def rfm_cut_points(
    values: Any, *, bins: int = 5, rule: str = "quantile", higher_is_better: bool = True
) -> pd.Series:
    """The values at which one measure is cut into scores, to print under a table or to keep for next month.

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
    bins : int, default 5
        Number of scores, 2 to 9.
    rule : {"quantile", "quantile_plus_one"}, default "quantile"
    higher_is_better : bool, default True
        False for days since the last purchase; only the labels change.

    Returns
    -------
    Series of float, shape (bins - 1,)
        Rising cuts, labelled by the scores that they part (``"1|2"``; ``"5|4"`` where less is better).

    Examples
    --------
    >>> rfm_cut_points([1, 1, 2, 4, 10], bins=2).to_dict()
    {'1|2': 2.0}
    >>> rfm_cut_points([1, 1, 2, 4, 10], bins=2, rule="quantile_plus_one").to_dict()
    {'1|2': 3.0}
    """
    check = Check("rfm_cut_points")
    series = check.vector("values", values)
    bins = check.integer("bins", bins, low=2, high=9)
    check.choice("rule", rule, ("quantile", "quantile_plus_one"))
    higher_is_better = check.flag("higher_is_better", higher_is_better)
    check.done()
    cuts = _quantiles(series.to_numpy(), bins) + (1.0 if rule == "quantile_plus_one" else 0.0)
    steps = range(1, bins)
    labels = [f"{i}|{i + 1}" if higher_is_better else f"{bins + 1 - i}|{bins - i}" for i in steps]
    return pd.Series(cuts, index=labels)


def _measures(check: Check, table: Any) -> pd.DataFrame:
    frame = check.frame("table", table, list(MEASURES))
    if check.problems:
        return pd.DataFrame(columns=list(MEASURES))
    low = {"days_since_last_purchase": 0.0, "purchases": 0.0, "amount": None}
    checked = {name: check.vector(f"table[{name!r}]", frame[name], low=low[name]) for name in MEASURES}
    return pd.DataFrame(checked)


def _cut_points(check: Check, cut_points: Mapping[str, Any], bins: int) -> dict[str, np.ndarray]:
    cut_points = check.mapping("cut_points", cut_points)
    missing = [name for name in MEASURES if name not in cut_points]
    unknown = [name for name in cut_points if name not in MEASURES]
    if missing or unknown:
        check.add(errors.different_labels("cut_points", missing, unknown, "MEASURES"))
        return {}
    cuts = {}
    for column in MEASURES:
        name = f"cut_points[{column!r}]"
        values = check.vector(name, cut_points[column]).to_numpy()
        if len(values) != bins - 1:
            check.add(errors.different_lengths(name, len(values), _("bins - 1"), bins - 1))
        rises = bool((np.diff(values) > 0).all())
        check.require(rises, _("{name} must rise").format(name=name), got=errors.listing(values))
        cuts[column] = values
    return cuts


def _score(
    measures: pd.DataFrame, column: str, rule: str, bins: int, cuts: Mapping[str, np.ndarray] | None
) -> np.ndarray:
    """Scores of one measure among the customers given."""
    values, more = measures[column].to_numpy(), MEASURES[column]
    if cuts is not None:
        above = np.searchsorted(cuts[column], values, side="right")
    elif rule == "quantile":
        above = np.searchsorted(_quantiles(values, bins), values, side="left")
    elif rule == "quantile_plus_one":
        above = np.searchsorted(_quantiles(values, bins) + 1, values, side="right")
    elif rule == "rank":
        return _by_rank(measures, column, bins)
    else:
        return _even(values if more else -values, bins)
    return above + 1 if more else bins - above


def _quantiles(values: np.ndarray, bins: int) -> np.ndarray:
    return np.quantile(values, np.arange(1, bins) / bins)


def _by_rank(measures: pd.DataFrame, column: str, bins: int) -> np.ndarray:
    """Fifths of the customers in order, ties put in order by the other measures."""
    best_last = pd.DataFrame({name: measures[name] * (1 if more else -1) for name, more in MEASURES.items()})
    order = [column, *(name for name in MEASURES if name != column)]
    place = best_last.groupby(order, sort=True).ngroup()
    return _fifths(place.rank(method="average").to_numpy(), len(place), bins)


def _fifths(rank: np.ndarray, customers: int, bins: int) -> np.ndarray:
    return np.ceil(np.round(bins * (rank - 0.5) / customers, 9)).clip(1, bins).astype(np.int64)


def _even(values: np.ndarray, bins: int) -> np.ndarray:
    """Equal values in one bin, every bin used if the values allow, sizes as equal as that leaves them."""
    _distinct, place, sizes = np.unique(values, return_inverse=True, return_counts=True)
    return _even_sizes(sizes, bins)[place]


def _even_sizes(sizes: np.ndarray, bins: int) -> np.ndarray:
    """The score of each distinct value, in rising order, from how many customers share it."""
    count = len(sizes)
    if count <= bins:
        spread = np.linspace(1, bins, count) if count > 1 else np.array([(bins + 1) / 2])
        return np.round(spread).astype(np.int64)
    score = np.zeros(count, dtype=np.int64)
    at, left = 0, int(sizes.sum())
    for number in range(1, bins + 1):
        later = bins - number
        target, taken, start = left / (later + 1), 0, at
        while at < count - later:
            nearer = abs(taken + sizes[at] - target) <= abs(taken - target)
            if at > start and later and not nearer:
                break
            taken += sizes[at]
            score[at] = number
            at += 1
        left -= taken
    return score


def _warn_of_gaps(given: Mapping[str, set[int]], bins: int) -> None:
    for name, used in given.items():
        unused = sorted(set(range(1, bins + 1)) - used)
        if unused:
            warnings.warn(
                _(
                    "rfm_scores: {measure} {scores} goes to no customer; a segment that asks for it is empty"
                ).format(measure=name, scores=errors.listing(unused)),
                errors.CasekitWarning,
                stacklevel=3,
            )
