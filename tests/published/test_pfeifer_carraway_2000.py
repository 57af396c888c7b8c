"""Pfeifer and Carraway (2000), Modeling customer relationships as Markov chains, JIM 14(2).

Recency 1 to 4, chance of a purchase .3, .2, .15, .05, lost at 5; margin 40, mailing 4, discount rate .2.
"""

import pandas as pd
import pytest

from casekit.loyalty import chain_value, fundamental_matrix, optimal_stopping

REWARDS = {1: 36, 2: -4, 3: -4, 4: -4, 5: 0}


@pytest.fixture
def matrix():
    states = range(1, 6)
    chain = pd.DataFrame(0.0, index=states, columns=states)
    for recency, chance in {1: 0.3, 2: 0.2, 3: 0.15, 4: 0.05}.items():
        chain.loc[recency, 1] = chance
        chain.loc[recency, recency + 1] = 1 - chance
    chain.loc[5, 5] = 1.0
    return chain


def test_value_of_each_recency(matrix):
    value = chain_value(matrix, REWARDS, discount_rate=0.2)
    assert value.tolist() == pytest.approx([52.320, 5.554, 1.251, -1.820, 0], abs=5e-4)


def test_the_sum_of_the_powers_gives_the_same(matrix):
    long = chain_value(matrix, REWARDS, discount_rate=0.2, horizon=400)
    assert long.tolist() == pytest.approx(chain_value(matrix, REWARDS, discount_rate=0.2).tolist(), abs=1e-9)


def test_the_negative_value_says_stop_and_stopping_is_worth_more(matrix):
    plan = optimal_stopping(matrix, REWARDS, discount_rate=0.2)
    assert plan.index[plan["stop"]].tolist() == [4]
    assert plan.loc[4, "value"] == 0
    assert (plan["value"] >= plan["value_if_always"]).all()


def test_expected_mailings_solve_their_own_equation(matrix):
    """A customer at recency 4 is mailed once more, and all over again with chance .05."""
    mailings = fundamental_matrix(matrix, absorbing=5).sum(axis=1)
    assert mailings[4] == pytest.approx(1 + 0.05 * mailings[1])


def test_value_over_the_next_four_periods(matrix):
    value = chain_value(matrix, REWARDS, discount_rate=0.2, horizon=4)
    assert value.tolist() == pytest.approx([50.115, 4.220, 0.592, -1.980, 0], abs=5e-4)


def test_value_when_mailings_stop_at_recency_4(matrix):
    """The paper's remedy by hand: customers who reach recency 4 count as lost."""
    plan = optimal_stopping(matrix, REWARDS, discount_rate=0.2)
    shorter = matrix.copy()
    shorter.loc[4] = [0, 0, 0, 0, 1.0]
    curtailed = chain_value(shorter, REWARDS | {4: 0}, discount_rate=0.2)
    assert plan["value"].tolist() == pytest.approx(curtailed.tolist(), abs=1e-9)
    assert plan.loc[1, "value"] == pytest.approx(53.149, abs=5e-4)
