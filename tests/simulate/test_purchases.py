"""Simulated logs say what they promise: means of the theory, planted truths found again, listed faults."""

import numpy as np
import pandas as pd
import pytest

from casekit.customer_base import BGNBD, MBGNBD, SBG, GammaGamma, ParetoNBD, purchase_summary
from casekit.errors import InputError
from casekit.simulate.defects import add_defects
from casekit.simulate.purchases import PurchasePlan, simulate_purchases
from casekit.simulate.subscriptions import simulate_subscriptions

SPEND = GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)
MODELS = [
    BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426),
    MBGNBD.from_parameters(r=0.525, alpha=6.183, a=0.891, b=1.614),
    ParetoNBD.from_parameters(r=0.553, alpha=10.578, s=0.606, beta=11.669),
]
named = pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)


def simulated(model, customers=12_000, seed=5, **plan):
    return simulate_purchases(
        customers, model=model, spend=SPEND, rng=np.random.default_rng(seed), plan=PurchasePlan(**plan)
    )


def summary_of(tables):
    log = tables["purchases"]
    return purchase_summary(log[log["kind"] == "purchase"], occasion="row", observation_end="2024-12-31")


@named
def test_mean_repeat_purchases_within_three_standard_errors_of_theory(model):
    summary = summary_of(simulated(model))
    theory = model.expected_purchases(summary["T"]).mean()
    error = summary["frequency"].std() / np.sqrt(len(summary))
    assert abs(summary["frequency"].mean() - theory) < 3 * error


@named
def test_as_many_are_alive_as_the_model_says(model):
    tables = simulated(model)
    alive = model.probability_alive(summary_of(tables))
    seen = tables["customers"].set_index("customer_id")["alive"]
    assert abs(seen.mean() - alive.mean()) < 3 * np.sqrt((alive * (1 - alive)).mean() / len(alive)) + 1e-3


@named
def test_fitting_finds_the_parameters_again(model):
    found = type(model)().fit(summary_of(simulated(model)))
    distance = np.log(found.parameters_ / model.parameters_) / (found.standard_errors_ / found.parameters_)
    assert (distance.abs() < 3).all()
    assert found.converged_


def test_spend_is_found_again():
    found = GammaGamma().fit(summary_of(simulated(MODELS[0])))
    assert ((found.parameters_ - SPEND.parameters_).abs() < 3 * found.standard_errors_).all()


def test_the_same_seed_gives_the_same_log():
    one, other = (simulated(MODELS[0], 200)["purchases"] for _again in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_first_purchases_are_spread_over_the_time_of_acquisition():
    people = simulated(MODELS[0], 2000, acquisition_days=100)["customers"]
    day = (people["first_purchase"] - pd.Timestamp("2023-01-01")).dt.total_seconds() / 86400
    assert 0 <= day.min() < 1
    assert 99 < day.max() < 100
    assert day.mean() == pytest.approx(50, abs=2)


def test_season_moves_purchases_between_months():
    season = (2.0, *[1.0] * 10, 3.0)
    steady = BGNBD.from_parameters(r=50.0, alpha=100.0, a=0.01, b=100.0)
    log = simulated(steady, 400, acquisition_days=1, season=season)["purchases"]
    by_month = log.iloc[400:]["date"].dt.month.value_counts()
    days = pd.Series(31, index=[1, 12]).div(30)
    ordinary = by_month[[4, 6, 9, 11]].mean()
    assert (by_month[[1, 12]] / ordinary / days).tolist() == pytest.approx([2.0, 3.0], rel=0.06)


def test_the_planted_effect_is_found_between_the_arms():
    steady = BGNBD.from_parameters(r=5.0, alpha=20.0, a=0.01, b=100.0)
    plan = {"acquisition_days": 200, "campaign_date": "2024-01-01", "campaign_effect": 0.25}
    tables = simulated(steady, 6000, **plan, campaign_days=180)
    people = tables["customers"]
    log = tables["purchases"].merge(people[["customer_id", "arm"]], on="customer_id")
    sizes = people["arm"].value_counts()
    for start, end, effect in (("2023-08-01", "2024-01-01", 1), ("2024-01-01", "2024-06-29", 1.25)):
        inside = log[log["date"].between(start, end, inclusive="left")]
        rate = inside["arm"].value_counts() / sizes
        assert rate["treated"] / rate["control"] == pytest.approx(effect, abs=0.04)
    reached = tables["contacts"].query("contact == 'campaign'")["customer_id"]
    assert set(reached) == set(people.loc[people["arm"] == "treated", "customer_id"])


def test_prices_promotions_refunds_channels_and_contacts():
    plan = {
        "price_growth": 0.5,
        "promotion_share": 0.3,
        "promotion_discount": 0.4,
        "refund_rate": 0.1,
        "channels": {"shop": 0.7, "web": 0.2, "phone": 0.1},
        "contacts_per_year": 6.0,
        "acquisition_days": 365,
    }
    tables = simulated(MODELS[0], 5000, **plan)
    log, people = tables["purchases"], tables["customers"]
    bought, back = log[log["kind"] == "purchase"], log[log["kind"] == "refund"]
    assert len(back) / len(bought) == pytest.approx(0.1, abs=0.01)
    assert (back["amount"] < 0).all()
    assert (bought["discount"] > 0).mean() == pytest.approx(0.3, abs=0.02)
    promoted = bought[bought["discount"] > 0]
    assert (promoted["amount"] / promoted["list_amount"]).median() == pytest.approx(0.6, abs=0.01)
    by_year = bought.groupby(bought["date"].dt.year)["list_amount"].mean()
    assert by_year[2024] / by_year[2023] == pytest.approx(1.5, rel=0.12)
    assert people["channel"].value_counts(normalize=True)["shop"] == pytest.approx(0.7, abs=0.03)
    own = bought.merge(people[["customer_id", "channel"]], on="customer_id")
    assert (own["channel_x"].astype(str) == own["channel_y"].astype(str)).mean() > 0.8
    years = (pd.Timestamp("2025-01-01") - people["first_purchase"]).dt.total_seconds().sum() / (
        365.25 * 86400
    )
    assert len(tables["contacts"]) / years == pytest.approx(6, rel=0.03)
    assert log["date"].is_monotonic_increasing


def test_the_truth_lists_everything_planted():
    truth = simulated(MODELS[2], 50, refund_rate=0.02)["truth"].set_index("parameter")["value"]
    assert truth["model"] == "ParetoNBD"
    assert float(truth["beta"]) == 11.669
    assert float(truth["spend_gamma"]) == 15.44
    assert float(truth["refund_rate"]) == 0.02


def test_a_log_without_spend_has_no_amounts():
    tables = simulate_purchases(50, model=MODELS[0], rng=np.random.default_rng(1))
    assert list(tables["purchases"].columns) == ["customer_id", "date", "kind", "channel"]


# -- contracts and faults --------------------------------------------------------------------------------


def test_contracts_follow_the_model_and_it_is_found_again():
    model = SBG.from_parameters(alpha=0.7, beta=1.2)
    tables = simulate_subscriptions(
        20_000, model=model, spend=SPEND, rng=np.random.default_rng(2), periods=10, acquisition_periods=4
    )
    found = SBG().fit(tables["survivors"])
    assert ((found.parameters_ - model.parameters_).abs() < 3 * found.standard_errors_).all()
    first = tables["survivors"].iloc[:, 0]
    share = model.survival(list(range(10))).to_numpy()
    error = np.sqrt(share * (1 - share) / first[0])
    assert (np.abs(first / first[0] - share) < 4 * error + 1e-9).all()
    paid = tables["payments"]["customer_id"].value_counts().sort_index()
    assert paid.tolist() == tables["customers"]["payments"].tolist()
    assert tables["survivors"].sum().sum() == len(tables["payments"])
    assert tables["payments"]["date"].dt.day.eq(1).all()


SUBSCRIBED = SBG.from_parameters(alpha=0.7, beta=3.0)


def contracts(customers=20_000, seed=4, **plan):
    return simulate_subscriptions(
        customers, model=SUBSCRIBED, spend=SPEND, rng=np.random.default_rng(seed), plan=PurchasePlan(**plan)
    )


def test_contracts_follow_the_plan_and_both_models_are_found_again():
    tables = contracts(start="2023-01-15", end="2024-12-31", acquisition_days=100)
    people, payments = tables["customers"], tables["payments"]
    assert sorted(people["cohort"].dt.strftime("%Y-%m-%d").unique()) == [
        "2023-02-01",
        "2023-03-01",
        "2023-04-01",
    ]
    assert payments["date"].max() == pd.Timestamp("2024-12-01")
    assert payments["date"].is_monotonic_increasing
    found = SBG().fit(tables["survivors"])
    assert ((found.parameters_ - SUBSCRIBED.parameters_).abs() < 3 * found.standard_errors_).all()
    paid = (
        payments.groupby("customer_id")["amount"]
        .agg(["size", "mean"])
        .set_axis(["frequency", "monetary_value"], axis=1)
    )
    spend = GammaGamma().fit(paid)
    assert ((spend.parameters_ - SPEND.parameters_).abs() < 3 * spend.standard_errors_).all()


def test_the_effect_on_contracts_is_found_between_the_arms():
    plan = {"acquisition_days": 90, "campaign_date": "2024-01-10", "campaign_effect": 0.4}
    tables = contracts(60_000, **plan, campaign_days=60)
    people = tables["customers"].assign(renewals=lambda table: table["payments"] - 1)
    drawn = people[people["arm"].notna()]
    assert drawn["arm"].value_counts(normalize=True)["treated"] == pytest.approx(0.5, abs=0.02)
    campaign = tables["contacts"].query("contact == 'campaign'")
    assert set(campaign["customer_id"]) == set(drawn.loc[drawn["arm"] == "treated", "customer_id"])
    last = drawn["cohort"].dt.to_period("M").astype("int64") + drawn["payments"] - 1
    lost = {}  # share of those under contract who cancelled at the renewal of a month, by arm
    for month in ("2024-02", "2024-06"):
        before = pd.Period(month, "M").ordinal - 1
        at_risk = drawn[last >= before]
        left = (last[last >= before] == before) & at_risk["cancelled"]
        lost[month] = left.groupby(at_risk["arm"], observed=True).agg(["mean", "size"])
    for month, effect in (("2024-02", 0.6), ("2024-06", 1.0)):
        treated, control = lost[month].loc["treated"], lost[month].loc["control"]
        error = np.sqrt(sum((1 - arm["mean"]) / (arm["mean"] * arm["size"]) for arm in (treated, control)))
        ratio = treated["mean"] / control["mean"]
        assert abs(np.log(ratio / effect)) < 3 * error + (0 if month == "2024-02" else 0.1)
        assert error < 0.15
    untouched = contracts(60_000, acquisition_days=90)["customers"]
    assert untouched["arm"].isna().all()


def test_contracts_have_seasons_prices_promotions_refunds_channels_and_contacts():
    season = (2.0, *[1.0] * 11)
    tables = contracts(
        season=season,
        price_growth=0.3,
        promotion_share=0.25,
        promotion_discount=0.5,
        refund_rate=0.05,
        channels={"debit": 0.8, "card": 0.2},
        contacts_per_year=4.0,
        acquisition_days=31,
    )
    log, people = tables["payments"], tables["customers"]
    bought, back = log[log["kind"] == "purchase"], log[log["kind"] == "refund"]
    assert len(back) / len(bought) == pytest.approx(0.05, abs=0.005)
    assert (back["amount"] < 0).all()
    assert (bought["discount"] > 0).mean() == pytest.approx(0.25, abs=0.01)
    month = bought["date"].dt.strftime("%Y-%m")
    mean = (
        (
            bought["list_amount"]
            / people.set_index("customer_id")["mean_spend"][bought["customer_id"]].to_numpy()
        )
        .groupby(month)
        .mean()
    )
    assert mean["2024-01"] / mean["2023-12"] == pytest.approx(2 * 1.3 ** (31 / 365.25), rel=0.03)
    assert mean["2024-06"] / mean["2023-06"] == pytest.approx(1.3, rel=0.03)
    own = bought.merge(people[["customer_id", "channel"]], on="customer_id")
    assert (own["channel_x"].astype(str) == own["channel_y"].astype(str)).mean() > 0.8
    assert people["channel"].value_counts(normalize=True)["debit"] == pytest.approx(0.8, abs=0.02)
    months = people["payments"].sum()
    assert len(tables["contacts"]) / (months / 12) == pytest.approx(4, rel=0.03)
    truth = tables["truth"].set_index("parameter")["value"]
    assert (truth["model"], truth["time_unit"], float(truth["beta"])) == ("SBG", "month", 3.0)


def test_contracts_without_spend_have_no_amounts():
    tables = simulate_subscriptions(20, model=SUBSCRIBED, rng=np.random.default_rng(1), period="year")
    assert list(tables["payments"].columns) == ["customer_id", "date", "kind", "channel"]
    assert tables["survivors"].shape == (24, 1)


def test_faults_are_put_in_and_listed():
    log = simulated(MODELS[0], 2000)["purchases"]
    before = log.copy(deep=True)
    messy, defects = add_defects(
        log, rng=np.random.default_rng(3), duplicates=0.05, missing_ids=0.03, mixed_dates=0.5
    )
    pd.testing.assert_frame_equal(log, before)
    found = defects.groupby("defect")["row"].apply(list)
    assert messy["customer_id"].isna().to_numpy().nonzero()[0].tolist() == found["missing id"]
    assert len(messy) - len(log) == len(found["duplicate"])
    repeated = messy.duplicated().to_numpy().nonzero()[0]
    assert set(found["duplicate"]) <= set(repeated)
    assert messy["date"].str.match(r"^\d{4}-\d{2}-\d{2}$").sum() == len(messy) - len(found["date format"])
    assert messy["date"].str.contains("年").any()
    clean = messy.drop(index=found["duplicate"]).reset_index(drop=True)
    assert clean["amount"].tolist() == log["amount"].tolist()


def test_no_faults_wanted_none_made():
    log = simulated(MODELS[0], 50)["purchases"]
    messy, defects = add_defects(
        log, rng=np.random.default_rng(3), duplicates=0, missing_ids=0, mixed_dates=0
    )
    assert len(defects) == 0
    assert messy["customer_id"].tolist() == log["customer_id"].tolist()
    assert messy["date"].tolist() == log["date"].tolist()


RNG = np.random.default_rng(1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: simulated(MODELS[0], 0), "customers must lie in its range"),
        (lambda: simulate_purchases(5, model=MODELS[0], rng=1), "numpy random Generator"),
        (lambda: simulate_purchases(5, model=SPEND, rng=RNG), "model must be BGNBD, MBGNBD or ParetoNBD"),
        (lambda: simulate_purchases(5, model=MODELS[0], rng=RNG, time_unit="hour"), "time_unit must be"),
        (lambda: simulated(MODELS[0], 5, start="someday"), "start must be a date"),
        (lambda: simulated(MODELS[0], 5, end="2023-02-01"), "customers must be won before the log ends"),
        (lambda: simulated(MODELS[0], 5, acquisition_days=0), "acquisition_days must lie"),
        (lambda: simulated(MODELS[0], 5, channels={"shop": 0.6}), "channels must add up to 1"),
        (lambda: simulated(MODELS[0], 5, refund_rate=2), "refund_rate must lie(.|\n)*0.02"),
        (lambda: simulated(MODELS[0], 5, season=(1, 1)), "season must hold twelve factors"),
        (lambda: simulated(MODELS[0], 5, price_growth=-1), "price_growth must lie"),
        (lambda: simulated(MODELS[0], 5, contacts_per_year=-1), "contacts_per_year must lie"),
        (lambda: simulated(MODELS[0], 5, contacts_per_year=1e12), "contacts_per_year must lie"),
        (lambda: simulated(BGNBD.from_parameters(r=1, alpha=1e-9, a=1, b=1), 5), "at most 300,000,000 rows"),
        (lambda: simulated(MODELS[0], 5, start=None), "start must be a date, got None"),
        (lambda: simulated(MODELS[0], 5, start=20230101), 'start="2023-01-01"'),
        (lambda: simulated(MODELS[0], 5, season=(0,) * 12), "season must hold a factor above 0"),
        (lambda: simulated(MODELS[0], 5, channels=["shop"]), "channels must be a dict of name to share"),
        (lambda: simulated(MODELS[0], 5, campaign_effect=0.2), "campaign_date must be given"),
        (lambda: simulated(MODELS[0], 5, campaign_days=30), "campaign_date must be given"),
        (
            lambda: simulated(MODELS[0], 5, campaign_date="2024-01-01", campaign_days=0),
            "campaign_days must lie in its range",
        ),
        (
            lambda: simulated(MODELS[0], 5, campaign_date="2024-01-01", campaign_days="30"),
            "campaign_days must be a whole number",
        ),
        (lambda: simulated(MODELS[0], 5, campaign_date="2025-01-01"), "2023-01-01 to 2024-12-31"),
        (lambda: simulated(BGNBD(), 5), "model must be fitted first"),
        (
            lambda: simulate_purchases(5, model=MODELS[0], rng=RNG, spend=GammaGamma()),
            "spend must be fitted first(.|\n)*GammaGamma.from_parameters",
        ),
        (lambda: simulate_purchases(5, model=MODELS[0], rng=RNG, spend=20.0), "spend must be GammaGamma"),
        (
            lambda: simulate_purchases(5, model=MODELS[0], rng=RNG, plan={"start": "2023-01-01"}),
            r"plan must be PurchasePlan(.|\n)*PurchasePlan\(\*\*plan\)",
        ),
        (lambda: simulate_subscriptions(5, model=SBG(), rng=RNG), "model must be fitted first"),
        (lambda: simulate_subscriptions(5, model=MODELS[0], rng=RNG), "model must be SBG"),
        (lambda: contracts(5, start="2023-01-02", end="2023-01-31", acquisition_days=1), "0 from 2023-01-02"),
        (
            lambda: contracts(5, campaign_date="2024-01-01", campaign_effect=1.5),
            "campaign_effect must lie in its range",
        ),
        (
            lambda: simulate_subscriptions(5, model=SUBSCRIBED, rng=RNG, plan=PurchasePlan(), periods=3),
            "from the plan or from the arguments(.|\n)*plan and periods",
        ),
        (
            lambda: simulate_subscriptions(
                5, model=SBG.from_parameters(alpha=1, beta=1), spend=SPEND, rng=RNG, acquisition_periods=30
            ),
            "acquisition_periods must lie",
        ),
        (
            lambda: simulate_subscriptions(
                5, model=SBG.from_parameters(alpha=1, beta=1), spend=SPEND, rng=RNG, period="day"
            ),
            "period must be a known name",
        ),
        (
            lambda: simulate_subscriptions(
                5, model=SBG.from_parameters(alpha=1, beta=1), spend=SPEND, rng=RNG, start="someday"
            ),
            "start must be a date",
        ),
        (lambda: add_defects(pd.DataFrame({"date": [1]}), rng=RNG), "must have the columns customer_id"),
        (
            lambda: add_defects(pd.DataFrame({"customer_id": [1], "date": ["x"]}), rng=RNG),
            "date must hold dates",
        ),
        (
            lambda: add_defects(
                pd.DataFrame({"customer_id": [1], "date": pd.to_datetime(["2024-01-01"])}),
                rng=RNG,
                duplicates=5,
            ),
            "duplicates must lie in its range",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
