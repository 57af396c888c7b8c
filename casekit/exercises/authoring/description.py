"""What lies beside a notebook: tables, and ``exercise.json`` on its questions, digests only for practice."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from casekit import __version__
from casekit.exercises.authoring.source import Exercise, function_inputs
from casekit.exercises.checking.book import DESCRIPTION, TABLES, question_as_json
from casekit.exercises.checking.known import digests_of
from casekit.exercises.checking.question import Question, Solved
from casekit.exercises.checking.student_tables import column_types, write_table

#: What a copy is for: to practise with, or to hand in for marks.
MODES = ("practice", "graded")


def describe_copy(exercise: Exercise, solved: Solved, *, seed: int, token: str, mode: str) -> dict[str, Any]:
    """What ``exercise.json`` holds for one student.

    Parameters
    ----------
    exercise : Exercise
    solved : Solved
    seed : int
        The one that ``solved`` was made with.
    token : str
        Names the copy.
    mode : str
        ``practice``: digests of right answers and traps. ``graded``: properties only.

    Returns
    -------
    dict
        Ready for JSON; neither an answer nor a trap's value is in it.
    """
    return {
        "exercise": exercise.id,
        "title": exercise.title,
        "mode": mode,
        "token": token,
        "version": __version__,
        "tables": {
            name: {"rows": len(table), "columns": column_types(table)}
            for name, table in solved.tables.items()
        },
        "questions": [
            _described(exercise, question, solved, seed=seed, token=token, mode=mode)
            for question in exercise.questions
        ],
    }


def _described(
    exercise: Exercise, question: Question, solved: Solved, *, seed: int, token: str, mode: str
) -> dict[str, Any]:
    item = question_as_json(question)
    right, wrong = solved.answers[question.id], solved.traps[question.id]
    if question.inputs is not None:
        practice = function_inputs(question, seed, practice=True)
        item["inputs"] = [list(arguments) for arguments in practice]
        if mode == "practice":
            right, wrong = exercise.call_on(question, solved, practice)
    if mode == "practice" and question.kind != "free_text":
        salt = hashlib.sha256(f"{exercise.id} {question.id} {token}".encode()).hexdigest()[:24]
        item["traps"] = [
            {"name": trap.name, "says": trap.says, "idea": trap.idea, "credit": trap.credit}
            for trap in question.traps
        ]
        item["check"] = digests_of(question, right, wrong, salt=salt)
    return item


def files_beside(exercise: Exercise, solved: Solved, *, seed: int, token: str, mode: str) -> dict[str, bytes]:
    """The files that a notebook reads: ``exercise.json`` and the tables."""
    description = describe_copy(exercise, solved, seed=seed, token=token, mode=mode)
    tables = {f"{TABLES}/{name}.csv": write_table(table) for name, table in solved.tables.items()}
    return {DESCRIPTION: as_text(description).encode(), **tables}


def as_text(content: Any) -> str:
    """JSON with a stable layout."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
