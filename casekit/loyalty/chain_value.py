"""What a customer in each state of a Markov chain is worth, and when to stop spending on one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty.migration import _transition


def chain_value(
    matrix: pd.DataFrame, rewards: Any, *, discount_rate: float, horizon: int | None = None
) -> pd.Series:
    """Expected present value of a customer who is in each state now.

    Parameters
    ----------
    matrix : DataFrame, shape (n_states, n_states)
        Share that moves from row to column in one period; rows add up to 1.
    rewards : Series or dict of float, one a state
        Money earned (negative: spent) in a period by a customer who is in the state, at its beginning: the
        present period counts in full.
    discount_rate : float
        Share per period, above 0 unless ``horizon`` is given.
    horizon : int, optional
        Periods after the present one that count; by default all.

    Returns
    -------
    Series of float by state, in the currency of ``rewards``.

    Notes
    -----
    ``V = (I - P / (1 + d))^-1 R``, and with a horizon ``V_T = sum_{t=0..T} (P / (1 + d))^t R``. The chain
    knows a customer only by the state: two customers in one state are worth the same, whatever their past.

    References
    ----------
    Pfeifer, P. E. and Carraway, R. L. (2000). Modeling customer relationships as Markov chains. *Journal of
    Interactive Marketing* 14(2), 43–55.

    Examples
    --------
    A customer who stays with 80 % a year and brings 100 a year from today on: 100 × 1.1 / (1.1 − 0.8).

    >>> matrix = pd.DataFrame([[0.8, 0.2], [0, 1]], index=["here", "gone"], columns=["here", "gone"])
    >>> chain_value(matrix, {"here": 100, "gone": 0}, discount_rate=0.1).round(2).to_dict()
    {'here': 366.67, 'gone': 0.0}
    >>> chain_value(matrix, {"here": 100, "gone": 0}, discount_rate=0.1, horizon=0).tolist()
    [100.0, 0.0]
    """
    check = Check("chain_value")
    matrix, money, rate = _inputs(check, matrix, rewards, discount_rate, endless=horizon is None)
    if horizon is not None:
        horizon = check.integer("horizon", horizon, low=0)
    check.done()
    step = matrix.to_numpy() / (1 + rate)
    if horizon is None:
        value = np.linalg.solve(np.eye(len(matrix)) - step, money)
    else:
        value = money
        for _period in range(horizon):
            value = money + step @ value
    return pd.Series(value, index=matrix.index, name="value")


def optimal_stopping(
    matrix: pd.DataFrame, rewards: Any, *, discount_rate: float, stop_value: float = 0.0
) -> pd.DataFrame:
    """In which states to go on with a customer, and in which to stop.

    Parameters
    ----------
    matrix, rewards, discount_rate
        As in :func:`chain_value`.
    stop_value : float, default 0
        What a customer is worth from the moment one stops (mails, calls, gifts end).

    Returns
    -------
    DataFrame by state with columns ``value`` (under the best rule), ``value_if_always`` (never stopping) and
    ``stop`` (bool).

    Notes
    -----
    Solves ``V = max(stop_value, R + P V / (1 + d))`` by policy iteration: a rule that stops where going on is
    worth less, until nothing changes. A state is stopped when going on is worth no more than stopping by more
    than rounding.

    Examples
    --------
    >>> matrix = pd.DataFrame([[0.5, 0.5], [0.1, 0.9]], index=["warm", "cold"], columns=["warm", "cold"])
    >>> plan = optimal_stopping(matrix, {"warm": 10, "cold": -3}, discount_rate=0.2)
    >>> plan["stop"].to_dict()
    {'warm': False, 'cold': True}
    """
    check = Check("optimal_stopping")
    matrix, money, rate = _inputs(check, matrix, rewards, discount_rate, endless=True)
    stop_value = check.number("stop_value", stop_value)
    check.done()
    step, size = matrix.to_numpy() / (1 + rate), len(matrix)
    slack = 1e-9 * (1 + np.abs(money).max() + abs(stop_value))
    stop = np.zeros(size, dtype=bool)
    value = always = np.linalg.solve(np.eye(size) - step, money)
    for _round in range(2**10):
        better = money + step @ value < stop_value - slack
        if (better == stop).all():
            break
        stop = better
        system = np.eye(size) - np.where(stop[:, None], 0.0, step)
        value = np.linalg.solve(system, np.where(stop, stop_value, money))
    return pd.DataFrame({"value": value, "value_if_always": always, "stop": stop}, index=matrix.index)


def fundamental_matrix(matrix: pd.DataFrame, *, absorbing: Any) -> pd.DataFrame:
    """Periods a customer will spend in each state before being lost, starting from each state.

    Parameters
    ----------
    matrix : DataFrame
        As in :func:`chain_value`.
    absorbing : state or list of states
        The states that count as the end, whatever the matrix says of leaving them.

    Returns
    -------
    DataFrame over the other states; the sum of a row is the expected number of periods left, the present one
    counted.

    Notes
    -----
    ``N = (I - Q)^-1`` with ``Q`` the matrix without the absorbing states.

    Examples
    --------
    >>> matrix = pd.DataFrame([[0.8, 0.2], [0, 1]], index=["here", "gone"], columns=["here", "gone"])
    >>> round(float(fundamental_matrix(matrix, absorbing="gone").loc["here", "here"]), 6)
    5.0
    """
    check = Check("fundamental_matrix")
    matrix = _transition(check, matrix)
    ends = list(absorbing) if isinstance(absorbing, (list, tuple)) else [absorbing]
    for state in ends:
        check.choice("absorbing", state, list(matrix.index))
    check.done()
    inside = [state for state in matrix.index if state not in ends]
    check.require(bool(inside), _("at least one state must not be absorbing"), got=errors.listing(ends))
    check.done()
    stay = matrix.loc[inside, inside].to_numpy()
    trapped = _never_ends(stay, matrix.loc[inside, ends].sum(axis=1).to_numpy())
    if trapped.any():
        check.add(
            errors.must_hold(
                _("an end must be reachable from every state"),
                got=_("states that never end"),
                where=errors.rows(np.array(inside)[trapped]),
                hint=_("give the counts a prior, or name these states absorbing"),
            )
        )
    check.done()
    return pd.DataFrame(np.linalg.inv(np.eye(len(inside)) - stay), index=inside, columns=inside)


def _never_ends(stay: np.ndarray, leave: np.ndarray) -> np.ndarray:
    ends = leave > 0
    for _state in range(len(stay)):
        ends = ends | ((stay > 0) & ends).any(axis=1)
    return ~ends


def _inputs(
    check: Check, matrix: pd.DataFrame, rewards: Any, discount_rate: float, *, endless: bool
) -> tuple[pd.DataFrame, np.ndarray, float]:
    matrix = _transition(check, matrix)
    money = check.vector("rewards", rewards)
    rate = check.number("discount_rate", discount_rate, low=0, low_open=endless)
    check.done()
    money = check.same_labels("rewards", money, "matrix", matrix.index)
    return matrix, money.to_numpy(dtype=float), rate
