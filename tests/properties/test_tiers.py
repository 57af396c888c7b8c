"""What must hold of every tier scheme."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.loyalty import assign_tiers, earned_levels, tier_sizes

NAMES = ["none", "silver", "gold"]

# frames are slow: fewer examples, and no deadline on a busy machine
brisk = settings(max_examples=40, deadline=None)

levels = st.integers(1, 14).flatmap(
    lambda months: st.lists(
        st.lists(st.integers(0, 2), min_size=months, max_size=months), min_size=1, max_size=5
    )
)
months = st.tuples(st.integers(1, 4), st.integers(0, 4))


def held(rows, watch, downgrade, landing=None):
    return assign_tiers(
        pd.DataFrame(rows),
        names=NAMES,
        months_to_watch=watch,
        months_to_downgrade=downgrade,
        landing_months=landing,
    )


@brisk
@given(levels, months)
def test_no_tier_falls_before_its_months_and_the_fall_is_always_a_fall(rows, stretch):
    panel = held(rows, *stretch)
    for _, one in panel.groupby("customer_id"):
        tiers = one["tier"].cat.codes.to_numpy()
        earned = one["earned"].cat.codes.to_numpy()
        for now in np.flatnonzero(one["event"].eq("down")):
            low = earned[now + 1 - sum(stretch) : now + 1]
            assert now >= sum(stretch)
            assert (low < tiers[now - 1]).all()
            assert tiers[now] == low.max() < tiers[now - 1]


@brisk
@given(levels, months)
def test_the_tier_held_is_never_below_the_tier_earned(rows, stretch):
    panel = held(rows, *stretch)
    assert (panel["tier"].cat.codes >= panel["earned"].cat.codes).all()
    ups = panel["event"].eq("up")
    assert (panel.loc[ups, "tier"] == panel.loc[ups, "earned"]).all()


@brisk
@given(levels, months)
def test_watch_means_low_for_the_months_agreed(rows, stretch):
    panel = held(rows, *stretch)
    assert (panel["status"].eq("watch") == (panel["months_below"] >= stretch[0])).all()
    assert (panel["months_below"] < sum(stretch)).all()


@brisk
@given(levels)
def test_without_hysteresis_the_tier_is_the_one_earned(rows):
    panel = held(rows, 1, 0)
    assert panel["tier"].equals(panel["earned"])


@brisk
@given(levels, months)
def test_with_one_tier_it_is_held_as_long_as_it_was_earned_within_the_stretch(rows, stretch):
    earned = pd.DataFrame(rows).clip(upper=1)
    panel = held(earned, *stretch)
    best = earned.T.rolling(sum(stretch), min_periods=1).max().T
    assert (panel["tier"].cat.codes == best.to_numpy().ravel()).all()


@brisk
@given(levels, months)
def test_every_customer_is_in_one_tier_every_month_and_order_is_irrelevant(rows, stretch):
    panel = held(rows, *stretch)
    assert (tier_sizes(panel)[NAMES].sum(axis=1) == len(rows)).all()
    turned = held(rows[::-1], *stretch)
    assert tier_sizes(turned).equals(tier_sizes(panel))


@brisk
@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=12),
    st.integers(1, 10_000),
    st.integers(1, 1000),
    st.integers(0, 7),
)
def test_a_higher_threshold_never_lifts_anyone_and_currency_is_irrelevant(amounts, low, step, power):
    measure, rate = pd.DataFrame([amounts]), 2.0**power
    base = earned_levels(measure, thresholds={"a": low, "b": low + step})
    higher = earned_levels(measure, thresholds={"a": low + step / 2, "b": low + 2 * step})
    assert (higher <= base).all(axis=None)
    assert base.equals(earned_levels(measure * rate, thresholds={"a": low * rate, "b": (low + step) * rate}))
