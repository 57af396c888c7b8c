"""Identities and limits of weighted factors, pairwise judgements and rankings."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casekit.strategy import (
    aggregate_judgements,
    ahp_consistency,
    ahp_weights,
    break_even_growth,
    comparison_matrix,
    direction_npv,
    factor_scores,
    ife_score,
    qspm_ranking,
    rank_probabilities,
    read_factors,
    read_tows,
    reweight,
    simulate_totals,
    tows_candidates,
    weights_that_overturn,
    wobble_weights,
)

few = settings(max_examples=25, deadline=None)
fewer = settings(max_examples=12, deadline=None)

#: Weights whose ratios stay on Saaty's scale.
importance = st.lists(st.floats(1, 8), min_size=2, max_size=7)


@st.composite
def sheets(draw):
    """A factor sheet with one to four factors of each kind."""
    records = []
    for kind, ratings in (("S", (3, 4)), ("W", (1, 2)), ("O", (1, 4)), ("T", (1, 4))):
        for number in range(draw(st.integers(1, 4))):
            weight = draw(st.floats(0.05, 1))
            records.append((f"{kind}{number + 1}", weight, draw(st.integers(*ratings))))
    sheet = pd.DataFrame(records, columns=["code", "weight", "rating"])
    return read_factors(sheet, normalise=True)


@st.composite
def choices(draw):
    """A factor sheet with the attractiveness of three directions."""
    sheet = draw(sheets())
    scores = draw(
        st.lists(
            st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=len(sheet), max_size=len(sheet)
        )
    )
    return sheet, pd.DataFrame(scores, index=list(sheet["code"]), columns=["a", "b", "c"])


def consistent(weights, pairs=None):
    pairs = pairs or itertools.combinations(range(len(weights)), 2)
    return {(f"F{i}", f"F{j}"): weights[i] / weights[j] for i, j in pairs}


@few
@given(importance)
def test_consistent_judgements_give_back_the_weights(weights):
    judgements = consistent(weights)
    assert ahp_weights(judgements).to_numpy() == pytest.approx(np.array(weights) / sum(weights), abs=1e-7)
    assert ahp_consistency(judgements).ratio == pytest.approx(0, abs=1e-6)


@few
@given(importance)
def test_a_chain_of_judgements_is_enough(weights):
    chain = consistent(weights, [(i, i + 1) for i in range(len(weights) - 1)])
    assert ahp_weights(chain).to_numpy() == pytest.approx(np.array(weights) / sum(weights), abs=1e-6)


@st.composite
def judgement_tables(draw):
    n = draw(st.integers(3, 6))
    steps = draw(st.lists(st.integers(-8, 8), min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2))
    values = [step + 1.0 if step >= 0 else 1 / (1 - step) for step in steps]
    pairs = itertools.combinations([f"F{i}" for i in range(n)], 2)
    return dict(zip(pairs, values, strict=True))


@few
@given(judgement_tables(), st.randoms(use_true_random=False))
def test_the_order_of_items_is_irrelevant(judgements, random):
    weights, ratio = ahp_weights(judgements), ahp_consistency(judgements).ratio
    items = list(weights.index)
    random.shuffle(items)
    shuffled = ahp_weights(judgements, items=items)
    assert shuffled[weights.index].to_numpy() == pytest.approx(weights.to_numpy(), abs=1e-8)
    assert ahp_consistency(judgements, items=items).ratio == pytest.approx(ratio, abs=1e-8)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    assert ratio >= 0


@few
@given(judgement_tables())
def test_a_judge_counted_twice_changes_nothing_and_the_group_stays_reciprocal(judgements):
    alone = comparison_matrix(judgements)
    pair = aggregate_judgements([judgements, alone])
    assert pair.to_numpy() == pytest.approx(alone.to_numpy())
    opposite = alone.T
    even = aggregate_judgements([alone, opposite])
    assert even.to_numpy() == pytest.approx(np.ones(alone.shape))


@fewer
@given(sheets(), st.floats(0.1, 1000), st.randoms(use_true_random=False))
def test_scores_ignore_the_order_of_rows_and_the_unit_of_weights(sheet, factor, random):
    rows = list(range(len(sheet)))
    random.shuffle(rows)
    points = sheet.assign(weight=sheet["weight"] * factor).iloc[rows]
    assert ife_score(points, normalise=True) == pytest.approx(ife_score(sheet), abs=1e-9)
    assert 1 <= ife_score(sheet) <= 4
    assert factor_scores(sheet)["weight"].sum() == pytest.approx(2)


@few
@given(sheets(), st.integers(1, 4))
def test_drafts_always_trace_back(sheet, per_cell):
    drafts = tows_candidates(sheet, per_cell=per_cell)
    assert (read_tows(drafts, sheet)["cell"] == drafts["cell"]).all()
    assert (
        not drafts.groupby("cell")["codes"]
        .apply(lambda own: own.map(lambda pair: pair[0]).duplicated().any())
        .any()
    )


@few
@given(sheets(), st.floats(0, 1), st.data())
def test_changing_one_weight_leaves_both_sides_at_one(sheet, weight, data):
    code = data.draw(st.sampled_from(list(sheet["code"])))
    changed = reweight(sheet, code, weight)
    assert changed.groupby("side")["weight"].sum().tolist() == pytest.approx([1, 1])
    assert changed.set_index("code").loc[code, "weight"] == pytest.approx(weight)


@few
@given(st.lists(st.floats(0, 1), min_size=2, max_size=8), st.floats(0.5, 1e4), st.integers(0, 2**32 - 1))
def test_wobbling_weights_add_up_to_one(weights, concentration, seed):
    assume(sum(weights) > 0.01)
    base = np.array(weights) / sum(weights)
    sets = wobble_weights(base, concentration=concentration, draws=5, rng=np.random.default_rng(seed))
    assert sets.sum(axis=1) == pytest.approx(np.ones(5))
    assert (sets >= 0).all()
    assert (sets[:, base == 0] == 0).all()


@fewer
@given(choices(), st.integers(0, 2**32 - 1))
def test_a_ranking_survives_when_the_wobble_goes_to_zero(choice, seed):
    sheet, scores = choice
    totals = qspm_ranking(sheet, scores)["total"].to_numpy()
    assume((np.abs(np.diff(totals)) > 1e-3).all())
    draws = simulate_totals(sheet, scores, concentration=1e10, draws=5, rng=np.random.default_rng(seed))
    chances = rank_probabilities(draws)
    ranked = qspm_ranking(sheet, scores)
    assert [
        chances.loc[name, rank] for name, rank in zip(ranked["strategy"], ranked["rank"], strict=True)
    ] == [1, 1, 1]


@few
@given(choices(), st.floats(1, 500), st.integers(0, 2**32 - 1))
def test_every_place_is_taken_once(choice, concentration, seed):
    sheet, scores = choice
    draws = simulate_totals(
        sheet, scores, concentration=concentration, score_slip=0.3, draws=20, rng=np.random.default_rng(seed)
    )
    chances = rank_probabilities(draws)
    assert chances.sum().tolist() == pytest.approx([1, 1, 1])
    assert chances.sum(axis=1).tolist() == pytest.approx([1, 1, 1])


@fewer
@given(choices())
def test_at_the_overturning_weight_two_directions_are_level(choice):
    sheet, scores = choice
    leader = qspm_ranking(sheet, scores)["strategy"].iloc[0]
    for found in weights_that_overturn(sheet, scores).head(1).itertuples():
        totals = qspm_ranking(reweight(sheet, found.code, min(1.0, found.needed)), scores).set_index(
            "strategy"
        )["total"]
        assert totals[leader] == pytest.approx(totals[found.new_leader], abs=1e-6)


@few
@given(st.floats(1, 100), st.floats(1, 100), st.floats(-0.2, 0.3), st.floats(0, 0.3), st.floats(0.01, 100))
def test_value_scales_with_the_currency_and_growth_helps(outlay, contribution, growth, rate, exchange):
    terms = {"discount_rate": rate, "build_years": 2, "horizon": 8}
    value = direction_npv(outlay, contribution, market_growth=growth, **terms)
    foreign = direction_npv(outlay * exchange, contribution * exchange, market_growth=growth, **terms)
    assert foreign == pytest.approx(value * exchange, rel=1e-9, abs=1e-9)
    assert direction_npv(outlay, contribution, market_growth=growth + 0.01, **terms) > value
    needed = break_even_growth(outlay, contribution, **terms)
    if not np.isnan(needed):
        assert (value > 0) == (growth > needed) or growth == pytest.approx(needed)
