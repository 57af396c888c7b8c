"""Kano's method: Berger et al. (1993), *CQM Journal* 2(4), 3–36, and Sauerwein et al. (1996)."""

import pytest

from casekit.strategy import KANO_TABLE, kano_coefficients


def test_berger_1993_evaluation_table():
    printed = """
    Q A A A O
    R I I I M
    R I I I M
    R I I I M
    R R R R Q
    """
    assert KANO_TABLE.to_numpy().tolist() == [row.split() for row in printed.strip().splitlines()]


def test_sauerwein_1996_skis_edge_grip():
    """Per cent of skiers: attractive 7.0, one-dimensional 32.3, must-be 49.3, indifferent 9.5."""
    found = kano_coefficients({"A": 7.0, "O": 32.3, "M": 49.3, "I": 9.5}).iloc[0]
    assert found["better"] == pytest.approx(0.40, abs=0.005)
    assert found["worse"] == pytest.approx(-0.83, abs=0.005)
