"""ADBUDG: the curve goes through the four answers; the best effort by hand."""

import math

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import ResponseCurve, adbudg_response, best_effort, calibrate_adbudg

LINEAR = ResponseCurve(minimum=0, maximum=100, shape=1, half=1)


def test_curve_by_hand():
    """Odds 1 today and 9/4 at 1.5 times the effort: exponent 2."""
    curve = calibrate_adbudg(50, minimum=0, maximum=100, half_more=100 * 9 / 13, effort=200)
    assert curve.shape == pytest.approx(2)
    assert curve.half == pytest.approx(200)
    values = adbudg_response(pd.Series({"none": 0, "today": 200, "double": 400}), curve=curve)
    assert values.to_dict() == pytest.approx({"none": 0, "today": 50, "double": 80})


def test_best_effort_by_hand():
    """100 m x / (1 + x) - x has its top at x = sqrt(100 m) - 1."""
    plan = best_effort(LINEAR, margin=0.25, limit=50)
    assert plan.effort == pytest.approx(4, abs=1e-4)
    assert plan.response == pytest.approx(80, abs=1e-3)
    assert plan.profit == pytest.approx(16)
    assert plan.profit_without == 0


def test_nothing_is_best_where_the_margin_does_not_pay():
    plan = best_effort(ResponseCurve(minimum=10, maximum=20, shape=3, half=100), margin=2, limit=500)
    assert plan.effort == 0
    assert plan.profit == plan.profit_without == 20


def test_limit_binds_and_a_small_optimum_is_found_below_a_large_limit():
    assert best_effort(LINEAR, margin=1, limit=2).effort == 2
    assert best_effort(LINEAR, margin=0.25, limit=1e6).effort == pytest.approx(4, abs=1e-3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: calibrate_adbudg(50, minimum=60, maximum=100, half_more=70), "must rise"),
        (lambda: calibrate_adbudg(50, minimum=0, maximum=60, half_more=60), "must rise"),
        (lambda: calibrate_adbudg(50, minimum=-1, maximum=60, half_more=55), "minimum must lie"),
        (lambda: calibrate_adbudg("50", minimum=0, maximum=60, half_more=55), "current must be a number"),
        (lambda: calibrate_adbudg(1, minimum=0, maximum=60, half_more=1 + 1e-9), "differ enough"),
        (lambda: calibrate_adbudg(50, minimum=0, maximum=60, half_more=55, effort=0), "effort must lie"),
        (lambda: adbudg_response(-1, curve=LINEAR), "effort must lie"),
        (lambda: adbudg_response([1, None], curve=LINEAR), "effort must hold numbers only"),
        (lambda: adbudg_response(1, curve=(0, 1, 1, 1)), "curve must be ResponseCurve"),
        (lambda: adbudg_response(1, curve=ResponseCurve(0, 1, 0, 1)), "curve.shape must lie"),
        (lambda: adbudg_response(1, curve=ResponseCurve(2, 1, 1, 1)), "curve.maximum must lie"),
        (lambda: adbudg_response(1, curve=ResponseCurve(0, 1, 1, math.nan)), "curve.half must hold numbers"),
        (lambda: best_effort(LINEAR, margin=-1, limit=5), "margin must lie"),
        (lambda: best_effort(LINEAR, margin=1, limit=0), "limit must lie"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
