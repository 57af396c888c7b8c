"""Tickets answered in time, with open tickets and office hours, by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.service import (
    BusinessHours,
    response_times,
    service_level,
    waiting_curve,
    waiting_percentiles,
)


def tickets(*pairs):
    frame = pd.DataFrame(pairs, columns=["opened", "answered"])
    return frame.assign(opened=pd.to_datetime(frame["opened"]), answered=pd.to_datetime(frame["answered"]))


def test_an_open_ticket_is_missed_or_undecided_by_its_age():
    log = tickets(
        ("2025-06-02 09:00", "2025-06-02 09:01"),
        ("2025-06-02 09:00", None),
        ("2025-06-02 11:59", None),
    )
    waits = response_times(log, as_of="2025-06-02 12:00")
    assert waits["wait_seconds"].tolist() == [60, 10800, 60]
    row = service_level(waits, ["2 h"]).iloc[0]
    assert row[["met", "missed", "undecided"]].tolist() == [1, 1, 1]
    assert row["attainment"] == 0.5
    assert row[["worst", "best"]].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_an_answer_after_the_report_is_not_yet_given():
    log = tickets(("2025-06-02 09:00", "2025-06-02 15:00"))
    waits = response_times(log, as_of="2025-06-02 12:00")
    assert waits["answered"].tolist() == [False]
    assert waits["wait_seconds"].tolist() == [10800]


def test_a_wait_of_just_the_target_is_met():
    waits = pd.DataFrame({"wait_seconds": [30.0, 30.1], "answered": [True, True]})
    assert service_level(waits, 30).loc[30, "attainment"] == 0.5


def test_one_target_may_stand_alone():
    waits = pd.DataFrame({"wait_seconds": [30.0], "answered": [True]})
    assert service_level(waits, pd.Timedelta("30 s"))["met"].tolist() == [1]
    assert service_level(waits, "30 s")["met"].tolist() == [1]


def test_nothing_decided_is_missing_not_zero():
    waits = pd.DataFrame({"wait_seconds": [5.0], "answered": [False]})
    row = service_level(waits, ["30 s"]).iloc[0]
    assert np.isnan(row["attainment"])
    assert np.isnan(row["kaplan_meier"])
    assert row[["worst", "best"]].tolist() == [0, 1]


def test_all_open_has_no_percentile():
    waits = response_times(tickets(("2025-06-02 09:00", None)), as_of="2025-06-02 12:00")
    assert waiting_percentiles(waits).isna().all()
    assert waiting_curve(waits["wait_seconds"], waits["answered"])["still_waiting"].tolist() == [1.0]


def test_friday_evening_to_monday_morning_is_two_office_hours():
    """Opened Friday 17:00, desk closes 18:00; answered Monday 10:00, desk opens 9:00."""
    log = tickets(("2025-06-06 17:00", "2025-06-09 10:00"))
    waits = response_times(log, as_of="2025-06-10", hours=BusinessHours("09:00", "18:00"))
    assert waits["wait_seconds"].tolist() == [7200]


def test_a_holiday_and_a_night_do_not_count():
    log = tickets(("2025-06-06 20:00", "2025-06-10 09:30"))
    hours = BusinessHours("09:00", "18:00", holidays=(pd.Timestamp("2025-06-09"),))
    assert response_times(log, as_of="2025-06-11", hours=hours)["wait_seconds"].tolist() == [1800]


def test_round_the_clock_equals_the_plain_clock():
    log = tickets(("2025-06-06 20:00:00", "2025-06-10 09:30:00"), ("2025-01-01 00:00:07", None))
    always = BusinessHours("00:00", "24:00", weekdays=tuple(range(7)))
    plain = response_times(log, as_of="2025-06-11 03:04:05")
    pd.testing.assert_frame_equal(plain, response_times(log, as_of="2025-06-11 03:04:05", hours=always))


def test_time_zones_are_understood_when_all_carry_one():
    log = tickets(("2025-06-02 09:00", "2025-06-02 09:01"))
    zoned = log.apply(lambda column: column.dt.tz_localize("Asia/Shanghai"))
    as_of = pd.Timestamp("2025-06-03", tz="Asia/Shanghai")
    assert response_times(zoned, as_of=as_of)["wait_seconds"].tolist() == [60]
