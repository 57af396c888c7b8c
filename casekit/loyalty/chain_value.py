"""What a customer in each state of a Markov chain is worth, and when to stop spending on one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty._matrices import closed_states, read_transition


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
        Share per period of the matrix, 0 or more (a yearly rate for monthly moves is converted first:
        :func:`casekit.periods.convert_discount_rate`). 0 needs a horizon, or a chain that ends: no money in
        the states that are never left.
    horizon : int, optional
        Periods after the present one that count, 0 or more; by default all.

    Returns
    -------
    Series of float by state, in the currency of ``rewards``. Negative: the customer costs more than comes
    back, and :func:`optimal_stopping` asks whether to go on.

    Raises
    ------
    InputError
        If rows do not add up to 1, states of ``rewards`` differ, or money would come for ever at a discount
        rate of 0 without horizon.

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
        value = _for_ever(matrix, step, money, rate)
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
        As in :func:`chain_value`.
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
    value = always = _for_ever(matrix, step, money, rate)
    for _round in range(2**10):
        # without discount a stopped state goes on only for a gain: else the end is put off for ever
        margin = np.where(stop, slack, -slack) if rate == 0 else -slack
        better = money + step @ value < stop_value + margin
        if (better == stop).all():
            break
        stop = better
        value = _for_ever(
            matrix, np.where(stop[:, None], 0.0, step), np.where(stop, stop_value, money), rate, stop=stop
        )
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
    with check.inner():
        value = chain_value(matrix, by_state, discount_rate=rate, horizon=horizon)
    return pd.DataFrame({"reward": by_state, "value": value, "step": value.shift(-1) - value})


def _inputs(
    check: Check, matrix: Any, rewards: Any, discount_rate: float, *, endless: bool
) -> tuple[pd.DataFrame, np.ndarray, float]:
    matrix = read_transition(check, matrix)
    money = check.vector("rewards", rewards)
    rate = check.rate("discount_rate", discount_rate, low=0, low_open=False)
    check.done()
    money = check.same_labels("rewards", money, "matrix", matrix.index)
    check.done()
    if endless and rate == 0:
        _must_end(check, matrix, money)
    return matrix, money.to_numpy(dtype=float), rate


def _must_end(check: Check, matrix: pd.DataFrame, money: pd.Series) -> None:
    """Without discount the sum has a limit only if the states that are never left bring nothing."""
    _reach, final = closed_states(matrix)
    endless = money.index[final & (money.to_numpy(dtype=float) != 0)]
    check.require(
        len(endless) == 0,
        _("with a discount_rate of 0 the states that are never left must bring no money"),
        got=_("money for ever in {states}").format(states=errors.listing(endless)),
        hint=_("give a discount rate above 0, or a horizon"),
    )
    check.done()


def _for_ever(
    matrix: pd.DataFrame, step: np.ndarray, money: np.ndarray, rate: float, *, stop: np.ndarray | None = None
) -> np.ndarray:
    """``(I - step)^-1 money``; without discount 0 where a customer stays for good and nothing comes in."""
    size = len(matrix)
    idle = np.zeros(size, dtype=bool)
    if rate == 0:
        reach, final = closed_states(matrix)
        stopped = np.zeros(size, dtype=bool) if stop is None else stop
        idle = final & ~(reach & stopped).any(axis=1)
    rest = ~idle
    value = np.zeros(size)
    value[rest] = np.linalg.solve(np.eye(int(rest.sum())) - step[np.ix_(rest, rest)], money[rest])
    return value
