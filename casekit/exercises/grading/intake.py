"""Which upload counts for which student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casekit import errors
from casekit._text import _
from casekit.exercises.authoring.source import Exercise, find_exercise, list_exercises
from casekit.exercises.grading.owners import Owner, Owners
from casekit.exercises.grading.repair import HandedIn, Unreadable, read_notebook
from casekit.exercises.grading.uploads import Upload, Uploads
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student


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


def take_in(
    uploads: Uploads,
    *,
    roster: Sequence[Student],
    course: Course,
    exercise: Exercise,
    canvas: Mapping[str, Student] | None = None,
) -> Intake:
    """Match every upload to the roster; of several of one student the newest counts.

    What somebody sent whom the platform names goes before what is known by its copy alone. If several senders
    who cannot be told handed in one student's copy, none of their files counts: any could be a classmate's.

    Parameters
    ----------
    uploads : Uploads
    roster : sequence of Student
    course : Course
    exercise : Exercise
    canvas : mapping, optional
        Id of Canvas -> student, from :func:`~casekit.exercises.grading.canvas_people.canvas_ids`.

    Returns
    -------
    Intake
    """
    owners, intake = Owners(roster, course, exercise.id, canvas), Intake()
    candidates: dict[str, list[_Candidate]] = {student.student_id: [] for student in roster}
    for upload in uploads.found:
        handed_in, why = _read(upload)
        owner = owners.of(upload, handed_in)
        if owner.student is None:
            said = why or _stranger(owner) or _("neither the copy, an id nor a name is on the roster")
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


def _stranger(owner: Owner) -> str:
    if not owner.stranger or owner.copy_of is None:
        return ""
    return _("it names {id} {name}, but by the ids of Canvas somebody else sent it").format(
        id=owner.copy_of.student_id, name=owner.copy_of.name
    )


def _submission(
    student: Student, candidates: list[_Candidate], left: list[str], exercise: Exercise
) -> Submission:
    notes = [_("A file was not read: {file}").format(file=text) for text in left]
    if not candidates:
        return Submission(student, "unreadable" if left else "not handed in", notes=tuple(notes))
    sure = [item for item in candidates if item.owner.sure]
    if not sure and len({item.upload.sender for item in candidates}) > 1:
        return _withheld(student, candidates, notes)
    ranked = sorted(candidates, key=lambda item: (item.owner.sure, *_rank(item, exercise)))
    chosen = ranked[-1]
    for other in ranked[:-1]:
        notes.append(_("Another file of this student was not graded: {path}").format(path=other.upload.path))
    if sure and any(
        not item.owner.sure and item.upload.sender != chosen.upload.sender for item in candidates
    ):
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


def _withheld(student: Student, candidates: list[_Candidate], notes: list[str]) -> Submission:
    """No mark from files of several senders, none of whom is known to be the student."""
    paths = errors.listing(sorted(item.upload.path for item in candidates))
    said = _(
        "Different senders handed in this copy, and which of them is the student cannot be told: {files}."
    )
    hint = _("None was graded. Keep the right one, or give the gradebook with --canvas-export.")
    told = _("Several people handed in your copy; none of these files was graded. Speak to your teacher.")
    return Submission(
        student, "wrong student", repairs=(told,), notes=(said.format(files=paths), hint, *notes)
    )


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
