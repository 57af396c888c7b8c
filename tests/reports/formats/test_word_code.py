"""Printed text in Word files: its columns stay below each other."""

from __future__ import annotations

import pytest

from casekit.reports.formats.word_code import ADVANCE, SIZE, finish_code, letters_that_fit
from casekit.reports.formats.word_styles import W

etree = pytest.importorskip("lxml.etree")


def printed(*lines):
    """A paragraph as pandoc writes it."""
    paragraph = etree.Element(f"{W}p")
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}br")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rStyle")
        etree.SubElement(run, f"{W}t").text = line
    return paragraph


def sizes(paragraph):
    return [int(part.get(f"{W}val")) / 2 for part in paragraph.iter(f"{W}sz")]


def test_the_longest_line_fits_and_all_lines_have_its_letters():
    paragraph = printed("a" * 100, "b" * 20)
    finish_code(paragraph, 480)
    assert sizes(paragraph) == [7.5, 7.5]
    assert 100 * ADVANCE * 7.5 <= 480 < 100 * ADVANCE * 8


def test_what_fits_is_left_as_it_is_and_what_cannot_be_read_too():
    for lines in (["a" * 80, "b"], ["a" * 60 + " " * 90], ["a" * 400]):
        paragraph = printed(*lines)
        finish_code(paragraph, 480)
        assert sizes(paragraph) == []


def test_a_chinese_letter_takes_two_columns():
    assert letters_that_fit(["户" * 50], 480) == letters_that_fit(["a" * 100], 480) < SIZE
