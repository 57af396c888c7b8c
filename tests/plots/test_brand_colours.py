"""Figures in a brand's colours; without a brand the shipped ones."""

import matplotlib.pyplot as plt
import pytest

from casekit.plots import COLOURS, use_style
from casekit.plots._style import _SHIPPED, family, heat


@pytest.fixture
def brand(monkeypatch):
    def brand(text):
        monkeypatch.setenv("CASEKIT_BRAND", text)
        use_style()

    with plt.rc_context():
        yield brand
        monkeypatch.delenv("CASEKIT_BRAND", raising=False)
        use_style()


def cycle():
    return plt.rcParams["axes.prop_cycle"].by_key()["color"]


def test_without_a_brand_everything_is_as_shipped(brand):
    brand("")
    assert COLOURS == _SHIPPED
    assert cycle() == list(_SHIPPED.values())[:6]
    assert heat() == "Blues"
    assert family("blue", ("#111111", "#222222")) == ("#111111", "#222222")


def test_a_brand_replaces_the_colours_it_names(brand):
    brand("blue=#8a1538,orange=#cc9900")
    assert (COLOURS["blue"], COLOURS["orange"], COLOURS["green"]) == ("#8a1538", "#cc9900", _SHIPPED["green"])
    assert cycle()[:3] == ["#8a1538", "#cc9900", _SHIPPED["green"]]


def test_heat_maps_and_shades_follow(brand):
    brand("blue=#8a1538")
    assert heat()(1.0)[:3] == pytest.approx((0x8A / 255, 0x15 / 255, 0x38 / 255), abs=0.01)
    assert family("blue", ("#1", "#2", "#3"))[0] == "#8a1538"
    assert len(family("blue", ("#1", "#2", "#3"))) == 3


def test_the_next_report_has_its_own_colours(brand):
    brand("blue=#8a1538")
    brand("orange=#112233")
    assert (COLOURS["blue"], COLOURS["orange"]) == (_SHIPPED["blue"], "#112233")


@pytest.mark.parametrize("text", ["blue=nonsense", "nothing=#112233", "blue", ",,="])
def test_nonsense_changes_nothing(brand, text):
    brand(text)
    assert COLOURS == _SHIPPED
