"""Whose is this notebook? The copy it names, then the id in its name, then the name of a student."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casekit.exercises.authoring.seeds import normalise_id
from casekit.exercises.grading.repair import HandedIn
from casekit.exercises.grading.uploads import Upload
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student


@dataclass(frozen=True)
class Owner:
    """Whose upload this is.

    Attributes
    ----------
    student : Student or None
        Who handed it in.
    copy_of : Student or None
        Whose copy it is, by the token in it.
    how : str
        ``copy``, ``id``, ``name``, ``file`` (an id in a file's name) or an empty text.
    foreign : bool
        It names a copy that nobody of the roster has.
    edited : bool
        Metadata and first cell name two copies.
    stranger : bool
        By Canvas's ids it was sent by somebody else than the student whose it would be.
    """

    student: Student | None
    copy_of: Student | None
    how: str
    foreign: bool = False
    edited: bool = False
    stranger: bool = False

    @property
    def sure(self) -> bool:
        """True if the platform or the folder says who sent it; a copy or a file's name only hints at it."""
        return self.how in ("id", "name")

    @property
    def borrowed(self) -> bool:
        """True if one student handed in another's copy, or one of nobody on the roster."""
        if self.foreign:
            return True
        return self.copy_of is not None and self.student is not None and self.copy_of != self.student


class Owners:
    """The roster, by token, id and name, and by the ids of Canvas if they are known."""

    def __init__(
        self,
        roster: Sequence[Student],
        course: Course,
        exercise: str,
        canvas: Mapping[str, Student] | None = None,
    ):
        self._by_sender = {f"canvas {number}": student for number, student in (canvas or {}).items()}
        self._by_token = {course.token(exercise, student.student_id): student for student in roster}
        self._by_id = {student.student_id: student for student in roster}
        self._by_name: dict[str, list[Student]] = {}
        for student in roster:
            for form in _forms(student.name):
                self._by_name.setdefault(form, []).append(student)

    def of(self, upload: Upload, handed_in: HandedIn | None) -> Owner:
        """Who handed an upload in, and whose copy it is."""
        said, how = self.sent_by(upload)
        tokens = handed_in.tokens if handed_in else ()
        known = [self._by_token[token] for token in tokens if token in self._by_token]
        if said is not None and said in known:
            copy: Student | None = said
        else:
            copy = known[0] if known else None
        foreign = bool(tokens) and not known
        edited = len(tokens) > 1
        if how == "file" and copy is not None and upload.platform:
            said = None  # there the name of the file is all that says so, and the copy says more
        if self._is_stranger(upload, said or copy):
            return Owner(None, said or copy, "", foreign, edited, stranger=True)
        if said is None:
            return Owner(copy, copy, "copy" if copy else "", foreign, edited)
        return Owner(said, copy, how, foreign, edited)

    def _is_stranger(self, upload: Upload, student: Student | None) -> bool:
        """True if Canvas knows the student under another id than the sender's."""
        if not upload.sender.startswith("canvas ") or student is None:
            return False
        return self._by_sender.get(upload.sender) != student and student in self._by_sender.values()

    def sent_by(self, upload: Upload) -> tuple[Student | None, str]:
        """Who sent an upload, and by what that is known."""
        if upload.sender in self._by_sender:
            return self._by_sender[upload.sender], "id"
        return self.named(upload.said, upload.path)

    def named(self, said: str, path: str = "") -> tuple[Student | None, str]:
        """The student that a name or an id means, if it can mean one only.

        What the learning platform says comes first; file names are chosen by students, and count only if it
        says nothing.
        """
        found = {
            student.student_id: student for form in _forms(said) for student in self._by_name.get(form, [])
        }
        for students, how in (
            (self._ids(said), "id"),
            ([*found.values()], "name"),
            (self._ids(path), "file"),
        ):
            if len(students) == 1:
                return students[0], how
            if students:
                break
        return None, ""

    def _ids(self, text: str) -> list[Student]:
        whole = normalise_id(text[:200])
        if whole in self._by_id:
            return [self._by_id[whole]]
        words = {normalise_id(word) for word in re.split(r"[\s_()（）\[\]/\\.,+]+", text[:2000])}
        return [self._by_id[word] for word in sorted(words) if word in self._by_id]


def _forms(name: str) -> set[str]:
    """A name as platforms write it: in either order, without spaces, accents or capitals."""
    plain = unicodedata.normalize("NFKD", name[:200]).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = [word for word in re.split(r"[\W_]+", kept) if word]
    if not words:
        return set()
    orders = [words, words[::-1], [*words[1:], words[0]], [words[-1], *words[:-1]]]
    return {"".join(order) for order in orders}
