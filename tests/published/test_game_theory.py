"""Games of the textbooks: Axelrod (1984), and those of the Nashpy documentation."""

import numpy as np
import pytest

from casekit.loyalty import cooperation_threshold, equilibria, escalation_path, game_kind

AXELROD = [[3, 0], [5, 1]]


def test_axelrod_1984_tournament_payoffs_are_a_dilemma():
    """T 5, R 3, P 1, S 0: mutual defection is the only equilibrium, and the future must weigh a half."""
    rest = equilibria(AXELROD)
    assert rest["payoff"].to_numpy().tolist() == [[1, 1]]
    assert game_kind(AXELROD) == "prisoner's dilemma"
    assert cooperation_threshold(AXELROD) == 0.5
    assert escalation_path(AXELROD)["our_payoff"].tolist() == [3, 5, 1]


def test_nashpy_matching_pennies():
    rest = equilibria([[1, -1], [-1, 1]], rival=[[-1, 1], [1, -1]])
    assert rest["we"].to_numpy() == pytest.approx(np.array([[0.5, 0.5]]))
    assert rest["rival"].to_numpy() == pytest.approx(np.array([[0.5, 0.5]]))


def test_nashpy_issue_222_degenerate_game():
    """Printed: ([0, 1], [1, 0]); the weak line up to 2/7 starts there."""
    rest = equilibria([[-3, 3], [-3, 5]], rival=[[2, 7], [4, 2]])
    assert [0, 1] in rest["we"].to_numpy().tolist()
    assert rest["rival"].iloc[0].tolist() == [1, 0]


def test_battle_of_the_sexes():
    """2, 1 and 1, 2: both pure meetings, and each going to its own place with two thirds."""
    rest = equilibria([[2, 0], [0, 1]], rival=[[1, 0], [0, 2]])
    assert rest["we"].to_numpy() == pytest.approx(np.array([[1, 0], [0, 1], [2 / 3, 1 / 3]]))
    assert rest["rival"].to_numpy() == pytest.approx(np.array([[1, 0], [0, 1], [1 / 3, 2 / 3]]))
    assert rest[("rests", "efficient")].tolist() == [1, 1, 0]
