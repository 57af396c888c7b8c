"""Identities and limits of the canvas, of Kano, of interviews and of development processes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.strategy import (
    canvas_fit,
    development_matrix,
    development_outlook,
    errc_grid,
    fong_test,
    interviews_needed,
    kano_coefficients,
    kano_intervals,
    kano_results,
    minimum_features,
    needs_identified,
    opportunity_scores,
    saturation_curve,
    unheard_needs,
)

few = settings(max_examples=25, deadline=None)
# frames are slow: fewer examples, and no deadline on a busy machine
fewer = settings(max_examples=8, deadline=None)
shape = st.floats(0.1, 20)
marks = st.floats(0, 10)
NEEDS = list("abcdef")


@st.composite
def canvases(draw):
    features = draw(st.lists(st.sets(st.sampled_from(NEEDS)), min_size=1, max_size=7))
    return {f"f{number}": sorted(own) for number, own in enumerate(features)}


@fewer
@given(canvases(), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_the_set_answers_all_that_can_be_and_no_subset_is_cheaper(links, prices):
    costs = {feature: prices[number] for number, feature in enumerate(links)}
    exact = minimum_features(NEEDS, links, costs=costs)
    greedy = minimum_features(NEEDS, links, costs=costs, method="greedy")
    reachable = {need for own in links.values() for need in own}
    for plan in (exact, greedy):
        assert {need for feature in plan.features for need in links[feature]} == reachable
        assert set(plan.uncovered) == set(NEEDS) - reachable
        assert plan.cost == sum(costs[feature] for feature in plan.features)
    names = list(links)
    cheapest = min(
        sum(costs[name] for name in chosen)
        for bits in range(2 ** len(names))
        if (chosen := [name for place, name in enumerate(names) if bits >> place & 1]) is not None
        and {need for name in chosen for need in links[name]} == reachable
    )
    assert exact.cost == cheapest
    assert exact.cost <= greedy.cost <= exact.cost * sum(1 / n for n in range(1, len(NEEDS) + 1)) + 1e-9


@fewer
@given(canvases(), st.lists(st.floats(0.1, 10), min_size=6, max_size=6), st.floats(0.1, 100))
def test_fit_is_a_share_grows_with_features_and_ignores_the_scale(links, importance, factor):
    needs = pd.DataFrame({"need": NEEDS, "importance": importance})
    score = canvas_fit(needs, links).score
    assert 0 <= score <= 1
    assert canvas_fit(needs.assign(importance=needs["importance"] * factor), links).score == pytest.approx(
        score
    )
    assert canvas_fit(needs.iloc[::-1], links).score == pytest.approx(score)
    assert canvas_fit(needs, {**links, "more": ["a"]}).score >= score - 1e-12
    assert canvas_fit(needs, {**links, "all": NEEDS}).score == pytest.approx(1)


@fewer
@given(st.lists(st.tuples(marks, marks), min_size=1, max_size=8))
def test_opportunity_lies_between_importance_and_twice_it(pairs):
    table = opportunity_scores(pd.DataFrame(pairs, columns=["importance", "satisfaction"]))
    assert (table["opportunity"] >= table["importance"]).all()
    assert (table["opportunity"] <= 2 * table["importance"]).all()
    assert table["opportunity"].is_monotonic_decreasing


@fewer
@given(st.lists(st.tuples(marks, marks, marks), min_size=1, max_size=8), st.floats(-5, 5))
def test_the_actions_do_not_depend_on_where_the_scale_starts(rows, shift):
    curve = pd.DataFrame(rows, columns=["us", "a", "b"]).round(3)
    moved = errc_grid(curve + shift, own="us", floor=shift, step=1.0005)
    assert moved["action"].tolist() == errc_grid(curve, own="us", step=1.0005)["action"].tolist()


@fewer
@given(st.lists(st.integers(0, 50), min_size=6, max_size=6), st.integers(1, 50), st.integers(2, 20))
def test_kano_coefficients_are_shares_and_ignore_the_sample_size(cells, sure, times):
    counts = dict(zip("MOAIRQ", cells, strict=True))
    counts["I"] += sure
    found = kano_results(counts).iloc[0]
    assert 0 <= found["better"] <= 1
    assert -1 <= found["worse"] <= 0
    assert found["better_low"] <= found["better"] <= found["better_high"]
    assert found["worse_low"] <= found["worse"] <= found["worse_high"]
    many = {letter: n * times for letter, n in counts.items()}
    assert kano_coefficients(many).iloc[0].tolist() == pytest.approx(
        kano_coefficients(counts).iloc[0].tolist()
    )
    wide, slim = kano_intervals(counts).iloc[0], kano_intervals(many).iloc[0]
    assert slim["better_high"] - slim["better_low"] < wide["better_high"] - wide["better_low"]
    fong = fong_test(counts).iloc[0]
    assert not fong["distinct"] or fong_test(many)["distinct"].iloc[0]


@few
@given(shape, shape, st.integers(0, 60))
def test_needs_heard_rise_with_interviews_and_start_at_the_mean(alpha, beta, n):
    share = needs_identified(n, alpha=alpha, beta=beta)
    assert 0 <= share <= needs_identified(n + 1, alpha=alpha, beta=beta) <= 1
    assert needs_identified(0, alpha=alpha, beta=beta) == pytest.approx(0, abs=1e-12)
    assert needs_identified(1, alpha=alpha, beta=beta) == pytest.approx(alpha / (alpha + beta))


@few
@given(st.floats(0.05, 0.9), st.integers(1, 40))
def test_alike_needs_are_the_limit_of_the_beta(chance, n):
    size = 1e6
    share = needs_identified(n, alpha=chance * size, beta=(1 - chance) * size)
    assert share == pytest.approx(1 - (1 - chance) ** n, abs=1e-3)


@few
@given(st.floats(0.3, 5), shape, st.floats(0.01, 0.9))
def test_interviews_needed_are_enough_and_one_less_is_not(alpha, beta, share):
    n = interviews_needed(share, alpha=alpha, beta=beta)
    assert needs_identified(n, alpha=alpha, beta=beta) >= share - 1e-9
    assert needs_identified(n - 1, alpha=alpha, beta=beta) < share


@fewer
@given(st.integers(2, 9), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_saturation_ignores_the_order_and_slows_down(interviews, needs, seed):
    rng = np.random.default_rng(seed)
    heard = pd.DataFrame((rng.random((interviews, needs)) < 0.4).astype(int))
    heard.iloc[0, 0] = 1
    curve = saturation_curve(heard)
    shuffled = heard.iloc[rng.permutation(interviews)]
    assert saturation_curve(shuffled)["needs"].tolist() == pytest.approx(curve["needs"].tolist())
    assert (curve["new"].diff().dropna() <= 1e-9).all()
    assert curve["needs"].iloc[-1] == pytest.approx(heard.any().sum())
    assert unheard_needs(heard) >= 0


@st.composite
def processes(draw):
    size = draw(st.integers(1, 5))
    rows = []
    for number in range(size):
        advance = draw(st.floats(0.05, 0.9))
        stop = draw(st.floats(0.05, 1)) * (1 - advance)
        rows.append(
            (f"s{number}", advance, stop, f"s{draw(st.integers(0, size - 1))}", draw(st.floats(0, 100)))
        )
    return pd.DataFrame(rows, columns=["stage", "advance", "stop", "back_to", "cost"])


@fewer
@given(processes(), st.floats(0.01, 100))
def test_projects_end_costs_scale_and_success_is_a_probability(stages, exchange):
    matrix = development_matrix(stages)
    assert matrix.sum(axis=1).tolist() == pytest.approx([1] * len(matrix))
    outlook = development_outlook(stages)
    assert 0 < outlook.success_rate <= 1
    far = np.linalg.matrix_power(matrix.to_numpy(), 4096)[0]
    assert far[-2] == pytest.approx(outlook.success_rate, abs=1e-6)
    foreign = development_outlook(stages.assign(cost=stages["cost"] * exchange))
    assert foreign.cost == pytest.approx(outlook.cost * exchange)
    never_back = stages.assign(stop=1 - stages["advance"])
    assert development_outlook(never_back).success_rate == pytest.approx(float(stages["advance"].prod()))
