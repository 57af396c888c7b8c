"""The 80 % learning curve of the management-accounting textbooks: cumulative average, 100 hours at first."""

import pytest

from casekit.service import learning_curve


def test_doublings_of_the_cumulative_average():
    table = learning_curve(16, first=100, rate=0.8, model="cumulative_average").loc[[1, 2, 4, 8, 16]]
    assert table["average_time"].tolist() == pytest.approx([100, 80, 64, 51.2, 40.96])
    assert table["total_time"].tolist() == pytest.approx([100, 160, 256, 409.6, 655.36])


def test_stevenson_unit_factor_90_percent_20_repetitions():
    assert learning_curve(20, first=1, rate=0.9).loc[20, "unit_time"] == pytest.approx(0.634, abs=5e-4)
