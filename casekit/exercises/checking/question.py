"""A question of an exercise, and the traps on its way: named wrong answers, each with its formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: What can be asked for. The first four are one number each.
KINDS = ("number", "share", "money", "count", "choice", "labels", "series", "function", "free_text")

#: Kinds whose answer is one number.
NUMERIC = ("number", "share", "money", "count")


@dataclass(frozen=True)
class Trap:
    """A known wrong way.

    Attributes
    ----------
    name : str
        Short name, as it stands in the table of mistakes: ``divided_by_all``.
    formula : str or callable
        What leads to the wrong answer: a Python expression on the names of the solution, or a function whose
        arguments are such names.
    says : str
        One sentence on the step that went wrong; never the answer.
    idea : str
        The idea to revisit.
    credit : float
        Share of the points that the wrong answer still earns, 0 to 1.
    """

    name: str
    formula: str | Callable[..., Any]
    says: str
    idea: str = ""
    credit: float = 0.0


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric for an answer that a person marks."""

    name: str
    points: float
    full: str


@dataclass(frozen=True)
class Question:
    """One question of an exercise.

    Attributes
    ----------
    id : str
        Stable name, such as ``3.2``.
    answer : str
        Name of the variable (or function) that holds the answer.
    kind : str
        One of :data:`KINDS`.
    title, unit : str
        What is asked, in a few words; the unit of the answer, such as ``share of guests, 0 to 1``.
    decimals : int
        Decimals that the answer needs.
    tolerance : float
        Largest difference that still counts as right: by default half a unit of the last decimal, nothing for
        a count.
    points, minutes : float
    hints : tuple of str
    traps : tuple of Trap
    low, high : float, optional
        Range in which every sensible answer lies (of each value, for a series).
    labels : tuple of str
        Labels that a choice, a list of labels or a series of labels may use.
    ordered : bool
        The order of a list of labels counts.
    sums_to : float, optional
        What the values of a series add up to.
    rubric : tuple of Criterion
        For ``free_text``.
    min_words : int
        Fewest words (or Chinese characters) of a ``free_text``.
    inputs : callable, optional
        ``inputs(rng)`` gives the tuples of arguments on which a ``function`` is called.
    """

    id: str
    answer: str
    kind: str
    title: str = ""
    unit: str = ""
    decimals: int = 2
    tolerance: float = -1.0
    points: float = 1.0
    minutes: float = 3.0
    hints: tuple[str, ...] = ()
    traps: tuple[Trap, ...] = ()
    low: float | None = None
    high: float | None = None
    labels: tuple[str, ...] = ()
    ordered: bool = False
    sums_to: float | None = None
    rubric: tuple[Criterion, ...] = ()
    min_words: int = 0
    inputs: Callable[[Any], list[tuple[Any, ...]]] | None = None

    def __post_init__(self) -> None:
        if self.tolerance < 0:
            exact = self.kind == "count"
            object.__setattr__(self, "tolerance", 0.0 if exact else 0.5 * 10.0**-self.decimals)
        if self.kind == "share":
            object.__setattr__(self, "low", 0.0 if self.low is None else self.low)
            object.__setattr__(self, "high", 1.0 if self.high is None else self.high)

    @property
    def numeric(self) -> bool:
        """True if the answer is one number."""
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Choice:
    """One option of a quiz question, with what to say to somebody who picks it."""

    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True)
class QuizItem:
    """One multiple-choice question."""

    prompt: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Solved:
    """An exercise solved for one student.

    Attributes
    ----------
    tables : dict of DataFrame
        The student's data.
    answers : dict
        The right answer of each question; of a ``function`` the list of its outputs.
    traps : dict of dict
        The wrong answer of each trap of each question.
    inputs : dict
        Of each ``function`` question, the arguments of every call at grading.
    functions : dict
        Of each ``function`` question, the right function and those of the traps.
    attempts : int
        How often the data were made until every question was well posed.
    """

    tables: dict[str, Any]
    answers: dict[str, Any]
    traps: dict[str, dict[str, Any]]
    inputs: dict[str, list[tuple[Any, ...]]]
    functions: dict[str, Any] = field(default_factory=dict)
    attempts: int = 1
