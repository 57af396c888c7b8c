"""Grades a class: each submission in a box of its own, marked outside against its student's own reference."""

from __future__ import annotations

import contextvars
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from casekit import __version__, errors
from casekit._text import _
from casekit._validate import Check
from casekit._whole import write_whole
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.question import Solved
from casekit.exercises.grading.box.fonts import font_files
from casekit.exercises.grading.box.job import Job, Outcome, Wanted, clean, note_sentence
from casekit.exercises.grading.box.limits import Limits
from casekit.exercises.grading.box.probes import require_box
from casekit.exercises.grading.box.run import BOXES, BoxError, run_job
from casekit.exercises.grading.canvas_people import CanvasExport, canvas_ids
from casekit.exercises.grading.graded import Graded, read_graded, write_graded
from casekit.exercises.grading.intake import Intake, Submission, recognise, take_in
from casekit.exercises.grading.repair import HandedIn, repair_cells
from casekit.exercises.grading.resemblance import Resemblance
from casekit.exercises.grading.right_answers import right_in_words
from casekit.exercises.grading.score import carry_forward, score
from casekit.exercises.grading.uploads import read_uploads
from casekit.exercises.releasing.copies import StudentCopy, student_copy
from casekit.exercises.releasing.course import KEY, Course
from casekit.exercises.releasing.record import Released, other_data_note, versions
from casekit.exercises.releasing.release import file_names
from casekit.exercises.releasing.roster import Student

#: Called after each student: how many are done, of how many, and the one just done.
Listener = Callable[[int, int, Graded], None]

#: What was graded, how, and which files belong to nobody; beside it ``graded/`` holds one file a student.
SUMMARY, FOLDER = "grading.json", "graded"


@dataclass(frozen=True)
class _Class:
    """What all submissions of one grading share: nothing that a submission could touch."""

    exercise: Exercise
    course: Course
    reference: Resemblance
    released: Released
    other_data: bool
    limits: Limits
    box: str
    out: Path
    names: dict[str, str]


class _OtherData(Exception):
    """The data made for a student are not those that the student got."""


def grade(
    uploads: str | Path,
    *,
    course: Course,
    roster: Sequence[Student],
    out: str | Path,
    exercise: str | Exercise | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    box: str = "bubblewrap",
    listener: Listener | None = None,
    canvas: CanvasExport | None = None,
    other_data: bool = False,
) -> tuple[Graded, ...]:
    """Grade all submissions of one exercise.

    Parameters
    ----------
    uploads : path
        What Moodle or Canvas makes of "download all submissions": a zip; or a folder, or one notebook.
    course : Course
    roster : sequence of Student
    out : path
        Folder for ``grading.json`` and ``graded/``, one file a student. A run that was stopped goes on where
        it was.
    exercise : str or Exercise, optional
        By default the one that most notebooks name.
    workers : int, optional
        Submissions at a time; by default one a processor.
    limits : Limits, optional
    box : {"bubblewrap", "limited"}
        ``limited`` isolates less; mark sheets say so.
    listener : callable, optional
    canvas : CanvasExport, optional
        Gradebook exported from Canvas: its ids say who sent a file.
    other_data : bool, default False
        Grade even where the data made again are not those that were handed out; mark sheets say so.

    Returns
    -------
    tuple of Graded
        One a student of the roster, in its order.

    Raises
    ------
    InputError
        If the uploads or the exercise cannot be made out, or if the data made for a student are not those
        that the student got.
    BoxError
        If the box does not keep a promise; before anything is run.
    """
    check = Check("grade")
    check.choice("box", box, BOXES)
    workers = check.integer("workers", workers or os.cpu_count() or 1, low=1)
    check.require(bool(roster), _("the roster must have at least one student"), got=_("none"))
    check.done()
    limits = limits or Limits()
    if box == "bubblewrap":
        hidden = [course.folder / KEY, Path(uploads)]
        require_box(limits=limits, secret_files=[path.resolve() for path in hidden if path.is_file()])
    found = read_uploads(uploads)
    known = recognise(found, exercise)
    released = Released(course, known)
    released.require_known_ids(roster)
    if not other_data:
        released.require_same_course(roster)
    people = canvas_ids(roster, canvas.students) if canvas else None
    intake = take_in(found, roster=roster, course=course, exercise=known, canvas=people)
    group = _Class(
        exercise=known,
        course=course,
        reference=Resemblance(known, roster, course),
        released=released,
        other_data=other_data,
        limits=limits,
        box=box,
        out=Path(out),
        names=file_names(roster),
    )
    graded = _all(group, intake.submissions, workers, listener)
    _write_summary(group, intake, graded)
    return graded


def _all(
    group: _Class, submissions: list[Submission], workers: int, listener: Listener | None
) -> tuple[Graded, ...]:
    """Every submission; the first failure of the box itself stops the rest, and what is done stays done.

    Nothing is run on data that a student did not have: who that is, is said at the end, of all together.
    """
    done: dict[str, Graded] = {}
    others: set[Student] = set()
    pool = ThreadPoolExecutor(workers)
    try:
        waiting: dict[Future[Graded], Student] = {
            pool.submit(contextvars.copy_context().run, _one, group, submission): submission.student
            for submission in submissions
        }
        for future in as_completed(waiting):
            try:
                graded = future.result()
            except _OtherData:
                others.add(waiting[future])
                continue
            done[graded.student.student_id] = graded
            if listener is not None:
                listener(len(done), len(submissions), graded)
    finally:
        pool.shutdown(cancel_futures=True)
    if others:
        named = [submission.student for submission in submissions if submission.student in others]
        raise group.released.other_data(named, len(submissions))
    return tuple(done[submission.student.student_id] for submission in submissions)


def _one(group: _Class, submission: Submission) -> Graded:
    """One student: what is on file if nothing changed, else a run."""
    fingerprint = _fingerprint(group, submission)
    path = group.out / FOLDER / f"{group.names[submission.student.student_id]}.json"
    earlier = read_graded(path)
    if earlier is not None and earlier.fingerprint == fingerprint:
        return earlier
    try:
        graded = _grade(group, submission, fingerprint)
    except (BoxError, _OtherData):
        raise
    except Exception as error:  # whatever one submission does to us, the others are graded
        note = _("Grading this submission failed: {error}").format(
            error=clean(f"{type(error).__name__}: {error}")
        )
        upload = submission.upload.path if submission.upload else ""
        graded = Graded(
            submission.student, group.exercise.id, "crashed", notes=(*submission.notes, note), upload=upload
        )
    write_graded(graded, path)
    return graded


def _fingerprint(group: _Class, submission: Submission) -> str:
    """Of all that the marks depend on."""
    upload = submission.upload
    parts = {
        "upload": hashlib.sha256(upload.content).hexdigest() if upload else "",
        "path": upload.path if upload else "",
        "student": asdict(submission.student),
        "said": [submission.status, submission.repairs, submission.notes],
        "exercise": group.exercise.sha256,
        "seed": group.course.seed(group.exercise.id, submission.student.student_id),
        "box": [group.box, asdict(group.limits)],
        "data": [group.released.data_of(submission.student), group.other_data],
        "versions": versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _grade(group: _Class, submission: Submission, fingerprint: str) -> Graded:
    """What is said of one student: no answers if there is nothing to run."""
    solved = group.reference.solved(submission.student)
    graded = Graded(
        student=submission.student,
        exercise=group.exercise.id,
        status=submission.status,
        repairs=submission.repairs,
        notes=submission.notes,
        box=group.box,
        fingerprint=fingerprint,
        upload=submission.upload.path if submission.upload else "",
        late=submission.upload.late if submission.upload else False,
    )
    if submission.handed_in is None or submission.status != "ok":
        return replace(graded, marks=score(group.exercise, solved, {}))
    return _run(group, graded, submission.handed_in, solved)


def _run(group: _Class, graded: Graded, notebook: HandedIn, solved: Solved) -> Graded:
    """One notebook run in its box, and its answers marked."""
    student, exercise = graded.student, group.exercise
    copy = student_copy(exercise, student, group.course, mode="graded", solved=solved)
    other_data = group.released.data_of(student) not in ("", copy.data_sha256)
    if other_data and not group.other_data:
        raise _OtherData
    repaired, job = _job(exercise, copy, notebook, solved)
    outcome = run_job(job, limits=group.limits, box=group.box)
    marks = score(exercise, solved, outcome.answers)
    marks = carry_forward(exercise, solved, outcome.answers, marks)
    texts = [question.id for question in exercise.questions if question.kind == "free_text"]
    said = (*_notes(outcome), *group.reference.notes(student, outcome.answers, marks))
    return replace(
        graded,
        status=outcome.status,
        repairs=(*graded.repairs, *repaired.repairs),
        notes=(*graded.notes, *said, *((other_data_note(),) if other_data else ())),
        errors=outcome.errors,
        answers=outcome.answers,
        marks=marks,
        free_text={id: answer for id in texts if isinstance(answer := outcome.answers.get(id), str)},
        right=right_in_words(exercise.questions, solved),
        other_data=other_data,
        seconds=round(outcome.seconds, 3),
    )


def _job(exercise: Exercise, copy: StudentCopy, handed_in: HandedIn, solved: Solved) -> tuple[HandedIn, Job]:
    """The repaired notebook, and all that its box gets to see."""
    given = [cell["source"] for cell in copy.notebook["cells"] if cell["cell_type"] == "code"]
    repaired = repair_cells(handed_in, ["".join(source) for source in given])
    wanted = tuple(
        Wanted(question.id, question.answer, question.kind, tuple(solved.inputs.get(question.id, ())))
        for question in exercise.questions
    )
    files = {name: content.decode("utf-8") for name, content in copy.files.items()}
    files |= font_files(repaired.cells)
    return repaired, Job(repaired.cells, wanted, files)


def _notes(outcome: Outcome) -> list[str]:
    """What was tried, one sentence a kind."""
    kinds: dict[str, list[str]] = {}
    for kind, detail in outcome.notes:
        kinds.setdefault(kind, []).append(detail)
    return [note_sentence(kind, errors.listing(details)) for kind, details in kinds.items()]


def _write_summary(group: _Class, intake: Intake, graded: tuple[Graded, ...]) -> None:
    summary = {
        "exercise": group.exercise.id,
        "course": group.course.name,
        "box": group.box,
        "isolation": box_sentence(group.box),
        "limits": asdict(group.limits),
        "casekit": __version__,
        "graded_at": datetime.now().isoformat(timespec="minutes"),
        "students": [group.names[item.student.student_id] for item in graded],
        "unmatched": [{"path": path, "why": why} for path, why in intake.unmatched],
    }
    write_whole(group.out / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=1) + "\n")


def box_sentence(box: str) -> str:
    """How far submissions were kept apart, for the header of every mark sheet."""
    if box == "bubblewrap":
        return _("Each submission ran in a box of its own, without network and without the computer's files.")
    return _(
        "Submissions ran WITHOUT a box: limits of time alone are sure; their code could read this computer's"
        " files and use its network."
    )
