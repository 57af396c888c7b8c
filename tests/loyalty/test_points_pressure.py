"""Points pressure on cards whose gaps are known."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import points_pressure


def cards(*gaps):
    rows = []
    for number, own in enumerate(gaps):
        for day in np.cumsum([0, *own]):
            rows.append((number, pd.Timestamp("2024-01-01") + pd.Timedelta(days=float(day))))
    return pd.DataFrame(rows, columns=["card_id", "date"])


def test_each_card_is_compared_with_itself():
    found = points_pressure(cards([10, 99, 5], [2, 99, 1]).sample(frac=1, random_state=1), needed=4)
    assert found[["cards", "days_far", "days_near", "change", "share"]].tolist() == [2, 6, 3, -3, -0.5]
    half = 12.7062047 * np.sqrt(8 / 2)
    assert found[["low", "high"]].tolist() == pytest.approx([-3 - half, -3 + half])


def test_open_cards_and_stamps_beyond_the_reward_are_left_out():
    found = points_pressure(cards([4, 2], [4, 2], [50], [4, 2, 90]), needed=3)
    assert found["cards"] == 3
    assert found["change"] == -2


def test_even_buyers_feel_no_pressure():
    assert points_pressure(cards([3, 3], [7, 7]), needed=3)["change"] == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: points_pressure(cards([1, 2]), needed=3), "two cards must be complete, got 1"),
        (lambda: points_pressure(cards([1, 2], [1, 2]), needed=10), "two cards must be complete, got 0"),
        (lambda: points_pressure(cards([1, 2]), needed=2), "needed must lie"),
        (lambda: points_pressure(cards([1, 2]).assign(date=20240101), needed=3), "%Y%m%d"),
        (lambda: points_pressure(cards([1, 2]), needed=3, card="card"), "must have the columns card"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
