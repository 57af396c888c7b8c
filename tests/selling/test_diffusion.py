"""The Bass model by hand and recovered from its own curve."""

import math

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import bass_curve, bass_peak, fit_bass


def test_without_imitation_it_is_the_exponential():
    table = bass_curve(100, innovation=0.1, imitation=0, periods=3)
    assert table["cumulative"].tolist() == pytest.approx([100 * (1 - math.exp(-0.1 * t)) for t in (1, 2, 3)])


def test_peak_is_where_the_curve_says():
    peak = bass_peak(1000, innovation=0.01, imitation=0.4)
    table = bass_curve(1000, innovation=0.01, imitation=0.4, periods=20)
    assert table["adopters"].idxmax() == math.ceil(peak["time"])
    assert table["adopters"].max() == pytest.approx(peak["rate"], rel=0.02)


def test_weak_imitation_peaks_at_the_start():
    assert bass_peak(100, innovation=0.3, imitation=0.1).tolist() == pytest.approx([0, 30, 0])


@pytest.mark.parametrize(("p", "q"), [(0.03, 0.38), (0.001, 0.6), (0.1, 0.1), (0.02, 1.2)])
def test_interval_fit_recovers(p, q):
    seen = bass_curve(5000, innovation=p, imitation=q, periods=20)["adopters"]
    fit = fit_bass(seen)
    assert (fit.market, fit.innovation, fit.imitation) == pytest.approx((5000, p, q), rel=1e-3)
    assert fit.residual_error < 0.1


def test_forecast_continues_the_fit():
    seen = bass_curve(5000, innovation=0.02, imitation=0.5, periods=10)["adopters"]
    for method in ("interval", "density"):
        fit = fit_bass(seen, method=method)
        drawn = fit.forecast(12)["adopters"]
        assert len(drawn) == 12
        rest = (drawn.iloc[:10].to_numpy() - seen.to_numpy()) ** 2
        assert math.sqrt(rest.sum() / 7) == pytest.approx(fit.residual_error, abs=1e-6)


def test_discrete_data_are_recovered_by_the_regression():
    total, seen = 0.0, []
    for _year in range(15):
        seen.append((0.02 + 0.4 * total / 1000) * (1000 - total))
        total += seen[-1]
    fit = fit_bass(seen, method="regression")
    assert (fit.market, fit.innovation, fit.imitation) == pytest.approx((1000, 0.02, 0.4))
    assert fit.standard_errors.isna().all()


@pytest.mark.parametrize(
    ("adopters", "method", "message"),
    [
        ([1, 2, 3], "interval", "at least four periods"),
        ([0, 0, 0, 0], "interval", "there must be adopters"),
        ([1, 2, None, 3], "interval", "numbers only"),
        ([1, 2, -1, 3], "interval", "must lie in its range"),
        ([1, 2, 4, 8, 16, 32], "regression", "rise and slow down"),
        ([1, 2, 3, 4], "median", "must be a known name"),
    ],
)
def test_bad_adopters_are_named(adopters, method, message):
    with pytest.raises(InputError, match=message):
        fit_bass(adopters, method=method)


@pytest.mark.parametrize(
    "bad", [{"market": 0}, {"innovation": 0}, {"innovation": 3}, {"imitation": -0.1}, {"periods": 0}]
)
def test_bad_parameters_are_named(bad):
    terms = {"market": 100, "innovation": 0.1, "imitation": 0.2, "periods": 3, **bad}
    with pytest.raises(InputError, match=next(iter(bad))):
        bass_curve(terms.pop("market"), **terms)
    if "periods" not in bad:
        with pytest.raises(InputError, match=next(iter(bad))):
            bass_peak(
                bad.get("market", 100),
                innovation=bad.get("innovation", 0.1),
                imitation=bad.get("imitation", 0.2),
            )


def test_the_given_series_is_left_alone():
    seen = pd.Series([1.0, 3.0, 6.0, 7.0, 5.0, 3.0, 1.0])
    before = seen.copy()
    fit_bass(seen)
    pd.testing.assert_series_equal(seen, before)
