"""Identities of chain tests, the points ledger, games, phases, silence, offers and promises."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casekit.loyalty import (
    PHASES,
    REWARD_QUESTIONS,
    absorption_probabilities,
    best_hiatus,
    chain_value,
    compare_retention_targets,
    contrast_cost,
    cooperation_threshold,
    equilibria,
    escalation_payoffs,
    fundamental_matrix,
    game_kind,
    hiatus_errors,
    migration_counts,
    migration_fit,
    migration_homogeneity,
    migration_matrix,
    phase_chain,
    points_ledger,
    project_states,
    promises_kept,
    redemption_forecast,
    retention_campaign_profit,
    retention_offer_gain,
    rivalry_payoffs,
    score_reward_design,
    steady_state,
    step_values,
    two_sided_surplus,
    waking_account,
)

brisk = settings(max_examples=18, deadline=None)
shares = st.floats(0, 1)
counts = st.lists(st.integers(0, 40), min_size=9, max_size=9).map(lambda cells: np.reshape(cells, (3, 3)))
which = st.sampled_from(["likelihood-ratio", "pearson"])


# -- tests of the chain ------------------------------------------------------------------------------------


@brisk
@given(st.lists(counts, min_size=2, max_size=4), which, st.permutations([0, 1, 2]))
def test_order_of_tables_and_states_is_irrelevant_and_p_is_a_chance(tables, statistic, order):
    found = migration_homogeneity([pd.DataFrame(one) for one in tables], statistic=statistic)
    turned = [pd.DataFrame(one).iloc[order, order] for one in tables[::-1]]
    again = migration_homogeneity(turned, statistic=statistic)
    assert again.statistic == pytest.approx(found.statistic, abs=1e-8)
    assert again.degrees_of_freedom == found.degrees_of_freedom
    assert 0 <= found.p_value <= 1
    assert found.by_state["statistic"].sum() == pytest.approx(found.statistic)
    assert found.by_state["degrees_of_freedom"].sum() == found.degrees_of_freedom


@brisk
@given(counts, st.integers(2, 4), which)
def test_equal_tables_give_no_evidence(table, copies, statistic):
    found = migration_homogeneity([table.tolist()] * copies, statistic=statistic)
    assert found.statistic == pytest.approx(0, abs=1e-8)
    assert found.p_value == pytest.approx(1)


@brisk
@given(counts, counts, st.integers(2, 6), which)
def test_evidence_grows_with_the_counts(one, two, times, statistic):
    small = migration_homogeneity([one.tolist(), two.tolist()], statistic=statistic)
    large = migration_homogeneity([(one * times).tolist(), (two * times).tolist()], statistic=statistic)
    assert large.statistic == pytest.approx(times * small.statistic, rel=1e-6, abs=1e-6)
    assert large.degrees_of_freedom == small.degrees_of_freedom


@brisk
@given(counts, which)
def test_counts_fit_the_matrix_made_of_them(table, statistic):
    assume((table.sum(axis=1) > 0).all())
    frame = pd.DataFrame(table)
    assert migration_fit(frame, migration_matrix(frame), statistic=statistic).statistic == pytest.approx(
        0, abs=1e-9
    )


@brisk
@given(counts, st.floats(0.1, 3))
def test_long_run_stays_as_it_is_and_ends_add_up(table, prior):
    matrix = migration_matrix(pd.DataFrame(table), prior=prior)
    share = steady_state(matrix)
    assert share.sum() == pytest.approx(1)
    assert project_states(matrix, share, horizon=3).iloc[-1].tolist() == pytest.approx(share.tolist())
    ends = absorption_probabilities(matrix, absorbing=[1, 2])
    assert ends.sum(axis=1).tolist() == pytest.approx([1])


@brisk
@given(counts, st.lists(st.floats(-10, 100), min_size=3, max_size=3), st.floats(0.05, 1))
def test_steps_lead_from_the_worst_to_the_best(table, rewards, rate):
    matrix = migration_matrix(pd.DataFrame(table), prior=1)
    steps = step_values(matrix, rewards, discount_rate=rate)
    assert steps["step"].sum() == pytest.approx(steps["value"].iloc[-1] - steps["value"].iloc[0], abs=1e-6)


@brisk
@given(st.lists(st.floats(0, 0.5), min_size=3, max_size=3), st.lists(st.floats(0.01, 0.5), min_size=4))
def test_phases_end_in_commitment_or_before(advance, dissolve):
    chain = phase_chain(advance=advance, dissolve=dissolve[:4])
    assert chain.sum(axis=1).tolist() == pytest.approx([1] * 5)
    reached = absorption_probabilities(chain, absorbing=["commitment", "dissolution"])["commitment"]
    by_hand = [a / (a + b) if a + b else 0.0 for a, b in zip(advance, dissolve, strict=False)]
    assert reached["awareness"] == pytest.approx(np.prod(by_hand), abs=1e-9)
    life = fundamental_matrix(chain, absorbing="dissolution").loc["commitment"].sum()
    assert life == pytest.approx(1 / dissolve[3])
    worth = chain_value(chain, dict.fromkeys(PHASES[:4], 1) | {PHASES[4]: 0}, discount_rate=1e-9)
    assert worth["commitment"] == pytest.approx(life, rel=1e-4)


@brisk
@given(
    st.lists(st.lists(st.floats(0, 100), min_size=4, max_size=4), min_size=1, max_size=8), st.floats(0.1, 9)
)
def test_surplus_adds_up_scales_and_ends_once(rows, currency):
    names = ["customer_benefit", "customer_cost", "firm_benefit", "firm_cost"]
    frame = pd.DataFrame(rows, columns=names)
    account = two_sided_surplus(frame)
    assert (account["customer_surplus"] + account["firm_surplus"]).equals(account["joint_surplus"])
    assert account["left_by"].notna().sum() == int((~account["in_force"]).any())
    assert (account["in_force"].astype(int).diff().dropna() <= 0).all()
    abroad = two_sided_surplus(frame * currency)
    assert abroad["joint_surplus"].tolist() == pytest.approx(
        (account["joint_surplus"] * currency).tolist(), rel=1e-6, abs=1e-6
    )
    held = account.dropna(subset=["lowest_payment"])
    assert (held["lowest_payment"] <= held["highest_payment"] + 1e-9).all()


# -- points ------------------------------------------------------------------------------------------------

grants = st.lists(
    st.tuples(st.floats(1, 1e4), st.floats(1, 1e3), st.floats(0, 1), st.floats(0.5, 1)),
    min_size=1,
    max_size=6,
)


def ledger_of(rows, **options):
    """Rows of sales, points, share of the points outstanding that is used (below what is expected), rate."""
    outstanding, periods = 0.0, []
    rate = rows[0][3]
    for sales, points, used, _rate in rows:
        outstanding += points * rate
        redeemed = outstanding * used * 0.99
        outstanding -= redeemed
        periods.append((sales, points, 0.5, redeemed, rate))
    frame = pd.DataFrame(periods, columns=["sales", "points", "point_value", "redeemed", "redemption_rate"])
    return frame, points_ledger(frame, **options)


@brisk
@given(grants)
def test_every_row_of_the_ledger_balances_and_nothing_is_lost(rows):
    _frame, ledger = ledger_of(rows)
    balance = ledger["opening"] + ledger["deferred"] - ledger["revenue"]
    assert balance.tolist() == pytest.approx(ledger["liability"].tolist(), abs=1e-6)
    assert ledger["opening"].iloc[1:].tolist() == ledger["liability"].iloc[:-1].tolist()
    total = ledger["revenue"].sum() + ledger["liability"].iloc[-1]
    assert total == pytest.approx(ledger["deferred"].sum())
    assert ledger["liability"].min() >= -1e-6
    assert ledger["catch_up"].abs().max() <= 1e-6 * (1 + ledger["deferred"].sum())


@brisk
@given(grants, st.floats(0.01, 100))
def test_the_ledger_scales_with_currency(rows, currency):
    frame, ledger = ledger_of(rows)
    abroad = points_ledger(frame.assign(sales=frame["sales"] * currency, point_value=0.5 * currency))
    money = ["deferred", "revenue", "liability"]
    assert abroad[money].to_numpy() == pytest.approx(ledger[money].to_numpy() * currency, rel=1e-6, abs=1e-6)


@brisk
@given(grants)
def test_with_expiry_at_once_all_is_revenue_of_its_own_period(rows):
    frame = pd.DataFrame(
        [(sales, points, 0.5, points * rate * used, rate) for sales, points, used, rate in rows],
        columns=["sales", "points", "point_value", "redeemed", "redemption_rate"],
    )
    ledger = points_ledger(frame, expiry=1)
    assert ledger["revenue"].tolist() == pytest.approx(ledger["deferred"].tolist())
    assert ledger["liability"].abs().max() <= 1e-6


@brisk
@given(st.lists(st.floats(1, 100), min_size=3, max_size=3), st.floats(0.1, 10))
def test_forecast_of_a_fixed_pattern_is_the_pattern(pattern, growth):
    sizes = [growth**place for place in range(3)]
    triangle = [[size * cell for cell in pattern[: 3 - place]] for place, size in enumerate(sizes)]
    granted = [size * sum(pattern) * 2 for size in sizes]
    table = redemption_forecast(triangle, granted=granted)
    assert table["redemption_rate"].tolist() == pytest.approx([0.5] * 3)
    assert (table["redeemed"] + table["to_come"]).tolist() == pytest.approx(table["ultimate"].tolist())


# -- rivals ------------------------------------------------------------------------------------------------

cells = st.lists(st.integers(-5, 5), min_size=9, max_size=9).map(lambda values: np.reshape(values, (3, 3)))


@brisk
@given(cells, cells, st.integers(1, 50), st.integers(-50, 50))
def test_every_resting_point_is_one_and_there_is_one(ours, theirs, scale, shift):
    rest = equilibria(ours, rival=theirs)
    assert len(rest) >= 1
    for x, y in zip(rest["we"].to_numpy(), rest["rival"].to_numpy(), strict=True):
        assert x.sum() == pytest.approx(1) and y.sum() == pytest.approx(1)
        assert (ours @ y).max() <= x @ ours @ y + 1e-6
        assert (x @ theirs).max() <= x @ theirs @ y + 1e-6
    again = equilibria(ours * scale + shift, rival=theirs)
    assert len(again) == len(rest)


@brisk
@given(st.integers(1, 100), st.integers(1, 100), st.integers(-50, 50), st.integers(1, 99))
def test_a_dilemma_is_a_dilemma_in_any_currency(won, lost, both, cost):
    table = rivalry_payoffs(won_alone=won, lost_alone=lost, won_both=both, cost=cost)
    kind = game_kind(table)
    assert game_kind(table * 7) == kind
    if kind == "prisoner's dilemma":
        assert 0 < cooperation_threshold(table) < 1
        assert cooperation_threshold(table * 7) == pytest.approx(cooperation_threshold(table))


@brisk
@given(st.floats(0.2, 0.9), st.floats(3, 40), st.floats(1, 1e6))
def test_the_race_of_equals_rests_at_the_formula(margin, sensitivity, market):
    best = max(0.0, margin - 2 / sensitivity)
    levels = sorted({0.0, best, *np.linspace(0, margin, 7)})
    levels = [levels[0], *[b for a, b in zip(levels, levels[1:], strict=False) if b - a > 1e-9]]
    ours, theirs = escalation_payoffs(levels, market=market, margin=margin, sensitivity=sensitivity)
    place = int(np.abs(np.array(levels) - best).argmin())
    column = ours.iloc[:, place]
    assert column.max() <= column.iloc[place] * (1 + 1e-7) + 1e-9 * market
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy().T)
    assert np.diag(ours) == pytest.approx(market / 2 * (margin - np.array(levels)), abs=1e-6 * market)


@brisk
@given(st.floats(1, 1e4), shares, shares, st.floats(1, 1e4), shares, st.floats(0, 1e6))
def test_contrast_is_in_proportion_and_breaks_even(people, aware, upset, money, lost, gain):
    account = contrast_cost(
        people, aware=aware, upset=upset, contribution=money, lost=lost, programme_gain=gain
    )
    assert account["cost"] >= 0
    assert account["net_gain"] == pytest.approx(gain - account["cost"])
    even = account["break_even_upset"]
    if 0 < even <= 1:
        again = contrast_cost(
            people, aware=aware, upset=even, contribution=money, lost=lost, programme_gain=gain
        )
        assert again["net_gain"] == pytest.approx(0, abs=1e-6 * (1 + gain))


# -- keeping customers -------------------------------------------------------------------------------------

customers = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=2, max_size=40).filter(
    lambda rows: 0 < sum(active for _silent, active in rows) < len(rows)
)


@brisk
@given(customers, st.randoms())
def test_longer_thresholds_call_fewer_gone_and_order_is_irrelevant(rows, random):
    silent, active = zip(*rows, strict=True)
    table = hiatus_errors(silent, active)
    assert (table["called_gone"].diff().dropna() <= 0).all()
    assert (table["gone_found"].diff().dropna() <= 1e-12).all()
    assert (table["active_kept"].diff().dropna() >= -1e-12).all()
    rates = table[["correct", "gone_found", "active_kept"]]
    assert rates.min(axis=None) >= 0 and rates.max(axis=None) <= 1
    mixed = list(rows)
    random.shuffle(mixed)
    assert hiatus_errors(*zip(*mixed, strict=True)).equals(table)
    best = best_hiatus(silent, active)
    at_best = table.set_index("threshold").loc[best, "correct"]
    assert at_best == pytest.approx(table["correct"].max())


@brisk
@given(customers, shares, st.floats(0, 1000), st.floats(0, 100), st.floats(0.01, 100))
def test_waking_scales_with_currency_and_free_letters_never_lose(rows, woken, value, cost, currency):
    silent, active = zip(*rows, strict=True)
    account = waking_account(silent, active, cost=cost, woken=woken, value=value, active_loss=cost)
    terms = {"cost": cost * currency, "value": value * currency, "active_loss": cost * currency}
    abroad = waking_account(silent, active, woken=woken, **terms)
    assert abroad["gain"].tolist() == pytest.approx((account["gain"] * currency).tolist(), rel=1e-6, abs=1e-6)
    assert waking_account(silent, active, cost=0, woken=woken, value=value)["gain"].min() >= 0


@brisk
@given(
    st.floats(0.01, 1), st.floats(0.01, 0.3), st.floats(0, 3), shares, st.floats(0, 1e4), st.floats(0, 100)
)
def test_campaign_grows_with_the_list_and_breaks_even(targeted, churn, lift, accept, value, incentive):
    terms = {"targeted": targeted, "churn_rate": churn, "accept": accept, "value": value}
    terms |= {"incentive": incentive, "contact_cost": 1}
    account = retention_campaign_profit(1000, lift=lift, **terms)
    better = retention_campaign_profit(1000, lift=min(lift + 0.1, 1 / churn), **terms)
    assert better["profit"] >= account["profit"] - 1e-6
    parts = account["customers_held"] * (value - incentive) - account["wasted_incentives"] * incentive
    assert account["profit"] == pytest.approx(parts - account["offers"], abs=1e-6 * (1 + value))
    even = account["break_even_lift"]
    if even * churn <= 1:
        again = retention_campaign_profit(1000, lift=even, **terms)
        assert again["profit"] == pytest.approx(0, abs=1e-6 * (1 + value))


@brisk
@given(shares, shares, st.floats(0, 1e4), st.floats(0, 100))
def test_an_offer_that_changes_nobody_costs_what_it_costs(before, after, value, incentive):
    same = retention_offer_gain([before], [before], value=value, incentive=incentive, contact_cost=1)
    assert same["gain"].iloc[0] == pytest.approx(-(1 - before) * incentive - 1, abs=1e-6 * (1 + value))
    table = retention_offer_gain([before], [after], value=value, incentive=0)
    assert table["gain"].iloc[0] == pytest.approx((before - after) * value, abs=1e-6 * (1 + value))


@brisk
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(-5, 5)), min_size=4, max_size=30))
def test_a_list_of_everyone_is_everyone(rows):
    churned, treated, score = zip(*rows, strict=True)
    assume(0 < sum(treated) < len(treated))
    table = compare_retention_targets(churned, treated, scores={"list": score}, share=1, value=10, cost=1)
    assert table.loc["list"].tolist() == pytest.approx(table.loc["everyone"].tolist())
    assert -1 <= table.loc["list", "held"] <= 1


@brisk
@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.5, 0.99))
def test_a_claim_is_never_above_what_was_seen_and_grows_with_proof(kept, broken, level):
    few = promises_kept([True] * kept + [False] * broken, level=level).iloc[0]
    many = promises_kept([True] * 3 * kept + [False] * 3 * broken, level=level).iloc[0]
    assert 0 <= few["at_least"] <= few["rate"] <= 1
    assert many["at_least"] >= few["at_least"] - 1e-12
    more = promises_kept([True] * (kept + 1) + [False] * broken, level=level).iloc[0]
    assert more["at_least"] >= few["at_least"]


@brisk
@given(st.lists(shares, min_size=9, max_size=9))
def test_a_design_is_as_good_as_its_answers(values):
    design = score_reward_design(dict(zip(REWARD_QUESTIONS, values, strict=True)))
    assert min(values) - 1e-9 <= design.score <= max(values) + 1e-9
    assert design.score + design.table["lost"].sum() == pytest.approx(1)


@brisk
@given(st.lists(st.lists(st.sampled_from("abc"), min_size=4, max_size=4), min_size=1, max_size=6))
def test_rows_of_the_panel_may_come_in_any_order(paths):
    rows = [(who, month, state) for who, path in enumerate(paths) for month, state in enumerate(path)]
    panel = pd.DataFrame(rows, columns=["customer_id", "month", "tier"])
    known = list("abc")
    assert migration_counts(panel[::-1], states=known).equals(migration_counts(panel, states=known))
