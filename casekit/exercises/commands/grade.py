"""``casekit exercises grade``: thin wiring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casekit._text import _
from casekit.exercises.commands.app import app, err
from casekit.exercises.commands.marks import Assignment, CanvasFile, WithKey, Zero, report

if TYPE_CHECKING:
    from casekit.exercises.grading.graded import Graded


@app.command()
def grade(
    uploads: Annotated[Path, typer.Argument(help='the zip of "download all submissions", or a folder')],
    roster: Annotated[Path, typer.Option(help="the class: a sheet with a column student_id")],
    course: Annotated[Path, typer.Option(help="folder of the course, with its secret key")] = Path("course"),
    exercise: Annotated[
        str | None, typer.Option("--exercise", "-e", help="default: what most notebooks name")
    ] = None,
    folder: Annotated[Path, typer.Option("--out", "-o", help="folder for what grading says")] = Path("marks"),
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, help="at a time; default: one a processor")
    ] = None,
    box: Annotated[
        str, typer.Option(help="bubblewrap; limited isolates less, and the mark sheet says so")
    ] = "bubblewrap",
    seconds: Annotated[float, typer.Option(min=1, help="time limit of one submission")] = 60.0,
    cpu_seconds: Annotated[
        float | None, typer.Option(min=1, help="processor time of one submission; default: as --seconds")
    ] = None,
    memory: Annotated[int, typer.Option(min=100, help="memory limit of one submission, in MB")] = 2000,
    other_data: Annotated[
        bool,
        typer.Option(
            "--other-data", help="grade even on data that differ from the release; the mark sheet says so"
        ),
    ] = False,
    with_key: WithKey = False,
    canvas_export: CanvasFile = None,
    canvas_assignment: Assignment = "",
    zero: Zero = False,
) -> None:
    """Run every submission in a box of its own, mark it, and write marks, feedback and the class's page.

    What is done already is not done again.
    """
    from casekit.exercises.commands.progress import Progress
    from casekit.exercises.grading.box.limits import MEGABYTE, Limits
    from casekit.exercises.grading.canvas_people import read_canvas_export
    from casekit.exercises.grading.grade import grade as run
    from casekit.exercises.marking.outputs import Choices
    from casekit.exercises.releasing.course import Course
    from casekit.exercises.releasing.roster import read_roster

    limits = Limits(seconds=seconds, cpu_seconds=cpu_seconds or seconds, memory=memory * MEGABYTE)
    students, opened = read_roster(roster), Course.load(course)
    canvas = read_canvas_export(canvas_export) if canvas_export else None
    with Progress(err, waiting=_("starting the boxes")) as progress:
        run(
            uploads,
            course=opened,
            roster=students,
            out=folder,
            exercise=exercise,
            workers=workers,
            limits=limits,
            box=box,
            listener=lambda done, total, graded: progress.step(done, total, _said(graded)),
            canvas=canvas,
            other_data=other_data,
        )
    report(folder, Choices(opened if with_key else None, canvas, canvas_assignment, zero))


def _said(graded: Graded) -> str:
    """One student's line while grading goes on."""
    from casekit.exercises.marking.words import submission_word

    return f"{graded.student.student_id} {submission_word(graded.status)}"
