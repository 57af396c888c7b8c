"""Reads ``exercise.py``, the one edited source of an exercise, and solves it for any seed."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._resources import resource
from casekit._text import _
from casekit.exercises.authoring.declare import collecting
from casekit.exercises.authoring.seeds import student_seed
from casekit.exercises.checking.answers import call_function
from casekit.exercises.checking.question import Question, QuizItem, Solved, Trap
from casekit.exercises.checking.student_tables import as_read

#: Code cells that are the author's own: run when the exercise is read, never shown.
AUTHOR_TAGS = {"author", "data", "question", "quiz"}

#: Tags that a cell of an exercise may carry.
TAGS = {"markdown": {"guide", "key"}, "code": AUTHOR_TAGS | {"solution", "free", "show"}}

#: How often data are made anew until every question is well posed.
MOST_ATTEMPTS = 20

_FOLDER = re.compile(r"\d\d_[a-z0-9_]+")


@dataclass(frozen=True)
class Cell:
    """One cell of the source: ``role`` is prose, guide, key, author, question, given, show or solution."""

    role: str
    source: str
    free: bool = False
    question: Question | None = None


@dataclass
class Exercise:
    """One exercise.

    Attributes
    ----------
    id : str
        Name of its folder, such as ``03_loyalty_tiers``.
    path : Path
        Its ``exercise.py``.
    title, notebook, needs : str
    minutes : float
        Length of the lesson.
    week : int
    cells : tuple of Cell
    questions : tuple of Question
    quiz : tuple of QuizItem
    make_data : callable
    """

    id: str
    path: Path
    title: str
    notebook: str
    needs: str
    minutes: float
    week: int
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]
    quiz: tuple[QuizItem, ...]
    make_data: Callable[[np.random.Generator], dict[str, pd.DataFrame]]
    _compiled: dict[Any, CodeType] = field(default_factory=dict, repr=False)

    @property
    def points(self) -> float:
        """Points of all questions."""
        return sum(question.points for question in self.questions)

    @property
    def question_minutes(self) -> float:
        """Minutes of all questions: a student's time; :attr:`minutes` is the length of the lesson."""
        return sum(question.minutes for question in self.questions)

    @property
    def sha256(self) -> str:
        """Names this version of the source."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @cached_property
    def sample_seed(self) -> int:
        """The seed of the sample student, whose key is public."""
        return student_seed(b"the sample student", "casekit", self.id, "SAMPLE")

    def question(self, id: str) -> Question:
        """The question with this id."""
        for question in self.questions:
            if question.id == id:
                return question
        raise errors.InputError(
            "question", errors.unknown_name(_("question"), id, [item.id for item in self.questions])
        )

    def solve(self, seed: int) -> Solved:
        """Make the data of a seed and compute right answers and traps.

        Data on which a question is not well posed (two traps meet, a group is empty) are made anew, so that
        no student gets them.

        Parameters
        ----------
        seed : int
            From :func:`casekit.exercises.authoring.seeds.student_seed`.

        Returns
        -------
        Solved

        Raises
        ------
        InputError
            If :data:`MOST_ATTEMPTS` were not enough; the message says what was wrong with the last.
        """
        from casekit.exercises.authoring.wellposed import problems_of

        for attempt in range(MOST_ATTEMPTS):
            solved = self.attempt(seed, attempt)
            found = problems_of(self, solved)
            if not found:
                return solved
        raise errors.InputError(
            "solve",
            errors.must_hold(
                _("the questions of {exercise} must be well posed").format(exercise=self.id),
                got=_("{count} makes of data on which they are not").format(count=MOST_ATTEMPTS),
                where=errors.listing(found),
            ),
        )

    def attempt(self, seed: int, number: int = 0) -> Solved:
        """One make of a seed's data, well posed or not."""
        made = self.make_data(np.random.default_rng([seed, number] if number else seed))
        tables = {name: as_read(table, name=name) for name, table in made.items()}
        names = self._run(tables)
        answers: dict[str, Any] = {}
        traps: dict[str, dict[str, Any]] = {}
        inputs: dict[str, list[tuple[Any, ...]]] = {}
        for question in self.questions:
            answers[question.id] = names[question.answer]
            traps[question.id] = {trap.name: self._trap(trap, names) for trap in question.traps}
            if question.inputs is not None:
                inputs[question.id] = function_inputs(question, seed)
        functions = {id: (answers[id], traps[id]) for id in inputs}
        for id, calls in inputs.items():
            answers[id], traps[id] = _called(functions[id], calls)
        return Solved(tables, answers, traps, inputs, functions, attempts=number + 1)

    def call_on(self, question: Question, solved: Solved, inputs: list[tuple[Any, ...]]) -> tuple[Any, Any]:
        """What the right function and those of the traps return on other inputs."""
        return _called(solved.functions[question.id], inputs)

    def going_on_from(
        self, solved: Solved, earlier: Mapping[str, Any], question: Question
    ) -> tuple[Any, dict[str, Any]]:
        """Answer and traps of a question if earlier answers had been these, right or not.

        Parameters
        ----------
        solved : Solved
        earlier : mapping of question id to value
            Numbers in the unit of their question.
        question : Question
            Not of the kind ``function``: that starts from nothing earlier.
        """
        names = self._run(solved.tables, earlier)
        return names[question.answer], {trap.name: self._trap(trap, names) for trap in question.traps}

    def _run(
        self, tables: dict[str, pd.DataFrame], instead: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Every name after the given cells and the solutions have run, with other answers where given."""
        other = instead or {}
        names: dict[str, Any] = {"__name__": "exercise", "np": np, "pd": pd, "book": _Tables(tables)}
        for number, cell in enumerate(self.cells):
            if cell.role in ("given", "solution"):
                exec(self._code(number, cell.source, "exec"), names)
                names["book"] = _Tables(tables)
            if cell.role == "solution" and cell.question is not None and cell.question.id in other:
                names[cell.question.answer] = other[cell.question.id]
        return names

    def _trap(self, trap: Trap, names: dict[str, Any]) -> Any:
        if callable(trap.formula):
            return trap.formula(*(names[name] for name in inspect.signature(trap.formula).parameters))
        return eval(self._code(trap.formula, trap.formula, "eval"), dict(names))

    def _code(self, key: Any, source: str, mode: str) -> CodeType:
        if key not in self._compiled:
            self._compiled[key] = compile(source, f"{self.id}/exercise.py", mode)
        return self._compiled[key]


def _called(
    functions: tuple[Any, dict[str, Any]], inputs: list[tuple[Any, ...]]
) -> tuple[Any, dict[str, Any]]:
    right, wrong = functions
    return call_function(right, inputs), {name: call_function(made, inputs) for name, made in wrong.items()}


class _Tables:
    """What ``book`` is while the key is computed."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        self._tables = tables

    def table(self, name: str) -> pd.DataFrame:
        return self._tables[name].copy()


def function_inputs(question: Question, seed: int, *, practice: bool = False) -> list[tuple[Any, ...]]:
    """The arguments of every call of a function asked for; other ones for practice than at grading."""
    assert question.inputs is not None
    return [tuple(item) for item in question.inputs(np.random.default_rng([seed, int(practice), 20]))]


# -- reading -----------------------------------------------------------------------------------------------


def list_exercises() -> list[Exercise]:
    """Every exercise of the workbook, in reading order."""
    folders = sorted(path.parent for path in resource("exercises").glob("*/exercise.py"))
    return [read_exercise(folder) for folder in folders if _FOLDER.fullmatch(folder.name)]


def find_exercise(name: str) -> Exercise:
    """The exercise with this name, number and name, or number: ``loyalty_tiers``, ``03``."""
    folders = sorted(path.parent for path in resource("exercises").glob("*/exercise.py"))
    for folder in folders:
        if name in (folder.name, folder.name[3:], folder.name[:2], folder.name[:2].lstrip("0")):
            return read_exercise(folder)
    raise errors.InputError(
        "find_exercise", errors.unknown_name(_("exercise"), name, [folder.name for folder in folders])
    )


def read_exercise(folder: str | Path) -> Exercise:
    """Read one exercise from its folder (or its ``exercise.py``).

    Parameters
    ----------
    folder : path

    Returns
    -------
    Exercise

    Raises
    ------
    InputError
        If the source lacks a part or a cell carries an unknown tag.
    """
    path = Path(folder)
    path = path if path.suffix == ".py" else path / "exercise.py"
    if not path.is_file():
        problem = errors.must_hold(_("an exercise must have its exercise.py"), got=str(folder))
        raise errors.InputError("read_exercise", problem)
    return _read(path.resolve(), path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Exercise:
    try:
        import jupytext
    except ImportError as error:
        raise errors.MissingExtraError(
            _("exercises need jupytext: pip install 'casekit[workbook]'")
        ) from error
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    names: dict[str, Any] = {"__name__": "exercise"}
    cells, open_question = [], None
    with collecting() as collected:
        for cell in notebook.cells:
            role = _role(path, cell)
            if role in AUTHOR_TAGS:
                exec(compile(cell.source, str(path), "exec"), names)
            if role == "question":
                open_question = collected.questions[-1]
            cells.append(
                Cell(
                    role="author" if role in AUTHOR_TAGS - {"question"} else role,
                    source=cell.source,
                    free="free" in cell.metadata.get("tags", []),
                    question=open_question if role in ("question", "solution") else None,
                )
            )
    if "make_data" not in names or not collected.about or not collected.questions:
        problem = errors.must_hold(
            _("an exercise must declare about(...), make_data(rng) and at least one question"), got=str(path)
        )
        raise errors.InputError("read_exercise", problem)
    return Exercise(
        id=path.parent.name,
        path=path,
        cells=tuple(cells),
        questions=tuple(collected.questions),
        quiz=tuple(collected.quiz),
        make_data=names["make_data"],
        **collected.about,
    )


def _role(path: Path, cell: Any) -> str:
    tags = set(cell.metadata.get("tags", []))
    unknown = tags - TAGS.get(cell.cell_type, set())
    if unknown:
        problem = errors.must_hold(
            _("the cells of an exercise must carry known tags only"),
            got=errors.listing(sorted(unknown)),
            where=f"{path.parent.name}: {cell.source[:40]!r}",
            allowed=", ".join(sorted(TAGS.get(cell.cell_type, ()))),
        )
        raise errors.InputError("read_exercise", problem)
    if cell.cell_type == "markdown":
        return "guide" if "guide" in tags else "key" if "key" in tags else "prose"
    for role in ("author", "data", "question", "quiz", "show"):
        if role in tags:
            return role
    return "solution" if tags & {"solution", "free"} else "given"
