"""How many interviews, on numbers that one can count."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.strategy import (
    fit_need_detection,
    interviews_needed,
    interviews_to_hear,
    needs_identified,
    saturation_curve,
    saturation_point,
    unheard_needs,
)

HEARD = pd.DataFrame(
    {"a": [1, 1, 1, 1], "b": [0, 1, 1, 0], "c": [0, 0, 0, 1], "d": [1, 0, 0, 0], "never": [0, 0, 0, 0]}
)


def test_uniform_chances_have_a_simple_form():
    # alpha = beta = 1: E_n = n / (n + 1)
    assert [needs_identified(n, alpha=1, beta=1) for n in (0, 1, 4)] == pytest.approx([0, 0.5, 0.8])


def test_interviews_needed_is_the_first_that_suffices():
    assert interviews_needed(0.8, alpha=1, beta=1) == 4
    assert interviews_needed(0.81, alpha=1, beta=1) == 5
    assert interviews_needed(0.0, alpha=1, beta=1) == 0


def test_a_need_of_one_in_ten():
    assert interviews_to_hear(0.1) == 29
    assert interviews_to_hear(0.1, confidence=0) == 0
    assert interviews_to_hear(1) == 1
    assert interviews_to_hear(0.5, confidence=0.75) == 2


def test_detection_is_recovered_from_simulated_interviews():
    rng = np.random.default_rng(7)
    counts = rng.binomial(30, rng.beta(1.45, 7.64, size=20_000))
    found = fit_need_detection(counts[counts > 0], interviews=30)
    assert found.alpha == pytest.approx(1.45, rel=0.1)
    assert found.beta == pytest.approx(7.64, rel=0.1)
    assert found.total == pytest.approx(20_000, rel=0.03)
    assert found.observed == (counts > 0).sum()


def test_only_single_mentions_warn():
    for counts in ({"a": 1, "b": 1}, [1] * 30 + [5]):
        with pytest.warns(CasekitWarning, match="needs heard once set no limit"):
            fit_need_detection(counts, interviews=6)


def test_the_fit_finds_the_best_shape_not_the_nearest():
    with pytest.warns(CasekitWarning):
        found = fit_need_detection([1] * 30 + [5], interviews=6)
    assert found.log_likelihood > -12.7


def test_curve_is_the_mean_over_all_orders():
    from itertools import permutations

    orders = [
        HEARD.to_numpy()[list(order)].cumsum(axis=0).clip(max=1).sum(axis=1)
        for order in permutations(range(4))
    ]
    curve = saturation_curve(HEARD)
    assert curve["needs"].tolist() == pytest.approx(np.mean(orders, axis=0).tolist())
    assert curve["share"].iloc[-1] == 1
    assert curve["new"].sum() == pytest.approx(4)


def test_unheard_by_hand():
    # q1: c, d; q2: b: 3/4 * 2 * 1 / (2 * 2)
    assert unheard_needs(HEARD) == pytest.approx(0.375)


def test_saturation_in_the_order_held():
    found = saturation_point(HEARD, base=2, run=1)
    assert (found.interview, found.base_needs) == (3, 3)
    assert found.new_information.to_dict() == pytest.approx({3: 0, 4: 1 / 3})
    assert saturation_point(HEARD.iloc[::-1], base=1, run=3).interview is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: needs_identified(-1, alpha=1, beta=1), r"interviews must lie in its range"),
        (lambda: needs_identified(2.5, alpha=1, beta=1), r"a whole number"),
        (lambda: needs_identified(1, alpha=0, beta=1), r"alpha must lie in its range"),
        (lambda: interviews_needed(1.0, alpha=1, beta=1), r"share must lie in its range"),
        (lambda: interviews_needed(0.9, alpha=0.01, beta=5), r"within reach of a million interviews"),
        (lambda: interviews_to_hear(0), r"chance must lie in its range"),
        (lambda: interviews_to_hear(0.5, confidence=1), r"confidence must lie in its range"),
        (lambda: fit_need_detection([0, 2], interviews=3), r"mentions must lie in its range, got 0"),
        (lambda: fit_need_detection([4], interviews=3), r"mentions must lie in its range, got 4"),
        (lambda: fit_need_detection([1.5], interviews=3), r"whole numbers, got 1.5"),
        (lambda: fit_need_detection([3, 3], interviews=3), r"missed by some interview"),
        (lambda: fit_need_detection([1], interviews=1), r"interviews must lie in its range"),
        (lambda: saturation_curve(HEARD * 2), r"only 0 and 1, got 2"),
        (lambda: unheard_needs(HEARD[["never"]]), r"at least one need must have been heard"),
        (lambda: saturation_point(HEARD), r"base and one run, got 4"),
        (lambda: saturation_point(HEARD[["c"]], base=2, run=1), r"base must hold at least one need"),
        (lambda: saturation_point(HEARD, base=1, run=1, threshold=5), r"threshold must lie in its range"),
    ],
)
def test_bad_interviews_are_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
