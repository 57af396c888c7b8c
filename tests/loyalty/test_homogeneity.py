"""Tests of a chain on moves that can be counted by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import (
    migration_fit,
    migration_homogeneity,
    migration_matrix,
    migration_memory,
)

ONE = {"a": {"a": 8, "b": 2}, "b": {"b": 10}}
TWO = {"a": {"a": 2, "b": 8}, "b": {"b": 10}}


def test_pearson_is_the_test_of_a_two_by_two_table():
    found = migration_homogeneity([ONE, TWO], statistic="pearson")
    assert found.statistic == pytest.approx(4 * 9 / 5)
    assert found.degrees_of_freedom == 1
    assert found.by_state["degrees_of_freedom"].to_dict() == {"a": 1, "b": 0}


def test_a_state_that_a_table_never_left_costs_no_degree_of_freedom():
    first = pd.DataFrame([[5, 5, 0], [3, 3, 0], [0, 0, 0]])
    second = pd.DataFrame([[4, 6, 0], [0, 0, 0], [0, 0, 0]])
    third = pd.DataFrame([[6, 4, 0], [2, 4, 0], [0, 0, 0]])
    found = migration_homogeneity([first, second, third])
    assert found.by_state["degrees_of_freedom"].tolist() == [2, 1, 0]
    assert found.by_state["p_value"].iloc[2] == 1


def test_tables_may_be_named_and_ordered_as_they_come():
    turned = pd.DataFrame(TWO).T.fillna(0).loc[["b", "a"], ["b", "a"]]
    named = migration_homogeneity({"spring": ONE, "autumn": turned})
    assert named.statistic == pytest.approx(migration_homogeneity([ONE, TWO]).statistic)


def test_an_impossible_move_that_was_made_refutes_the_matrix():
    found = migration_fit(ONE, {"a": {"a": 1.0}, "b": {"b": 1.0}})
    assert (found.statistic, found.p_value) == (np.inf, 0.0)


def test_counts_fit_their_own_shares():
    found = migration_fit(ONE, migration_matrix(ONE))
    assert found.statistic == pytest.approx(0, abs=1e-12)
    assert found.degrees_of_freedom == 1


def test_memory_of_one_state_by_hand():
    """From gold: of those from low 3 stay and 1 falls, of those from gold 1 and 3."""
    paths = [["low", "gold", "gold"]] * 3 + [["low", "gold", "low"]]
    paths += [["gold", "gold", "gold"]] + [["gold", "gold", "low"]] * 3
    rows = [(who, month, tier) for who, path in enumerate(paths) for month, tier in enumerate(path)]
    panel = pd.DataFrame(rows, columns=["customer_id", "month", "tier"])
    found = migration_memory(panel, statistic="pearson")
    assert found.by_state.loc["gold", "statistic"] == pytest.approx(8 * (9 - 1) ** 2 / 4**4)
    assert found.degrees_of_freedom == 1


def test_a_chain_without_memory_passes_about_as_often_as_it_should():
    rng, refused = np.random.default_rng(4), 0
    for _trial in range(40):
        codes = np.zeros((40, 12), dtype=int)
        for month in range(1, 12):
            codes[:, month] = rng.random(40) < np.where(codes[:, month - 1] == 1, 0.7, 0.3)
        panel = pd.DataFrame(codes).rename_axis("customer_id").reset_index()
        long = panel.melt(id_vars="customer_id", var_name="month", value_name="tier")
        refused += migration_memory(long.astype({"month": int})).p_value < 0.05
    assert refused <= 6


SHARES = pd.DataFrame([[0.625, 0.375], [0.125, 0.875]], index=list("ab"), columns=list("ab"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: migration_homogeneity(pd.DataFrame(ONE)), "tables must be a dict or list of tables"),
        (lambda: migration_homogeneity([ONE]), "at least two tables, got 1"),
        (lambda: migration_homogeneity([SHARES, ONE]), r"tables\[1\] must hold counts of moves, got shares"),
        (lambda: migration_fit(SHARES, SHARES), "counts must hold counts of moves, got shares, .*1"),
        (lambda: migration_fit(SHARES * 100, SHARES), "counts must hold counts of moves, got shares, .*100"),
        (lambda: migration_homogeneity([ONE, {"a": {"a": 1}}]), "carry the labels of tables"),
        (lambda: migration_homogeneity([ONE, {"a": {"a": -1}, "b": {"b": 1}}]), "must lie in its range"),
        (lambda: migration_homogeneity([ONE, TWO], statistic="chi"), "statistic must be a known name"),
        (lambda: migration_fit(ONE, {"a": {"a": 0.5}, "b": {"b": 1}}), "add up to 1"),
        (lambda: migration_fit(ONE, {"a": {"a": 1}, "c": {"c": 1}}), "carry the labels of counts"),
        (lambda: migration_fit([[1, "x"], [1, 1]], [[1, 0], [0, 1]]), "counts must hold numbers"),
        (lambda: migration_memory(panel([1, 2])), "three months running"),
        (lambda: migration_memory(panel([1, 2, 4], [1, 2, 3])), "a row for each month"),
        (lambda: migration_memory(panel([1, 2, 3]).assign(tier=[None, "x", "x"])), "missing or infinite"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


def panel(*months):
    parts = [
        pd.DataFrame({"customer_id": name, "month": own, "tier": "x"})
        for name, own in zip("abc", months, strict=False)
    ]
    return pd.concat(parts, ignore_index=True)
