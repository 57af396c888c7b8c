"""How often: the window by hand, and the number of silences by hand."""

import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.selling import attempts_worth_making, contact_fatigue

MADE = pd.DataFrame(
    {
        "customer_id": ["A", "A", "A", "B", "B"],
        "date": pd.to_datetime(["2025-01-01", "2025-05-01", "2025-06-01", "2025-06-30", "2025-07-01"]),
    }
)


def rule(**options):
    return contact_fatigue(
        ["A", "B", "C"], MADE, today="2025-06-30", **{"window_days": 90, "max_contacts": 2} | options
    )


def test_only_contacts_in_the_window_count():
    table = rule()
    assert table["contacts"].to_dict() == {"A": 2, "B": 1, "C": 0}
    assert table["rested"].to_dict() == {"A": False, "B": True, "C": True}


def test_the_first_free_day_is_when_the_blocking_contact_leaves_the_window():
    free = rule()["free_on"]
    assert free["A"] == pd.Timestamp("2025-05-01") + pd.Timedelta(days=90)
    assert free["C"] == pd.Timestamp("2025-06-30")
    later = contact_fatigue(["A"], MADE, today=free["A"], window_days=90, max_contacts=2)
    assert later["rested"].item()


def test_with_no_contacts_allowed_nobody_is_ever_free():
    with pytest.warns(CasekitWarning, match="max_contacts=0 allows no contact"):
        table = rule(max_contacts=0)
    assert not table["rested"].any()
    assert table["free_on"].isna().all()


@pytest.mark.parametrize(("value", "expected"), [(199, 0), (200, 1), (219, 1), (220, 2)])
def test_persistence_stops_when_the_chance_no_longer_pays(value, expected):
    # chances 1/10, 1/11, ...: at 20 a message the first pays from 200, the second from 220
    assert attempts_worth_making(value=value, cost=20, answers=1, silences=9) == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window_days": 0}, "window_days must lie in its range"),
        ({"max_contacts": -1}, "max_contacts must lie in its range"),
    ],
)
def test_bad_rules_are_named(options, message):
    with pytest.raises(InputError, match=message):
        rule(**options)


def test_dates_that_are_text_are_named():
    with pytest.raises(InputError, match="must hold dates"):
        contact_fatigue(["A"], MADE.assign(date="2025-01-01"), today="2025-06-30")


def test_repeated_clients_are_named():
    with pytest.raises(InputError, match="customers must not repeat"):
        contact_fatigue(["A", "A"], MADE, today="2025-06-30")


def test_a_message_must_cost_something():
    with pytest.raises(InputError, match="cost must lie in its range"):
        attempts_worth_making(value=1, cost=0)
