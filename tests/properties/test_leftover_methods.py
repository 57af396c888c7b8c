"""Identities of acceptance sampling, response curves, baskets and similarity."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.information import gower_similarity
from casekit.segments import basket_quadrants, product_pairs
from casekit.selling import adbudg_response, best_effort, calibrate_adbudg
from casekit.service import acceptance_probability, inspection_cost, rectifying_inspection

few = settings(max_examples=30, deadline=None)
shares = st.floats(0, 1)
samples = st.integers(2, 60)


@few
@given(st.lists(shares, min_size=2, max_size=6), samples, st.data())
def test_worse_lots_are_accepted_less_often(defective, sample, data):
    accept = data.draw(st.integers(0, sample - 1))
    found = acceptance_probability(sorted(defective), sample=sample, accept=accept)
    assert found.between(0, 1).all()
    assert (found.diff().dropna() <= 1e-12).all()
    stricter = acceptance_probability(sorted(defective), sample=sample, accept=max(0, accept - 1))
    assert (stricter <= found + 1e-12).all()


@few
@given(st.integers(0, 1000), samples)
def test_a_huge_lot_behaves_like_a_process(bad, sample):
    share = bad / 1000
    drawn = acceptance_probability(share, sample=sample, accept=1, lot=10_000_000)
    assert drawn == pytest.approx(acceptance_probability(share, sample=sample, accept=1), abs=1e-4)


@few
@given(shares, samples, st.integers(60, 5000), st.floats(0.01, 5), st.floats(0.1, 500))
def test_no_sampling_plan_beats_the_better_extreme(share, sample, lot, per_item, per_escape):
    row = inspection_cost(
        share, sample=sample, accept=1, lot=lot, per_item=per_item, per_escape=per_escape
    ).iloc[0]
    assert row["sampling"] >= min(row["no_inspection"], row["full_inspection"]) - 1e-6
    flow = rectifying_inspection(share, sample=sample, accept=1, lot=lot).iloc[0]
    assert flow["outgoing_defective"] <= share
    assert sample - 1e-9 <= flow["items_inspected"] <= lot + 1e-9


@few
@given(st.floats(0, 50), st.floats(1, 20), st.floats(1, 20), st.floats(1, 20), st.floats(0.1, 1000))
def test_the_curve_goes_through_the_four_answers(minimum, step, more, rest, effort):
    current, half_more, maximum = minimum + step, minimum + step + more, minimum + step + more + rest
    curve = calibrate_adbudg(current, minimum=minimum, maximum=maximum, half_more=half_more, effort=effort)
    assert adbudg_response(0, curve=curve) == minimum
    assert adbudg_response(effort, curve=curve) == pytest.approx(current)
    assert adbudg_response(1.5 * effort, curve=curve) == pytest.approx(half_more)
    assert adbudg_response(1e300, curve=curve) == pytest.approx(maximum)
    assert curve == calibrate_adbudg(
        current, minimum=minimum, maximum=maximum, half_more=half_more, effort=effort
    )


@few
@given(st.floats(1.01, 3), st.floats(0.1, 50), st.floats(1, 100))
def test_no_effort_tried_leaves_more_than_the_best(half_more, margin, limit):
    curve = calibrate_adbudg(1, minimum=0, maximum=4, half_more=half_more)
    plan = best_effort(curve, margin=margin, limit=limit)
    tried = np.linspace(0, limit, 57)
    profits = margin * adbudg_response(tried, curve=curve) - tried
    assert plan.profit >= profits.max() - 1e-6
    assert plan.profit >= plan.profit_without


lines = st.lists(st.tuples(st.integers(0, 6), st.sampled_from("abcd")), min_size=1, max_size=25)


@few
@given(lines, st.randoms())
def test_pairs_do_not_depend_on_order_and_lift_is_symmetric(rows, shuffle):
    table = pd.DataFrame(rows, columns=["order_id", "product"])
    pairs = product_pairs(table)
    shuffle.shuffle(rows)
    pd.testing.assert_frame_equal(pairs, product_pairs(pd.DataFrame(rows, columns=table.columns)))
    assert pairs["confidence"].between(0, 1).all()
    lift = pairs.set_index(["product", "other"])["lift"]
    for (one, other), value in lift.items():
        assert lift[(other, one)] == pytest.approx(value)


@few
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 900)), min_size=1, max_size=8))
def test_quadrants_do_not_depend_on_the_currency(customers):
    table = pd.DataFrame(customers, columns=["purchases", "amount"])
    dollars = basket_quadrants(table.assign(amount=table["amount"] * 8))
    assert dollars["quadrant"].tolist() == basket_quadrants(table)["quadrant"].tolist()


records = st.lists(
    st.fixed_dictionaries({"a": st.integers(-50, 50), "b": st.sampled_from("xyz"), "c": st.booleans()}),
    min_size=1,
    max_size=6,
)


@few
@given(records, st.floats(0.1, 100))
def test_similarity_is_a_symmetric_share_without_units(rows, scale):
    table = pd.DataFrame(rows)
    found = gower_similarity(table)
    assert ((found >= 0) & (found <= 1 + 1e-12)).all().all()
    assert np.allclose(found, found.T)
    assert np.allclose(np.diag(found), 1)
    assert np.allclose(found, gower_similarity(table.assign(a=table["a"] * scale)))
    assert np.allclose(found, gower_similarity(table, weights={"a": scale, "b": scale, "c": scale}))
