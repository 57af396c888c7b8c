"""The two ways to know a right answer: by the reference at grading, by digests in a practice notebook."""

from __future__ import annotations

from typing import Any

from casekit.exercises.checking import digests
from casekit.exercises.checking.answers import encode
from casekit.exercises.checking.question import Question, Trap
from casekit.exercises.checking.understand import Complaint, understand


def reference_value(question: Question, value: Any) -> Any:
    """A right or wrong answer computed by the author's code, in the form in which answers are compared."""
    plain = value if isinstance(value, dict) and "outputs" in value else encode(value)
    return understand(question, plain)


class Reference:
    """The right answer and the traps themselves."""

    def __init__(self, question: Question, right: Any, traps: dict[str, Any]):
        self.question = question
        self.right = reference_value(question, right)
        self.traps = {name: reference_value(question, value) for name, value in traps.items()}

    def is_right(self, value: Any) -> bool:
        return self._same(value, self.right)

    def is_close(self, value: Any) -> bool:
        return abs(value - self.right) <= digests.CLOSE * self.question.tolerance

    def trap(self, value: Any) -> Trap | None:
        for trap in self.question.traps:
            wrong = self.traps[trap.name]
            if not isinstance(wrong, Complaint) and self._same(value, wrong):
                return trap
        return None

    def wrong_labels(self, value: dict[str, Any]) -> list[str] | None:
        if set(value) != set(self.right):
            return None
        return sorted(label for label in value if not self._near(value[label], self.right[label]))

    def _same(self, value: Any, other: Any) -> bool:
        if isinstance(value, dict):
            return set(value) == set(other) and all(self._near(value[name], other[name]) for name in value)
        if isinstance(value, list):
            return value == other if self.question.ordered else sorted(value) == sorted(other)
        return self._near(value, other)

    def _near(self, value: Any, other: Any) -> bool:
        if isinstance(value, str) or isinstance(other, str):
            return value == other
        return abs(value - other) <= self.question.tolerance + digests.ROUND_OFF * max(1.0, abs(value))


class Digested:
    """The salted digests of a practice notebook; made by :func:`digests_of`."""

    def __init__(self, question: Question, stored: dict[str, Any]):
        self.question, self.stored, self.salt = question, stored, stored["salt"]

    def is_right(self, value: Any) -> bool:
        return self._same(value, self.stored["right"], "right")

    def is_close(self, value: Any) -> bool:
        return digests.near_number(value, self.stored["right"], salt=f"{self.salt}right")

    def trap(self, value: Any) -> Trap | None:
        for trap in self.question.traps:
            wrong = self.stored["traps"].get(trap.name)
            if wrong is not None and self._same(value, wrong, trap.name):
                return trap
        return None

    def wrong_labels(self, value: dict[str, Any]) -> list[str] | None:
        right = self.stored["right"]
        names = digests.digest("\x00".join(sorted(value)), salt=f"{self.salt}right")
        if len(value) != right["size"] or names != right["names"]:
            return None
        return digests.off_grid(value, right)[1] if "offsets" in right else []

    def _same(self, value: Any, stored: dict[str, Any], purpose: str) -> bool:
        salt = self.salt + purpose
        if isinstance(value, dict):
            return digests.matches_series(value, stored, salt=salt)
        if isinstance(value, list):
            return digests.labels_digest(value, ordered=self.question.ordered, salt=salt) == stored
        if isinstance(value, str):
            return digests.digest(value, salt=salt) == stored["digest"]
        return digests.matches_number(value, stored, salt=salt)


def digests_of(question: Question, right: Any, traps: dict[str, Any], *, salt: str) -> dict[str, Any]:
    """What a practice notebook's file holds of one question: digests of the answer and of the traps."""
    value = reference_value(question, right)
    stored: dict[str, Any] = {"salt": salt, "right": _digest(question, value, f"{salt}right")}
    wrong = {name: reference_value(question, made) for name, made in traps.items()}
    stored["traps"] = {
        name: _digest(question, made, salt + name)
        for name, made in wrong.items()
        if not isinstance(made, Complaint)
    }
    return stored


def _digest(question: Question, value: Any, salt: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return digests.series_digest(value, tolerance=question.tolerance, salt=salt)
    if isinstance(value, list):
        return digests.labels_digest(value, ordered=question.ordered, salt=salt)
    if isinstance(value, str):
        return {"digest": digests.digest(value, salt=salt)}
    return digests.number_digest(value, tolerance=question.tolerance, salt=salt)
