"""Staffing a telephone desk: Erlang B and Erlang C, stable for any number of agents."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable

import pandas as pd
from scipy.optimize import brentq

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: More agents than this are not searched for.
MOST_AGENTS = 1_000_000


def _blocking(load: float, agents: int) -> float:
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def _waiting(load: float, agents: int, blocked: float) -> float:
    if load >= agents:
        return 1.0
    occupancy = load / agents
    return blocked / (1 - occupancy * (1 - blocked))


def erlang_b(load: float, *, agents: int) -> float:
    """Share of calls that find all lines busy and are turned away (no queue).

    Parameters
    ----------
    load : float
        Offered load in erlangs: calls per hour times handling time in hours, zero or more.
    agents : int
        Lines (or agents), 0 or more.

    Returns
    -------
    float
        Probability, 0 to 1.

    Notes
    -----
    ``B = (u^m / m!) / sum_{k<=m} u^k / k!`` by the recursion ``B_0 = 1``, ``B_k = u B_{k-1} / (k + u
    B_{k-1})`` with ``u = load``, ``m = agents``: no factorial, no overflow. Assumes calls at random (Poisson)
    and callers who do not call again.

    References
    ----------
    Erlang, A. K. (1917). Solution of some problems in the theory of probabilities of significance in
    automatic telephone exchanges.

    Examples
    --------
    >>> erlang_b(1, agents=1), erlang_b(2, agents=2)
    (0.5, 0.4)
    """
    check = Check("erlang_b")
    load = check.number("load", load, low=0, unit=_("erlangs"))
    agents = check.integer("agents", agents, low=0)
    check.done()
    return _blocking(load, agents)


def erlang_c(load: float, *, agents: int) -> float:
    """Share of calls that must wait because all agents are busy (nobody hangs up).

    Parameters
    ----------
    load : float
        Offered load in erlangs, zero or more.
    agents : int
        Agents on the telephone, 1 or more.

    Returns
    -------
    float
        Probability, 0 to 1. With a load of ``agents`` or more the queue grows without end: 1.

    Notes
    -----
    ``P_w = [u^m/m! * m/(m-u)] / [sum_{k<m} u^k/k! + u^m/m! * m/(m-u)] = B / (1 - (u/m)(1 - B))`` with B from
    :func:`erlang_b`. Assumes random calls, exponential handling times, unlimited patience: where callers
    hang up, it overstates the wait.

    References
    ----------
    Erlang, A. K. (1917). Gans, N., Koole, G. and Mandelbaum, A. (2003). Telephone call centers: tutorial,
    review, and research prospects. *M&SOM* 5(2), 79–141.

    Examples
    --------
    >>> round(erlang_c(1, agents=2), 6)
    0.333333
    """
    check = Check("erlang_c")
    load = check.number("load", load, low=0, unit=_("erlangs"))
    agents = check.integer("agents", agents, low=1)
    check.done()
    return _waiting(load, agents, _blocking(load, agents))


def _figures(load: float, agents: int, waiting: float, handling: float, target: float) -> dict[str, float]:
    spare = agents - load
    stable = spare > 0
    return {
        "load": load,
        "occupancy": load / agents,
        "wait_probability": waiting,
        "average_wait": waiting * handling / spare if stable else math.inf,
        "wait_if_waiting": handling / spare if stable else math.inf,
        "queue_length": waiting * load / spare if stable else math.inf,
        "service_level": 1 - waiting * math.exp(-spare * target / handling) if stable else 0.0,
    }


def _desk(
    check: Check, calls_per_hour: float, handling_seconds: float, target_seconds: float
) -> tuple[float, float, float]:
    calls = check.number("calls_per_hour", calls_per_hour, low=0)
    handling = check.positive("handling_seconds", handling_seconds, unit=_("seconds"))
    target = check.number("target_seconds", target_seconds, low=0, unit=_("seconds"))
    return calls * handling / 3600, handling, target


def queue_performance(
    calls_per_hour: float, *, handling_seconds: float, agents: int, target_seconds: float
) -> pd.Series:
    """What callers meet with a given crew: chance to wait, average wait, share answered in time.

    Parameters
    ----------
    calls_per_hour : float
        Calls that arrive in an hour, zero or more (360 in half an hour are 720).
    handling_seconds : float
        Average time an agent is busy with a call, talk and notes, above 0.
    agents : int
        Agents on the telephone, 1 or more: people at work, breaks and leave already taken off.
    target_seconds : float
        Time within which a call should be answered, zero or more.

    Returns
    -------
    Series with ``load`` (erlangs), ``occupancy`` (share; 1 or more means an endless queue),
    ``wait_probability``, ``average_wait`` (ASA, seconds, over all calls), ``wait_if_waiting`` (seconds,
    those who wait), ``queue_length`` (calls waiting on average), ``service_level`` (share answered within
    the target). An overloaded desk has infinite waits and a service level of 0.

    Notes
    -----
    ``u = calls * handling / 3600``; ``ASA = P_w * handling / (m - u)``; ``SL = 1 - P_w exp(-(m-u) target /
    handling)``; ``L_q = P_w u / (m - u)``; ``P_w`` from :func:`erlang_c`.

    Examples
    --------
    >>> desk = queue_performance(720, handling_seconds=240, agents=55, target_seconds=15)
    >>> desk["load"].item(), round(desk["service_level"].item(), 3)
    (48.0, 0.846)
    """
    check = Check("queue_performance")
    load, handling, target = _desk(check, calls_per_hour, handling_seconds, target_seconds)
    agents = check.integer("agents", agents, low=1)
    check.done()
    waiting = _waiting(load, agents, _blocking(load, agents))
    return pd.Series(_figures(load, agents, waiting, handling, target), name="queue")


def agents_needed(
    calls_per_hour: float,
    *,
    handling_seconds: float,
    target_seconds: float,
    service_level: float = 0.8,
    max_average_wait: float | None = None,
    max_occupancy: float | None = None,
) -> int:
    """The smallest crew that answers the wanted share of calls in time.

    Two desks joined need fewer agents than two apart, and the last agent taken away costs most: the curve of
    :func:`staffing_table` is steep where the load meets the crew.

    Parameters
    ----------
    calls_per_hour, handling_seconds, target_seconds
        As in :func:`queue_performance`.
    service_level : float, default 0.8
        Share of calls to answer within the target, 0 or more and below 1.
    max_average_wait : float, optional
        Longest average wait allowed, in seconds, above 0.
    max_occupancy : float, optional
        Highest share of time that agents may be busy, above 0 and at most 1.

    Returns
    -------
    int
        Agents on the telephone, 1 or more. Divide by one less the share of breaks, training and leave to
        get the people to employ.

    Examples
    --------
    >>> agents_needed(720, handling_seconds=240, target_seconds=15, service_level=0.8)
    55
    """
    check = Check("agents_needed")
    load, handling, target = _desk(check, calls_per_hour, handling_seconds, target_seconds)
    wanted = check.number("service_level", service_level, low=0, high=1, high_open=True)
    longest = math.inf
    if max_average_wait is not None:
        longest = check.positive("max_average_wait", max_average_wait, unit=_("seconds"))
    busiest = 1.0
    if max_occupancy is not None:
        busiest = check.number("max_occupancy", max_occupancy, low=0, high=1, low_open=True)
    check.require(
        not load / busiest > MOST_AGENTS,
        _("the load must stay below {most} agents").format(most=MOST_AGENTS),
        got=errors.shown(load),
        hint=_("calls_per_hour is a rate in hours, handling_seconds a time in seconds"),
    )
    check.done()
    blocked = 1.0
    agents = 0
    while True:
        agents += 1
        blocked = load * blocked / (agents + load * blocked)
        if agents <= load or load / agents > busiest:
            continue
        desk = _figures(load, agents, _waiting(load, agents, blocked), handling, target)
        if desk["service_level"] >= wanted and desk["average_wait"] <= longest:
            return agents


def staffing_table(
    calls_per_hour: float,
    *,
    handling_seconds: float,
    target_seconds: float,
    agents: Iterable[int] | None = None,
) -> pd.DataFrame:
    """What callers meet with each size of crew, to see what the next agent buys.

    Parameters
    ----------
    calls_per_hour, handling_seconds, target_seconds
        As in :func:`queue_performance`.
    agents : list of int, optional
        Crews to look at. Left out: from the smallest that copes to the first that answers 99.9 % in time.

    Returns
    -------
    DataFrame, index ``agents``, with the columns of :func:`queue_performance`.

    Examples
    --------
    >>> table = staffing_table(60, handling_seconds=120, target_seconds=20, agents=[3, 4])
    >>> table["service_level"].round(3).to_dict()
    {3: 0.624, 4: 0.875}
    """
    check = Check("staffing_table")
    load, handling, target = _desk(check, calls_per_hour, handling_seconds, target_seconds)
    wanted = [agents] if isinstance(agents, numbers.Real) else agents
    crews = None
    if wanted is not None:
        crews = [check.integer("agents", number, low=1) for number in check.names("agents", wanted)]
    check.done()
    if crews is None:
        terms = {"handling_seconds": handling_seconds, "target_seconds": target_seconds}
        crews = list(
            range(math.floor(load) + 1, agents_needed(calls_per_hour, service_level=0.999, **terms) + 1)
        )
    rows = {
        number: _figures(load, number, _waiting(load, number, _blocking(load, number)), handling, target)
        for number in crews
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("agents")


def load_carried(lines: int, *, blocking: float) -> float:
    """The load that a number of lines can be offered if at most a given share of calls is turned away.

    Parameters
    ----------
    lines : int
        Lines, 1 or more.
    blocking : float
        Share of calls turned away, strictly between 0 and 1.

    Returns
    -------
    float
        Offered load in erlangs: the inverse of :func:`erlang_b`.

    Examples
    --------
    >>> round(load_carried(1, blocking=0.5), 9)
    1.0
    """
    check = Check("load_carried")
    lines = check.integer("lines", lines, low=1)
    blocking = check.number("blocking", blocking, low=0, high=1, low_open=True, high_open=True)
    check.done()
    high = lines / (1 - blocking)
    return float(brentq(lambda load: _blocking(load, lines) - blocking, 0.0, high, xtol=1e-12, rtol=1e-12))
