"""Customers who move between tiers as a Markov chain: how many, with what chance, and where it leads."""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty._matrices import counts_table, read_transition, square_table, steps
from casekit.loyalty.homogeneity import STATISTICS, migration_homogeneity


def migration_counts(
    panel: Any,
    *,
    state: str = "tier",
    customer: str = "customer_id",
    month: str = "month",
    states: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """How many customers went from each state to each state between consecutive months.

    The raw material of every forecast of tiers: count first, divide later, so that one sees on how few moves
    a share rests.

    Parameters
    ----------
    panel : DataFrame or list of dict
        One row a customer and month, months without gaps (as :func:`casekit.loyalty.assign_tiers` gives).
        A month may be a number or a date; what counts is that each follows the one before in the panel.
    state, customer, month : str
        Names of the columns.
    states : sequence, optional
        States in the order wanted; by default the categories of the column, or its values in order.

    Returns
    -------
    DataFrame of int, shape (n_states, n_states)
        Rows are the states left, columns the states reached. The total is the number of rows less the number
        of customers.

    Raises
    ------
    InputError
        If columns are missing, a state is missing or unknown, a customer has two rows in a month or a gap.

    Notes
    -----
    ``n_ij`` = number of customer-months in state i whose next month is in j.

    References
    ----------
    Anderson, T. W. and Goodman, L. A. (1957). Statistical inference about Markov chains. *Annals of
    Mathematical Statistics* 28(1), 89–110: the counts are all that the data say of a chain.

    Examples
    --------
    >>> panel = pd.DataFrame({"customer_id": "Li", "month": [1, 2, 3], "tier": ["silver", "silver", "gold"]})
    >>> migration_counts(panel, states=["silver", "gold"]).loc["silver"].to_dict()
    {'silver': 1, 'gold': 1}
    """
    check = Check("migration_counts")
    codes, new, known = steps(check, panel, state=state, customer=customer, month=month, states=states)
    counts = np.zeros((len(known), len(known)), dtype=np.int64)
    same = ~new[1:]
    np.add.at(counts, (codes[:-1][same], codes[1:][same]), 1)
    return pd.DataFrame(counts, index=pd.Index(known, name="from"), columns=pd.Index(known, name="to"))


def migration_matrix(counts: Any, *, prior: Any = 0.0) -> pd.DataFrame:
    """Share of each state's customers that is in each state one period later.

    Plain shares call a move that was never seen impossible, and a chain then believes it for ever. A prior
    keeps such a move open, by as many made-up moves as one is ready to defend.

    Parameters
    ----------
    counts : DataFrame or dict of dict, shape (n_states, n_states)
        From :func:`migration_counts`, same labels on both axes; cells of 0 or more.
    prior : float, or DataFrame or dict of dict with the same labels, default 0
        Dirichlet prior as made-up moves a cell, zero or more. 0 gives the plain shares (maximum likelihood),
        0.5 Jeffreys' prior, 1 Laplace's. A table keeps a move impossible that cannot be (lost to gold): 0
        there.

    Returns
    -------
    DataFrame of float, rows add up to 1.

    Raises
    ------
    InputError
        If labels differ, a cell is negative, or a state was never left and the prior gives it no moves.

    Notes
    -----
    ``P[i, j] = (n[i, j] + a[i, j]) / sum_j (n[i, j] + a[i, j])``, the posterior mean, with n = ``counts``
    and a = ``prior``. As counts grow the prior stops to matter.

    References
    ----------
    Anderson, T. W. and Goodman, L. A. (1957). Statistical inference about Markov chains. *Annals of
    Mathematical Statistics* 28(1), 89–110. Martin, J. J. (1967). *Bayesian Decision Problems and Markov
    Chains*. Wiley.

    Examples
    --------
    >>> counts = {"a": {"a": 8, "b": 2}, "b": {"b": 10}}
    >>> migration_matrix(counts).loc["a"].to_dict()
    {'a': 0.8, 'b': 0.2}
    >>> migration_matrix(counts, prior=1).loc["b"].round(3).to_dict()
    {'a': 0.083, 'b': 0.917}
    """
    weights = _posterior("migration_matrix", counts, prior)
    return weights.div(weights.sum(axis=1), axis=0)


def migration_interval(
    counts: Any, *, prior: Any = 0.5, level: float = 0.95
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lower and upper end of what each share of the migration matrix may be.

    Parameters
    ----------
    counts, prior
        As in :func:`migration_matrix`; every count with its prior must be above zero.
    level : float, default 0.95
        Probability inside the interval, strictly between 0 and 1.

    Returns
    -------
    tuple of two DataFrames
        Lower and upper ends, 0 to 1, labelled like the matrix. Each cell is for itself: a row of lower ends
        does not add up to 1.

    Raises
    ------
    InputError
        If a cell with its prior is zero, or as in :func:`migration_matrix`.

    Notes
    -----
    Equal-tailed interval of the marginal of the Dirichlet posterior, ``Beta(n_ij + a_ij, rest of the row)``.
    It holds customers to be alike; where :func:`casekit.loyalty.migration_memory` says they are not, it is
    too narrow.

    References
    ----------
    Gelman, A. et al. (2013). *Bayesian Data Analysis*, chapter 3, on the multinomial with a Dirichlet prior.

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
    zero = weights.index[(weights <= 0).any(axis=1)]
    if len(zero):
        check.add(
            errors.out_of_range(
                "prior",
                errors.shown(prior),
                errors.interval(0, None) + _(", {low} itself excluded").format(low="0"),
                where=errors.rows(zero),
                hint=_("prior=0.5, for instance"),
            )
        )
    check.done()
    rest = -weights.sub(weights.sum(axis=1), axis=0)
    if len(weights) == 1:
        return weights * 0 + 1.0, weights * 0 + 1.0
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = (
        pd.DataFrame(betaincinv(weights, rest, tail), index=weights.index, columns=weights.columns)
        for tail in tails
    )
    return low, high


def compare_migration(first: Any, second: Any, *, statistic: str = "likelihood-ratio") -> dict[str, float]:
    """Do customers move in two stretches of time as if by the same matrix?

    The short form of :func:`casekit.loyalty.migration_homogeneity` for two tables.

    Parameters
    ----------
    first, second : DataFrame or dict of dict
        Counts of moves with the same states, in any order.
    statistic : {"likelihood-ratio", "pearson"}

    Returns
    -------
    dict with ``statistic`` (0 or more), ``degrees_of_freedom`` and ``p_value`` (small: the moves differ).

    Raises
    ------
    InputError
        If the states differ or a cell is negative.

    Notes
    -----
    ``G² = 2 Σ n log(n / E)`` or ``X² = Σ (n - E)² / E`` with E from the pooled shares; degrees of freedom
    over states that both tables left.

    References
    ----------
    Anderson, T. W. and Goodman, L. A. (1957). Statistical inference about Markov chains. *Annals of
    Mathematical Statistics* 28(1), 89–110.

    Examples
    --------
    >>> first, second = {"a": {"a": 8, "b": 2}, "b": {"b": 10}}, {"a": {"a": 2, "b": 8}, "b": {"b": 10}}
    >>> found = compare_migration(first, second, statistic="pearson")
    >>> round(found["statistic"], 6), found["degrees_of_freedom"]
    (7.2, 1.0)
    """
    check = Check("compare_migration")
    check.choice("statistic", statistic, STATISTICS)
    one, two = counts_table(check, "first", first), counts_table(check, "second", second)
    missing = [state for state in one.index if state not in two.index]
    extra = [state for state in two.index if state not in one.index]
    if missing or extra:
        check.add(errors.different_labels("second", missing, extra, "first"))
    check.done()
    with check.inner():
        found = migration_homogeneity({"first": one, "second": two}, statistic=statistic)
    return {
        "statistic": found.statistic,
        "degrees_of_freedom": float(found.degrees_of_freedom),
        "p_value": found.p_value,
    }


def project_states(matrix: Any, start: Any, *, horizon: int) -> pd.DataFrame:
    """Expected customers in each state now and after each of ``horizon`` periods.

    Assumes that the matrix stays as it is and that nobody new joins: what the present base turns into, not
    what the firm will have.

    Parameters
    ----------
    matrix : DataFrame or dict of dict, shape (n_states, n_states)
        From :func:`migration_matrix`; rows add up to 1.
    start : Series or dict of float, one a state
        Customers (or shares) in each state now, 0 or more, labelled like the matrix.
    horizon : int
        Periods to look ahead, 0 or more, each as long as those the moves were counted over.

    Returns
    -------
    DataFrame of float, shape (horizon + 1, n_states)
        Row 0 is now. Every row adds up to the customers of the start.

    Raises
    ------
    InputError
        If rows of the matrix do not add up to 1 or labels differ.

    Notes
    -----
    ``n_t = n_0 P^t`` with n_0 = ``start`` as a row, P = ``matrix`` and t = 0 … ``horizon``.

    References
    ----------
    Kemeny, J. G. and Snell, J. L. (1960). *Finite Markov Chains*, chapter 2.

    Examples
    --------
    >>> matrix = {"here": {"here": 0.8, "gone": 0.2}, "gone": {"gone": 1}}
    >>> project_states(matrix, {"here": 100, "gone": 0}, horizon=2)["here"].round(6).tolist()
    [100.0, 80.0, 64.0]
    """
    check = Check("project_states")
    matrix = read_transition(check, matrix)
    horizon = check.integer("horizon", horizon, low=0)
    start = check.vector("start", start, low=0)
    check.done()
    start = check.same_labels("start", start, "matrix", matrix.index)
    check.done()
    ahead = [start.to_numpy(dtype=float)]
    for _period in range(horizon):
        ahead.append(ahead[-1] @ matrix.to_numpy())
    return pd.DataFrame(ahead, columns=matrix.columns)


def _posterior(function: str, counts: Any, prior: Any) -> pd.DataFrame:
    check = Check(function)
    has_prior = not (isinstance(prior, numbers.Real) and prior == 0)
    table = (counts_table if has_prior else square_table)(check, "counts", counts)
    if isinstance(prior, numbers.Real) or prior is None:
        added: Any = check.number("prior", prior, low=0)
    else:
        given = square_table(check, "prior", prior)
        missing = [state for state in table.index if state not in given.index]
        extra = [state for state in given.index if state not in table.index]
        if missing or extra:
            check.add(errors.different_labels("prior", missing, extra, "counts"))
        added = given
    check.done()
    weights = table + added
    weights = weights.loc[table.index, table.columns]
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
