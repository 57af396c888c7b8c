"""Ideas: scores by hand, and what is left of the best one."""

import numpy as np
import pytest

from casekit.errors import InputError
from casekit.selling import ice_score, rice_score, shrink_to_mean


def test_scores_by_hand():
    ideas = [
        {"reach": 2000, "impact": 2, "confidence": 0.8, "effort": 3},
        {"reach": 5000, "impact": 0.5, "confidence": 1, "effort": 1},
    ]
    assert rice_score(ideas).round(0).tolist() == [1067, 2500]
    assert ice_score({"impact": 4, "confidence": 5, "ease": 6}).item() == 120


def test_without_noise_nothing_is_shrunk_and_with_much_all_is():
    scores = [1.0, 2.0, 3.0, 10.0]
    for method in ("james-stein", "moments"):
        assert shrink_to_mean(scores, error_variance=0, method=method)["shrunk"].tolist() == scores
        assert shrink_to_mean(scores, error_variance=1e6, method=method)["shrunk"].tolist() == pytest.approx(
            [4.0] * 4
        )


def test_equal_scores_stay():
    assert shrink_to_mean([5.0] * 4, error_variance=1)["shrunk"].tolist() == [5.0] * 4


def test_a_wild_guess_falls_behind_a_solid_second():
    table = shrink_to_mean(
        {"guess": 10.0, "solid": 9.0, "c": 4.0, "d": 3.0, "e": 4.5},
        error_variance={"guess": 16.0, "solid": 0.5, "c": 0.5, "d": 0.5, "e": 0.5},
        method="moments",
    )
    assert table["rank"].to_dict()["solid"] == 1
    assert table.loc["guess", "weight"] < table.loc["solid", "weight"]


def test_shrinking_beats_taking_scores_at_their_word():
    rng = np.random.default_rng(8)
    truth = rng.normal(5, 1, size=(200, 20))
    seen = truth + rng.normal(0, 2, size=truth.shape)
    shrunk = np.array([shrink_to_mean(list(row), error_variance=4)["shrunk"] for row in seen])
    assert ((shrunk - truth) ** 2).mean() < 0.5 * ((seen - truth) ** 2).mean()
    top = seen.argmax(axis=1)
    rows = np.arange(len(seen))
    assert (seen[rows, top] - truth[rows, top]).mean() > 2  # the optimizer's curse
    assert abs((shrunk[rows, top] - truth[rows, top]).mean()) < 0.4


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ice_score({"impact": 1, "ease": 1}), "must have the columns confidence"),
        (lambda: ice_score({"impact": -1, "ease": 1, "confidence": 1}), "must lie in its range"),
        (lambda: rice_score({"reach": 1, "impact": 1, "confidence": 80, "effort": 1}), "divide by 100"),
        (lambda: rice_score({"reach": 1, "impact": 1, "confidence": 0.8, "effort": 0}), "effort"),
        (lambda: shrink_to_mean([1, 2, 3], error_variance=1), "at least four ideas"),
        (lambda: shrink_to_mean([1, 2, 3, 4], error_variance=-1), "error_variance must lie in its range"),
        (lambda: shrink_to_mean([1, 2, 3, 4], error_variance=[1, 2, 3, 4]), "one error variance for all"),
        (lambda: shrink_to_mean([1, 2, 3, 4], error_variance=[1, 2]), "must be as long as scores"),
        (
            lambda: shrink_to_mean([1, 2, 3, 4], error_variance=1, method="stein"),
            "did you mean 'james-stein'",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
