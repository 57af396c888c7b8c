"""An opened exercise: the student's tables, and what ``exercise.json`` says of the questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit.exercises.checking.known import Digested
from casekit.exercises.checking.question import Criterion, Question, Trap

#: Name of the file beside the notebook, and the folder of its tables.
DESCRIPTION, TABLES = "exercise.json", "data"

#: Where the file may lie: beside the notebook, or in ``sample/`` of the workbook.
_PLACES = (".", "sample")

_PROPERTIES = ("id", "answer", "kind", "title", "unit", "decimals", "tolerance", "points", "minutes")
_OPTIONAL = ("low", "high", "ordered", "sums_to", "min_words")


@dataclass(frozen=True)
class Book:
    """One student's exercise: ``book.table("visits")`` gives a table.

    Attributes
    ----------
    folder : Path
        Where ``exercise.json`` and ``data/`` lie.
    description : dict
        What ``exercise.json`` says.
    note : str
        What is odd about this copy, if anything.
    """

    folder: Path
    description: dict[str, Any]
    note: str = ""

    @property
    def id(self) -> str:
        """The exercise, such as ``03_loyalty_tiers``."""
        return self.description["exercise"]

    @property
    def graded(self) -> bool:
        """True if the values are not checked here but marked after handing in."""
        return self.description["mode"] == "graded"

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions by id."""
        return {item["id"]: question_from(item) for item in self.description["questions"]}

    def known(self, question: Question) -> Digested | None:
        """What is known here of the right answer."""
        for item in self.description["questions"]:
            if item["id"] == question.id and "check" in item:
                return Digested(question, item["check"])
        return None

    def inputs(self, question: Question) -> list[tuple[Any, ...]]:
        """The arguments on which a function is tried here; at grading there are others."""
        for item in self.description["questions"]:
            if item["id"] == question.id:
                return [tuple(arguments) for arguments in item.get("inputs", ())]
        return []

    def table(self, name: str) -> pd.DataFrame:
        """One of the student's tables, with dates as dates.

        Parameters
        ----------
        name : str
            The file's name without ``.csv``.

        Returns
        -------
        DataFrame
        """
        from casekit.exercises.checking.student_tables import read_table

        known = self.description["tables"]
        if name not in known:
            raise errors.InputError("table", errors.unknown_name(_("table"), name, list(known)))
        path = self.folder / TABLES / f"{name}.csv"
        if not path.is_file():
            problem = errors.must_hold(
                _("the folder {folder} must lie beside the notebook").format(folder=TABLES),
                got=_("no file {name}").format(name=f"{TABLES}/{name}.csv"),
                hint=_("unpack the whole zip into one folder, and open the notebook there"),
            )
            raise errors.InputError("table", problem)
        return read_table(path, known[name]["columns"])

    def __repr__(self) -> str:
        return self._repr_markdown_().replace("**", "")

    def _repr_markdown_(self) -> str:
        tables = ", ".join(
            _("{table} ({rows} rows)").format(table=name, rows=f"{item['rows']:,}")
            for name, item in self.description["tables"].items()
        )
        if self.graded:
            says = _("check(...) looks at type, unit and range; the values are marked after you hand in.")
        else:
            says = _("check(...) says at once what is right, and names the usual slips.")
        parts = [f"**{self.id}**", _("your tables: {tables}.").format(tables=tables), says, self.note]
        return " · ".join(part for part in parts if part)


def find_description(exercise: str | None = None) -> Path | None:
    """The ``exercise.json`` that belongs to the notebook at hand, or None."""
    for place in _PLACES:
        path = Path(place, DESCRIPTION)
        if path.is_file() and exercise in (None, _content(path).get("exercise")):
            return path
    return None


def read_book(path: Path, *, token: str | None = None) -> Book:
    """Read ``exercise.json``; a token that belongs to another copy is noted, not refused."""
    description = _content(path)
    note = ""
    if token is not None and description.get("token") != token:
        note = _(
            "This notebook and the tables beside it belong to different copies: unpack your own zip again."
        )
    return Book(path.parent, description, note)


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    needed = {"exercise", "mode", "token", "tables", "questions"}
    if not isinstance(content, dict) or not needed <= set(content):
        problem = errors.must_hold(
            _("{name} must be as it came in the zip").format(name=DESCRIPTION),
            got=str(path),
            hint=_("unpack your zip again and copy the notebook into that folder"),
        )
        raise errors.InputError("open_exercise", problem)
    return content


# -- a question as JSON ------------------------------------------------------------------------------------


def question_as_json(question: Question) -> dict[str, Any]:
    """The properties of a question that any student may read."""
    described = {name: getattr(question, name) for name in _PROPERTIES}
    for name in _OPTIONAL:
        if getattr(question, name) not in (None, False, 0):
            described[name] = getattr(question, name)
    if question.low == 0:
        described["low"] = 0
    if question.labels:
        described["labels"] = list(question.labels)
    if question.rubric:
        described["rubric"] = [[line.name, line.points, line.full] for line in question.rubric]
    return described


def question_from(item: dict[str, Any]) -> Question:
    """The question of an entry of ``exercise.json``; its traps are known by what they say only."""
    properties = {name: item[name] for name in (*_PROPERTIES, *_OPTIONAL) if name in item}
    return Question(
        **properties,
        labels=tuple(item.get("labels", ())),
        rubric=tuple(Criterion(*line) for line in item.get("rubric", ())),
        traps=tuple(Trap(formula="", **trap) for trap in item.get("traps", ())),
    )
