"""Quinlan, *Induction of decision trees* (1986), Table 1: the Saturday mornings."""

import pandas as pd
import pytest

from casekit.information import entropy, rank_questions

MORNINGS = pd.DataFrame(
    [
        ("sunny", "hot", "high", "false", "N"),
        ("sunny", "hot", "high", "true", "N"),
        ("overcast", "hot", "high", "false", "P"),
        ("rain", "mild", "high", "false", "P"),
        ("rain", "cool", "normal", "false", "P"),
        ("rain", "cool", "normal", "true", "N"),
        ("overcast", "cool", "normal", "true", "P"),
        ("sunny", "mild", "high", "false", "N"),
        ("sunny", "cool", "normal", "false", "P"),
        ("rain", "mild", "normal", "false", "P"),
        ("sunny", "mild", "normal", "true", "P"),
        ("overcast", "mild", "high", "true", "P"),
        ("overcast", "hot", "normal", "false", "P"),
        ("rain", "mild", "high", "true", "N"),
    ],
    columns=["outlook", "temperature", "humidity", "windy", "class"],
)


def test_quinlan_1986_entropy_of_the_classes():
    assert entropy({"P": 9, "N": 5}) == pytest.approx(0.940, abs=5e-4)


def test_quinlan_1986_table_1_gains():
    # The paper prints .246, .151, .048 and .029, cut off after three digits; reprints carry four.
    found = rank_questions(MORNINGS.drop(columns="class"), MORNINGS["class"])["gain"]
    assert found.index.tolist() == ["outlook", "humidity", "windy", "temperature"]
    assert found.tolist() == pytest.approx([0.2467, 0.1518, 0.0481, 0.0292], abs=5.1e-5)
