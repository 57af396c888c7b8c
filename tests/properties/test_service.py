"""Identities and limits of the service measures."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.periods import PERIODS_PER_YEAR
from casekit.service import (
    OUTCOMES,
    agents_needed,
    assign_channels,
    break_even_commission,
    complaint_pareto,
    contact_hours,
    content_mix_test,
    cronbach_alpha,
    erlang_b,
    erlang_c,
    exact_multinomial_p,
    importance_performance,
    learning_curve,
    load_carried,
    net_promoter_score,
    newsvendor,
    p_chart,
    perfect_order_index,
    postponement_value,
    proportion_interval,
    queue_performance,
    recovery_tree,
    referral_growth,
    referral_multiplier,
    referral_total,
    service_level,
    trailing_commission,
    u_chart,
    value_of_complaint,
    waiting_curve,
)

few = settings(max_examples=25, deadline=None)
#: For tests that build frames.
fewer = settings(max_examples=10, deadline=None)
share = st.floats(0, 1)
inner = st.floats(0.01, 0.99)
money = st.floats(0.01, 1e6)
cells = st.fixed_dictionaries(dict.fromkeys(OUTCOMES, share))


@few
@given(share, share, share, cells, money, st.floats(0.01, 100))
def test_branches_sum_to_the_problems_and_value_scales(complain, solved, quick, buys, value, rate):
    terms = {"complaint_share": complain, "resolved_share": solved, "quick_share": quick, "repurchase": buys}
    tree = recovery_tree(1000, value=value, **terms)
    assert tree.branches["customers"].sum() == pytest.approx(1000)
    assert tree.retained + tree.lost == pytest.approx(1000)
    assert recovery_tree(1000, value=value * rate, **terms).value == pytest.approx(tree.value * rate)


@few
@given(share, share, cells, money)
def test_a_complaint_is_worth_the_slope_of_the_tree(solved, quick, buys, value):
    """One more complaint in a thousand problems changes the tree's value by value_of_complaint."""
    terms = {"resolved_share": solved, "quick_share": quick, "repurchase": buys, "value": value}
    trees = [recovery_tree(1000, complaint_share=c, **terms).value for c in (0.3, 0.301)]
    assert trees[1] - trees[0] == pytest.approx(value_of_complaint(**terms), abs=1e-6 * value)


@fewer
@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=40), st.randoms())
def test_pareto_does_not_mind_the_order_of_rows(causes, random):
    cost = dict(zip("abcde", [3.0, 1.0, 4.0, 1.0, 5.0], strict=True))
    table = complaint_pareto(causes, cost=cost)
    mixed = list(causes)
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(table, complaint_pareto(mixed, cost=cost))
    assert table["share"].sum() == pytest.approx(1)
    assert table["weight"].is_monotonic_decreasing
    assert table.loc[table["vital"], "share"].sum() >= 0.8 - 1e-9


@few
@given(st.integers(1, 300), st.data(), st.sampled_from(["wilson", "clopper-pearson", "wald"]))
def test_intervals_hold_the_share_and_mirror(trials, data, method):
    successes = data.draw(st.integers(0, trials))
    found = proportion_interval(successes, trials, method=method)
    other = proportion_interval(trials - successes, trials, method=method)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)


waits = st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=40)


@fewer
@given(waits)
def test_waiting_never_rises_and_bounds_hold_the_attainment(pairs):
    frame = pd.DataFrame(pairs, columns=["wait_seconds", "answered"])
    curve = waiting_curve(frame["wait_seconds"], frame["answered"])["still_waiting"]
    assert curve.is_monotonic_decreasing
    assert curve.between(0, 1).all()
    row = service_level(frame, [10, 20])
    assert (row["worst"] <= row["best"]).all()
    assert (row[["met", "missed", "undecided"]].sum(axis=1) == len(frame)).all()
    known = row.dropna(subset=["kaplan_meier"])
    assert (known["kaplan_meier"] >= known["worst"] - 1e-9).all()
    assert (known["kaplan_meier"] <= known["best"] + 1e-9).all()
    assert row["met"].is_monotonic_increasing


@fewer
@given(waits)
def test_without_open_tickets_all_figures_agree(pairs):
    frame = pd.DataFrame([(wait, True) for wait, _open in pairs], columns=["wait_seconds", "answered"])
    row = service_level(frame, [10]).iloc[0]
    assert row["attainment"] == pytest.approx(row["kaplan_meier"])
    assert row["worst"] == row["best"] == row["attainment"]


@few
@given(st.floats(0.01, 80), st.integers(1, 100))
def test_erlang_is_a_probability_that_falls_with_agents_and_rises_with_load(load, agents):
    for formula in (erlang_b, erlang_c):
        here = formula(load, agents=agents)
        assert 0 <= here <= 1
        assert formula(load, agents=agents + 1) <= here + 1e-12
        assert formula(load * 1.1, agents=agents) >= here - 1e-12
    assert erlang_c(load, agents=agents) >= erlang_b(load, agents=agents) - 1e-12


@few
@given(st.integers(1, 60), inner)
def test_load_carried_is_the_inverse_of_erlang_b(lines, blocking):
    assert erlang_b(load_carried(lines, blocking=blocking), agents=lines) == pytest.approx(blocking)


@few
@given(st.floats(1, 2000), st.floats(10, 600), st.floats(0, 120), st.floats(0.05, 0.95))
def test_littles_law_and_the_unit_of_time(calls, handling, target, wanted):
    terms = {"handling_seconds": handling, "target_seconds": target}
    crew = agents_needed(calls, service_level=wanted, **terms)
    desk = queue_performance(calls, agents=crew, **terms)
    assert desk["service_level"] >= wanted
    assert desk["queue_length"] == pytest.approx(calls / 3600 * desk["average_wait"])
    slow = queue_performance(
        calls / 10, agents=crew, handling_seconds=handling * 10, target_seconds=target * 10
    )
    assert slow["service_level"] == pytest.approx(desk["service_level"])


@pytest.mark.filterwarnings("ignore:net_promoter_score. all answered alike")
@few
@given(st.lists(st.integers(0, 10), min_size=2, max_size=60), st.randoms())
def test_net_promoter_score_is_the_mean_of_plus_and_minus_one(ratings, random):
    found = net_promoter_score(ratings)
    signs = np.array([1 if mark >= 9 else -1 if mark <= 6 else 0 for mark in ratings])
    assert found.score == pytest.approx(signs.mean())
    assert found.standard_error == pytest.approx(signs.std() / math.sqrt(len(signs)), abs=1e-12)
    assert found.promoters + found.passives + found.detractors == pytest.approx(1)
    mixed = list(ratings)
    random.shuffle(mixed)
    assert net_promoter_score(mixed) == found


@fewer
@given(st.lists(st.integers(1, 19), min_size=2, max_size=20))
def test_limits_surround_the_centre_and_rare_events_make_p_and_u_alike(events):
    chart = p_chart(events, 20)
    assert ((chart["lower"] <= chart["centre"]) & (chart["centre"] <= chart["upper"])).all()
    assert chart[["lower", "upper"]].stack().between(0, 1).all()
    rare, units = p_chart(events, 10**6), u_chart(events, 10**6)
    assert rare["upper"].tolist() == pytest.approx(units["upper"].tolist(), rel=1e-4)


@few
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12), st.integers(1, 9))
def test_quadrants_do_not_mind_the_scale(pairs, factor):
    grid = pd.DataFrame(pairs, columns=["importance", "performance"])
    scaled = importance_performance(grid * factor)["quadrant"]
    assert scaled.tolist() == importance_performance(grid)["quadrant"].tolist()


@few
@given(st.lists(share, min_size=1, max_size=6))
def test_the_perfect_order_is_no_better_than_its_worst_respect(rates):
    assert 0 <= perfect_order_index(rates) <= min(rates) + 1e-12
    assert perfect_order_index([*rates, 1.0]) == perfect_order_index(rates)


@few
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any))
def test_exact_p_values_are_probabilities_and_the_best_fit_has_one(counts):
    found = content_mix_test(dict(zip(["value", "feeling", "action"], counts, strict=True)))
    assert 0 <= found.p_exact <= 1
    assert 0 <= found.p_value <= 1
    assert exact_multinomial_p(counts[::-1], [0.1, 0.2, 0.7]) == pytest.approx(found.p_exact)
    assert exact_multinomial_p([7, 2, 1], [0.7, 0.2, 0.1]) == pytest.approx(1)


@few
@given(st.integers(0, 10), st.integers(1, 10))
def test_the_exact_test_of_two_kinds_is_the_binomial(heads, tails):
    size = heads + tails
    chance = [math.comb(size, k) / 2**size for k in range(size + 1)]
    far = sum(value for value in chance if value <= chance[heads] * (1 + 1e-9))
    assert exact_multinomial_p([heads, tails], [0.5, 0.5]) == pytest.approx(far)


@fewer
@given(st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_exchange_improves_an_assignment(rows):
    fit = pd.DataFrame(rows, columns=["a", "b", "c"])
    room = {"a": 1, "b": 1, "c": 2}
    found = assign_channels(fit, capacity=room)
    used = found["channel"].value_counts().reindex(list(room), fill_value=0)
    assert (used <= pd.Series(room)).all()
    free = assign_channels(fit)
    assert free["fit"].tolist() == fit.max(axis=1).tolist()
    assert found["fit"].sum() <= free["fit"].sum()
    cost = assign_channels(100 - fit, capacity=room, maximise=False)
    assert (100 - cost["fit"]).sum() == pytest.approx(found["fit"].sum())


@fewer
@given(st.floats(0.1, 20), st.floats(1, 90), st.sampled_from(sorted(PERIODS_PER_YEAR)))
def test_hours_of_a_year_are_the_same_in_every_unit(times, minutes, unit):
    """Times a year, or so many times a month, are the same work."""
    cadence = pd.DataFrame(
        {"tier": ["A", "B"], "activity": "call", "per": ["year", unit], "minutes": minutes}
    ).assign(times=[times, times / PERIODS_PER_YEAR[unit]])
    hours = contact_hours({"A": 3, "B": 3}, cadence)["hours"]
    assert hours["A"] == pytest.approx(hours["B"])
    assert hours["A"] == pytest.approx(3 * times * minutes / 60)


@fewer
@given(st.floats(0, 0.95), st.floats(1, 1e4))
def test_rounds_add_up_to_the_total_and_the_multiplier(coefficient, seeds):
    rounds = referral_growth(seeds, coefficient, generations=400)
    total = referral_total(seeds, coefficient)
    assert rounds["total"].iloc[-1] == pytest.approx(total)
    came_by_referral = (total - seeds) / total
    assert referral_multiplier(came_by_referral) == pytest.approx(total / seeds)


@few
@given(share.filter(lambda value: value < 0.999), share)
def test_less_increment_less_growth(part, incremental):
    assert 1 <= referral_multiplier(part, incremental=incremental) <= referral_multiplier(part)


@few
@given(money, st.floats(0.001, 1), st.floats(0.01, 0.99), st.floats(0.001, 0.5))
def test_commission_is_the_sum_of_its_payments(sales, rate, retention, discount):
    worth = trailing_commission(sales, commission_rate=rate, retention_rate=retention, discount_rate=discount)
    step = retention / (1 + discount)
    assert worth == pytest.approx(rate * sales * step / (1 - step))
    back = break_even_commission(worth, sales=sales, retention_rate=retention, discount_rate=discount)
    assert back == pytest.approx(rate)


@few
@given(st.floats(0.001, 0.5))
def test_a_customer_who_never_leaves_is_a_perpetuity(discount):
    worth = trailing_commission(100, commission_rate=0.01, retention_rate=1, discount_rate=discount)
    assert worth == pytest.approx(1 / discount)


@fewer
@given(st.floats(10, 1000), st.floats(0, 300), st.floats(1, 50), inner, st.floats(0.1, 10))
def test_the_best_order_beats_others_and_profit_scales(mean, sd, cost, part, rate):
    terms = {"price": cost / part, "cost": cost}
    best = newsvendor(mean, sd, **terms)
    for other in (0.8 * best.quantity, 1.2 * best.quantity + 1):
        worse = newsvendor(mean, sd, quantity=other, **terms)
        assert worse.expected_profit <= best.expected_profit + 1e-6 * mean * cost / part
    known = (cost / part - cost) * mean
    assert known - best.expected_profit == pytest.approx(best.mismatch_cost, abs=1e-6 * known + 1e-6)
    scaled = newsvendor(mean, sd, price=rate * cost / part, cost=rate * cost)
    assert scaled.quantity == pytest.approx(best.quantity)
    assert scaled.expected_profit == pytest.approx(rate * best.expected_profit, abs=1e-6 * rate * known)


@fewer
@given(st.lists(st.floats(1, 100), min_size=2, max_size=6), st.floats(0, 1))
def test_pooling_never_costs_and_perfect_correlation_gains_nothing(sds, correlation):
    means = [200.0] * len(sds)
    found = postponement_value(means, sds, price=10, cost=4, correlation=correlation)
    assert found["saving"] >= -1e-6
    assert found["pooled_sd"] <= found["separate_sd"] + 1e-9
    together = postponement_value(means, sds, price=10, cost=4, correlation=1)
    assert together["saving"] == pytest.approx(0, abs=1e-6)


@fewer
@given(st.floats(0.5, 1), st.floats(1, 1000), st.integers(1, 60))
def test_doubling_leaves_the_same_share(rate, first, units):
    for model, column in (("unit", "unit_time"), ("cumulative_average", "average_time")):
        table = learning_curve(2 * units, first=first, rate=rate, model=model)
        assert table.loc[2 * units, column] == pytest.approx(rate * table.loc[units, column])
        assert table["unit_time"].sum() == pytest.approx(table["total_time"].iloc[-1])


@fewer
@given(
    st.lists(st.lists(st.integers(1, 7), min_size=3, max_size=3), min_size=4, max_size=20), st.integers(1, 5)
)
def test_alpha_does_not_mind_order_or_unit(rows, factor):
    answers = pd.DataFrame(rows, columns=list("abc"))
    if (answers.var() < 1e-9).any() or answers.sum(axis=1).var() < 1e-9:
        return
    alpha = cronbach_alpha(answers).alpha
    assert alpha <= 1 + 1e-12
    assert cronbach_alpha(answers[["c", "a", "b"]].iloc[::-1] * factor + 2).alpha == pytest.approx(alpha)


@fewer
@given(st.lists(st.integers(1, 7), min_size=3, max_size=20).filter(lambda marks: len(set(marks)) > 1))
def test_the_same_question_thrice_has_alpha_one(marks):
    assert cronbach_alpha(pd.DataFrame({"a": marks, "b": marks, "c": marks})).alpha == pytest.approx(1)
