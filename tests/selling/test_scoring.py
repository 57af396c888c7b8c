"""Out-of-fold scores: no client is scored by a model that has seen the answer."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import auc, fit_uplift, out_of_fold_scores, out_of_fold_uplift, predict_uplift

RNG = np.random.default_rng(5)
FEATURES = pd.DataFrame({"noise": RNG.normal(size=300), "kind": RNG.choice(["a", "b"], 300)})
COIN = pd.Series(RNG.random(300) < 0.4)


def test_pure_noise_is_not_learned():
    wide = pd.DataFrame(np.random.default_rng(6).normal(size=(300, 60)))
    wide.columns = [f"x{number}" for number in range(60)]
    score = out_of_fold_scores(wide, COIN, rng=np.random.default_rng(1), folds=5)
    assert auc(COIN, score) < 0.6  # a model scored on its own training rows reaches about 0.8


def test_the_same_generator_gives_the_same_scores():
    first, second = (
        out_of_fold_scores(FEATURES, COIN, rng=np.random.default_rng(1), folds=3) for _again in range(2)
    )
    pd.testing.assert_series_equal(first, second)


def test_clients_without_an_outcome_are_scored_too():
    known = COIN.astype(object).where(COIN.index < 200)
    score = out_of_fold_scores(FEATURES, known, rng=np.random.default_rng(1), folds=3)
    assert score.between(0, 1).all()


def test_missing_numbers_and_unseen_kinds_are_borne():
    odd = FEATURES.copy()
    odd.loc[0, "noise"] = np.nan
    odd.loc[1, "kind"] = "only once"
    odd.loc[2, "kind"] = None
    assert out_of_fold_scores(odd, COIN, rng=np.random.default_rng(1), folds=3).notna().all()


def test_uplift_is_the_difference_of_two_chances():
    called = np.arange(300) % 2 == 0
    table = out_of_fold_uplift(FEATURES, COIN, called, rng=np.random.default_rng(1), folds=3)
    assert (table["uplift"] - (table["called"] - table["not_called"])).abs().max() < 1e-12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bought": [True] * 300}, "each fold must hold a buyer and a non-buyer"),
        ({"bought": [True, False]}, "bought must be as long as features"),
        ({"folds": 1}, "folds must lie in its range"),
        ({"rng": 7}, "rng must be a numpy random Generator"),
        ({"features": FEATURES.iloc[:0], "bought": []}, "features must have at least one row"),
    ],
)
def test_bad_input_is_named(change, message):
    arguments = {"features": FEATURES, "bought": COIN, "rng": np.random.default_rng(1), "folds": 3} | change
    with pytest.raises(InputError, match=message):
        out_of_fold_scores(arguments.pop("features"), arguments.pop("bought"), **arguments)


def test_too_few_buyers_on_one_side():
    called = COIN.to_numpy()  # every called client bought
    with pytest.raises(InputError, match="each fold must hold"):
        out_of_fold_uplift(FEATURES, COIN, called, rng=np.random.default_rng(1), folds=3)


def test_models_of_both_sides_need_both_outcomes():
    with pytest.raises(InputError, match="bought of the called must hold both true and false"):
        fit_uplift(FEATURES, COIN, COIN)
    with pytest.raises(InputError, match="treated must hold both true and false"):
        fit_uplift(FEATURES, COIN, [True] * 300)


def test_clients_outside_the_campaign_need_its_columns():
    models = fit_uplift(FEATURES, COIN, np.arange(300) % 2 == 0)
    assert predict_uplift(models, FEATURES.tail(3)).index.tolist() == [297, 298, 299]
    with pytest.raises(InputError, match="features must have the columns kind"):
        predict_uplift(models, FEATURES[["noise"]])
