"""Marks for one student's answers, held against the reference made from that student's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casekit.exercises.checking.judge import judge
from casekit.exercises.checking.known import Reference
from casekit.exercises.checking.question import Question, Solved

if TYPE_CHECKING:
    from casekit.exercises.authoring.source import Exercise


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
        right, trap, wrong, missing, wrong type, by hand.
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


def _mark(question: Question, plain: Any, solved: Solved) -> Mark:
    known = Reference(question, solved.answers[question.id], solved.traps[question.id])
    judged = judge(question, plain, known)
    return Mark(
        question=question.id,
        points=round(judged.credit * question.points, 6),
        out_of=question.points,
        status=judged.status,
        trap=judged.trap.name if judged.trap else None,
        sentence=judged.sentence,
        idea=judged.trap.idea if judged.trap else "",
    )
