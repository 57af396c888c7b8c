"""Display lift with price held, its fading and rotation, by hand and on data with a known answer."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import best_rotation, display_lift, fit_display_decay, rotation_gain


def weeks(**columns):
    plain = {
        "product": "tea",
        "store": ["A"] * 4 + ["B"] * 4,
        "units": [10, 10, 15, 30, 100, 100, 150, 300],
        "price": [2.0, 2.0, 2.0, 1.0] * 2,
        "display": [False, False, True, True] * 2,
    }
    return pd.DataFrame({**plain, **columns})


def test_price_and_display_are_told_apart():
    table = display_lift(weeks())
    assert table.loc["display", "lift"] == pytest.approx(0.5)
    assert table.loc["log price", "lift"] == pytest.approx(-1)
    assert table.loc["display", "lift_price_not_held"] == pytest.approx(1.25)


def test_weeks_without_sales_count():
    """5 and 0 without, 10 and 10 with display: four times as much."""
    table = display_lift(weeks(units=[5, 0, 10, 10] * 2, price=2.0))
    assert table.index.tolist() == ["display"]
    assert table.loc["display", "lift"] == pytest.approx(3)


def test_a_store_that_sells_nothing_tells_nothing():
    silent = weeks().assign(store="C", units=0)
    both = display_lift(pd.concat([weeks(), silent], ignore_index=True))
    assert both.loc["display", "lift"] == pytest.approx(0.5)


def test_places_and_controls_are_recovered():
    rng = np.random.default_rng(3)
    size = 6000
    frame = pd.DataFrame({"product": rng.integers(0, 15, size), "store": rng.integers(0, 8, size)})
    frame["display"] = rng.choice(["none", "front", "aisle"], size, p=[0.7, 0.15, 0.15])
    frame["mailer"] = rng.random(size) < 0.2
    frame["price"] = np.where(frame["display"] == "none", 2.0, 1.6) * np.exp(rng.normal(0, 0.1, size))
    rate = 1 + 0.2 * frame["product"] + 0.5 * (frame["display"] == "front") + 0.3 * frame["mailer"]
    frame["units"] = rng.poisson(np.exp(rate - 1.5 * np.log(frame["price"])))
    table = display_lift(frame, controls=["mailer"])
    truth = {"aisle": 0.0, "front": 0.5, "mailer": 0.3, "log price": -1.5}
    for name, value in truth.items():
        row = table.loc[name]
        assert abs(row["coefficient"] - value) < 4 * row["standard_error"]
        assert row["standard_error"] < 0.05
    assert (table["lift_price_not_held"] > table["lift"]).loc[["aisle", "front"]].all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"units": -1}, "sales\\['units'\\] must lie in its range"),
        ({"price": 0.0}, "sales\\['price'\\] must lie in its range"),
        ({"display": False}, "display must hold weeks with and without display"),
        ({"store": [1, 1, 2, 2, 3, 3, 4, 4]}, "within one product and store"),
        ({"price": [2.0, 2.0, 1.0, 1.0] * 2}, "must not move as one"),
        ({"product": None}, "sales\\['product'\\] must hold numbers only"),
    ],
)
def test_bad_sales_are_named(change, message):
    with pytest.raises(InputError, match=message):
        display_lift(weeks(**change))


def test_a_display_that_sells_nothing_has_no_finite_lift():
    with pytest.raises(InputError, match="must find an optimum"):
        display_lift(weeks(units=[5, 5, 0, 0] * 2, price=2.0))


def test_unknown_baseline_and_column():
    with pytest.raises(InputError, match="baseline must be a known name"):
        display_lift(weeks(), baseline="shelf")
    with pytest.raises(InputError, match="must have the columns display"):
        display_lift(weeks().drop(columns="display"))


def test_no_decay_has_no_half_life():
    fit = fit_display_decay({1: 0.5, 2: 0.5, 4: 0.5})
    assert fit.initial == pytest.approx(0.5)
    assert (fit.decay, fit.half_life) == (0, math.inf)


@pytest.mark.parametrize(
    ("lift", "message"),
    [
        ([0.5, 0.4], "at least three weeks"),
        ([0, 0, -0.1], "above 0 in some week"),
        ([1, None, 2], "numbers only"),
    ],
)
def test_bad_lifts_are_named(lift, message):
    with pytest.raises(InputError, match=message):
        fit_display_decay(lift)


def test_rotation_by_hand():
    """x = 1 solves 1 - 2/e = setup * decay / initial."""
    setup = 100 * (1 - 2 / math.e) / 0.5
    best = best_rotation(initial=100, decay=0.5, setup=setup)
    assert (best.period, best.gain) == pytest.approx((2, 100 / math.e))


def test_a_display_that_never_pays_stays():
    assert best_rotation(initial=100, decay=1, setup=100).period == math.inf
    assert best_rotation(initial=0, decay=1, setup=0).gain == 0
    assert best_rotation(initial=100, decay=0, setup=50).gain == 100
    assert best_rotation(initial=100, decay=1, setup=0).period == 0


@pytest.mark.parametrize("bad", [{"initial": -1}, {"decay": -1}, {"setup": -1}])
def test_bad_rotation_is_named(bad):
    terms = {"initial": 100, "decay": 0.5, "setup": 10, **bad}
    with pytest.raises(InputError, match=next(iter(bad))):
        best_rotation(**terms)
    with pytest.raises(InputError, match=next(iter(bad))):
        rotation_gain(2, **terms)
    with pytest.raises(InputError, match="period"):
        rotation_gain(0, initial=1, decay=1, setup=1)
