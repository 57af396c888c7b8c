"""Siddiqi (2006), Credit Risk Scorecards, exhibit 6.2: weight of evidence of age, 40,000 accounts.

Counts, weights and the information value of 0.668 agree with each other to the last digit; they have not been
held against the printed page.
"""

import numpy as np
import pandas as pd
import pytest

from casekit.selling import warning_sign_weights

#: Age, goods, bads, weight of evidence as printed (good over bad, times 100).
EXHIBIT = [
    ("missing", 860, 140, -42.719),
    ("18-22", 3040, 960, -108.980),
    ("23-26", 4920, 1080, -72.613),
    ("30-35", 9500, 500, 70.196),
    ("35-44", 6800, 200, 128.388),
    ("44+", 2940, 60, 164.934),
]


def test_exhibit_6_2_weight_of_evidence():
    table = pd.DataFrame(EXHIBIT + [("27-29", 8100, 900, np.nan)], columns=["age", "good", "bad", "printed"])
    ages = np.repeat(np.concatenate([table["age"]] * 2), np.concatenate([table["good"], table["bad"]]))
    bad = np.repeat([0, 1], [table["good"].sum(), table["bad"].sum()])
    signs = pd.DataFrame({age: ages == age for age in table["age"]})
    found = warning_sign_weights(signs, bad, prior=0)
    printed = table.set_index("age")["printed"].dropna()
    assert (-100 * found.loc[printed.index, "if_present"]).tolist() == pytest.approx(list(printed), abs=5e-4)
    gap = found["share_defaulted"] - found["share_paid"]
    assert (gap * found["if_present"]).sum() == pytest.approx(0.668, abs=5e-4)
