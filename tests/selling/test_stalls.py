"""Stalls: stays, survival, ageing and remedies on four deals."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import diagnose_stalls, phase_ageing, phase_stays, phase_survival

HISTORY = pd.DataFrame(
    [
        ("A", "understand", "2025-01-01"),
        ("A", "explore", "2025-01-11"),
        ("B", "understand", "2025-01-01"),
        ("B", "explore", "2025-01-21"),
        ("B", "stopped", "2025-01-31"),
        ("C", "understand", "2025-01-05"),
        ("D", "explore", "2025-04-01"),
    ],
    columns=["deal_id", "phase", "date"],
).assign(date=lambda frame: pd.to_datetime(frame["date"]))
STAYS = phase_stays(HISTORY, today="2025-02-10")


def test_stays_by_hand():
    assert STAYS[["deal_id", "phase", "days", "open"]].to_numpy().tolist() == [
        ["A", "understand", 10, False],
        ["A", "explore", 30, True],
        ["B", "understand", 20, False],
        ["B", "explore", 10, False],
        ["C", "understand", 36, True],
    ]


def test_row_order_of_the_history_does_not_matter():
    pd.testing.assert_frame_equal(phase_stays(HISTORY.iloc[::-1], today="2025-02-10"), STAYS)


def test_a_deal_may_come_back():
    back = pd.DataFrame(
        {
            "deal_id": "A",
            "phase": ["explore", "understand", "explore"],
            "date": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-05"]),
        }
    )
    assert phase_stays(back, today="2025-01-06")["days"].tolist() == [1, 3, 1]


def test_survival_counts_open_deals_as_far_as_they_came():
    curve = phase_survival(STAYS)
    understand = curve[curve["phase"] == "understand"]
    assert understand["days"].tolist() == [0, 10, 20]
    assert understand["survival"].tolist() == pytest.approx([1, 2 / 3, 1 / 3])


def test_a_phase_nobody_left_has_no_limit():
    stuck = pd.DataFrame({"deal_id": ["A", "B"], "phase": "confirm", "days": [5, 9], "open": True})
    assert phase_survival(stuck)["survival"].tolist() == [1.0]
    table = phase_ageing(stuck)
    assert table["limit"].isna().all()
    assert not table["overdue"].any()


def test_limits_learned_and_given():
    learned = phase_ageing(STAYS, share=0.5).set_index("deal_id")
    assert learned.loc["C", "limit"] == 20
    assert learned.loc["C", "days_over"] == 16
    given = phase_ageing(STAYS, limits={"understand": 40, "explore": 14})
    assert given["deal_id"].tolist() == ["A", "C"]
    assert given["days_over"].tolist() == [16, -4]


def test_remedies():
    late = phase_ageing(STAYS, limits={"understand": 14, "explore": 14})
    table = diagnose_stalls(
        late, answers={"A": {"meets_our_need_better": "unsure"}, "C": {"knows_our_need": "yes"}}
    )
    assert table.loc["A", "remedy"] == "build up what only we can offer"
    assert table.loc["C", "decision"] == "advance"
    unasked = diagnose_stalls(late)
    assert unasked.loc["C", "open_questions"] == "knows_our_need"
    refused = diagnose_stalls(late, answers={"A": {"meets_our_need_better": "no"}})
    assert refused.loc["A", "remedy"].startswith("stop")


def test_nothing_overdue_gives_an_empty_table():
    assert diagnose_stalls(phase_ageing(STAYS, limits={"understand": 99, "explore": 99})).empty


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: phase_stays(HISTORY.drop(columns="phase"), today="2025-01-01"),
            "must have the columns phase",
        ),
        (lambda: phase_stays(HISTORY.assign(date=20250101), today="2025-01-01"), "must hold dates"),
        (lambda: phase_stays(HISTORY, today="nonsense"), "today must be a date"),
        (lambda: phase_stays(HISTORY, today=20250101), "today must be a date"),
        (lambda: phase_survival(STAYS.assign(days=-1)), "must lie in its range"),
        (lambda: phase_survival(STAYS.drop(columns="open")), "must have the columns open"),
        (lambda: phase_ageing(STAYS, share=1), "share must lie in its range"),
        (lambda: phase_ageing(STAYS, limits={"understand": 3}), "limits must carry the labels"),
        (lambda: phase_ageing(STAYS, limits={"understand": 0, "explore": 3}), "limits must lie in its range"),
        (
            lambda: diagnose_stalls(phase_ageing(STAYS.assign(phase="haggle"))),
            "phase must be a known name",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
