"""The simulated forecast against what can be worked out exactly."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import back_test, simulate_forecast, weighted_forecast

DEALS = pd.DataFrame({"value": [100.0, 300.0, 50.0], "probability": [0.5, 0.1, 0.8]})
MANY = pd.DataFrame({"value": 1.0, "stage": ["offer"] * 200})


def test_mean_and_spread_are_those_of_the_weighted_forecast():
    found = simulate_forecast(DEALS, rng=np.random.default_rng(1), draws=40_000)
    table = weighted_forecast(DEALS)
    spread = table["standard_deviation"].item()
    assert found.weighted == table["weighted"].item()
    assert found.mean == pytest.approx(found.weighted, abs=4 * spread / 200)
    assert found.standard_deviation == pytest.approx(spread, rel=0.02)


def test_certain_deals_leave_no_doubt():
    found = simulate_forecast(DEALS.assign(probability=[1, 0, 1]), rng=np.random.default_rng(1), draws=50)
    assert found.draws.unique().tolist() == [150.0]
    assert found.chance_of(150) == 1.0
    assert found.quantile(0.5) == 150.0


def test_doubt_about_the_chance_does_not_average_out():
    record = {"offer": {"wins": 4, "losses": 6}}
    known = simulate_forecast(
        MANY, probabilities={"offer": 5 / 12}, rng=np.random.default_rng(2), draws=4_000
    )
    learned = simulate_forecast(MANY, record=record, rng=np.random.default_rng(2), draws=4_000)
    exact = np.sqrt(200 * 5 / 12 * 7 / 12 * (12 + 200) / 13)  # beta-binomial
    assert learned.standard_deviation == pytest.approx(exact, rel=0.05)
    assert learned.standard_deviation > 3 * known.standard_deviation


def test_uncertain_values_keep_the_mean_and_widen_the_range():
    plain = simulate_forecast(DEALS, rng=np.random.default_rng(3), draws=20_000)
    wide = simulate_forecast(DEALS, rng=np.random.default_rng(3), draws=20_000, value_spread=0.5)
    assert wide.mean == pytest.approx(plain.weighted, rel=0.03)
    assert wide.standard_deviation > plain.standard_deviation


def test_the_same_seed_gives_the_same_draws():
    first, second = (simulate_forecast(DEALS, rng=np.random.default_rng(5), draws=20) for _ in range(2))
    pd.testing.assert_series_equal(first.draws, second.draws)


def test_optimism_shows_in_the_back_test():
    found = back_test([0.9, 0.9, 0.9, 0.9], [True, False, False, True])
    assert found["bias"] == pytest.approx(0.4)
    assert found["brier"] == pytest.approx((0.01 + 0.81) / 2)
    assert found["skill"] == pytest.approx(1 - 0.41 / 0.25)
    assert np.isnan(back_test([0.9, 0.8], [1, 1])["skill"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rng": 7}, "rng must be a numpy random Generator"),
        ({"draws": 0}, "draws must lie in its range"),
        ({"value_spread": -1}, "value_spread must lie in its range"),
        ({"record": {"a": {"wins": 1, "losses": 1}}, "probabilities": {"a": 1}}, "not both"),
        ({"record": {"a": {"wins": 1, "losses": 1}}}, "must have the columns stage"),
        ({"record": {"a": {"wins": 1}}}, "must have the columns losses"),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(InputError, match=message):
        simulate_forecast(DEALS, **{"rng": np.random.default_rng(1)} | options)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda found: found.quantile(80), "share must lie in its range"),
        (lambda found: found.chance_of("much"), "target must be a number"),
        (lambda found: back_test([1.2], [1]), "forecasts must lie in its range"),
        (lambda found: back_test([0.2, 0.1], [1]), "outcomes must be as long as forecasts"),
        (lambda found: back_test([0.2], [2]), "outcomes must hold true or false"),
    ],
)
def test_bad_questions_are_named(call, message):
    found = simulate_forecast(DEALS, rng=np.random.default_rng(1), draws=5)
    with pytest.raises(InputError, match=message):
        call(found)
