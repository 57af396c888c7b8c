"""The Client Value Method: five phases, a gate after each, and what yes, unsure and no lead to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.selling._vectors import as_rows

#: The five phases of a deal, and the two ends.
PHASES = ("understand", "explore", "expand", "execute", "confirm")
DONE, STOPPED = "done", "stopped"

#: What a customer's answer at a gate can be, with the words under which it may arrive.
ANSWERS = {
    "yes": {"yes", "y", "true", "1", "是"},
    "unsure": {"unsure", "?", "maybe", "", "不确定"},
    "no": {"no", "n", "false", "0", "否", "不是"},
}

#: Which questions stand at the gate that closes each phase.
GATES = {
    "understand": ("knows_our_need",),
    "explore": ("meets_our_need_better",),
    "expand": ("solution_works", "we_would_buy", "low_risk"),
    "execute": ("reaches_our_value",),
    "confirm": ("value_confirmed",),
}


def client_value_phases() -> pd.DataFrame:
    """The five phases of the Client Value Method: question, gate, status earned, remedy for a stall.

    The course's slides show the phases, status words, decision questions and remedies; where a question
    stands on the arrow can only be read approximately, and the question closing the last phase is ours. Give
    :func:`pass_gates` your own gates if yours differ.

    Returns
    -------
    DataFrame, index ``phase``
        ``number``, ``name_zh``, ``question`` (that the team answers in this phase), ``gate`` (codes of the
        customer's decision questions, comma between), ``status`` and ``status_zh`` (earned by passing the
        gate; empty after the last), ``remedy`` and ``remedy_zh`` (if a deal stalls here).

    Examples
    --------
    >>> client_value_phases()["status"].tolist()
    ['verified', 'qualified', 'won', 'completed', '']
    """
    rows = {
        "understand": (
            "了解",
            _("What does the customer need and value?"),
            ("verified", "验证"),
            (_("find the main cause before acting"), "明确主要原因再行动"),
        ),
        "explore": (
            "探索",
            _("Which choices and ways are of value to the customer?"),
            ("qualified", "合格"),
            (_("build up what only we can offer"), "拓展独有价值"),
        ),
        "expand": (
            "拓展",
            _("Which solution solves the customer's problem?"),
            ("won", "赢"),
            (_("be clear about the customer's values and earn trust"), "明确客户的价值观并获取信任"),
        ),
        "execute": (
            "执行",
            _("How is it carried out well?"),
            ("completed", "完成"),
            (_("help the decision: make the value to the customer plain"), "促进决策: 明确客户价值"),
        ),
        "confirm": (
            "确定",
            _("How can the value grow?"),
            ("", ""),
            (_("help the decision: make the value to the customer plain"), "促进决策: 明确客户价值"),
        ),
    }
    records = {
        phase: {
            "number": PHASES.index(phase) + 1,
            "name_zh": name,
            "question": question,
            "gate": ", ".join(GATES[phase]),
            "status": status[0],
            "status_zh": status[1],
            "remedy": remedy[0],
            "remedy_zh": remedy[1],
        }
        for phase, (name, question, status, remedy) in rows.items()
    }
    return pd.DataFrame.from_dict(records, orient="index").rename_axis("phase")


def gate_questions() -> pd.DataFrame:
    """The customer's decision questions at the gates.

    Returns
    -------
    DataFrame, index ``question``, with ``phase`` (that the question closes), ``meaning`` and ``name_zh``.

    Examples
    --------
    >>> gate_questions().loc["low_risk", "phase"]
    'expand'
    """
    texts = {
        "knows_our_need": (_("Do they know what we need?"), "是否知道我们需要的是什么?"),
        "meets_our_need_better": (
            _("Do they meet our need better than other suppliers?"),
            "相比其他厂家是否更满足我们的需求?",
        ),
        "solution_works": (_("Does their solution work?"), "解决方案是否奏效?"),
        "we_would_buy": (_("Would we buy their product?"), "我们是否会购买产品?"),
        "low_risk": (_("Is the risk low?"), "是否低风险?"),
        "reaches_our_value": (
            _("Can they reach the value that we hope for?"),
            "是否可以达到我们希望实现的价值?",
        ),
        "value_confirmed": (_("Do we confirm the value received?"), "是否肯定客户的价值及经验?"),
    }
    rows = {
        code: {"phase": phase, "meaning": texts[code][0], "name_zh": texts[code][1]}
        for phase, codes in GATES.items()
        for code in codes
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("question")


def gate_decision(answers: Any) -> str:
    """What the answers at one gate lead to: advance, slow down or stop.

    One "no" stops the deal, whatever else is liked; without a "no", one "unsure" slows it down; only "yes"
    throughout advances it. A question that was not asked counts as unsure: a gate passed by not asking is
    what the course calls a phase not carried out, whose problems come later and cost more.

    Parameters
    ----------
    answers : list, dict or Series of str
        ``yes``, ``unsure`` or ``no`` (or 是, 不确定, 否; True and False; missing is unsure), one or more.

    Returns
    -------
    str
        ``advance``, ``slow`` or ``stop``.

    Examples
    --------
    >>> gate_decision(["yes", "unsure"]), gate_decision(["unsure", "no"]), gate_decision(["是", "yes"])
    ('slow', 'stop', 'advance')
    """
    check = Check("gate_decision")
    given = as_series([answers] if isinstance(answers, str) else answers)
    if given is None:
        check.stop(errors.wrong_type("answers", _("a list or dict of answers"), answers))
    given = given.astype(object)
    check.require(len(given) > 0, _("answers must hold at least one answer"), got=_("none"))
    read = _answers(check, "answers", given)
    check.done()
    return _decide(read.to_numpy())


def pass_gates(deals: Any, *, answers: Any, gates: dict[str, tuple[str, ...]] | None = None) -> pd.DataFrame:
    """Move each deal by the answers at its gate: on to the next phase, slower in the same one, or out.

    Parameters
    ----------
    deals : Series, dict or DataFrame with a column ``phase``, one row a deal
        Phase in which each open deal is.
    answers : DataFrame or dict of dicts, shape (n_deals, n_questions)
        The customer's answers, rows by deal; questions as in ``gates``. Answers to questions of other
        phases are not looked at; a missing one counts as unsure.
    gates : dict of phase to question names, optional
        Phases in their order with the questions that close them; those of :func:`client_value_phases` if not
        given.

    Returns
    -------
    DataFrame, one row a deal
        ``phase``, ``decision`` (``advance``, ``slow``, ``stop``), ``next_phase`` (``done`` after the last,
        ``stopped`` on a no), ``status`` (earned so far; empty before the first gate, and with own gates),
        ``unsure`` and ``refused`` (questions answered so, comma between).

    Raises
    ------
    InputError
        If a phase or answer is unknown, or a deal has no row of answers.

    References
    ----------
    The gates work like those of a stage-gate process: Cooper, R. (1990). Stage-gate systems. *Business
    Horizons* 33(3), 44–54.

    Examples
    --------
    >>> said = {"A": {"knows_our_need": "yes"}, "B": {"knows_our_need": "unsure"}}
    >>> pass_gates({"A": "understand", "B": "understand"}, answers=said)["next_phase"].to_dict()
    {'A': 'explore', 'B': 'understand'}
    """
    check = Check("pass_gates")
    plan = GATES
    if gates is not None:
        own = check.mapping("gates", gates)
        plan = {phase: tuple(check.names(f"gates[{phase!r}]", asked)) for phase, asked in own.items()}
    order = list(plan)
    phase = _phases(check, deals, order)
    frame = check.frame("answers", as_rows(answers))
    check.done()
    check.unique("deals", phase.index)
    check.unique("answers.index", frame.index)
    lost = [deal for deal in phase.index if deal not in frame.index]
    if lost:
        check.add(errors.different_labels("answers", lost, [], "deals"))
    read = {
        column: _answers(check, f"answers[{column!r}]", frame[column].astype(object))
        for column in frame.columns
        if column in {code for codes in plan.values() for code in codes}
    }
    check.done()
    statuses = client_value_phases()["status"].to_dict() if gates is None else {}
    rows = [_moved(deal, now, order, plan[now], read, statuses) for deal, now in phase.items()]
    return pd.DataFrame(rows, index=phase.index)


def _moved(
    deal: Any,
    now: str,
    order: list[str],
    asked: tuple[str, ...],
    read: dict[str, pd.Series],
    statuses: dict[str, str],
) -> dict[str, str]:
    said = {code: read[code].loc[deal] if code in read else "unsure" for code in asked}
    decision = _decide(np.array(list(said.values()), dtype=object))
    passed = order.index(now) + (decision == "advance")
    following = order[passed] if passed < len(order) else DONE
    earned = [statuses.get(phase, "") for phase in order[:passed]]
    return {
        "phase": now,
        "decision": decision,
        "next_phase": STOPPED if decision == "stop" else following,
        "status": next((status for status in reversed(earned) if status), ""),
        "unsure": ", ".join(code for code, answer in said.items() if answer == "unsure"),
        "refused": ", ".join(code for code, answer in said.items() if answer == "no"),
    }


def _decide(answers: np.ndarray) -> str:
    if (answers == "no").any():
        return "stop"
    return "slow" if (answers == "unsure").any() else "advance"


def _answers(check: Check, name: str, given: pd.Series) -> pd.Series:
    """Answers in one spelling; a missing answer is unsure."""
    words = {word: answer for answer, spelt in ANSWERS.items() for word in spelt}
    text = given.where(given.notna(), "").map(lambda answer: str(answer).strip().lower())
    read = text.map(words)
    for odd in given[read.isna()].map(_as_said).unique():
        check.add(errors.unknown_name(name, odd, list(ANSWERS)))
    return read


def _as_said(answer: Any) -> str:
    return answer if isinstance(answer, str) else errors.shown(answer)


def _phases(check: Check, deals: Any, order: list[str]) -> pd.Series:
    """The phase of each deal, by deal."""
    if isinstance(deals, pd.DataFrame):
        deals = check.frame("deals", deals, ["phase"]).get("phase", pd.Series(dtype=object))
    phase = as_series(deals)
    if phase is None:
        check.stop(errors.wrong_type("deals", _("a dict or Series with the phase of each deal"), deals))
    phase = phase.astype(object)
    check.names("deals", list(phase), repeats=True)
    check.require(len(phase) > 0, _("deals must hold at least one deal"), got=_("none"))
    for odd in phase[~phase.isin(order)].unique():
        check.add(errors.unknown_name("phase", odd, order))
    return phase
