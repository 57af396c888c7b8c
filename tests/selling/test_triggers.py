"""Triggers on three clients: a teacher, a trader, a newcomer."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import dormant_but_rich, inflow_scores, large_inflow, maturing, precision_recall_at

HISTORY = pd.date_range("2025-01-01", periods=5, freq="MS") + pd.Timedelta(days=9)
FLOWS = pd.DataFrame(
    {
        "customer_id": ["teacher"] * 6 + ["trader"] * 6 + ["newcomer"],
        "date": [*HISTORY, pd.Timestamp("2025-06-10")] * 2 + [pd.Timestamp("2025-06-11")],
        "credit": [9e3, 9e3, 9.1e3, 8.9e3, 9e3, 1e6, 4e5, 2e6, 9e5, 5e5, 1.5e6, 1e6, 3e5],
    }
)


def scores(**options):
    return inflow_scores(FLOWS, since="2025-06-01", **options)


@pytest.mark.parametrize("method", ["robust", "ewma", "zscore"])
def test_a_million_is_news_for_the_teacher_and_usual_for_the_trader(method):
    score = scores(method=method)["score"]
    assert score["teacher"] > 10
    assert abs(score["trader"]) < 1
    assert np.isnan(score["newcomer"])


def test_zscore_by_hand():
    past = np.array([4e5, 2e6, 9e5, 5e5, 1.5e6])
    expected = (1e6 - past.mean()) / past.std(ddof=1)
    assert scores(method="zscore").loc["trader", "score"] == pytest.approx(expected)


def test_robust_by_hand():
    past = np.log([4e5, 2e6, 9e5, 5e5, 1.5e6])
    spread = 1.4826 * np.median(np.abs(past - np.median(past)))
    expected = (np.log(1e6) - np.median(past)) / spread
    assert scores().loc["trader", "score"] == pytest.approx(expected)
    assert scores().loc["trader", "usual"] == pytest.approx(9e5)


def test_a_long_half_life_is_the_plain_mean():
    assert scores(method="ewma", half_life=1e9).loc["trader", "usual"] == pytest.approx(1.06e6)


def test_rows_of_one_day_are_added_up():
    twice = pd.concat([FLOWS, FLOWS.tail(1)])
    assert inflow_scores(twice, since="2025-06-01").loc["newcomer", "credit"] == 6e5


def test_a_newcomer_is_flagged_by_size_alone():
    flags = large_inflow(scores(), threshold=3, min_credit=1e5)
    assert flags.to_dict() == {"newcomer": True, "teacher": True, "trader": False}
    assert not large_inflow(scores())["newcomer"]
    silent = scores().reindex([*scores().index, "silent"])
    assert not large_inflow(silent, min_credit=1e5)["silent"]


def test_maturity_counts_today_and_the_last_day():
    days = pd.Series(pd.to_datetime(["2025-06-29", "2025-06-30", "2025-07-30", "2025-07-31", None]))
    assert maturing(days, today="2025-06-30", within_days=30).tolist() == [False, True, True, False, False]


def test_never_contacted_is_dormant():
    last = pd.Series(pd.to_datetime([None, "2025-06-29", None]))
    rich = dormant_but_rich(last, pd.Series([2e6, 2e6, 5e4]), today="2025-06-30", min_aum=1e6)
    assert rich.tolist() == [True, False, False]
    nobody = pd.Series(pd.NaT, index=range(2))
    assert dormant_but_rich(nobody, pd.Series([2e6, 1.0]), today="2025-06-30", min_aum=1e6).tolist() == [
        True,
        False,
    ]


def test_precision_and_recall_share_a_tie():
    # three flagged, two of them leads, two calls: 4/3 leads expected
    found = precision_recall_at([1, 1, 0, 1, 0], [1, 1, 1, 0, 0], capacity=2)
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["recall"] == pytest.approx(4 / 9)


def test_a_missing_score_comes_last():
    assert precision_recall_at([1, 0], [None, 0.1], capacity=1)["precision"] == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "magic"}, "method must be a known name"),
        ({"min_history": 1}, "min_history must lie in its range"),
        ({"half_life": 0}, "half_life must lie in its range"),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(InputError, match=message):
        scores(**options)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: inflow_scores(FLOWS.assign(credit=-1.0), since="2025-06-01"), "credit"),
        (lambda: inflow_scores(FLOWS.drop(columns="credit"), since="2025-06-01"), "columns credit"),
        (lambda: maturing(pd.Series(["soon"]), today="2025-06-30"), "dates must hold dates"),
        (lambda: maturing(pd.Series([pd.NaT]), today="2025-06-30", within_days=-1), "within_days must lie"),
        (lambda: precision_recall_at([0, 0], [1, 2], capacity=1), "at least one lead"),
        (lambda: precision_recall_at([1, 0], [1, 2], capacity=3), "capacity must lie in its range"),
        (
            lambda: dormant_but_rich(pd.Series([pd.NaT]), pd.Series([1.0]), today="2025-06-30", min_aum=-1),
            "min_aum must lie in its range",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
