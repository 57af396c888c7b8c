"""Answers that are right for somebody else: the reason to talk to two students, and no more than that."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from casekit._text import _
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.question import Solved
from casekit.exercises.grading.score import Mark, score
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student

#: Kinds whose right answers hardly ever agree by chance.
TELLING = ("number", "share", "money", "series")

#: From how many such answers on it is said.
ENOUGH = 2


class Resemblance:
    """Solutions of the whole class, made when first needed."""

    def __init__(self, exercise: Exercise, roster: Sequence[Student], course: Course):
        self._exercise, self._roster, self._course = exercise, roster, course
        self._solved: dict[str, Solved] = {}
        self._lock = threading.Lock()

    def solved(self, student: Student) -> Solved:
        """The exercise solved on this student's data."""
        found = self._solved.get(student.student_id)
        if found is None:
            with self._lock:  # the author's code runs in one thread at a time
                found = self._exercise.solve(self._course.seed(self._exercise.id, student.student_id))
            self._solved[student.student_id] = found
        return found

    def notes(self, student: Student, answers: dict[str, Any], marks: tuple[Mark, ...]) -> list[str]:
        """Whose data the answers fit that are wrong on this student's own."""
        own = {question.id for question in self._exercise.questions if question.kind in TELLING}
        wrong = {mark.question for mark in marks if mark.status == "wrong" and mark.question in own}
        if len(wrong) < ENOUGH:
            return []
        kept = {question: answers[question] for question in wrong if question in answers}
        found = []
        for other in self._roster:
            if other.student_id == student.student_id:
                continue
            fits = [
                mark for mark in score(self._exercise, self.solved(other), kept) if mark.status == "right"
            ]
            if len(fits) >= ENOUGH:
                sentence = _("{count} wrong answers fit the data of another student, {id} {name}.")
                found.append(sentence.format(count=len(fits), id=other.student_id, name=other.name))
        return found
