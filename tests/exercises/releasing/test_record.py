"""Nobody is graded on data that were not handed out, unless the instructor says so; the boxes are played."""

import csv
import io

import pytest
from support.classroom import answered, moodle_path, small_exercise, write_zip
from support.graded_class import CLASS, class_results

from casekit.errors import InputError
from casekit.exercises.grading import grade as module
from casekit.exercises.grading.box.job import Outcome
from casekit.exercises.grading.grade import grade
from casekit.exercises.marking.class_page import class_page
from casekit.exercises.marking.marks import about_lines
from casekit.exercises.marking.results import read_results
from casekit.exercises.releasing import record
from casekit.exercises.releasing.copies import student_copy
from casekit.exercises.releasing.course import KEY, SETTINGS, Course
from casekit.exercises.releasing.record import COLUMNS, RECORD, add_to_record, read_record
from casekit.exercises.releasing.roster import Student

ROSTER = (Student("S1", "Ann Lee"), Student("S2", "李伟"), Student("S3", "José Núñez"))


@pytest.fixture
def course(tmp_path):
    """A course of which the exercise was handed out."""
    course, exercise = Course.open(tmp_path / "course", name="test"), small_exercise()
    rows = []
    for student in ROSTER:
        made = student_copy(exercise, student, course, mode="graded")
        rows.append(
            {
                "student_id": student.student_id,
                "exercise": exercise.id,
                "mode": "graded",
                "token": made.token,
                "data_sha256": made.data_sha256,
                "exercise_sha256": exercise.sha256,
            }
        )
    add_to_record(course, rows)
    return course


@pytest.fixture
def run(tmp_path, course, monkeypatch):
    """Grades two who handed in; ``run.jobs`` counts the boxes."""
    jobs = []
    monkeypatch.setattr(
        module, "run_job", lambda job, *, limits, box: jobs.append(job) or Outcome("ok", {"9.1": 1.0})
    )
    monkeypatch.setattr(module, "require_box", lambda **_: None)
    files = [(moodle_path(student), answered(course, student)) for student in ROSTER[:2]]
    uploads = write_zip(tmp_path / "uploads.zip", files)

    def run(course=course, exercise=None, roster=ROSTER, **more):
        exercise = exercise or small_exercise()
        options = {"exercise": exercise, "out": tmp_path / "marks", "workers": 1} | more
        return grade(uploads, course=course, roster=roster, **options)

    run.jobs = jobs
    return run


def change(course, who, **cells):
    """Change cells of one student's line, in place or as an older casekit wrote it (None: no such column)."""
    rows = [row | cells if row["student_id"] == who else row for row in read_record(course)]
    columns = [name for name in COLUMNS if cells.get(name, "") is not None]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    (course.folder / RECORD).write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def test_the_data_of_the_release_are_graded(run):
    graded = run()
    assert [item.status for item in graded] == ["ok", "ok", "not handed in"] and len(run.jobs) == 2
    assert not any(item.other_data or item.notes for item in graded)


def test_other_data_are_refused_by_name_and_nobody_is_run_on_them(run, course, tmp_path):
    change(course, "S2", data_sha256="0" * 64)
    with pytest.raises(InputError) as error:
        run()
    assert str(error.value) == (
        "grade: the data made again for 90_small must be those that were handed out, got other data than "
        "released.csv notes for 1 of 3 students.\n"
        "  Where: S2\n"
        "  Allowed: other data with --other-data only; mark sheets then say so\n"
        "  Try: grade on the computer of the release, with casekit as it was then"
    )
    assert len(run.jobs) == 1 and not (tmp_path / "marks" / "grading.json").exists()
    change(course, "S2", data_sha256="")
    assert run()[1].status == "ok" and len(run.jobs) == 2  # S1 is not run again


def test_a_changed_exercise_is_found_out(run):
    exercise = small_exercise()
    make = exercise.make_data
    exercise.make_data = lambda rng: {name: table.iloc[1:] for name, table in make(rng).items()}
    with pytest.raises(InputError, match="2 of 3 students"):
        run(exercise=exercise)
    assert not run.jobs


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"exercise_sha256": "0" * 64}, "Try: put exercise.py back as it was at the release"),
        ({"casekit": "0.0.9"}, "Try: grade with the packages of the release: casekit 0.0.9$"),
        ({"numpy": "1.0", "pandas": "2.0"}, "of the release: numpy 1.0, pandas 2.0$"),
        ({"numpy": None, "pandas": None, "exercise_sha256": None}, "Try: grade on the computer"),
    ],
)
def test_the_way_out_names_what_has_changed(run, course, cells, words):
    change(course, "S1", data_sha256="0" * 64, **cells)
    with pytest.raises(InputError, match=words):
        run()


@pytest.mark.parametrize(("file", "content"), [(KEY, "ab" * 32), (SETTINGS, 'name = "other"')])
def test_another_key_or_name_of_the_course_is_named_before_anything_is_run(run, course, file, content):
    (course.folder / file).write_text(content)
    with pytest.raises(InputError, match=r"(?s)3 of 3 students.*its key or its name was another"):
        run(course=Course.load(course.folder))
    assert not run.jobs


def test_graded_all_the_same_every_sheet_says_so(run, course, tmp_path):
    change(course, "S2", data_sha256="0" * 64)
    graded = run(other_data=True)
    assert [item.other_data for item in graded] == [False, True, False]
    assert graded[1].notes == (record.other_data_note(),) and not graded[0].notes
    results = read_results(tmp_path / "marks", exercise=small_exercise())
    assert results.other_data.startswith("1 mark rests on data that DIFFER")
    assert ("data", results.other_data) in about_lines(results) and results.other_data in class_page(results)
    with pytest.raises(InputError, match="1 of 3 students"):  # what was graded so does not count later
        run()
    assert not class_results(tmp_path / "other", CLASS).other_data


def test_a_release_to_others_and_of_other_exercises_says_nothing_of_this_one(run, course):
    add_to_record(course, [{"student_id": "S9", "exercise": "90_small", "mode": "graded", "token": "x"}])
    row = {"student_id": "S1", "exercise": "91", "mode": "graded", "token": "x", "data_sha256": "x"}
    add_to_record(course, [row])
    assert len(read_record(course)) == 5 and run()[0].status == "ok"


def test_a_roster_that_lost_its_zeros_is_refused(run, course):
    change(course, "S1", student_id="00S1")
    lost = (Student("0S1"), Student("0S2"))
    with pytest.raises(InputError, match="dropped zeros"):
        run(roster=lost)
    assert run(roster=(*lost, ROSTER[1]))[2].status == "ok"
