"""Where a chain ends and how long it takes: periods left, chance of each end, shares in the long run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty._matrices import closed_states, read_transition


def fundamental_matrix(matrix: Any, *, absorbing: Any) -> pd.DataFrame:
    """Periods a customer will spend in each state before being lost, starting from each state.

    Parameters
    ----------
    matrix : DataFrame or dict of dict, shape (n_states, n_states)
        Share that moves from row to column in one period; rows add up to 1.
    absorbing : state or list of states
        The states that count as the end, whatever the matrix says of leaving them.

    Returns
    -------
    DataFrame over the other states, in periods, 0 or more; the sum of a row is the expected number of
    periods left, the present one counted.

    Raises
    ------
    InputError
        If a state is unknown, all states are ends, or from some state no end can be reached.

    Notes
    -----
    ``N = (I - Q)^-1`` with ``Q`` the matrix without the absorbing states.

    References
    ----------
    Kemeny, J. G. and Snell, J. L. (1960). *Finite Markov Chains*, chapter 3.

    Examples
    --------
    >>> matrix = {"here": {"here": 0.8, "gone": 0.2}, "gone": {"gone": 1}}
    >>> round(float(fundamental_matrix(matrix, absorbing="gone").loc["here", "here"]), 6)
    5.0
    """
    inside, _ends, stay, _leave = _split(Check("fundamental_matrix"), matrix, absorbing)
    return pd.DataFrame(np.linalg.inv(np.eye(len(inside)) - stay), index=inside, columns=inside)


def absorption_probabilities(matrix: Any, *, absorbing: Any) -> pd.DataFrame:
    """Chance that a customer ends in each of several ends: commitment or dissolution, gold or lost.

    Name a state as an end that one may leave, and the answer is the chance ever to reach it before the other
    ends.

    Parameters
    ----------
    matrix, absorbing
        As in :func:`fundamental_matrix`; several ends in a list.

    Returns
    -------
    DataFrame, rows the states that are no end, columns the ends; rows add up to 1.

    Raises
    ------
    InputError
        As in :func:`fundamental_matrix`.

    Notes
    -----
    ``B = N R`` with N the fundamental matrix and R the moves from the other states into the ends.

    References
    ----------
    Kemeny and Snell (1960), chapter 3.

    Examples
    --------
    >>> matrix = {"new": {"new": 0.5, "gold": 0.2, "lost": 0.3}, "gold": {"gold": 1}, "lost": {"lost": 1}}
    >>> absorption_probabilities(matrix, absorbing=["gold", "lost"]).loc["new"].round(6).to_dict()
    {'gold': 0.4, 'lost': 0.6}
    """
    inside, ends, stay, leave = _split(Check("absorption_probabilities"), matrix, absorbing)
    reached = np.linalg.solve(np.eye(len(inside)) - stay, leave)
    return pd.DataFrame(reached, index=inside, columns=ends)


def steady_state(matrix: Any) -> pd.Series:
    """Shares of customers in each state after a long time, wherever they start.

    Where nobody leaves for good and nobody joins, the tiers settle at these sizes. With a state that cannot
    be left the answer is that state, and says only that all are lost in the end.

    Parameters
    ----------
    matrix : DataFrame or dict of dict, shape (n_states, n_states)
        Rows add up to 1.

    Returns
    -------
    Series of float by state, adds up to 1.

    Raises
    ------
    InputError
        If where one ends up depends on where one starts (two groups of states that are never left).

    Notes
    -----
    Solves ``s = s P``, ``sum s = 1``. A chain that swings for ever (all of a move to b, all of b to a) has
    such shares as its mean over time.

    References
    ----------
    Kemeny and Snell (1960), chapter 4.

    Examples
    --------
    >>> steady_state({"low": {"low": 0.9, "high": 0.1}, "high": {"low": 0.3, "high": 0.7}}).round(6).to_dict()
    {'low': 0.75, 'high': 0.25}
    """
    check = Check("steady_state")
    table = read_transition(check, matrix)
    check.done()
    reach, final = closed_states(table)
    classes = {tuple(row) for row in reach[final]}
    check.require(
        len(classes) == 1,
        _("the long run must not depend on the start"),
        got=_("{count} groups of states that are never left").format(count=len(classes)),
        hint=_("absorption_probabilities(matrix, absorbing=[...]) gives the chance of each"),
    )
    check.done()
    size = len(table)
    system = np.vstack([table.to_numpy().T - np.eye(size), np.ones(size)])
    shares = np.linalg.lstsq(system, np.append(np.zeros(size), 1.0), rcond=None)[0]
    return pd.Series(np.where(final, shares.clip(0, 1), 0.0), index=table.index, name="share")


# -- pieces ------------------------------------------------------------------------------------------------


def _split(check: Check, matrix: Any, absorbing: Any) -> tuple[list[Any], list[Any], np.ndarray, np.ndarray]:
    """States that are no end, the ends, and the moves among the first and from them to the ends."""
    table = read_transition(check, matrix)
    ends = (
        list(absorbing)
        if isinstance(absorbing, (list, tuple, set, pd.Index, pd.Series, np.ndarray))
        else [absorbing]
    )
    for state in ends:
        check.choice("absorbing", state, list(table.index))
    check.done()
    check.names("absorbing", ends)
    check.done()
    inside = [state for state in table.index if state not in ends]
    check.require(bool(inside), _("at least one state must not be absorbing"), got=errors.listing(ends))
    check.done()
    stay, leave = table.loc[inside, inside].to_numpy(), table.loc[inside, ends].to_numpy()
    trapped = _never_ends(stay, leave.sum(axis=1))
    if trapped.any():
        check.add(
            errors.must_hold(
                _("an end must be reachable from every state"),
                got=_("states that never end"),
                where=errors.rows(np.array(inside, dtype=object)[trapped]),
                hint=_("give the counts a prior, or name these states absorbing"),
            )
        )
    check.done()
    return inside, ends, stay, leave


def _never_ends(stay: np.ndarray, leave: np.ndarray) -> np.ndarray:
    ends = leave > 0
    for _state in range(len(stay)):
        ends = ends | ((stay > 0) & ends).any(axis=1)
    return ~ends
