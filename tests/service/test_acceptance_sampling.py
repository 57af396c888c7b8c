"""Acceptance sampling: by hand, against enumeration, and every guard."""

from math import comb

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.service import (
    acceptance_probability,
    inspection_cost,
    rectifying_inspection,
    smallest_sampling_plan,
)


def test_type_a_curve_counts_the_ways():
    """Lot of 10 with 3 bad, 4 tested, at most 1 bad."""
    by_hand = (comb(7, 4) + 3 * comb(7, 3)) / comb(10, 4)
    assert acceptance_probability(0.3, sample=4, accept=1, lot=10) == pytest.approx(by_hand)


@pytest.mark.parametrize("lot", [None, 20])
def test_limits(lot):
    found = acceptance_probability({"clean": 0, "bad": 1}, sample=5, accept=1, lot=lot)
    assert found.to_dict() == pytest.approx({"clean": 1.0, "bad": 0.0})
    assert found.name == "acceptance_probability"


def test_whole_lot_tested_lets_through_only_what_is_allowed():
    found = acceptance_probability([0.2, 0.3], sample=10, accept=2, lot=10)
    assert found.tolist() == pytest.approx([1.0, 0.0])


def test_full_sample_leaves_no_defect():
    row = rectifying_inspection(0.1, sample=10, accept=9, lot=10).iloc[0]
    assert row["outgoing_defective"] == 0
    assert row["items_inspected"] == 10


def test_break_even_share_of_inspection():
    """Tests at 1 and escapes at 20 break even at 5 %; there, all three cost the same."""
    table = inspection_cost(
        pd.Series([0.04, 0.05, 0.06]), sample=8, accept=1, lot=50, per_item=1, per_escape=20
    )
    assert table["cheapest"].tolist() == ["no_inspection", "no_inspection", "full_inspection"]
    assert table.loc[1, ["no_inspection", "sampling", "full_inspection"]].tolist() == pytest.approx([50] * 3)


def test_smallest_plan_keeps_both_promises_and_one_less_does_not():
    plan = smallest_sampling_plan(0.02, rejectable=0.08)
    assert plan.producer_risk <= 0.05
    assert plan.consumer_risk <= 0.10
    for accept in range(plan.sample - 1):
        good, bad = acceptance_probability([0.02, 0.08], sample=plan.sample - 1, accept=accept)
        assert good < 0.95 or bad > 0.10


PLAN = {"sample": 5, "accept": 1}
COST = {**PLAN, "lot": 50, "per_item": 1, "per_escape": 9}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: acceptance_probability(2, **PLAN), "for 2 % write 0.02"),
        (lambda: acceptance_probability([0.1, None], **PLAN), "defective must hold numbers only"),
        (lambda: acceptance_probability(0.1, sample=0, accept=0), "sample must lie"),
        (lambda: acceptance_probability(0.1, sample=5, accept=5), "accept must lie"),
        (lambda: acceptance_probability(0.1, **PLAN, lot=4), "lot must lie"),
        (lambda: rectifying_inspection([], **PLAN, lot=9), "defective must have at least one row"),
        (lambda: rectifying_inspection(0.1, **PLAN, lot=4), "lot must lie"),
        (lambda: inspection_cost(0.1, **{**COST, "per_item": -1}), "per_item must lie"),
        (lambda: inspection_cost(0.1, **{**COST, "per_escape": 0}), "per_escape must lie"),
        (lambda: inspection_cost("few", **COST), "defective must be a list"),
        (lambda: smallest_sampling_plan(0.1, rejectable=0.05), "acceptable must be below rejectable"),
        (lambda: smallest_sampling_plan(0.1, rejectable=0.1001), "far enough apart"),
        (lambda: smallest_sampling_plan(0, rejectable=0.1), "acceptable must lie"),
        (lambda: smallest_sampling_plan(0.1, rejectable=0.2, producer_risk=5), "producer_risk must lie"),
        (lambda: smallest_sampling_plan(0.1, rejectable=0.2, consumer_risk=0), "consumer_risk must lie"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
