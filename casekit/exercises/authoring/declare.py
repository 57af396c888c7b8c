"""What an ``exercise.py`` calls: ``about``, ``question``, ``quiz``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.exercises.checking.question import KINDS, Choice, Question, QuizItem


@dataclass
class Collected:
    """What the author's cells declared, in order."""

    about: dict[str, Any] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    quiz: list[QuizItem] = field(default_factory=list)


_collected: ContextVar[Collected | None] = ContextVar("casekit_exercise", default=None)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Gather what is declared inside the ``with`` block."""
    gathered = Collected()
    token = _collected.set(gathered)
    try:
        yield gathered
    finally:
        _collected.reset(token)


def _current() -> Collected:
    return _collected.get() or Collected()


class _Book:
    """Stands for the student's opened exercise while ``exercise.py`` is run as a plain script."""

    def table(self, name: str) -> Any:
        raise errors.InputError(
            "exercise.py",
            errors.must_hold(
                _("an exercise must be read, not run"),
                got=name,
                hint=_("casekit exercises build, or read_exercise(...).solve(seed)"),
            ),
        )


#: In the notebook ``book`` is what ``open_exercise`` gives; in ``exercise.py`` it only satisfies the linter.
book = _Book()


def about(*, title: str, minutes: float, notebook: str, week: int, needs: str = "") -> None:
    """Declare the exercise: its title, minutes, the case notebook it follows and the week of the course."""
    _current().about.update(title=title, minutes=minutes, notebook=notebook, week=week, needs=needs)


def question(id: str, *, answer: str, kind: str, **properties: Any) -> None:
    """Declare a question, with the properties of :class:`~casekit.exercises.checking.question.Question`."""
    check = Check("question")
    check.require(
        kind in KINDS,
        _("the kind of question {id} must be known").format(id=id),
        got=repr(kind),
        hint=", ".join(KINDS),
    )
    check.require(
        answer.isidentifier(), _("the answer of question {id} must be a name").format(id=id), got=answer
    )
    traps = tuple(properties.get("traps", ()))
    names = [trap.name for trap in traps]
    check.require(
        len(set(names)) == len(names), _("traps must have names of their own"), got=errors.listing(names)
    )
    earlier = _current().questions
    check.require(
        id not in {item.id for item in earlier} and answer not in {item.answer for item in earlier},
        _("id and answer of a question must be its own"),
        got=f"{id}, {answer}",
    )
    check.done()
    for name in ("hints", "traps", "labels", "rubric"):
        if name in properties:
            given = properties[name]
            properties[name] = (given,) if isinstance(given, str) else tuple(given)
    _current().questions.append(Question(id=id, answer=answer, kind=kind, **properties))


def quiz(prompt: str, *choices: Choice) -> None:
    """Declare one multiple-choice question with feedback for every option; exactly one is right."""
    check = Check("quiz")
    right = sum(choice.right for choice in choices)
    check.require(right == 1, _("exactly one option must be right"), got=str(right), where=prompt)
    check.require(
        all(choice.feedback for choice in choices), _("every option must have its feedback"), got=prompt
    )
    check.done()
    _current().quiz.append(QuizItem(prompt, choices))
