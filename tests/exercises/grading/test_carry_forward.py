"""A wrong number costs once: what goes on from it rightly has its points, what does not has none."""

import pytest
from support.small_exercise import SOURCE, write_small_exercise

from casekit.exercises.authoring.source import Exercise, find_exercise, list_exercises, read_exercise
from casekit.exercises.authoring.wellposed import plain
from casekit.exercises.grading.score import WITHIN, carry_forward, score


def marked(exercise, solved, answers):
    """The marks of some answers by question id, every other answer being right."""
    given = {id: plain(value) for id, value in solved.answers.items()} | answers
    marks = carry_forward(exercise, solved, given, score(exercise, solved, given))
    return {mark.question: mark for mark in marks}


def going_on(exercise, solved, wrong):
    """The answers of a student who goes on rightly from these wrong numbers."""
    later = {question for question in exercise.questions if question.inputs is None} - set(
        map(exercise.question, wrong)
    )
    return wrong | {
        question.id: plain(exercise.going_on_from(solved, wrong, question)[0]) for question in later
    }


@pytest.fixture(scope="module")
def effect():
    """Exercise 3, where 3.10 and 3.11 go on from 3.9, and a wrong effect."""
    exercise = find_exercise("03")
    solved = exercise.solve(11)
    return exercise, solved, {"3.9": 1.1 * solved.answers["3.9"]}


def test_what_goes_on_from_a_wrong_number_has_its_points(effect):
    exercise, solved, wrong = effect
    marks = marked(exercise, solved, going_on(exercise, solved, wrong))
    carried = [id for id, mark in marks.items() if mark.status == "carried"]
    assert carried
    assert marks["3.9"].status == "wrong" and marks["3.9"].points == 0
    assert all(marks[id].points == marks[id].out_of for id in carried)
    assert "counts once" in marks[carried[0]].sentence
    others = {mark.status for id, mark in marks.items() if id not in {"3.9", *carried}}
    assert others <= {"right", "missing", "by hand"}


def test_right_answers_after_a_wrong_one_stay_right(effect):
    exercise, solved, wrong = effect
    assert {mark.status for id, mark in marked(exercise, solved, wrong).items() if id != "3.9"} <= {
        "right",
        "by hand",
        "missing",
    }


def test_another_mistake_later_has_no_points(effect):
    exercise, solved, wrong = effect
    answers = going_on(exercise, solved, wrong)
    later = next(id for id, mark in marked(exercise, solved, answers).items() if mark.status == "carried")
    marks = marked(exercise, solved, answers | {later: answers[later] * 1.07})
    assert marks[later].status == "wrong" and marks[later].points == 0


def test_a_known_mistake_after_a_wrong_number_is_named(effect):
    exercise, solved, wrong = effect
    for id in ("3.10", "3.11"):
        _right, traps = exercise.going_on_from(solved, wrong, exercise.question(id))
        for name, value in traps.items():
            mark = marked(exercise, solved, going_on(exercise, solved, wrong) | {id: plain(value)})[id]
            if value != pytest.approx(solved.traps[id][name]):
                assert (mark.status, mark.trap) == ("trap", name)
                return
    pytest.fail("no trap of the exercise goes on from 3.9")


@pytest.mark.parametrize("factor", [0, -1, 2 * WITHIN, 0.5 / WITHIN])
def test_a_number_of_another_order_carries_nothing(effect, factor):
    exercise, solved, _wrong = effect
    answers = going_on(exercise, solved, {"3.9": factor * solved.answers["3.9"]})
    assert "carried" not in {mark.status for mark in marked(exercise, solved, answers).values()}


def test_earlier_answers_do_not_follow_later_ones(tmp_path):
    exercise = read_exercise(write_small_exercise(tmp_path, SOURCE))
    solved = exercise.solve(3)
    last = [question.id for question in exercise.questions if question.numeric][-1]
    assert marked(exercise, solved, {last: 0.9 * solved.answers[last]})[last].status in ("wrong", "trap")


def test_a_solution_that_fails_on_a_wrong_number_carries_nothing(effect, monkeypatch):
    exercise, solved, wrong = effect
    answers = going_on(exercise, solved, wrong)
    before = score(exercise, solved, answers)

    def fails(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(Exercise, "going_on_from", fails)
    assert carry_forward(exercise, solved, answers, before) == before


@pytest.mark.full
@pytest.mark.parametrize("exercise", list_exercises(), ids=lambda exercise: exercise.id)
def test_whatever_number_is_wrong_only_its_own_question_loses_points(exercise):
    solved = exercise.solve(7)
    for question in exercise.questions:
        right = solved.answers[question.id]
        if not question.numeric or question.inputs is not None or not right:
            continue
        wrong = {question.id: right + 1 if question.kind == "count" else 0.97 * right}
        marks = marked(exercise, solved, going_on(exercise, solved, wrong))
        lost = [id for id, mark in marks.items() if mark.status in ("wrong", "trap", "wrong type")]
        assert lost in ([], [question.id])
