"""Fits of the Bass model printed in lecture notes, by the two methods that they use."""

import pytest

from casekit.selling import bass_peak, fit_bass

#: Video recorders in the USA, 1980 to 1989, thousands (Cowpertwait and Metcalfe, Introductory Time Series).
RECORDERS = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]

#: iPhones sold, millions a quarter from the third of 2007 (P. Rossi, UCLA, new product forecasting in R).
PHONES = [0.270, 1.119, 2.315, 1.793, 0.717, 6.892, 4.363, 3.793, 5.288, 7.367, 8.737, 8.752]
PHONES += [8.398, 14.142, 16.235, 18.647, 20.338, 17.073, 37.044, 35.064, 26.028, 25.910, 47.789]


def test_cowpertwait_metcalfe_recorders():
    fit = fit_bass(RECORDERS, method="density")
    assert fit.market == pytest.approx(6.80e4, abs=50)
    assert fit.innovation == pytest.approx(6.59e-3, abs=5e-6)
    assert fit.imitation == pytest.approx(0.638, abs=5e-4)
    assert fit.standard_errors["market"] == pytest.approx(3.13e3, abs=5)
    assert fit.standard_errors["innovation"] == pytest.approx(1.43e-3, abs=5e-6)
    assert fit.standard_errors["imitation"] == pytest.approx(4.14e-2, abs=5e-5)
    assert fit.residual_error == pytest.approx(727, abs=0.5)


def test_rossi_iphone_regression():
    """Printed: 1.4752541, 0.2050036, -0.0002572; m, p and q follow from them by Bass's formulas."""
    fit = fit_bass(PHONES, method="regression")
    assert fit.innovation * fit.market == pytest.approx(1.4752541, abs=5e-8)
    assert fit.imitation - fit.innovation == pytest.approx(0.2050036, abs=5e-8)
    assert -fit.imitation / fit.market == pytest.approx(-0.0002572, abs=5e-8)
    assert fit.residual_error == pytest.approx(4.949, abs=5e-4)


def test_bass_1969_peak_formulas():
    """Room air conditioners: p and q as in public tables of the paper; m and 8.6 years are from memory."""
    peak = bass_peak(16895, innovation=0.0103990, imitation=0.41861)
    assert peak["time"] == pytest.approx(8.6, abs=0.05)
