"""What goes into a box and what comes out of it; everything that comes out is read with suspicion.

The box sends one JSON object a line. A submission may write there too: it gains nothing by it, since it may
answer what it likes anyway and is scored outside, but every line must be what it claims to be.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casekit._text import _

#: The deepest answer that is read: outputs of a function, each with labelled values.
DEEPEST = 7

#: The longest text, and the most values, of one answer.
LONGEST_TEXT = 20_000
MOST_VALUES = 250_000

#: How many errors and notes of one submission are kept, and how long each may be.
KEPT = 50
SHORT = 300


@dataclass(frozen=True)
class Wanted:
    """One answer to take out: the name of its variable, and the inputs if it is a function."""

    question: str
    name: str
    kind: str = "number"
    inputs: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Job:
    """Code cells in order, the files they may read, and the answers wanted; ``lean`` loads no package."""

    cells: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    lean: bool = False

    def as_json(self, limits: Mapping[str, int], work: str) -> bytes:
        """What the runner reads on standard input."""
        wanted = [
            {"id": w.question, "name": w.name, "kind": w.kind, "inputs": list(w.inputs)} for w in self.wanted
        ]
        job = {"cells": self.cells, "wanted": wanted, "files": dict(self.files), "limits": dict(limits)}
        return json.dumps({**job, "work": work, "lean": self.lean}).encode()


@dataclass(frozen=True)
class Outcome:
    """What came out of a box.

    Attributes
    ----------
    status : str
        ``ok``, ``timed out``, ``out of memory`` or ``crashed``.
    answers : dict
        Question id -> plain value (:func:`casekit.exercises.checking.answers.encode`). Answers given before a
        submission was ended are kept.
    errors : tuple of (int, str)
        Number of the code cell, from 1, and the error that stopped it.
    notes : tuple of (str, str)
        What the submission tried: a word of :data:`NOTES`, and a detail.
    printed : str
        Beginning of what it printed.
    seconds : float
    """

    status: str
    answers: dict[str, Any] = field(default_factory=dict)
    errors: tuple[tuple[int, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    printed: str = ""
    seconds: float = 0.0


#: What the watch inside a box can note. It names honest and clumsy tries; the box itself holds the others.
NOTES = (
    "files",
    "network",
    "programs",
    "kill",
    "changed",
    "magic",
    "memory",
    "channel",
    "output",
    "mark",
)


def note_sentence(kind: str, detail: str) -> str:
    """A note in words, for the instructor's page."""
    sentences = {
        "files": _("It looked for files outside its folder: {detail}."),
        "too many files": _("It wrote more files than allowed: {detail}."),
        "network": _("It tried to open the network: {detail}."),
        "programs": _("It started other programs or processes: {detail}."),
        "kill": _("It tried to end other processes: {detail}."),
        "changed": _(
            "It replaced parts of Python, a package or the check: {detail}. Marks are given outside."
        ),
        "magic": _("Commands for Jupyter or the system were not run: {detail}."),
        "memory": _("It asked for more memory than a submission may use: {detail}."),
        "channel": _("It wrote into the channel of answers: {detail}."),
        "output": _("It printed more than is kept: {detail}. The rest was dropped."),
        "mark": _("It printed what looks like a mark: {detail}. Printed output is never read for marks."),
    }
    return sentences[kind].format(detail=detail)


@dataclass
class Reading:
    """Lines of a box, read one by one."""

    questions: frozenset[str]
    answers: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    started: bool = False
    done: bool = False

    def feed(self, lines: Sequence[bytes]) -> None:
        """Take in all lines; a line that is not what it should be becomes a note."""
        for line in lines:
            try:
                known = self._take(parse_strictly(line))
            except (ValueError, RecursionError):
                known = False
            if not known:
                self._note("channel", _("a line that is no answer"))

    def _take(self, record: Any) -> bool:
        match record:
            case {"started": True, **rest} if not rest:
                self.started = True
            case {"done": True, **rest} if not rest:
                self.done = True
            case {"answer": str(question), "value": value, **rest} if question in self.questions and not rest:
                self.answers[question] = value
            case {"error": str(text), "cell": int(cell), **rest} if 0 < cell < 10_000 and not rest:
                if len(self.errors) < KEPT:
                    self.errors.append((cell, clean(text)))
            case {"note": str(kind), "detail": str(detail), **rest} if kind in NOTES and not rest:
                self._note(kind, clean(detail))
            case _:
                return False
        return True

    def _note(self, kind: str, detail: str) -> None:
        if (kind, detail) not in self.notes and len(self.notes) < KEPT:
            self.notes.append((kind, detail))


def parse_strictly(line: bytes) -> Any:
    """A line of JSON with finite numbers, not deep and not large.

    Raises
    ------
    ValueError
        If it is anything else.

    Examples
    --------
    >>> parse_strictly(b'{"answer": "3.2", "value": 0.25}')
    {'answer': '3.2', 'value': 0.25}
    >>> parse_strictly(b'[NaN]')
    Traceback (most recent call last):
    ValueError: NaN
    """
    value = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    _bounded(value, DEEPEST, [MOST_VALUES])
    return value


def clean(text: str) -> str:
    """Text of a submission as one short line without control characters.

    Examples
    --------
    >>> clean("one\\ntwo" + chr(27) + "[31m")
    'one two [31m'
    """
    line = "".join(letter if letter.isprintable() else " " for letter in text[:SHORT])
    return " ".join(line.split())


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _bounded(value: Any, depth: int, left: list[int]) -> None:
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        raise ValueError("too large or too deep")
    if isinstance(value, str):
        value.encode("utf-8")  # half of a pair of surrogates is no text, and no file could hold it
        if len(value) > LONGEST_TEXT:
            raise ValueError("text too long")
    if isinstance(value, (int, float)) and not (abs(value) < 1e300 and math.isfinite(value)):
        raise ValueError("number too large")
    if isinstance(value, list):
        for item in value:
            _bounded(item, depth - 1, left)
    if isinstance(value, dict):
        for key, item in value.items():
            _bounded(key, depth - 1, left)
            _bounded(item, depth - 1, left)
