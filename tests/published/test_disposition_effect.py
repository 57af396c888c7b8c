"""Shares of gains and losses sold by private investors."""

import pytest

from casekit.selling import disposition_effect


def test_barber_and_odean_2005_chapter_15_households_1991_to_1996():
    """PGR .1442, PLR .0863: gains "approximately 65 percent more likely" to be sold."""
    result = disposition_effect(gains_sold=1442, gains_kept=8558, losses_sold=863, losses_kept=9137)
    assert result["gains_realised"] == pytest.approx(0.1442, abs=5e-5)
    assert result["losses_realised"] == pytest.approx(0.0863, abs=5e-5)
    assert result["gains_realised"] / result["losses_realised"] - 1 == pytest.approx(0.65, abs=0.025)
