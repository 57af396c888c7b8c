"""The points liability over several periods, by hand."""

import warnings

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.loyalty import allocate_points, points_ledger, recognise_points, redemption_forecast

PLAIN = {"sales": 900, "points": 100, "point_value": 1, "redeemed": [45, 45], "redemption_rate": 0.9}
TRIANGLE = pd.DataFrame({1: [40, 60, 50], 2: [20, 15, None], 3: [6, None, None]}, index=[2021, 2022, 2023])


def year(**changes):
    return {"sales": 900, "points": 100, "point_value": 1, "redeemed": 0, "redemption_rate": 1} | changes


NOTHING = year(sales=0, points=0)


def test_one_vintage_is_the_simple_rule():
    share = allocate_points(900, points=100, point_value=1, breakage=0.1)["points"]
    simple = recognise_points(share, redeemed=[30, 20, 10], expected=[90, 95, 80])
    rows = [year(redeemed=30, redemption_rate=0.9)]
    rows += [NOTHING | {"redeemed": 20, "redemption_rate": 0.95}]
    rows += [NOTHING | {"redeemed": 10, "redemption_rate": 0.8}]
    ledger = points_ledger(rows)
    assert ledger["revenue"].tolist() == pytest.approx(simple["revenue"].tolist())
    assert ledger["liability"].tolist() == pytest.approx(simple["liability"].tolist())


def test_oldest_points_are_used_first_at_their_own_worth():
    """100 points for 90 of 900 sales, then 100 for 50 of 100: 150 uses take the first 100 and 50 more."""
    rows = [year(point_value=1), year(sales=100, point_value=1, redeemed=150)]
    ledger = points_ledger(rows)
    assert ledger["deferred"].tolist() == pytest.approx([90, 50])
    assert ledger["revenue"].tolist() == pytest.approx([0, 90 + 25])
    assert ledger["points_outstanding"].tolist() == [100, 50]


def test_points_expected_to_break_are_left_while_younger_ones_are_used():
    ledger = points_ledger(PLAIN | {"redeemed": [90, 90]})
    assert ledger["liability"].tolist() == pytest.approx([0, 0])
    assert ledger["points_outstanding"].tolist() == [10, 20]


def test_what_lapses_becomes_revenue():
    ledger = points_ledger([year(redeemed=40), NOTHING | {"redeemed": 20}, NOTHING], expiry=2)
    assert ledger["expired"].tolist() == pytest.approx([0, 90 * 0.4, 0])
    assert ledger["points_expired"].tolist() == [0, 40, 0]
    assert ledger["liability"].tolist() == pytest.approx([54, 0, 0])


def test_points_that_last_one_period_leave_nothing():
    ledger = points_ledger(PLAIN, expiry=1)
    assert ledger["liability"].tolist() == pytest.approx([0, 0])
    assert ledger["expired"].gt(0).all()


def test_a_raised_expectation_takes_revenue_back():
    ledger = points_ledger([year(redeemed=50, redemption_rate=0.5), NOTHING | {"redemption_rate": 1}])
    share = 900 * 50 / 950
    assert ledger["revenue"].tolist() == pytest.approx([share, -share / 2])
    assert ledger["catch_up"].tolist() == pytest.approx([0, -share / 2])


def test_expecting_nothing_more_releases_what_is_left():
    ledger = points_ledger([year(redeemed=20), NOTHING | {"redemption_rate": 0}])
    assert ledger["liability"].tolist() == pytest.approx([72, 0])


def test_over_redemption_warns_and_releases_all():
    with pytest.warns(CasekitWarning, match="more points redeemed than expected in row 1"):
        ledger = points_ledger(
            [year(redemption_rate=0.5), NOTHING | {"redeemed": 60, "redemption_rate": 0.5}]
        )
    assert ledger["liability"].iloc[1] == pytest.approx(0)


def test_points_without_a_sale_are_no_revenue():
    ledger = points_ledger([year(sales=0), NOTHING | {"redeemed": 100}])
    assert ledger[["deferred", "revenue", "liability"]].to_numpy().tolist() == [[0] * 3] * 2


def test_input_is_not_changed_and_labels_are_kept():
    frame = pd.DataFrame(PLAIN, index=["2023", "2024"])
    before = frame.copy()
    assert list(points_ledger(frame).index) == ["2023", "2024"]
    pd.testing.assert_frame_equal(frame, before)


def test_young_vintages_grow_as_old_ones_did():
    table = redemption_forecast(TRIANGLE, granted=[100, 100, 120])
    grown = 50 * (135 / 100) * (66 / 60)
    assert table["ultimate"].tolist() == pytest.approx([66, 75 * 1.1, grown])
    assert table["redemption_rate"].iloc[2] == pytest.approx(grown / 120)
    capped = redemption_forecast(TRIANGLE, granted={2023: 60, 2022: 80, 2021: 70})
    assert capped["redemption_rate"].max() == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: points_ledger({"sales": [1]}), "must have the columns points"),
        (lambda: points_ledger(PLAIN | {"redemption_rate": 90}), "divide by 100"),
        (lambda: points_ledger(PLAIN | {"redeemed": [45, -1]}), r"periods\['redeemed'\] must lie"),
        (lambda: points_ledger(PLAIN | {"redeemed": [101, 0]}), "(?s)than are outstanding.*row 0"),
        (lambda: points_ledger(PLAIN | {"redeemed": [0, 150]}, expiry=1), "(?s)than are outstanding.*row 1"),
        (lambda: points_ledger(PLAIN, expiry=0), "expiry must lie"),
        (lambda: points_ledger(PLAIN | {"sales": [1, np.nan]}), "must hold numbers only"),
        (lambda: redemption_forecast(TRIANGLE, granted=[100, 100]), "granted must be as long"),
        (lambda: redemption_forecast(TRIANGLE, granted=[60, 100, 100]), "(?s)than were granted, got 66"),
        (lambda: redemption_forecast(TRIANGLE, granted=[0, 100, 100]), "granted must lie"),
        (lambda: redemption_forecast(TRIANGLE[[2, 1, 3]], granted=[99, 99, 99]), "without holes"),
        (lambda: redemption_forecast(TRIANGLE.iloc[1:], granted=[99, 99]), "a vintage to learn from"),
    ],
)
def test_bad_input_is_named(call, message):
    with warnings.catch_warnings(), pytest.raises(InputError, match=message):
        call()
