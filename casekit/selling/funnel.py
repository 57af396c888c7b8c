"""The sales funnel with its intervals: where deals are lost, and whether the alarm is more than chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import betainc

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.selling._vectors import number_frame
from casekit.service.proportions import proportion_interval

#: Below this share of deals that go on the course calls for action.
ALARM = 0.2


def funnel_conversion(counts: Any, *, alarm: Any = ALARM, level: float = 0.95) -> pd.DataFrame:
    """How many go on from each stage to the next, with the range chance leaves, and where to act.

    The course's rule: below 20 % from prospect to intention, improve. Taken at its word it rings for half of
    all funnels that are exactly at 20 %. Here ``alarm`` means that chance is an unlikely excuse, and
    ``watch`` that the rate is low but the deals are too few to say.

    Parameters
    ----------
    counts : dict, Series or list of int, shape (n_stages,)
        People or deals of one cohort that reached each stage, the widest first; each is part of the one
        before. Stages counted on one day are no cohort: deals then pile up where they are slow.
    alarm : float, dict or Series by stage entered, default 0.2
        Rate below which a step needs action, 0 to 1; stages that a dict leaves out have no alarm.
    level : float, default 0.95
        Probability of the intervals.

    Returns
    -------
    DataFrame, one row a step, index ``step`` (the stage entered)
        ``from_stage``, ``entered`` (came into it), ``passed`` (reached ``step``), ``rate``, ``low``, ``high``
        (Wilson), ``of_all`` (share of the first stage), ``alarm``, ``chance_below`` (that the true rate is
        below the alarm), ``state``: ``alarm`` (interval wholly below), ``watch`` (rate below, interval not),
        ``unproven`` (rate at or above, interval not wholly), ``fine``, or ``no data``.

    Raises
    ------
    InputError
        If counts are not whole, grow from stage to stage, or fewer than two stages come.

    Notes
    -----
    ``rate = passed / entered``; ``chance_below`` from the posterior ``Beta(passed + 1/2, entered - passed +
    1/2)`` (Jeffreys's prior).

    References
    ----------
    Wilson, E. B. (1927). *JASA* 22, 209–212. Brown, L., Cai, T. and DasGupta, A. (2001). *Statistical
    Science* 16, 101–133.

    Examples
    --------
    >>> steps = funnel_conversion({"prospect": 200, "intention": 24, "deal": 6})
    >>> steps[["rate", "state"]].to_numpy().tolist()
    [[0.12, 'alarm'], [0.25, 'unproven']]
    """
    check = Check("funnel_conversion")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    stages = _cohort(check, counts)
    steps = stages.index[1:]
    if as_series(alarm) is None:
        limit = pd.Series(check.share("alarm", alarm), index=steps, dtype=float)
    else:
        limit = check.vector("alarm", alarm, low=0, high=1)
        check.unique("alarm.index", limit.index)
        check.done()
        for odd in limit.index.difference(steps):
            check.add(errors.unknown_name("alarm", odd, [str(step) for step in steps]))
        limit = limit.reindex(steps)
    check.done()
    rows = [
        _step(int(entered), int(passed), float(bound), level)
        for entered, passed, bound in zip(stages.iloc[:-1], stages.iloc[1:], limit, strict=True)
    ]
    table = pd.DataFrame(rows, index=steps.rename("step"))
    table.insert(0, "from_stage", stages.index[:-1].to_numpy())
    table.insert(6, "of_all", (stages.iloc[1:] / stages.iloc[0]).to_numpy())
    return table


def _step(entered: int, passed: int, alarm: float, level: float) -> dict[str, Any]:
    row: dict[str, Any] = {"entered": entered, "passed": passed}
    if entered == 0:
        gap = dict.fromkeys(("rate", "low", "high"), np.nan)
        return row | gap | {"alarm": alarm, "chance_below": np.nan, "state": "no data"}
    found = proportion_interval(passed, entered, level=level)
    below = float(betainc(passed + 0.5, entered - passed + 0.5, alarm)) if not np.isnan(alarm) else np.nan
    if np.isnan(alarm) or found.low >= alarm:
        state = "fine"
    elif found.high < alarm:
        state = "alarm"
    else:
        state = "watch" if found.estimate < alarm else "unproven"
    bounds = {"rate": found.estimate, "low": found.low, "high": found.high}
    return row | bounds | {"alarm": alarm, "chance_below": below, "state": state}


def _cohort(check: Check, counts: Any) -> pd.Series:
    """Counts by stage: whole, positive at the top, never growing; raises what is wrong."""
    stages = check.vector("counts", counts, low=0)
    check.done()
    check.unique("counts.index", stages.index)
    check.require(len(stages) >= 2, _("counts must hold at least two stages"), got=str(len(stages)))
    broken = stages[stages % 1 != 0]
    check.require(
        broken.empty,
        _("counts must hold whole numbers"),
        got=errors.listing(errors.shown(count) for count in broken),
        hint=_("give counts, not shares"),
    )
    grown = stages[stages.diff() > 0]
    check.require(
        grown.empty,
        _("no stage may hold more than the one before"),
        got=errors.listing(errors.shown(count) for count in grown),
        where=errors.listing(grown.index),
        hint=_("count the same cohort through all stages, widest first"),
    )
    check.require(bool(stages.iloc[0] > 0), _("the first stage must hold at least one"), got="0")
    check.done()
    return stages


def funnel_value(conversion: pd.DataFrame, *, margin: float) -> pd.DataFrame:
    """What one more at each stage is worth, and what lifting each step to its alarm would bring.

    The step with the lowest rate is not always the one to mend: what counts is what comes through to the
    end. Assumes that the people added would go on like the rest, which the marginal ones seldom do.

    Parameters
    ----------
    conversion : DataFrame
        From :func:`funnel_conversion`.
    margin : float
        Margin of one that reaches the last stage, in money, zero or more.

    Returns
    -------
    DataFrame, index ``step``
        ``worth`` (of one more who reaches the step, in money), ``gain_at_alarm`` (money for the whole cohort
        if the step's rate were at its alarm; zero if it is at or above).

    Notes
    -----
    ``worth_k = margin * product of the later rates``, ``gain_at_alarm = entered * max(0, alarm - rate) *
    worth``.

    Examples
    --------
    >>> steps = funnel_conversion({"prospect": 200, "intention": 20, "deal": 10})
    >>> funnel_value(steps, margin=1000).to_numpy().tolist()
    [[500.0, 10000.0], [1000.0, 0.0]]
    """
    check = Check("funnel_value")
    worth = check.number("margin", margin, low=0)
    columns = ["entered", "rate", "alarm"]
    frame = number_frame(check, "conversion", conversion, columns, low=0, missing=True)
    check.done()
    if len(frame):
        check.vector("conversion['entered']", frame["entered"], low=0)
    check.done()
    rates = frame["rate"].fillna(0.0).to_numpy()
    later = np.append(np.cumprod(rates[::-1])[::-1][1:], 1.0)
    lift = (frame["alarm"] - frame["rate"]).clip(lower=0).fillna(0.0)
    gain = frame["entered"] * lift * later * worth
    return pd.DataFrame({"worth": worth * later, "gain_at_alarm": gain}, index=frame.index)
