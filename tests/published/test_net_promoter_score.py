"""The variance of the net promoter score, as worked on stats.stackexchange and by Cybaea."""

import pytest

from casekit.service import net_promoter_score, nps_from_counts


def test_half_promote_a_sixth_detract():
    found = nps_from_counts(promoters=162, passives=108, detractors=54)
    assert found.respondents == 324
    assert found.score == pytest.approx(1 / 3)
    assert found.standard_error**2 * 324 == pytest.approx(0.556, abs=5e-4)
    assert found.standard_error == pytest.approx(0.041, abs=5e-4)


def test_cybaea_variance_from_the_parts():
    """Var(p) + Var(d) - 2 Cov, Cov = -pd/n."""
    found = net_promoter_score([10] * 50 + [8] * 30 + [0] * 20)
    p, d, n = 0.5, 0.2, 100
    parts = p * (1 - p) / n + d * (1 - d) / n + 2 * p * d / n
    assert found.standard_error**2 == pytest.approx(parts)
