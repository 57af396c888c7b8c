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
        ("矩阵$A$，权重$w$满足", 2, "矩阵xMATHx0x，权重xMATHx1x满足"),
        ("票价$5，往返$6", 0, "票价&#36;5，往返&#36;6"),
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


def test_words_begin_at_the_left_and_numbers_end_at_the_right():
    from bs4 import BeautifulSoup

    frame = (
        "<table border='1'><thead><tr><th></th><th>tier</th><th>codes</th><th>worth</th></tr></thead><tbody>"
        "<tr><th>0</th><td>Gold</td><td>S1, S2</td><td>¥1,250</td></tr>"
        "<tr><th>1</th><td>Silver</td><td>S4</td><td>nan</td></tr></tbody></table>"
    )
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "x", "execution_count": 1}
    output = {"output_type": "display_data", "data": {"text/html": frame}, "metadata": {}}
    table = BeautifulSoup(page_of({**cell, "outputs": [output]}), "html.parser").main.table
    words = [cell.get_text() for cell in table.select(".words")]
    assert words == ["tier", "codes", "Gold", "S1, S2", "Silver", "S4"]


#: What is spelled alike in every language.
NAMES = r"casekit [\d.a-z+]+|casekit|Python [\d.]+|04_bank_upsell|bank_book|bank_marketing|[a-f0-9]{12}"


def test_the_frame_of_a_chinese_page_is_chinese():
    from bs4 import BeautifulSoup

    from casekit._text import language
    from casekit.reports.cases import find_case
    from casekit.reports.parameters import check_parameters
    from casekit.reports.provenance import facts

    case = find_case("bank_upsell")
    code = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": "x",
        "execution_count": 1,
        "outputs": [],
    }
    for values in ({}, {"contact_capacity": 150}):
        known = facts(case, check_parameters(case, values), seconds=1, title="问题", language="zh_CN")
        content = {"cells": [code], "metadata": {"casekit": known}, "nbformat": 4, "nbformat_minor": 5}
        with language("zh_CN"):
            page = BeautifulSoup(render_page(content, notebook_name="x.ipynb"), "html.parser")
        assert page.main.summary.get_text() == "代码"
        for part in page.select("head, table, .highlight"):
            part.decompose()
        left = re.sub(NAMES, "", page.get_text(" ")).replace("contact_capacity", "").replace("sha256", "")
        assert re.findall(r"[A-Za-z]{3,}", re.sub(r"CC BY 4.0|BSD-3-Clause", "", left)) == []
