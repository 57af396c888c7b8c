"""``check("0.1", value)``: missing, then type, then scale, then sign, then value; one sentence."""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit.exercises import start_here
from casekit.exercises.question import Question


@dataclass(frozen=True)
class Verdict:
    """What a check says: passed or not, and why in one sentence."""

    passed: bool
    sentence: str

    def __repr__(self) -> str:
        return f"{'✓' if self.passed else '✗'} {self.sentence}"

    def _repr_markdown_(self) -> str:
        return f"**{'✓' if self.passed else '✗'}** {self.sentence}"


def check(question_id: str, value: Any = None) -> Verdict:
    """Check one answer and say in one sentence what is right or wrong with it.

    Parameters
    ----------
    question_id : str
        The question, such as ``"0.1"``.
    value : number, or anything that holds exactly one number
        The answer. A NumPy number, a Series of one value and a text such as ``"45 %"`` are understood.

    Returns
    -------
    Verdict
        Shown by Jupyter as one line. The right number is never printed.

    Examples
    --------
    >>> check("0.1", ...)
    ✗ No answer yet: put your number where the dots are.
    >>> check("0.1", 67.2).passed
    False
    """
    known = {question.id: question for question in start_here.questions()}
    if question_id not in known:
        return Verdict(False, errors.unknown_name(_("question"), question_id, list(known)).text("check"))
    if value is None or value is ...:
        return Verdict(False, _("No answer yet: put your number where the dots are."))
    number = _number(value)
    if number is None:
        return Verdict(
            False, _("The answer must be one number, but this is a {type}.").format(type=type(value).__name__)
        )
    return _judge(known[question_id], number)


def _judge(question: Question, number: float) -> Verdict:
    right = question.answer()
    if abs(number - right) <= question.tolerance:
        return Verdict(True, _("Right: {unit}.").format(unit=question.unit))
    if question.is_share and abs(number / 100 - right) <= question.tolerance:
        return Verdict(False, _("Right size, wrong scale: give a share between 0 and 1, not a percentage."))
    if question.is_share and not 0 <= number <= 1:
        return Verdict(False, _("A share lies between 0 and 1."))
    if abs(number + right) <= question.tolerance:
        return Verdict(False, _("Right size, wrong sign."))
    for slip in question.slips:
        if abs(number - slip.leads_to()) <= question.tolerance:
            return Verdict(False, slip.says)
    if abs(number - right) <= 20 * question.tolerance:
        return Verdict(False, _("Close: do not round before the last step."))
    return Verdict(False, _("Not yet. The answer is a {unit}; look at the hint.").format(unit=question.unit))


def _number(value: Any) -> float | None:
    """The one number that a value holds, or None."""
    if isinstance(value, str):
        text = value.strip().replace(",", "")
        percent = text.endswith(("%", "％"))
        try:
            number = float(text.rstrip("%％ "))
        except ValueError:
            return None
        return number / 100 if percent else number
    if isinstance(value, (pd.Series, pd.DataFrame, np.ndarray)):
        if value.size != 1:
            return None
        value = np.asarray(value).ravel()[0].item()
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        return None
    return float(value) if math.isfinite(float(value)) else None
