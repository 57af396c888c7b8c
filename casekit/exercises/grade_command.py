"""``casekit exercises grade``: thin wiring."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from casekit._text import _
from casekit.exercises.commands import app, err
from casekit.exercises.marks_command import Assignment, CanvasFile, WithKey, Zero, report


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
    with_key: WithKey = False,
    canvas_export: CanvasFile = None,
    canvas_assignment: Assignment = "",
    zero: Zero = False,
) -> None:
    """Run every submission in a box of its own, mark it, and write marks, feedback and the class's page.

    What is done already is not done again.
    """
    from casekit.exercises.box.limits import MEGABYTE, Limits
    from casekit.exercises.course import Course
    from casekit.exercises.grade import grade as run
    from casekit.exercises.lms import read_canvas_export
    from casekit.exercises.roster import read_roster

    limits = Limits(seconds=seconds, cpu_seconds=cpu_seconds or seconds, memory=memory * MEGABYTE)
    students, opened = read_roster(roster), Course.load(course)
    with _Progress() as progress:
        run(
            uploads,
            course=opened,
            roster=students,
            out=folder,
            exercise=exercise,
            workers=workers,
            limits=limits,
            box=box,
            listener=progress.step,
            canvas=read_canvas_export(canvas_export) if canvas_export else None,
        )
    report(
        folder,
        course=course if with_key else None,
        canvas_export=canvas_export,
        canvas_assignment=canvas_assignment,
        zero=zero,
    )


class _Progress:
    """A bar on a terminal; in a log one plain line a submission."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        if err.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
            )
            self._bar = Progress(*columns, console=err, transient=True)
            self._task = self._bar.add_task(_("starting the boxes"), total=None)
            self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, done: int, total: int, graded: Any) -> None:
        """One more submission is done."""
        from casekit.exercises.words import submission_word

        text = escape(f"{graded.student.student_id} {submission_word(graded.status)}")
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, description=text)
        else:
            err.print(f"{done}/{total} {text}", markup=False)
