"""Checklists: what to know of an account, how to prepare and hold a talk, what to ask before deciding."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check
from casekit.selling._checklist_items import CHECKLISTS, items_of
from casekit.selling._vectors import as_rows, flag_frame, weights_of
from casekit.selling.credit import as_labels


def checklist(name: str) -> pd.DataFrame:
    """The items of a list: what each means, in English and Chinese.

    Parameters
    ----------
    name : str
        ``account``: the seven things to learn in phase 1 of the Client Value Method. ``call_preparation``:
        research, objectives and management of a sales call. ``spin_questions``: the four kinds of question
        of SPIN selling. ``listening``, ``saying``, ``observing``: the quality of a call or visit, marked by a
        listener. ``dialogue``: the six conditions of a valuable dialogue. ``emotional_dialogue``: contact
        before, during and after the sale. ``impact``: what to ask before a policy changes.
        ``crisis_plan``: what a plan for the first hour and after must hold.

        Marks of ``listening``, ``saying`` and ``observing`` are judgements: have two people mark the same
        calls and look at their agreement (:func:`casekit.segments.confusion_table`,
        :func:`casekit.segments.cohen_kappa`) before anybody is paid by them. The items of ``observing``,
        ``impact``, ``emotional_dialogue`` and ``crisis_plan`` are worked out from the course's remarks,
        which list no scale.

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
    table = pd.DataFrame.from_dict(items_of(name), orient="index", columns=["meaning", "name_zh"])
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
