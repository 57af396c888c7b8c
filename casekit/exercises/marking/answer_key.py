"""The right answers on each student's own data, in words; only where the instructor asks for them."""

from __future__ import annotations

from casekit.exercises.grading.right_answers import right_in_words
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.releasing.course import Course


def answer_key(results: Results, course: Course) -> dict[str, dict[str, str]]:
    """The right answer of each question on each student's data.

    Parameters
    ----------
    results : Results
    course : Course
        Its key makes the data again of students of whom grading kept no right answers.

    Returns
    -------
    dict of dict
        By student id and question; empty for functions and texts.
    """
    return {row.student.student_id: row.graded.right or _right(results, course, row) for row in results.ran}


def _right(results: Results, course: Course, row: Row) -> dict[str, str]:
    solved = results.exercise.solve(course.seed(results.exercise.id, row.student.student_id))
    return right_in_words(results.questions, solved)
