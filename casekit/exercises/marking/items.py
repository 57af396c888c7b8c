"""What marks say of the questions: how hard each is, how well it tells, and which mistakes are made."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casekit import errors
from casekit._text import _, ngettext
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.words import submission_word

#: From how many students on a correlation says something.
ENOUGH = 15

#: Below these shares of the points somebody is stuck; with so many answers missing too.
FEW_POINTS, MANY_MISSING = 0.4, 0.5


@dataclass(frozen=True)
class Item:
    """One question in the eyes of the class.

    Attributes
    ----------
    question, title : str
    out_of : float
    students : int
        Whose answer is marked.
    share : float
        Share of the points that were earned, NaN while an answer waits to be marked: the difficulty.
    discrimination : float
        Correlation of the points with those of all other questions; NaN if there are too few students or all
        earned the same.
    counts : dict
        Answers by status.
    """

    question: str
    title: str
    out_of: float
    students: int
    share: float
    discrimination: float
    counts: dict[str, int]


@dataclass(frozen=True)
class Mistake:
    """One known mistake, and who made it."""

    question: str
    name: str
    sentence: str
    idea: str
    rows: tuple[Row, ...]
    share: float

    @property
    def students(self) -> int:
        """How many made it."""
        return len(self.rows)


@dataclass(frozen=True)
class Stuck:
    """Somebody who needs help, and why."""

    row: Row
    reasons: tuple[str, ...]


def items_of(results: Results) -> list[Item]:
    """Difficulty and discrimination of every question, from the submissions that were run.

    Parameters
    ----------
    results : Results

    Returns
    -------
    list of Item

    Notes
    -----
    Corrected item–total correlation: the question itself is left out of the total. A question of which a text
    still waits to be marked is left out of the totals of the others.
    """
    rows = results.ran
    points = np.array(
        [[math.nan if mark.status == "by hand" else mark.points for mark in row.marks] for row in rows]
    ).reshape(len(rows), len(results.questions))
    whole = ~np.isnan(points).any(axis=0)
    found = []
    for place, question in enumerate(results.questions):
        own = points[:, place]
        others = whole.copy()
        others[place] = False
        counts: dict[str, int] = defaultdict(int)
        for row in rows:
            counts[row.marks[place].status] += 1
        marked = own[~np.isnan(own)]
        found.append(
            Item(
                question=question.id,
                title=question.title,
                out_of=question.points,
                students=len(marked),
                share=float(marked.mean() / question.points)
                if whole[place] and len(marked) and question.points
                else math.nan,
                discrimination=correlation(own, points[:, others].sum(axis=1)),
                counts=dict(counts),
            )
        )
    return found


def correlation(one: Sequence[float] | np.ndarray, other: Sequence[float] | np.ndarray) -> float:
    """Correlation of two lists of points, NaN where it would say nothing.

    Examples
    --------
    >>> round(correlation(range(20), [2 * value for value in range(20)]), 6)
    1.0
    >>> correlation([0, 1], [0, 1]), correlation([1] * 20, range(20))
    (nan, nan)
    """
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    known = ~(np.isnan(first) | np.isnan(second))
    first, second = first[known], second[known]
    if len(first) < ENOUGH or np.ptp(first) < 1e-9 or np.ptp(second) < 1e-9:
        return math.nan
    return float(np.corrcoef(first, second)[0, 1])


def mistakes_of(results: Results) -> list[Mistake]:
    """Known mistakes, the most frequent first."""
    made: dict[tuple[str, str], list[Row]] = defaultdict(list)
    says: dict[tuple[str, str], tuple[str, str]] = {}
    for row in results.ran:
        for mark in row.marks:
            if mark.trap:
                made[mark.question, mark.trap].append(row)
                says[mark.question, mark.trap] = (mark.sentence, mark.idea)
    order = {question.id: place for place, question in enumerate(results.questions)}
    found = [
        Mistake(question, name, *says[question, name], tuple(rows), len(rows) / max(len(results.ran), 1))
        for (question, name), rows in made.items()
    ]
    return sorted(found, key=lambda item: (-item.students, order[item.question], item.name))


def ideas_of(mistakes: Sequence[Mistake]) -> list[tuple[str, set[str], list[str]]]:
    """Ideas behind the mistakes with the students who missed them and the questions, most students first."""
    students: dict[str, set[str]] = defaultdict(set)
    questions: dict[str, list[str]] = defaultdict(list)
    for mistake in mistakes:
        if not mistake.idea:
            continue
        students[mistake.idea] |= {row.student.student_id for row in mistake.rows}
        if mistake.question not in questions[mistake.idea]:
            questions[mistake.idea].append(mistake.question)
    order = sorted(students, key=lambda idea: (-len(students[idea]), idea))
    return [(idea, students[idea], questions[idea]) for idea in order]


def stuck_in(results: Results) -> list[Stuck]:
    """Who handed in and needs help: few points, many answers missing, or code that did not end."""
    found = []
    for row in results.handed_in:
        reasons = _reasons(row)
        if reasons:
            found.append(Stuck(row, tuple(reasons)))
    return sorted(found, key=lambda item: (item.row.points, item.row.student.student_id))


def _reasons(row: Row) -> list[str]:
    reasons = []
    if row.graded.status != "ok":
        reasons.append(_("{status}.").format(status=submission_word(row.graded.status).capitalize()))
    if not row.ran:
        return reasons
    counted = [mark for mark in row.marks if mark.status != "by hand"]
    out_of, points = sum(mark.out_of for mark in counted), sum(mark.points for mark in counted)
    missing = [mark.question for mark in counted if mark.status == "missing"]
    if out_of and points / out_of < FEW_POINTS:
        reasons.append(_("Less than {share} % of the points.").format(share=round(100 * FEW_POINTS)))
    if len(missing) >= MANY_MISSING * len(row.marks):
        sentence = ngettext(
            "{count} question without an answer, from {first} on.",
            "{count} questions without an answer, from {first} on.",
            len(missing),
        )
        reasons.append(sentence.format(count=len(missing), first=missing[0]))
    return reasons


def same_texts(results: Results) -> list[tuple[str, list[Row]]]:
    """Free texts that several students handed in word for word."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in results.ran:
        for question, text in row.graded.free_text.items():
            plain = "".join(letter for letter in text.casefold() if letter.isalnum())
            if len(plain) >= 40:
                found[question, plain].append(row)
    return [(question, rows) for (question, _text), rows in found.items() if len(rows) > 1]


def names_of(rows: Sequence[Row]) -> str:
    """Ids and names, five at most."""
    return errors.listing(f"{row.student.student_id} {row.student.name}".strip() for row in rows)
