"""Identities and limits of display, diffusion and the disposition effect."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.selling import (
    bass_curve,
    bass_peak,
    best_rotation,
    display_lift,
    disposition_from_counts,
    fit_display_decay,
    rotation_gain,
)

few = settings(max_examples=25, deadline=None)
#: For tests that build frames.
fewer = settings(max_examples=10, deadline=None)


@fewer
@given(st.floats(1, 1e6), st.floats(0.001, 0.5), st.floats(0, 1), st.floats(0.01, 100))
def test_the_market_fills_and_scales(market, innovation, imitation, rate):
    table = bass_curve(market, innovation=innovation, imitation=imitation, periods=30)
    assert (table["adopters"] >= 0).all()
    assert table["share"].between(0, 1).all()
    assert table["adopters"].sum() == pytest.approx(table["cumulative"].iloc[-1])
    larger = bass_curve(market * rate, innovation=innovation, imitation=imitation, periods=30)
    assert larger["adopters"].tolist() == pytest.approx((table["adopters"] * rate).tolist())
    end = bass_curve(market, innovation=innovation, imitation=imitation, periods=20000)
    assert end["share"].iloc[-1] == pytest.approx(1)


@few
@given(st.floats(0.001, 0.1), st.floats(0.11, 1))
def test_the_peak_satisfies_the_rate_of_adoption(innovation, imitation):
    peak = bass_peak(1, innovation=innovation, imitation=imitation)
    done = peak["cumulative"]
    assert peak["rate"] == pytest.approx((innovation + imitation * done) * (1 - done))
    assert 0 <= done < 0.5


@few
@given(st.floats(10, 1000), st.floats(0.05, 2), st.floats(0.01, 0.95))
def test_no_other_period_beats_the_best_rotation(initial, decay, part):
    setup = part * initial / decay
    best = best_rotation(initial=initial, decay=decay, setup=setup)
    terms = {"initial": initial, "decay": decay, "setup": setup}
    assert rotation_gain(best.period, **terms) == pytest.approx(best.gain)
    for factor in (0.5, 0.9, 1.1, 2):
        assert rotation_gain(best.period * factor, **terms) <= best.gain + 1e-9 * initial


@few
@given(st.floats(10, 1000), st.floats(0.05, 2), st.floats(0.05, 0.9))
def test_dearer_changes_are_rarer(initial, decay, part):
    setup = part * initial / decay
    cheap = best_rotation(initial=initial, decay=decay, setup=setup)
    dear = best_rotation(initial=initial, decay=decay, setup=setup * 1.1)
    assert dear.period > cheap.period
    assert dear.gain < cheap.gain


@few
@given(st.floats(0.05, 3), st.floats(0.01, 2))
def test_a_fading_lift_is_found_again(initial, decay):
    fit = fit_display_decay([initial * math.exp(-decay * week) for week in range(6)])
    assert (fit.initial, fit.decay) == pytest.approx((initial, decay), rel=1e-4)
    assert fit.lift([fit.half_life]).item() == pytest.approx(fit.initial / 2)


@fewer
@given(st.floats(0.2, 4), st.floats(-2, 0), st.randoms(), st.floats(0.1, 20))
def test_lift_does_not_mind_order_of_rows_or_currency(factor, elasticity, random, rate):
    prices = [2.0, 1.0, 1.5, 1.2]
    rows = []
    for store, level in enumerate([10.0, 40.0]):
        for week, price in enumerate(prices):
            shown = week % 2 == 1
            units = level * price**elasticity * (factor if shown else 1)
            rows.append((store, "tea", units, price, shown))
    sales = pd.DataFrame(rows, columns=["store", "product", "units", "price", "display"])
    lift = display_lift(sales)
    assert lift.loc["display", "lift"] == pytest.approx(factor - 1, abs=1e-6)
    assert lift.loc["log price", "lift"] == pytest.approx(elasticity, abs=1e-6)
    order = list(sales.index)
    random.shuffle(order)
    mixed = display_lift(sales.loc[order].assign(price=lambda frame: frame["price"] * rate))
    assert mixed["lift"].tolist() == pytest.approx(lift["lift"].tolist(), abs=1e-6)


@few
@given(*[st.integers(1, 500)] * 4)
def test_shares_lie_between_zero_and_one_and_the_mirror_changes_the_sign(sold, kept, lost, held):
    found = disposition_from_counts(
        realised_gains=sold, paper_gains=kept, realised_losses=lost, paper_losses=held
    )
    mirror = disposition_from_counts(
        realised_gains=lost, paper_gains=held, realised_losses=sold, paper_losses=kept
    )
    assert 0 <= found.losses_realised <= 1
    assert 0 <= found.gains_realised <= 1
    assert mirror.effect == pytest.approx(-found.effect)
    assert mirror.standard_error == pytest.approx(found.standard_error)
