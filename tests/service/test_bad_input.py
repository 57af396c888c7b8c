"""Every guard of the service package, each proved by one bad case."""

import numpy as np
import pandas as pd
import pytest

from casekit import service
from casekit.errors import InputError
from casekit.service import BusinessHours, tarp_cells

ROW = tarp_cells().loc["under $5"]
TREE = {"complaint_share": 0.4, "resolved_share": 0.5, "quick_share": 0.5, "repurchase": ROW}
VOICE = {"resolved_share": 0.5, "quick_share": 0.5, "repurchase": ROW, "value": 10}
DESK = {"handling_seconds": 60, "target_seconds": 20}
SELL = {"price": 10, "cost": 5}
RATES = {"retention_rate": 0.8, "discount_rate": 0.1}
TICKETS = pd.DataFrame({"opened": pd.to_datetime(["2025-06-02"]), "answered": pd.to_datetime(["2025-06-03"])})
WAITS = pd.DataFrame({"wait_seconds": [1.0, 2.0], "answered": [True, False]})
CADENCE = pd.DataFrame(
    {"tier": ["A"], "activity": ["call"], "times": [1.0], "per": ["month"], "minutes": [9]}
)
PEOPLE = pd.DataFrame({"customer_id": ["x"], "tier": ["A"]})
LOG = pd.DataFrame(
    {"customer_id": ["x"], "date": pd.to_datetime(["2025-06-02"]), "purpose": ["sell"], "template": [True]}
)
GRID = pd.DataFrame({"importance": [1.0, 2.0], "performance": [2.0, 1.0]}, index=["a", "b"])
FIT = pd.DataFrame({"visit": [1.0, 2.0], "call": [2.0, 1.0]}, index=["x", "y"])
ANSWERS = pd.DataFrame({"q1": [1.0, 2.0, 3.0], "q2": [2.0, 2.0, 3.0]})
PLAN = {"start": "2025-06-01", "end": "2025-06-30"}

CASES = [
    ("proportion_interval", (3, 2), {}, "successes must not exceed trials"),
    ("proportion_interval", (0, 0), {}, "trials must lie in its range"),
    ("proportion_interval", (1, 2), {"level": 1}, "level must lie in its range"),
    ("proportion_interval", (1, 2), {"method": "exact"}, "method must be a known name"),
    ("recovery_tree", (-1,), TREE, "problems must lie in its range"),
    ("recovery_tree", (9,), {**TREE, "complaint_share": 40}, "for 40 % write 0.4"),
    ("recovery_tree", (9,), {**TREE, "resolved_share": 1.1}, "resolved_share must lie"),
    ("recovery_tree", (9,), {**TREE, "quick_share": -0.1}, "quick_share must lie"),
    ("recovery_tree", (9,), {**TREE, "repurchase": {"silent": 0.5}}, "missing unresolved, resolved"),
    ("recovery_tree", (9,), {**TREE, "repurchase": ROW * 100}, "divide by 100"),
    ("recovery_tree", (9,), {**TREE, "told": {"silent": 1}}, "told must carry the labels"),
    ("recovery_tree", (9,), {**TREE, "conversion": 2}, "conversion must lie"),
    ("recovery_tree", (9,), {**TREE, "value": -1}, "value must lie"),
    ("value_of_complaint", (), {**VOICE, "handling_cost": -1}, "handling_cost must lie"),
    ("value_of_complaint", (), {**VOICE, "resolved_share": 5}, "resolved_share must lie"),
    ("value_of_complaint", (), {**VOICE, "quick_share": np.nan}, "quick_share must hold numbers only"),
    ("break_even_desk_cost", (1, 2), {}, "now must be a RecoveryTree"),
    ("recovery_paradox", ([1], [1, 2]), {}, "recovered must have at least two customers"),
    ("recovery_paradox", ([1, 1], [2, 2]), {}, "ratings must vary"),
    ("recovery_paradox", ([1, None], [2, 2]), {}, "recovered must hold numbers only"),
    ("complaint_pareto", ([],), {}, "causes must have at least one row"),
    ("complaint_pareto", (["a", None],), {}, "causes must hold numbers only"),
    ("complaint_pareto", ({"a": -1},), {}, "causes must lie in its range"),
    ("complaint_pareto", ({"a": 1.5},), {}, "causes must hold whole numbers"),
    ("complaint_pareto", ({"a": 0},), {}, "causes must have some weight"),
    ("complaint_pareto", (["a"],), {"cost": {"b": 1}}, "cost must carry the labels of causes, got missing a"),
    ("complaint_pareto", (["a"],), {"cost": {"a": -1}}, "cost must lie in its range"),
    ("complaint_pareto", (["a"],), {"threshold": 80}, "threshold must lie in its range"),
    ("complaint_pareto", ("late",), {}, "causes must be labels, or counts by label"),
    ("response_times", (TICKETS,), {"as_of": "2025-06-01"}, "opened before the moment of the report"),
    ("response_times", (TICKETS,), {"as_of": "someday"}, "as_of must be a date"),
    ("response_times", (TICKETS,), {"as_of": "2025-07-01", "hours": "9 to 5"}, "hours must be BusinessHours"),
    ("response_times", (TICKETS[["opened"]],), {"as_of": "2025-07-01"}, "must have the columns answered"),
    ("response_times", (TICKETS.iloc[:0],), {"as_of": "2025-07-01"}, "tickets must have at least one row"),
    (
        "response_times",
        (TICKETS.assign(opened=pd.Timestamp("2025-06-04")),),
        {"as_of": "2025-07-01"},
        "answered after they are opened",
    ),
    ("response_times", (TICKETS.assign(opened=20250602),), {"as_of": "2025-07-01"}, "must hold dates"),
    ("response_times", (TICKETS,), {"as_of": pd.Timestamp("2025-07-01", tz="UTC")}, "time zone or none"),
    ("service_level", (WAITS, ["soon"]), {}, "targets must lie in its range, got 'soon'"),
    ("service_level", (WAITS, [0]), {}, "targets must lie in its range"),
    ("service_level", (WAITS.assign(wait_seconds=-1.0),), {}, "must lie in its range"),
    ("service_level", (WAITS.assign(answered="yes"),), {}, "must hold True or False"),
    ("service_level", (WAITS,), {"level": 0}, "level must lie"),
    ("waiting_curve", ([1, 2], [True]), {}, "answered must be as long as wait"),
    ("waiting_percentiles", (WAITS, [1.0]), {}, "shares must lie below 1"),
    ("waiting_percentiles", (WAITS, [0.0]), {}, "shares must lie in its range"),
    ("erlang_b", (-1,), {"agents": 1}, "load must lie"),
    ("erlang_b", (1,), {"agents": 1.5}, "agents must be a whole number"),
    ("erlang_c", (1,), {"agents": 0}, "agents must lie"),
    ("queue_performance", (-1,), {**DESK, "agents": 1}, "calls_per_hour must lie"),
    ("queue_performance", (1,), {**DESK, "agents": 1, "handling_seconds": 0}, "handling_seconds must lie"),
    ("queue_performance", (1,), {**DESK, "agents": 1, "target_seconds": -1}, "target_seconds must lie"),
    ("agents_needed", (1,), {**DESK, "service_level": 1}, "service_level must lie"),
    ("agents_needed", (1,), {**DESK, "max_average_wait": 0}, "max_average_wait must lie"),
    ("agents_needed", (1,), {**DESK, "max_occupancy": 0}, "max_occupancy must lie"),
    ("agents_needed", (1e9,), DESK, "the load must stay below"),
    ("staffing_table", (1,), {**DESK, "agents": [0]}, "agents must lie"),
    ("load_carried", (0,), {"blocking": 0.1}, "lines must lie"),
    ("load_carried", (1,), {"blocking": 1}, "blocking must lie"),
    ("net_promoter_score", ([11, 5],), {}, "ratings must lie in its range"),
    ("net_promoter_score", ([9],), {}, "at least two respondents"),
    ("net_promoter_score", ([9, 8.5],), {}, "(?s)whole numbers from 0 to 10, got 8.5.*row 1"),
    ("nps_from_counts", (), {"promoters": -1, "passives": 1, "detractors": 1}, "promoters must lie"),
    ("compare_nps", (0.3, 0.2), {}, "first must be a NetPromoterScore"),
    ("share_satisfied", ([6],), {}, "ratings must lie"),
    ("share_satisfied", ([5],), {"satisfied_from": 9}, "satisfied_from must lie"),
    ("peak_end", ([],), {}, "ratings must have at least one row"),
    ("p_chart", ([3], [2]), {}, "events must not exceed sizes"),
    ("p_chart", ([0, 0], 10), {}, "the centre must lie strictly between 0 and 1"),
    ("p_chart", ([1, 2], [10]), {}, "sizes must be as long as events"),
    ("p_chart", ([1.5], 10), {}, "events must hold whole numbers"),
    ("p_chart", ([1], 10), {"sigmas": 0}, "sigmas must lie"),
    ("p_chart", ([1], 10), {"run": 1}, "run must lie"),
    ("p_chart", ([1], 10), {"centre": 5}, "centre must lie"),
    ("u_chart", ([0, 0], 1), {}, "there must be at least one event"),
    ("u_chart", ([1, 1], [1, 0]), {}, "exposure must lie in its range"),
    ("u_chart", ([1], 1), {"centre": 0}, "centre must lie"),
    ("nps_chart", ({"promoters": [1]},), {}, "must have the columns passives, detractors"),
    ("nps_chart", ({"promoters": [0], "passives": [0], "detractors": [0]},), {}, "must have respondents"),
    ("nps_chart", ({"promoters": [0], "passives": [3], "detractors": [0]},), {}, "answers must vary"),
    ("importance_performance", (GRID[["importance"]],), {}, "must have the columns performance"),
    ("importance_performance", (GRID,), {"cut": "mode"}, "cut must be a known name"),
    ("importance_performance", (GRID,), {"cut": 3}, "cut must be"),
    ("importance_performance", (GRID.set_axis(["a", "a"]),), {}, "ratings.index must not repeat"),
    ("derived_importance", (FIT, [1, 1]), {}, "overall must vary"),
    ("derived_importance", (FIT, [1, 2, 3]), {}, "overall must be as long as ratings"),
    ("derived_importance", (FIT.assign(visit=1.0), [1, 2]), {}, "visit must vary"),
    ("perfect_order_index", ([0.9, 95],), {}, "rates must lie"),
    ("perfect_orders", (FIT,), {}, "must hold True or False"),
    ("content_mix_test", (["news"],), {}, "content must be a known name, got 'news'"),
    ("content_mix_test", ({"value": 0},), {}, "at least one message"),
    ("content_mix_test", ({"value": 1}, {"value": 70, "action": 30}), {}, "target must add up to 1"),
    ("content_mix_test", ({"value": 1.5},), {}, "messages must hold whole numbers"),
    ("exact_multinomial_p", ([1, 2], [1.0]), {}, "counts must be as long as probabilities"),
    ("exact_multinomial_p", ([1, 2], [0.5, 0.6]), {}, "probabilities must add up to 1"),
    ("exact_multinomial_p", ([1.5, 2], [0.5, 0.5]), {}, "counts must be whole numbers"),
    ("exact_multinomial_p", ([900] * 4, [0.25] * 4), {}, "at most 2000000 outcomes"),
    ("exact_multinomial_p", ([1, 2], [0.5, 0.5]), {"order": "size"}, "order must be a known name"),
    ("fit_by_role", (["boss"], FIT), {}, "role must be a known name, got 'boss'"),
    ("fit_by_role", ([], FIT), {}, "roles must be a Series or dict"),
    ("assign_channels", (FIT,), {"capacity": {"fax": 1}}, "channel must be a known name, got 'fax'"),
    ("assign_channels", (FIT,), {"capacity": {"call": -1}}, "capacity\\['call'\\] must lie"),
    ("assign_channels", (FIT.replace(1.0, np.nan),), {}, "fit\\['visit'\\] must hold numbers only"),
    ("assign_channels", (FIT.set_axis(["x", "x"]),), {}, "fit.index must not repeat"),
    ("course_cadence", ({"high value": 1},), {}, "minutes must carry the labels of tiers"),
    ("course_cadence", (0,), {}, "minutes must lie"),
    ("contact_hours", ({"Z": 1}, CADENCE), {}, "tier must be a known name, got 'Z'"),
    ("contact_hours", ({"A": -1}, CADENCE), {}, "sizes must lie"),
    (
        "contact_hours",
        ({"A": 1}, CADENCE.assign(per="fortnight")),
        {},
        "must be a known name, got 'fortnight'",
    ),
    ("contact_hours", ({"A": 1}, CADENCE.assign(times=0.0)), {}, "cadence\\['times'\\] must lie"),
    ("contact_hours", ({"A": 1}, CADENCE.assign(first_day=5, last_day=2)), {}, "must end after it begins"),
    ("contact_hours", ({"A": 1}, CADENCE), {"days": 0}, "days must lie"),
    ("contact_calendar", (PEOPLE.assign(tier="Z"), CADENCE), PLAN, "tier must be a known name"),
    ("contact_calendar", (pd.concat([PEOPLE, PEOPLE]), CADENCE), PLAN, "must not repeat"),
    (
        "contact_calendar",
        (PEOPLE, CADENCE),
        {"start": "2025-06-30", "end": "2025-06-01"},
        "the calendar must end after it begins",
    ),
    ("contact_calendar", (PEOPLE.assign(since=20250601), CADENCE), PLAN, "must hold dates"),
    ("response_by_contacts", (0,), {"first": 0.1, "decline": 0.1}, "contacts must lie"),
    ("response_by_contacts", (1,), {"first": 10, "decline": 0.1}, "first must lie"),
    ("response_by_contacts", (1,), {"first": 0.1, "decline": -1}, "decline must lie"),
    ("audit_contacts", (LOG, ["y"]), {"as_of": "2025-06-30"}, "unknown x"),
    ("audit_contacts", (LOG, []), {"as_of": "2025-06-30"}, "customers must be a list"),
    ("audit_contacts", (LOG, ["x", "x"]), {"as_of": "2025-06-30"}, "customers must not repeat"),
    (
        "audit_contacts",
        (LOG, ["x"]),
        {"as_of": "2025-06-30", "limits": {"spam": 1}},
        "limits must be a known",
    ),
    ("audit_contacts", (LOG, ["x"]), {"as_of": "2025-06-30", "silent_days": 0}, "silent_days must lie"),
    ("audit_contacts", (LOG.assign(template=2), ["x"]), {"as_of": "2025-06-30"}, "must hold True or False"),
    ("viral_coefficient", (-1, 0.5), {}, "invitations must lie"),
    ("viral_coefficient", (1, 5), {}, "conversion must lie"),
    ("referral_total", (1, -1), {}, "coefficient must lie"),
    ("referral_growth", (10, 1), {"generations": -1}, "generations must lie"),
    ("referral_growth", (10, 1), {"generations": 1, "market": 5}, "market must lie"),
    ("referral_multiplier", (1,), {}, "share times incremental must lie below 1"),
    ("referral_multiplier", (40,), {}, "for 40 % write 0.4"),
    ("cost_of_referred_customer", (1,), {"fraud": 1}, "fraud must lie"),
    ("cost_of_referred_customer", (1,), {"incremental": 0}, "incremental must lie"),
    ("trailing_commission", (-1,), {**RATES, "commission_rate": 0.01}, "sales must lie"),
    ("trailing_commission", (1,), {**RATES, "commission_rate": 1.5}, "commission_rate must lie"),
    (
        "trailing_commission",
        (1,),
        {"commission_rate": 0.1, "retention_rate": 1, "discount_rate": 0},
        "must leave an end",
    ),
    ("break_even_commission", (1,), {**RATES, "sales": 0}, "sales must lie"),
    (
        "break_even_commission",
        (1,),
        {"sales": 1, "retention_rate": 0, "discount_rate": 0.1},
        "retention_rate must lie",
    ),
    ("learning_curve", (0,), {"first": 1, "rate": 0.8}, "units must lie"),
    ("learning_curve", (1,), {"first": 0, "rate": 0.8}, "first must lie"),
    ("learning_curve", (1,), {"first": 1, "rate": 80}, "rate must lie"),
    ("learning_curve", (1,), {"first": 1, "rate": 0.8, "model": "steep"}, "model must be a known name"),
    ("units_to_reach", (1,), {"first": 100, "rate": 1}, "rate must lie"),
    ("units_to_reach", (1,), {"first": 100, "rate": 0.99}, "million billion"),
    ("fit_learning_curve", ([5.0],), {}, "at least two units"),
    ("fit_learning_curve", ({0: 5.0, 2: 4.0},), {}, "units must lie"),
    ("fit_learning_curve", ([5.0, 0.0],), {}, "times must lie"),
    ("critical_ratio", (5, 5), {}, "price above cost"),
    ("critical_ratio", (9, 5), {"salvage": 5}, "cost above salvage"),
    ("newsvendor", (0, 1), SELL, "mean must lie"),
    ("newsvendor", (1, -1), SELL, "sd must lie"),
    ("newsvendor", (1, 1), {**SELL, "quantity": -1}, "quantity must lie"),
    ("newsvendor", (1, 1), {**SELL, "goodwill": -1}, "goodwill must lie"),
    ("newsvendor_discrete", ({1: 0.5},), SELL, "demand must add up to 1"),
    ("newsvendor_discrete", ({-1: 1.0},), SELL, "demand.index must lie"),
    ("newsvendor_discrete", ({0: 1.0},), SELL, "some demand must be possible"),
    ("lead_time_cost", (1,), {**SELL, "lead_weeks": [-1], "weekly_error": 1}, "lead_weeks must lie"),
    ("lead_time_cost", (1,), {**SELL, "lead_weeks": [1], "weekly_error": -1}, "weekly_error must lie"),
    ("postponement_value", ([1, 1], [1]), SELL, "sds must be as long as means"),
    ("postponement_value", ([1, 1], [1, 1]), {**SELL, "correlation": -2}, "correlation must lie"),
    ("postponement_value", ([1, 1], [1, 1]), {**SELL, "extra_cost": -1}, "extra_cost must lie"),
    ("cronbach_alpha", (ANSWERS[["q1"]],), {}, "at least two questions"),
    ("cronbach_alpha", (ANSWERS.iloc[:1],), {}, "at least two respondents"),
    ("cronbach_alpha", (ANSWERS.assign(q2=1.0),), {}, "each question must be answered differently"),
    ("cronbach_alpha", (ANSWERS.assign(q2=-ANSWERS["q1"]),), {}, "the total over the questions must vary"),
    ("relationship_quality", (ANSWERS, {"trust": ["q9"]}), {}, "must have the columns q9"),
    ("relationship_quality", (ANSWERS, {}), {}, "dimensions must name at least one"),
    ("relationship_quality", (ANSWERS, {"t": ["q1"]}), {"weights": {"t": 0.5}}, "weights must add up to 1"),
    ("servqual_gaps", (ANSWERS, ANSWERS[["q1"]], {"t": ["q1"]}), {}, "met.columns must carry the labels"),
    ("servqual_gaps", (ANSWERS, ANSWERS.iloc[:2], {"t": ["q1"]}), {}, "met must be as long as expected"),
    ("servqual_gaps", (ANSWERS, ANSWERS, {"t": ["q1"]}), {"weights": {"t": 7}}, "weights must add up to 1"),
]


@pytest.mark.parametrize(
    ("function", "data", "terms", "message"), CASES, ids=[f"{case[0]}-{case[3]}" for case in CASES]
)
def test_the_fault_is_named(function, data, terms, message):
    with pytest.raises(InputError, match=message) as caught:
        getattr(service, function)(*data, **terms)
    assert caught.value.function


def test_trees_about_different_problems():
    trees = [service.recovery_tree(size, **TREE) for size in (10, 20)]
    with pytest.raises(InputError, match="the same number of problems, got 10 and 20"):
        service.break_even_desk_cost(*trees)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"opens": "nine"}, "opens must be a time of day"),
        ({"opens": "18:00", "closes": "09:00"}, "must open before it closes"),
        ({"weekdays": (7,)}, "weekdays must be days of the week"),
        ({"weekdays": ()}, "weekdays must be days of the week"),
    ],
)
def test_bad_hours_are_named(given, message):
    with pytest.raises(InputError, match=message):
        BusinessHours(**given)


def test_all_faults_are_told_at_once():
    with pytest.raises(InputError) as caught:
        service.recovery_tree(-1, **{**TREE, "complaint_share": 40, "value": -5})
    assert len(caught.value.problems) == 3
    first = "recovery_tree: problems must lie in its range, got -1.\n  Allowed: 0 or more"
    assert str(caught.value).startswith(first)
