"""Which upload counts for which student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from casekit import errors
from casekit._text import _
from casekit.exercises.course import Course
from casekit.exercises.owners import Owner, Owners
from casekit.exercises.repair import HandedIn, Unreadable, read_notebook
from casekit.exercises.roster import Student
from casekit.exercises.source import Exercise, find_exercise, list_exercises
from casekit.exercises.uploads import Upload, Uploads


@dataclass(frozen=True)
class Submission:
    """What counts of one student.

    Attributes
    ----------
    student : Student
    status : str
        ``ok`` if it can be run; else why not.
    upload : Upload or None
    handed_in : HandedIn or None
    repairs, notes : tuple of str
    """

    student: Student
    status: str
    upload: Upload | None = None
    handed_in: HandedIn | None = None
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Intake:
    """All submissions in the order of the roster, and every file that belongs to nobody."""

    submissions: list[Submission] = field(default_factory=list)
    unmatched: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Candidate:
    upload: Upload
    owner: Owner
    handed_in: HandedIn | None
    unreadable: str = ""


def recognise(uploads: Uploads, wanted: str | Exercise | None) -> Exercise:
    """The exercise that is asked for, or the one that most notebooks name.

    Raises
    ------
    InputError
        If no notebook names an exercise.
    """
    if wanted is not None:
        return find_exercise(wanted) if isinstance(wanted, str) else wanted
    known = {exercise.id: exercise for exercise in list_exercises()}
    names: Counter[str] = Counter()
    for upload in uploads.found:
        handed_in = _read(upload)[0]
        if handed_in is not None and handed_in.exercise in known:
            names[handed_in.exercise] += 1
    if not names:
        problem = errors.must_hold(
            _("the notebooks must name an exercise"),
            got=_("{count} notebooks, none of them does").format(count=len(uploads.found)),
            hint=_("casekit exercises grade ... --exercise 03"),
        )
        raise errors.InputError("grade", problem)
    return known[names.most_common(1)[0][0]]


def take_in(uploads: Uploads, *, roster: Sequence[Student], course: Course, exercise: Exercise) -> Intake:
    """Match every upload to the roster; of several of one student the newest counts.

    Parameters
    ----------
    uploads : Uploads
    roster : sequence of Student
    course : Course
    exercise : Exercise

    Returns
    -------
    Intake
    """
    owners, intake = Owners(roster, course, exercise.id), Intake()
    candidates: dict[str, list[_Candidate]] = {student.student_id: [] for student in roster}
    for upload in uploads.found:
        handed_in, why = _read(upload)
        owner = owners.of(upload, handed_in)
        if owner.student is None:
            said = why or _("neither the copy, an id nor a name is on the roster")
            intake.unmatched.append((upload.path, said))
        else:
            candidates[owner.student.student_id].append(_Candidate(upload, owner, handed_in, why))
    left: dict[str, list[str]] = {student.student_id: [] for student in roster}
    for item in uploads.left:
        student = owners.named(item.said)[0]
        text = _("{path}: {why}").format(path=item.path, why=item.why)
        intake.unmatched.append((item.path, item.why))
        if student is not None:
            left[student.student_id].append(text)
    for student in roster:
        intake.submissions.append(
            _submission(student, candidates[student.student_id], left[student.student_id], exercise)
        )
    return intake


def _read(upload: Upload) -> tuple[HandedIn | None, str]:
    try:
        return read_notebook(upload.content), ""
    except Unreadable as error:
        return None, str(error)


def _submission(
    student: Student, candidates: list[_Candidate], left: list[str], exercise: Exercise
) -> Submission:
    notes = [_("A file was not read: {file}").format(file=text) for text in left]
    if not candidates:
        return Submission(student, "unreadable" if left else "not handed in", notes=tuple(notes))
    ranked = sorted(candidates, key=lambda item: _rank(item, exercise))
    chosen = ranked[-1]
    for other in ranked[:-1]:
        notes.append(_("Another file of this student was not graded: {path}").format(path=other.upload.path))
    if len({item.upload.said for item in candidates if item.owner.how == "copy"}) > 1:
        notes.append(_("Several senders handed in this copy: look at who they are."))
    notes += _owner_notes(chosen, exercise)
    repairs = list(chosen.upload.repairs)
    if chosen.handed_in is None:
        return Submission(
            student, "unreadable", chosen.upload, None, (*repairs, chosen.unreadable), tuple(notes)
        )
    if not chosen.handed_in.tokens:
        repairs.append(_("The notebook no longer says whose copy it is; it was matched by its name."))
    expected = f"{exercise.id}.ipynb"
    if not chosen.upload.path.endswith(expected):
        repairs.append(_("The notebook had been renamed."))
    status = _status(chosen, exercise)
    return Submission(student, status, chosen.upload, chosen.handed_in, tuple(repairs), tuple(notes))


def _rank(item: _Candidate, exercise: Exercise) -> tuple[object, ...]:
    """A student's own readable copy of this exercise first, then the newest."""
    if item.handed_in is None:
        return (0, False, item.upload.attempt, item.upload.path)
    right = item.handed_in.exercise in ("", exercise.id)
    return (1 + right, not item.owner.borrowed, item.upload.attempt, item.upload.path)


def _status(item: _Candidate, exercise: Exercise) -> str:
    assert item.handed_in is not None
    if item.handed_in.exercise not in ("", exercise.id):
        return "wrong exercise"
    return "wrong student" if item.owner.borrowed else "ok"


def _owner_notes(item: _Candidate, exercise: Exercise) -> list[str]:
    notes = []
    if item.owner.copy_of is not None and item.owner.copy_of != item.owner.student:
        other = item.owner.copy_of
        notes.append(_("It is the copy of {id} {name}.").format(id=other.student_id, name=other.name))
    if item.owner.foreign and item.handed_in is not None and item.handed_in.exercise in ("", exercise.id):
        notes.append(_("It names a copy that nobody on the roster has."))
    if item.owner.edited:
        notes.append(_("Its metadata and its first cell name different copies: one of them was edited."))
    return notes
