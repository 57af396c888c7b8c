"""Checklists that a seller works through: what to know of an account, how to prepare a call, what to ask."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import as_rows, flag_frame, weights_of
from casekit.selling.credit import as_labels

#: The lists there are.
CHECKLISTS = ("account", "call_preparation", "spin_questions")


def checklist(name: str) -> pd.DataFrame:
    """The items of a list: what each means, in English and Chinese.

    Parameters
    ----------
    name : {"account", "call_preparation", "spin_questions"}
        ``account``: the seven things to learn in phase 1 of the Client Value Method. ``call_preparation``:
        research, objectives and management of a sales call. ``spin_questions``: the four kinds of question
        of SPIN selling.

    Returns
    -------
    DataFrame, index ``item``, with ``meaning`` and ``name_zh``.

    References
    ----------
    Rackham, N. (1988). *SPIN Selling* (the four kinds of question).

    Examples
    --------
    >>> checklist("account").index.tolist()[:3]
    ['business_direction', 'business_plans', 'success_factors']
    """
    check = Check("checklist")
    check.choice("name", name, CHECKLISTS)
    check.done()
    lists: dict[str, dict[str, tuple[str, str]]] = {
        "account": {
            "business_direction": (_("what in the market moves the customer's business"), "客户业务方向"),
            "business_plans": (_("what the customer does to get there"), "客户业务计划"),
            "success_factors": (
                _("what helps or hinders, and how the customer defines success"),
                "客户成功因素",
            ),
            "our_solution": (_("what we could do to solve the customer's problem"), "解决方案"),
            "our_strength": (_("how our way to success differs from competitors'"), "竞争力"),
            "our_cases": (_("which of our cases resemble this problem"), "案例"),
            "unique_value": (_("how our solution meets the need and carries our value"), "独有价值"),
        },
        "call_preparation": {
            "customer_researched": (_("the customer's business and trade, and our link with it"), "研究客户"),
            "offers_chosen": (_("which of our offers touch the customer, and how"), "研究方案"),
            "team_goals": (_("what the team wants and who does what"), "团队目标和责任"),
            "result_wanted": (_("what this call is to achieve"), "拜访目标"),
            "information_wanted": (_("what we want to learn"), "想得到的信息"),
            "next_step": (_("the next step to be agreed"), "下一步"),
            "course_of_call": (
                _("how the call is to run: who, what, where, when"),
                "流程: who, what, where, when",
            ),
            "opening": (_("the opening words"), "开场白"),
            "objections": (_("questions and objections to expect"), "预计问题及异议"),
        },
        "spin_questions": {
            "situation": (_("facts about the customer's situation"), "背景问题"),
            "problem": (_("difficulties and dissatisfaction"), "难点问题"),
            "implication": (_("consequences of a difficulty"), "暗示问题"),
            "need_payoff": (_("what a solution would be worth to the customer"), "需求-效益问题"),
        },
    }
    table = pd.DataFrame.from_dict(lists[name], orient="index", columns=["meaning", "name_zh"])
    return table.rename_axis("item")


def checklist_score(done: Any, *, weights: Any = None, needed: float = 1.0) -> pd.DataFrame:
    """How complete each account, call or deal is against its checklist, and what is missing.

    Whether a complete list goes with more deals is a question for data: give the scores and outcomes to
    :func:`out_of_fold_scores` with :func:`logistic_model`, or to :func:`auc`. Good sellers both prepare and
    win, so a higher win rate after preparation is no proof that preparing caused it.

    Parameters
    ----------
    done : DataFrame, list of dicts or dict, shape (n_rows, n_items)
        True where an item is known or done.
    weights : dict, Series or list of float, optional
        Weight of each item, zero or more, adding up to 1; equal if not given.
    needed : float, default 1
        Score with which a row counts as complete (the next phase may begin), 0 to 1.

    Returns
    -------
    DataFrame, one row a row of ``done``
        ``score`` (0 to 1), ``complete`` (bool), ``missing`` (items not done, heaviest first, comma between).

    Notes
    -----
    ``score = sum_k w_k x_k`` with ``x_k`` 1 if item ``k`` is done.

    Examples
    --------
    >>> known = {"Ada": {"business_plans": True, "our_cases": True}, "Ben": {"business_plans": True,
    ...     "our_cases": False}}
    >>> checklist_score(known).to_dict("index")["Ben"]
    {'score': 0.5, 'complete': False, 'missing': 'our_cases'}
    """
    check = Check("checklist_score")
    needed = check.share("needed", needed)
    frame = check.frame("done", as_rows(done))
    known = list(as_labels(weights) or frame.columns)
    importance = weights_of(check, "weights", weights, known)
    marks = flag_frame(check, "done", frame, known)
    check.done()
    score = (marks @ importance).round(12).clip(0, 1)
    order = importance.sort_values(ascending=False, kind="stable").index
    open_ = marks[order].to_numpy() == 0
    missing = [", ".join(map(str, np.asarray(order, dtype=object)[row])) for row in open_]
    return pd.DataFrame({"score": score, "complete": score >= needed - 1e-9, "missing": missing})
