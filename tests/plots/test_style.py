"""Chinese names in a client's file show in figures on any machine."""

import io
import warnings

import matplotlib.pyplot as plt
import pytest

from casekit.plots import use_style


@pytest.fixture
def style():
    with plt.rc_context():
        use_style()
        yield


def draw(text):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure, axes = plt.subplots()
        axes.set_title(text)
        figure.savefig(io.BytesIO())
    return [str(warning.message) for warning in caught]


def test_chinese_labels_have_their_glyphs(style):
    assert draw("客户价值 舒适 −¥1,500 “甲级”") == []


def test_bold_titles_are_drawn_without_a_word(style, caplog):
    assert draw("客户价值") == []
    assert caplog.messages == []


def test_a_missing_glyph_would_be_noticed(style):
    assert any("missing from" in message for message in draw("\U00020000"))
