"""What grading says of one student, as an object and as a file that can be read back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from casekit._text import _
from casekit._whole import write_whole
from casekit.exercises.grading.score import Mark
from casekit.exercises.releasing.roster import Student

#: Every status that a submission can have.
STATUSES = (
    "ok",
    "timed out",
    "out of memory",
    "crashed",
    "unreadable",
    "wrong student",
    "wrong exercise",
    "not handed in",
)

#: Statuses of submissions whose code ran.
RAN = ("ok", "timed out", "out of memory", "crashed")


@dataclass(frozen=True)
class Graded:
    """One student's submission, graded.

    Attributes
    ----------
    student : Student
    exercise : str
    status : str
        One of :data:`STATUSES`.
    repairs : tuple of str
        What was put right before the run; for the student too.
    notes : tuple of str
        What the submission tried, and whose answers it resembles; for the instructor alone.
    errors : tuple of (int, str)
        Number of a code cell and the error that stopped it. The text is the student's own: escape it.
    answers : dict
        Question id -> plain value.
    marks : tuple of Mark
        One a question. Answers given before a submission was ended count.
    free_text : dict
        Question id -> text to mark by hand.
    right : dict
        Question id -> right answer on the student's data, in words; for the page on which a person marks
        texts, never for a page of the student.
    box : str
        ``bubblewrap`` or ``limited``.
    upload : str
        Name of the file; the student chose it.
    fingerprint : str
        Of all that the marks depend on; the same one need not be graded again.
    late : bool
    other_data : bool
        Graded on data that differ from what was handed out.
    seconds : float
    """

    student: Student
    exercise: str
    status: str
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[tuple[int, str], ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    free_text: dict[str, str] = field(default_factory=dict)
    right: dict[str, str] = field(default_factory=dict)
    box: str = ""
    upload: str = ""
    fingerprint: str = ""
    late: bool = False
    other_data: bool = False
    seconds: float = 0.0

    @property
    def points(self) -> float:
        """Points of all questions that a machine can mark."""
        return sum(mark.points for mark in self.marks)

    @property
    def sentence(self) -> str:
        """The status in one sentence for the student."""
        return status_sentence(self.status)


def status_sentence(status: str) -> str:
    """A status in one sentence that a student may read."""
    return {
        "ok": _("Your notebook ran to its end."),
        "timed out": _("Your notebook ran longer than allowed and was ended; earlier answers count."),
        "out of memory": _(
            "Your notebook asked for more memory than allowed; answers that were given count."
        ),
        "crashed": _("Your notebook ended before its last cell; answers given before that count."),
        "unreadable": _("Your file could not be read as a notebook."),
        "wrong student": _(
            "Your notebook was not graded: it is the copy of somebody else, or who sent it cannot be told."
        ),
        "wrong exercise": _("Your notebook belongs to another exercise; it was not graded."),
        "not handed in": _("Nothing was handed in."),
    }[status]


def write_graded(graded: Graded, path: Path) -> None:
    """Write one student's file whole or not at all."""
    text = json.dumps(asdict(graded), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_whole(path, text)


def read_graded(path: Path) -> Graded | None:
    """Read one student's file back; None if it is not there or not whole."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        student = Student(**content.pop("student"))
        marks = tuple(Mark(**mark) for mark in content.pop("marks"))
        errors = tuple((int(cell), str(text)) for cell, text in content.pop("errors"))
        for name in ("repairs", "notes"):
            content[name] = tuple(content[name])
        return Graded(student=student, marks=marks, errors=errors, **content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
