"""``casekit exercises marks``: thin wiring; and what ``grade`` prints at its end."""

from __future__ import annotations

from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from casekit._text import _, format_number, format_percent, ngettext
from casekit.exercises.commands import app, err, out

if TYPE_CHECKING:
    from casekit.exercises.results import Results

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
    from casekit.exercises.marked_sheet import read_marked_sheet, take_over
    from casekit.exercises.results import read_results

    if by_hand is not None:
        from casekit.exercises.hand_marks import write_hand_marks

        results = read_results(folder)
        given = read_marked_sheet(results, by_hand)
        changed = take_over(results, given)
        write_hand_marks(results.hand, folder)
        sentence = _("{count} marks read from {file}, {changed} of them new or changed.")
        out.print(sentence.format(count=len(given), file=escape(by_hand.name), changed=changed))
    report(
        folder,
        course=course if with_key else None,
        canvas_export=canvas_export,
        canvas_assignment=canvas_assignment,
        zero=zero,
    )


def report(
    folder: Path,
    *,
    course: Path | None = None,
    canvas_export: Path | None = None,
    canvas_assignment: str = "",
    zero: bool = False,
) -> None:
    """Write everything and print a summary; with the folder of a course, right values stand on the pages."""
    from casekit.exercises.answer_key import answer_key
    from casekit.exercises.course import Course
    from casekit.exercises.lms import read_canvas_export
    from casekit.exercises.outputs import Choices, write_outputs
    from casekit.exercises.results import read_results

    export = read_canvas_export(canvas_export) if canvas_export else None
    with err.status(_("writing sheets and pages")):
        results = read_results(folder)
        key = answer_key(results, Course.load(course)) if course else None
        made = write_outputs(results, Choices(key, export, canvas_assignment, zero))
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
    for warning in made.warnings:
        err.print(escape(warning))
    _print_files(folder, results.waiting)


def _print_summary(results: Results) -> None:
    from casekit.exercises.items import items_of, mistakes_of
    from casekit.exercises.words import submission_word, trap_words

    counts: dict[str, int] = {}
    for row in results.rows:
        counts[row.graded.status] = counts.get(row.graded.status, 0) + 1
    out.print(", ".join(f"{count} {submission_word(status)}" for status, count in counts.items()))
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
