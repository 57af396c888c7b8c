"""Holds an exercise against what a good one must be: key full marks, traps apart, nothing empty."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any

from casekit.exercises.checking.answers import encode
from casekit.exercises.checking.judge import judge
from casekit.exercises.checking.known import Reference
from casekit.exercises.checking.question import Question, Solved
from casekit.exercises.checking.understand import Complaint

if TYPE_CHECKING:
    from casekit.exercises.authoring.source import Exercise

#: Tolerances by which a trap must differ from the right answer and from other traps.
APART = 10.0


def problems(exercise: Exercise, seeds: Iterable[int]) -> list[str]:
    """What is wrong with the first make of the data of some seeds, in sentences.

    A few do no harm: :meth:`Exercise.solve` makes such data anew. Many say that a trap or a range is badly
    chosen.

    Parameters
    ----------
    exercise : Exercise
    seeds : iterable of int

    Returns
    -------
    list of str
    """
    found = []
    for seed in seeds:
        found += [f"seed {seed}, {text}" for text in problems_of(exercise, exercise.attempt(seed))]
    return found


def problems_of(exercise: Exercise, solved: Solved) -> list[str]:
    """What is wrong with one make of the data."""
    texts = []
    for question in exercise.questions:
        known = Reference(question, solved.answers[question.id], solved.traps[question.id])
        key = judge(question, plain(solved.answers[question.id]), known)
        expected = "by hand" if question.kind == "free_text" else "right"
        if key.status != expected:
            texts.append(f"question {question.id}: the key is {key.status}: {key.sentence}")
        elif expected == "right":
            texts += [f"question {question.id}: {text}" for text in _degenerate(question, known.right)]
            texts += [f"question {question.id}: {text}" for text in _too_near(question, known)]
    return texts


def plain(value: Any) -> Any:
    """An answer or trap as a plain value; the outputs of a function are plain already."""
    return value if isinstance(value, dict) and "outputs" in value else encode(value)


def _degenerate(question: Question, right: Any) -> list[str]:
    if question.numeric and abs(right) <= question.tolerance:
        return ["the right answer is zero"]
    if question.kind == "share" and min(abs(right), abs(1 - right)) <= question.tolerance:
        return ["the right answer is nobody or everybody"]
    if isinstance(right, (list, dict)) and not right:
        return ["the right answer is empty"]
    numbers = [right] if question.numeric else [v for v in _values(right) if isinstance(v, float)]
    low, high = question.low, question.high
    outside = [v for v in numbers if (low is not None and v < low) or (high is not None and v > high)]
    return ["the right answer lies outside its range"] if outside else []


def _values(right: Any) -> list[Any]:
    return list(right.values()) if isinstance(right, dict) else []


def _too_near(question: Question, known: Reference) -> list[str]:
    texts = [
        f"trap {name} leads to no answer: {wrong.sentence}"
        for name, wrong in known.traps.items()
        if isinstance(wrong, Complaint)
    ]
    values = {name: wrong for name, wrong in known.traps.items() if not isinstance(wrong, Complaint)}
    if question.numeric:
        values |= {f"{times} times right": known.right * times for times in (100, 0.01, -1)}
    for (one, first), (two, second) in combinations([("right", known.right), *values.items()], 2):
        slips = "times right" in one and "times right" in two
        if not slips and not ("right" in one and "times right" in two) and _near(question, first, second):
            texts.append(f"{one} and {two} are too near each other")
    return texts


def _near(question: Question, first: Any, second: Any) -> bool:
    gap = APART * question.tolerance
    if isinstance(first, dict):
        return set(first) == set(second) and all(_alike(first[name], second[name], gap) for name in first)
    if isinstance(first, list):
        return first == second if question.ordered else sorted(first) == sorted(second)
    return _alike(first, second, gap)


def _alike(first: Any, second: Any, gap: float) -> bool:
    if isinstance(first, str) or isinstance(second, str):
        return first == second
    return abs(first - second) <= gap
