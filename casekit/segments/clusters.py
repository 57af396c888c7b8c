"""K-means: groups of like rows, found from several starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check, as_series

#: Rounds of assigning and averaging after which a start is taken as it is.
ROUNDS = 300

#: More starts than this change nothing but the waiting time.
MOST_STARTS = 10_000


@dataclass(frozen=True)
class Clusters:
    """Groups found by :func:`k_means`.

    Attributes
    ----------
    labels : Series of int
        Number of each row's group, 1 for the largest.
    centres : DataFrame, one row a group
        Mean of each column.
    sizes : Series of int
        Rows in each group.
    within : float
        Sum of squared distances from the rows to their centres, in squared units of the data.
    within_share : float
        ``within`` as a share of the sum of squares about the overall mean, 0 to 1.
    """

    labels: pd.Series
    centres: pd.DataFrame
    sizes: pd.Series
    within: float
    within_share: float


def k_means(data: pd.DataFrame, *, clusters: int, rng: np.random.Generator, starts: int = 20) -> Clusters:
    """Divide rows into a given number of groups so that rows are close to the mean of their group.

    Distances are taken in the units given: put columns on a common scale first if their units differ
    (:func:`segment_by_need` does). The best of several starts is kept, since a single start can end in a poor
    division. Groups are numbered by size, so that a second run gives the same names.

    Parameters
    ----------
    data : DataFrame of float, shape (n_rows, n_columns)
    clusters : int
        Number of groups, 1 to the number of different rows.
    rng : numpy.random.Generator
    starts : int, default 20
        Random starts (k-means++), 1 to 10,000.

    Returns
    -------
    Clusters

    Raises
    ------
    InputError
        If a value is missing or there are fewer different rows than groups.

    References
    ----------
    Lloyd, S. P. (1982). Least squares quantization in PCM. *IEEE Transactions on Information Theory* 28(2),
    129-137.
    Arthur, D. and Vassilvitskii, S. (2007). k-means++: the advantages of careful seeding. *SODA*, 1027-1035.

    Examples
    --------
    >>> found = k_means(pd.DataFrame({"x": [0.0, 1, 9, 10, 11]}), clusters=2, rng=np.random.default_rng(1))
    >>> found.centres["x"].to_dict(), found.within
    ({1: 10.0, 2: 0.5}, 2.5)
    """
    check = Check("k_means")
    frame = check.frame("data", data)
    clusters = check.integer("clusters", clusters, low=1)
    starts = check.integer("starts", starts, low=1, high=MOST_STARTS)
    rng = check.generator("rng", rng)
    check.done()
    columns = [check.vector(f"data[{name!r}]", frame[name]) for name in frame.columns]
    check.require(bool(columns), _("data must have at least one column"), got=_("none"))
    check.done()
    rows = np.column_stack(columns)
    distinct = len(np.unique(rows, axis=0))
    check.require(
        clusters <= distinct, _("clusters must be at most the number of different rows"), got=str(clusters)
    )
    check.done()
    runs = [_lloyd(rows, _start(rows, clusters, rng)) for _number in range(starts)]
    return _named(frame, rows, min(runs, key=lambda run: run[1])[0])


def silhouette(data: pd.DataFrame, labels: Any) -> float:
    """How clearly the groups stand apart, to compare numbers of groups.

    Parameters
    ----------
    data : DataFrame of float, shape (n_rows, n_columns)
        As given to :func:`k_means`; at most some thousand rows (all distances are held at once).
    labels : list or Series, shape (n_rows,)
        Group of each row; at least two groups.

    Returns
    -------
    float
        -1 to 1: the mean of ``(b - a) / max(a, b)``, with ``a`` a row's mean distance to its own group and
        ``b`` to the nearest other one. A row alone in its group counts 0. Around 0 the groups are arbitrary.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes. *Journal of Computational and Applied Mathematics* 20, 53-65.

    Examples
    --------
    >>> round(silhouette(pd.DataFrame({"x": [0.0, 1.0, 10.0, 11.0]}), [1, 1, 2, 2]), 3)
    0.9
    """
    check = Check("silhouette")
    frame = check.frame("data", data)
    check.done()
    rows = np.column_stack([check.vector(f"data[{name!r}]", frame[name]) for name in frame.columns])
    held = as_series(labels)
    named = check.names("labels", labels if held is None else list(held), repeats=True)
    place, groups = pd.factorize(pd.Series(named, dtype=object))
    check.require(len(place) == len(rows), _("labels must be as long as data"), got=str(len(place)))
    check.require(len(groups) > 1, _("labels must name at least two groups"), got=str(len(groups)))
    check.done()
    apart = np.sqrt(_squares(rows, rows))
    member = np.eye(len(groups))[place]
    sizes = member.sum(axis=0)
    sums = apart @ member
    own = sizes[place]
    inside = np.take_along_axis(sums, place[:, None], axis=1)[:, 0] / np.maximum(own - 1, 1)
    others = np.where(member > 0, np.inf, sums / sizes).min(axis=1)
    larger = np.maximum(inside, others)
    width = np.divide(others - inside, larger, out=np.zeros(len(rows)), where=(own > 1) & (larger > 0))
    return float(width.mean())


def _squares(rows: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Squared distances between each row and each centre."""
    return ((rows[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)


def _start(rows: np.ndarray, clusters: int, rng: np.random.Generator) -> np.ndarray:
    """Centres far apart: each next one drawn in proportion to its squared distance from those before."""
    centres = rows[[rng.integers(len(rows))]]
    while len(centres) < clusters:
        nearest = _squares(rows, centres).min(axis=1)
        centres = np.vstack([centres, rows[rng.choice(len(rows), p=nearest / nearest.sum())]])
    return centres


def _lloyd(rows: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, float]:
    """Groups and their sum of squares after assigning and averaging until nothing moves."""
    group = np.full(len(rows), -1)
    for _round in range(ROUNDS):
        squares = _squares(rows, centres)
        nearest = squares.argmin(axis=1)
        for number in set(range(len(centres))) - set(nearest):
            far = squares[np.arange(len(rows)), nearest] * (np.bincount(nearest)[nearest] > 1)
            nearest[far.argmax()] = number
        if (nearest == group).all():
            break
        group = nearest
        centres = np.array([rows[group == number].mean(axis=0) for number in range(len(centres))])
    return group, float(((rows - centres[group]) ** 2).sum())


def _named(frame: pd.DataFrame, rows: np.ndarray, group: np.ndarray) -> Clusters:
    """Groups numbered from the largest; equal sizes by their centres, largest first."""
    centres = np.array([rows[group == number].mean(axis=0) for number in range(group.max() + 1)])
    sizes = np.bincount(group)
    order = sorted(range(len(sizes)), key=lambda number: (-sizes[number], *(-centres[number])))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    index = pd.RangeIndex(1, len(order) + 1, name="cluster")
    total = float(((rows - rows.mean(axis=0)) ** 2).sum())
    within = float(((rows - centres[group]) ** 2).sum())
    return Clusters(
        labels=pd.Series(rank[group], index=frame.index, name="cluster"),
        centres=pd.DataFrame(centres[order], index=index, columns=frame.columns),
        sizes=pd.Series(sizes[order], index=index, name="size"),
        within=within,
        within_share=within / total if total > 0 else 0.0,
    )
