"""How often a ranking survives, on cases where the answer is known."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import (
    qspm_ranking,
    rank_probabilities,
    ranking_survival,
    reweight,
    simulate_totals,
    survival_curve,
    weight_spread,
    weights_that_overturn,
    wobble_weights,
)

FACTORS = pd.DataFrame(
    {"code": ["S1", "S2", "O1", "T1"], "weight": [0.6, 0.4, 0.5, 0.5], "rating": [4, 3, 3, 2]}
)
SCORES = pd.DataFrame({"a": [4, 1, 2, 3], "b": [2, 3, 2, 3]}, index=["S1", "S2", "O1", "T1"])


def rng():
    return np.random.default_rng(7)


def test_weights_wobble_around_themselves_with_the_stated_spread():
    sets = wobble_weights([0.1, 0.3, 0.6, 0.0], concentration=50, draws=20_000, rng=rng())
    assert sets.sum(axis=1) == pytest.approx(np.ones(20_000))
    assert sets.mean(axis=0) == pytest.approx([0.1, 0.3, 0.6, 0], abs=0.002)
    assert sets[:, 0].std() == pytest.approx(weight_spread(0.1, 50), rel=0.03)
    assert (sets[:, 3] == 0).all()


def test_a_very_loose_wobble_still_gives_weights():
    sets = wobble_weights([0.5, 0.5], concentration=1e-6, draws=200, rng=rng())
    assert sets.sum(axis=1) == pytest.approx(np.ones(200))


def test_share_of_first_places_against_the_beta_distribution():
    """a leads b while the weight of S1 exceeds one half; with two weights it is Beta(c w, c (1 - w))."""
    totals = simulate_totals(FACTORS, SCORES, concentration=20, draws=40_000, rng=rng())
    from scipy.special import betainc

    expected = 1 - betainc(12, 8, 0.5)
    assert rank_probabilities(totals).loc["a", 1] == pytest.approx(expected, abs=0.01)


def test_scores_slip_by_one_and_stay_on_the_scale():
    alone = pd.DataFrame({"code": ["S1", "O1"], "weight": [1, 1], "rating": [4, 2]})
    table = pd.DataFrame({"a": [4, 4], "b": [1, 1]}, index=["S1", "O1"])
    totals = simulate_totals(alone, table, score_slip=1.0, draws=4000, rng=rng())
    assert set(totals["a"].unique()) == {6.0, 7.0, 8.0}
    assert set(totals["b"].unique()) == {2.0, 3.0, 4.0}
    assert totals["a"].mean() == pytest.approx(7, abs=0.05)


def test_dashes_do_not_count_in_the_draws():
    dashed = SCORES.astype(float)
    dashed.loc["T1"] = np.nan
    totals = simulate_totals(FACTORS, dashed, concentration=1e9, draws=3, rng=rng())
    assert totals["a"].tolist() == pytest.approx([0.6 * 4 + 0.4 + 1.0] * 3, abs=1e-3)


def test_rank_probabilities_share_ties():
    chances = rank_probabilities(pd.DataFrame({"a": [3.0, 2.0], "b": [2.0, 2.0], "c": [1.0, 1.0]}))
    assert chances.loc["a"].tolist() == [0.75, 0.25, 0]
    assert chances.loc["c"].tolist() == [0, 0, 1]


def test_survival_of_firm_weights_is_certain():
    totals = simulate_totals(FACTORS, SCORES, concentration=1e9, draws=200, rng=rng())
    found = ranking_survival(FACTORS, SCORES, totals)
    assert found["strategy"].tolist() == ["a", "b"]
    assert found["same_rank_share"].tolist() == [1, 1]
    assert found.attrs["order_share"] == 1
    assert found["low"].tolist() == pytest.approx(found["high"].tolist(), abs=1e-3)


def test_curve_rises_with_firmness():
    curve = survival_curve(FACTORS, SCORES, concentrations=[5, 50, 5000], draws=4000, rng=rng())
    assert curve.index.tolist() == [5, 50, 5000]
    assert curve["a"].is_monotonic_increasing
    assert curve.loc[5000, "a"] == 1
    assert curve.sum(axis=1).tolist() == pytest.approx([1, 1, 1])


def test_the_weight_that_overturns_makes_the_two_level():
    found = weights_that_overturn(FACTORS, SCORES).iloc[0]
    assert (found["code"], found["needed"], found["new_leader"]) == ("S1", 0.5, "b")
    level = qspm_ranking(reweight(FACTORS, "S1", 0.5), SCORES)
    assert level["total"].iloc[0] == pytest.approx(level["total"].iloc[1])


def test_no_weight_overturns_a_leader_that_is_better_everywhere():
    better = pd.DataFrame({"a": [4, 4, 4, 4], "b": [1, 2, 3, 3]}, index=SCORES.index)
    assert weights_that_overturn(FACTORS, better).empty


def test_level_leaders_have_nothing_to_overturn():
    level = pd.DataFrame({"a": [2, 2, 2, 2], "b": [2, 2, 2, 2], "c": [1, 1, 1, 4]}, index=SCORES.index)
    assert weights_that_overturn(FACTORS, level).empty


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"concentration": 0}, "concentration must lie in its range, got 0"),
        ({"score_slip": 20}, r"score_slip must lie in its range, got 20[\s\S]*for 20 % write 0.2"),
        ({"draws": 0}, "draws must lie in its range, got 0"),
        ({"rng": 7}, "rng must be a numpy random Generator, got 7"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(InputError, match=message):
        simulate_totals(FACTORS, SCORES, **{"rng": rng(), **arguments})


def test_more_bad_arguments_are_named():
    with pytest.raises(InputError, match="weights must add up to 1, got 0.9"):
        wobble_weights([0.5, 0.4], concentration=10, draws=1, rng=rng())
    with pytest.raises(InputError, match="two or more strategies, got 1"):
        rank_probabilities(pd.DataFrame({"a": [1.0]}))
    with pytest.raises(InputError, match="weight must lie in its range"):
        weight_spread(1.5, 10)
    totals = pd.DataFrame({"a": [5.0], "b": [4.0]})
    with pytest.raises(InputError, match="level must lie in its range, got 1"):
        ranking_survival(FACTORS, SCORES, totals, level=1)
    with pytest.raises(InputError, match="concentrations must lie in its range, got 0"):
        survival_curve(FACTORS, SCORES, concentrations=[0, 10], rng=rng())
