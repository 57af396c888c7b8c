"""Customers who move between tiers as a Markov chain: where they go, and what each state is worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import betaincinv, chdtrc

from casekit import errors
from casekit._text import _
from casekit._validate import TOTAL_TOLERANCE, Check


def migration_counts(
    panel: pd.DataFrame,
    *,
    state: str = "tier",
    customer: str = "customer_id",
    month: str = "month",
    states: Sequence[str] | None = None,
) -> pd.DataFrame:
    """How many customers went from each state to each state between consecutive months.

    Parameters
    ----------
    panel : DataFrame
        One row a customer and month, months without gaps (as :func:`casekit.loyalty.assign_tiers` gives).
    state, customer, month : str
        Names of the columns.
    states : sequence of str, optional
        States in the order wanted; by default the categories of the column, or its values in order.

    Returns
    -------
    DataFrame of int, shape (n_states, n_states)
        Rows are the states left, columns the states reached.

    Examples
    --------
    >>> panel = pd.DataFrame({"customer_id": "Li", "month": [1, 2, 3], "tier": ["silver", "silver", "gold"]})
    >>> migration_counts(panel, states=["silver", "gold"]).loc["silver"].to_dict()
    {'silver': 1, 'gold': 1}
    """
    check = Check("migration_counts")
    panel = check.frame("panel", panel, [customer, month, state])
    check.done()
    values = panel[state]
    if states is None:
        is_category = isinstance(values.dtype, pd.CategoricalDtype)
        states = list(values.cat.categories if is_category else sorted(values.unique()))
    unknown = sorted(set(values.astype(object)) - set(states), key=str)
    if unknown:
        check.add(errors.unknown_name(_("state"), unknown[0], [str(known) for known in states]))
    check.unique("panel", list(zip(panel[customer], panel[month], strict=True)))
    check.done()
    ordered = panel.sort_values([customer, month], kind="stable")
    codes = pd.Categorical(ordered[state].astype(object), categories=states).codes
    same = (ordered[customer].to_numpy()[1:] == ordered[customer].to_numpy()[:-1]).nonzero()[0]
    counts = np.zeros((len(states), len(states)), dtype=np.int64)
    np.add.at(counts, (codes[same], codes[same + 1]), 1)
    return pd.DataFrame(counts, index=pd.Index(states, name="from"), columns=pd.Index(states, name="to"))


def migration_matrix(counts: pd.DataFrame, *, prior: float | pd.DataFrame = 0.0) -> pd.DataFrame:
    """Share of each state's customers that is in each state one period later.

    Parameters
    ----------
    counts : DataFrame, shape (n_states, n_states)
        From :func:`migration_counts`, same labels on both axes.
    prior : float or DataFrame of the same shape, default 0
        Dirichlet prior as made-up moves a cell, zero or more. 0 gives the plain shares; 0.5 keeps a move that
        was not seen from counting as impossible.

    Returns
    -------
    DataFrame, rows add up to 1.

    Notes
    -----
    ``P[i, j] = (n[i, j] + a[i, j]) / sum_j (n[i, j] + a[i, j])``, the posterior mean.

    Examples
    --------
    >>> counts = pd.DataFrame([[8, 2], [0, 10]], index=["a", "b"], columns=["a", "b"])
    >>> migration_matrix(counts).loc["a"].to_dict()
    {'a': 0.8, 'b': 0.2}
    >>> migration_matrix(counts, prior=1).loc["b"].round(3).to_dict()
    {'a': 0.083, 'b': 0.917}
    """
    weights = _posterior("migration_matrix", counts, prior)
    return weights.div(weights.sum(axis=1), axis=0)


def migration_interval(
    counts: pd.DataFrame, *, prior: float | pd.DataFrame = 0.5, level: float = 0.95
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lower and upper end of what the shares may be, from the marginal Beta of the Dirichlet posterior.

    Parameters
    ----------
    counts, prior
        As in :func:`migration_matrix`; the prior must be above zero.
    level : float, default 0.95
        Probability inside the interval.

    Examples
    --------
    >>> counts = pd.DataFrame([[8, 2], [0, 10]], index=["a", "b"], columns=["a", "b"])
    >>> low, high = migration_interval(counts)
    >>> round(float(low.loc["a", "a"]), 2), round(float(high.loc["a", "a"]), 2)
    (0.5, 0.96)
    """
    check = Check("migration_interval")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    weights = _posterior("migration_interval", counts, prior)
    if not (weights > 0).all(axis=None):
        check.add(
            errors.out_of_range(
                "prior", errors.shown(prior), errors.interval(0, None), hint=_("prior=0.5, for instance")
            )
        )
    check.done()
    rest = -weights.sub(weights.sum(axis=1), axis=0)
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = (
        pd.DataFrame(betaincinv(weights, rest, tail), index=weights.index, columns=weights.columns)
        for tail in tails
    )
    return low, high


def compare_migration(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, float]:
    """Do customers move in two stretches of time as if by the same matrix?

    A forecast by a Markov chain rests on it. The test is the likelihood-ratio test of homogeneity.

    Parameters
    ----------
    first, second : DataFrame
        Counts with the same labels.

    Returns
    -------
    dict with ``statistic``, ``degrees_of_freedom`` and ``p_value`` (small: the moves differ).

    References
    ----------
    Anderson, T. W. and Goodman, L. A. (1957). Statistical inference about Markov chains. *Annals of
    Mathematical Statistics* 28(1), 89–110.
    """
    check = Check("compare_migration")
    one, two = _square(check, "first", first), _square(check, "second", second)
    check.done()
    if list(one.index) != list(two.index):
        check.add(errors.different_labels("second", list(one.index), list(two.index), "first"))
    check.done()
    tables = np.stack([one.to_numpy(), two.to_numpy()])
    rows = tables.sum(axis=2, keepdims=True)
    pooled = tables.sum(axis=0) / np.maximum(tables.sum(axis=(0, 2)), 1)[:, None]
    expected = rows * pooled
    seen = tables > 0
    statistic = 2 * float((tables[seen] * np.log(tables[seen] / expected[seen])).sum())
    both = (rows[:, :, 0] > 0).all(axis=0)
    freedom = int(((pooled[both] > 0).sum(axis=1) - 1).sum())
    p_value = float(chdtrc(freedom, statistic)) if freedom else 1.0
    return {"statistic": statistic, "degrees_of_freedom": float(freedom), "p_value": p_value}


def project_states(matrix: pd.DataFrame, start: pd.Series, *, horizon: int) -> pd.DataFrame:
    """Expected customers in each state now and after each of ``horizon`` periods.

    Parameters
    ----------
    matrix : DataFrame
        From :func:`migration_matrix`.
    start : Series
        Customers in each state now, labelled like the matrix.
    horizon : int
        Periods to look ahead.

    Examples
    --------
    >>> matrix = pd.DataFrame([[0.8, 0.2], [0, 1]], index=["a", "b"], columns=["a", "b"])
    >>> project_states(matrix, pd.Series({"a": 100, "b": 0}), horizon=2)["a"].round(6).tolist()
    [100.0, 80.0, 64.0]
    """
    check = Check("project_states")
    matrix = _transition(check, matrix)
    horizon = check.integer("horizon", horizon, low=0)
    start = check.vector("start", start, low=0)
    check.done()
    start = check.same_labels("start", start, "matrix", matrix.index)
    check.done()
    steps = [start.to_numpy(dtype=float)]
    for _period in range(horizon):
        steps.append(steps[-1] @ matrix.to_numpy())
    return pd.DataFrame(steps, columns=matrix.columns)


# -- checks ------------------------------------------------------------------------------------------------


def _square(check: Check, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    frame = check.frame(name, frame)
    check.done()
    if list(frame.index) != list(frame.columns):
        check.add(
            errors.different_labels(
                f"{name}.columns",
                [label for label in frame.index if label not in frame.columns],
                [label for label in frame.columns if label not in frame.index],
                f"{name}.index",
            )
        )
    check.unique(f"{name}.index", frame.index)
    check.done()
    cells = check.vector(name, pd.Series(frame.to_numpy().ravel()), low=0)
    return pd.DataFrame(cells.to_numpy().reshape(frame.shape), index=frame.index, columns=frame.columns)


def _transition(check: Check, matrix: pd.DataFrame) -> pd.DataFrame:
    matrix = _square(check, "matrix", matrix)
    totals = matrix.sum(axis=1)
    off = totals.index[(totals - 1).abs() > TOTAL_TOLERANCE]
    if len(off):
        check.add(
            errors.must_hold(
                _("each row of matrix must add up to 1"),
                got=errors.listing(errors.shown(totals[label]) for label in off),
                where=errors.rows(off),
                hint=_("migration_matrix(counts) makes one from counts"),
            )
        )
    return matrix


def _posterior(function: str, counts: pd.DataFrame, prior: float | pd.DataFrame) -> pd.DataFrame:
    check = Check(function)
    counts = _square(check, "counts", counts)
    if isinstance(prior, pd.DataFrame):
        prior = _square(check, "prior", prior)
    else:
        prior = check.number("prior", prior, low=0)
    check.done()
    weights = counts + prior
    empty = weights.index[weights.sum(axis=1) <= 0]
    if len(empty):
        check.add(
            errors.must_hold(
                _("every state must have been left at least once"),
                got=_("no moves"),
                where=errors.rows(empty),
                hint=_("give a prior, such as prior=0.5, or drop the state"),
            )
        )
    check.done()
    return weights
