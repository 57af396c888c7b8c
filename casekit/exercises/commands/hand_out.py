"""``casekit exercises list``, ``build``, ``release`` and ``nbgrader``: thin wiring."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from casekit._text import _, format_number
from casekit.exercises.commands.app import app, err, out

Which = Annotated[
    list[str] | None, typer.Option("--exercise", "-e", metavar="CASE", help="name or number; default: all")
]


@app.command("list")
def list_command() -> None:
    """List the exercises."""
    from casekit.exercises.authoring.source import list_exercises

    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate((_("exercise"), _("title"), _("questions"), _("points"), _("minutes"))):
        table.add_column(heading, no_wrap=place != 1, overflow="fold")
    for item in list_exercises():
        numbers = (str(len(item.questions)), format_number(item.points), format_number(item.minutes))
        table.add_row(item.id, escape(item.title), *numbers)
    out.print(table)


@app.command()
def build(
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="[CASE]", help="name or number; default: all")
    ] = None,
) -> None:
    """Make student notebook, key, guide, live version, quiz and sample data again from exercise.py."""
    from casekit.exercises.authoring.course_plan import build_course_plan
    from casekit.exercises.authoring.generate import build_exercise
    from casekit.exercises.authoring.source import find_exercise, list_exercises

    for exercise in [find_exercise(case) for case in cases] if cases else list_exercises():
        with err.status(exercise.id):
            changed = build_exercise(exercise)
        names = ", ".join(changed) or _("nothing changed")
        out.print(_("{exercise}: {names}").format(exercise=exercise.id, names=escape(names)))
    build_course_plan()


@app.command()
def release(
    roster: Annotated[Path, typer.Option(help="the class: a sheet with a column student_id")],
    exercise: Which = None,
    course: Annotated[
        Path, typer.Option(help="folder of the course; made with its secret key if it does not exist")
    ] = Path("course"),
    graded: Annotated[
        bool, typer.Option("--graded/--practice", help="graded: check looks at properties only")
    ] = False,
    folder: Annotated[Path, typer.Option("--out", "-o", help="folder for the zips")] = Path("handout"),
) -> None:
    """Write one zip a student, with data of the student's own."""
    from casekit.exercises.authoring.source import list_exercises
    from casekit.exercises.commands.progress import Progress
    from casekit.exercises.releasing.course import KEY, Course
    from casekit.exercises.releasing.release import release as write
    from casekit.exercises.releasing.roster import read_roster

    students = read_roster(roster)
    is_new = not (course / KEY).is_file()
    opened = Course.open(course)
    ids = exercise or [item.id for item in list_exercises()]
    with Progress(err) as progress:
        mode = "graded" if graded else "practice"
        copies = write(ids, students, opened, folder, mode=mode, listener=progress.step)
    out.print(
        _("{students} zips in {folder}, each with {exercises}.").format(
            students=len(students),
            folder=escape(str(folder)),
            exercises=", ".join(dict.fromkeys(copy.exercise for copy in copies)),
        )
    )
    if is_new:
        out.print(
            _(
                "The key of the course is {path}. Keep a copy, and keep it secret: "
                "without it nothing can be graded."
            ).format(path=escape(str(course / KEY)))
        )


@app.command("nbgrader")
def nbgrader_command(
    case: Annotated[str, typer.Argument(metavar="CASE", help="name or number")],
    folder: Annotated[Path, typer.Option("--out", "-o", help="folder of the nbgrader course")],
    course: Annotated[
        Path | None, typer.Option(help="folder of the course: its key makes data for the class")
    ] = None,
) -> None:
    """Write a source assignment of nbgrader, for the instructor alone."""
    from casekit.exercises.authoring.source import find_exercise
    from casekit.exercises.releasing.course import Course
    from casekit.exercises.releasing.nbgrader_source import write_nbgrader_source

    written = write_nbgrader_source(
        find_exercise(case), folder, course=Course.open(course) if course else None
    )
    out.print(escape(str(written)))
    if course is None:
        out.print(
            _(
                "The class gets the data of the sample student, whose worked key is public. For data of its "
                "own: --course DIR."
            )
        )
