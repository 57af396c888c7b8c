"""A graded class, read back from the files of grading: what every sheet and page is made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _, format_number, ngettext
from casekit.exercises.authoring.source import Exercise, find_exercise
from casekit.exercises.checking.question import Question
from casekit.exercises.grading.graded import RAN, Graded, read_graded
from casekit.exercises.grading.score import Mark
from casekit.exercises.marking.hand_marks import HandMark, HandMarks, read_hand_marks
from casekit.exercises.releasing.roster import Student


@dataclass(frozen=True)
class Row:
    """One student of a graded class.

    Attributes
    ----------
    graded : Graded
    file : str
        Name for files of this student, without an ending.
    code : str
        Stands for the student where texts are marked without names.
    marks : tuple of Mark
        One a question; texts that a person has marked have the status ``marked``.
    hand : dict of HandMark
        By question.
    """

    graded: Graded
    file: str
    code: str
    marks: tuple[Mark, ...]
    hand: dict[str, HandMark]

    @property
    def student(self) -> Student:
        return self.graded.student

    @property
    def points(self) -> float:
        """Points so far: a text that waits to be marked counts nothing yet."""
        return round(sum(mark.points for mark in self.marks), 6)

    @property
    def out_of(self) -> float:
        """Points to be had."""
        return round(sum(mark.out_of for mark in self.marks), 6)

    @property
    def waiting(self) -> tuple[Mark, ...]:
        """Answers that a person has still to mark."""
        return tuple(mark for mark in self.marks if mark.status == "by hand")

    @property
    def handed_in(self) -> bool:
        return self.graded.status != "not handed in"

    @property
    def ran(self) -> bool:
        """True if the submission was run, so that its marks say something of the questions."""
        return self.graded.status in RAN


@dataclass(frozen=True)
class Results:
    """A graded class.

    Attributes
    ----------
    folder : Path
    exercise : Exercise
    rows : tuple of Row
        In the order of the roster.
    course, box, isolation, casekit, graded_at : str
    limits : dict
    unmatched : tuple of (str, str)
        Files that belong to nobody, and why.
    hand : HandMarks
    """

    folder: Path
    exercise: Exercise
    rows: tuple[Row, ...]
    course: str
    box: str
    isolation: str
    casekit: str
    graded_at: str
    limits: dict[str, Any]
    unmatched: tuple[tuple[str, str], ...]
    hand: HandMarks

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.exercise.questions

    @property
    def handed_in(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.handed_in)

    @property
    def ran(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.ran)

    @property
    def other_data(self) -> str:
        """A sentence if there are marks that rest on other data than the students had."""
        count = sum(row.graded.other_data for row in self.rows)
        if not count:
            return ""
        return ngettext(
            "{count} mark rests on data that DIFFER from what was handed out (--other-data).",
            "{count} marks rest on data that DIFFER from what was handed out (--other-data).",
            count,
        ).format(count=count)

    @property
    def waiting(self) -> int:
        """Texts that a person has still to mark."""
        return sum(len(row.waiting) for row in self.rows)


def read_results(folder: str | Path, *, exercise: Exercise | None = None) -> Results:
    """Read a graded class.

    Parameters
    ----------
    folder : path
        The folder that ``casekit exercises grade`` wrote.
    exercise : Exercise, optional
        By default the one that was graded.

    Returns
    -------
    Results

    Raises
    ------
    InputError
        If the folder holds no finished grading, or the exercise has changed since.
    """
    folder = Path(folder)
    summary = _summary(folder)
    exercise = exercise or find_exercise(summary["exercise"])
    graded = _graded(folder, summary["students"], exercise)
    hand = read_hand_marks(folder)
    codes = hand.codes(item.student.student_id for item in graded)
    rows = tuple(
        _row(item, file, codes[item.student.student_id], hand, exercise)
        for item, file in zip(graded, summary["students"], strict=True)
    )
    return Results(
        folder=folder,
        exercise=exercise,
        rows=rows,
        hand=hand,
        unmatched=tuple((item["path"], item["why"]) for item in summary["unmatched"]),
        graded_at=summary.get("graded_at") or _moment(folder),
        **{name: summary[name] for name in ("course", "box", "isolation", "casekit", "limits")},
    )


def _summary(folder: Path) -> dict[str, Any]:
    from casekit.exercises.grading.grade import SUMMARY

    path = folder / SUMMARY
    wanted = {"exercise", "course", "box", "isolation", "casekit", "limits", "students", "unmatched"}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or not wanted <= set(content):
        problem = errors.must_hold(
            _("the folder must hold a finished grading, with its {file}").format(file=SUMMARY),
            got=str(folder),
            hint=_("casekit exercises grade UPLOADS --roster class.csv -o {folder}").format(folder=folder),
        )
        raise errors.InputError("read_results", problem)
    return content


def _moment(folder: Path) -> str:
    from casekit.exercises.grading.grade import SUMMARY

    return datetime.fromtimestamp((folder / SUMMARY).stat().st_mtime).isoformat(timespec="minutes")


def _graded(folder: Path, files: Sequence[str], exercise: Exercise) -> list[Graded]:
    from casekit.exercises.grading.grade import FOLDER

    found = [read_graded(folder / FOLDER / f"{file}.json") for file in files]
    torn = [file for file, graded in zip(files, found, strict=True) if graded is None]
    ids = [question.id for question in exercise.questions]
    other = [
        file
        for file, graded in zip(files, found, strict=True)
        if graded is not None and [mark.question for mark in graded.marks] not in (ids, [])
    ]
    hint = _("grade again: what is done already is not run again")
    problems = []
    if torn:
        must = _("every student of the grading must have a file that can be read")
        problems.append(errors.must_hold(must, got=_("none"), where=errors.listing(torn), hint=hint))
    if other:
        must = _("the exercise must be the one that was graded")
        got = _("other questions")
        problems.append(errors.must_hold(must, got=got, where=errors.listing(other), hint=hint))
    if problems:
        raise errors.InputError("read_results", problems)
    return [graded for graded in found if graded is not None]


def _row(graded: Graded, file: str, code: str, hand: HandMarks, exercise: Exercise) -> Row:
    given = {}
    for question, text in graded.free_text.items():
        mark = hand.of(graded.student.student_id, question, text)
        if mark is not None:
            given[question] = mark
    marks = graded.marks or tuple(
        Mark(question.id, 0.0, question.points, "missing", None, "", "") for question in exercise.questions
    )
    return Row(graded, file, code, tuple(_with_hand(mark, given) for mark in marks), given)


def _with_hand(mark: Mark, given: dict[str, HandMark]) -> Mark:
    hand = given.get(mark.question)
    if hand is None or mark.status != "by hand":
        return mark
    sentence = _("{points} of {out_of} points by the rubric.").format(
        points=format_number(hand.total), out_of=format_number(mark.out_of)
    )
    return replace(mark, points=hand.total, status="marked", sentence=sentence)
