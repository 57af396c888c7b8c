"""Calendar, content, channels, audit and referral by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.service import (
    assign_channels,
    audit_contacts,
    break_even_commission,
    contact_calendar,
    contact_hours,
    content_mix_test,
    cost_of_referred_customer,
    course_cadence,
    exact_multinomial_p,
    fit_by_role,
    referral_growth,
    referral_total,
    response_by_contacts,
    trailing_commission,
)


def cadence(**columns):
    plain = {"tier": ["A"], "activity": ["call"], "times": [1.0], "per": ["month"], "minutes": [30]}
    return pd.DataFrame({**plain, **columns})


def people(*tiers):
    return pd.DataFrame({"customer_id": [f"c{number}" for number in range(len(tiers))], "tier": tiers})


def test_monthly_is_by_calendar_months():
    dates = contact_calendar(
        people("A"), cadence(), start="2025-01-31", end="2025-05-01", workdays_only=False
    )["date"]
    assert dates.dt.strftime("%m-%d").tolist() == ["01-31", "02-28", "03-31", "04-30"]


def test_a_weekend_moves_to_monday():
    """7 June 2025 is a Saturday, 8 June a Sunday."""
    for start in ("2025-06-07", "2025-06-08"):
        found = contact_calendar(people("A"), cadence(), start=start, end="2025-06-20")
        assert found["date"].dt.strftime("%m-%d").tolist() == ["06-09"]


def test_customers_of_a_tier_are_spread():
    rows = contact_calendar(
        people("A", "A"),
        cadence(times=[1.0], per=["week"]),
        start="2025-06-02",
        end="2025-06-08",
        workdays_only=False,
    )
    assert rows["date"].dt.day.tolist() == [2, 5]
    together = contact_calendar(
        people("A", "A"), cadence(), start="2025-06-02", end="2025-06-08", spread=False
    )
    assert together["date"].dt.day.tolist() == [2, 2]


def test_a_window_begins_and_ends():
    weekly = cadence(per=["week"], first_day=[7], last_day=[21])
    rows = contact_calendar(people("A"), weekly, start="2025-06-02", end="2025-12-31", workdays_only=False)
    assert rows["date"].dt.strftime("%m-%d").tolist() == ["06-09", "06-16"]


def test_the_cadence_counts_from_the_customers_own_day():
    someone = people("A").assign(since=pd.to_datetime(["2025-05-15"]))
    rows = contact_calendar(someone, cadence(), start="2025-06-01", end="2025-07-01", workdays_only=False)
    assert rows["date"].dt.strftime("%m-%d").tolist() == ["06-15"]


def test_hours_by_hand_and_in_total():
    table = contact_hours({"A": 10, "B": 2}, cadence(tier=["A"]).pipe(_both))
    assert table.loc["A"].tolist() == pytest.approx([10, 120, 60])
    assert table.loc["total", "hours"] == pytest.approx(60 + 2 * 12 * 0.5)


def _both(table):
    return pd.concat([table, table.assign(tier="B")], ignore_index=True)


def test_windows_shorten_the_work():
    """A year after the start a prospect in earnest has had 13 weeks of two contacts."""
    hours = contact_hours({"in earnest": 1}, course_cadence(60))
    assert hours.loc["in earnest", "contacts"] == pytest.approx((91 + 88) / 7)


def test_minutes_by_tier():
    minutes = dict.fromkeys(["high value", "potential", "ordinary", "prospect", "in earnest", "customer"], 10)
    assert (course_cadence(minutes)["minutes"] == 10).all()


def test_no_decline_is_a_straight_line():
    table = response_by_contacts(3, first=0.5, decline=0, value=2, cost=0.25)
    assert table["total_gain"].tolist() == pytest.approx([0.75, 1.5, 2.25])


def test_chi_square_by_hand():
    """60, 30, 10 against 70, 20, 10: 100/70 + 100/20."""
    found = content_mix_test({"value": 60, "feeling": 30, "action": 10})
    assert found.chi_square == pytest.approx(100 / 70 + 5)
    assert found.p_value == pytest.approx(math.exp(-found.chi_square / 2))
    assert found.table["residual"].tolist() == pytest.approx([-10 / 21**0.5, 10 / 4, 0])


def test_a_content_that_should_not_be_there():
    found = content_mix_test(["a", "b"], {"a": 1.0, "b": 0.0})
    assert (found.p_value, found.p_exact) == (0, 0)


def test_a_rule_of_one_kind_is_always_kept():
    found = content_mix_test(["a", "a"], {"a": 1.0})
    assert (found.chi_square, found.p_value, found.p_exact) == (0, 1, 1)


def test_binomial_by_hand():
    """Ten tosses, nine heads: two-sided 22 of 1024, both orders alike."""
    for order in ("probability", "chi_square"):
        assert exact_multinomial_p([9, 1], [0.5, 0.5], order=order) == pytest.approx(22 / 1024)


def test_too_many_outcomes_leave_the_exact_value_out():
    found = content_mix_test({"value": 7000, "feeling": 2000, "action": 1000})
    assert np.isnan(found.p_exact)
    assert found.p_value == 1


def test_the_scarce_channel_goes_where_the_second_choice_is_worst():
    fit = fit_by_role(
        pd.Series(["decides", "decides", "works"], index=["Li", "Wu", "He"]),
        pd.DataFrame({"visit": [9, 8], "chat": [2, 7]}, index=["decides", "works"]),
    )
    found = assign_channels(fit, capacity={"visit": 2})
    assert found["channel"].to_dict() == {"Li": "visit", "Wu": "visit", "He": "chat"}
    assert found["first_choice"].tolist() == [True, True, False]


def test_costs_are_minimised():
    cost = pd.DataFrame([[4, 1, 3], [2, 0, 5], [3, 2, 2]], columns=["a", "b", "c"])
    found = assign_channels(cost, capacity=dict.fromkeys("abc", 1), maximise=False)
    assert found["fit"].sum() == 5
    assert found["channel"].tolist() == ["b", "a", "c"]


def test_who_finds_no_room_is_left_out():
    fit = pd.DataFrame({"visit": [1.0, 3.0, 2.0]}, index=list("abc"))
    found = assign_channels(fit, capacity={"visit": 1})
    assert found["channel"].notna().to_dict() == {"a": False, "b": True, "c": False}
    assert assign_channels(fit, capacity={"visit": 0})["channel"].isna().all()


def log(**columns):
    plain = {
        "customer_id": ["A", "A", "B", "B"],
        "date": pd.to_datetime(["2025-06-30", "2025-06-01", "2025-06-02", "2024-01-01"]),
        "purpose": ["sell", "value", "compensation", "sell"],
        "template": [True, False, True, True],
    }
    return pd.DataFrame({**plain, **columns})


def test_audit_counts_only_its_days():
    table = audit_contacts(log(), ["A", "B", "C"], as_of="2025-06-30", silent_days=90)
    assert table["count"].to_dict() == {
        "sell_messages": 1,
        "silent_customers": 1,
        "template_messages": 2,
        "compensation_only": 1,
    }
    assert table["of"].tolist() == [3, 3, 3, 2]


def test_a_limit_is_exceeded_only_beyond_chance():
    many = pd.DataFrame(
        {"customer_id": "A", "date": pd.Timestamp("2025-06-01"), "purpose": ["sell"] * 50, "template": False}
    )
    assert audit_contacts(many, ["A"], as_of="2025-06-30")["exceeded"].to_dict()["sell_messages"]
    assert not audit_contacts(log(), ["A", "B"], as_of="2025-06-30")["exceeded"].any()


def test_an_empty_log_leaves_everyone_silent():
    table = audit_contacts(log().iloc[:0], ["A", "B"], as_of="2025-06-30")
    assert table.loc["silent_customers", "share"] == 1
    assert np.isnan(table.loc["sell_messages", "share"])


def test_the_last_day_counts_and_the_day_before_the_window_does_not():
    dates = pd.to_datetime(["2025-06-30 23:59", "2025-06-20 23:59", "2025-06-21 00:00", "2025-07-01 00:00"])
    table = audit_contacts(log(date=dates), ["A", "B"], as_of="2025-06-30", silent_days=10)
    assert table.loc["sell_messages", "of"] == 2


def test_growth_in_a_closed_market_stops_at_it():
    table = referral_growth(10, 3.0, generations=30, market=100)
    assert table["total"].max() <= 100 + 1e-9
    assert table["total"].is_monotonic_increasing


def test_referral_without_end():
    assert referral_total(5, 1) == math.inf
    assert referral_total(0, 2) == 0


def test_cost_without_losses_is_the_reward():
    assert cost_of_referred_customer(50, other_cost=10) == 60


def test_commission_and_bonus_are_inverse():
    terms = {"retention_rate": 0.7, "discount_rate": 0.1}
    worth = trailing_commission(1000, commission_rate=0.01, **terms)
    assert break_even_commission(worth, sales=1000, **terms) == pytest.approx(0.01)
    assert trailing_commission(1000, commission_rate=0.01, retention_rate=0, discount_rate=0.1) == 0
