"""The cells of the notebooks made from an exercise: for the student, with the key, for live coding."""

from __future__ import annotations

from typing import Any

from casekit._text import _, format_number, ngettext
from casekit.exercises.authoring.blanks import blanked
from casekit.exercises.authoring.source import Cell, Exercise
from casekit.exercises.checking.question import Question

#: Which prose each notebook shows, and whether its solutions stay.
STUDENT, KEY, LIVE = "student", "key", "live"


def notebook_of(exercise: Exercise, kind: str, *, token: str = "", mode: str = "practice") -> dict[str, Any]:
    """A notebook as JSON, not yet executed.

    Parameters
    ----------
    exercise : Exercise
    kind : str
        ``student`` (dots to fill in), ``key`` (solutions), ``live`` (prose and given code only).
    token : str
        Names the copy; written into the first code cell and into the metadata.
    mode : str
        ``practice`` or ``graded``.

    Returns
    -------
    dict
    """
    cells: list[dict[str, Any]] = []
    for cell in exercise.cells:
        cells += _cells(exercise, cell, kind)
        if len(cells) == 1:
            cells += _opening(exercise, kind, token, mode)
    from casekit.reports.notebooks import normalise

    notebook = normalise({"cells": cells, "metadata": {}})
    notebook["metadata"]["casekit"] |= {"exercise": exercise.id, "mode": mode, "student": token}
    return notebook


def _cells(exercise: Exercise, cell: Cell, kind: str) -> list[dict[str, Any]]:
    if cell.role == "prose" or (cell.role == "key" and kind == KEY):
        return [markdown(cell.source)]
    if cell.role in ("given", "show"):
        return [code(cell.source)]
    if cell.role == "question" and cell.question is not None:
        return [markdown(task_text(cell.question, kind))]
    if cell.role != "solution" or cell.question is None:
        return []
    if kind == LIVE:
        return [code(f"# {cell.question.id}: {cell.question.answer}")]
    if kind == KEY:
        source = without_marks(cell.source)
    else:
        source = blanked(cell.source, cell.question, free=cell.free)
    if cell is last_cell_of(exercise, cell.question):
        source += f'\ncheck("{cell.question.id}", {cell.question.answer})'
    return [code(source)]


def without_marks(source: str) -> str:
    """A solution without the comments that say what is blank."""
    return "\n".join(line.split("  # blank")[0] for line in source.split("\n"))


def last_cell_of(exercise: Exercise, question: Question) -> Cell:
    """The last solution cell of a question: the check stands there."""
    return [cell for cell in exercise.cells if cell.role == "solution" and cell.question is question][-1]


def _opening(exercise: Exercise, kind: str, token: str, mode: str) -> list[dict[str, Any]]:
    copy = f', token="{token}"' if token else ""
    source = f'book = open_exercise("{exercise.id}"{copy})\nbook'
    if kind == LIVE:
        return [code(f"from casekit.exercises import open_exercise\n\n{source}")]
    return [
        markdown(_how_to(exercise, mode)),
        code(f"from casekit.exercises import check, open_exercise\n\n{source}"),
    ]


def _how_to(exercise: Exercise, mode: str) -> str:
    lines = [
        _("**{count} questions, {points} points, about {minutes} minutes.**").format(
            count=len(exercise.questions),
            points=format_number(exercise.points),
            minutes=format_number(exercise.question_minutes),
        ),
        _(
            "Your numbers are your own: another copy has other customers. Run the cells in order with "
            "Shift+Enter, put your answer where the dots are, and keep the names of the variables."
        ),
    ]
    if mode == "graded":
        lines.append(
            _(
                "Here `check` only says whether an answer has the form asked for; values are marked "
                "afterwards."
            )
        )
    else:
        lines.append(_("`check` says at once whether an answer is right and, if not, which step went wrong."))
    return "\n\n".join(lines)


def task_text(question: Question, kind: str) -> str:
    """What is asked for: name, unit, rounding, points, minutes, hints folded away."""
    if kind == LIVE:
        return _("**{id} · {title}** Set `{answer}`: {unit}.").format(
            id=question.id, title=question.title, answer=question.answer, unit=_unit(question)
        )
    text = _("**{id} · {title}** ({points} points, {minutes} minutes). Set `{answer}`: {unit}.").format(
        id=question.id,
        title=question.title,
        points=format_number(question.points),
        minutes=format_number(question.minutes),
        answer=question.answer,
        unit=_unit(question),
    )
    name = _("Hint {number}")
    hints = [
        f"<details><summary>{name.format(number=number)}</summary>\n\n{hint}\n\n</details>"
        for number, hint in enumerate(question.hints, start=1)
    ]
    return "\n\n".join([text, *hints, *_rubric(question)])


def _unit(question: Question) -> str:
    unit = question.unit or question.kind
    if question.labels:
        return _("{unit}, with the labels {labels}").format(
            unit=unit, labels=", ".join(f"`{label}`" for label in question.labels)
        )
    if question.numeric and question.kind != "count" and question.decimals > 0:
        return ngettext(
            "{unit}, with at least {count} decimal",
            "{unit}, with at least {count} decimals",
            question.decimals,
        ).format(unit=unit, count=question.decimals)
    return unit


def _rubric(question: Question) -> list[str]:
    if not question.rubric:
        return []
    rows = [f"| {line.name} | {format_number(line.points)} | {line.full} |" for line in question.rubric]
    head = "| " + " | ".join([_("criterion"), _("points"), _("for full points")]) + " |"
    return ["\n".join([head, "|---|---|---|", *rows])]


def markdown(source: str) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str, *tags: str) -> dict[str, Any]:
    """A code cell that has not run."""
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }
