"""Games of two, the race of rewards and the customers left out, on small figures."""

import math

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.loyalty import (
    GAME_KINDS,
    contrast_cost,
    cooperation_threshold,
    dominant_strategies,
    equilibria,
    escalation_path,
    escalation_payoffs,
    game_kind,
    rivalry_payoffs,
)

DILEMMA = rivalry_payoffs(won_alone=100, lost_alone=90, won_both=10, cost=40)
PENNIES = [[1, -1], [-1, 1]]
CONTRAST = {"aware": 0.5, "upset": 0.1, "contribution": 300, "lost": 0.2}
RACE = {"market": 1000, "margin": 0.4, "sensitivity": 10}


def test_a_programme_that_only_moves_customers_is_a_dilemma():
    rest = equilibria(DILEMMA)
    assert rest["we"].to_numpy().tolist() == [[0, 1]]
    assert rest[("rests", "efficient")].tolist() == [0]
    assert game_kind(DILEMMA) == "prisoner's dilemma"
    assert dominant_strategies(DILEMMA).tolist() == ["programme", "programme"]


@pytest.mark.parametrize(
    ("ours", "theirs", "kind", "resting"),
    [
        ([[2, 0], [1, -1]], None, "harmony", 1),
        ([[2, 0], [0, 1]], None, "coordination", 3),
        ([[0, 3], [1, 2]], [[0, 1], [3, 2]], "chicken", 3),
        (PENNIES, (-np.array(PENNIES)).tolist(), "matching pennies", 1),
        ([[2, 3], [1, 1]], [[0, 1], [1, 0]], "one-sided", 1),
        ([[1, 1], [1, 0]], None, "degenerate", 3),
    ],
)
def test_kinds_of_games(ours, theirs, kind, resting):
    assert game_kind(ours, rival=theirs) == kind
    assert kind in GAME_KINDS
    assert len(equilibria(ours, rival=theirs)) == resting


def test_a_game_of_unequal_sides_needs_both_tables():
    ours, theirs = [[3, 0, 1], [0, 2, 4]], [[1, 0, 2], [0, 3, 1]]
    rest = equilibria(ours, rival=theirs)
    assert (rest["we"].sum(axis=1).to_numpy() == pytest.approx(1)) and len(rest) % 2 == 1


def test_labels_of_the_rival_may_stand_in_any_order():
    ours = pd.DataFrame([[2, 3], [1, 1]], index=["a", "b"], columns=["x", "y"])
    theirs = pd.DataFrame([[0, 1], [1, 0]], index=["a", "b"], columns=["x", "y"])
    assert equilibria(ours, rival=theirs.loc[["b", "a"], ["y", "x"]]).equals(equilibria(ours, rival=theirs))


def test_the_race_ends_where_neither_wants_to_move():
    ours, theirs = escalation_payoffs(np.linspace(0, 0.4, 9), **RACE)
    path = escalation_path(ours, rival=theirs)
    last = path.iloc[-1]
    column = ours[last["rival"]]
    assert column.max() == pytest.approx(last["our_payoff"])
    assert theirs.loc[last["we"]].max() == pytest.approx(last["rival_payoff"])
    assert last["our_payoff"] < path["our_payoff"].iloc[0]


def test_pennies_never_rest_and_the_path_stops_after_its_moves():
    path = escalation_path(PENNIES, rival=(-np.array(PENNIES)).tolist(), start=(0, 0), moves=7)
    assert len(path) > 5
    assert path["who"].iloc[0] is None


def test_with_everyone_sharing_nobody_wins_by_rewards():
    ours, theirs = escalation_payoffs([0, 0.1], **RACE)
    assert ours.iloc[0, 0] == pytest.approx(200)
    assert ours.iloc[1, 1] == pytest.approx(150)
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy().T)


def test_edge_outside_and_cost_of_a_programme():
    ours, theirs = escalation_payoffs([0, 0.1], **RACE, edge=math.log(3), outside=1, programme_cost=5)
    assert ours.iloc[0, 0] == pytest.approx(1000 * 3 / 5 * 0.4)
    assert theirs.iloc[0, 1] == pytest.approx(1000 * math.e / (3 + math.e + 1) * 0.3 - 5)


def test_contrast_by_hand_and_its_break_even():
    account = contrast_cost(1000, **CONTRAST, told=2, told_lost=0.05, programme_gain=9000)
    assert account["lost_contribution"] == pytest.approx(50 * 300 * 0.2)
    assert account["word_of_mouth"] == pytest.approx(50 * 2 * 300 * 0.05)
    even = contrast_cost(
        1000,
        **CONTRAST | {"upset": account["break_even_upset"]},
        told=2,
        told_lost=0.05,
        programme_gain=9000,
    )
    assert even["net_gain"] == pytest.approx(0, abs=1e-9)


def test_contrast_without_effect_or_without_gain():
    assert contrast_cost(0, **CONTRAST, programme_gain=1)["break_even_upset"] == np.inf
    assert contrast_cost(10, **CONTRAST)["break_even_upset"] == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: equilibria([[1, 2, 3], [1, 2, 3]]), "square when rival is not given"),
        (lambda: equilibria([[1, 2], [1, np.nan]]), "must hold numbers only"),
        (lambda: equilibria(np.zeros((9, 9))), "at most 8 strategies, got 9"),
        (lambda: equilibria([[1, 2], [3, 4]], rival=[[1, 2, 3], [1, 2, 3]]), "carry the labels of payoffs"),
        (lambda: dominant_strategies("none"), "payoffs must be a DataFrame"),
        (lambda: game_kind(np.zeros((3, 3))), "must have two strategies"),
        (lambda: cooperation_threshold([[2, 0], [0, 1]]), "got coordination"),
        (lambda: cooperation_threshold(np.zeros((3, 3))), "must be a prisoner's dilemma"),
        (lambda: escalation_payoffs([0.1, 0.1], **RACE), "levels must rise"),
        (lambda: escalation_payoffs([0, 5], **RACE), "levels must lie in its range"),
        (lambda: escalation_payoffs([0, 0.1], **RACE | {"margin": 40}), "for 40 % write 0.4"),
        (lambda: escalation_payoffs([0, 0.1], **RACE | {"sensitivity": -1}), "sensitivity must lie"),
        (lambda: escalation_path(DILEMMA, start=("programme", "club")), "must be a known name, got 'club'"),
        (lambda: escalation_path(DILEMMA, start=("programme",)), "start must name two"),
        (lambda: escalation_path(DILEMMA, moves=0), "moves must lie"),
        (lambda: escalation_path(DILEMMA, rival=[[1, 2], [3, 4]]), "carry the labels of payoffs"),
        (lambda: contrast_cost(-1, **CONTRAST), "non_members must lie"),
        (lambda: contrast_cost(1, **CONTRAST | {"upset": 10}), "for 10 % write 0.1"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
