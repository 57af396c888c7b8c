"""Right and given values of one student beside a text, for the person who marks it; not for the student."""

from __future__ import annotations

from typing import Any

from casekit._text import _
from casekit.exercises.checking.question import Question
from casekit.exercises.grading.right_answers import in_words
from casekit.exercises.grading.score import Mark
from casekit.exercises.marking.feedback import colour_of, shown_answer
from casekit.exercises.marking.page_parts import BREAK, Piece, join, table, tag
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.words import mark_word, trap_words

#: How much of an answer a cell shows.
_LONGEST = 90


def checked_values(results: Results, row: Row) -> Piece:
    """A table of the questions that were checked by themselves: right value, given value, what it is.

    Parameters
    ----------
    results : Results
    row : Row

    Returns
    -------
    piece
        A sentence instead if the grading is older than these values.
    """
    if not row.graded.right:
        return tag(
            "p", _("Right values are not in this grading: grade again to see them here."), class_="said"
        )
    questions = {question.id: question for question in results.questions}
    rows = []
    for mark in row.marks:
        question = questions[mark.question]
        if question.kind in ("free_text", "function"):
            continue
        rows.append(
            (
                _("{id} · {title}").format(id=question.id, title=question.title),
                _short(row.graded.right.get(question.id, "")),
                _given(mark, _short(given_in_words(question, row.graded.answers.get(question.id)))),
            )
        )
    headings = [_("question"), _("right"), _("given")]
    return table(headings, rows, texts=(0, 1, 2), class_="whole checked") if rows else ""


def _given(mark: Mark, text: str) -> Piece:
    """The given value; a right one has a tick, below another one stands what it is."""
    if mark.status == "right":
        return join([text, " ", tag("span", "✓", class_="sign", title=mark_word(mark.status))])
    said = trap_words(mark.trap) if mark.trap else mark_word(mark.status)
    return join([text, BREAK, tag("span", said, class_=f"pill {colour_of(mark)}")])


def given_in_words(question: Question, plain: Any) -> str:
    """An answer as the student gave it, so that it can be held against the right one.

    Examples
    --------
    >>> given_in_words(Question("1", "x", "number", decimals=2), 12345.6789)
    '12,345.679'
    >>> series = {"series": {"index": ["gold", "none"], "values": [0.25, 0.75]}}
    >>> given_in_words(Question("1", "x", "series"), series)
    'gold 0.25, none 0.75'
    >>> given_in_words(Question("1", "x", "number"), {"other": "DataFrame"})
    '–'
    """
    if question.kind == "series":
        return _series(question, plain) or "–"
    if isinstance(plain, list) and question.kind == "labels":
        return in_words(question, [_one(item) for item in plain]) or "–"
    return shown_answer(question, plain) or "–"


def _series(question: Question, plain: Any) -> str:
    """Values with their labels; they come out of a notebook, so they can be anything that JSON holds."""
    series = plain.get("series") if isinstance(plain, dict) else None
    index, values = (series.get("index"), series.get("values")) if isinstance(series, dict) else (None, None)
    if not isinstance(index, list) or not isinstance(values, list):
        return ""
    return in_words(question, dict(zip(map(_label, index), map(_one, values), strict=False)))


def _one(value: Any) -> str | float:
    """A number or a text; a dash for everything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) < 1e15 else "–"
    return value if isinstance(value, str) else "–"


def _label(value: Any) -> str:
    return str(value) if isinstance(value, (int, bool)) else str(_one(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"
