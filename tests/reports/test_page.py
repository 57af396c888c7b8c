"""The page of a report: formulas, code, links, and nothing that another host would have to deliver."""

import re

import pytest

from casekit.reports.page import _take_formulas, render_page


def page_of(*cells):
    notebook = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return render_page(notebook)


def text_cell(source):
    return {"cell_type": "markdown", "id": "a", "metadata": {}, "source": source}


def figure_cell():
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    output = {
        "output_type": "display_data",
        "data": {"image/png": png, "text/plain": "<Figure>"},
        "metadata": {},
    }
    return {
        "cell_type": "code",
        "id": "b",
        "metadata": {},
        "source": "plot()",
        "outputs": [output],
        "execution_count": 1,
    }


@pytest.mark.parametrize(
    ("source", "formulas", "rest"),
    [
        ("$x_1$ and $y$", 2, "xMATHx0x and xMATHx1x"),
        ("$$a = b$$", 1, "xMATHx0x"),
        (r"costs \$5 and \$6", 0, "costs &#36;5 and &#36;6"),
        ("costs $5 or $6", 0, "costs &#36;5 or &#36;6"),
        ("`$x$` is code", 0, "`$x$` is code"),
    ],
)
def test_formulas_are_told_from_money_and_code(source, formulas, rest):
    text, found = _take_formulas(source)
    assert (len(found), text) == (formulas, rest)
    assert all(formula.startswith("<math") for formula in found)


def test_a_formula_survives_markdown():
    page = page_of(text_cell("Value $a * b * c_i$ and *stress*."))
    assert page.count("<math") == 1
    assert "<em>stress</em>" in page


def test_money_does_not_start_a_formula():
    page = page_of(text_cell(r"It costs \$4 (`price`) and *not* \$5."))
    assert "It costs $4 (<code>price</code>) and <em>not</em> $5." in page


def test_a_figure_gets_its_caption_as_alternative_text():
    page = page_of(figure_cell(), text_cell("**Figure 1.** Few bring most."))
    assert re.search(r'<img[^>]* alt="Figure 1. Few bring most."', page)


def test_nothing_is_asked_of_another_host():
    page = page_of(text_cell("# T\n\n$x$"), figure_cell())
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "@import" not in page
    assert "<script" not in page


@pytest.mark.parametrize(("own_data", "shown"), [(True, False), (False, True)])
def test_the_story_of_the_shipped_case_stays_out_of_a_clients_report(own_data, shown):
    cell = {**text_cell("the coach to Lhasa"), "metadata": {"tags": ["shipped-only"]}}
    notebook = {
        "cells": [cell],
        "metadata": {"casekit": {"own_data": own_data}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    assert ("the coach to Lhasa" in render_page(notebook)) == shown


def test_widgets_and_parameters_are_left_out():
    hidden = [{**text_cell("gone"), "metadata": {"tags": [tag]}} for tag in ("parameters", "skip-execution")]
    assert "gone" not in page_of(*hidden, text_cell("kept"))
