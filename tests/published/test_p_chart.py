"""An Introduction to Business Statistics, Example 16.6: defects in ten samples of 200 items."""

import pytest

from casekit.service import p_chart

DEFECTS = [40, 44, 22, 34, 24, 32, 28, 32, 34, 30]


def test_example_16_6():
    chart = p_chart(DEFECTS, 200)
    assert chart["rate"].tolist() == pytest.approx(
        [0.20, 0.22, 0.11, 0.17, 0.12, 0.16, 0.14, 0.16, 0.17, 0.15]
    )
    assert chart["centre"].unique().tolist() == [0.16]
    assert chart["upper"].iloc[0] == pytest.approx(0.2378, abs=5e-5)
    assert chart["lower"].iloc[0] == pytest.approx(0.0822, abs=5e-5)
    assert not chart["signal"].any()
