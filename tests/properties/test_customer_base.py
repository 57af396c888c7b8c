"""What must hold for any log and any parameters."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.customer_base import (
    BGBB,
    BGNBD,
    MBGNBD,
    SBG,
    GammaGamma,
    ParetoNBD,
    calibration_holdout,
    lifetime_value,
    purchase_summary,
    ranking_gini,
)
from casekit.errors import CasekitWarning
from casekit.periods import convert_discount_rate, convert_duration

few = settings(max_examples=25, deadline=None)
positive = st.floats(0.05, 20)


@st.composite
def logs(draw):
    n = draw(st.integers(2, 40))
    ids = draw(st.lists(st.integers(0, 6), min_size=n, max_size=n))
    days = draw(st.lists(st.integers(0, 400), min_size=n, max_size=n))
    amounts = draw(st.lists(st.integers(0, 500), min_size=n, max_size=n))
    dates = pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D")
    return pd.DataFrame({"customer_id": ids, "date": dates, "amount": np.array(amounts, dtype=float)})


@st.composite
def models(draw):
    kind = draw(st.sampled_from([BGNBD, MBGNBD, ParetoNBD]))
    return kind.from_parameters(**{name: draw(positive) for name in kind.names})


@st.composite
def customers(draw):
    x = draw(st.integers(0, 60))
    T = draw(st.floats(0.5, 300))
    share = draw(st.floats(0, 1)) if x else 0.0
    return pd.DataFrame({"frequency": [x], "recency": [share * T], "T": [T], "monetary_value": [20.0]})


@few
@given(logs())
def test_summary_is_what_counting_by_hand_gives(log):
    summary = purchase_summary(log, time_unit="day")
    end = log["date"].max()
    for customer, rows in log.groupby("customer_id"):
        by_day = rows.groupby("date")["amount"].sum().sort_index()
        line = summary.loc[customer]
        assert line["frequency"] == len(by_day) - 1
        assert line["recency"] == (by_day.index[-1] - by_day.index[0]).days
        assert line["T"] == (end - by_day.index[0]).days
        if len(by_day) > 1:
            assert line["monetary_value"] == pytest.approx(by_day.iloc[1:].mean(), abs=1e-9)


@few
@given(logs(), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(log, random):
    order = list(range(len(log)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(purchase_summary(log.iloc[order]), purchase_summary(log))


@few
@given(logs(), st.floats(0.01, 100))
def test_currency_scales_money_only(log, rate):
    one, other = purchase_summary(log), purchase_summary(log.assign(amount=log["amount"] * rate))
    assert other["monetary_value"].tolist() == pytest.approx(
        (one["monetary_value"] * rate).tolist(), nan_ok=True
    )
    pd.testing.assert_frame_equal(one.drop(columns="monetary_value"), other.drop(columns="monetary_value"))


@few
@given(logs(), st.integers(1, 399))
def test_calibration_and_holdout_add_up_to_the_whole(log, day):
    first, last = log["date"].min(), log["date"].max()
    split_at = min(first + pd.Timedelta(days=day), last - pd.Timedelta(days=1))
    if split_at < first:
        return
    split = calibration_holdout(log, calibration_end=split_at)
    whole = purchase_summary(log).loc[split.index]
    assert (split["frequency"] + split["frequency_holdout"]).tolist() == whole["frequency"].tolist()
    assert (split["T"] + split["T_holdout"]).tolist() == pytest.approx(whole["T"].tolist())


@few
@given(models(), customers())
def test_alive_is_a_probability_and_rises_with_recency(model, customer):
    alive = model.probability_alive(customer)[0]
    assert 0 <= alive <= 1
    if customer["frequency"][0]:
        later = customer.assign(recency=(customer["recency"] + customer["T"]) / 2)
        assert model.probability_alive(later)[0] >= alive - 1e-9


@few
@given(models(), customers(), st.floats(0.1, 100), st.floats(0.1, 100))
def test_expectations_rise_with_the_horizon_and_fall_with_the_discount(model, customer, one, other):
    short, long = sorted((one, other))
    near, far = (model.conditional_expected_purchases(customer, horizon=h)[0] for h in (short, long))
    assert 0 <= near <= far + 1e-9
    discounted = model.discounted_expected_purchases(customer, discount_rate=0.01, horizon=long)[0]
    assert discounted <= far * (1 + 1e-6) + 1e-12
    assert discounted >= far * 1.01**-long * (1 - 1e-6) - 1e-12


@few
@given(models(), st.floats(0.1, 60))
def test_a_new_customer_is_one_who_has_bought_this_moment(model, horizon):
    """Expected purchases of a newcomer: those of age 0, times the chance of not having left at once."""
    new = pd.DataFrame({"frequency": [0], "recency": [0.0], "T": [0.0]})
    conditional = model.conditional_expected_purchases(new, horizon=horizon)[0]
    assert model.expected_purchases(horizon) == pytest.approx(conditional, rel=1e-9)


@few
@given(models(), st.floats(0.5, 40))
def test_counts_are_probabilities(model, horizon):
    chance = model.probability_of_purchases(range(40), horizon=horizon)
    assert chance.between(-1e-12, 1 + 1e-12).all()
    assert chance.sum() <= 1 + 1e-9


@few
@given(models(), customers(), st.floats(0.05, 20))
def test_value_scales_with_currency_and_margin(model, customer, rate):
    spend = GammaGamma.from_parameters(p=4.0, q=3.0, gamma=10.0)
    scaled = GammaGamma.from_parameters(p=4.0, q=3.0, gamma=10.0 * rate)
    terms = {"purchases": model, "discount_rate": 0.01, "horizon": 26}
    one = lifetime_value(customer, spend=spend, **terms)[0]
    abroad = customer.assign(monetary_value=customer["monetary_value"] * rate)
    assert lifetime_value(abroad, spend=scaled, **terms)[0] == pytest.approx(one * rate)
    assert lifetime_value(customer, spend=spend, **terms, margin=0.25)[0] == pytest.approx(one / 4)


@few
@given(st.sampled_from([BGNBD, MBGNBD, ParetoNBD]), st.integers(0, 1000))
def test_twelve_months_are_a_year(kind, seed):
    monthly = kind.from_parameters(**dict.fromkeys(kind.names, 1.5))
    times = [name for name in kind.names if name in ("alpha", "beta") and hasattr(monthly, f"{name}_")]
    yearly = kind.from_parameters(**{name: 1.5 / 12 if name in times else 1.5 for name in kind.names})
    rng = np.random.default_rng(seed)
    months = pd.DataFrame({"frequency": [3], "recency": [rng.uniform(1, 20)], "T": [24.0]})
    years = months.assign(
        **{
            name: [convert_duration(float(months[name][0]), from_unit="month", to_unit="year")]
            for name in ("recency", "T")
        }
    )
    annual = 0.12
    rate = convert_discount_rate(annual, from_unit="year", to_unit="month")
    one = monthly.discounted_expected_purchases(months, discount_rate=rate, horizon=12)[0]
    other = yearly.discounted_expected_purchases(years, discount_rate=annual, horizon=1)[0]
    assert one == pytest.approx(other, rel=1e-8)


@few
@given(positive, positive, st.integers(0, 30), st.floats(0.01, 0.99))
def test_retention_under_contract_rises_and_survival_falls(alpha, beta, age, rate):
    model = SBG.from_parameters(alpha=alpha, beta=beta)
    assert model.survival(age + 1) <= model.survival(age) <= 1
    assert model.retention_rate(age + 2) >= model.retention_rate(age + 1)
    assert model.survival(age + 1) == pytest.approx(model.survival(age) * model.retention_rate(age + 1))
    lost = model.churn_probability(age + 1)
    assert lost == pytest.approx(model.survival(age) - model.survival(age + 1), abs=1e-12)
    now, later = (
        model.discounted_expected_residual_lifetime(discount_rate=rate, renewals=n) for n in (age, age + 1)
    )
    assert later >= now - 1e-9
    assert now <= (1 + rate) / rate


@few
@given(positive, positive, positive, positive, st.integers(1, 12))
def test_chances_taken_are_probabilities(alpha, beta, gamma, delta, periods):
    model = BGBB.from_parameters(alpha=alpha, beta=beta, gamma=gamma, delta=delta)
    chance = model.probability_of_purchases(range(periods + 1), periods=periods)
    assert chance.sum() == pytest.approx(1)
    assert (chance * chance.index).sum() == pytest.approx(model.expected_purchases(periods))
    always = pd.DataFrame({"frequency": [periods], "recency": [periods], "periods": [periods]})
    assert (
        model.conditional_expected_purchases(always, horizon=5)[0] <= 5 * model.probability_alive(always)[0]
    )


@few
@given(
    st.lists(st.integers(0, 50), min_size=3, max_size=30),
    st.lists(st.integers(0, 5), min_size=30, max_size=30),
)
def test_ranking_lies_between_wrong_and_perfect(actual, score):
    score = score[: len(actual)]
    if len(set(actual)) == 1:
        return
    found = ranking_gini(actual, score)
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert ranking_gini(actual, [-value for value in score]) == pytest.approx(-found, abs=1e-9)
    assert ranking_gini(actual, actual) == pytest.approx(1)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([BGNBD, MBGNBD, ParetoNBD]))
def test_a_fit_is_a_maximum_or_says_that_it_is_not(seed, kind):
    rng = np.random.default_rng(seed)
    n = 200
    x = rng.negative_binomial(0.7, 0.3, n)
    x[:2] = [0, 3]
    T = rng.uniform(20, 60, n)
    summary = pd.DataFrame({"frequency": x, "recency": np.where(x > 0, rng.uniform(0, 1, n) * T, 0), "T": T})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = kind().fit(summary)
    if not model.converged_:
        assert any(issubclass(warning.category, CasekitWarning) for warning in caught)
        return
    assert not caught
    for name in kind.names:
        for factor in (0.97, 1.03):
            near = {**model.parameters_.to_dict(), name: model.parameters_[name] * factor}
            assert kind.from_parameters(**near).log_likelihood(summary) <= model.log_likelihood_ + 1e-7
