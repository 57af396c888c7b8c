"""Push or pull: two ways from an idea to an offer, each as a project that advances, falls back or stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Stages of the push process (推动模式): from an invention to a customer who has the problem.
PUSH_STAGES = ("technology", "solution", "customer problem", "measure", "adjust", "create")

#: Stages of the pull process (拉动模式): from a problem in the market to the means of solving it.
PULL_STAGES = (
    "market problem",
    "technical resources",
    "solution",
    "design evaluation",
    "measure",
    "adjust",
    "create",
)

#: Where a project ends.
DONE, STOPPED = "done", "stopped"


@dataclass(frozen=True)
class DevelopmentOutlook:
    """What a development process promises, per project started.

    Attributes
    ----------
    success_rate : float
        Share of projects started that are done, 0 to 1.
    duration : float
        Expected time until done or stopped, in the unit of ``duration``.
    cost : float
        Expected cost until done or stopped, currency.
    cost_per_success : float
        Cost of all projects for each one done; infinite if none is.
    visits : Series of float
        How often each stage is passed through, on average.
    """

    success_rate: float
    duration: float
    cost: float
    cost_per_success: float
    visits: pd.Series


def development_matrix(stages: pd.DataFrame) -> pd.DataFrame:
    """The project pipeline as a Markov chain over its stages and two ends, done and stopped.

    Parameters
    ----------
    stages : DataFrame, one row a stage, in order
        ``stage`` (or the index); ``advance`` and ``stop``, shares of the projects leaving this stage that go
        on or are given up; optional ``back_to``, the stage to which the rest falls back (default: the stage
        is done again).

    Returns
    -------
    DataFrame, square: rows the stage left, columns where the project goes next; rows add up to 1.

    Raises
    ------
    InputError
        For shares outside 0 to 1 or adding up to more than 1, unknown or repeated stages.

    Examples
    --------
    >>> stages = pd.DataFrame({"stage": ["solution", "problem"], "advance": [0.9, 0.2], "stop": [0.1, 0.5],
    ...                        "back_to": [None, "solution"]})
    >>> development_matrix(stages).loc["problem"].round(6).to_dict()
    {'solution': 0.3, 'problem': 0.0, 'done': 0.2, 'stopped': 0.5}
    """
    table = _stages(Check("development_matrix"), stages)
    names = [*table["stage"], DONE, STOPPED]
    matrix = pd.DataFrame(0.0, index=names, columns=names)
    for row, following in zip(table.itertuples(index=False), names[1:], strict=False):
        matrix.loc[row.stage, following] += row.advance
        matrix.loc[row.stage, STOPPED] += row.stop
        matrix.loc[row.stage, row.back_to] += max(0.0, 1 - row.advance - row.stop)
    matrix.loc[DONE, DONE] = matrix.loc[STOPPED, STOPPED] = 1.0
    return matrix


def development_outlook(stages: pd.DataFrame) -> DevelopmentOutlook:
    """How likely a project is to be done, how long it takes and what it costs until it ends.

    Parameters
    ----------
    stages : DataFrame
        As for :func:`development_matrix`, with ``duration`` and ``cost`` of one pass through the stage, each
        0 or more (0 if the column is absent).

    Returns
    -------
    DevelopmentOutlook

    Raises
    ------
    InputError
        As there, and if a project could go round for ever.

    Notes
    -----
    With ``N = (I - Q)^-1`` over the stages (``Q``: :func:`development_matrix` without its ends) and ``n`` its
    row of the first stage: ``success_rate = n @ P[:, done]``, ``duration = n @ duration``,
    ``cost = n @ cost``, ``cost_per_success = cost / success_rate``. A project keeps no memory: the
    third round of adjusting is as likely to succeed as the first. No discounting.

    References
    ----------
    Kemeny, J. G. and Snell, J. L. (1960). *Finite Markov Chains*, ch. 3: absorbing chains.

    Examples
    --------
    >>> stages = pd.DataFrame({"stage": ["build", "test"], "advance": [1, 0.5], "stop": [0, 0.25],
    ...                        "back_to": [None, "build"], "cost": [30, 15]})
    >>> outlook = development_outlook(stages)
    >>> round(outlook.success_rate, 4), round(outlook.cost, 4), round(outlook.cost_per_success, 4)
    (0.6667, 60.0, 90.0)
    """
    table = _stages(Check("development_outlook"), stages)
    matrix = development_matrix(table)
    inside = matrix.iloc[:-2, :-2].to_numpy()
    check = Check("development_outlook")
    check.require(
        float(np.abs(np.linalg.eigvals(inside)).max()) < 1 - 1e-12,
        _("every project must end some day"),
        got=_("stages that only lead back to each other"),
        hint=_("give a share that stops, or one that advances"),
    )
    check.done()
    passes = np.linalg.solve((np.eye(len(inside)) - inside).T, np.eye(len(inside))[0])
    success = float(passes @ matrix[DONE].to_numpy()[:-2])
    cost = float(passes @ table["cost"].to_numpy())
    return DevelopmentOutlook(
        success_rate=min(1.0, success),
        duration=float(passes @ table["duration"].to_numpy()),
        cost=cost,
        cost_per_success=cost / success if success > 0 else float("inf"),
        visits=pd.Series(passes, index=table["stage"].to_numpy(), name="visits"),
    )


def compare_development(processes: Mapping[str, pd.DataFrame], *, value: float = 0.0) -> pd.DataFrame:
    """Push against pull: success, time, cost and expected worth of each process side by side.

    The seminar picture prefers pull; whether it is better depends on the shares. Push fails late, when the
    technology is paid for and nobody has the problem; pull fails early and cheaply.

    Parameters
    ----------
    processes : dict of str to DataFrame
        Stages of each process, as for :func:`development_outlook`; :data:`PUSH_STAGES` and
        :data:`PULL_STAGES` name those of the course.
    value : float, default 0
        Worth of a finished offer, currency, 0 or more.

    Returns
    -------
    DataFrame by process: ``success_rate, duration, cost, cost_per_success, expected_value`` (``value *
    success_rate - cost``, negative when the process destroys value) and ``break_even_value``, what a finished
    offer must be worth.

    Examples
    --------
    >>> push = pd.DataFrame({"advance": [1, 0.2], "stop": [0, 0.8], "cost": [50, 10]}, index=["build", "ask"])
    >>> pull = pd.DataFrame({"advance": [0.4, 1], "stop": [0.6, 0], "cost": [10, 50]}, index=["ask", "build"])
    >>> compare_development({"push": push, "pull": pull}, value=200)["expected_value"].round(6).to_dict()
    {'push': -20.0, 'pull': 50.0}
    """
    check = Check("compare_development")
    value = check.number("value", value, low=0)
    if not isinstance(processes, Mapping) or not processes:
        check.add(errors.wrong_type("processes", _("a dict of stages by name"), processes))
    check.done()
    rows = {}
    for name, stages in processes.items():
        found = development_outlook(stages)
        rows[name] = {
            "success_rate": found.success_rate,
            "duration": found.duration,
            "cost": found.cost,
            "cost_per_success": found.cost_per_success,
            "expected_value": value * found.success_rate - found.cost,
            "break_even_value": found.cost_per_success,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _stages(check: Check, stages: pd.DataFrame) -> pd.DataFrame:
    frame = check.frame("stages", stages, ["advance", "stop"])
    optional = [name for name in ("stage", "duration", "cost", "back_to") if name in frame.columns]
    check.frame("stages", frame, optional)
    check.done()
    names = (
        frame["stage"].astype(str)
        if "stage" in frame.columns
        else pd.Series([str(label) for label in frame.index], dtype=object)
    )
    check.unique("stage", names.to_numpy())
    for end in (DONE, STOPPED):
        check.require(end not in set(names), _("a stage must not be called done or stopped"), got=end)
    table = pd.DataFrame({"stage": names.to_numpy()})
    for column in ("advance", "stop"):
        table[column] = check.vector(column, frame[column], low=0, high=1).to_numpy()
    for column in ("duration", "cost"):
        values = check.vector(column, frame[column], low=0) if column in frame.columns else None
        table[column] = 0.0 if values is None else values.to_numpy()
    back = frame["back_to"].to_numpy() if "back_to" in frame.columns else [None] * len(frame)
    table["back_to"] = [
        own if target is None or pd.isna(target) or target == "" else str(target)
        for own, target in zip(table["stage"], back, strict=True)
    ]
    for target in dict.fromkeys(table["back_to"]):
        check.choice("back_to", target, list(table["stage"]))
    over = table["advance"] + table["stop"] > 1 + 1e-9
    check.require(
        not over.any(),
        _("advance and stop must not exceed 1 together"),
        got=errors.listing(errors.shown(x) for x in (table["advance"] + table["stop"])[over]),
        where=errors.rows(table["stage"][over]),
        hint=_("what remains of 1 is the share that falls back"),
    )
    check.done()
    return table
