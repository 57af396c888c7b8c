"""Every exercise is well posed for 200 students: key full marks, every trap told from every other."""

import numpy as np
import pytest

from casekit.exercises.authoring.source import list_exercises
from casekit.exercises.authoring.wellposed import problems_of

EXERCISES = list_exercises()
SEEDS = [int(seed) for seed in np.random.default_rng(20).integers(0, 2**63, 200)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_few_students(exercise):
    for seed in (exercise.sample_seed, *SEEDS[:2]):
        assert problems_of(exercise, exercise.solve(seed)) == []


@pytest.mark.full
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_two_hundred_students(exercise):
    """Every student's copy is well posed, and data seldom have to be made anew for it."""
    solved = [exercise.solve(seed) for seed in SEEDS]
    assert all(problems_of(exercise, each) == [] for each in solved[:20])
    assert sum(each.attempts > 1 for each in solved) <= len(SEEDS) / 10
