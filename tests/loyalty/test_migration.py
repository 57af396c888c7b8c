"""Moves between states counted by hand, and the value of a chain of two states."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.loyalty import (
    chain_value,
    compare_migration,
    fundamental_matrix,
    migration_counts,
    migration_interval,
    migration_matrix,
    optimal_stopping,
    project_states,
    step_values,
)

PANEL = pd.DataFrame(
    {
        "customer_id": ["A", "A", "A", "B", "B"],
        "month": [1, 2, 3, 2, 3],
        "tier": ["silver", "gold", "gold", "silver", "silver"],
    }
)
COUNTS = pd.DataFrame([[8, 2], [0, 10]], index=["a", "b"], columns=["a", "b"])
MATRIX = pd.DataFrame([[0.8, 0.2], [0.0, 1.0]], index=["here", "gone"], columns=["here", "gone"])


def test_moves_are_counted_within_customers_only():
    counts = migration_counts(PANEL.sample(frac=1, random_state=3), states=["silver", "gold"])
    assert counts.to_numpy().tolist() == [[1, 1], [0, 1]]


def test_categories_give_the_order_of_states():
    panel = PANEL.assign(tier=pd.Categorical(PANEL["tier"], categories=["none", "silver", "gold"]))
    assert list(migration_counts(panel).index) == ["none", "silver", "gold"]


def test_a_prior_opens_moves_that_were_not_seen():
    assert migration_matrix(COUNTS).loc["b"].tolist() == [0, 1]
    assert migration_matrix(COUNTS, prior=1).loc["b"].tolist() == pytest.approx([1 / 12, 11 / 12])
    skewed = pd.DataFrame([[0, 0], [2, 0]], index=["a", "b"], columns=["a", "b"])
    assert migration_matrix(COUNTS, prior=skewed).loc["b"].tolist() == pytest.approx([2 / 12, 10 / 12])


def test_the_interval_is_that_of_a_beta():
    low, high = migration_interval(COUNTS, prior=1, level=0.9)
    draws = np.random.default_rng(1).beta(9, 3, 200_000)
    assert [low.loc["a", "a"], high.loc["a", "a"]] == pytest.approx(
        np.quantile(draws, [0.05, 0.95]), abs=5e-3
    )


def test_equal_moves_give_no_evidence_and_different_ones_do():
    same = compare_migration(COUNTS, 3 * COUNTS)
    assert same["statistic"] == pytest.approx(0, abs=1e-9)
    assert same["degrees_of_freedom"] == 1
    other = COUNTS.assign(a=[2, 0], b=[8, 10])
    table = compare_migration(COUNTS, other)
    by_hand = 2 * (8 * np.log(8 / 5) + 2 * np.log(2 / 5)) * 2
    assert table["statistic"] == pytest.approx(by_hand)
    assert table["p_value"] == pytest.approx(0.0055, abs=5e-4)


def test_value_of_a_customer_who_stays_with_80_per_cent():
    value = chain_value(MATRIX, {"gone": 0, "here": 100}, discount_rate=0.1)
    assert value["here"] == pytest.approx(100 * 1.1 / (1.1 - 0.8))
    two = chain_value(MATRIX, {"here": 100, "gone": 0}, discount_rate=0, horizon=2)
    assert two["here"] == pytest.approx(100 * (1 + 0.8 + 0.64))


def test_stopping_leaves_a_state_at_the_value_of_stopping():
    plan = optimal_stopping(MATRIX, {"here": -1, "gone": 0}, discount_rate=0.1, stop_value=-2)
    assert plan.loc["here", "stop"]
    assert plan["value"].tolist() == [-2, 0]


def test_projection_keeps_the_customers():
    ahead = project_states(MATRIX, pd.Series({"gone": 0, "here": 100}), horizon=3)
    assert ahead["here"].tolist() == pytest.approx([100, 80, 64, 51.2])


def test_expected_periods_until_the_end():
    assert fundamental_matrix(MATRIX, absorbing="gone").loc["here", "here"] == pytest.approx(5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: migration_counts(PANEL, states=["silver"]), "known name, got 'gold'"),
        (lambda: migration_counts(pd.concat([PANEL, PANEL])), "panel must not repeat"),
        (lambda: migration_counts(PANEL, state="level"), "columns level"),
        (lambda: migration_matrix(COUNTS * 0), "left at least once"),
        (lambda: migration_matrix(COUNTS, prior=-1), "prior must lie in its range"),
        (lambda: migration_matrix(COUNTS.rename(index={"a": "x"})), "must carry the labels"),
        (lambda: migration_matrix(-COUNTS), "counts must lie in its range"),
        (lambda: migration_interval(COUNTS, prior=0), "prior must lie in its range"),
        (lambda: migration_interval(COUNTS, level=1), "level must lie in its range"),
        (lambda: compare_migration(COUNTS, MATRIX), "second must carry the labels of first"),
        (lambda: chain_value(MATRIX * 0.9, {"here": 1, "gone": 0}, discount_rate=0.1), "add up to 1"),
        (lambda: chain_value(MATRIX, {"here": 1}, discount_rate=0.1), "missing gone"),
        (lambda: chain_value(MATRIX, {"here": 1, "gone": 1}, discount_rate=0), "money for ever in gone"),
        (
            lambda: optimal_stopping(MATRIX, {"here": 1, "gone": -1}, discount_rate=0),
            "money for ever in gone",
        ),
        (lambda: migration_interval(MATRIX), "counts of moves, got shares, each row adding up to 1"),
        (lambda: migration_matrix(MATRIX, prior=1), "counts of moves"),
        (lambda: compare_migration(MATRIX, MATRIX), "first must hold counts of moves"),
        (lambda: chain_value(MATRIX, REWARDS, discount_rate=0.1, horizon=1.5), "a whole number"),
        (lambda: optimal_stopping(MATRIX, REWARDS, discount_rate=-0.1), "discount_rate must lie"),
        (lambda: project_states(MATRIX, pd.Series({"here": 1}), horizon=1), "missing gone"),
        (lambda: project_states(MATRIX, pd.Series(REWARDS), horizon=-1), "horizon must lie"),
        (lambda: fundamental_matrix(MATRIX, absorbing="lost"), "absorbing must be a known name"),
        (lambda: fundamental_matrix(MATRIX, absorbing="here"), "an end must be reachable"),
        (lambda: fundamental_matrix(MATRIX, absorbing=["here", "gone"]), "at least one state must not"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


REWARDS = {"here": 1, "gone": 0}


ENDING = pd.DataFrame(
    [[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.0, 0.0, 1.0]],
    index=["warm", "cold", "gone"],
    columns=["warm", "cold", "gone"],
)


def test_a_chain_that_ends_has_a_value_without_discount():
    rewards = {"warm": 10, "cold": -3, "gone": 0}
    value = chain_value(ENDING, rewards, discount_rate=0)
    # periods left, (I - Q)^-1, times the money of each
    left = fundamental_matrix(ENDING, absorbing="gone")
    by_hand = left @ pd.Series(rewards)[["warm", "cold"]]
    assert value[["warm", "cold"]].to_numpy() == pytest.approx(by_hand.to_numpy())
    assert value["gone"] == 0
    almost = chain_value(ENDING, rewards, discount_rate=1e-9)
    assert value.to_numpy() == pytest.approx(almost.to_numpy(), rel=1e-6, abs=1e-6)
    plan = step_values(ENDING, rewards, discount_rate=0)
    assert plan["value"].equals(value)


@pytest.mark.parametrize("stop_value", [-5.0, 0.0, 2.0, 50.0])
@pytest.mark.parametrize("cold", [-3, -30])
def test_stopping_without_discount_is_the_limit_of_small_rates(stop_value, cold):
    rewards = {"warm": 10, "cold": cold, "gone": 0}
    plan = optimal_stopping(ENDING, rewards, discount_rate=0, stop_value=stop_value)
    almost = optimal_stopping(ENDING, rewards, discount_rate=1e-7, stop_value=stop_value)
    assert plan["stop"].tolist() == almost["stop"].tolist()
    assert plan["value"].to_numpy() == pytest.approx(almost["value"].to_numpy(), abs=1e-3)


@pytest.mark.parametrize(
    "call",
    [
        lambda rate: chain_value(ENDING, {"warm": 10, "cold": -3, "gone": 0}, discount_rate=rate),
        lambda rate: optimal_stopping(ENDING, {"warm": 10, "cold": -3, "gone": 0}, discount_rate=rate),
        lambda rate: step_values(ENDING, {"warm": 10, "cold": -3, "gone": 0}, discount_rate=rate),
    ],
)
def test_a_percentage_as_rate_is_named_once(call):
    with pytest.warns(CasekitWarning, match="a discount_rate of 10 means 1,000 %") as heard:
        call(10)
    assert len(heard) == 1
