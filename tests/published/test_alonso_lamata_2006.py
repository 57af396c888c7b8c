"""Alonso and Lamata (2006), random indices, and Saaty's own (1980)."""

import pytest

from casekit.strategy import random_index

ALONSO_LAMATA = [
    0.5247,
    0.8816,
    1.1086,
    1.2479,
    1.3417,
    1.4057,
    1.4499,
    1.4854,
    1.5140,
    1.5365,
    1.5551,
    1.5713,
    1.5838,
]
SAATY = [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]


def test_alonso_lamata_2006_random_index_for_3_to_15():
    assert [random_index(n, table="alonso-lamata") for n in range(3, 16)] == ALONSO_LAMATA


@pytest.mark.parametrize(("n", "printed"), [(16, 1.5978), (17, 1.6086), (18, 1.6181), (19, 1.6265)])
def test_alonso_lamata_2006_line_above_15(n, printed):
    assert random_index(n, table="alonso-lamata") == pytest.approx(printed, abs=5e-5)


def test_saaty_1980_random_index_for_3_to_10():
    assert [random_index(n) for n in range(3, 11)] == SAATY
