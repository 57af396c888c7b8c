"""Formulas in one line of text, and how wide they are drawn."""

import pytest
from bs4 import BeautifulSoup
from latex2mathml.converter import convert

from casekit.reports.formats.formula_text import formula_text
from casekit.reports.formats.formula_width import formula_width


def line(latex):
    return formula_text(BeautifulSoup(convert(latex), "html.parser"))


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"V = \frac{m r}{1 + d}", "V = mr / (1 + d)"),
        (r"x_1^2", "x₁²"),
        (r"\bar{y}_{called}", "ȳ_called"),
        (r"\hat{\tau}(x)", "τ̂(x)"),
        (r"\sqrt{a + b}", "√(a + b)"),
        (r"p\,v > c", "p v > c"),
        (r"\log x", "log x"),
    ],
)
def test_formulas_in_one_line(latex, text):
    assert line(latex) == text


def test_a_sum_has_its_limits_and_then_a_space():
    assert line(r"\sum_{t=0}^{n} r^t") == "∑_(t = 0)ⁿ r^t"


def test_a_fraction_is_as_wide_as_its_wider_part():
    assert formula_width(convert(r"\frac{a}{b}")) < formula_width(convert("a b c d"))


def test_text_without_a_formula_has_no_width():
    assert formula_width("<p>words</p>") == 0
