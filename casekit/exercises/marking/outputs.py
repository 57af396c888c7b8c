"""Everything that comes out of a grading, made in one go from its files; nothing is run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from casekit._text import _
from casekit._whole import write_whole
from casekit.exercises.grading.canvas_people import CanvasExport
from casekit.exercises.marking.answer_key import answer_key
from casekit.exercises.marking.class_page import class_page
from casekit.exercises.marking.feedback import FOLDER, write_feedback
from casekit.exercises.marking.free_text import PAGE, SHEET, free_text_page, texts_of, write_free_text_sheet
from casekit.exercises.marking.hand_marks import write_hand_marks
from casekit.exercises.marking.lms import left_out_sentence, moodle_number, write_canvas, write_moodle
from casekit.exercises.marking.marked_sheet import unread_marks
from casekit.exercises.marking.marks import write_marks_csv, write_marks_workbook
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.zips import zip_of

#: Tells git that marks are nobody else's.
IGNORED = ".gitignore"

#: Ends of names of files for learning platforms while texts still wait to be marked.
SO_FAR = "-so-far"


@dataclass(frozen=True)
class Choices:
    """What an instructor may choose.

    Attributes
    ----------
    with_key : Course, optional
        The course, if feedback pages are to show right answers.
    canvas : CanvasExport, optional
    assignment : str
        Name of the assignment in Canvas.
    zero : bool
        Give 0 to those who handed in nothing.
    """

    with_key: Course | None = None
    canvas: CanvasExport | None = None
    assignment: str = ""
    zero: bool = False


@dataclass
class Outputs:
    """What was written, and what the instructor should know."""

    files: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def write_outputs(results: Results, choices: Choices | None = None) -> Outputs:
    """Write every sheet and page of a grading into its folder.

    Parameters
    ----------
    results : Results
        From :func:`casekit.exercises.marking.results.read_results`.
    choices : Choices, optional

    Returns
    -------
    Outputs
    """
    choices, folder, made = choices or Choices(), results.folder, Outputs()
    key = answer_key(results, choices.with_key) if choices.with_key else None
    write_whole(folder / IGNORED, "*\n")
    write_hand_marks(results.hand, folder)
    made.files += [
        write_marks_csv(results, folder / "marks.csv"),
        write_marks_workbook(results, folder / "marks.xlsx"),
        write_whole(folder / "class.html", class_page(results)),
        *write_feedback(results, key=key),
    ]
    _for_platforms(results, choices, made)
    _texts(results, made)
    return made


def _for_platforms(results: Results, choices: Choices, made: Outputs) -> None:
    """Files for Moodle and Canvas; their names say so while texts wait, lest half a mark be imported."""
    folder = results.folder
    end, other = (SO_FAR, "") if results.waiting else ("", SO_FAR)
    for name in ("moodle", "canvas"):
        (folder / f"{name}{other}.csv").unlink(missing_ok=True)
    made.files.append(write_moodle(results, folder / f"moodle{end}.csv", zero=choices.zero))
    canvas = folder / f"canvas{end}.csv"
    left_out = write_canvas(
        results, canvas, export=choices.canvas, assignment=choices.assignment, zero=choices.zero
    )
    made.files.append(canvas)
    if left_out:
        made.warnings.append(left_out_sentence(left_out))
    numbered = [row for row in results.rows if moodle_number(row)]
    if numbered:
        made.files.append(_moodle_pages(folder, numbered))


def _moodle_pages(folder: Path, rows: list[Row]) -> Path:
    """All feedback pages in a zip, named so that Moodle's "upload multiple feedback files" deals them out."""
    pages = {}
    for row in rows:
        name = row.file.replace("_", "-")  # Moodle splits at underscores
        path = f"{name}_{moodle_number(row)}_assignsubmission_file_/feedback.html"
        pages[path] = (folder / FOLDER / f"{row.file}.html").read_bytes()
    return write_whole(folder / "moodle-feedback.zip", zip_of(pages))


def _texts(results: Results, made: Outputs) -> None:
    """Sheet and page of the free texts; a sheet with marks that nobody took over is left alone."""
    folder = results.folder
    if unread_marks(results, folder / SHEET):
        made.warnings.append(
            _(
                "{file} holds marks that were not read yet, so it was left as it is: "
                "casekit exercises marks {folder} --by-hand {path}"
            ).format(file=SHEET, folder=folder, path=folder / SHEET)
        )
        sheet: Path | None = folder / SHEET
    else:
        sheet = write_free_text_sheet(results, folder / SHEET)
    made.files += [sheet] if sheet else []
    made.files += [write_whole(folder / PAGE, free_text_page(results))] if texts_of(results) else []
