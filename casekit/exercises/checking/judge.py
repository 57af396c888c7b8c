"""One judgement of an answer, used by ``check`` in the notebook and by ``score`` at grading.

In this order: missing, type, unit or scale, sign, value (the traps by name, then nearly, then no). What the
right answer is, a :class:`Known` says: from the reference at grading, from digests in a practice notebook; in
a graded notebook there is none, and only properties are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from casekit import errors
from casekit._text import _, ngettext
from casekit.exercises.checking.question import Question, Trap
from casekit.exercises.checking.understand import Complaint, understand


class Known(Protocol):
    """What is known about the right answer of one question."""

    def is_right(self, value: Any) -> bool: ...

    def is_close(self, value: Any) -> bool: ...

    def trap(self, value: Any) -> Trap | None: ...

    def wrong_labels(self, value: dict[str, Any]) -> list[str] | None:
        """Labels with a wrong value, as far as they are known; None if the labels themselves are wrong."""


@dataclass(frozen=True)
class Judged:
    """What a judgement says.

    Attributes
    ----------
    status : str
        right, trap, wrong, missing, wrong type, by hand; in a graded notebook ``given`` or ``impossible``.
    sentence : str
    credit : float
        Share of the points, 0 to 1.
    trap : Trap, optional
    """

    status: str
    sentence: str
    credit: float = 0.0
    trap: Trap | None = None


def judge(question: Question, plain: Any, known: Known | None) -> Judged:
    """Judge one answer.

    Parameters
    ----------
    question : Question
    plain : plain value
        From :func:`casekit.exercises.checking.answers.encode`; anything that JSON can hold is survived.
    known : Known, optional
        Without it only properties are looked at.

    Returns
    -------
    Judged
    """
    value = understand(question, plain)
    if isinstance(value, Complaint):
        status = "by hand" if value.status == "too short" and known is not None else value.status
        return Judged(status, value.sentence)
    if question.kind == "free_text":
        return Judged("by hand", _("Received: a person marks this text with the rubric."))
    impossible = impossible_value(question, value)
    if known is None:
        return Judged("impossible", impossible) if impossible else Judged("given", _given(question))
    if known.is_right(value):
        return Judged("right", _right(question), 1.0)
    slip = _scale(question, value, known) or _sign(question, value, known)
    if slip:
        return Judged("wrong", slip)
    trap = known.trap(value)
    if trap is not None:
        return Judged("trap", trap.says, trap.credit, trap)
    return Judged("wrong", impossible or _wrong(question, value, known))


# -- properties --------------------------------------------------------------------------------------------


def impossible_value(question: Question, value: Any) -> str:
    """One sentence if the value cannot be right whatever the data, else an empty text."""
    numbers = _numbers(value)
    if question.kind == "count" and any(number != round(number) for number in numbers):
        return _("A count is a whole number.")
    for number in numbers:
        sentence = _outside(question, number)
        if sentence:
            return sentence
    if question.sums_to is not None and isinstance(value, dict) and numbers:
        off = abs(sum(numbers) - question.sums_to)
        if off > question.tolerance * len(numbers) + 1e-9 * abs(question.sums_to):
            return _("The values must add up to {total}.").format(total=errors.shown(question.sums_to))
    return ""


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [item for item in value.values() if isinstance(item, float)]
    return [value] if isinstance(value, float) else []


def _outside(question: Question, number: float) -> str:
    low, high, slack = question.low, question.high, question.tolerance
    below, above = low is not None and number < low - slack, high is not None and number > high + slack
    if not (below or above):
        return ""
    if question.kind == "share" and (low, high) == (0.0, 1.0):
        return _("A share lies between 0 and 1.")
    return _("A sensible answer lies in the range {range}; this one does not.").format(
        range=errors.interval(low, high)
    )


def _given(question: Question) -> str:
    """What a graded notebook says of an answer that could be right."""
    return _(
        "Understood. Asked for: {unit}. Whether the value is right is checked after handing in, not here."
    ).format(unit=_asked(question))


def _asked(question: Question) -> str:
    """What is asked for, in a few words: a unit, or what a Series or a function holds or gives."""
    return (question.unit or question.title or question.answer).rstrip(".")


# -- slips -------------------------------------------------------------------------------------------------


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, dict):
        return {label: item * factor if isinstance(item, float) else item for label, item in value.items()}
    return value * factor


def _scale(question: Question, value: Any, known: Known) -> str:
    if not any(_numbers(value)):
        return ""
    if known.is_right(_times(value, 0.01)):
        if question.kind == "share":
            return _("Right size, wrong scale: give a share between 0 and 1, not a percentage.")
        return _("Right digits, wrong scale: a hundred times too large; asked for: {unit}.").format(
            unit=_asked(question)
        )
    if known.is_right(_times(value, 100)):
        return _("Right digits, wrong scale: a hundred times too small; asked for: {unit}.").format(
            unit=_asked(question)
        )
    for factor in (1_000, 10_000):
        if known.is_right(_times(value, 1 / factor)) or known.is_right(_times(value, factor)):
            return _("Right digits, wrong scale: not thousands, not 万; asked for: {unit}.").format(
                unit=_asked(question)
            )
    return ""


def _sign(question: Question, value: Any, known: Known) -> str:
    if any(_numbers(value)) and known.is_right(_times(value, -1)):
        return _("Right size, wrong sign.")
    return ""


# -- sentences ---------------------------------------------------------------------------------------------


def _right(question: Question) -> str:
    return _("Right: {unit}.").format(unit=_asked(question))


def _wrong(question: Question, value: Any, known: Known) -> str:
    if isinstance(value, dict):
        return _wrong_values(known.wrong_labels(value), len(value), function=question.kind == "function")
    if question.numeric and known.is_close(value):
        return _("Close: do not round before the last step.")
    if question.numeric and question.unit:
        return _("Not yet; look at the hint. The unit asked for: {unit}.").format(unit=question.unit)
    return _("Not yet; look at the hint.")


def _wrong_values(labels: list[str] | None, total: int, *, function: bool) -> str:
    if labels is None:
        return _("The index must hold every label that is asked for, and no other; this one does not.")
    if function:
        return _("Not yet: the function returns another number than it should; try it on a case by hand.")
    if not labels:
        return _("Not yet: at least one value is wrong.")
    return ngettext(
        "Not yet: at least {count} of {total} values is wrong, that of {label}.",
        "Not yet: at least {count} of {total} values are wrong, such as that of {label}.",
        len(labels),
    ).format(count=len(labels), total=total, label=labels[0])
