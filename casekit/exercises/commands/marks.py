"""``casekit exercises marks``: thin wiring; and what ``grade`` prints at its end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from casekit._text import _, format_number, format_percent, ngettext
from casekit.exercises.commands.app import app, err, out

if TYPE_CHECKING:
    from casekit.exercises.marking.outputs import Choices
    from casekit.exercises.marking.results import Results

WithKey = Annotated[
    bool,
    typer.Option("--with-key", help="show the right value on feedback pages where an answer was not right"),
]
CanvasFile = Annotated[
    Path | None, typer.Option("--canvas-export", help="gradebook exported from Canvas, for its ids")
]
Assignment = Annotated[
    str,
    typer.Option(
        "--canvas-assignment", help="name of the assignment in Canvas; default: title of the exercise"
    ),
]
Zero = Annotated[
    bool, typer.Option("--zero", help="give 0 to those who handed in nothing (default: no grade)")
]


@app.command()
def marks(
    folder: Annotated[Path, typer.Argument(help="what casekit exercises grade wrote")] = Path("marks"),
    by_hand: Annotated[
        Path | None, typer.Option("--by-hand", help="free_text.xlsx, filled in: its marks are taken over")
    ] = None,
    with_key: WithKey = False,
    course: Annotated[Path, typer.Option(help="folder of the course; needed for --with-key")] = Path(
        "course"
    ),
    canvas_export: CanvasFile = None,
    canvas_assignment: Assignment = "",
    zero: Zero = False,
) -> None:
    """Make every sheet and page again from a finished grading; nothing is run."""
    from casekit.exercises.grading.canvas_people import read_canvas_export
    from casekit.exercises.marking.marked_sheet import read_marked_sheet, take_over
    from casekit.exercises.marking.outputs import Choices
    from casekit.exercises.marking.results import read_results
    from casekit.exercises.releasing.course import Course

    if by_hand is not None:
        from casekit.exercises.marking.hand_marks import write_hand_marks

        results = read_results(folder)
        given = read_marked_sheet(results, by_hand)
        changed = take_over(results, given)
        write_hand_marks(results.hand, folder)
        sentence = _("{count} marks read from {file}, {changed} of them new or changed.")
        out.print(sentence.format(count=len(given), file=escape(by_hand.name), changed=changed))
    canvas = read_canvas_export(canvas_export) if canvas_export else None
    report(folder, Choices(Course.load(course) if with_key else None, canvas, canvas_assignment, zero))


def report(folder: Path, choices: Choices) -> None:
    """Write everything that comes out of a grading, and print a summary."""
    from casekit.exercises.marking.outputs import write_outputs
    from casekit.exercises.marking.results import read_results

    with err.status(_("writing sheets and pages")):
        results = read_results(folder)
        made = write_outputs(results, choices)
    _print_summary(results)
    if results.unmatched:
        sentence = ngettext(
            "{count} file belongs to nobody or was not read: see class.html.",
            "{count} files belong to nobody or were not read: see class.html.",
            len(results.unmatched),
        )
        err.print(sentence.format(count=len(results.unmatched)))
    if results.box != "bubblewrap":
        err.print(escape(results.isolation))
    if results.other_data:
        err.print(escape(results.other_data))
    for warning in made.warnings:
        err.print(escape(warning))
    _print_files(folder, results.waiting)


def _print_summary(results: Results) -> None:
    from casekit.exercises.marking.items import items_of, mistakes_of
    from casekit.exercises.marking.words import submission_count, trap_words

    for status, count in Counter(row.graded.status for row in results.rows).items():
        out.print(submission_count(status, count))
    points = [row.points for row in results.handed_in]
    if points:
        out.print(
            _("{count} handed in: mean {mean}, median {median} of {out_of} points.").format(
                count=len(points),
                mean=format_number(mean(points), digits=1),
                median=format_number(median(points), digits=1),
                out_of=format_number(results.exercise.points),
            )
        )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, side in (
        (_("question"), "left"), (_("title"), "left"), (_("share of points"), "right"),
        (_("tells apart"), "right"), (_("most frequent mistake"), "left"),
    ):  # fmt: skip
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    mistakes = mistakes_of(results)
    for item in items_of(results):
        first = next((mistake for mistake in mistakes if mistake.question == item.question), None)
        said = f"{trap_words(first.name)} ({first.students})" if first else ""
        share = "–" if item.share != item.share else format_percent(item.share, digits=0)
        tells = "–" if item.discrimination != item.discrimination else f"{item.discrimination:.2f}"
        table.add_row(item.question, escape(item.title), share, tells, escape(said))
    out.print(table)


def _print_files(folder: Path, waiting: int) -> None:
    shown = escape(str(folder))
    out.print(
        _(
            "Written to {folder}: marks.xlsx, marks.csv, class.html, feedback/, files for Moodle and Canvas."
        ).format(folder=shown)
    )
    if waiting:
        sentence = ngettext(
            "{count} text waits to be marked: fill in free_text.xlsx, then "
            "casekit exercises marks {folder} --by-hand {folder}/free_text.xlsx",
            "{count} texts wait to be marked: fill in free_text.xlsx, then "
            "casekit exercises marks {folder} --by-hand {folder}/free_text.xlsx",
            waiting,
        )
        out.print(sentence.format(count=waiting, folder=shown))
