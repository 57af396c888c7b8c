"""Kullback, Kupperman and Ku (1962), Tests for contingency tables and Markov chains, Technometrics 4(4).

The sequence of three states as the R package markovchain prints it, against the matrix of the paper; the
package's own figures: G² 6.5184 on 6 degrees of freedom, p .3677 (0.11.1; earlier versions divided by
columns and print 6.5518).
"""

import pandas as pd
import pytest

from casekit.loyalty import migration_counts, migration_fit

SEQUENCE = (
    "012210000001222100100000011"
    "2002110000000000000011110000210"
    "021000000111220021111211111111102"
    "01100012200000022211110111100211"
    "000002211111212000122200011"
)
MATRIX = [[5 / 8, 1 / 4, 1 / 8], [1 / 4, 1 / 2, 1 / 4], [1 / 4, 3 / 8, 3 / 8]]
COUNTS = [[51, 11, 8], [12, 31, 9], [6, 11, 10]]


def test_likelihood_ratio_against_a_given_matrix():
    found = migration_fit(COUNTS, MATRIX)
    assert found.statistic == pytest.approx(6.518384, abs=5e-7)
    assert found.degrees_of_freedom == 6
    assert found.p_value == pytest.approx(0.3676877, abs=5e-8)


def test_moves_of_the_sequence():
    panel = pd.DataFrame({"customer_id": 1, "month": range(len(SEQUENCE)), "tier": list(map(int, SEQUENCE))})
    assert migration_counts(panel).to_numpy().tolist() == COUNTS
