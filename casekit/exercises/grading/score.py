"""Marks for one student's answers, held against the reference made from that student's own data."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from casekit._text import _
from casekit.exercises.checking.judge import Judged, impossible_value, judge
from casekit.exercises.checking.known import Reference
from casekit.exercises.checking.question import Question, Solved
from casekit.exercises.checking.understand import understand

if TYPE_CHECKING:
    from casekit.exercises.authoring.source import Exercise

#: How many times larger or smaller than the right one a wrong number may be for others to go on from it.
WITHIN = 100.0


@dataclass(frozen=True)
class Mark:
    """The mark of one question.

    Attributes
    ----------
    question : str
        Its id.
    points, out_of : float
        Points earned (0 until a person has marked it, for ``by hand``) and to be had.
    status : str
        right, carried (right, going on from a wrong earlier answer), trap, wrong, missing, wrong type, by
        hand.
    trap : str, optional
        Name of the known mistake.
    sentence, idea : str
        What to tell the student, and the idea to revisit.
    """

    question: str
    points: float
    out_of: float
    status: str
    trap: str | None
    sentence: str
    idea: str


def score(exercise: Exercise, solved: Solved, answers: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Mark every question of an exercise.

    Parameters
    ----------
    exercise : Exercise
    solved : Solved
        ``exercise.solve(seed)`` for this student's seed.
    answers : mapping of question id to plain value
        As :func:`casekit.exercises.checking.answers.encode` gives them, of a function as
        :func:`casekit.exercises.checking.answers.call_function` does. They come out of the student's
        notebook: any value that JSON can hold is survived.

    Returns
    -------
    tuple of Mark, one a question in order
    """
    return tuple(_mark(question, answers.get(question.id), solved) for question in exercise.questions)


def carry_forward(
    exercise: Exercise, solved: Solved, answers: Mapping[str, Any], marks: tuple[Mark, ...]
) -> tuple[Mark, ...]:
    """Do not let a wrong number cost twice: judge what follows as if it had been right.

    The solution is run again with the student's own wrong numbers in the place of the right ones. A later
    answer that is what then comes out has all its points; one that is what a known mistake then leads to is
    named as such. A number counts only if it is possible and of the order of the right one
    (:data:`WITHIN` times), so that a zero does not make the rest of the sheet easy.

    Parameters
    ----------
    exercise, solved, answers
        As for :func:`score`.
    marks : tuple of Mark
        From :func:`score`.

    Returns
    -------
    tuple of Mark, one a question in order
    """
    earlier: dict[str, Any] = {}
    again: list[Mark] = []
    for question, mark in zip(exercise.questions, marks, strict=True):
        carried = None
        if mark.status in ("trap", "wrong"):
            plain = answers.get(question.id)
            if earlier and question.inputs is None:
                carried = _carried(exercise, solved, earlier, question, plain)
            earlier |= _wrong_number(question, plain, solved.answers[question.id])
        again.append(carried if carried is not None and carried.points > mark.points else mark)
    return tuple(again)


def _wrong_number(question: Question, plain: Any, right: Any) -> dict[str, Any]:
    """A wrong answer that later ones may go on from, in the type of the right one; else nothing."""
    value = understand(question, plain) if question.numeric and question.inputs is None else None
    if not isinstance(value, float) or impossible_value(question, value):
        return {}
    if float(right) == 0 or not 1 / WITHIN <= value / float(right) <= WITHIN:
        return {}
    return {question.id: int(value) if isinstance(right, int | np.integer) else value}


def _carried(
    exercise: Exercise, solved: Solved, earlier: Mapping[str, Any], question: Question, plain: Any
) -> Mark | None:
    """The mark of an answer that goes on from wrong ones; None if it does not."""
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            right, traps = exercise.going_on_from(solved, earlier, question)
        judged = judge(question, plain, Reference(question, right, traps))
    except Exception:  # the author's own code on numbers that it was not written for
        return None
    if judged.status == "trap":
        return _as_mark(question, judged)
    if judged.status != "right":
        return None
    says = _("Right, going on from your earlier answers: their mistake counts once.")
    return _as_mark(question, replace(judged, status="carried", sentence=says))


def _mark(question: Question, plain: Any, solved: Solved) -> Mark:
    known = Reference(question, solved.answers[question.id], solved.traps[question.id])
    return _as_mark(question, judge(question, plain, known))


def _as_mark(question: Question, judged: Judged) -> Mark:
    return Mark(
        question=question.id,
        points=round(judged.credit * question.points, 6),
        out_of=question.points,
        status=judged.status,
        trap=judged.trap.name if judged.trap else None,
        sentence=judged.sentence,
        idea=judged.trap.idea if judged.trap else "",
    )
