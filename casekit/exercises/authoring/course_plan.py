"""The course on one page: weeks, notebooks, exercises, minutes; written into ``exercises/README.md``."""

from __future__ import annotations

import re

from casekit._resources import resource
from casekit._text import _, format_number, language
from casekit.exercises.authoring.guide import table
from casekit.exercises.authoring.source import Exercise, list_exercises
from casekit.reports.cases import Case, list_cases

#: Between these lines of the page stands the table.
BEGIN, END = "<!-- course plan: made by casekit exercises build -->", "<!-- end of the course plan -->"

_MINUTES = re.compile(r"\*\*(?:Time|Minutes)\*\* (\d+)")


def build_course_plan() -> bool:
    """Write the table of the course plan into ``exercises/README.md``; True if the page changed."""
    path = resource("exercises", "README.md")
    before = path.read_text(encoding="utf-8")
    with language("en"):
        after = with_plan(before, list_exercises())
    if before != after:
        path.write_text(after, encoding="utf-8", newline="\n")
    return before != after


def with_plan(page: str, exercises: list[Exercise]) -> str:
    """The page with the table of these exercises."""
    head, _begin, rest = page.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{plan(exercises)}\n\n{END}{tail or chr(10)}"


def plan(exercises: list[Exercise]) -> str:
    """The course plan as a Markdown table."""
    by_notebook = {exercise.notebook: exercise for exercise in exercises}
    rows = []
    for case in list_cases(guides=True):
        exercise = by_notebook.get(case.stem)
        rows.append((*_of_case(case, exercise), *_of_exercise(exercise)))
    rows.sort(key=lambda row: (row[0] == "", row[0].zfill(3)))
    head = (
        _("week"),
        _("notebook"),
        _("minutes"),
        _("exercise"),
        _("questions"),
        _("points"),
        _("minutes"),
        _("quiz"),
    )
    return table(head, rows)


def _of_case(case: Case, exercise: Exercise | None) -> tuple[str, str, str]:
    text = "\n".join("".join(cell["source"]) for cell in case.notebook["cells"][:3])
    found = _MINUTES.search(text)
    week = str(exercise.week) if exercise else "0" if case.is_guide else ""
    return week, f"[{case.title}](../notebooks/{case.stem}.ipynb)", found[1] if found else ""


def _of_exercise(exercise: Exercise | None) -> tuple[str, ...]:
    if exercise is None:
        return ("", "", "", "", "")
    links = f"[{exercise.title}]({exercise.id}/student.ipynb) ([guide]({exercise.id}/guide.md))"
    quiz = f"[{len(exercise.quiz)}]({exercise.id}/quiz.ipynb)" if exercise.quiz else ""
    minutes, points = format_number(exercise.minutes), format_number(exercise.points)
    return links, str(len(exercise.questions)), points, minutes, quiz
