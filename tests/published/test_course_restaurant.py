"""Figures of the course's restaurant: the monthly sheet, the rules of the C tier, the perks."""

import pytest

from casekit.datasets import load_restaurant
from casekit.information.monthly_sheet import check_monthly_totals, read_monthly_sheet
from casekit.loyalty import earned_levels_by_rules, monthly_panel, programme_cost, restaurant_perks


@pytest.fixture(scope="module")
def sheet():
    return read_monthly_sheet(load_restaurant("monthly_sheet"), month="2024-03")


def test_first_guest_27_people_2420_yuan_90_a_head(sheet):
    visits, totals = sheet
    stated = totals.iloc[0]
    assert visits.loc[visits["customer_id"] == stated["customer_id"], "covers"].sum() == 27
    assert stated["amount"] == 2420
    assert stated["amount"] / 27 == pytest.approx(90, abs=0.5)
    checked = check_monthly_totals(visits, totals)
    assert checked.loc[~checked["agrees"], "total"].tolist() == ["amount"]


def test_mr_zhang_is_active_passes_a_head_and_misses_1500(sheet):
    visits, _totals = sheet
    zhang = monthly_panel(visits[visits["customer_id"] == "张先生"])
    assert zhang[["visits", "spend"]].iloc[0].tolist() == [3, 1320]
    tests = {"active": {"visits": 2}, "per head": {"per_head": (50, 70)}, "spend": {"spend": 1500}}
    passed = {
        name: bool(earned_levels_by_rules(zhang, rules={name: rule}).iloc[0, 0])
        for name, rule in tests.items()
    }
    assert passed == {"active": True, "per head": True, "spend": False}


def test_each_visit_of_mr_zhang_lies_between_50_and_70_a_head(sheet):
    visits, _totals = sheet
    zhang = visits[visits["customer_id"] == "张先生"]
    assert (zhang["amount"] / zhang["covers"]).tolist() == pytest.approx([57.5, 52.0, 56.7], abs=0.05)


def test_perks_cost_1750_yuan_9_7_per_cent_of_18000():
    costs = programme_cost(restaurant_perks(), hourly_cost=0)
    assert costs["cash"].sum() == 1750
    assert costs["cash"].sum() / (12 * 1500) == pytest.approx(0.097, abs=5e-4)
    assert costs["times"].iloc[3:].tolist() == pytest.approx([122, 12], abs=0.5)
