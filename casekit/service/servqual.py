"""SERVQUAL: the gap between the service expected and the service met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The five dimensions of Parasuraman, Zeithaml and Berry.
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")


def servqual_gaps(
    expected: pd.DataFrame,
    met: pd.DataFrame,
    dimensions: Mapping[str, Sequence[str]],
    *,
    weights: Any = None,
) -> pd.DataFrame:
    """Service quality as the gap between what customers expected and what they met, by dimension.

    A gap below zero is service short of what was expected. Expectations asked at the same time as the
    verdict are coloured by it, and nearly everybody expects the best; where that worries you, use the
    perceptions alone (SERVPERF), which are in the table too.

    Parameters
    ----------
    expected, met : DataFrame, shape (n_respondents, n_items)
        Expectation and perception, the same questions (columns) of the same respondents (index) on the same
        scale, without gaps.
    dimensions : dict of str to list of str
        Questions of each dimension; the classic five are in ``DIMENSIONS``.
    weights : dict or Series of float, optional
        Importance of each dimension in shares (adding up to 1) or points (adding up to 100). Left out: all
        alike.

    Returns
    -------
    DataFrame, index the dimensions and then ``overall``, with columns ``expected``, ``met``, ``gap`` (met
    less expected), ``standard_error`` (of the gap over respondents), ``weight`` and ``weighted_gap`` (they
    add up to that of ``overall``).

    Raises
    ------
    InputError
        If questions or respondents differ, weights do not add up, or a value is missing.

    Notes
    -----
    ``gap = mean over respondents and questions of (P - E)``; overall ``sum of weight * gap``.

    References
    ----------
    Parasuraman, A., Zeithaml, V. and Berry, L. (1988). SERVQUAL. *Journal of Retailing* 64(1), 12–40.
    Cronin, J. and Taylor, S. (1992). Measuring service quality. *Journal of Marketing* 56(3), 55–68.

    Examples
    --------
    >>> expected = pd.DataFrame({"q1": [7, 6], "q2": [5, 5]})
    >>> met = pd.DataFrame({"q1": [5, 6], "q2": [6, 6]})
    >>> servqual_gaps(expected, met, {"reliability": ["q1"], "empathy": ["q2"]})["gap"].to_dict()
    {'reliability': -1.0, 'empathy': 1.0, 'overall': 0.0}
    """
    check = Check("servqual_gaps")
    tables = [_ratings(check, name, table) for name, table in (("expected", expected), ("met", met))]
    check.done()
    if set(tables[0].columns) != set(tables[1].columns):
        missing = [str(name) for name in tables[0].columns if name not in tables[1].columns]
        extra = [str(name) for name in tables[1].columns if name not in tables[0].columns]
        check.add(errors.different_labels("met.columns", missing, extra, "expected"))
    if not tables[0].index.equals(tables[1].index):
        if set(tables[0].index) == set(tables[1].index) and tables[1].index.is_unique:
            tables[1] = tables[1].reindex(tables[0].index)
        else:
            check.add(errors.different_lengths("met", len(tables[1]), "expected", len(tables[0])))
    dimensions = check.mapping("dimensions", dimensions)
    dimensions = {name: check.names(f"dimensions[{name!r}]", items) for name, items in dimensions.items()}
    check.require(bool(dimensions), _("dimensions must name at least one"), got=_("none"))
    bare = [name for name, items in dimensions.items() if not items]
    check.require(not bare, _("each dimension must name its questions"), got=errors.listing(bare))
    lost = [item for items in dimensions.values() for item in items if item not in tables[0].columns]
    if lost:
        check.add(errors.missing_columns("expected", lost, [str(name) for name in tables[0].columns]))
    check.done()
    share = _weights(check, weights, list(dimensions))
    gaps = pd.DataFrame(
        {name: (tables[1][list(q)] - tables[0][list(q)]).mean(axis=1) for name, q in dimensions.items()}
    )
    rows = {}
    for name, items in dimensions.items():
        before, after = (float(table[list(items)].to_numpy().mean()) for table in tables)
        rows[name] = _row(before, after, gaps[name], float(share[name]))
    table = pd.DataFrame.from_dict(rows, orient="index")
    means = [float((table[name] * share).sum()) for name in ("expected", "met")]
    table.loc["overall"] = pd.Series(_row(means[0], means[1], gaps @ share, 1.0))
    return table.rename_axis("dimension")


def _row(before: float, after: float, gap: pd.Series, weight: float) -> dict[str, float]:
    error = float(gap.std(ddof=1) / np.sqrt(len(gap))) if len(gap) > 1 else np.nan
    mean = float(gap.mean())
    row = {"expected": before, "met": after, "gap": mean, "standard_error": error, "weight": weight}
    return {**row, "weighted_gap": mean * weight}


def _ratings(check: Check, name: str, table: Any) -> pd.DataFrame:
    frame = check.frame(name, table)
    check.done()
    columns = {column: check.vector(f"{name}[{column!r}]", frame[column]) for column in frame.columns}
    return pd.DataFrame(columns, index=frame.index)


def _weights(check: Check, weights: Any, names: list[str]) -> pd.Series:
    if weights is None:
        return pd.Series(1 / len(names), index=names)
    given = check.vector("weights", weights, low=0)
    points = not given.isna().any() and abs(float(given.sum()) - 100) < 1e-6
    given = check.weights("weights", given / 100 if points else given)
    given = check.same_labels("weights", given, "dimensions", pd.Index(names))
    check.done()
    return given
