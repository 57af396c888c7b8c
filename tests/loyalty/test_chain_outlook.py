"""Where a chain leads: ends, long run, steps; the five phases and the levels of service."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import (
    PHASES,
    absorption_probabilities,
    chain_value,
    fundamental_matrix,
    migration_counts,
    phase_chain,
    relationship_level,
    steady_state,
    step_values,
    two_sided_surplus,
)

RUIN = {
    "new": {"new": 0.5, "gold": 0.2, "lost": 0.3},
    "gold": {"gold": 1},
    "lost": {"lost": 1},
}
CHAIN = phase_chain(advance=[0.5, 0.25, 0.25], dissolve=[0.5, 0.25, 0, 0.125])
TERMS = {"customer_benefit": [9, 7, 7], "customer_cost": 8, "firm_benefit": 9, "firm_cost": [5, 5, 10]}


def test_chances_of_two_ends():
    assert absorption_probabilities(RUIN, absorbing=["gold", "lost"]).loc["new"].tolist() == [0.4, 0.6]


def test_a_state_that_can_be_left_may_count_as_an_end():
    matrix = [[0.5, 0.5, 0], [0.2, 0.6, 0.2], [0, 0, 1]]
    reached = absorption_probabilities(matrix, absorbing=[1, 2])
    assert reached.loc[0].tolist() == [1, 0]


def test_long_run_of_two_states_and_of_a_swing():
    assert steady_state([[0.9, 0.1], [0.3, 0.7]]).tolist() == pytest.approx([0.75, 0.25])
    assert steady_state([[0, 1], [1, 0]]).tolist() == pytest.approx([0.5, 0.5])
    assert steady_state([[0.8, 0.2], [0, 1]]).tolist() == pytest.approx([0, 1], abs=1e-12)


def test_step_is_the_difference_of_values():
    steps = step_values(RUIN, {"new": 1, "gold": 10, "lost": 0}, discount_rate=0.25)
    value = chain_value(RUIN, {"new": 1, "gold": 10, "lost": 0}, discount_rate=0.25)
    assert steps["step"].iloc[0] == pytest.approx(value["gold"] - value["new"])
    assert np.isnan(steps["step"].iloc[-1])


def test_phases_go_on_stay_or_end():
    assert CHAIN.loc["commitment"].to_dict() == {
        **dict.fromkeys(PHASES, 0.0),
        "commitment": 0.875,
        "dissolution": 0.125,
    }
    assert CHAIN.sum(axis=1).tolist() == [1] * 5
    named = phase_chain(
        advance={"expansion": 0.25, "awareness": 0.5, "exploration": 0.25},
        dissolve=dict(zip(PHASES, [0.5, 0.25, 0, 0.125], strict=False)),
    )
    assert named.equals(CHAIN)


def test_a_quarter_of_relationships_reach_commitment():
    ends = absorption_probabilities(CHAIN, absorbing=["commitment", "dissolution"])
    assert ends.loc["awareness", "commitment"] == pytest.approx(0.25)
    assert fundamental_matrix(CHAIN, absorbing="dissolution").loc["commitment"].sum() == pytest.approx(8)


def test_the_side_that_loses_ends_it_and_a_payment_could_hold_it():
    account = two_sided_surplus(TERMS)
    assert account["left_by"].tolist() == [None, "customer", None]
    assert account["in_force"].tolist() == [True, False, False]
    assert account.loc[1, ["lowest_payment", "highest_payment"]].tolist() == [1, 4]
    assert account.loc[2, ["lowest_payment", "highest_payment"]].isna().all()


def test_patience_outlasts_a_bad_period_and_both_may_leave():
    assert two_sided_surplus(TERMS, patience=2)["left_by"].tolist() == [None, None, "customer"]
    both = two_sided_surplus([dict.fromkeys(TERMS, 1) | {"customer_benefit": 0, "firm_benefit": 0}])
    assert both["left_by"].tolist() == ["both"]


def test_levels_of_service_make_a_panel():
    first = relationship_level([1, 5, 6, 9], cuts=[3, 6, 9])
    assert first.tolist() == ["dissatisfied", "satisfied", "preferred", "dependent"]
    panel = pd.DataFrame({"customer_id": "Li", "month": range(4), "tier": first})
    assert migration_counts(panel).loc["dissatisfied", "satisfied"] == 1
    assert relationship_level([1, None], cuts=[3, 6, 9]).isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: absorption_probabilities(RUIN, absorbing=["gold", "gone"]), "absorbing must be a known"),
        (lambda: absorption_probabilities(RUIN, absorbing=["gold", "gold"]), "absorbing must not repeat"),
        (lambda: steady_state(RUIN), "got 2 groups of states"),
        (lambda: steady_state([[0.5, 0.4], [0, 1]]), "add up to 1"),
        (lambda: step_values(RUIN, {"new": 1}, discount_rate=0.1), "missing gold, lost"),
        (lambda: phase_chain(advance=[0.6, 0.6, 0.6], dissolve=[0.5, 0, 0, 0]), "(?s)more than 1.*awareness"),
        (lambda: phase_chain(advance=[0.6, 0.6], dissolve=[0, 0, 0, 0]), "advance must be as long"),
        (lambda: phase_chain(advance=[60, 50, 40], dissolve=[0, 0, 0, 0]), "divide by 100"),
        (lambda: phase_chain(advance={"start": 1, "b": 0, "c": 0}, dissolve=[0] * 4), "carry the labels"),
        (lambda: two_sided_surplus({"customer_benefit": [1]}), "must have the columns"),
        (lambda: two_sided_surplus({**TERMS, "firm_cost": [1, 1, -1]}), "must lie in its range, got -1"),
        (lambda: two_sided_surplus(TERMS, patience=0), "patience must lie"),
        (lambda: relationship_level([1], cuts=[3, 6]), "one less than levels, got 2 cuts, 4 levels"),
        (lambda: relationship_level([1], cuts=[3, 6, 6]), "cuts must rise"),
        (lambda: relationship_level(["good"], cuts=[3, 6, 9]), "scores must hold numbers"),
        (lambda: relationship_level([1], cuts=[3], levels=["a", "a"]), "levels must not repeat"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_states_that_are_left_for_good_hold_exactly_nobody():
    shares = steady_state([[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [0, 0, 1]])
    assert shares.tolist() == [0, 0, 1]
