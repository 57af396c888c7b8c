"""Statlog German credit data: granting a bad credit costs 5, refusing a good one costs 1."""

import pytest

from casekit.selling import cost_sensitive_threshold, grant_credit


def test_cost_matrix_refuses_from_one_in_six():
    assert cost_sensitive_threshold(false_alarm=1, miss=5) == pytest.approx(1 / 6)
    assert grant_credit([1 / 6], credit=5, margin=1)["break_even"].item() == pytest.approx(1 / 6)
