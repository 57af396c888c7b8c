"""Identities and limits of ranking, uplift and contact plans."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casekit.selling import (
    alift,
    auc,
    cumulative_gains,
    lift_at,
    perfect_qini_curve,
    plan_contacts,
    precision_recall_at,
    qini_curve,
    treatment_effect,
    uplift_curve,
)

rows = st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 5)), min_size=4, max_size=40)


def campaign(given_rows):
    frame = pd.DataFrame(given_rows, columns=["bought", "called", "score"])
    assume(frame["called"].nunique() == 2)
    return frame


@settings(deadline=None, max_examples=40)
@given(rows)
def test_alift_is_a_mixture_of_auc_and_prevalence(given_rows):
    frame = campaign(given_rows)
    assume(frame["bought"].nunique() == 2)
    share = frame["bought"].mean()
    expected = share / 2 + (1 - share) * auc(frame["bought"], frame["score"])
    assert alift(frame["bought"], frame["score"]) == pytest.approx(expected)


@settings(deadline=None, max_examples=40)
@given(rows, st.randoms(use_true_random=False))
def test_row_order_never_matters(given_rows, random):
    frame = campaign(given_rows)
    places = list(range(len(frame)))
    random.shuffle(places)
    mixed = frame.iloc[places].reset_index(drop=True)
    for curve in (uplift_curve, qini_curve):
        one, other = (curve(f["bought"], f["score"], f["called"]) for f in (frame, mixed))
        pd.testing.assert_frame_equal(one, other)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_the_end_point_does_not_depend_on_the_score(given_rows):
    frame = campaign(given_rows)
    for curve in (uplift_curve, qini_curve):
        ends = [
            curve(frame["bought"], score, frame["called"])["gain"].iloc[-1]
            for score in (frame["score"], -frame["score"], frame.index)
        ]
        assert ends == pytest.approx([ends[0]] * 3)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_the_uplift_curve_ends_at_the_average_effect(given_rows):
    frame = campaign(given_rows)
    end = uplift_curve(frame["bought"], frame["score"], frame["called"])["gain"].iloc[-1]
    effect = treatment_effect(frame["bought"], frame["called"])["effect"]
    assert end == pytest.approx(effect * len(frame))


@settings(deadline=None, max_examples=40)
@given(rows)
def test_no_score_beats_the_perfect_qini_curve_at_its_peak(given_rows):
    frame = campaign(given_rows)
    best = perfect_qini_curve(frame["bought"], frame["called"])["gain"].max()
    assert qini_curve(frame["bought"], frame["score"], frame["called"])["gain"].max() <= best + 1e-9


@settings(deadline=None, max_examples=40)
@given(rows)
def test_one_score_for_all_is_chance(given_rows):
    frame = campaign(given_rows)
    assume(frame["bought"].nunique() == 2)
    assert len(cumulative_gains(frame["bought"], [1.0] * len(frame))) == 2
    assert lift_at(frame["bought"], [1.0] * len(frame), 0.3) == pytest.approx(1)
    assert auc(frame["bought"], [1.0] * len(frame)) == pytest.approx(0.5)


def test_a_random_score_finds_no_uplift():
    rng = np.random.default_rng(4)
    called = rng.random(20_000) < 0.5
    bought = rng.random(20_000) < 0.1 + 0.05 * called
    curve = uplift_curve(bought, rng.random(20_000), called)
    half = np.interp(10_000, curve["contacted"], curve["gain"])
    # half of the clients at random hold half of the gain; the standard error is about 65 sales
    assert half == pytest.approx(curve["gain"].iloc[-1] / 2, abs=4 * 65)


@settings(deadline=None, max_examples=10)
@given(rows, st.integers(1, 4))
def test_precision_at_capacity_is_the_mean_over_all_orders(given_rows, capacity):
    frame = campaign(given_rows)
    assume(frame["bought"].any())
    found = precision_recall_at(frame["bought"], frame["score"], capacity=capacity)
    rng = np.random.default_rng(0)
    hits = [
        frame.assign(tie=rng.random(len(frame)))
        .sort_values(["score", "tie"], ascending=False)["bought"]
        .head(capacity)
        .mean()
        for _draw in range(60)
    ]
    assert found["precision"] == pytest.approx(np.mean(hits), abs=0.3)


offers = st.lists(
    st.tuples(st.integers(-5, 50), st.sampled_from("XYZ"), st.sampled_from(["call", "message"])),
    min_size=1,
    max_size=25,
)


def frame_of(given_offers):
    frame = pd.DataFrame(given_offers, columns=["gain", "manager", "channel"])
    return frame.assign(
        customer_id=[f"C{number}" for number in frame.index], gain=frame["gain"].astype(float)
    )


@settings(deadline=None, max_examples=20)
@given(offers, st.integers(0, 10))
def test_the_linear_programme_equals_greed_with_one_cap(given_offers, capacity):
    frame = frame_of(given_offers)
    greedy = plan_contacts(frame, capacity=capacity)
    slack = {name: len(frame) for name in frame["manager"].unique()}
    solved = plan_contacts(frame, capacity=capacity, manager_caps=slack)
    assert solved.gain == pytest.approx(greedy.gain)
    assert solved.limits.loc["overall", "shadow_price"] == pytest.approx(
        greedy.limits.loc["overall", "shadow_price"]
    )


@settings(deadline=None, max_examples=20)
@given(offers, st.integers(0, 6), st.integers(0, 3), st.integers(0, 4))
def test_plans_keep_their_caps_and_shadow_prices_are_true(given_offers, capacity, manager_cap, channel_cap):
    frame = frame_of(given_offers)
    managers = dict.fromkeys(frame["manager"].unique(), manager_cap)
    channels = dict.fromkeys(frame["channel"].unique(), channel_cap)
    plan = plan_contacts(frame, capacity=capacity, manager_caps=managers, channel_caps=channels)
    assert (plan.limits["used"] <= plan.limits["cap"]).all()
    assert (plan.chosen["gain"] > 0).all()
    more = plan_contacts(frame, capacity=capacity + 1, manager_caps=managers, channel_caps=channels)
    assert more.gain - plan.gain == pytest.approx(plan.limits.loc["overall", "shadow_price"])


@settings(deadline=None, max_examples=15)
@given(offers.filter(lambda rows: len(rows) <= 8), st.integers(1, 4), st.integers(1, 2))
def test_plans_are_the_best_of_all_subsets(given_offers, capacity, cap):
    frame = frame_of(given_offers)
    plan = plan_contacts(
        frame,
        capacity=capacity,
        manager_caps=dict.fromkeys(frame["manager"].unique(), cap),
        channel_caps=dict.fromkeys(frame["channel"].unique(), cap),
    )
    best = 0.0
    for number in range(2 ** len(frame)):
        chosen = frame[[bool(number >> place & 1) for place in range(len(frame))]]
        fits = len(chosen) <= capacity and all(
            (chosen[column].value_counts() <= cap).all() for column in ("manager", "channel")
        )
        best = max(best, chosen["gain"].sum()) if fits else best
    assert plan.gain == pytest.approx(best)
