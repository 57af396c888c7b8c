"""Cohen (1960, 1968): kappa and weighted kappa, as reprinted in the manual of the R package psych."""

import pytest

from casekit.segments import cohen_kappa

TABLE = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]


def test_cohen_1968_kappa():
    assert cohen_kappa(TABLE, n=200).kappa == pytest.approx(0.492, abs=5e-4)


def test_cohen_1968_weighted_kappa():
    weights = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    assert cohen_kappa(TABLE, weights=weights, n=200).kappa == pytest.approx(0.348, abs=5e-4)


def test_cohen_1968_asymmetric_weights():
    weights = [[0, 1, 4], [1, 0, 6], [2, 2, 0]]
    assert cohen_kappa(TABLE, weights=weights).kappa == pytest.approx(0.353, abs=5e-4)
