"""The page in every zip that says how to work and how to hand in."""

from __future__ import annotations

from html import escape

from casekit._text import _, current_language, format_number
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.releasing.roster import Student

_STYLE = (
    "body{font:16px/1.5 system-ui,'Microsoft YaHei','PingFang SC',sans-serif;max-width:42rem;"
    "margin:2rem auto;padding:0 1rem;color:#222}"
    "code{background:#f2f2f2;padding:0 .2em}li{margin:.4em 0}h1{font-size:1.5rem}"
)


def how_to_hand_in(exercise: Exercise, student: Student, *, mode: str) -> str:
    """The page as HTML: names the student, the notebook, the steps."""
    steps = [
        _("Unpack the whole zip into one folder. On Windows: right click, Extract all."),
        _(
            "Open {notebook} in JupyterLab from that folder. Leave the folder {data} and {file} beside it."
        ).format(notebook=f"{exercise.id}.ipynb", data="data", file="exercise.json"),
        _(
            "Run the cells from the top. Put your answers where the dots are; keep the names of "
            "the variables."
        ),
    ]
    if mode == "graded":
        steps += [
            _(
                "Before you hand in: Kernel, Restart Kernel, and run the cells from the top once more. What "
                "counts is what the notebook computes by itself, not what an earlier run left behind."
            ),
            _("Save, and upload {notebook} alone, under this name.").format(notebook=f"{exercise.id}.ipynb"),
            _(
                "The numbers in this zip are yours alone and are made again when you are marked: "
                "answers from another student's copy do not fit, and are recognised."
            ),
        ]
        title = _("How to hand in")
    else:
        steps.append(
            _("This copy is for practice: check(...) tells you how you stand, nothing need be handed in.")
        )
        title = _("How to work with this copy")
    facts = _("{student}, {count} questions, {points} points, about {minutes} minutes.").format(
        student=" ".join(part for part in (student.name, student.as_written or student.student_id) if part),
        count=len(exercise.questions),
        points=format_number(exercise.points),
        minutes=format_number(exercise.question_minutes),
    )
    items = "\n".join(f"<li>{escape(step)}</li>" for step in steps)
    return (
        f'<!doctype html>\n<html lang="{current_language().replace("_", "-")}"><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>\n<h1>{escape(exercise.title)}</h1>\n"
        f"<p>{escape(facts)}</p>\n<h2>{escape(title)}</h2>\n<ol>\n{items}\n</ol>\n</html>\n"
    )
