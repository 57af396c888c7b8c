"""Names for RFM scores: the table of intervals, which cells it reaches, and what each segment brings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.engines import is_frame
from casekit.segments.rfm_scores import SCORES

#: Where a segment's scores begin and end.
BOUNDS = [f"{name.removesuffix('_score')}_{end}" for name in SCORES for end in ("low", "high")]

#: The interval table of the R package rfm, in the order in which it is read.
_NAMED = {
    "Champions": (5, 5, 5, 5, 5, 5),
    "Potential Loyalist": (3, 5, 3, 5, 2, 5),
    "Loyal Customers": (2, 4, 2, 4, 2, 4),
    "Promising": (3, 4, 1, 3, 3, 5),
    "New Customers": (4, 5, 1, 3, 1, 5),
    "Can't Lose Them": (1, 2, 3, 4, 4, 5),
    "At Risk": (1, 2, 2, 5, 4, 5),
    "Need Attention": (1, 3, 3, 5, 3, 5),
    "About To Sleep": (2, 3, 1, 3, 1, 4),
    "Lost": (1, 1, 1, 5, 1, 5),
}

#: The name of a customer whom no interval reaches.
OTHERS = "Others"


def rfm_segment_table() -> pd.DataFrame:
    """The best-known table of RFM segment names: intervals of the three scores, read from the top.

    The order is part of the table: intervals overlap, and a customer belongs to the first that fits. Names
    such as "Can't Lose Them" are advice, not findings; nothing in the table was estimated.

    Returns
    -------
    DataFrame of int, indexed by ``segment``, with ``recency_low``, ``recency_high``, ``frequency_low``, … :
    both ends belong to the interval, 5 is best.

    References
    ----------
    Hebbali, A. *rfm*, R package 0.3.0, example of ``rfm_segment``.

    Examples
    --------
    >>> rfm_segment_table().loc["Lost"].tolist()
    [1, 1, 1, 5, 1, 5]
    """
    table = pd.DataFrame.from_dict(_NAMED, orient="index", columns=BOUNDS)
    return table.rename_axis("segment")


def name_segments(scores: Any, *, table: pd.DataFrame | None = None) -> Any:
    """The segment of each customer: the first row of the table whose three intervals hold the scores.

    Parameters
    ----------
    scores : DataFrame, shape (n_customers, at least 3)
        From :func:`rfm_scores`, with ``recency_score``, ``frequency_score`` and ``monetary_score``.
    table : DataFrame, optional
        Intervals as in :func:`rfm_segment_table` (that table if not given); the order of its rows counts.

    Returns
    -------
    Series of str named ``segment``, indexed like ``scores``; ``"Others"`` where no interval fits. A frame of
    another engine comes back with ``segment`` as a further column.

    Examples
    --------
    >>> five = pd.DataFrame({"recency_score": [5, 5, 1], "frequency_score": [5, 1, 1],
    ...                      "monetary_score": [5, 1, 1]}, index=["A", "B", "C"])
    >>> name_segments(five).to_dict()
    {'A': 'Champions', 'B': 'New Customers', 'C': 'Lost'}
    """
    check = Check("name_segments")
    if is_frame(scores):
        from casekit.segments import _rfm_frames

        intervals = _intervals(check, table)
        check.done()
        return _rfm_frames.name_segments(scores, intervals, OTHERS)
    frame = check.frame("scores", scores, list(SCORES))
    intervals = _intervals(check, table)
    check.done()
    values = np.column_stack([check.vector(f"scores[{name!r}]", frame[name]) for name in SCORES])
    check.done()
    names = np.array([*intervals.index, OTHERS], dtype=object)
    return pd.Series(names[_first_match(values, intervals)], index=frame.index, name="segment")


def segment_reach(table: pd.DataFrame | None = None, *, bins: int = 5) -> pd.DataFrame:
    """How many score cells each segment of a table gets, and how many the rows above it took away.

    A segment with no cell can hold nobody, whatever customers do: read the table before you read the results.

    Parameters
    ----------
    table : DataFrame, optional
        Intervals as in :func:`rfm_segment_table` (that table if not given).
    bins : int, default 5
        Scores per measure; there are ``bins ** 3`` cells.

    Returns
    -------
    DataFrame indexed by segment, with ``cells_asked`` (cells inside its intervals), ``cells_got`` (those that
    no earlier row took) and ``reachable``; last row ``"Others"``: the cells that no row reaches.

    Examples
    --------
    >>> two = pd.DataFrame([[1, 5] * 3, [5, 5] * 3], index=["all", "best"], columns=BOUNDS)
    >>> segment_reach(two)["cells_got"].to_dict()
    {'all': 125, 'best': 0, 'Others': 0}
    """
    check = Check("segment_reach")
    intervals = _intervals(check, table)
    bins = check.integer("bins", bins, low=2, high=9)
    check.done()
    axis = np.arange(1, bins + 1)
    cells = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    got = np.bincount(_first_match(cells, intervals), minlength=len(intervals) + 1)
    asked = _holds(cells, intervals).sum(axis=0)
    index = pd.Index([*intervals.index, OTHERS], name="segment")
    reach = pd.DataFrame({"cells_asked": [*asked, got[-1]], "cells_got": got}, index=index)
    return reach.assign(reachable=reach["cells_got"] > 0)


def segment_summary(table: Any, segments: Any) -> Any:
    """What each segment is and brings: customers, money and the usual customer.

    Parameters
    ----------
    table : DataFrame, shape (n_customers, at least 3)
        From :func:`rfm_table`.
    segments : Series of str, shape (n_customers,)
        From :func:`name_segments` (or any other grouping), labelled like ``table``. For a frame of another
        engine: the name of its segment column.

    Returns
    -------
    DataFrame indexed by segment, most money first, with ``customers``, ``customer_share``, ``amount``,
    ``amount_share`` (of the total; above 1 if others brought refunds), ``median_days_since_last_purchase``,
    ``median_purchases`` and ``amount_per_customer``.

    Examples
    --------
    >>> people = pd.DataFrame({"days_since_last_purchase": [1, 3, 9], "purchases": [5, 3, 1],
    ...                        "amount": [60, 30, 10]}, index=["A", "B", "C"])
    >>> segment_summary(people, ["good", "good", "gone"])[["customers", "amount_share"]].to_dict("list")
    {'customers': [2, 1], 'amount_share': [0.9, 0.1]}
    """
    check = Check("segment_summary")
    if is_frame(table):
        from casekit.segments import _rfm_frames

        check.require(
            isinstance(segments, str),
            _("segments must be the name of a column of the frame"),
            got=type(segments).__name__,
            hint='segment_summary(name_segments(scores), "segment")',
        )
        check.done()
        return _rfm_frames.segment_summary(table, segments)
    measures = ["days_since_last_purchase", "purchases", "amount"]
    frame = check.frame("table", table, measures)
    check.done()
    frame = pd.DataFrame({name: check.vector(f"table[{name!r}]", frame[name]) for name in measures})
    groups = as_series(segments)
    if groups is None:
        check.stop(errors.wrong_type("segments", _("a list or Series with one segment a customer"), segments))
    check.names("segments", list(groups), repeats=True)
    if len(groups) != len(frame):
        check.add(errors.different_lengths("segments", len(groups), "table", len(frame)))
    elif isinstance(segments, pd.Series) and not groups.index.equals(pd.RangeIndex(len(groups))):
        groups = check.same_labels("segments", groups, "table", frame.index)
    check.done()
    grouped = frame.groupby(groups.to_numpy())
    found = pd.DataFrame(
        {
            "customers": grouped.size(),
            "customer_share": grouped.size() / len(frame),
            "amount": grouped["amount"].sum(),
            "amount_share": grouped["amount"].sum() / frame["amount"].sum(),
            "median_days_since_last_purchase": grouped["days_since_last_purchase"].median(),
            "median_purchases": grouped["purchases"].median(),
            "amount_per_customer": grouped["amount"].mean(),
        }
    )
    return found.rename_axis("segment").sort_values("amount", ascending=False, kind="stable")


def _intervals(check: Check, table: pd.DataFrame | None) -> pd.DataFrame:
    if table is None:
        return rfm_segment_table()
    frame = check.frame("table", table, BOUNDS)
    if check.problems:
        return rfm_segment_table()
    check.unique("table.index", frame.index)
    for low, high in zip(BOUNDS[::2], BOUNDS[1::2], strict=True):
        lows, highs = (check.vector(f"table[{name!r}]", frame[name], low=1) for name in (low, high))
        falling = frame.index[(lows > highs).to_numpy()]
        check.require(
            not len(falling),
            _("an interval must not end below its beginning"),
            got=errors.listing(f"{low} > {high}: {label}" for label in falling),
        )
    return frame[BOUNDS]


def _holds(values: np.ndarray, intervals: pd.DataFrame) -> np.ndarray:
    """Which cells (rows) lie in which intervals (columns)."""
    bounds = intervals.to_numpy(dtype=float)
    low, high = bounds[:, ::2], bounds[:, 1::2]
    return ((values[:, None, :] >= low) & (values[:, None, :] <= high)).all(axis=2)


def _first_match(values: np.ndarray, intervals: pd.DataFrame) -> np.ndarray:
    holds = np.column_stack([_holds(values, intervals), np.ones(len(values), dtype=bool)])
    return holds.argmax(axis=1)
