"""Silence, offers, promises, recall and reward design on a handful of customers."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import (
    REWARD_QUESTIONS,
    Effect,
    best_hiatus,
    compare_retention_targets,
    days_since_last_purchase,
    hiatus_errors,
    jones_sasser_type,
    programme_effect,
    programme_return,
    promises_kept,
    promises_needed,
    recall_value,
    retention_campaign_profit,
    retention_offer_gain,
    reward_questions,
    score_reward_design,
    waking_account,
    worth_of_keeping,
)

LOG = pd.DataFrame(
    {
        "customer_id": ["Li", "Li", "Li", "Wu", "Xu"],
        "date": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-11", "2024-01-05", "2024-05-01"]),
    }
)
SILENT, ACTIVE = [1, 2, 5, 9], [True, False, True, False]
CAMPAIGN = {
    "targeted": 0.1,
    "churn_rate": 0.1,
    "accept": 0.5,
    "value": 100,
    "incentive": 10,
    "contact_cost": 1,
}
STATES = {
    "lost": {"customers": 500, "back_with": 0.05, "back_without": 0.03, "value": 50},
    "fading": {"customers": 200, "back_with": 0.5, "back_without": 0.4, "value": 300},
}
YES = dict.fromkeys(REWARD_QUESTIONS, 1.0)


def test_silence_and_rhythm_of_each_customer():
    table = days_since_last_purchase(LOG, today="2024-02-10")
    assert list(table.index) == ["Li", "Wu"]
    assert table.loc["Li"].tolist() == [2, 30, 10, 10, 3]
    assert table.loc["Wu", "usual_days"] != table.loc["Wu", "usual_days"]
    assert table.loc["Wu", "days_since_last_purchase"] == 36


def test_errors_of_the_rule_by_hand():
    table = hiatus_errors(SILENT, ACTIVE, thresholds=[0, 1, 5, 9]).set_index("threshold")
    assert table["called_gone"].tolist() == [4, 3, 1, 0]
    assert table["correct"].tolist() == [0.5, 0.75, 0.75, 0.5]
    assert table.loc[1, ["gone_found", "active_kept", "false_alarms", "missed"]].tolist() == [
        1,
        0.5,
        1 / 3,
        0,
    ]
    assert math.isnan(table.loc[9, "false_alarms"]) and math.isnan(table.loc[0, "missed"])


def test_the_costs_of_being_wrong_move_the_threshold():
    silent, active = range(10), [True, True, True, False, True, False, True, False, False, False]
    assert best_hiatus(silent, active) == 2
    assert best_hiatus(silent, active, cost_false_alarm=5) == 6
    assert best_hiatus(silent, active, cost_missed=5) == 2


def test_waking_charges_those_who_would_have_come():
    account = waking_account(SILENT, ACTIVE, cost=2, woken=0.1, value=50, active_loss=3, thresholds=[3, 9])
    assert account["gain"].tolist() == pytest.approx([1 * 0.1 * 50 - 3 - 4, 0])
    again = waking_account(
        SILENT,
        ACTIVE,
        cost=2,
        woken=account["break_even_woken"].iloc[0],
        value=50,
        active_loss=3,
        thresholds=[3],
    )
    assert again["gain"].iloc[0] == pytest.approx(0)


def test_most_offers_go_to_those_who_would_have_stayed():
    account = retention_campaign_profit(1000, **CAMPAIGN, lift=3)
    assert account["wasted_incentives"] == pytest.approx(70)
    by_hand = 15 * (100 - 10) - 70 * 10 - 100 * 1
    assert account["profit"] == pytest.approx(by_hand)
    even = retention_campaign_profit(1000, **CAMPAIGN, lift=2, fixed_cost=0)
    assert even["profit"] == pytest.approx(0)
    with_fixed = retention_campaign_profit(1000, **CAMPAIGN, lift=3, fixed_cost=550)
    assert with_fixed["break_even_lift"] == pytest.approx(3)


def test_an_offer_that_reminds_of_leaving_loses():
    table = retention_offer_gain(
        {"Li": 0.064, "Wu": 0.3}, {"Wu": 0.1, "Li": 0.1}, value={"Wu": 200, "Li": 100}, incentive=5
    )
    assert table["offer"].tolist() == [False, True]
    assert table.loc["Wu", "gain"] == pytest.approx(0.9 * 195 - 0.7 * 200)


def test_lists_are_judged_by_whom_they_hold():
    churned, treated = [1, 1, 1, 0, 0, 0, 1, 0], [1, 0, 1, 0, 1, 1, 0, 0]
    lists = {"risk": [8, 7, 6, 5, 1, 2, 3, 4], "effect": [1, 2, 3, 4, 8, 7, 6, 5]}
    table = compare_retention_targets(churned, treated, scores=lists, share=0.5, value=100, cost=10)
    assert table["held"].tolist() == [-0.5, 0.5, 0]
    assert table.loc["effect", ["customers", "churn_prevented", "gain"]].tolist() == [4, 0.25, 160]
    assert table.loc["everyone", "customers"] == 8


def test_ties_at_the_border_are_all_taken():
    table = compare_retention_targets([1, 0, 1, 0], [1, 0, 0, 1], scores={"flat": [1, 1, 1, 1]}, share=0.25)
    assert table.loc["flat", "customers"] == 4


def test_promises_by_kind_and_in_all():
    log = pd.DataFrame({"kept": [1, 1, 0, 1], "kind": ["date", "date", "price", "price"]})
    table = promises_kept(log, by="kind", level=0.9)
    assert table["promises"].tolist() == [2, 2, 4]
    assert table["rate"].tolist() == [1, 0.5, 0.75]
    assert table["at_least"].iloc[0] == pytest.approx(0.1**0.5)
    assert promises_kept([False, False])["at_least"].tolist() == [0]


def test_number_of_promises_is_the_first_that_reaches_the_rate():
    n = promises_needed(0.9, broken=2)
    kept = [False] * 2 + [True] * (n - 2)
    assert promises_kept(kept)["at_least"].iloc[0] >= 0.9
    assert promises_kept(kept[:-1])["at_least"].iloc[0] < 0.9


def test_a_promise_is_kept_if_the_customer_is_worth_it():
    assert worth_of_keeping(60, value=1000, leave=0.1, told=2, told_lost=0.05)["loss"] == pytest.approx(200)
    assert worth_of_keeping(60, value=1000, leave=0.1, told=2, told_lost=0.05)["break_even_leave"] == 0
    assert worth_of_keeping(60, value=0, leave=0.1)["break_even_leave"] == np.inf


def test_recall_counts_the_difference_only_and_ranks():
    table = recall_value(STATES, value_back=600, cost={"fading": 20, "lost": 5})
    assert list(table.index) == ["fading", "lost"]
    assert table["won"].tolist() == pytest.approx([20, 10])
    assert table["gain_each"].tolist() == pytest.approx([0.1 * 300 - 20, 0.02 * 550 - 5])
    assert table["break_even"].tolist() == pytest.approx([20 / 300, 5 / 550])
    assert recall_value(STATES, value_back=100, cost=1)["break_even"].isna().tolist() == [False, True]


def test_satisfied_customers_who_leave_are_mercenaries():
    found = jones_sasser_type(
        {"Li": 5, "Wu": 2, "Xu": None}, {"Wu": 1, "Xu": 1, "Li": 0}, satisfaction_cut=5, loyalty_cut=1
    )
    assert found.astype(object).where(found.notna(), None).tolist() == ["mercenary", "hostage", None]


def test_every_question_has_evidence_and_the_weakest_is_named():
    assert reward_questions().notna().all(axis=None)
    assert score_reward_design(YES).weakest == ()
    weights = dict(zip(REWARD_QUESTIONS, [0.3, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05], strict=True))
    design = score_reward_design(YES | {"valued": 0, "easy": 0}, weights=weights)
    assert design.score == pytest.approx(0.65)
    assert design.weakest == ("valued", "easy")
    assert design.table["lost"].sum() == pytest.approx(0.35)


def test_labels_align_members_with_their_spend_and_unused_rewards_cost_nothing():
    spend = pd.Series({"a": 12, "b": 8, "c": 14, "d": 9, "e": 10, "f": 10}, dtype=float)
    member = pd.Series({"f": 0, "e": 1, "d": 0, "c": 1, "b": 0, "a": 1})
    assert programme_effect(spend, member).effect == pytest.approx(3)
    found = Effect(4000, 2000, 6000, standard_error=1000, n_treated=50, n_control=50, level=0.95)
    table = programme_return(found, margin=0.5, cost=1000, rewards=500, breakage=0.2)
    assert table.loc["estimate", ["cost", "gain"]].tolist() == [1400, 600]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: days_since_last_purchase(LOG, today="2023-01-01"), "bought before today"),
        (lambda: days_since_last_purchase(LOG.assign(date=20240101), today="2024-01-01"), "%Y%m%d"),
        (lambda: days_since_last_purchase(LOG, today="soon"), "today must be a date"),
        (lambda: hiatus_errors(SILENT, ACTIVE[:3]), "active must be as long as hiatus"),
        (lambda: hiatus_errors(SILENT, [True] * 4), "got 4 of 4 active"),
        (lambda: hiatus_errors(SILENT, ["y", "n", "y", "n"]), "active must hold True or False"),
        (lambda: best_hiatus(SILENT, ACTIVE, cost_missed=0, cost_false_alarm=0), "one cost must be above"),
        (lambda: waking_account(SILENT, ACTIVE, cost=-1, woken=0.1, value=1), "cost must lie"),
        (lambda: waking_account(SILENT, ACTIVE, cost=1, woken=10, value=1), "for 10 % write 0.1"),
        (lambda: retention_campaign_profit(1000, **CAMPAIGN, lift=11), "must not exceed 1, got 1.1"),
        (lambda: retention_campaign_profit(0, **CAMPAIGN), "customers must lie"),
        (lambda: retention_campaign_profit(9, **CAMPAIGN | {"accept": 50}), "for 50 % write 0.5"),
        (lambda: retention_offer_gain([0.1], [0.1, 0.2], value=1, incentive=0), "churn_with must be as long"),
        (lambda: retention_offer_gain([10], [5], value=1, incentive=0), "divide by 100"),
        (lambda: compare_retention_targets([1, 0], [1, 0], scores={}), "at least one list"),
        (
            lambda: compare_retention_targets([1, 0], [1, 1], scores={"a": [1, 2]}),
            "with and without the offer",
        ),
        (lambda: compare_retention_targets([1, 0], [1, 0], scores={"a": [1]}), "must be as long as churned"),
        (lambda: compare_retention_targets([1, 0], [1, 0], scores={"a": [1, 2]}, share=0), "share must lie"),
        (lambda: promises_kept(["kept", "broken"]), "promises must hold True or False"),
        (lambda: promises_kept([True], by="kind"), "by needs a DataFrame"),
        (lambda: promises_kept({"kept": [1]}, by="kind"), "must have the columns kind"),
        (lambda: promises_needed(1.0), "rate must lie"),
        (lambda: promises_needed(0.9, broken=-1), "broken must lie"),
        (lambda: worth_of_keeping(1, value=1, leave=10), "for 10 % write 0.1"),
        (lambda: recall_value({"lost": {"customers": 1}}, value_back=1, cost=1), "must have the columns"),
        (
            lambda: recall_value(STATES, value_back={"lost": 1}, cost=1),
            "value_back must be as long as states",
        ),
        (lambda: recall_value(STATES, value_back=1, cost=-1), "cost must lie"),
        (
            lambda: jones_sasser_type([1], [1, 2], satisfaction_cut=1, loyalty_cut=1),
            "loyalty must be as long",
        ),
        (lambda: score_reward_design({"valued": 1}), "missing by contribution"),
        (lambda: score_reward_design(YES | {"fun": 1}), "got 'fun'"),
        (lambda: score_reward_design(YES | {"valued": 2}), "answers must lie"),
        (lambda: score_reward_design(YES, weights=YES), "weights must add up to 1, got 9"),
        (lambda: programme_return(Effect(1, 1, 1, 1, 1, 1, 1), margin=1, cost=0, breakage=15), "write 0.15"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
