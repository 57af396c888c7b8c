"""An exercise as a source assignment of nbgrader, for institutions that have it; for instructors only.

nbgrader gives every student the same data, runs tests in the student's own kernel and isolates nothing: see
``casekit exercises grade`` for marks that do not rest on that. The judgement is the same: hidden tests hold
digests.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casekit._text import _
from casekit._whole import write_whole
from casekit.exercises.authoring.blanks import blanked
from casekit.exercises.authoring.description import describe_copy, files_beside
from casekit.exercises.authoring.pages import KEY, code, last_cell_of, markdown, task_text, without_marks
from casekit.exercises.authoring.source import Cell, Exercise
from casekit.exercises.checking.answers import call_function, encode
from casekit.exercises.checking.book import question_from
from casekit.exercises.checking.judge import judge
from casekit.exercises.checking.known import Digested
from casekit.exercises.checking.question import Question
from casekit.exercises.releasing.course import Course

#: Whose data a class gets: nobody's, but made from the course's key like a student's.
CLASS_ID = "nbgrader class"

_SCHEMA = 3


def write_nbgrader_source(exercise: Exercise, out: str | Path, *, course: Course | None = None) -> Path:
    """Write ``source/<exercise>/`` into a folder of nbgrader.

    Parameters
    ----------
    exercise : Exercise
    out : path
        The folder of the nbgrader course; ``nbgrader_config.py`` is added if there is none.
    course : Course, optional
        Makes data for the class from its key. Without it the class gets the data of the sample student, whose
        worked key is public.

    Returns
    -------
    Path
        The folder of the assignment.
    """
    root = Path(out)
    folder = root / "source" / exercise.id
    seed = course.seed(exercise.id, CLASS_ID) if course else exercise.sample_seed
    token = course.token(exercise.id, CLASS_ID) if course else "sample"
    solved = exercise.solve(seed)
    practice = describe_copy(exercise, solved, seed=seed, token=token, mode="practice")
    for name, content in files_beside(exercise, solved, seed=seed, token=token, mode="graded").items():
        write_whole(folder / name, content)
    notebook = source_notebook(exercise, {item["id"]: item for item in practice["questions"]}, token)
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / f"{exercise.id}.ipynb", text)
    config = root / "nbgrader_config.py"
    if not config.exists():
        config.write_text('c = get_config()\nc.CourseDirectory.course_id = "casekit"\n', encoding="utf-8")
    return folder


def source_notebook(exercise: Exercise, items: dict[str, Any], token: str) -> dict[str, Any]:
    """The source notebook: solutions between markers, tests hidden, texts marked by hand."""
    from casekit.reports.notebooks import normalise

    cells: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for cell in exercise.cells:
        cells += _cells(exercise, cell, items)
        if len(cells) == 1:
            opening = (
                "from casekit.exercises import check, open_exercise\n\n"
                f'book = open_exercise("{exercise.id}", token="{token}")\nbook'
            )
            cells.append((code(opening), _metadata("opening", locked=True)))
    notebook = normalise({"cells": [cell for cell, _facts in cells], "metadata": {}})
    for made, (_cell, facts) in zip(notebook["cells"], cells, strict=True):
        if facts is not None:
            made["metadata"]["nbgrader"] = facts
    return notebook


def _cells(
    exercise: Exercise, cell: Cell, items: dict[str, Any]
) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    question = cell.question
    if cell.role == "prose":
        return [(markdown(cell.source), None)]
    if cell.role in ("given", "show"):
        return [(code(cell.source), None)]
    if cell.role == "question" and question is not None:
        return [(markdown(task_text(question, KEY)), None)]
    if cell.role != "solution" or question is None:
        return []
    number = [other for other in exercise.cells if other.question is question].index(cell)
    name = f"q{question.id.replace('.', '-')}"
    if question.kind == "free_text":
        facts = _metadata(name, grade=True, solution=True, points=question.points)
        return [(code(_solution(cell, question)), facts)]
    made: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
        (code(_solution(cell, question)), _metadata(f"{name}-{number}", solution=True))
    ]
    if cell is last_cell_of(exercise, question):
        facts = _metadata(f"{name}-test", grade=True, locked=True, points=question.points)
        made.append((code(_test(question, items[question.id])), facts))
    return made


def _solution(cell: Cell, question: Question) -> str:
    """The solution between nbgrader's markers, under the blanks as a comment."""
    blanks = "" if question.kind == "free_text" else blanked(cell.source, question, free=cell.free)
    hint = "".join(f"# {line}\n" for line in blanks.split("\n") if line.strip())
    return f"{hint}### BEGIN SOLUTION\n{without_marks(cell.source)}\n### END SOLUTION"


def _test(question: Question, item: dict[str, Any]) -> str:
    return (
        f'check("{question.id}", {question.answer})\n'
        "### BEGIN HIDDEN TESTS\n"
        "from casekit.exercises.releasing.nbgrader_source import points\n\n"
        f"points({question.answer}, {item!r})\n"
        "### END HIDDEN TESTS"
    )


def _metadata(
    name: str, *, grade: bool = False, solution: bool = False, locked: bool = False, points: float = 0
) -> dict[str, Any]:
    facts = {"grade": grade, "grade_id": name, "locked": locked, "schema_version": _SCHEMA}
    facts |= {"solution": solution, "task": False, "cell_type": "code"}
    return facts | ({"points": points} if grade else {})


def points(value: Any, item: dict[str, Any]) -> float:
    """The points of one answer, as a hidden test gives them to nbgrader; says why on the way.

    Parameters
    ----------
    value : any object
        The student's answer.
    item : dict
        The question's entry of a practice ``exercise.json``.

    Returns
    -------
    float
    """
    import sys

    question = question_from(item)
    if question.kind == "function" and callable(value):
        plain = call_function(value, [tuple(arguments) for arguments in item["inputs"]])
    else:
        plain = encode(value)
    judged = judge(question, plain, Digested(question, item["check"]))
    sys.stdout.write(_("{id}: {sentence}").format(id=question.id, sentence=judged.sentence) + "\n")
    return judged.credit * question.points
