"""Grading a class: who is matched with what, what counts, what is done again. A stand-in plays the boxes."""

import json

import pytest
from support.classroom import answered, empty, moodle_path, small_exercise, write_zip

from casekit.errors import InputError
from casekit.exercises.grading import grade as module
from casekit.exercises.grading.box.job import Outcome
from casekit.exercises.grading.box.run import BoxError
from casekit.exercises.grading.canvas_people import CanvasExport
from casekit.exercises.grading.grade import grade
from casekit.exercises.grading.graded import STATUSES, read_graded, status_sentence
from casekit.exercises.releasing.course import Course
from casekit.exercises.releasing.roster import Student

ROSTER = (
    Student("S1", "Ann Lee"),
    Student("S2", "李伟"),
    Student("S3", "José Núñez"),
    Student("S4", "Bo Li"),
    Student("S5", "Bo Li"),
)


class Stand:
    """Plays the box: gives what the test says, and counts."""

    def __init__(self):
        self.jobs, self.answers, self.fails = [], {}, {}

    def __call__(self, job, *, limits, box):
        self.jobs.append(job)
        if len(self.jobs) in self.fails:
            raise self.fails.pop(len(self.jobs))
        return Outcome("ok", dict(self.answers))


@pytest.fixture
def stand(monkeypatch):
    made = Stand()
    monkeypatch.setattr(module, "run_job", made)
    monkeypatch.setattr(module, "require_box", lambda **_: None)
    return made


@pytest.fixture
def course(tmp_path):
    return Course.open(tmp_path / "course", name="test")


@pytest.fixture
def run(tmp_path, course, stand):
    def run(*files, **options):
        path = write_zip(tmp_path / "uploads.zip", files)
        options = {"exercise": small_exercise(), "out": tmp_path / "marks", "workers": 1} | options
        graded = grade(path, course=course, roster=ROSTER, **options)
        return {item.student.student_id: item for item in graded}

    return run


def test_everybody_on_the_roster_is_in_the_result(run, course):
    graded = run((moodle_path(ROSTER[0]), answered(course, ROSTER[0])))
    assert [item.status for item in graded.values()] == ["ok", *["not handed in"] * 4]
    assert all(len(item.marks) == 5 and item.sentence for item in graded.values())
    right = graded["S1"].right  # for the person who marks texts
    assert right["9.1"] and right["9.2"] and not right["9.5"]


@pytest.mark.parametrize(
    ("student", "path"),
    [
        (0, "Ann Lee_77_assignsubmission_file_/90_small.ipynb"),
        (0, "leeann_81_9001_90_small.ipynb"),
        (0, "s1.ipynb"),
        (0, "S1_homework.ipynb"),
        (1, "李伟_77_assignsubmission_file_/90_small.ipynb"),
        (2, "Jose Nunez_77_assignsubmission_file_/90_small.ipynb"),
        (2, "nunezjose_LATE_81_9001_90_small-3.ipynb"),
    ],
)
def test_without_its_copy_a_notebook_is_matched_by_id_or_name(run, course, student, path):
    notebook = answered(course, ROSTER[student])
    notebook["metadata"] = {}
    notebook["cells"] = notebook["cells"][3:]
    graded = run((path, notebook))[ROSTER[student].student_id]
    assert graded.status == "ok" and graded.late == ("LATE" in path)
    assert any("no longer says whose copy" in sentence for sentence in graded.repairs)
    assert any("put back" in sentence for sentence in graded.repairs)


def test_two_students_of_one_name_are_told_apart_by_the_copy(run, course):
    graded = run((moodle_path(ROSTER[4]), answered(course, ROSTER[4])))
    assert (graded["S4"].status, graded["S5"].status) == ("not handed in", "ok")


def test_what_belongs_to_nobody_is_reported(run, course, tmp_path):
    notebook = answered(course, Student("S9", "Nobody"))
    run(
        (moodle_path(Student("S9", "Nobody")), notebook),
        ("Bo Li_1_assignsubmission_file_/notes.docx", b"words"),
    )
    summary = json.loads((tmp_path / "marks" / "grading.json").read_text())
    assert {item["path"].split("_")[0] for item in summary["unmatched"]} == {"Nobody", "Bo Li"}
    assert all(item["why"] for item in summary["unmatched"])


def test_a_file_name_of_the_students_choosing_does_not_disturb_another(run, course, stand):
    path = moodle_path(ROSTER[0], 1, "S2.ipynb")
    graded = run((path, answered(course, ROSTER[0])))
    assert (graded["S1"].status, graded["S2"].status) == ("ok", "not handed in")


def test_a_borrowed_copy_is_not_run_and_does_not_disturb_its_owner(run, course, stand):
    graded = run(
        (moodle_path(ROSTER[0]), answered(course, ROSTER[0])),
        (moodle_path(ROSTER[1]), answered(course, ROSTER[0])),
    )
    assert (graded["S1"].status, graded["S2"].status, len(stand.jobs)) == ("ok", "wrong student", 1)
    assert "S1" in graded["S2"].notes[0] and graded["S2"].points == 0


# -- who sent it: the roster is Chinese, Canvas writes pinyin ----------------------------------------------

EXPORT = CanvasExport(
    (
        {"Student": "Lee, Ann", "ID": "81", "SIS User ID": "S1"},
        {"Student": "Li, Wei", "ID": "82", "SIS User ID": "s2"},
        {"Student": "Auditor", "ID": "99", "SIS User ID": ""},
    ),
    (),
)


@pytest.mark.parametrize("name", ["90_small.ipynb", "S2.ipynb", "S2_82_assignsubmission_file_x.ipynb"])
def test_a_copy_from_several_senders_gives_nobody_a_mark(run, course, stand, name):
    own = (moodle_path(Student("", "liwei")), answered(course, ROSTER[1]))
    thief = (f"zhangsan_83_9002_{name}", empty(course, ROSTER[1], "thief = 1"))
    graded = run(("liwei_82_9001_90_small.ipynb", answered(course, ROSTER[1])), thief)["S2"]
    assert (graded.status, graded.points, stand.jobs) == ("wrong student", 0, [])
    assert "liwei_82" in graded.notes[0] and "zhangsan_83" in graded.notes[0]
    assert "Several people" in graded.repairs[0] and "cannot be told" in graded.sentence
    assert run(own, thief)["S2"].status == "wrong student"


def test_a_nameless_notebook_called_like_another_gives_nobody_a_mark(run, course, stand):
    nameless = answered(course, ROSTER[1])
    nameless["metadata"], nameless["cells"] = {}, nameless["cells"][3:]
    files = ("liwei_82_9001_90_small.ipynb", answered(course, ROSTER[1])), ("zs_83_9002_S2.ipynb", nameless)
    assert run(*files)["S2"].status == "wrong student" and not stand.jobs
    assert run(*files, canvas=EXPORT)["S2"].status == "ok"


def test_two_attempts_of_one_sender_are_graded(run, course, stand):
    files = [
        (f"liwei_82_900{number}_90_small-{number}.ipynb", empty(course, ROSTER[1], f"a = {number}"))
        for number in (1, 2)
    ]
    assert run(*files)["S2"].status == "ok" and "a = 2" in stand.jobs[0].cells


def test_a_sender_who_is_named_goes_before_others(run, course, stand):
    graded = run(
        (moodle_path(ROSTER[1], 1), empty(course, ROSTER[1], "own = 1")),
        (moodle_path(Student("", "Zhang San"), 2), empty(course, ROSTER[1], "thief = 1")),
        ("zhangsan_83_9999_S2.ipynb", empty(course, ROSTER[1], "thief = 2")),
    )["S2"]
    assert graded.status == "ok" and "own = 1" in stand.jobs[0].cells
    assert any("Several senders" in note for note in graded.notes)


def test_the_export_of_canvas_says_who_sent_it(run, course, stand, tmp_path):
    copy = answered(course, ROSTER[1])
    files = [
        (f"{name}_90_small.ipynb", copy) for name in ("liwei_82_9001", "annlee_81_9002", "liwei_99_9003")
    ]
    graded = run(*files, canvas=EXPORT)
    assert (graded["S1"].status, graded["S2"].status, len(stand.jobs)) == ("wrong student", "ok", 1)
    summary = json.loads((tmp_path / "marks" / "grading.json").read_text())
    assert [item["path"][:8] for item in summary["unmatched"]] == ["liwei_99"]
    assert "names S2 李伟, but" in summary["unmatched"][0]["why"]
    assert run(files[2], canvas=EXPORT)["S2"].status == "not handed in"


def test_a_copy_of_another_course_is_a_wrong_student(run, tmp_path):
    other = Course.open(tmp_path / "other", name="other")
    graded = run((moodle_path(ROSTER[0]), answered(other, ROSTER[0])))
    assert graded["S1"].status == "wrong student" and "nobody on the roster" in graded["S1"].notes[0]


def test_another_exercise_is_not_run(run, course, stand):
    notebook = answered(course, ROSTER[0])
    notebook["metadata"]["casekit"]["exercise"] = "03_loyalty_tiers"
    graded = run((moodle_path(ROSTER[0]), notebook))
    assert graded["S1"].status == "wrong exercise" and not stand.jobs
    token = notebook["metadata"]["casekit"]["student"]
    foreign = json.loads(json.dumps(notebook).replace(token, course.token("03_loyalty_tiers", "S1")))
    graded = run((moodle_path(ROSTER[0]), foreign))  # the student's own copy of that exercise
    assert (graded["S1"].status, graded["S1"].notes) == ("wrong exercise", ())


def test_of_several_the_newest_readable_copy_of_ones_own_counts(run, course, stand):
    own, borrowed = answered(course, ROSTER[0]), answered(course, ROSTER[1])
    newest = empty(course, ROSTER[0], "newest = 1")
    name = "leeann_81_90{}_90_small-{}.ipynb"
    graded = run(
        (name.format("01", 1), own),
        (name.format("02", 2), newest),
        (name.format("03", 3), borrowed),
        (name.format("04", 4), b"broken"),
    )
    assert graded["S1"].status == "ok" and "newest = 1" in stand.jobs[0].cells
    assert sum("was not graded" in note for note in graded["S1"].notes) == 3


def test_an_answer_outside_and_nothing_secret_inside(run, course, stand):
    run((moodle_path(ROSTER[0]), answered(course, ROSTER[0])))
    job = stand.jobs[0]
    sent = json.dumps([job.cells, dict(job.files), [w.inputs for w in job.wanted]])
    assert course.key.hex() not in sent and "digest" not in sent and "traps" not in sent
    assert sorted(job.files) == ["data/visits.csv", "exercise.json"]


def test_a_second_run_does_nothing_again_unless_the_upload_changes(run, course, stand):
    files = [(moodle_path(student), answered(course, student)) for student in ROSTER[:3]]
    first = run(*files)
    assert run(*files) == first and len(stand.jobs) == 3
    files[0] = (files[0][0], empty(course, ROSTER[0]))
    run(*files)
    assert len(stand.jobs) == 4


def test_a_torn_file_is_graded_again(run, course, stand, tmp_path):
    files = [(moodle_path(ROSTER[0]), answered(course, ROSTER[0]))]
    run(*files)
    path = tmp_path / "marks" / "graded" / "S1.json"
    path.write_text(path.read_text()[:200])
    assert read_graded(path) is None
    run(*files)
    assert len(stand.jobs) == 2 and read_graded(path) is not None


def test_one_submission_that_grading_fails_on_spoils_nothing(run, course, stand):
    stand.fails[1] = RuntimeError("odd \x1b[31m")
    graded = run(*[(moodle_path(student), answered(course, student)) for student in ROSTER[:3]])
    assert [item.status for item in graded.values()][:3] == ["crashed", "ok", "ok"]
    assert graded["S1"].notes == ("Grading this submission failed: RuntimeError: odd [31m",)


def test_a_broken_box_stops_grading_and_what_is_done_stays(run, course, stand, tmp_path):
    files = [(moodle_path(student), answered(course, student)) for student in ROSTER[:3]]
    stand.fails[2] = BoxError("no box")
    with pytest.raises(BoxError):
        run(*files)
    folder = tmp_path / "marks" / "graded"
    assert (folder / "S1.json").is_file() and not (folder / "S2.json").exists()
    assert [item.status for item in run(*files).values()][:3] == ["ok"] * 3
    assert 4 <= len(stand.jobs) <= 5  # the first is not run again


def test_answers_that_fit_another_are_noted_for_the_instructor(run, course, stand):
    exercise = small_exercise()
    other = exercise.solve(course.seed(exercise.id, "S2")).answers
    stand.answers = {"9.1": float(other["9.1"]), "9.2": float(other["9.2"])}
    graded = run((moodle_path(ROSTER[0]), answered(course, ROSTER[0])))
    assert graded["S1"].points == 0
    assert graded["S1"].notes == ("2 wrong answers fit the data of another student, S2 李伟.",)


def test_right_answers_resemble_nobody(run, course, stand):
    exercise = small_exercise()
    own = exercise.solve(course.seed(exercise.id, "S1")).answers
    stand.answers = {"9.1": float(own["9.1"]), "9.2": 0.123}
    graded = run((moodle_path(ROSTER[0]), answered(course, ROSTER[0])))
    assert (graded["S1"].points, graded["S1"].notes) == (2.0, ())


@pytest.mark.parametrize(
    "answer",
    [
        {"series": {}},
        {"series": {"index": 3}},
        {"outputs": "x"},
        [[1]],
        {"other": {}},
        "x" * 9999,
        -(10**200),
        {"a": []},
    ]
    + [{"outputs": [{"series": {"index": [{}], "values": [None]}}]}, {"special": []}, True, ""],
)
def test_any_json_is_marked_without_an_error(run, course, stand, answer):
    stand.answers = {f"9.{number}": answer for number in range(1, 6)}
    graded = run((moodle_path(ROSTER[0]), answered(course, ROSTER[0])))
    assert (graded["S1"].status, graded["S1"].points, len(graded["S1"].marks)) == ("ok", 0, 5)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"box": "none"}, "box must be"),
        ({"workers": -1}, "workers must lie"),
        ({"exercise": "nothing"}, "exercise"),
    ],
)
def test_bad_arguments_get_a_message(run, course, options, words):
    with pytest.raises(InputError, match=words):
        run((moodle_path(ROSTER[0]), answered(course, ROSTER[0])), **options)


def test_notebooks_that_name_no_exercise_need_it_named(run):
    with pytest.raises(InputError, match="the notebooks must name an exercise"):
        run(("S1.ipynb", b'{"cells": []}'), exercise=None)


def test_every_status_has_its_sentence():
    assert len({status_sentence(status) for status in STATUSES}) == len(STATUSES)
