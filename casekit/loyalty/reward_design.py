"""The questions to ask of a reward programme before it starts, scored, with the figure that answers each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The questions: the course's five, then those of O'Brien and Jones and of Dowling and Uncles it leaves out.
REWARD_QUESTIONS = (
    "valued",
    "by contribution",
    "spread over time",
    "affordable",
    "best for the loyal",
    "choice",
    "easy",
    "supports the offer",
    "hard to copy",
)


@dataclass(frozen=True)
class RewardDesign:
    """A programme held against the questions.

    Attributes
    ----------
    score : float
        Weighted mean of the answers, 0 to 1.
    weakest : tuple of str
        Questions with the lowest answer, those of most weight first.
    table : DataFrame
        By question: ``question``, ``evidence`` (what to compute), ``answer``, ``weight``, ``contribution``
        (their product) and ``lost`` (score that a full yes would add).
    """

    score: float
    weakest: tuple[str, ...]
    table: pd.DataFrame


def reward_questions() -> pd.DataFrame:
    """The checklist of a reward programme, each question with what would answer it in figures.

    Returns
    -------
    DataFrame by code (``REWARD_QUESTIONS``) with ``question``, ``evidence`` and ``source``.

    References
    ----------
    The first five are the course's (客户是否重视本企业的奖励, 不搞平均主义, 细水长流, 能否坚持下去,
    把条件最好的留给老客户). O'Brien, L. and Jones, C. (1995). Do rewards really create loyalty? *Harvard
    Business Review* 73(3), 75–82. Dowling, G. R. and Uncles, M. (1997). Do customer loyalty programs really
    work? *Sloan Management Review* 38(4), 71–82.

    Examples
    --------
    >>> reward_questions().loc["by contribution", "evidence"]
    'reward_concentration(rewards, value) beside gini(value)'
    """
    rows = [
        (_("Do customers value the reward?"), _("share who redeem; conjoint importance of the reward")),
        (
            _("Do rewards follow what customers bring, instead of the same for all?"),
            "reward_concentration(rewards, value) " + _("beside") + " gini(value)",
        ),
        (_("Is it given little by little, not staked on one big gift?"), _("rewards a customer and year")),
        (_("Can the firm keep it up?"), "points_ledger(...), programme_return(...)"),
        (_("Are the best conditions kept for old customers?"), _("mean reward by tenure")),
        (_("Can customers choose among rewards?"), _("number of rewards redeemed at least once a month")),
        (_("Is it easy to take part and to redeem?"), _("breakage; steps from purchase to reward")),
        (
            _("Does the reward support the firm's own offer?"),
            _("share of rewards that are the firm's own goods"),
        ),
        (_("Is it hard for a rival to copy?"), "game_kind(rivalry_payoffs(...))"),
    ]
    course, brien, dowling = _("course"), "O'Brien and Jones (1995)", "Dowling and Uncles (1997)"
    sources = [course] * 5 + [brien, brien, dowling, dowling]
    return pd.DataFrame(
        [(*row, source) for row, source in zip(rows, sources, strict=True)],
        index=pd.Index(REWARD_QUESTIONS, name="code"),
        columns=["question", "evidence", "source"],
    )


def score_reward_design(answers: Mapping[str, float] | pd.Series, *, weights: Any = None) -> RewardDesign:
    """Hold a reward programme against the checklist: a score, and what to mend first.

    A high score is no proof that the programme pays; that takes a control group
    (:func:`casekit.loyalty.programme_effect`). It finds the hole before the money is spent.

    Parameters
    ----------
    answers : dict or Series of float by code
        From 0 (no) to 1 (yes) for every one of ``REWARD_QUESTIONS``; 0.5 for partly.
    weights : dict or Series of float by code, optional
        Weight of each question, 0 or more, adding up to 1; by default all alike.

    Returns
    -------
    RewardDesign

    Raises
    ------
    InputError
        If a question is unanswered or unknown, an answer is outside 0 to 1, or weights do not add up to 1.

    Notes
    -----
    ``score = Σ weight · answer``; a question loses ``weight · (1 - answer)``.

    References
    ----------
    As in :func:`reward_questions`; the weights are the reader's.

    Examples
    --------
    >>> answers = dict.fromkeys(REWARD_QUESTIONS, 1.0) | {"hard to copy": 0.0, "affordable": 0.5}
    >>> design = score_reward_design(answers)
    >>> round(design.score, 4), design.weakest
    (0.8333, ('hard to copy',))
    """
    check = Check("score_reward_design")
    given = check.vector("answers", answers, low=0, high=1)
    target = pd.Series(1 / len(REWARD_QUESTIONS), index=list(REWARD_QUESTIONS))
    shares = target if weights is None else check.weights("weights", weights)
    check.done()
    unknown = [code for code in given.index if code not in target.index]
    if unknown:
        check.add(errors.unknown_name("answers", unknown[0], list(REWARD_QUESTIONS)))
    else:
        given = check.same_labels("answers", given, "REWARD_QUESTIONS", target)
    shares = check.same_labels("weights", shares, "REWARD_QUESTIONS", target)
    check.done()
    table = reward_questions()[["question", "evidence"]].assign(answer=given, weight=shares)
    table["contribution"] = table["answer"] * table["weight"]
    table["lost"] = table["weight"] - table["contribution"]
    lowest = table[table["answer"] == table["answer"].min()].sort_values(
        "weight", ascending=False, kind="stable"
    )
    weakest = tuple(str(code) for code in lowest.index) if table["answer"].min() < 1 else ()
    return RewardDesign(float(table["contribution"].sum()), weakest, table)
