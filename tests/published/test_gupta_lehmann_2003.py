"""Gupta and Lehmann (2003, 2005): the margin multiple r / (1 + i - r)."""

import pytest

from casekit.value import margin_multiple, margin_multiples

RETENTION = [0.6, 0.7, 0.8, 0.9]


def test_gupta_lehmann_2003_table_by_discount_rate():
    table = margin_multiples(RETENTION, discount_rate=[0.10, 0.12, 0.14, 0.16])
    printed = [
        [1.20, 1.75, 2.67, 4.50],
        [1.15, 1.67, 2.50, 4.09],
        [1.11, 1.59, 2.35, 3.75],
        [1.07, 1.52, 2.22, 3.46],
    ]
    for (_rate, row), expected in zip(table.iterrows(), printed, strict=True):
        assert row.tolist() == pytest.approx(expected, abs=0.005)


def test_gupta_lehmann_2003_table_with_growth_at_12_percent():
    table = margin_multiples(RETENTION, discount_rate=0.12, growth_rate=[0.02, 0.04, 0.06, 0.08])
    computed = [
        [1.18, 1.72, 2.63, 4.46],
        [1.21, 1.79, 2.78, 4.89],
        [1.24, 1.85, 2.94, 5.42],
        [1.27, 1.92, 3.12, 6.08],
    ]
    for (_rate, row), expected in zip(table.iterrows(), computed, strict=True):
        assert row.tolist() == pytest.approx(expected, abs=0.005 + 1e-9)  # 3.125 lies on the edge


def test_gupta_lehmann_2003_80_percent_at_10_percent():
    assert margin_multiple(0.8, discount_rate=0.10) == pytest.approx(2.67, abs=0.005)
