"""``check("3.2", value)``: missing, then type, then scale, then sign, then value; one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casekit import errors
from casekit._text import _, format_number
from casekit.errors import CasekitError
from casekit.exercises.checking.answers import call_function, encode
from casekit.exercises.checking.book import Book, find_description, read_book
from casekit.exercises.checking.dots import explain_dots
from casekit.exercises.checking.judge import Judged, Known, judge
from casekit.exercises.checking.question import Question

_opened: list[Book] = []


@dataclass(frozen=True)
class Verdict:
    """What a check says: passed or not, why in one sentence, the points, and what it did not check.

    Attributes
    ----------
    passed : bool
    sentence : str
    points, out_of : float, optional
        What the answer earns; None where nothing is known of the value.
    not_checked : str
    mark : str
        ✓ right, ✗ not right, ○ nothing wrong is seen, but the value was not checked.
    """

    passed: bool
    sentence: str
    points: float | None = None
    out_of: float | None = None
    not_checked: str = ""
    mark: str = ""

    def _line(self, sign: str) -> str:
        extra = []
        if self.points is not None and self.out_of is not None:
            extra.append(
                _("{points} of {out_of} points").format(
                    points=format_number(self.points), out_of=format_number(self.out_of)
                )
            )
        if self.not_checked:
            extra.append(_("not checked: {what}").format(what=self.not_checked))
        return f"{sign} {self.sentence}" + (f" ({'; '.join(extra)})" if extra else "")

    def __repr__(self) -> str:
        return self._line(self._sign)

    def _repr_markdown_(self) -> str:
        return self._line(f"**{self._sign}**")

    @property
    def _sign(self) -> str:
        return self.mark or ("✓" if self.passed else "✗")


def open_exercise(exercise: str, *, token: str | None = None) -> Book:
    """Open the exercise whose files lie beside the notebook.

    Parameters
    ----------
    exercise : str
        Its name, such as ``03_loyalty_tiers``.
    token : str, optional
        Names the copy; it stands in the notebook as it was handed out.

    Returns
    -------
    Book
        ``book.table("visits")`` gives a table.

    Raises
    ------
    InputError
        If ``exercise.json`` does not lie beside the notebook.
    """
    explain_dots()
    path = find_description(exercise)
    if path is None:
        problem = errors.must_hold(
            _("the files of the exercise must lie beside the notebook"),
            got=_("no exercise.json of {exercise}").format(exercise=exercise),
            hint=_("unpack the whole zip into one folder, and open the notebook there"),
        )
        raise errors.InputError("open_exercise", problem)
    book = read_book(path, token=token)
    _opened[:] = [book]
    return book


def check(question_id: str, value: Any = None) -> Verdict:
    """Check one answer and say in one sentence what is right or wrong with it.

    Parameters
    ----------
    question_id : str
        The question, such as ``"0.1"``.
    value : any object
        The answer. A NumPy number, a Series of one value and a text such as ``"45 %"`` are understood.

    Returns
    -------
    Verdict
        Shown by Jupyter as one line. The right answer is never printed. Never raises.

    Examples
    --------
    >>> check("0.1", ...)
    ✗ No answer yet: put your number where the dots are.
    >>> check("0.1", 67.2).passed
    False
    """
    try:
        return _check(question_id, value)
    except CasekitError as error:
        return Verdict(False, " ".join(str(error).split()))
    except Exception as error:
        kind = type.__getattribute__(type(error), "__name__")
        return Verdict(False, _("This answer cannot be read ({error}).").format(error=kind))


def _check(question_id: Any, value: Any) -> Verdict:
    question, known, inputs = _find(question_id)
    if question.kind == "function" and value is not None and value is not ...:
        plain = call_function(value, inputs)
    else:
        plain = encode(value)
    return _verdict(question, judge(question, plain, known))


def _find(question_id: Any) -> tuple[Question, Known | None, list[tuple[Any, ...]]]:
    """The question, what is known of its answer, and the inputs on which a function is tried."""
    book = _book()
    if book is not None and question_id in book.questions:
        question = book.questions[question_id]
        return question, book.known(question), book.inputs(question)
    from casekit.exercises.checking import start_here

    shipped = {question.id: question for question in start_here.questions()}
    if question_id in shipped:
        return shipped[question_id], start_here.known(shipped[question_id]), []
    known = [*shipped, *(book.questions if book else ())]
    problem = errors.unknown_name(_("question"), question_id, known)
    if book is None and not str(question_id).startswith("0."):
        problem = errors.must_hold(
            _("the exercise must be opened first"),
            got=errors.shown(question_id),
            hint=_("run the first code cell"),
        )
    raise errors.InputError("check", problem)


def _book() -> Book | None:
    """The exercise opened last, or the one whose files lie beside the notebook."""
    if _opened:
        return _opened[0]
    path = find_description()
    return None if path is None else read_book(path)


def _verdict(question: Question, judged: Judged) -> Verdict:
    if judged.status == "given":
        return Verdict(False, judged.sentence, not_checked=_("the value"), mark="○")
    if judged.status == "by hand":
        return Verdict(False, judged.sentence, not_checked=_("the content"), mark="○")
    if judged.status == "right":
        return Verdict(True, judged.sentence, question.points, question.points, _("how you got there"))
    points = judged.credit * question.points if judged.credit else None
    return Verdict(False, judged.sentence, points, question.points)
