"""RFM in any engine: the table and fixed cuts as expressions, scores of a rule from distinct values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.engines.frames import (
    as_frame,
    fetch_table,
    frame_like,
    in_order,
    is_lazy,
    join_computed,
    read_frame,
)
from casekit.engines.logs import AMOUNT, CUSTOMER, day_literal, day_number, day_of, read_log
from casekit.segments.rfm import MEASURES
from casekit.segments.rfm_scores import SCORES, _even_sizes, _fifths, _warn_of_gaps
from casekit.segments.rfm_scores import rfm_scores as scores_in_pandas

if TYPE_CHECKING:
    import narwhals as nw

    from casekit.engines.frames import Frame


def rfm_table(purchases: Any, *, today: pd.Timestamp | None, merge_same_day: bool) -> Any:
    """:func:`casekit.segments.rfm_table` for frames that are not pandas, the customer as a column."""
    import narwhals as nw

    check = Check("rfm_table")
    log = read_log(check, purchases, date="date", amount="amount")
    until = (log.last if today is None else pd.Timestamp(today).tz_localize(None)).normalize()
    check.require(
        until >= log.first.normalize(),
        _("today must not lie before the first purchase"),
        got=str(until.date()),
    )
    check.done()
    last_day = (until - pd.Timestamp(0)).days
    rows = log.frame.select(nw.col(CUSTOMER), day_of(log).alias("_day"), nw.col(AMOUNT).alias("amount"))
    rows = rows.filter(nw.col("_day") <= day_literal(log, last_day)).with_columns(nw.lit(1).alias("_n"))
    if merge_same_day:
        rows = rows.group_by(CUSTOMER, "_day").agg(nw.col("amount").sum(), nw.col("_n").max())
    table = rows.group_by(CUSTOMER).agg(
        nw.col("_day").max().alias("last_purchase"),
        nw.col("_n").sum().alias("purchases"),
        nw.col("amount").sum(),
    )
    since = (last_day - day_number(nw.col("last_purchase"))).alias("days_since_last_purchase")
    columns = ["last_purchase", since, nw.col("purchases").cast(nw.Int64), "amount"]
    table = table.select(nw.col(CUSTOMER).alias(log.customer), *columns)
    return in_order(table, log.customer).to_native()


# -- scores -----------------------------------------------------------------------------------------------


def rfm_scores(
    table: Any, *, rule: str, bins: int, nested: bool, cut_points: Mapping[str, np.ndarray] | None
) -> Any:
    """:func:`casekit.segments.rfm_scores` as four further columns of the frame."""
    import narwhals as nw

    check = Check("rfm_scores")
    frame = read_frame(check, "table", table, list(MEASURES))
    check.done()
    if not is_lazy(frame):
        return _scores_in_memory(frame, rule, bins, nested, cut_points).to_native()
    found: dict[str, set[int]] = {}
    groups: list[str] = []
    for column, name in zip(MEASURES, SCORES, strict=True):
        if cut_points is not None:
            frame = frame.with_columns(_by_cuts(column, cut_points[column], bins).alias(name))
            continue
        keys = [column, *(other for other in MEASURES if rule == "rank" and other != column)]
        found[name] = set()

        def compute(
            distinct: pd.DataFrame,
            column: str = column,
            name: str = name,
            groups: tuple[str, ...] = tuple(groups),
        ) -> pd.DataFrame:
            score = _score_distinct(distinct, column, groups, rule, bins)
            found[name] |= set(score.tolist())
            return pd.DataFrame({name: score})

        frame = join_computed(frame, [*groups, *keys], compute)
        groups = [*groups, name] if nested else groups
    if found:
        _warn_of_gaps(found, bins)
    total = sum(nw.col(name) * 10 ** (2 - place) for place, name in enumerate(SCORES))
    return frame.with_columns(total.alias("rfm_score")).to_native()  # type: ignore[union-attr]


def _scores_in_memory(
    frame: Any, rule: str, bins: int, nested: bool, cut_points: Mapping[str, Any] | None
) -> Frame:
    import narwhals as nw

    measures = fetch_table(frame.select(*MEASURES)).astype(float)
    scores = scores_in_pandas(measures, rule=rule, bins=bins, nested=nested, cut_points=cut_points)
    columns = [
        nw.new_series(str(name), values.to_numpy(np.int64), nw.Int64, backend=frame.implementation)
        for name, values in scores.items()
    ]
    return frame.with_columns(*columns)


def _by_cuts(column: str, cuts: np.ndarray, bins: int) -> nw.Expr:
    import narwhals as nw

    score = nw.lit(1 if MEASURES[column] else bins)
    for cut in cuts:
        above = nw.when(nw.col(column) >= float(cut)).then(1).otherwise(0)
        score = score + above if MEASURES[column] else score - above
    return score


def _score_distinct(
    distinct: pd.DataFrame, column: str, groups: tuple[str, ...], rule: str, bins: int
) -> np.ndarray:
    """The score of each distinct value (of each combination, for ranks), group by group."""
    score = np.zeros(len(distinct), dtype=np.int64)
    parts = distinct.groupby(list(groups)).indices if groups else {0: np.arange(len(distinct))}
    for rows in parts.values():
        part = distinct.iloc[rows].astype(float)
        score[rows] = _score_part(part, column, rule, bins)
    return score


def _score_part(part: pd.DataFrame, column: str, rule: str, bins: int) -> np.ndarray:
    values, sizes, more = part[column].to_numpy(), part["customers"].to_numpy(), MEASURES[column]
    if rule == "rank":
        best_last = [
            part[name].to_numpy() * (1 if up else -1) for name, up in MEASURES.items() if name != column
        ]
        order = np.lexsort((*best_last[::-1], values if more else -values))
        end = sizes[order].cumsum()
        rank = np.empty(len(order))
        rank[order] = end - (sizes[order] - 1) / 2
        return _fifths(rank, int(sizes.sum()), bins)
    signed = values if more or rule != "even" else -values
    order = np.argsort(signed)
    ordered, counts = signed[order], sizes[order]
    if rule == "even":
        score = np.empty(len(order), dtype=np.int64)
        score[order] = _even_sizes(counts.astype(np.int64), bins)
        return score
    quantiles = np.array([_quantile(ordered, counts, share / bins) for share in range(1, bins)])
    if rule == "quantile":
        above = np.searchsorted(quantiles, values, side="left")
    else:
        above = np.searchsorted(quantiles + 1, values, side="right")
    return above + 1 if more else bins - above


def _quantile(ordered: np.ndarray, counts: np.ndarray, share: float) -> float:
    """``numpy.quantile`` of the values, each as often as it counts."""
    end = counts.cumsum()
    place = share * (end[-1] - 1)
    below = math.floor(place)
    low, high = (ordered[np.searchsorted(end, index, side="right")] for index in (below, math.ceil(place)))
    return float(np.quantile([low, high], place - below))


# -- segments ---------------------------------------------------------------------------------------------


def name_segments(scores: Any, intervals: pd.DataFrame, others: str) -> Any:
    """:func:`casekit.segments.name_segments` as a column ``segment`` of the frame."""
    import narwhals as nw

    check = Check("name_segments")
    frame = read_frame(check, "scores", scores, list(SCORES))
    check.done()
    name: nw.Expr = nw.lit(others)
    for segment, bounds in zip(reversed(intervals.index), intervals.to_numpy(float)[::-1], strict=True):
        fits = nw.lit(True)
        for column, low, high in zip(SCORES, bounds[::2], bounds[1::2], strict=True):
            fits = fits & (nw.col(column) >= low) & (nw.col(column) <= high)
        name = nw.when(fits).then(nw.lit(str(segment))).otherwise(name)
    return frame.with_columns(name.alias("segment")).to_native()


def segment_summary(table: Any, segments: str) -> Any:
    """:func:`casekit.segments.segment_summary`, the segments being a column of the frame."""
    import narwhals as nw

    check = Check("segment_summary")
    frame = read_frame(check, "table", table, [*MEASURES, segments])
    check.done()
    size = nw.len().alias("customers")
    found = fetch_table(frame.group_by(segments).agg(size, nw.col("amount").sum())).set_index(segments)
    customers, amount = found["customers"].astype(float), found["amount"].astype(float)
    medians = {
        column: _medians(fetch_table(frame.group_by(segments, column).agg(size)), segments, column)
        for column in ("days_since_last_purchase", "purchases")
    }
    summary = pd.DataFrame(
        {
            "customers": found["customers"].astype(np.int64),
            "customer_share": customers / customers.sum(),
            "amount": amount,
            "amount_share": amount / amount.sum(),
            "median_days_since_last_purchase": medians["days_since_last_purchase"],
            "median_purchases": medians["purchases"],
            "amount_per_customer": amount / customers,
        }
    )
    summary = summary.sort_index().sort_values("amount", ascending=False, kind="stable")
    return as_frame(frame_like(frame, summary.rename_axis("segment").reset_index())).to_native()


def _medians(counts: pd.DataFrame, segments: str, column: str) -> pd.Series:
    """The median of a column in each segment, from how often each value occurs."""
    medians = {}
    for segment, part in counts.sort_values(column).groupby(segments):
        medians[segment] = _quantile(part[column].to_numpy(float), part["customers"].to_numpy(), 0.5)
    return pd.Series(medians)
