"""Freireich et al. (1963), remission in weeks under 6-MP, the textbook example of Kaplan and Meier's curve.

Data and curve as in the lecture notes of G. Rodríguez (Princeton, Kaplan-Meier Survival) and in the R package
rmb, data set `leuk`. Here a remission that lasts is a ticket that is still open.
"""

import pandas as pd
import pytest

from casekit.service import waiting_curve, waiting_percentiles

ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
LASTING = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


@pytest.fixture
def waits():
    answered = [True] * len(ENDED) + [False] * len(LASTING)
    return pd.DataFrame({"wait_seconds": [*ENDED, *LASTING], "answered": answered})


def test_curve(waits):
    curve = waiting_curve(waits["wait_seconds"], waits["answered"])
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert curve.loc[list(printed), "still_waiting"].tolist() == pytest.approx(
        list(printed.values()), abs=5e-4
    )
    assert curve.loc[list(printed), "at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]


def test_median(waits):
    assert waiting_percentiles(waits, [0.5]).item() == 23
