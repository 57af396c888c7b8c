"""Bad input in frames of other engines, told as for pandas; PyArrow stands for them all."""

import datetime as dt

import pandas as pd
import pyarrow as pa
import pytest

from casekit.customer_base import (
    BGNBD,
    GammaGamma,
    calibration_holdout,
    lifetime_value,
    purchase_summary,
)
from casekit.engines import CheckedLog, check_log, is_column, is_frame
from casekit.errors import CasekitWarning, InputError
from casekit.segments import acquisition_cohorts, cohort_table, rfm_scores, rfm_table, segment_summary
from casekit.value import gini, lorenz_curve, retention_index, revenue_retention

DAYS = [dt.date(2024, 1, 1), dt.date(2024, 1, 8), dt.date(2024, 1, 15), dt.date(2024, 1, 29)]
GOOD = {"customer_id": ["Li", "Li", "Li", "Wu"], "date": DAYS, "amount": [10.0, 20.0, 30.0, 5.0]}
MODEL = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
SPEND = GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)


def log(**changed):
    return pa.table(GOOD | changed)


def summary(**changed):
    columns = {"frequency": [2, 0], "recency": [30.0, 0.0], "T": [38.9, 20.0], "monetary_value": [22.0, None]}
    return pa.table(columns | changed)


def test_summary_by_hand():
    found = purchase_summary(log())
    assert isinstance(found, pa.Table)
    assert found.to_pylist() == [
        {"customer_id": "Li", "frequency": 2, "recency": 2.0, "T": 4.0, "monetary_value": 25.0},
        {"customer_id": "Wu", "frequency": 0, "recency": 0.0, "T": 0.0, "monetary_value": None},
    ]


def test_the_day_is_that_of_its_own_time_zone():
    late = pa.array([dt.datetime(2024, 1, 1, 23, 30), dt.datetime(2024, 1, 2, 0, 30)], pa.timestamp("us"))
    zoned = pa.compute.assume_timezone(late, "Asia/Shanghai")
    rows = pa.table({"customer_id": ["Li", "Li"], "date": zoned, "amount": [1.0, 2.0]})
    assert purchase_summary(rows, time_unit="day").to_pylist()[0]["recency"] == 1.0
    assert rfm_table(rows).to_pylist()[0]["days_since_last_purchase"] == 0


def test_leap_days_and_centuries():
    days = [dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2000, 2, 28), dt.date(2000, 3, 1)]
    rows = pa.table({"customer_id": ["a", "a", "b", "b"], "date": days, "amount": [1.0] * 4})
    found = purchase_summary(rows, time_unit="day").to_pylist()
    assert [row["recency"] for row in found] == [1.0, 2.0]


def test_a_checked_log_serves_all():
    checked = check_log(log())
    assert isinstance(checked, CheckedLog)
    assert (checked.rows, checked.refunds, checked.last) == (4, 0, pd.Timestamp("2024-01-29"))
    assert purchase_summary(checked).equals(purchase_summary(log()))
    assert rfm_table(checked).equals(rfm_table(log()))
    frame = pd.DataFrame(GOOD)
    assert check_log(frame) is frame


def test_silence_at_the_end_is_told():
    with pytest.warns(CasekitWarning, match="nobody bought in the"):
        purchase_summary(log(), observation_end="2024-12-31")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"customer_id": ["Li", None, "Li", None]},
            "every purchase must carry customer_id, got 2 rows without it(.|\n)*rows 1, 3",
        ),
        ({"customer_id": ["Li", "", "Li", "  "]}, "must carry customer_id, got 2 rows(.|\n)*rows 1, 3"),
        ({"date": [*DAYS[:3], None]}, "every purchase must carry date, got 1 row without it(.|\n)*row 3"),
        ({"date": [20240101, 20240108, 20240115, 20240129]}, "date must hold dates, got Int64"),
        ({"amount": ["10", "20", "30", "5"]}, "amount must hold numbers, got String"),
        ({"amount": [10.0, None, 30.0, float("inf")]}, "every purchase must carry amount, got 2 rows"),
        (
            {"amount": [10.0, -20.0, 30.0, 5.0]},
            "amounts must not be negative, got 1 row below zero(.|\n)*row 1",
        ),
        (
            {"customer_id": [], "date": pa.array([], pa.date32()), "amount": pa.array([], pa.float64())},
            "one row",
        ),
    ],
)
def test_a_broken_log_is_refused(changed, message):
    with pytest.raises(InputError, match=message):
        purchase_summary(log(**changed))


def test_all_problems_are_told_together():
    with pytest.raises(InputError) as raised:
        rfm_table(log(customer_id=["Li", None, "Li", "Wu"], amount=[None, 1.0, 1.0, 1.0]))
    assert str(raised.value) == (
        "rfm_table: every purchase must carry customer_id, got 1 row without it.\n"
        "  Where: row 1\n"
        "  Try: filter them out in their own engine, and report how many\n"
        "rfm_table: every purchase must carry amount, got 1 row without it.\n"
        "  Where: row 0\n"
        "  Try: filter them out in their own engine, and report how many"
    )


@pytest.mark.parametrize("blank", [None, " "])
def test_of_a_plan_the_rows_themselves_are_shown(blank):
    duckdb = pytest.importorskip("duckdb")
    plan = duckdb.from_arrow(log(customer_id=["Li", blank, "Li", "Wu"], amount=[10.0, 20.0, 30.0, -5.0]))
    with pytest.raises(InputError, match=r"1 row without it(.|\n)*Where: \((-| ), 2024-01-08, 20.0\)"):
        purchase_summary(plan)
    with pytest.raises(InputError, match=r"1 row below zero(.|\n)*Where: \(Wu, 2024-01-29, -5.0\)"):
        purchase_summary(plan.filter("trim(customer_id) <> ''"))


REFUNDS_ONLY = log(amount=[-1.0, -2.0, -3.0, -4.0])
TWO = pa.table({"customer": ["A", "B"], "value": [1.0, 2.0]})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: purchase_summary(log().drop(["amount"])), "purchases must have the columns amount"),
        (lambda: purchase_summary(check_log(log(), amount=None)), "must have the columns amount"),
        (lambda: purchase_summary(log(), occasion="hour"), "occasion must be a known name"),
        (lambda: purchase_summary(REFUNDS_ONLY, refunds="net"), "the log must hold a purchase"),
        (
            lambda: purchase_summary(log(), observation_end="2023-12-31"),
            "must not be before the first purchase",
        ),
        (lambda: calibration_holdout(log(), calibration_end="2024-02-29"), "must be after calibration_end"),
        (lambda: rfm_table(log(), today="2023-12-31"), "today must not lie before"),
        (lambda: rfm_scores(log()), "table must have the columns days_since_last_purchase"),
        (lambda: segment_summary(rfm_table(log()), ["a", "b"]), "segments must be the name of a column"),
        (lambda: acquisition_cohorts(log(), every="day"), "every must be a known name"),
        (lambda: cohort_table(log(), until="2023-12-31"), "until must cover a whole period"),
        (lambda: gini(log()), "values must be a frame with one column of numbers"),
        (lambda: gini(pa.table({"amount": [1.0, None]})), "every purchase must carry amount"),
        (lambda: gini(pa.table({"amount": pa.array([], pa.float64())})), "values must have at least one row"),
        (lambda: lorenz_curve(pa.table({"amount": [0.0, 0.0]})), "must add up to more than zero"),
        (lambda: retention_index(log(), TWO), "before must be a frame with two columns"),
        (lambda: retention_index(TWO, pa.table({"c": ["A"], "v": [-1.0]})), "after must lie in its range"),
        (lambda: retention_index(pa.table({"c": ["A", "A"], "v": [1.0, 2.0]}), TWO), "must not repeat"),
        (
            lambda: revenue_retention(pa.table({"c": ["A"], "v": [0.0]}), TWO),
            "at least one customer who bought",
        ),
        (lambda: BGNBD().fit(log()), "summary must have the columns frequency"),
        (lambda: BGNBD().fit(summary(), weights=[1, 1]), "weights must be the name of a column"),
        (lambda: BGNBD().fit(summary(frequency=[2, 3], recency=[1.0, 2.0])), "not identified"),
        (lambda: BGNBD().fit(summary().slice(0, 0)), "summary must have at least one row"),
        (lambda: MODEL.probability_alive(summary(recency=[40.0, 0.0])), "recency must not be greater than T"),
        (
            lambda: MODEL.conditional_expected_purchases(summary(), horizon=-1),
            "horizon must lie in its range",
        ),
        (lambda: MODEL.discounted_expected_purchases(summary(), discount_rate=-1), "discount_rate must lie"),
        (lambda: BGNBD().probability_alive(summary()), "must be fitted first"),
        (
            lambda: GammaGamma().fit(summary(frequency=[0, 0], recency=[0.0, 0.0])),
            "somebody must have bought",
        ),
        (
            lambda: SPEND.conditional_expected_spend(summary(monetary_value=[-1.0, None])),
            "must not be negative",
        ),
        (
            lambda: lifetime_value(summary(), purchases=MODEL, spend=None, discount_rate=0.1),
            "spend must be a fitted model",
        ),
    ],
)
def test_a_bad_call_is_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_columns_of_an_engine_are_understood():
    column = pa.chunked_array([[0.0, 0.0], [0.0, 100.0]])
    assert is_column(column)
    assert not is_frame(column)
    assert gini(column) == 0.75
    assert gini(pa.table({"amount": column})) == 0.75


def test_weights_count_as_customers():
    log_ = purchase_summary(log())
    once = MODEL.log_likelihood(log_)
    twice = MODEL.log_likelihood(log_.append_column("customers", [[2, 2]]), weights="customers")
    assert twice == pytest.approx(2 * once)
