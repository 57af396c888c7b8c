"""Cohorts and the five lenses on a log that fits on half a page."""

import math

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.segments import (
    acquisition_cohorts,
    cohort_table,
    lens_1_how_customers_differ,
    lens_2_what_changed,
    lens_3_cohort_over_time,
    lens_4_cohorts_compared,
    lens_5_whole_base,
)

#: Ann buys in January, February and April; Bo in January; Cy in February and April; Di in April.
LOG = pd.DataFrame(
    [
        ("Ann", "2024-01-03", 10.0),
        ("Ann", "2024-01-20", 14.0),
        ("Bo", "2024-01-31", 40.0),
        ("Ann", "2024-02-11", 6.0),
        ("Cy", "2024-02-29", 20.0),
        ("Ann", "2024-04-01", 8.0),
        ("Cy", "2024-04-02", 5.0),
        ("Cy", "2024-04-30", 15.0),
        ("Di", "2024-04-15", 32.0),
    ],
    columns=["customer_id", "date", "amount"],
).astype({"date": "datetime64[ns]"})


def test_cohort_is_the_period_of_the_first_purchase():
    assert acquisition_cohorts(LOG).astype(str).tolist() == ["2024-01", "2024-01", "2024-02", "2024-04"]
    assert acquisition_cohorts(LOG, every="quarter")["Di"] == pd.Period("2024Q2")


def test_retention_is_zero_where_nobody_bought_and_missing_where_nobody_looked():
    table = cohort_table(LOG)
    assert table.loc["2024-01"].tolist() == [1, 0.5, 0, 0.5]
    assert table.loc["2024-02"].fillna(-1).tolist() == [1, 0, 1, -1]
    assert table.index.astype(str).tolist() == ["2024-01", "2024-02", "2024-04"]


def test_measures_of_a_cohort():
    def january(measure):
        return cohort_table(LOG, measure=measure).loc["2024-01"].tolist()

    assert january("customers") == [2, 1, 0, 1]
    assert january("purchases") == [3, 1, 0, 1]
    assert january("amount") == [64, 6, 0, 8]
    assert january("amount_per_customer") == [32, 3, 0, 4]
    assert january("cumulative_amount_per_customer") == [32, 35, 35, 39]


def test_calendar_columns_are_missing_before_the_cohort():
    table = cohort_table(LOG, measure="amount", by="calendar")
    assert table.loc["2024-02"].fillna(-1).tolist() == [-1, 20, 0, 20]
    assert table.columns.astype(str).tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]


def test_a_period_not_covered_to_its_end_is_left_out():
    assert cohort_table(LOG, until="2024-04-29").columns.tolist() == [0, 1, 2]
    assert cohort_table(LOG, until="2024-04-30").columns.tolist() == [0, 1, 2, 3]
    assert cohort_table(LOG, until="2024-06-30").shape == (3, 6)


def test_dates_with_a_time_zone_keep_their_day_and_categories_their_names():
    zoned = LOG.assign(date=LOG["date"].dt.tz_localize("Asia/Shanghai")).astype({"customer_id": "category"})
    pd.testing.assert_frame_equal(cohort_table(zoned), cohort_table(LOG))


def test_a_list_of_records_will_do():
    pd.testing.assert_frame_equal(cohort_table(LOG.to_dict("records")), cohort_table(LOG))


def test_another_column_of_money():
    profit = LOG.assign(profit=LOG["amount"] / 2)
    assert cohort_table(profit, measure="amount", value="profit").loc["2024-01", 0] == 32


def test_lens_1_takes_the_period_apart():
    found = lens_1_how_customers_differ(LOG, period="2024", groups=2)
    assert found.totals["amount"] == 150
    assert found.groups["customers"].tolist() == [2, 2]
    assert found.groups["amount"].tolist() == [80, 70]
    assert found.purchase_counts.to_dict() == {1: 2, 3: 1, 4: 1}
    assert found.totals["one_purchase_share"] == 0.5
    april = lens_1_how_customers_differ(LOG, period=("2024-04-01", "2024-04-30"), groups=3)
    assert april.groups["amount"].tolist() == [32, 20, 8]


def test_lens_2_names_who_stayed_went_and_came():
    found = lens_2_what_changed(LOG, first="2024-02", second="2024-04", groups=2)
    assert found.customers["customers"].to_dict() == {"kept": 2, "lost": 0, "new": 1, "returned": 0}
    assert found.customers["change"].to_dict() == {"kept": 2, "lost": 0, "new": 32, "returned": 0}
    assert found.moves.loc[0, 1] == 1
    earlier = lens_2_what_changed(
        pd.concat(
            [
                LOG,
                pd.DataFrame({"customer_id": ["Ed"], "date": [pd.Timestamp("2024-03-05")], "amount": [9.0]}),
            ]
        ),
        first="2024-03",
        second="2024-04",
    )
    assert earlier.customers["customers"].to_dict() == {"kept": 0, "lost": 1, "new": 1, "returned": 2}


def test_lens_2_splits_the_change_over_factors_by_hand():
    found = lens_2_what_changed(LOG, first="2024-02", second="2024-04").factors
    mean = (60 - 26) / math.log(60 / 26)
    assert found.loc["customers", "change"] == pytest.approx(mean * math.log(3 / 2))
    assert found.loc["purchases_per_customer", "change"] == pytest.approx(mean * math.log((4 / 3) / 1))
    assert found["change"].sum() == pytest.approx(34)


def test_lens_2_of_equal_periods_has_no_change():
    twice = pd.concat([LOG, LOG.assign(date=LOG["date"] + pd.DateOffset(years=1))])
    found = lens_2_what_changed(twice, first="2024", second="2025")
    assert found.factors["change"].tolist() == pytest.approx([0, 0, 0])
    assert found.customers.loc["kept", "customers"] == 4


def test_lens_3_follows_one_cohort():
    found = lens_3_cohort_over_time(LOG, cohort="2024-01")
    assert found["active_share"].tolist() == [1, 0.5, 0, 0.5]
    assert found["purchases_per_active"].fillna(-1).tolist() == [1.5, 1, -1, 1]
    assert found["cumulative_amount_per_acquired"].tolist() == [32, 35, 35, 39]
    assert lens_3_cohort_over_time(LOG, cohort=pd.Period("2024-04"))["customers"].tolist() == [1]


def test_lens_4_compares_at_the_same_age():
    found = lens_4_cohorts_compared(LOG, horizon=2)
    assert found["customers"].tolist() == [2, 1, 1]
    assert found["first_amount"].tolist() == [25, 20, 32]
    assert found["repeat_share"].fillna(-1).tolist() == [0.5, 1, -1]
    assert found["active_share"].fillna(-1).tolist() == [0, 1, -1]
    assert found["amount_per_customer"].fillna(-1).tolist() == [35, 40, -1]
    assert lens_4_cohorts_compared(LOG, horizon=9)["repeat_share"].isna().all()


def test_lens_5_counts_where_customers_come_from():
    found = lens_5_whole_base(LOG)
    assert found.periods["active"].tolist() == [2, 2, 0, 3]
    assert found.periods["new"].tolist() == [2, 1, 0, 1]
    assert found.periods["kept"].tolist() == [0, 1, 0, 0]
    assert found.periods["returned"].tolist() == [0, 0, 0, 2]
    assert found.periods["lapsed"].tolist() == [0, 1, 2, 0]
    assert found.periods["new_amount_share"].fillna(-1).tolist() == pytest.approx([1, 20 / 26, -1, 32 / 60])
    assert found.amount_by_cohort.sum().tolist() == [64, 26, 0, 60]


ZERO = LOG.assign(amount=0.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: acquisition_cohorts(LOG, every="day"), "every must be a known name"),
        (lambda: acquisition_cohorts([]), "purchases must be a DataFrame"),
        (lambda: cohort_table(LOG, measure="churn"), "measure must be a known name"),
        (lambda: cohort_table(LOG, by="week"), "by must be a known name"),
        (lambda: cohort_table(LOG, every="decade"), "every must be a known name"),
        (lambda: cohort_table(LOG, until="2024-01-30"), "until must cover a whole period"),
        (lambda: cohort_table(LOG, until=3), "until must be a day"),
        (lambda: cohort_table(LOG, value="profit"), "must have the columns profit"),
        (lambda: lens_1_how_customers_differ(LOG, groups=5), "at most the number of customers"),
        (lambda: lens_1_how_customers_differ(LOG, groups=1), "groups must lie in its range"),
        (lambda: lens_1_how_customers_differ(LOG, period="2023"), "period must hold a purchase"),
        (lambda: lens_1_how_customers_differ(LOG, period="spring"), "period must be a period"),
        (lambda: lens_1_how_customers_differ(LOG, period=7), "period must be a period"),
        (lambda: lens_1_how_customers_differ(ZERO, groups=2), "the money of period must be above 0"),
        (lambda: lens_2_what_changed(LOG, first="2024-04", second="2024-02"), "second must begin after"),
        (lambda: lens_2_what_changed(LOG, first="2023", second="2024"), "first must hold a purchase"),
        (lambda: lens_2_what_changed(ZERO, first="2024-01", second="2024-02"), "must be above 0"),
        (
            lambda: lens_2_what_changed(LOG, first=("2024-02-01", "2024-01-01"), second="2024-04"),
            "first must not end before it begins",
        ),
        (lambda: lens_2_what_changed(LOG, first="2024-01", second="2024-02", groups=1), "groups must lie"),
        (lambda: lens_3_cohort_over_time(LOG, cohort="2024-03"), "cohort must be a known name"),
        (lambda: lens_3_cohort_over_time(LOG, cohort="first"), "cohort must be a known name"),
        (lambda: lens_3_cohort_over_time(LOG, every="day"), "every must be a known name"),
        (lambda: lens_4_cohorts_compared(LOG, horizon=-1), "horizon must lie in its range"),
        (lambda: lens_4_cohorts_compared(LOG.assign(date="x")), "must hold dates"),
        (lambda: lens_5_whole_base(LOG, until="2023-12-31"), "until must cover a whole period"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_the_message_names_the_function_called():
    with pytest.raises(InputError, match="lens_5_whole_base: every"):
        lens_5_whole_base(LOG, every="day")
