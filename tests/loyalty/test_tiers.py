"""Tier rules and hysteresis on months few enough to follow by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import assign_tiers, earned_levels, earned_levels_by_rules, tier_sizes

NAMES = ["none", "silver", "gold"]


def one(*levels):
    """The levels of one customer, Li, by month 1, 2, 3…"""
    return pd.DataFrame([levels], index=["Li"], columns=range(1, len(levels) + 1))


def held(*levels, **months):
    return assign_tiers(one(*levels), names=NAMES, **months)


def test_a_value_on_the_threshold_earns_the_tier():
    assets = one(199.99, 200, 499, 500)
    levels = earned_levels(assets, thresholds={"silver": 200, "gold": 500})
    assert levels.loc["Li"].tolist() == [0, 1, 1, 2]


def test_before_the_first_month_there_is_no_customer():
    levels = earned_levels(one(np.nan, np.nan, 300), thresholds={"silver": 200})
    assert levels.loc["Li"].tolist() == [-1, -1, 1]
    assert assign_tiers(levels, names=["none", "silver"])["month"].tolist() == [3]


def test_three_low_months_bring_the_watch_and_three_more_the_fall():
    panel = held(2, 0, 0, 0, 0, 0, 0, 0)
    assert panel["tier"].tolist() == ["gold"] * 6 + ["none"] * 2
    assert panel["status"].eq("watch").tolist() == [False, False, False, True, True, True, False, False]
    assert panel["months_below"].tolist() == [0, 1, 2, 3, 4, 5, 0, 0]
    assert panel["event"].tolist() == ["joined"] + ["stayed"] * 5 + ["down", "stayed"]


def test_the_fall_ends_at_the_best_of_the_last_six_months():
    panel = held(2, 0, 0, 1, 0, 0, 0)
    assert panel["tier"].iloc[-1] == "silver"
    assert held(2, 0, 0, 1, 0, 0, 0, landing_months=2)["tier"].iloc[-1] == "none"


def test_one_good_month_clears_the_watch_and_a_better_one_lifts_at_once():
    panel = held(1, 0, 0, 0, 1, 0, 2)
    assert panel["status"].eq("watch").tolist() == [False, False, False, True, False, False, False]
    assert panel["tier"].iloc[-1] == "gold"
    assert panel["event"].iloc[-1] == "up"


def test_without_hysteresis_the_tier_is_the_one_earned():
    panel = held(2, 1, 0, 2, 0, months_to_watch=1, months_to_downgrade=0)
    assert panel["tier"].tolist() == panel["earned"].tolist()


def test_rules_may_ask_for_a_range_and_need_not_nest():
    panel = pd.DataFrame(
        {
            "customer_id": ["A", "B", "C", "D"],
            "month": 1,
            "visits": [3, 3, 1, 2],
            "per_head": [57.0, 90.0, 60.0, np.nan],
        }
    )
    rules = {"active": {"visits": 2}, "fits": {"per_head": (50, 70)}}
    levels = earned_levels_by_rules(panel, rules=rules)
    assert levels[1].to_dict() == {"A": 2, "B": 1, "C": 2, "D": 1}


def test_a_month_without_a_row_earns_nothing_after_the_first():
    panel = pd.DataFrame({"customer_id": ["A", "A", "B"], "month": [1, 3, 2], "visits": [2, 2, 2]})
    levels = earned_levels_by_rules(panel, rules={"active": {"visits": 2}})
    assert levels.loc["A"].tolist() == [1, 0, 1]
    assert levels.loc["B"].tolist() == [-1, 1, 0]


def test_tier_sizes_count_every_customer_once_a_month():
    levels = pd.DataFrame([[2, 0], [0, 1], [-1, 1]], columns=["2024-01", "2024-02"])
    sizes = tier_sizes(assign_tiers(levels, names=NAMES, months_to_watch=1, months_to_downgrade=2))
    assert sizes.loc["2024-01"].to_dict() == {"none": 1, "silver": 0, "gold": 1, "watch": 0}
    assert sizes.loc["2024-02"].to_dict() == {"none": 0, "silver": 2, "gold": 1, "watch": 1}


BROUGHT = {"customer_id": ["Li", "Wu"], "month": [1, 1], "spend": [100, 300]}
GOLD = {"gold": {"spend": 200}}
TIERS = {"month": [1, 1], "tier": ["a", "b"], "status": ["watch", "good standing"]}


def test_records_and_dicts_are_read_as_frames():
    levels = pd.DataFrame({1: [0, 1], 2: [1, 1]})
    held = assign_tiers(levels, names=["none", "gold"])
    for brought in (levels.to_dict("records"), levels.to_dict("list")):
        pd.testing.assert_frame_equal(assign_tiers(brought, names=["none", "gold"]), held)
    sizes = tier_sizes(pd.DataFrame(TIERS))
    assert tier_sizes(TIERS).equals(sizes)
    assert tier_sizes(pd.DataFrame(TIERS).to_dict("records")).equals(sizes)
    assert sizes.loc[1].to_dict() == {"a": 1, "b": 1, "watch": 1}
    text = earned_levels_by_rules({**BROUGHT, "spend": ["100", "300"]}, rules=GOLD)
    assert text.equals(earned_levels_by_rules(BROUGHT, rules=GOLD))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: earned_levels(one(1), thresholds={"a": 5, "b": 5}), "thresholds must rise"),
        (lambda: earned_levels(one(1, np.nan, 2), thresholds={"a": 5}), "in every month after a customer"),
        (lambda: earned_levels(one(1, 2)[[2, 1]], thresholds={"a": 5}), "months in order of time"),
        (lambda: earned_levels(one("x"), thresholds={"a": 5}), "measure must hold numbers only"),
        (lambda: earned_levels(pd.concat([one(1), one(2)]), thresholds={"a": 5}), "must not repeat"),
        (lambda: earned_levels_by_rules(PANEL, rules={}), "name at least one tier"),
        (lambda: earned_levels_by_rules(PANEL, rules={"a": {"visit": 2}}), "'visits': 'visit'"),
        (lambda: earned_levels_by_rules(PANEL, rules={"a": {"visits": (7, 5)}}), "not end below its"),
        (lambda: earned_levels_by_rules(PANEL, rules={"a": {"visits": (7, 8, 9)}}), "a number or a pair"),
        (lambda: earned_levels_by_rules(pd.concat([PANEL, PANEL]), rules=RULES), "panel must not repeat"),
        (lambda: held(0, 3), "(?s)levels must lie in its range, got 3.*to 2: 0 [^,]*, 1 [^,]*, 2 "),
        (lambda: assign_tiers(one(0), names=3), "names must be a list of names"),
        (lambda: assign_tiers(one(0), names=["a", None]), "names must hold names, none missing"),
        (lambda: earned_levels_by_rules(BROUGHT, rules=["gold"]), "rules must be a dict"),
        (lambda: earned_levels_by_rules(BROUGHT, rules={"gold": 200}), r"rules\['gold'\] must be a dict"),
        (
            lambda: earned_levels_by_rules({**BROUGHT, "spend": ["x", 1]}, rules=GOLD),
            "must hold numbers, got 'x'",
        ),
        (
            lambda: earned_levels_by_rules({**BROUGHT, "month": [1, "b"]}, rules=GOLD),
            "labels of one kind, got int, str",
        ),
        (lambda: tier_sizes({**TIERS, "tier": ["a", None]}), r"tiers\['tier'\] must be known in every row"),
        (lambda: tier_sizes({**TIERS, "month": [1, np.nan]}), r"tiers\['month'\] must be known in every row"),
        (lambda: tier_sizes({**TIERS, "status": ["watch", "wach"]}), "did you mean 'watch'"),
        (lambda: held(0, 0.5), "levels must lie in its range, got 0.5"),
        (lambda: held(0, -1), "stay one after the first month"),
        (lambda: held(0, months_to_watch=0), "months_to_watch must lie in its range"),
        (lambda: held(0, months_to_downgrade=-1), "months_to_downgrade must lie in its range"),
        (lambda: held(0, landing_months=7), "landing_months must lie in its range, got 7"),
        (lambda: assign_tiers(one(0), names=["a", "a"]), "names must not repeat"),
        (lambda: tier_sizes(PANEL), "columns tier, status"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


PANEL = pd.DataFrame({"customer_id": ["A"], "month": [1], "visits": [3]})
RULES = {"active": {"visits": 2}}
