"""RFM on customers few enough to score by hand."""

import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.segments import (
    break_even_index,
    name_segments,
    rfm_cut_points,
    rfm_scores,
    rfm_segment_table,
    rfm_table,
    segment_reach,
    segment_summary,
)

LOG = pd.DataFrame(
    {
        "customer_id": ["B", "A", "A", "C", "A"],
        "date": [
            pd.Timestamp(day)
            for day in ("2024-01-10", "2024-01-01", "2024-03-01 09:00", "2024-02-01", "2024-03-01 18:00")
        ],
        "amount": [100.0, 20.0, 30.0, -5.0, 10.0],
    }
)

#: Half of the customers bought once: the case in which fifths at quantiles go wrong.
TIED = pd.DataFrame(
    {
        "days_since_last_purchase": range(10, 110, 10),
        "purchases": [1, 1, 1, 1, 1, 1, 2, 3, 4, 9],
        "amount": [5.0, 6, 7, 8, 9, 10, 20, 30, 40, 90],
    },
    index=list("abcdefghij"),
)


def test_table_counts_days_purchases_and_money():
    table = rfm_table(LOG, today="2024-03-31")
    assert table["days_since_last_purchase"].to_dict() == {"A": 30, "B": 81, "C": 59}
    assert table["purchases"].to_dict() == {"A": 3, "B": 1, "C": 1}
    assert table["amount"].to_dict() == {"A": 60, "B": 100, "C": -5}


def test_two_purchases_on_one_day_can_count_as_one():
    assert rfm_table(LOG, merge_same_day=True).loc["A", "purchases"] == 2


def test_purchases_after_today_are_left_out():
    table = rfm_table(LOG, today="2024-02-01")
    assert table.loc["A", ["days_since_last_purchase", "purchases"]].tolist() == [31, 1]


def test_the_log_is_not_changed():
    before = LOG.copy()
    rfm_table(LOG)
    pd.testing.assert_frame_equal(LOG, before)


def test_even_rule_reaches_every_score_and_treats_equals_alike():
    frequency = rfm_scores(TIED)["frequency_score"]
    assert frequency.tolist() == [1] * 6 + [2, 3, 4, 5]


def test_even_rule_spreads_few_values_over_the_scale():
    few = TIED.assign(purchases=[1] * 8 + [2, 3])
    with pytest.warns(CasekitWarning, match=r"frequency_score 2, 4 goes to no customer"):
        scores = rfm_scores(few)
    assert sorted(set(scores["frequency_score"])) == [1, 3, 5]


def test_quantile_rules_leave_scores_to_nobody_and_say_so():
    for rule in ("quantile", "quantile_plus_one"):
        with pytest.warns(CasekitWarning, match="goes to no customer"):
            rfm_scores(TIED, rule=rule)


def test_rank_rule_makes_exact_fifths_and_parts_ties_by_the_other_measures():
    frequency = rfm_scores(TIED, rule="rank")["frequency_score"]
    # Of the six who bought once, "a" bought last and is the best of them.
    assert frequency[["f", "e", "d", "c", "b", "a"]].tolist() == [1, 1, 2, 2, 3, 3]
    assert frequency.value_counts().tolist() == [2] * 5


def test_rank_rule_gives_twins_the_same_score():
    twins = pd.concat([TIED.iloc[[0]]] * 4 + [TIED.iloc[[9]]])
    twins.index = list("abcde")
    with pytest.warns(CasekitWarning):
        scores = rfm_scores(twins, rule="rank")
    assert scores["rfm_score"].tolist()[:4] == [scores["rfm_score"].iloc[0]] * 4


def test_nested_frequency_is_scored_inside_recency():
    table = pd.DataFrame(
        {"days_since_last_purchase": [1, 1, 90, 90], "purchases": [9, 5, 4, 1], "amount": [1.0, 2, 3, 4]}
    )
    assert rfm_scores(table, bins=2)["frequency_score"].tolist() == [2, 2, 1, 1]
    both = pd.concat([table, table.assign(amount=9.0)], ignore_index=True)
    assert rfm_scores(both, bins=2, nested=True)["frequency_score"].tolist() == [2, 1, 2, 1] * 2


def test_first_matching_segment_counts():
    table = rfm_segment_table()
    assert name_segments(_scores(5, 5, 5)).iloc[0] == "Champions"
    assert name_segments(_scores(5, 5, 5), table=table.iloc[1:]).iloc[0] == "Potential Loyalist"
    assert name_segments(_scores(5, 4, 1)).iloc[0] == "Others"


def test_reach_counts_all_cells_once():
    reach = segment_reach()
    assert reach["cells_got"].sum() == 125
    assert reach.loc["Champions"].tolist() == [1, 1, True]
    shadowed = pd.concat([rfm_segment_table().loc[["Lost"]], rfm_segment_table().loc[["Lost"]]])
    shadowed.index = ["Lost", "Gone"]
    assert not segment_reach(shadowed).loc["Gone", "reachable"]


def test_summary_adds_up():
    segments = name_segments(rfm_scores(TIED))
    summary = segment_summary(TIED, segments)
    assert summary["customers"].sum() == 10
    assert summary["amount_share"].sum() == pytest.approx(1)
    assert summary["amount"].is_monotonic_decreasing


def _scores(r, f, m):
    return pd.DataFrame({"recency_score": [r], "frequency_score": [f], "monetary_score": [m]})


CUTS = {"days_since_last_purchase": [30, 60], "purchases": [2, 4], "amount": [10, 50]}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rfm_table(LOG.rename(columns={"amount": "money"})), "must have the columns amount"),
        (lambda: rfm_table(LOG.assign(date=20240101)), "must hold dates"),
        (lambda: rfm_table(LOG.assign(amount=["1", "x", "2", "3", "4"])), "must hold numbers"),
        (lambda: rfm_table(LOG.assign(customer_id=[None, *"ABCD"])), "customer_id"),
        (lambda: rfm_table(LOG, today="1999-01-01"), "today must not lie before the first purchase"),
        (lambda: rfm_table(LOG, today=7), "today must be a day"),
        (lambda: rfm_table(LOG, today="soon"), "today must be a day"),
        (lambda: rfm_scores(TIED.drop(columns="amount")), "must have the columns amount"),
        (lambda: rfm_scores(TIED.assign(purchases=-1)), "must lie in its range"),
        (lambda: rfm_scores(TIED, rule="fifths"), "rule must be a known name"),
        (lambda: rfm_scores(TIED, bins=10), "bins must lie in its range"),
        (lambda: rfm_scores(TIED, bins=3, cut_points=CUTS, nested=True), "must not both be given"),
        (lambda: rfm_scores(TIED, cut_points=CUTS), "must be as long as bins - 1"),
        (lambda: rfm_scores(TIED, bins=3, cut_points={**CUTS, "amount": [50, 10]}), "must rise"),
        (lambda: rfm_scores(TIED, bins=3, cut_points={"amount": [1, 2]}), "missing days_since"),
        (lambda: rfm_cut_points([1, None]), "values must hold numbers only"),
        (lambda: rfm_cut_points([1, 2], rule="rank"), "rule must be a known name"),
        (lambda: rfm_cut_points([1, 2], bins=1), "bins must lie in its range"),
        (
            lambda: name_segments(pd.DataFrame({"recency_score": [1]})),
            "must have the columns frequency_score",
        ),
        (lambda: name_segments(_scores(None, 1, 1)), "must hold numbers"),
        (lambda: name_segments(_scores(1, 1, 1), table=pd.DataFrame({"x": [1]})), "must have the columns"),
        (
            lambda: segment_reach(rfm_segment_table().assign(recency_low=9)),
            "must not end below its beginning",
        ),
        (lambda: segment_reach(pd.concat([rfm_segment_table()] * 2)), "table.index must not repeat"),
        (lambda: segment_reach(bins=1), "bins must lie in its range"),
        (lambda: segment_summary(TIED, ["x"]), "segments must be as long as table"),
        (lambda: segment_summary(TIED, pd.Series("x", index=list("klmnopqrst"))), "must carry the labels"),
        (lambda: segment_summary(TIED[["amount"]], ["x"] * 10), "must have the columns"),
        (lambda: break_even_index(2.5, cost=1, margin=40), "for 2.5 % write 0.025"),
        (lambda: break_even_index([0.1, -0.1], cost=1, margin=40), "response_rate must lie in its range"),
        (lambda: break_even_index(0.1, cost=0, margin=40), "cost must lie in its range"),
        (lambda: break_even_index(0.1, cost=1, margin=0), "margin must lie in its range"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
