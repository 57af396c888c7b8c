"""Value first, need second: what customers want within each tier of value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.segments._log import in_order
from casekit.segments.clusters import Clusters, k_means


def need_gaps(current: pd.DataFrame, ideal: pd.DataFrame | Any) -> pd.DataFrame:
    """The distance between what a customer wants and what the customer has: need as a gap.

    The course defines a need as the difference between the present and the ideal. Asking only what is
    important finds what everybody calls important; the gap finds what is missing.

    Parameters
    ----------
    current : DataFrame of float, shape (n_customers, n_needs)
        What each customer has now, on any scale.
    ideal : DataFrame of float, shape (n_customers, n_needs), or list, dict or Series, shape (n_needs,)
        What each customer (or every customer) would have ideally, on the same scale.

    Returns
    -------
    DataFrame of float, like ``current``: ideal less current. Above 0 is an unmet need, below 0 is more than
    wanted (perhaps a cost to save).

    Raises
    ------
    InputError
        If the labels of the two do not agree, or a value is missing.

    Examples
    --------
    >>> now = pd.DataFrame({"speed": [3, 5], "advice": [4, 2]}, index=["Wang", "Xu"])
    >>> need_gaps(now, {"speed": 5, "advice": 4}).to_dict("list")
    {'speed': [2.0, 0.0], 'advice': [0.0, 2.0]}
    """
    check = Check("need_gaps")
    now = _numbers(check, "current", current)
    check.done()
    if isinstance(ideal, pd.DataFrame):
        wanted = _numbers(check, "ideal", ideal)
        check.done()
        for axis in ("index", "columns"):
            labels = getattr(wanted, axis).to_series()
            check.same_labels(f"ideal.{axis}", labels, f"current.{axis}", getattr(now, axis))
    else:
        row = check.vector("ideal", ideal)
        check.done()
        row = check.same_labels("ideal", row, "current.columns", now.columns)
        wanted = pd.DataFrame([row.to_numpy()] * len(now), index=now.index, columns=row.index)
    check.done()
    return wanted.reindex(index=now.index, columns=now.columns) - now


@dataclass(frozen=True)
class NeedSegments:
    """Need segments within tiers of value.

    Attributes
    ----------
    customers : DataFrame, one row a customer
        ``tier`` and ``segment`` (such as ``"high 1"``; 1 is the largest of its tier).
    profiles : DataFrame, one row a segment
        ``tier``, ``customers`` and the mean of each need, in its own units.
    within : Series by tier
        Share of the tier's spread of needs left inside segments: 0 if all alike, near 1 if nothing is
        explained.
    """

    customers: pd.DataFrame
    profiles: pd.DataFrame
    within: pd.Series


def segment_by_need(
    needs: pd.DataFrame,
    tier: Any,
    *,
    clusters: int = 3,
    rng: np.random.Generator,
    order: Sequence[Any] | None = None,
) -> NeedSegments:
    """Group customers by what they need, separately in each tier of value.

    Value says whom to serve better, need says how: two customers worth the same may want opposite things. The
    course starts with the most valuable tier. K-means finds groups in any data, also where there are none:
    look at ``within`` for several numbers of clusters, and give a segment a name only if the branch would
    treat it differently.

    Parameters
    ----------
    needs : DataFrame of float, shape (n_customers, n_needs)
        Such as from :func:`need_gaps`. Each need is put on a common scale within its tier (mean 0, standard
        deviation 1), so units do not weigh.
    tier : list, dict or Series, shape (n_customers,)
        Tier of value of each customer, labelled like ``needs`` (or in the same order).
    clusters : int, default 3
        Segments per tier, 1 or more; at most the number of customers who differ in the tier.
    rng : numpy.random.Generator
        Source of the random starts; the same generator state gives the same segments.
    order : sequence, optional
        The tiers from the most valuable; those found, sorted, if not given.

    Returns
    -------
    NeedSegments

    Raises
    ------
    InputError
        If a need does not differ between the customers of a tier, a tier has too few customers, or labels do
        not fit.

    References
    ----------
    Peppers, D. and Rogers, M. (2004). *Managing Customer Relationships*. Wiley, chapter 6.
    MacQueen, J. (1967). Some methods for classification and analysis of multivariate observations.
    *Proceedings of the Fifth Berkeley Symposium* 1, 281-297.

    Examples
    --------
    >>> gaps = pd.DataFrame({"speed": [2.0, 2.1, 0.0, 0.1], "advice": [0.0, 0.2, 2.0, 2.1]})
    >>> found = segment_by_need(gaps, ["high"] * 4, clusters=2, rng=np.random.default_rng(7))
    >>> found.customers["segment"].nunique(), round(float(found.within["high"]), 3)
    (2, 0.005)
    """
    check = Check("segment_by_need")
    frame = _numbers(check, "needs", needs)
    clusters = check.integer("clusters", clusters, low=1)
    rng = check.generator("rng", rng)
    check.done()
    tiers = _tiers(check, tier, frame)
    check.done()
    given = list(dict.fromkeys(check.names("tier", list(tiers), repeats=True)))
    names = in_order(set(given)) if order is None else check.names("order", order)
    unknown = [str(name) for name in given if name not in names]
    if unknown:
        check.add(errors.unknown_name("tier", unknown[0], [str(name) for name in names]))
    names = [name for name in names if name in given]
    for name in names:
        _can_be_grouped(check, frame[(tiers == name).to_numpy()], name, clusters)
    check.done()
    found = {name: _group(frame[(tiers == name).to_numpy()], clusters, rng) for name in names}
    segment = pd.concat([_labels(name, groups) for name, groups in found.items()]).reindex(frame.index)
    customers = pd.DataFrame({"tier": tiers, "segment": segment}, index=frame.index)
    grouped = frame.groupby(customers["segment"], sort=False)
    profiles = pd.DataFrame(
        {"tier": customers.groupby("segment", sort=False)["tier"].first(), "customers": grouped.size()}
    ).join(grouped.mean())
    rows = [f"{name} {number}" for name, groups in found.items() for number in groups.centres.index]
    within = pd.Series({name: groups.within_share for name, groups in found.items()}, name="within")
    return NeedSegments(customers, profiles.loc[rows], within)


def _numbers(check: Check, name: str, frame: Any) -> pd.DataFrame:
    table = check.frame(name, frame)
    if check.problems:
        return table
    check.unique(f"{name}.index", table.index)
    return pd.DataFrame({column: check.vector(f"{name}[{column!r}]", table[column]) for column in table})


def _tiers(check: Check, tier: Any, frame: pd.DataFrame) -> pd.Series:
    series = as_series(tier)
    if series is None:
        check.stop(errors.wrong_type("tier", _("a list or Series with one tier a customer"), tier))
    if len(series) != len(frame):
        check.add(errors.different_lengths("tier", len(series), "needs", len(frame)))
        return series
    if not series.index.equals(pd.RangeIndex(len(series))):
        series = check.same_labels("tier", series, "needs", frame.index)
    if series.isna().any():
        check.add(errors.not_finite("tier", errors.rows(series.index[series.isna()])))
    return pd.Series(series.to_numpy(), index=frame.index)


def _can_be_grouped(check: Check, rows: pd.DataFrame, name: Any, clusters: int) -> None:
    distinct = len(rows.drop_duplicates())
    check.require(
        distinct >= clusters,
        _("each tier must have at least as many different customers as clusters"),
        got=_("{count} in tier {tier}").format(count=distinct, tier=name),
        hint=_("ask for fewer clusters"),
    )
    flat = [str(column) for column in rows if rows[column].nunique() == 1]
    check.require(
        clusters == 1 or not flat,
        _("each need must differ between the customers of a tier"),
        got=_("one value in tier {tier}").format(tier=name),
        where=errors.listing(flat),
        hint=_("leave this need out"),
    )


def _group(rows: pd.DataFrame, clusters: int, rng: np.random.Generator) -> Clusters:
    spread = rows.std(ddof=0).replace(0.0, 1.0)
    return k_means((rows - rows.mean()) / spread, clusters=clusters, rng=rng)


def _labels(name: Any, groups: Clusters) -> pd.Series:
    return groups.labels.map(lambda number: f"{name} {number}")
