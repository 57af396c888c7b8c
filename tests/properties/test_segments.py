"""Identities and limits of segments, grades, cohorts and the audit."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.segments import (
    abc_by_value,
    break_even_index,
    cohen_kappa,
    cohort_table,
    confusion_table,
    grade_by_rank,
    k_means,
    lens_1_how_customers_differ,
    lens_2_what_changed,
    lens_3_cohort_over_time,
    lens_4_cohorts_compared,
    lens_5_whole_base,
    name_segments,
    rank_correlation,
    rfm_scores,
    rfm_table,
    top_overlap,
)

few = settings(max_examples=25, deadline=None)
more = settings(max_examples=50, deadline=None)
#: For whole logs: each example makes several tables.
log_examples = settings(max_examples=10, deadline=None)

purchases = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 700), st.integers(1, 500)), min_size=4, max_size=20
).map(
    lambda rows: pd.DataFrame(
        {
            "customer_id": [f"c{row[0]:02}" for row in rows],
            "date": pd.Timestamp("2022-01-01") + pd.to_timedelta([row[1] for row in rows], unit="D"),
            "amount": [float(row[2]) for row in rows],
        }
    )
)
tables = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 6), st.integers(0, 40)), min_size=2, max_size=50
).map(
    lambda rows: pd.DataFrame(rows, columns=["days_since_last_purchase", "purchases", "amount"]).astype(float)
)
grades = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), min_size=2, max_size=40)
values = st.lists(st.integers(0, 1000).map(float), min_size=2, max_size=40).filter(
    lambda found: sum(found) > 0
)


def shuffled(frame, seed=1):
    return frame.sample(frac=1, random_state=seed)


@few
@given(purchases)
def test_rfm_table_ignores_the_order_of_rows_and_keeps_the_money(log):
    table = rfm_table(log)
    pd.testing.assert_frame_equal(table, rfm_table(shuffled(log)))
    assert table["amount"].sum() == pytest.approx(log["amount"].sum())
    assert table["purchases"].sum() == len(log)


@more
@given(tables, st.integers(2, 5), st.sampled_from(["even", "rank", "quantile", "quantile_plus_one"]))
def test_scores_rise_with_the_measure_and_ignore_the_order_of_rows(table, bins, rule):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = rfm_scores(table, rule=rule, bins=bins)
        other = rfm_scores(shuffled(table), rule=rule, bins=bins)
    assert scores.iloc[:, :3].isin(range(1, bins + 1)).all().all()
    pd.testing.assert_frame_equal(scores, other.reindex(scores.index))
    for measure, name, sign in [
        ("days_since_last_purchase", "recency_score", -1),
        ("amount", "monetary_score", 1),
    ]:
        order = table.assign(score=scores[name]).sort_values([measure, "score"])
        steps = sign * order.groupby(measure)["score"].max().diff().dropna()
        assert (steps >= 0).all()


@more
@given(tables, st.integers(2, 5))
def test_even_rule_gives_every_score_if_the_values_allow(table, bins):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = rfm_scores(table, bins=bins)
    for measure, name in [("purchases", "frequency_score"), ("amount", "monetary_score")]:
        assert (table.groupby(measure).size().index.size >= bins) <= (scores[name].nunique() == bins)
        assert (scores[name].groupby(table[measure]).nunique() == 1).all()
    assert len(name_segments(scores)) == len(table)


@few
@given(st.floats(0, 1), st.floats(0.01, 50), st.floats(0.01, 500), st.floats(0.01, 100))
def test_break_even_index_ignores_currency_and_is_zero_at_break_even(rate, cost, margin, currency):
    index = break_even_index(rate, cost=cost, margin=margin)
    assert index >= -1
    scaled = break_even_index(rate, cost=cost * currency, margin=margin * currency)
    assert scaled == pytest.approx(index, rel=1e-9, abs=1e-9)
    if cost <= margin:
        assert break_even_index(cost / margin, cost=cost, margin=margin) == pytest.approx(0, abs=1e-9)


@few
@given(values, st.floats(0.01, 100))
def test_abc_ignores_currency_and_never_grades_the_richer_lower(amounts, currency):
    found = abc_by_value(amounts)
    assert found.tolist() == abc_by_value([amount * currency for amount in amounts]).tolist()
    order = found.iloc[np.argsort(amounts, kind="stable")[::-1]]
    assert order.is_monotonic_increasing
    assert "A" in set(found)


@few
@given(values)
def test_ranks_into_one_grade_and_the_better_first(scores):
    assert set(grade_by_rank(scores, sizes={"A": 1.0})) == {"A"}
    found = grade_by_rank(scores, sizes={"A": 0.3, "B": 0.3, "C": 0.4})
    assert found.iloc[np.argsort(scores, kind="stable")[::-1]].is_monotonic_increasing


@more
@given(grades)
def test_kappa_is_symmetric_and_one_with_itself(pairs):
    first, second = (list(side) for side in zip(*pairs, strict=True))
    if len(set(first)) > 1:
        assert cohen_kappa(confusion_table(first, first)).kappa == pytest.approx(1)
    if len(set(first) | set(second)) > 1 and (len(set(first)) > 1 or len(set(second)) > 1):
        table = confusion_table(first, second, grades=list("ABC"))
        for weights in (None, "linear", "quadratic"):
            there, back = (cohen_kappa(one, weights=weights) for one in (table, table.T))
            assert there.kappa == pytest.approx(back.kappa)
            assert there.kappa <= 1 + 1e-12
            assert there.kappa == pytest.approx(cohen_kappa(table * 3, weights=weights).kappa)


@few
@given(values, st.floats(0.05, 1))
def test_a_score_agrees_with_itself(scores, share):
    assert top_overlap(scores, scores, share=share) <= 1 + 1e-9
    if len(set(scores)) == len(scores):
        assert top_overlap(scores, scores, share=share) == pytest.approx(1)
    if len(set(scores)) > 1:
        assert rank_correlation(scores, scores) == pytest.approx(1)
        assert rank_correlation(scores, [-score for score in scores]) == pytest.approx(-1)
        assert rank_correlation(scores, [score**3 + 2 for score in scores]) == pytest.approx(1)


@log_examples
@given(purchases, st.sampled_from(["month", "quarter", "year"]))
def test_cohorts_add_up_to_the_log(log, every):
    amounts = cohort_table(log, measure="amount", every=every)
    assert np.nansum(amounts) == pytest.approx(log["amount"].sum())
    assert cohort_table(log, measure="customers", every=every)[0].sum() == log["customer_id"].nunique()
    retention = cohort_table(log, every=every)
    assert (retention[0] == 1).all()
    assert (retention.isna() | ((retention >= 0) & (retention <= 1))).all().all()
    calendar = cohort_table(log, measure="amount", every=every, by="calendar")
    assert calendar.sum().sum() == pytest.approx(log["amount"].sum())
    pd.testing.assert_frame_equal(amounts, cohort_table(shuffled(log), measure="amount", every=every))


@log_examples
@given(purchases, st.floats(0.01, 100))
def test_lens_1_adds_up_and_scales_with_currency(log, currency):
    if log["customer_id"].nunique() < 2:
        return
    found = lens_1_how_customers_differ(log, groups=2)
    other = lens_1_how_customers_differ(log.assign(amount=log["amount"] * currency), groups=2)
    assert found.groups["amount_share"].sum() == pytest.approx(1)
    assert found.groups["customers"].sum() == found.purchase_counts.sum() == found.totals["customers"]
    product = found.totals[["customers", "purchases_per_customer", "amount_per_purchase"]].prod()
    assert product == pytest.approx(log["amount"].sum())
    assert other.totals["gini"] == pytest.approx(found.totals["gini"])
    assert other.totals["amount"] == pytest.approx(found.totals["amount"] * currency)


@log_examples
@given(purchases)
def test_lens_2_explains_the_whole_change(log):
    log = pd.concat(
        [log, log.head(1).assign(date=pd.Timestamp("2022-03-01")), log.tail(1)], ignore_index=True
    )
    log.loc[log.index[-1], "date"] = pd.Timestamp("2023-03-01")
    found = lens_2_what_changed(log, first="2022", second="2023")
    sums = log.groupby(log["date"].dt.year)["amount"].sum()
    change = sums[2023] - sums[2022]
    assert found.customers["change"].sum() == pytest.approx(change)
    assert found.factors["change"].sum() == pytest.approx(change, abs=1e-6)
    assert found.customers["customers"].sum() == found.moves.to_numpy().sum()


@log_examples
@given(purchases)
def test_lenses_3_to_5_hold_their_identities(log):
    one = lens_3_cohort_over_time(log, every="quarter").dropna()
    product = one["active_share"] * one["purchases_per_active"] * one["amount_per_purchase"]
    assert product.to_numpy() == pytest.approx(one["amount_per_acquired"].to_numpy())
    several = lens_4_cohorts_compared(log, every="quarter", horizon=1)
    assert several["customers"].sum() == log["customer_id"].nunique()
    assert several["repeat_share"].dropna().between(0, 1).all()
    whole = lens_5_whole_base(log, every="quarter").periods
    assert (whole["active"] == whole["new"] + whole["kept"] + whole["returned"]).all()
    before = whole["active"].shift(fill_value=0)
    assert (before - whole["lapsed"] == whole["kept"]).all()
    assert whole["amount"].sum() == pytest.approx(log["amount"].sum())


@few
@given(st.integers(0, 1000), st.floats(-50, 50))
def test_k_means_explains_more_with_more_groups_and_ignores_a_shift(seed, shift):
    data = pd.DataFrame(np.random.default_rng(seed).normal(size=(12, 2)))
    within = [k_means(data, clusters=k, rng=np.random.default_rng(1), starts=5).within for k in (1, 2, 12)]
    assert within[0] >= within[1] >= within[2] - 1e-9
    assert within[2] == pytest.approx(0, abs=1e-9)
    moved = k_means(data + shift, clusters=1, rng=np.random.default_rng(1), starts=1)
    assert moved.within == pytest.approx(within[0], rel=1e-6)
