"""Do customers move by one and the same matrix? Tests that a forecast by a Markov chain rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import chdtrc, xlogy

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty._matrices import counts_table, read_transition, steps

#: Ways to measure the distance between counts seen and counts expected.
STATISTICS = ("likelihood-ratio", "pearson")


@dataclass(frozen=True)
class ChainTest:
    """A test on the moves of a chain.

    Attributes
    ----------
    statistic : float
        0 or more; 0 where the counts are exactly as expected.
    degrees_of_freedom : int
        Comparisons that the counts allow; 0 where nothing can be compared.
    p_value : float
        Chance of so large a statistic if the hypothesis holds, 0 to 1. Small speaks against it.
    by_state : DataFrame
        The same three for every state left; statistics and degrees of freedom add up to the total.
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float
    by_state: pd.DataFrame


def migration_homogeneity(tables: Any, *, statistic: str = "likelihood-ratio") -> ChainTest:
    """Whether customers moved by one matrix in several periods, branches or groups.

    A forecast by a chain multiplies one matrix by itself: it assumes that the matrix of last year is that of
    next year (stationarity) and that of everybody (homogeneity). This tests either, by what the tables are:
    one a period, or one a group of customers. A large p-value is no proof; with few moves nothing shows.

    Parameters
    ----------
    tables : dict of DataFrame, or list of DataFrame
        Counts of moves, two tables or more with the same states (from
        :func:`casekit.loyalty.migration_counts`); whole customers, not shares.
    statistic : {"likelihood-ratio", "pearson"}
        G² or X²; near each other where counts are large.

    Returns
    -------
    ChainTest

    Raises
    ------
    InputError
        If there are fewer than two tables, their states differ, or counts are negative.

    Notes
    -----
    With n_ij,k moves from i to j in table k, rows n_i,k and pooled shares p_ij = sum_k n_ij,k / sum_k n_i,k:
    ``E_ij,k = n_i,k p_ij``, ``G² = 2 sum n log(n / E)``, ``X² = sum (n - E)² / E``. Degrees of freedom a
    state: (tables that left it - 1) × (states reached from it in any table - 1). A state that a table never
    left, and a move that no table knows, add nothing: counting them would make every test too kind.

    References
    ----------
    Anderson, T. W. and Goodman, L. A. (1957). Statistical inference about Markov chains. *Annals of
    Mathematical Statistics* 28(1), 89–110. Fader, P. and Hardie, B. (2009). Probability models
    for customer-base analysis. *Journal of Interactive Marketing* 23(1), 61–69, on what a chain hides.

    Examples
    --------
    >>> states = ["here", "gone"]
    >>> spring = pd.DataFrame([[80, 20], [0, 10]], index=states, columns=states)
    >>> autumn = pd.DataFrame([[60, 40], [0, 10]], index=states, columns=states)
    >>> found = migration_homogeneity([spring, autumn], statistic="pearson")
    >>> round(found.statistic, 3), found.degrees_of_freedom, round(found.p_value, 4)
    (9.524, 1, 0.002)
    """
    check = Check("migration_homogeneity")
    check.choice("statistic", statistic, STATISTICS)
    named = _tables(check, tables)
    check.done()
    cube = np.stack([table.to_numpy() for table in named.values()])
    rows = cube.sum(axis=2)
    total = rows.sum(axis=0)
    pooled = cube.sum(axis=0) / np.maximum(total, 1e-300)[:, None]
    freedom = ((rows > 0).sum(axis=0) - 1).clip(min=0) * ((pooled > 0).sum(axis=1) - 1).clip(min=0)
    distance = _distance(cube, rows[:, :, None] * pooled, statistic).sum(axis=(0, 2))
    states = next(iter(named.values())).index
    return _result(distance, freedom, states)


def migration_fit(counts: Any, matrix: Any, *, statistic: str = "likelihood-ratio") -> ChainTest:
    """Whether customers moved as a given matrix says: a plan, last year's matrix, a textbook's.

    Parameters
    ----------
    counts : DataFrame or dict of dict, shape (n_states, n_states)
        Moves seen.
    matrix : DataFrame or dict of dict, same labels
        Shares that should hold; rows add up to 1.
    statistic : {"likelihood-ratio", "pearson"}

    Returns
    -------
    ChainTest
        A move that was seen and should be impossible gives a statistic of infinity and p = 0.

    Raises
    ------
    InputError
        If states differ, counts are negative or rows of ``matrix`` do not add up to 1.

    Notes
    -----
    ``E_ij = n_i p_ij``; degrees of freedom a state left at least once: moves possible from it, less one.

    References
    ----------
    Anderson and Goodman (1957); Kullback, S., Kupperman, M. and Ku, H. H. (1962). Tests for
    contingency tables and Markov chains. *Technometrics* 4(4), 573–608.

    Examples
    --------
    >>> counts = {"a": {"a": 60, "b": 40}, "b": {"a": 5, "b": 5}}
    >>> half = {"a": {"a": 0.5, "b": 0.5}, "b": {"a": 0.5, "b": 0.5}}
    >>> found = migration_fit(counts, half, statistic="pearson")
    >>> found.statistic, found.degrees_of_freedom, round(found.p_value, 3)
    (4.0, 2, 0.135)
    """
    check = Check("migration_fit")
    check.choice("statistic", statistic, STATISTICS)
    seen, shares = counts_table(check, "counts", counts), read_transition(check, matrix)
    check.done()
    if set(seen.index) != set(shares.index):
        missing = [state for state in seen.index if state not in shares.index]
        extra = [state for state in shares.index if state not in seen.index]
        check.add(errors.different_labels("matrix", missing, extra, "counts"))
    check.done()
    chances = shares.loc[seen.index, seen.index].to_numpy()
    rows = seen.to_numpy().sum(axis=1)
    expected = rows[:, None] * chances
    distance = _distance(seen.to_numpy(), expected, statistic).sum(axis=1)
    freedom = np.where(rows > 0, (chances > 0).sum(axis=1) - 1, 0)
    return _result(distance, freedom, seen.index)


def migration_memory(
    panel: Any,
    *,
    state: str = "tier",
    customer: str = "customer_id",
    month: str = "month",
    statistic: str = "likelihood-ratio",
) -> ChainTest:
    """Whether the state before last still matters once the last is known: does the chain forget?

    A chain gives two customers in one tier the same future, whether they rose to it or fell to it. If the
    test says no, customers differ in ways the states do not show, and values from the chain are averages
    over unlike people. Fader and Hardie's warning, put to one's own data.

    Parameters
    ----------
    panel : DataFrame
        One row a customer and month, months without gaps, as :func:`casekit.loyalty.assign_tiers` gives.
    state, customer, month : str
        Names of the columns.
    statistic : {"likelihood-ratio", "pearson"}

    Returns
    -------
    ChainTest
        ``by_state`` is by the present state: where the past shows through.

    Raises
    ------
    InputError
        If columns are missing, months are left out, or nobody is seen for three months running.

    Notes
    -----
    For each present state j the table of (state before i) × (state after k) is tested for independence:
    ``E_ijk = n_ij. n_.jk / n_.j.``, degrees of freedom (rows seen - 1)(columns seen - 1), in all m(m-1)² for
    m states that all occur.

    References
    ----------
    Anderson and Goodman (1957): a chain of first against second order.

    Examples
    --------
    Ten who rose to gold stay, ten who fell to it fall on:

    >>> paths = [["low", "gold", "gold"]] * 10 + [["top", "gold", "low"]] * 10
    >>> panel = pd.DataFrame([{"customer_id": who, "month": month, "tier": tier}
    ...                       for who, path in enumerate(paths) for month, tier in enumerate(path)])
    >>> found = migration_memory(panel)
    >>> found.degrees_of_freedom, found.p_value < 0.001
    (1, True)
    """
    check = Check("migration_memory")
    check.choice("statistic", statistic, STATISTICS)
    codes, new, states = steps(check, panel, state=state, customer=customer, month=month, states=None)
    size = len(states)
    cube = np.zeros((size, size, size))
    whole = ~(new[1:-1] | new[2:]) if len(codes) > 2 else np.zeros(0, dtype=bool)
    check.require(bool(whole.any()), _("somebody must be there for three months running"), got=_("nobody"))
    check.done()
    np.add.at(cube, (codes[1:-1][whole], codes[:-2][whole], codes[2:][whole]), 1)
    before, after = cube.sum(axis=2), cube.sum(axis=1)
    total = np.maximum(cube.sum(axis=(1, 2)), 1)
    expected = before[:, :, None] * after[:, None, :] / total[:, None, None]
    distance = _distance(cube, expected, statistic).sum(axis=(1, 2))
    freedom = ((before > 0).sum(axis=1) - 1).clip(min=0) * ((after > 0).sum(axis=1) - 1).clip(min=0)
    return _result(distance, freedom, pd.Index(states, name=state))


# -- pieces ------------------------------------------------------------------------------------------------


def _tables(check: Check, tables: Any) -> dict[Any, pd.DataFrame]:
    if not isinstance(tables, (Mapping, list, tuple)):
        check.add(errors.wrong_type("tables", _("a dict or list of tables"), tables))
    check.done()
    items = tables if isinstance(tables, Mapping) else dict(enumerate(tables, start=1))
    named = {name: counts_table(check, f"tables[{name!r}]", table) for name, table in items.items()}
    check.require(len(named) >= 2, _("there must be at least two tables"), got=str(len(named)))
    check.done()
    first_name, first = next(iter(named.items()))
    for name, table in named.items():
        if set(table.index) != set(first.index):
            missing = [state for state in first.index if state not in table.index]
            extra = [state for state in table.index if state not in first.index]
            check.add(errors.different_labels(f"tables[{name!r}]", missing, extra, f"tables[{first_name!r}]"))
    check.done()
    return {name: table.loc[first.index, first.index] for name, table in named.items()}


def _distance(seen: np.ndarray, expected: np.ndarray, statistic: str) -> np.ndarray:
    """Distance of each cell; infinite where something was seen that should be impossible."""
    safe = np.where(expected > 0, expected, 1.0)
    if statistic == "pearson":
        cells = np.where(expected > 0, (seen - expected) ** 2 / safe, 0.0)
    else:
        cells = np.where(expected > 0, 2 * xlogy(seen, seen / safe), 0.0)
    return np.where((expected <= 0) & (seen > 0), np.inf, cells)


def _result(distance: np.ndarray, freedom: np.ndarray, states: pd.Index) -> ChainTest:
    distance = distance.clip(min=0)
    by_state = pd.DataFrame(
        {"statistic": distance, "degrees_of_freedom": freedom.astype(int)},
        index=states,
    )
    by_state["p_value"] = [_p_value(*pair) for pair in zip(distance, freedom, strict=True)]
    total, degrees = float(distance.sum()), int(freedom.sum())
    return ChainTest(total, degrees, _p_value(total, degrees), by_state)


def _p_value(statistic: float, freedom: int) -> float:
    if np.isinf(statistic):
        return 0.0
    return float(chdtrc(freedom, statistic)) if freedom else 1.0
