"""Gale, B. T. (1994). *Managing Customer Value*, as printed in Yang, K. (2005). *Design for Six Sigma for
Service*."""

import pandas as pd
import pytest

from casekit.value import quality_ratio


def test_yang_table_5_3_gallbladder_surgery():
    """New surgery against old: the printed ratios, weighted, give a quality of 232 (the old one: 100)."""
    attributes = ["attribute 1", "attribute 2", "attribute 3", "attribute 4", "attribute 5"]
    scores = pd.DataFrame({"new": [3.0, 2.0, 1.5, 1.4, 2.0], "old": 1.0}, index=attributes)
    weights = pd.Series([40, 30, 10, 5, 15], index=attributes)
    assert 100 * quality_ratio(scores, weights)["new"] == pytest.approx(232, abs=0.5)
