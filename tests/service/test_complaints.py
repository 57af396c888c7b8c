"""Recovery tree, value of a complaint, Pareto, paradox, by hand."""

import pandas as pd
import pytest

from casekit.service import (
    OUTCOMES,
    break_even_desk_cost,
    complaint_pareto,
    recovery_paradox,
    recovery_tree,
    tarp_cells,
    value_of_complaint,
)

BUYS = {"silent": 0.1, "unresolved": 0.2, "resolved": 0.5, "resolved_quickly": 0.9}
SHARES = {"complaint_share": 0.4, "resolved_share": 0.5, "quick_share": 0.25}


def test_branches_by_hand():
    """100 problems: 60 silent, 20 unresolved, 15 resolved, 5 quickly."""
    tree = recovery_tree(100, repurchase=BUYS, value=10, **SHARES)
    assert tree.branches["customers"].tolist() == pytest.approx([60, 20, 15, 5])
    assert tree.branches["retained"].tolist() == pytest.approx([6, 4, 7.5, 4.5])
    assert (tree.retained, tree.lost, tree.value) == pytest.approx((22, 78, 220))


def test_word_of_mouth_counts_with_its_sign():
    told = {"silent": -4, "unresolved": -9, "resolved": 0, "resolved_quickly": 5}
    tree = recovery_tree(100, repurchase=BUYS, value=10, told=told, conversion=0.1, **SHARES)
    assert tree.branches["told"].tolist() == pytest.approx([-240, -180, 0, 25])
    assert tree.won_by_word == pytest.approx(-39.5)
    assert tree.value == pytest.approx((22 - 39.5) * 10)


def test_value_of_a_complaint_by_hand():
    """Half unresolved .2, three eighths .5, an eighth .9 against silence .1, at 10 each, less 1."""
    worth = value_of_complaint(
        resolved_share=0.5, quick_share=0.25, repurchase=BUYS, value=10, handling_cost=1
    )
    assert worth == pytest.approx((0.5 * 0.2 + 0.375 * 0.5 + 0.125 * 0.9 - 0.1) * 10 - 1)


def test_desk_may_cost_the_difference():
    now = recovery_tree(100, repurchase=BUYS, value=10, **SHARES)
    then = recovery_tree(100, repurchase=BUYS, value=10, **{**SHARES, "quick_share": 0.75})
    assert break_even_desk_cost(now, then) == pytest.approx(100 * 0.4 * 0.5 * 0.5 * 0.4 * 10)


def test_a_row_of_the_tarp_table_and_a_plain_series_do():
    row = tarp_cells().loc["under $5"]
    first = recovery_tree(10, repurchase=row, **SHARES)
    second = recovery_tree(10, repurchase=dict(zip(OUTCOMES, row, strict=True)), **SHARES)
    assert first.value == second.value


def test_cost_changes_the_order_of_causes():
    counts = {"late": 60, "broken": 10, "rude": 30}
    by_count = complaint_pareto(counts)
    by_cost = complaint_pareto(counts, cost={"late": 1, "broken": 50, "rude": 2})
    assert by_count.index.tolist() == ["late", "rude", "broken"]
    assert by_cost.index.tolist() == ["broken", "late", "rude"]
    assert by_count["vital"].tolist() == [True, True, False]
    assert by_cost["rank_by_count"].to_dict() == {"broken": 3, "late": 1, "rude": 2}
    assert by_cost["cumulative_share"].iloc[-1] == pytest.approx(1)


def test_labels_and_counts_are_the_same():
    labels = pd.Series(["late"] * 3 + ["rude"])
    pd.testing.assert_frame_equal(complaint_pareto(labels), complaint_pareto({"rude": 1, "late": 3}))


def test_paradox_by_hand():
    """Means 4 and 3, both variances 1, three each: t = 1 / sqrt(2/3) on 4 degrees of freedom."""
    found = recovery_paradox([3, 4, 5], [2, 3, 4])
    assert found["difference"] == 1
    assert found["standard_error"] == pytest.approx((2 / 3) ** 0.5)
    assert found["p_value"] == pytest.approx(0.144, abs=5e-4)
