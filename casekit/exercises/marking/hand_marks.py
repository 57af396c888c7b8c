"""Marks a person gave to free texts: kept beside the grading, for the very text they were given for."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit._whole import write_whole

#: The file in the folder of a grading.
BY_HAND = "by_hand.json"

#: Letters of a code: enough for a class, and read out without mistakes.
CODE_LENGTH = 5


@dataclass(frozen=True)
class HandMark:
    """What a person gave for one text.

    Attributes
    ----------
    points : dict of str to float
        By criterion of the rubric.
    comment : str
        For the student.
    text : str
        Digest of the text that was marked: another text has to be marked again.
    """

    points: dict[str, float]
    comment: str = ""
    text: str = ""

    @property
    def total(self) -> float:
        """Points in all."""
        return sum(self.points.values())


@dataclass
class HandMarks:
    """All marks given by hand in one grading, by student id and question, and the salt of the codes."""

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    marks: dict[str, dict[str, HandMark]] = field(default_factory=dict)

    def of(self, student_id: str, question: str, text: str) -> HandMark | None:
        """The mark of a text, if it is the text that was marked."""
        mark = self.marks.get(student_id, {}).get(question)
        return mark if mark is not None and mark.text == digest_of(text) else None

    def give(self, student_id: str, question: str, mark: HandMark) -> None:
        """Note a mark; an earlier one of the same student and question goes."""
        self.marks.setdefault(student_id, {})[question] = mark

    def codes(self, student_ids: Iterable[str]) -> dict[str, str]:
        """A code for each student that tells nothing of who it is, the same at every call."""
        ids = sorted(student_ids)
        length = CODE_LENGTH
        while True:
            codes = {id: _code(self.salt, id)[:length] for id in ids}
            if len(set(codes.values())) == len(ids):
                return codes
            length += 1


def digest_of(text: str) -> str:
    """Names a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _code(salt: str, student_id: str) -> str:
    digest = hashlib.sha256(f"{salt}\x00{student_id}".encode("utf-8", "replace")).digest()
    letters = base64.b32encode(digest).decode().rstrip("=")
    return letters.translate(str.maketrans("IOSZ", "W3X9"))  # no letter that looks like a figure


def read_hand_marks(folder: Path) -> HandMarks:
    """What is kept in the folder of a grading; nothing yet in a new one.

    Raises
    ------
    InputError
        If the file is damaged: marks that a person gave are never dropped in silence.
    """
    path = folder / BY_HAND
    if not path.is_file():
        return HandMarks()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        marks = {
            student: {question: HandMark(**mark) for question, mark in given.items()}
            for student, given in content["marks"].items()
        }
        return HandMarks(str(content["salt"]), marks)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = errors.must_hold(
            _("{file} must hold the marks given by hand as casekit wrote them").format(file=BY_HAND),
            got=str(path),
            hint=_("restore it from a copy; without it every text has to be marked again"),
        )
        raise errors.InputError("read_results", problem) from error


def write_hand_marks(marks: HandMarks, folder: Path) -> None:
    """Keep them, whole or not at all."""
    plain = {
        student: {question: asdict(mark) for question, mark in given.items()}
        for student, given in marks.marks.items()
    }
    content = {"salt": marks.salt, "marks": plain}
    write_whole(folder / BY_HAND, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
