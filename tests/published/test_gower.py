"""Gower dissimilarities printed for two small tables: R's ``daisy(flower)`` and the Python package gower."""

import numpy as np
import pandas as pd
import pytest

from casekit.information import gower_similarity

PEOPLE = pd.DataFrame(
    {
        "age": [21, 21, 19, 30, 21, 21, 19, 30, None],
        "gender": ["M", "M", "N", "M", "F", "F", "F", "F", None],
        "civil_status": [
            *("MARRIED", "SINGLE", "SINGLE", "SINGLE", "MARRIED", "SINGLE", "WIDOW", "DIVORCED"),
            None,
        ],
        "salary": [3000, 1200, 32000, 1800, 2900, 1100, 10000, 1500, None],
        "has_children": [1, 0, 1, 1, 1, 0, 0, 1, None],
        "available_credit": [2200, 100, 22000, 1100, 2000, 100, 6000, 2200, None],
    }
)


def test_gower_package_readme_first_rows():
    found = 1 - gower_similarity(PEOPLE)
    first = [0, 0.3590238, 0.6707398, 0.31787416, 0.16872811, 0.52622986, 0.59697855, 0.47778758]
    second = [0.3590238, 0, 0.6964303, 0.3138769, 0.523629, 0.16720603, 0.45600235, 0.6539635]
    assert found.iloc[0, :8].tolist() == pytest.approx(first, abs=5e-7)
    assert found.iloc[1, :8].tolist() == pytest.approx(second, abs=5e-7)
    assert np.isnan(found.iloc[0, 8])


def test_kaufman_rousseeuw_flower_first_three_in_daisy():
    """Ranges of the whole table: 20 to 200 and 10 to 60; 3 and 18 ordered places."""
    flower = pd.DataFrame(
        {
            "V1": ["0", "1", "0"],
            "V2": ["1", "0", "1"],
            "V3": ["1", "0", "0"],
            "V4": ["4", "2", "3"],
            "V5": pd.Categorical([3, 1, 3], categories=range(1, 4), ordered=True),
            "V6": pd.Categorical([15, 3, 1], categories=range(1, 19), ordered=True),
            "V7": [25, 150, 150],
            "V8": [15, 50, 50],
        }
    )
    found = 1 - gower_similarity(flower, ranges={"V7": 180, "V8": 50})
    assert found.iloc[0, 1] == pytest.approx(0.8875408, abs=5e-8)
    assert found.iloc[0, 2] == pytest.approx(0.5272467, abs=5e-8)
    assert found.iloc[1, 2] == pytest.approx(0.5147059, abs=5e-8)
