"""Metrics and baselines on customers few enough to check by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.customer_base import (
    BGNBD,
    GammaGamma,
    calibration_by_frequency,
    check_spend_independence,
    compare_forecasts,
    decile_lift,
    forecast_errors,
    hiatus_forecast,
    hiatus_rule,
    interval_coverage,
    last_period_forecast,
    lifetime_value,
    lifetime_value_interval,
    probability_alive_history,
    purchase_summary,
    purchases_by_count,
    ranking_gini,
    rfm_ranking,
    track_purchases,
)
from casekit.errors import InputError
from casekit.simulate.purchases import simulate_purchases

MODEL = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
SPEND = GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)
CUSTOMERS = pd.DataFrame(
    {
        "frequency": [0, 2, 5],
        "recency": [0.0, 30.0, 12.0],
        "T": [39.0, 39.0, 39.0],
        "monetary_value": [np.nan, 20.0, 50.0],
    },
    index=["Li", "Wu", "Ma"],
)
LOG = pd.DataFrame(
    {
        "customer_id": ["Li", "Li", "Li", "Wu", "Wu", "Ma"],
        "date": pd.to_datetime(
            ["2024-01-01", "2024-01-08", "2024-01-22", "2024-01-03", "2024-02-01", "2024-02-20"]
        ),
    }
)


def test_errors_by_hand():
    found = forecast_errors([0, 2, 4], [1, 2, 6])
    assert found["aggregate_error"] == pytest.approx(0.5)
    assert found["mean_absolute_error"] == pytest.approx(1.0)
    assert found["root_mean_squared_error"] == pytest.approx(np.sqrt(5 / 3))
    assert found["bias"] == pytest.approx(1.0)
    assert found["ranking_gini"] == pytest.approx(1.0)


def test_series_are_matched_by_label():
    actual, predicted = pd.Series({"a": 1.0, "b": 5.0}), pd.Series({"b": 5.0, "a": 1.0})
    assert forecast_errors(actual, predicted)["mean_absolute_error"] == 0


def test_compare_puts_the_best_first():
    table = compare_forecasts([0, 2, 4], {"far": [9, 9, 9], "near": [0, 2, 3]})
    assert table.index.tolist() == ["near", "far"]


def test_ranking_by_hand():
    assert ranking_gini([0, 0, 1], [3, 2, 1]) == pytest.approx(-1)
    assert ranking_gini([0, 0, 0, 1], [0, 0, 1, 1]) == pytest.approx(2 / 3)  # the buyer is in the better half
    assert np.isnan(ranking_gini([2, 2], [1, 2]))


def test_lift_by_hand():
    table = decile_lift([0, 1, 2, 9], [1, 2, 3, 4], groups=2)
    assert table["lift"].tolist() == pytest.approx([11 / 6, 1 / 6])
    assert table["cumulative_share"].tolist() == pytest.approx([11 / 12, 1])
    assert table["customers"].tolist() == [2, 2]


def test_calibration_groups_the_heavy_buyers():
    table = calibration_by_frequency([0, 1, 8, 9], [0, 1, 4, 6], [0.5, 1, 5, 5], cap=2)
    assert table.loc["2+"].tolist() == [2, 5.0, 5.0]


def test_coverage_counts_both_ends():
    assert interval_coverage([1, 2, 3, 4], [1, 0, 0, 5], [3, 2, 2, 9]) == 0.5


def test_hiatus_by_hand():
    assert hiatus_rule(CUSTOMERS, hiatus=9).tolist() == [False, True, False]
    assert hiatus_forecast(CUSTOMERS, hiatus=27, horizon=39).tolist() == [0, 2, 5]


def test_last_period_by_hand():
    forecast = last_period_forecast(LOG, calibration_end="2024-02-04", horizon=4)
    assert forecast.to_dict() == {"Li": 2.0, "Wu": 1.0}  # 8 January is in, the 1st and the 3rd are not
    assert last_period_forecast(LOG, calibration_end="2024-02-04", horizon=40).tolist() == [3.0, 2.0]


def test_rfm_scores_leave_no_score_out_of_reach():
    many = pd.DataFrame({"frequency": [0] * 9 + [1], "recency": [0.0] * 9 + [3.0], "T": 39.0})
    scores = rfm_ranking(many)
    assert scores["F"].max() == 5
    assert scores["F"].nunique() == 1 + (np.ceil(0.9 * 5) < 5)
    assert list(rfm_ranking(CUSTOMERS).columns) == ["R", "F", "M", "score"]
    assert rfm_ranking(CUSTOMERS, groups=3)["R"].tolist() == [1, 3, 2]


def test_tracking_counts_whole_periods():
    tracked = track_purchases(LOG, MODEL, calibration_end="2024-01-15", observation_end="2024-02-19")
    assert tracked["actual"].tolist() == [0, 1, 0, 1, 1, 0, 0]
    assert tracked["holdout"].tolist() == [False] * 3 + [True] * 4  # of the third week a day was seen
    assert tracked["end"].iloc[[0, -1]].tolist() == [pd.Timestamp("2024-01-07"), pd.Timestamp("2024-02-18")]
    ages = [pd.Timedelta(days=days) / pd.Timedelta(weeks=1) for days in (49, 47)]
    expected = sum(MODEL.expected_purchases(age) for age in ages)
    assert tracked["expected_cumulative"].iloc[-1] == pytest.approx(expected)


def test_a_period_that_ends_with_the_calibration_is_no_holdout():
    for last_seen, holdout in (("2024-01-14", [False, False, True]), ("2024-01-15", [False] * 3)):
        tracked = track_purchases(LOG, MODEL, calibration_end=last_seen, observation_end="2024-01-23")
        assert tracked["holdout"].tolist() == holdout


def test_counts_of_customers_add_up():
    table = purchases_by_count(CUSTOMERS, MODEL, cap=3)
    assert table["actual"].tolist() == [1, 0, 1, 1]
    assert table["expected"].sum() == pytest.approx(3)


def test_history_jumps_at_purchases_and_sinks_between():
    days = pd.to_datetime(["2024-01-01", "2024-01-08", "2024-02-05"])
    history = probability_alive_history(days, MODEL, observation_end="2024-04-30")
    assert history["2024-01-01"] == history["2024-01-07"] == 1
    assert (history["2024-01-09":"2024-02-04"].diff().dropna() < 0).all()
    assert history["2024-02-05"] > history["2024-02-04"]
    last = pd.DataFrame({"frequency": [2], "recency": [5.0], "T": [120 / 7]})
    assert history.iloc[-1] == pytest.approx(MODEL.probability_alive(last)[0])


def test_independence_is_seen_or_not():
    rng = np.random.default_rng(3)
    x = rng.integers(1, 10, 4000)
    spend = rng.gamma(4.0 * x) / rng.gamma(5.0, 1 / 30, 4000) / x
    free = check_spend_independence(pd.DataFrame({"frequency": x, "monetary_value": spend}))
    bound = check_spend_independence(pd.DataFrame({"frequency": x, "monetary_value": spend * x}))
    assert abs(free.correlation) < 0.06
    assert bound.correlation > 0.5
    assert "may be used" in free.verdict
    assert "undervalues" in bound.verdict
    assert bound.p_value < 1e-6
    assert free.by_frequency.index.tolist() == ["1", "2", "3", "4", "5", "6", "7+"]
    falling = check_spend_independence(pd.DataFrame({"frequency": x, "monetary_value": spend / x}))
    assert "overvalues" in falling.verdict


# -- value -----------------------------------------------------------------------------------------------


def test_value_is_purchases_times_spend_times_margin():
    models = {"purchases": MODEL, "spend": SPEND}
    value = lifetime_value(CUSTOMERS, **models, discount_rate=0.002, horizon=52, margin=0.3)
    purchases = MODEL.discounted_expected_purchases(CUSTOMERS, discount_rate=0.002, horizon=52)
    expected = 0.3 * purchases * SPEND.conditional_expected_spend(CUSTOMERS)
    assert value.tolist() == pytest.approx(expected.tolist())


def test_interval_covers_what_the_model_itself_draws():
    """Customers who really follow the model: nine in ten lie inside, and the total too."""
    summary = pd.concat([CUSTOMERS] * 100, ignore_index=True)
    terms = {"purchases": MODEL, "spend": SPEND, "discount_rate": 0.0, "horizon": 39.0}
    interval = lifetime_value_interval(summary, **terms, rng=np.random.default_rng(1), draws=300)
    future = MODEL.simulate_future(summary, horizon=39, draws=1, rng=np.random.default_rng(2))
    spend = SPEND.simulate_spend(summary, future, rng=np.random.default_rng(3))[0]
    assert 0.88 < interval_coverage(spend, interval["low"], interval["high"]) <= 1
    total = interval.attrs["total"]
    assert total["low"] < total["value"] < total["high"]
    assert total["value"] == pytest.approx(interval["value"].sum())
    assert (interval["low"] <= interval["value"]).all()


def test_fitted_parameters_widen_the_interval_of_the_total():
    tables = simulate_purchases(600, model=MODEL, spend=SPEND, rng=np.random.default_rng(8))
    summary = purchase_summary(tables["purchases"])
    fitted = BGNBD().fit(summary), GammaGamma().fit(summary)
    known = [type(model).from_parameters(**model.parameters_) for model in fitted]
    widths = []
    for purchases, money in (fitted, known):
        found = lifetime_value_interval(
            summary,
            purchases=purchases,
            spend=money,
            discount_rate=0,
            horizon=40,
            rng=np.random.default_rng(1),
        )
        widths.append(found.attrs["total"]["high"] - found.attrs["total"]["low"])
    assert widths[0] > widths[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: forecast_errors([1, 2], [1]), "predicted must be as long as actual"),
        (lambda: forecast_errors(pd.Series({"a": 1}), pd.Series({"b": 1})), "must carry the labels"),
        (lambda: forecast_errors([1, None], [1, 2]), "actual must hold numbers only"),
        (lambda: compare_forecasts([1, 2], {}), "at least one"),
        (lambda: ranking_gini([-1, 2], [1, 2]), "actual must lie in its range"),
        (lambda: decile_lift([1, 2], [1, 2], groups=3), "groups must lie in its range"),
        (lambda: calibration_by_frequency([1], [1, 2], [1, 2]), "frequency must be as long"),
        (lambda: calibration_by_frequency([1, 2], [1, 2], [1, 2], cap=0), "cap must lie"),
        (lambda: interval_coverage([1, 2], [1], [2, 3]), "as long as"),
        (lambda: hiatus_rule(CUSTOMERS, hiatus=-1), "hiatus must lie in its range"),
        (lambda: hiatus_forecast(CUSTOMERS, hiatus=9, horizon=-1), "horizon must lie"),
        (lambda: last_period_forecast(LOG, calibration_end="2024-02-04", horizon=0), "horizon must lie"),
        (lambda: rfm_ranking(CUSTOMERS, groups=1), "groups must lie in its range"),
        (lambda: check_spend_independence(CUSTOMERS), "three repeat buyers"),
        (lambda: purchases_by_count(CUSTOMERS, SPEND), "must be a fitted model of purchases"),
        (lambda: track_purchases(LOG, SPEND, calibration_end="2024-01-15"), "fitted model of purchases"),
        (
            lambda: track_purchases(LOG, MODEL, calibration_end="2024-01-02", observation_end="2024-01-03"),
            "a whole period",
        ),
        (
            lambda: probability_alive_history(["2024-01-01"], MODEL, observation_end="2024-02-01"),
            "dates must hold dates",
        ),
        (
            lambda: lifetime_value(CUSTOMERS, purchases=SPEND, spend=MODEL, discount_rate=0.1),
            "purchases must be a fitted model(.|\n)*spend must be a fitted model",
        ),
        (
            lambda: lifetime_value(CUSTOMERS, purchases=MODEL, spend=SPEND, discount_rate=0.1, margin=30),
            "margin must lie in its range(.|\n)*0.3",
        ),
        (
            lambda: lifetime_value_interval(
                CUSTOMERS,
                purchases=MODEL,
                spend=SPEND,
                discount_rate=0,
                horizon=0,
                rng=np.random.default_rng(1),
            ),
            "horizon must lie in its range",
        ),
    ],
)
def test_a_bad_call_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
