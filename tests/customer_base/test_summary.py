"""A log of three customers, small enough to count by hand, and every way in which a log can be broken."""

import numpy as np
import pandas as pd
import pytest

from casekit.customer_base import calibration_holdout, purchase_summary
from casekit.errors import CasekitWarning, InputError

#: Li buys four times, twice on one day; Wu twice; Ma once.
LOG = pd.DataFrame(
    {
        "customer_id": ["Wu", "Li", "Li", "Li", "Li", "Ma", "Wu"],
        "date": pd.to_datetime(
            ["2024-01-03", "2024-01-01", "2024-01-15", "2024-01-15", "2024-01-29", "2024-01-08", "2024-01-24"]
        ),
        "amount": [7.0, 10.0, 20.0, 5.0, 35.0, 8.0, 21.0],
    }
)


def test_counted_by_hand():
    summary = purchase_summary(LOG)
    assert summary.index.tolist() == ["Li", "Ma", "Wu"]
    assert summary["frequency"].tolist() == [2, 0, 1]
    assert summary["recency"].tolist() == [4.0, 0.0, 3.0]
    assert summary["T"].tolist() == pytest.approx([4.0, 3.0, 26 / 7])
    assert summary["monetary_value"].tolist() == pytest.approx([30.0, np.nan, 21.0], nan_ok=True)


def test_every_row_a_purchase():
    summary = purchase_summary(LOG, occasion="row")
    assert summary["frequency"].tolist() == [3, 0, 1]
    assert summary["monetary_value"]["Li"] == pytest.approx(20.0)


def test_the_order_of_rows_at_the_first_moment_does_not_matter():
    opening = LOG[LOG["customer_id"] == "Li"].assign(date=LOG["date"].min())
    for rows in (opening, opening[::-1]):
        summary = purchase_summary(rows, occasion="row")
        assert summary["frequency"].tolist() == [3]
        assert summary["monetary_value"].tolist() == [17.5]  # 70 less their mean of 17.5, over three


def test_units_are_exact():
    days = purchase_summary(LOG, time_unit="day")["T"]
    for unit, length in (("week", 7), ("month", 30.4375), ("year", 365.25)):
        assert (purchase_summary(LOG, time_unit=unit)["T"] * length).tolist() == pytest.approx(days.tolist())


def test_hours_do_not_matter_by_day_but_do_by_row():
    later = LOG.assign(date=LOG["date"] + pd.Timedelta(hours=20))
    pd.testing.assert_frame_equal(purchase_summary(later), purchase_summary(LOG))
    moved = LOG.assign(date=LOG["date"] + pd.to_timedelta([0, 0, 0, 12, 0, 0, 0], unit="h"))
    by_row = purchase_summary(moved, occasion="row", observation_end="2024-01-29 12:00", time_unit="day")
    assert by_row.loc["Li", ["frequency", "recency", "T"]].tolist() == [3.0, 28.0, 28.5]


@pytest.mark.parametrize("kind", ["int", "object", "category", "string"])
def test_ids_of_any_kind(kind):
    numbers = LOG["customer_id"].map({"Li": 1, "Ma": 2, "Wu": 3})
    ids = {"int": numbers, "object": LOG["customer_id"].astype(object)}.get(kind)
    if ids is None:
        ids = LOG["customer_id"].astype(kind)
    assert purchase_summary(LOG.assign(customer_id=ids))["frequency"].tolist() == [2, 0, 1]


def test_far_apart_numbers_and_mixed_ids():
    far = LOG["customer_id"].map({"Li": -5, "Ma": 7, "Wu": 10**15})
    assert purchase_summary(LOG.assign(customer_id=far)).index.tolist() == [-5, 7, 10**15]
    mixed = LOG["customer_id"].astype(object).replace({"Ma": 7})
    assert purchase_summary(LOG.assign(customer_id=mixed))["frequency"].sum() == 3


def test_long_spans_with_many_customers_count_the_same():
    log = pd.DataFrame(
        {
            "customer_id": [1, 1, 2],
            "date": pd.to_datetime(["1700-01-01", "2200-01-01", "2199-12-31"]).astype("datetime64[us]"),
        }
    )
    summary = purchase_summary(log, amount=None, occasion="row", time_unit="day")
    assert summary["frequency"].tolist() == [1, 0]
    assert summary["T"].tolist() == [182621.0, 1.0]


def test_later_purchases_and_later_customers_are_left_out():
    summary = purchase_summary(LOG, observation_end="2024-01-07")
    assert summary.index.tolist() == ["Li", "Wu"]
    assert summary["frequency"].tolist() == [0, 0]


def test_refunds_by_rule():
    log = pd.concat([LOG, LOG.iloc[[4]].assign(amount=-30.0)], ignore_index=True)
    with pytest.raises(InputError, match=r"amount must not be negative, got -30.*\n.*row 7"):
        purchase_summary(log)
    dropped, net = (purchase_summary(log, refunds=rule) for rule in ("drop", "net"))
    assert dropped["monetary_value"]["Li"] == pytest.approx(30.0)
    assert net["monetary_value"]["Li"] == pytest.approx(15.0)
    assert net["frequency"].tolist() == dropped["frequency"].tolist() == [2, 0, 1]


def test_a_purchase_for_nothing_is_a_purchase():
    assert purchase_summary(LOG.assign(amount=0.0))["frequency"].tolist() == [2, 0, 1]


def test_input_is_not_changed():
    before = LOG.copy(deep=True)
    purchase_summary(LOG, observation_end="2024-01-20")
    pd.testing.assert_frame_equal(LOG, before)


def test_holdout_counted_by_hand():
    split = calibration_holdout(LOG, calibration_end="2024-01-15")
    assert split["frequency"].tolist() == [1, 0, 0]
    assert split["frequency_holdout"].tolist() == [1, 0, 1]
    assert split["spend_holdout"].tolist() == [35.0, 0.0, 21.0]
    assert split["T_holdout"].tolist() == [2.0] * 3


def test_with_each_row_a_purchase_a_date_counts_to_its_midnight():
    log = LOG.assign(date=LOG["date"] + pd.Timedelta(hours=20))
    last = log["date"].max()
    whole = purchase_summary(log, occasion="row", observation_end=str(last.date()))
    assert whole["frequency"].sum() == purchase_summary(log, occasion="row")["frequency"].sum()
    assert whole["T"].max() == pytest.approx(
        (last.normalize() - log["date"].min()).days / 7 + 1 / 7 + 4 / 168
    )
    noon = purchase_summary(log, occasion="row", observation_end=last.normalize() + pd.Timedelta(hours=12))
    assert noon["frequency"].sum() < whole["frequency"].sum()
    split = calibration_holdout(log, calibration_end="2024-01-15", holdout_end="2024-01-29", occasion="row")
    assert split["frequency_holdout"].tolist() == [1, 0, 1]
    assert split["T_holdout"].tolist() == [2.0] * 3


@pytest.mark.parametrize(("end", "days"), [("2024-02-29", "31 days"), ("2204-01-29", "[0-9]{5} days")])
def test_silence_at_the_end_warns(end, days):
    with pytest.warns(CasekitWarning, match=f"nobody bought in the ({days}) before observation_end"):
        purchase_summary(LOG, observation_end=end)
    with pytest.warns(CasekitWarning, match="before holdout_end(.|\n)*last purchase is of 2024-01-29"):
        calibration_holdout(LOG, calibration_end="2024-01-15", holdout_end=end)


@pytest.mark.parametrize("blank", ["", "  ", "\t", None, float("nan")])
def test_a_blank_id_is_none(blank):
    ids = [*LOG["customer_id"][:3], blank, *LOG["customer_id"][4:]]
    for kind in (object, "category"):
        with pytest.raises(InputError, match=r"carry a customer id, got missing or blank(.|\n)*row 3"):
            purchase_summary(LOG.assign(customer_id=pd.Series(ids, dtype=object).astype(kind)))


@pytest.mark.parametrize(
    ("log", "options", "message"),
    [
        (LOG.assign(customer_id=[None, *LOG["customer_id"][1:]]), {}, r"carry a customer id.*\n.*row 0"),
        (LOG.assign(date=20240101), {}, r"must hold dates.*\n.*%Y%m%d"),
        (LOG.assign(date=LOG["date"].astype(str)), {}, r"must hold dates"),
        (
            LOG.assign(date=[pd.NaT, *LOG["date"][1:]]),
            {},
            r"must hold a date in every row, got missing dates(.|\n)*row 0",
        ),
        (LOG.assign(amount=[np.nan, *LOG["amount"][1:]]), {}, r"amount must hold numbers only"),
        (LOG.assign(amount="5 yuan"), {}, r"amount must hold numbers"),
        (LOG.drop(columns="amount"), {}, r"must have the columns amount(.|\n)*amount=None"),
        (LOG.rename(columns={"date": "dates"}), {}, r"'dates': 'date'"),
        (LOG.iloc[:0], {}, r"at least one row"),
        (LOG, {"observation_end": "2023-01-01"}, r"must not be before the first purchase"),
        (LOG, {"observation_end": 20240301}, r"observation_end must be a date"),
        (LOG, {"observation_end": "soon"}, r"observation_end must be a date"),
        (LOG, {"observation_end": pd.NaT}, r"observation_end must be a date, got NaT"),
        (LOG, {"observation_end": ["2024-03-01"]}, r"observation_end must be a date"),
        (LOG, {"time_unit": "weeks"}, r"did you mean 'week'"),
        (LOG, {"occasion": "hour"}, r"occasion must be a known name"),
        (LOG, {"refunds": "keep"}, r"refunds must be a known name"),
        (LOG.assign(amount=-1.0), {"refunds": "drop"}, r"the log must hold a purchase"),
    ],
)
def test_a_broken_log_is_named(log, options, message):
    with pytest.raises(InputError, match=message):
        purchase_summary(log, **options)


def test_holdout_must_follow():
    with pytest.raises(InputError, match="holdout_end must be after calibration_end"):
        calibration_holdout(LOG, calibration_end="2024-01-20", holdout_end="2024-01-10")
