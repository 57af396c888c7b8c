"""Estimates of room: monotone, and tables cut only when they must be."""

import pytest

from casekit.reports.formats import fit

ROWS = [("name", "value"), *((f"customer {number}", str(number)) for number in range(30))]


def test_chinese_takes_twice_the_room():
    assert fit.width("客户价值", 10) > 1.5 * fit.width("abcd", 10)


def test_more_room_fewer_lines():
    text = "word " * 50
    assert fit.lines(text, 10, 1000) < fit.lines(text, 10, 200)


def test_the_largest_size_that_fits():
    assert fit.largest(["short"], (30, 20, 10), 1000, 50) == 30
    assert fit.largest(["word " * 100], (30, 20, 10), 1000, 60) == 10
    assert fit.largest(["word " * 1000], (30, 20, 10), 100, 60) is None


def test_a_short_table_is_whole_and_not_stretched():
    found = fit.fit_table(ROWS[:4], 1, (22, 16), 1180, 500)
    assert (found.size, found.rows) == (22, 3)
    assert found.width < 600


def test_a_long_table_is_cut():
    found = fit.fit_table(ROWS, 1, (22, 16), 1180, 300)
    assert found.size == 16
    assert 3 < found.rows < 30
    assert fit.table_height(ROWS[: found.rows + 1], 16, [590, 590]) <= 300


def test_words_stay_whole_and_long_texts_wrap():
    rows = [("expected_gain", "why"), ("1", "because it is a very long reason " * 10)]
    first, second = fit.column_widths(rows, 16, 600)
    assert first > fit.width("expected_gain", 16) * fit.BOLD
    assert first + second == pytest.approx(600)
