"""The multiple-choice quiz: buttons with feedback, readable without them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from casekit import errors
from casekit._text import _
from casekit.exercises.authoring.pages import code, markdown
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.question import QuizItem

LETTERS = "ABCDEF"


def ask(feedback: Mapping[str, str], *, right: str) -> Any:
    """Buttons for the options of the question above; a click says why it is right or wrong.

    Parameters
    ----------
    feedback : mapping of letter to sentence
        What to say to somebody who picks the option.
    right : str
        The letter of the right option.

    Returns
    -------
    ipywidgets.Widget
    """
    try:
        import ipywidgets
    except ImportError as error:
        raise errors.MissingExtraError(
            _("a quiz needs ipywidgets: pip install 'casekit[workbook]'")
        ) from error
    buttons = ipywidgets.ToggleButtons(options=list(feedback), value=None, style={"button_width": "4em"})
    says = ipywidgets.HTML()

    def answered(change: dict[str, Any]) -> None:
        picked = change["new"]
        if picked is not None:
            sign = "✓" if picked == right else "✗"
            says.value = f"<b>{sign} {escape(picked)}</b> {escape(feedback[picked])}"

    buttons.observe(answered, names="value")
    return ipywidgets.VBox([buttons, says])


def quiz_notebook(exercise: Exercise) -> dict[str, Any]:
    """The quiz as a notebook: each question in words, its answer folded away, and the buttons."""
    from casekit.reports.notebooks import normalise

    cells = [
        markdown(
            "# "
            + _("Quiz: {title}").format(title=exercise.title)
            + "\n\n"
            + _(
                "{count} questions. Run all cells, then click a letter. Without buttons (on paper, on a "
                "page) open the answer below each question."
            ).format(count=len(exercise.quiz))
        ),
        code("from casekit.exercises.quiz import ask"),
    ]
    for number, item in enumerate(exercise.quiz, start=1):
        cells += [markdown(_in_words(number, item)), code(_buttons(item), "skip-execution")]
    notebook = normalise({"cells": cells, "metadata": {}})
    for cell in notebook["cells"]:
        if "skip-execution" in cell["metadata"].get("tags", []):
            cell["metadata"]["jupyter"] = {"source_hidden": True}
    return notebook


def _in_words(number: int, item: QuizItem) -> str:
    options = [f"- **{letter}** {choice.text}" for letter, choice in zip(LETTERS, item.choices, strict=False)]
    answers = [
        f"- {'✓' if choice.right else '✗'} **{letter}** {choice.feedback}"
        for letter, choice in zip(LETTERS, item.choices, strict=False)
    ]
    heading = _("Question {number}").format(number=number)
    folded = "<details><summary>" + _("Answer") + "</summary>\n\n" + "\n".join(answers) + "\n\n</details>"
    return f"## {heading}\n\n{item.prompt}\n\n" + "\n".join(options) + f"\n\n{folded}"


def _buttons(item: QuizItem) -> str:
    pairs = list(zip(LETTERS, item.choices, strict=False))
    lines = [f"        {letter!r}: {choice.feedback!r}," for letter, choice in pairs]
    right = next(letter for letter, choice in pairs if choice.right)
    return "\n".join(["ask(", "    {", *lines, "    },", f"    right={right!r},", ")"])
