"""TARP (1979), Consumer Complaint Handling in America: share who would buy again, as quoted by Goodman."""

import pytest

from casekit.service import recovery_tree, tarp_cells, value_of_complaint


def test_loss_under_five_dollars():
    assert tarp_cells().loc["under $5"].tolist() == [0.37, 0.46, 0.70, 0.95]


def test_loss_over_a_hundred_dollars():
    assert tarp_cells().loc["over $100"].tolist() == [0.09, 0.19, 0.54, 0.82]


def test_the_course_figure_is_one_cell_of_eight():
    assert (tarp_cells() == 0.95).to_numpy().sum() == 1


def test_one_in_26_complains_and_the_silent_are_the_leak():
    tree = recovery_tree(
        2600, complaint_share=1 / 26, resolved_share=1, quick_share=1, repurchase=tarp_cells().loc["under $5"]
    )
    assert tree.branches.loc["resolved_quickly", "retained"] == pytest.approx(95)
    assert tree.branches.loc["silent", "lost"] == pytest.approx(2500 * 0.63)


@pytest.mark.parametrize(("loss", "gain"), [("under $5", 58), ("over $100", 73)])
def test_a_complaint_voiced_and_helped_at_once(loss, gain):
    """95 - 37 and 82 - 9 of a hundred."""
    terms = {"resolved_share": 1, "quick_share": 1, "repurchase": tarp_cells().loc[loss]}
    assert value_of_complaint(value=100, **terms) == pytest.approx(gain)
