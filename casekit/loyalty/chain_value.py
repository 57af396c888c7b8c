"""What a customer in each state of a Markov chain is worth, and when to stop spending on one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check
from casekit.loyalty._matrices import read_transition


def chain_value(matrix: Any, rewards: Any, *, discount_rate: float, horizon: int | None = None) -> pd.Series:
    """Expected present value of a customer who is in each state now.

    What a tier is worth is not only what its members spend today but where they go from here. Assumes that
    the state says all there is to know of a customer, and that matrix and rewards stay as they are.

    Parameters
    ----------
    matrix : DataFrame or dict of dict, shape (n_states, n_states)
        Share that moves from row to column in one period; rows add up to 1.
    rewards : Series or dict of float, one a state
        Money earned (negative: spent) in a period by a customer who is in the state, at its beginning: the
        present period counts in full. For money at the end of each period divide the result by
        ``1 + discount_rate``.
    discount_rate : float
        Share per period of the matrix, above 0 unless ``horizon`` is given (a yearly rate for monthly moves
        is converted first: :func:`casekit.periods.convert_discount_rate`).
    horizon : int, optional
        Periods after the present one that count, 0 or more; by default all.

    Returns
    -------
    Series of float by state, in the currency of ``rewards``. Negative: the customer costs more than comes
    back, and :func:`optimal_stopping` asks whether to go on.

    Raises
    ------
    InputError
        If rows do not add up to 1, states of ``rewards`` differ, or the discount rate is 0 without horizon.

    Notes
    -----
    ``V = (I - P / (1 + d))^-1 R``, and with a horizon ``V_T = sum_{t=0..T} (P / (1 + d))^t R``, with P =
    ``matrix``, R = ``rewards``, d = ``discount_rate``, T = ``horizon``. The chain knows a customer only by
    the state: two customers in one state are worth the same, whatever their past.
    :func:`casekit.loyalty.migration_memory` tests whether that is so.

    References
    ----------
    Pfeifer, P. E. and Carraway, R. L. (2000). Modeling customer relationships as Markov chains. *Journal of
    Interactive Marketing* 14(2), 43–55.

    Examples
    --------
    A customer who stays with 80 % a year and brings 100 a year from today on: 100 × 1.1 / (1.1 − 0.8).

    >>> matrix = {"here": {"here": 0.8, "gone": 0.2}, "gone": {"gone": 1}}
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
    matrix: Any, rewards: Any, *, discount_rate: float, stop_value: float = 0.0
) -> pd.DataFrame:
    """In which states to go on with a customer, and in which to stop.

    A mailing that loses money today may still pay by the customers it wakes; this weighs both, and counts
    that one may also stop later.

    Parameters
    ----------
    matrix, rewards, discount_rate
        As in :func:`chain_value`; the discount rate above 0.
    stop_value : float, default 0
        What a customer is worth from the moment one stops (mails, calls, gifts end), in the currency of
        ``rewards``.

    Returns
    -------
    DataFrame by state with columns ``value`` (under the best rule, never below ``stop_value``),
    ``value_if_always`` (never stopping) and ``stop`` (bool).

    Raises
    ------
    InputError
        As in :func:`chain_value`.

    Notes
    -----
    Solves ``V = max(stop_value, R + P V / (1 + d))`` by policy iteration (Howard): a rule that stops where
    going on is worth less, until nothing changes. A state is stopped when going on is worth less than
    stopping by more than rounding.

    References
    ----------
    Pfeifer and Carraway (2000), who stop where the value is negative; one round more finds states worth
    keeping only because one may stop later. Howard, R. A. (1960). *Dynamic Programming and Markov
    Processes*. MIT Press.

    Examples
    --------
    >>> matrix = {"warm": {"warm": 0.5, "cold": 0.5}, "cold": {"warm": 0.1, "cold": 0.9}}
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


def step_values(
    matrix: Any, rewards: Any, *, discount_rate: float, horizon: int | None = None
) -> pd.DataFrame:
    """What it is worth to lift a customer one state up: the budget for doing so.

    For states in an order, such as the service levels dissatisfied, satisfied, preferred, dependent
    (不满意, 满意, 首选, 依赖) or the tiers of a programme.

    Parameters
    ----------
    matrix, rewards, discount_rate, horizon
        As in :func:`chain_value`; states in rising order, the worst first.

    Returns
    -------
    DataFrame by state with ``reward`` (a period), ``value``, and ``step`` (value of the next state less
    that of this one; missing for the best). A negative step: the next state costs more than it brings.

    Raises
    ------
    InputError
        As in :func:`chain_value`.

    Notes
    -----
    ``step_i = V_{i+1} - V_i``: what one may spend, once, to move one customer from i to i + 1 who would not
    have moved. The move is taken to leave the matrix as it is: the lifted customer behaves like others there.

    References
    ----------
    Pfeifer and Carraway (2000), for the values; the four service levels (不满意, 满意, 首选, 依赖) are the
    course's.

    Examples
    --------
    >>> matrix = {"satisfied": {"satisfied": 1}, "preferred": {"preferred": 1}}
    >>> step_values(matrix, {"satisfied": 10, "preferred": 15}, discount_rate=0.25)["step"].iloc[0].item()
    25.0
    """
    check = Check("step_values")
    matrix, money, rate = _inputs(check, matrix, rewards, discount_rate, endless=horizon is None)
    check.done()
    by_state = pd.Series(money, index=matrix.index)
    value = chain_value(matrix, by_state, discount_rate=rate, horizon=horizon)
    return pd.DataFrame({"reward": by_state, "value": value, "step": value.shift(-1) - value})


def _inputs(
    check: Check, matrix: Any, rewards: Any, discount_rate: float, *, endless: bool
) -> tuple[pd.DataFrame, np.ndarray, float]:
    matrix = read_transition(check, matrix)
    money = check.vector("rewards", rewards)
    rate = check.number("discount_rate", discount_rate, low=0, low_open=endless)
    check.done()
    money = check.same_labels("rewards", money, "matrix", matrix.index)
    return matrix, money.to_numpy(dtype=float), rate
