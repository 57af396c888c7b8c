"""Plans small enough to solve by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import break_even_probability, expected_gain, plan_contacts

OFFERS = pd.DataFrame(
    {
        "customer_id": ["A", "A", "B", "B", "C", "D"],
        "manager": ["Xu", "Xu", "Xu", "Xu", "Lin", "Lin"],
        "channel": ["call", "message", "call", "message", "call", "call"],
        "gain": [100.0, 90.0, 80.0, 20.0, 30.0, -5.0],
    }
)


def test_expected_gain_takes_a_value_for_each_client():
    gain = expected_gain(pd.Series([0.1, 0.2], ["A", "B"]), value=pd.Series([100, 50], ["A", "B"]), cost=5)
    assert gain.to_dict() == {"A": 5, "B": 5}


def test_break_even_chance():
    assert break_even_probability(99, 1) == pytest.approx(1 / 99)


def test_each_client_is_contacted_once():
    plan = plan_contacts(OFFERS, capacity=10)
    assert sorted(plan.chosen["customer_id"]) == ["A", "B", "C"]
    assert plan.gain == 210
    assert plan.limits.loc["overall"].tolist() == [10, 3, 0]


def test_a_channel_cap_moves_the_client_with_the_better_second_choice():
    plan = plan_contacts(OFFERS, capacity=10, channel_caps={"call": 1})
    # one call: B (80) with A's message (90) beats A (100) with B's message (20)
    assert plan.chosen.set_index("customer_id")["channel"].to_dict() == {"A": "message", "B": "call"}
    assert plan.gain == 170
    assert plan.limits.loc["channel: call", "shadow_price"] == 30  # a second call goes to C


def test_a_manager_cap_leaves_room_for_another():
    plan = plan_contacts(OFFERS, capacity=2, manager_caps={"Xu": 1})
    assert plan.chosen["customer_id"].tolist() == ["A", "C"]
    assert plan.limits.loc["manager: Xu"].tolist() == [1, 1, 50]
    assert plan.limits.loc["overall", "shadow_price"] == 0


def test_the_shadow_price_is_the_next_best():
    plan = plan_contacts(OFFERS, capacity=1)
    assert plan.chosen["customer_id"].tolist() == ["A"]
    assert plan.limits.loc["overall", "shadow_price"] == 80


def test_shadow_prices_can_be_left_out():
    assert np.isnan(
        plan_contacts(OFFERS, capacity=1, shadow_prices=False).limits.loc["overall", "shadow_price"]
    )


def test_no_capacity_and_nothing_worth_it():
    assert plan_contacts(OFFERS, capacity=0).chosen.empty
    poor = OFFERS.assign(gain=-1.0)
    assert plan_contacts(poor, capacity=5, channel_caps={"call": 2}).gain == 0


def test_the_offers_are_not_changed():
    before = OFFERS.copy()
    plan_contacts(OFFERS, capacity=2, manager_caps={"Xu": 1}, channel_caps={"call": 1})
    pd.testing.assert_frame_equal(OFFERS, before)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"capacity": -1}, "capacity must lie in its range"),
        ({}, {"capacity": 1.5}, "capacity must be a whole number"),
        ({}, {"capacity": 1, "manager_caps": {"Xv": 1}}, "manager must be a known name, got 'Xv'"),
        ({}, {"capacity": 1, "channel_caps": {"call": -2}}, r"channel_caps\['call'\] must lie in its range"),
        ({"gain": np.nan}, {"capacity": 1}, "must hold numbers only"),
        ({"customer_id": "A"}, {"capacity": 1}, r"customer_id \+ channel must not repeat"),
        ({"customer_id": list("AABCDD"), "channel": list("abaaab")}, {"capacity": 1}, None),
        (
            {"customer_id": list("AABCDB"), "channel": list("abaaab")},
            {"capacity": 1},
            "each client must have one manager",
        ),
    ],
)
def test_bad_plans_are_named(change, options, message):
    offers = OFFERS.assign(**change)
    if message is None:
        assert len(plan_contacts(offers, **options).chosen) == 1
        return
    with pytest.raises(InputError, match=message):
        plan_contacts(offers, **options)


def test_missing_columns_are_named():
    with pytest.raises(InputError, match="offers must have the columns manager"):
        plan_contacts(OFFERS.drop(columns="manager"), capacity=1, manager_caps={"Xu": 1})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"uplift": [2], "value": 1, "cost": 1}, "uplift must lie in its range"),
        ({"uplift": [0.1], "value": -1, "cost": 1}, "value must lie in its range"),
        ({"uplift": [0.1], "value": [1, 2], "cost": 1}, "value must be as long as uplift"),
    ],
)
def test_bad_gains_are_named(arguments, message):
    with pytest.raises(InputError, match=message):
        expected_gain(arguments.pop("uplift"), **arguments)
