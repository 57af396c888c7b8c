"""From visits to months, and the sweep of a threshold."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import monthly_panel, sweep_threshold
from casekit.loyalty.monthly import whole_months

LOG = pd.DataFrame(
    {
        "customer_id": ["Li", "Li", "Li", "Wu"],
        "date": pd.to_datetime(["2024-01-31", "2024-01-31", "2024-03-01", "2024-02-10"]),
        "amount": [100, 300, 60, 500],
        "covers": [2, 6, 1, 0],
    }
)
RULES = {"active": {"visits": 1}, "quality": {"visits": 1, "spend": (300, 450)}}


def test_lunch_and_dinner_are_two_visits_and_empty_months_are_rows():
    panel = monthly_panel(LOG).set_index(["customer_id", "month"])
    assert panel.loc["Li", "visits"].tolist() == [2, 0, 1]
    assert panel.loc["Li", "spend"].tolist() == [400, 0, 60]
    assert panel.loc["Li", "per_head"].tolist()[0] == 50
    assert panel.loc["Li", "per_head"].isna().tolist() == [False, True, False]


def test_a_customer_begins_with_the_first_visit_and_nobody_at_the_table_has_no_spend_a_head():
    panel = monthly_panel(LOG)
    wu = panel[panel["customer_id"] == "Wu"]
    assert wu["month"].dt.month.tolist() == [2, 3]
    assert wu["per_head"].isna().all()


def test_a_refund_lowers_spend_and_is_no_visit():
    refund = pd.DataFrame(
        {"customer_id": ["Li"], "date": pd.to_datetime(["2024-01-31"]), "amount": [-100], "covers": [2]}
    )
    panel = monthly_panel(pd.concat([LOG, refund], ignore_index=True)).set_index(["customer_id", "month"])
    assert panel.loc["Li", "visits"].tolist() == [2, 0, 1]
    assert panel.loc["Li", "spend"].tolist() == [300, 0, 60]
    assert panel.loc["Li", "covers"].tolist() == [8, 0, 1]


@pytest.mark.parametrize(("last", "kept"), [("2024-03-17", "2024-02-29"), ("2024-03-31", "2024-03-31")])
def test_a_month_that_has_only_begun_is_cut_off(last, kept):
    log = pd.DataFrame({"date": pd.date_range("2024-01-01", last)})
    assert whole_months(log)["date"].max() == pd.Timestamp(kept)


def test_the_only_month_stays():
    log = pd.DataFrame({"date": pd.date_range("2024-01-01", "2024-01-17")})
    assert len(whole_months(log)) == 17


def test_averages_run_over_the_months_asked_for():
    panel = monthly_panel(LOG, average_months=2)
    li = panel[panel["customer_id"] == "Li"]
    assert li["visits"].tolist() == [2, 1, 0.5]
    assert li["per_head"].tolist() == [50, 50, 60]


def test_sweep_counts_members_and_keeps_the_ceiling():
    panel = monthly_panel(LOG)
    sweep = sweep_threshold(panel, rules=RULES, tier="quality", measure="spend", values=[50, 300, 420])
    assert sweep["earning"].tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert sweep["members"].tolist() == pytest.approx([1, 1, 0])
    assert sweep["spend"].tolist() == pytest.approx([460 / 3, 460 / 3, 0])
    assert sweep["spend_share"].iloc[0] == pytest.approx(460 / 960)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: monthly_panel(LOG.drop(columns="covers")), "must have the columns covers"),
        (lambda: monthly_panel(LOG.assign(date=20240101)), r'format="%Y%m%d"'),
        (lambda: monthly_panel(LOG.assign(covers=-1)), "must lie in its range, got -1"),
        (lambda: monthly_panel(LOG.assign(amount="12元")), "must hold numbers"),
        (lambda: monthly_panel(LOG, average_months=0), "average_months must lie in its range"),
        (lambda: sweep("qualty", "spend", [1]), "did you mean 'quality'"),
        (lambda: sweep("quality", "per_head", [1]), "measure must be a known name"),
        (lambda: sweep("quality", "spend", []), "at least one row"),
        (lambda: sweep("quality", "spend", [1], LOG.assign(amount=0)), "hold some spend"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


def sweep(tier, measure, values, log=LOG):
    return sweep_threshold(monthly_panel(log), rules=RULES, tier=tier, measure=measure, values=values)
