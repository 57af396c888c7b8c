"""Every exercise is well posed for 200 students: key full marks, every trap told from every other."""

import numpy as np
import pytest

from casekit.exercises.source import list_exercises
from casekit.exercises.wellposed import problems

EXERCISES = list_exercises()
SEEDS = [int(seed) for seed in np.random.default_rng(20).integers(0, 2**63, 200)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_few_seeds(exercise):
    assert problems(exercise, [exercise.sample_seed, *SEEDS[:2]]) == []


@pytest.mark.full
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_two_hundred_seeds(exercise):
    assert problems(exercise, SEEDS) == []
