"""Gupta, Lehmann and Stuart (2004), Valuing customers."""

import pytest

from casekit.value import fixed_life_bias, lever_elasticities


def test_gupta_lehmann_stuart_2004_fixed_life_of_five_years():
    bias = fixed_life_bias(100, retention_rate=0.8, discount_rate=0.12)
    assert bias["life"] == pytest.approx(5)
    assert bias["renewal"] == pytest.approx(250, abs=0.5)
    assert bias["fixed_life_value"] == pytest.approx(360, abs=0.5)
    assert bias["over_renewal"] == pytest.approx(0.44, abs=0.005)


@pytest.mark.parametrize(("retention", "computed"), [(0.70, 2.67), (0.80, 3.50), (0.95, 6.59)])
def test_retention_elasticity_at_12_percent(retention, computed):
    """The analytic figures beside the paper's 2.45 (Amazon), 3.42 (eBay) and 6.75 (Ameritrade)."""
    table = lever_elasticities(100, retention_rate=retention, discount_rate=0.12)
    assert table.loc["retention_rate", "elasticity"] == pytest.approx(computed, abs=0.005)


@pytest.mark.parametrize(
    ("firm", "acquisition", "margin"),
    [
        ("Amazon", 0.07, 1.07),
        ("Ameritrade", 0.03, 1.03),
        ("Capital One", 0.32, 1.32),
        ("eBay", 0.08, 1.08),
        ("E*Trade", 0.02, 1.02),
    ],
)
def test_gupta_lehmann_stuart_2004_table_acquisition_and_margin_go_together(firm, acquisition, margin):
    """1 % of margin is worth 1 % more than 1 % of acquisition cost, in every row of the paper's table."""
    gross, cost = margin, acquisition
    table = lever_elasticities(
        gross, retention_rate=0.0, discount_rate=0.12, timing="start", acquisition_cost=cost
    )
    assert table.loc["margin", "change"] == pytest.approx(margin / 100, abs=0.00005)
    assert table.loc["acquisition_cost", "change"] == pytest.approx(acquisition / 100, abs=0.00005)
