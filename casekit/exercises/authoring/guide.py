"""The instructor guide: the author's lesson plan, and tables that follow from the questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from casekit._text import _, format_number
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.known import reference_value
from casekit.exercises.checking.question import Question, Solved
from casekit.exercises.checking.understand import Complaint

#: How the lesson plan of an exercise names its time of practice.
_PRACTICE = re.compile(r"^## .*Practice \((\d+) min\)", re.MULTILINE)


def guide_text(exercise: Exercise, solved: Solved) -> str:
    """The guide as Markdown; numbers are those of the sample student.

    Parameters
    ----------
    exercise : Exercise
    solved : Solved
        The sample student's.

    Returns
    -------
    str
    """
    parts = [
        "# " + _("Instructor guide: {title}").format(title=exercise.title),
        _facts(exercise),
        *(cell.source for cell in exercise.cells if cell.role == "guide"),
        *_timing(exercise),
        *_mistakes(exercise, solved),
        *_answers(exercise, solved),
        *_rubrics(exercise),
        *_quiz(exercise),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _facts(exercise: Exercise) -> str:
    return _(
        "Week {week}, after notebook `{notebook}`. {count} questions, {points} points, a lesson of {minutes} "
        "minutes. Students need: {needs}. Made by `casekit exercises build` from `exercise.py`: edit that."
    ).format(
        week=exercise.week,
        notebook=exercise.notebook,
        count=len(exercise.questions),
        points=format_number(exercise.points),
        minutes=format_number(exercise.minutes),
        needs=exercise.needs,
    )


def _timing(exercise: Exercise) -> list[str]:
    rows = [
        (item.id, item.title, format_number(item.minutes), format_number(item.points))
        for item in exercise.questions
    ]
    total = format_number(exercise.question_minutes)
    rows.append(("", _("together"), total, format_number(exercise.points)))
    head = (_("question"), _("what is asked"), _("minutes"), _("points"))
    return ["## " + _("Timing of the questions"), table(head, rows), *_practice(exercise)]


def _practice(exercise: Exercise) -> list[str]:
    """Which questions fit into the practice that the lesson plan names in a heading, and what is left."""
    found = [_PRACTICE.search(cell.source) for cell in exercise.cells if cell.role == "guide"]
    practice = next((float(match[1]) for match in found if match), 0.0)
    fitting: list[Question] = []
    spent = 0.0
    for question in exercise.questions:
        if question.kind == "free_text" or spent + question.minutes > practice:
            break
        fitting.append(question)
        spent += question.minutes
    if not fitting:
        return []
    return [
        _(
            "At this pace {first}–{last} ({spent} minutes) fit into the {practice} minutes of practice; what "
            "a student or a pair does not reach, and the memo, is homework: up to {rest} minutes."
        ).format(
            first=fitting[0].id,
            last=fitting[-1].id,
            spent=format_number(spent),
            practice=format_number(practice),
            rest=format_number(exercise.question_minutes - spent),
        )
    ]


def _mistakes(exercise: Exercise, solved: Solved) -> list[str]:
    rows = []
    for question in exercise.questions:
        for trap in question.traps:
            wrong = shown_answer(question, solved.traps[question.id][trap.name])
            credit = format_number(trap.credit * question.points)
            rows.append((question.id, trap.name.replace("_", " "), wrong, trap.says, trap.idea, credit))
    head = (
        _("question"),
        _("mistake"),
        _("leads to (sample)"),
        _("what check says"),
        _("idea to revisit"),
        _("points"),
    )
    return [
        "## " + _("Common mistakes"),
        _("Each is recognised by name, in the notebook and at grading; points are what it still earns."),
        table(head, rows),
    ]


def _answers(exercise: Exercise, solved: Solved) -> list[str]:
    rows = [
        (item.id, f"`{item.answer}`", shown_answer(item, solved.answers[item.id]), item.unit)
        for item in exercise.questions
        if item.kind != "free_text"
    ]
    head = (_("question"), _("name"), _("answer (sample)"), _("unit"))
    return [
        "## " + _("Answers of the sample student"),
        _("Every student has other numbers; these belong to the tables in `sample/` and to `key.ipynb`."),
        table(head, rows),
    ]


def _rubrics(exercise: Exercise) -> list[str]:
    parts = []
    for question in exercise.questions:
        if question.rubric:
            rows = [(line.name, format_number(line.points), line.full) for line in question.rubric]
            heading = _("Rubric of {id}: {title}").format(id=question.id, title=question.title)
            head = (_("criterion"), _("points"), _("for full points"))
            parts += [f"## {heading}", table(head, rows)]
    return parts


def _quiz(exercise: Exercise) -> list[str]:
    if not exercise.quiz:
        return []
    rows = [
        (str(number), item.prompt, next(choice.text for choice in item.choices if choice.right))
        for number, item in enumerate(exercise.quiz, start=1)
    ]
    return ["## " + _("Quiz"), table(("", _("question"), _("right option")), rows)]


def shown_answer(question: Question, value: Any) -> str:
    """An answer as it stands in a table: rounded to what is asked for."""
    plain = reference_value(question, value)
    if isinstance(plain, Complaint):
        return plain.sentence
    if isinstance(plain, float):
        return format_number(plain, digits=0 if question.kind == "count" else question.decimals)
    if isinstance(plain, list):
        return _("{count} labels").format(count=len(plain))
    if isinstance(plain, dict):
        return _("{count} values").format(count=len(plain))
    return str(value if question.kind == "choice" else plain)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines: list[Sequence[str]] = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
