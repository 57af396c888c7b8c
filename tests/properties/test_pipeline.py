"""Identities and limits of qualification, credit, gates, pipeline, buyer types and win rates."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casekit.selling import (
    best_response,
    buyer_type_probabilities,
    buying_centre_coverage,
    classify_buyers,
    compare_win_rates,
    cost_by_cut_off,
    cost_sensitive_threshold,
    default_probability,
    funnel_conversion,
    gate_decision,
    gate_value,
    grant_credit,
    misclassification_cost,
    phase_survival,
    pipeline_velocity,
    plan_call_hours,
    power_two_rates,
    qualification_score,
    sample_size_two_rates,
    shrink_to_mean,
    stage_probability,
    staged_value,
    style_probabilities,
    uplift_posterior,
    warning_sign_weights,
    weighted_forecast,
)

quick = settings(max_examples=25, deadline=None)
few = settings(max_examples=10, deadline=None)  # several calls each
shares = st.floats(0, 1)
inner = st.floats(0.02, 0.98)
money = st.floats(0.01, 1e6)
CRITERIA = ["need", "volume", "purchasing_power", "authority", "credit"]
ratings = st.lists(st.tuples(*[st.integers(1, 5)] * 5), min_size=1, max_size=8)
deals = st.lists(st.tuples(money, shares, st.floats(0.5, 50)), min_size=1, max_size=7)
groups = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def rated(rows):
    return pd.DataFrame(rows, columns=CRITERIA)


def raw_weights(count):
    return st.lists(st.floats(0.01, 1), min_size=count, max_size=count)


@few
@given(ratings, raw_weights(5))
def test_scores_lie_in_0_1_and_ignore_row_order(rows, raw):
    weights = dict(zip(CRITERIA, np.array(raw) / sum(raw), strict=True))
    table = qualification_score(rated(rows), weights=weights)
    assert table["score"].between(0, 1).all()
    back = qualification_score(rated(rows).iloc[::-1], weights=weights)
    pd.testing.assert_frame_equal(back.sort_index(), table)


@few
@given(ratings, st.sampled_from(CRITERIA))
def test_a_better_rating_never_lowers_the_score_nor_disqualifies(rows, name):
    frame = rated(rows)
    better = frame.assign(**{name: (frame[name] + 1).clip(upper=5)})
    rule = {"knock_outs": {"credit": 2, "authority": 2}}
    before, after = qualification_score(frame, **rule), qualification_score(better, **rule)
    assert (after["score"] >= before["score"]).all()
    assert (after["qualified"] >= before["qualified"]).all()


@few
@given(deals, st.floats(0, 100))
def test_whole_deals_never_earn_more_than_split_ones(rows, hours):
    frame = pd.DataFrame(rows, columns=["margin", "win_probability", "hours"])
    whole, split = (plan_call_hours(frame, hours=hours, divisible=divisible) for divisible in (False, True))
    assert whole.expected_margin <= split.expected_margin + 1e-6 * (1 + split.expected_margin)
    assert whole.hours <= hours + 1e-6
    assert split.hours <= hours + 1e-6


@few
@given(st.lists(st.tuples(shares, st.floats(0.01, 1), st.floats(-1, 1)), min_size=1, max_size=6))
def test_support_and_coverage_stay_in_their_range(rows):
    people = pd.DataFrame(rows, columns=["_", "influence", "attitude"]).assign(role="user")
    people["person"] = [f"p{place}" for place in range(len(people))]
    centre = buying_centre_coverage(people)
    assert -1 - 1e-9 <= centre.support <= 1 + 1e-9
    assert centre.coverage == pytest.approx(1 / 6)
    mirrored = buying_centre_coverage(people.assign(attitude=-people["attitude"]))
    assert mirrored.support == pytest.approx(-centre.support)


@quick
@given(st.lists(st.booleans(), min_size=4, max_size=30), inner, st.floats(-3, 3))
def test_default_probability_moves_with_the_sign_of_the_weight(signs, base_rate, weight):
    frame = pd.DataFrame({"sign": signs})
    found = default_probability(frame, base_rate=base_rate, weights={"sign": weight})
    assert found.between(0, 1).all()
    seen, unseen = found[frame["sign"]], found[~frame["sign"]]
    assert unseen.to_numpy() == pytest.approx(base_rate)
    assert ((seen - base_rate) * np.sign(weight) >= -1e-12).all()


@few
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=6, max_size=40), st.floats(0.1, 2))
def test_one_sign_reproduces_bayes(rows, prior):
    frame = pd.DataFrame(rows, columns=["sign", "bad"])
    assume(frame["bad"].nunique() == 2)
    weights = warning_sign_weights(frame[["sign"]], frame["bad"], prior=prior)
    share = frame["bad"].mean()
    bad, good = weights["share_defaulted"].item(), weights["share_paid"].item()
    found = default_probability({"sign": True}, base_rate=share, weights=weights).item()
    assert found == pytest.approx(share * bad / (share * bad + (1 - share) * good))
    assert weights["information_value"].item() >= -1e-12


@quick
@given(inner, money, money, st.floats(0.05, 1), st.floats(0.1, 100))
def test_credit_is_granted_below_the_threshold_in_any_currency(chance, credit, margin, loss, rate):
    even = cost_sensitive_threshold(false_alarm=margin, miss=loss * credit)
    table = grant_credit([chance], credit=credit, margin=margin, loss_given_default=loss)
    assert table["break_even"].item() == pytest.approx(even)
    assert 0 <= even <= 1
    scaled = grant_credit([chance], credit=rate * credit, margin=rate * margin, loss_given_default=loss)
    assert scaled["break_even"].item() == pytest.approx(even)
    if abs(chance - even) > 1e-6 and abs(table["expected_profit"].item()) > 1e-6:
        assert table["grant"].item() == (chance < even)


@quick
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30), money, money)
def test_cut_offs_run_from_refusing_all_to_refusing_nobody(rows, miss, alarm):
    frame = pd.DataFrame(rows, columns=["score", "bad"])
    assume(frame["bad"].nunique() == 2)
    table = cost_by_cut_off(frame["score"], frame["bad"], miss=miss, false_alarm=alarm)
    assert table["cost"].iloc[0] == pytest.approx((1 - frame["bad"].mean()) * alarm)
    assert table["cost"].iloc[-1] == pytest.approx(frame["bad"].mean() * miss)
    assert (table["refused"].diff().dropna() < 0).all()


@few
@given(raw_weights(3), st.lists(st.floats(-100, 100), min_size=6, max_size=6), st.floats(-50, 50))
def test_knowing_the_type_never_hurts_and_fixed_sums_do_not_matter(raw, values, shift):
    beliefs = dict(zip("abc", np.array(raw) / sum(raw), strict=True))
    payoffs = pd.DataFrame(np.reshape(values, (2, 3)), columns=list("abc"))
    found, moved = (best_response(beliefs, payoffs=table).iloc[0] for table in (payoffs, payoffs + shift))
    assert found["value_of_knowing"] >= 0
    assert found["lead"] >= -1e-9
    assert moved["expected_payoff"] == pytest.approx(found["expected_payoff"] + shift, abs=1e-6)
    assert moved["value_of_knowing"] == pytest.approx(found["value_of_knowing"], abs=1e-6)


@quick
@given(st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_without_costs_the_mean_cost_is_the_share_of_mistakes(counts):
    assume(sum(counts) > 0)
    table = pd.DataFrame(np.reshape(counts, (2, 2)), index=["a", "b"], columns=["a", "b"])
    assert misclassification_cost(table) == pytest.approx((counts[1] + counts[2]) / sum(counts))


@quick
@given(st.lists(st.sampled_from(["yes", "unsure", "no"]), min_size=1, max_size=5))
def test_a_gate_does_not_care_about_the_order_of_questions(answers):
    assert gate_decision(answers) == gate_decision(answers[::-1])
    assert (gate_decision(answers) == "advance") == (set(answers) == {"yes"})
    assert gate_decision([*answers, "no"]) == "stop"


@few
@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=30))
def test_survival_falls_from_1_and_equals_the_share_left_without_open_deals(rows):
    frame = pd.DataFrame(rows, columns=["days", "open"]).assign(phase="x")
    curve = phase_survival(frame)["survival"]
    assert curve.between(0, 1).all()
    assert (curve.diff().dropna() <= 1e-12).all()
    closed = phase_survival(frame.assign(open=False))
    shares_left = [(frame["days"] > day).mean() for day in closed["days"]]
    assert closed["survival"].tolist() == pytest.approx(shares_left, abs=1e-9)


@few
@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.1, 5), st.floats(0.1, 5))
def test_stage_probability_lies_between_prior_and_record(wins, losses, a, b):
    row = stage_probability({"s": {"wins": wins, "losses": losses}}, prior=(a, b)).iloc[0]
    assert 0 <= row["low"] <= row["high"] <= 1
    if wins + losses:
        ends = sorted([a / (a + b), wins / (wins + losses)])
        assert ends[0] - 1e-9 <= row["probability"] <= ends[1] + 1e-9
    more = stage_probability({"s": {"wins": wins + 1, "losses": losses}}, prior=(a, b)).iloc[0]
    assert more["probability"] > row["probability"]


@few
@given(deals, st.floats(0.01, 100))
def test_forecasts_scale_with_the_currency_and_add_up_over_stages(rows, rate):
    frame = pd.DataFrame(rows, columns=["value", "probability", "_"])
    frame["stage"] = ["a" if place % 2 else "b" for place in range(len(frame))]
    one, other = weighted_forecast(frame), weighted_forecast(frame.assign(value=rate * frame["value"]))
    assert one["weighted"].sum() == pytest.approx((frame["value"] * frame["probability"]).sum())
    assert other["weighted"].tolist() == pytest.approx((rate * one["weighted"]).tolist())
    assert other["standard_deviation"].tolist() == pytest.approx((rate * one["standard_deviation"]).tolist())


@quick
@given(money, money, shares, st.floats(0.1, 1e4), st.floats(0.1, 10))
def test_velocity_is_proportional_to_each_lever(count, value, rate, days, factor):
    base = pipeline_velocity(count, deal_value=value, win_rate=rate, cycle_length=days)
    longer = pipeline_velocity(count, deal_value=value, win_rate=rate, cycle_length=days * factor)
    assert longer == pytest.approx(base / factor)
    assert pipeline_velocity(
        count * factor, deal_value=value, win_rate=rate, cycle_length=days
    ) == pytest.approx(base * factor)


@quick
@given(money, shares, money, shares, shares, st.floats(0.1, 10))
def test_a_sharper_gate_is_worth_more(margin, chance, cost, stops, wrong, rate):
    terms = {"win_probability": chance, "late_cost": cost, "stops_won": wrong}
    one, perfect = (gate_value(margin, stops_lost=share, **terms)["value"] for share in (stops, 1.0))
    assert perfect >= one - 1e-6
    scaled = gate_value(rate * margin, stops_lost=stops, **terms | {"late_cost": rate * cost})["value"]
    assert scaled == pytest.approx(rate * one, rel=1e-6, abs=1e-6)


@few
@given(st.lists(st.tuples(st.floats(0, 100), shares), min_size=1, max_size=6), st.floats(0, 1e4))
def test_the_right_to_stop_is_never_worth_less_than_nothing(rows, margin):
    table = staged_value(pd.DataFrame(rows, columns=["cost", "pass_probability"]), margin=margin)
    assert (table["value"] >= 0).all()
    assert (table["gates_worth"] >= 0).all()
    assert (table["value"] >= table["committed"] - 1e-6).all()
    sure = staged_value(
        pd.DataFrame(rows, columns=["cost", "pass_probability"]).assign(pass_probability=1.0), margin=margin
    )
    assert sure["gates_worth"].tolist() == pytest.approx([0.0] * len(rows), abs=1e-6)


@few
@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=10), st.floats(0.05, 1))
def test_the_likeliest_type_is_the_nearest_if_types_are_alike_common(rows, spread):
    frame = pd.DataFrame(rows, columns=["risk", "help"])
    chances = buyer_type_probabilities(frame, spread=spread)
    assert chances.sum(axis=1).to_numpy() == pytest.approx(1)
    nearest = classify_buyers(frame)
    clear = nearest["lead"] > 1e-6
    assert (chances.idxmax(axis=1)[clear] == nearest["type"][clear]).all()


@few
@given(groups, groups)
def test_swapping_the_groups_turns_the_difference_round(first, second):
    one = compare_win_rates([first[0], second[0]], deals=[first[1], second[1]])
    other = compare_win_rates([second[0], first[0]], deals=[second[1], first[1]])
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))
    assert one.low <= one.difference <= one.high
    assert one.low >= -1 - 1e-9
    assert one.high <= 1 + 1e-9
    if not math.isnan(one.p_value):
        assert 0 <= one.p_value <= 1
        assert other.p_value == pytest.approx(one.p_value)


@settings(max_examples=5, deadline=None)
@given(groups, groups)
def test_posterior_of_swapped_groups(first, second):
    one = uplift_posterior([first[0], second[0]], deals=[first[1], second[1]])
    other = uplift_posterior([second[0], first[0]], deals=[second[1], first[1]])
    assert one.probability_better + other.probability_better == pytest.approx(1, abs=1e-4)
    assert one.low <= one.difference + 1e-6
    assert one.difference <= one.high + 1e-6
    assert one.ratio_low <= one.ratio <= one.ratio_high


@quick
@given(inner, inner, st.sampled_from(["pooled", "unpooled", "arcsine"]), st.sampled_from([1, 2]))
def test_the_size_is_the_smallest_with_the_power(rate, other, method, sides):
    assume(abs(rate - other) > 0.02)
    terms = {"method": method, "sides": sides}
    n = sample_size_two_rates(rate, other, **terms)
    assert n == sample_size_two_rates(other, rate, **terms)
    assert power_two_rates(n, rate=rate, other_rate=other, **terms) >= 0.8 - 1e-6
    if n > 2:
        assert power_two_rates(n - 1, rate=rate, other_rate=other, **terms) < 0.8 + 1e-6


@few
@given(st.lists(st.integers(0, 300), min_size=2, max_size=6), shares)
def test_funnel_rates_multiply_to_the_share_of_all(counts, alarm):
    stages = sorted(counts, reverse=True)
    assume(stages[-1] > 0)
    table = funnel_conversion(stages, alarm=alarm)
    assert table["rate"].cumprod().tolist() == pytest.approx(table["of_all"].tolist())
    assert (table["low"] <= table["rate"]).all()
    assert (table["rate"] <= table["high"]).all()
    assert table["chance_below"].between(0, 1).all()
    stricter = funnel_conversion(stages, alarm=min(1.0, alarm + 0.1))
    assert (stricter["chance_below"] >= table["chance_below"] - 1e-12).all()


@few
@given(
    st.lists(
        st.sampled_from(["speaks_fast", "asks_for_facts", "lively_voice", "decides_slowly"]), unique=True
    )
)
def test_styles_add_up(cues):
    assume(cues)
    found = style_probabilities(dict.fromkeys(cues, True))
    assert found.sum(axis=1).item() == pytest.approx(1)
    assert found.to_numpy().min() >= 0


@few
@given(st.lists(st.floats(-100, 100), min_size=4, max_size=12), st.floats(0, 50), st.floats(-10, 10))
def test_shrinking_keeps_the_mean_and_moves_with_a_shift(scores, noise, shift):
    table = shrink_to_mean(scores, error_variance=noise)
    assert table["shrunk"].mean() == pytest.approx(np.mean(scores), abs=1e-6)
    assert table["weight"].between(0, 1).all()
    moved = shrink_to_mean([score + shift for score in scores], error_variance=noise)
    assert moved["shrunk"].to_numpy() == pytest.approx(table["shrunk"].to_numpy() + shift, abs=1e-5)
