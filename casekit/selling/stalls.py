"""How long deals stay in each phase, which are overdue, and what to do about a stalled one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import as_rows
from casekit.selling.client_value import DONE, GATES, STOPPED, client_value_phases, gate_decision
from casekit.service.service_level import waiting_curve


def phase_stays(history: Any, *, today: Any, ends: tuple[str, ...] = (DONE, STOPPED)) -> pd.DataFrame:
    """Every stay of every deal in a phase: when it began, when it ended, how many days, what came next.

    Parameters
    ----------
    history : DataFrame, one row an entry into a phase
        ``deal_id``, ``phase`` and ``date`` of the entry; an end of the deal is an entry into one of ``ends``.
        Entries after ``today`` do not count. A deal may come back to an earlier phase: a new stay.
    today : date
        Day up to which open stays have lasted.
    ends : tuple of str, default ("done", "stopped")
        Words for the end of a deal; they begin no stay.

    Returns
    -------
    DataFrame, one row a stay, by deal and date
        ``deal_id``, ``phase``, ``entered``, ``left`` (missing if open), ``days`` (until it was left, or
        today), ``next_phase`` (missing if open), ``open`` (bool).

    Raises
    ------
    InputError
        If a column is missing or dates are no dates.

    Examples
    --------
    >>> history = pd.DataFrame({"deal_id": ["A", "A"], "phase": ["understand", "explore"],
    ...     "date": pd.to_datetime(["2025-01-01", "2025-01-11"])})
    >>> phase_stays(history, today="2025-02-10")[["phase", "days", "open"]].to_numpy().tolist()
    [['understand', 10, False], ['explore', 30, True]]
    """
    check = Check("phase_stays")
    columns = ["deal_id", "phase", "date"]
    frame = check.frame("history", history, columns, keys=["deal_id", "phase"])
    left_out = check.names("ends", ends)
    check.done()
    check.dates("history['date']", frame["date"])
    last = check.day("today", today)
    check.done()
    log = frame.loc[frame["date"] <= last, ["deal_id", "phase", "date"]]
    log = log.sort_values(["deal_id", "date"], kind="stable").reset_index(drop=True)
    following = log.groupby("deal_id", sort=False)
    stays = log.rename(columns={"date": "entered"})
    stays["left"] = following["date"].shift(-1)
    stays["next_phase"] = following["phase"].shift(-1)
    stays["days"] = (stays["left"].fillna(last) - stays["entered"]).dt.days
    stays["open"] = stays["left"].isna()
    stays = stays[np.array([phase not in left_out for phase in stays["phase"]], dtype=bool)].reset_index(
        drop=True
    )
    return stays[["deal_id", "phase", "entered", "left", "days", "next_phase", "open"]]


def phase_survival(stays: pd.DataFrame) -> pd.DataFrame:
    """Share of deals still in a phase after so many days, deals that are still open counted properly.

    The mean of finished stays is too short: it leaves out exactly the deals that are stuck. The estimator of
    Kaplan and Meier counts an open deal as far as it has come. It assumes that a deal is still open because
    we looked today, not because it is of another kind.

    Parameters
    ----------
    stays : DataFrame
        From :func:`phase_stays`; columns ``phase``, ``days`` and ``open`` are used.

    Returns
    -------
    DataFrame, one row a phase and day on which a stay ended (and day 0), phases in order of appearance
        ``phase``, ``days``, ``at_risk`` (stays not ended before), ``left`` (stays that ended on that day),
        ``survival`` (share that stays longer, 0 to 1).

    Notes
    -----
    ``S(t) = prod_{t_i <= t} (1 - d_i / n_i)`` with ``d = left`` and ``n = at_risk``; a stay censored on a day
    counts as at risk on it (:func:`casekit.service.waiting_curve`).

    References
    ----------
    Kaplan, E. and Meier, P. (1958). Nonparametric estimation from incomplete observations. *JASA* 53,
    457–481.

    Examples
    --------
    >>> stays = pd.DataFrame({"phase": "explore", "days": [10, 20, 30], "open": [False, True, False]})
    >>> phase_survival(stays)["survival"].round(3).tolist()
    [1.0, 0.667, 0.0]
    """
    check = Check("phase_survival")
    frame = _stays(check, stays)
    parts = [
        waiting_curve(group["days"], ~group["open"]).reset_index().assign(phase=phase)
        for phase, group in frame.groupby("phase", sort=False)
    ]
    names = {"wait": "days", "answered": "left", "still_waiting": "survival"}
    table = pd.concat(parts, ignore_index=True).rename(columns=names)
    return table[["phase", "days", "at_risk", "left", "survival"]]


def phase_ageing(stays: pd.DataFrame, *, limits: Any = None, share: float = 0.75) -> pd.DataFrame:
    """Open deals against the days a deal may spend in its phase: which are overdue.

    Without limits of one's own, the limit of a phase is the day by which ``share`` of its deals have usually
    left it (from :func:`phase_survival`). If fewer than that have ever left, there is no limit, which itself
    tells where deals get stuck.

    Parameters
    ----------
    stays : DataFrame
        From :func:`phase_stays`.
    limits : dict or Series of phase to days, optional
        Days allowed in each phase, above 0.
    share : float, default 0.75
        Share of deals that usually have left by the limit, strictly between 0 and 1; without ``limits``.

    Returns
    -------
    DataFrame, one row an open deal, most overdue first
        ``deal_id``, ``phase``, ``days``, ``limit`` (days; missing if there is none), ``days_over`` (above
        zero: overdue), ``overdue`` (bool).

    Examples
    --------
    >>> stays = pd.DataFrame({"deal_id": ["A", "B"], "phase": "explore", "days": [50, 20], "open": True})
    >>> phase_ageing(stays, limits={"explore": 30})[["deal_id", "days_over", "overdue"]].to_numpy().tolist()
    [['A', 20.0, True], ['B', -10.0, False]]
    """
    check = Check("phase_ageing")
    share = check.number("share", share, low=0, high=1, low_open=True, high_open=True)
    frame = _stays(check, stays, "deal_id")
    if limits is None:
        curve = phase_survival(frame)
        reached = curve[(curve["survival"] <= 1 - share + 1e-12) & (curve["left"] > 0)]
        allowed = reached.groupby("phase")["days"].min()
    else:
        allowed = check.vector("limits", limits, low=0, low_open=True, unit=_("days"))
        lost = [name for name in frame.loc[frame["open"], "phase"].unique() if name not in allowed.index]
        if lost:
            check.add(errors.different_labels("limits", lost, [], "stays['phase']"))
    check.done()
    table = frame.loc[frame["open"], ["deal_id", "phase", "days"]].copy()
    table["limit"] = table["phase"].map(allowed.to_dict()).astype(float)
    table["days_over"] = table["days"] - table["limit"]
    table["overdue"] = table["days_over"] > 0
    return table.sort_values("days_over", ascending=False, kind="stable").reset_index(drop=True)


def diagnose_stalls(ageing: pd.DataFrame, *, answers: Any = None) -> pd.DataFrame:
    """What holds up each overdue deal, and the remedy: the course's table of stalls, filled in.

    The questions answered "unsure" at the gate name the cause; a deal whose answers are all yes is held up
    by us and not by the customer, one with a no should not be open at all.

    Parameters
    ----------
    ageing : DataFrame
        From :func:`phase_ageing`, with the phases of the Client Value Method.
    answers : DataFrame or dict of dicts, optional
        The customer's answers at the gates, rows by deal (see :func:`pass_gates`). Without them every
        question is open.

    Returns
    -------
    DataFrame, index ``deal_id``, overdue deals only
        ``phase``, ``days_over``, ``decision`` (``advance``, ``slow``, ``stop``), ``open_questions`` (comma
        between), ``remedy``.

    Examples
    --------
    >>> late = pd.DataFrame({"deal_id": ["A"], "phase": ["explore"], "days_over": [20.0], "overdue": [True]})
    >>> diagnose_stalls(late, answers={"A": {"meets_our_need_better": "unsure"}})["remedy"].item()
    'build up what only we can offer'
    """
    check = Check("diagnose_stalls")
    columns = ["deal_id", "phase", "days_over", "overdue"]
    keys = ["deal_id", "phase"]
    frame = check.frame("ageing", ageing, columns, rows=False, keys=keys)
    check.done()
    if len(frame):
        frame = frame.assign(overdue=check.flags("ageing['overdue']", frame["overdue"]))
        check.vector("ageing['days_over']", frame["days_over"], missing=True)
        check.done()
    for odd in frame.loc[~frame["phase"].isin(list(GATES)), "phase"].unique():
        check.add(errors.unknown_name("phase", odd, list(GATES)))
    said = pd.DataFrame() if answers is None else check.frame("answers", as_rows(answers))
    check.unique("answers.index", said.index)
    check.done()
    remedies = client_value_phases()["remedy"]
    rows = []
    for row in frame[frame["overdue"].astype(bool)].itertuples():
        codes = GATES[str(row.phase)]
        record = said.loc[row.deal_id] if row.deal_id in said.index else pd.Series(dtype=object)
        given = {code: record.get(code) for code in codes}
        single = {code: gate_decision([answer]) for code, answer in given.items()}
        decision = gate_decision(list(given.values()))
        remedy = {
            "slow": remedies[row.phase],
            "stop": _("stop: the customer has said no"),
            "advance": _("move on: the customer has agreed, the delay is ours"),
        }[decision]
        rows.append(
            {
                "deal_id": row.deal_id,
                "phase": row.phase,
                "days_over": row.days_over,
                "decision": decision,
                "open_questions": ", ".join(code for code, verdict in single.items() if verdict != "advance"),
                "remedy": remedy,
            }
        )
    columns = ["deal_id", "phase", "days_over", "decision", "open_questions", "remedy"]
    return pd.DataFrame(rows, columns=columns).set_index("deal_id")


def _stays(check: Check, stays: Any, *more: str) -> pd.DataFrame:
    keys = ["phase", *more]
    frame = check.frame("stays", stays, ["phase", "days", "open", *more], keys=keys)
    check.done()
    days = check.vector("stays['days']", frame["days"], low=0)
    still = check.flags("stays['open']", frame["open"])
    check.done()
    return frame.assign(days=days, open=still)
