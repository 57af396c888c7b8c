"""Notebooks in Chinese: the same cells, code and numbers as in English; each rule proved on a bad one."""

import copy

import pytest
from support.languages import differences
from support.notebooks import source

from casekit.reports.cases import list_cases

CASES = list_cases(guides=True)


@pytest.fixture(params=CASES, ids=lambda case: case.stem)
def pair(request):
    """A case's notebook in English and in Chinese."""
    chinese = request.param.in_language("zh_CN")
    assert chinese is not request.param, "not there in Chinese"
    return request.param.notebook, chinese.notebook


def test_the_same_notebook_in_chinese(pair):
    assert differences(*pair) == []


@pytest.fixture
def good():
    return copy.deepcopy(CASES[4].in_language("zh_CN").notebook)


def cell_with(notebook, kind, needle):
    return next(cell for cell in notebook["cells"] if cell["cell_type"] == kind and needle in source(cell))


def change(kind, needle, replacement):
    def break_it(notebook):
        cell = cell_with(notebook, kind, needle)
        cell["source"] = source(cell).replace(needle, replacement, 1)

    return break_it


def another_number_shown(notebook):
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "text" in output and any(letter.isdigit() for letter in "".join(output["text"])):
                output["text"] = "".join(output["text"]) + " 77"
                return


def no_figure(notebook):
    for cell in notebook["cells"]:
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
            cell["outputs"] = []
            return


def english_prose(notebook):
    cells = CASES[4].notebook["cells"]
    number = next(place for place, cell in enumerate(cells) if cell["cell_type"] == "markdown")
    notebook["cells"][number]["source"] = cells[number]["source"]


BREAK = {
    "cells, not": lambda notebook: notebook["cells"].pop(),
    "another kind": lambda notebook: notebook["cells"][-1].update(metadata={"tags": ["shipped-only", "x"]}),
    "another parameter": change("code", " = ", " = 1"),
    "other names": change("code", "client = ", "guest = "),
    "other calls": change("code", "plots.use_style()", "plots.use_stile()"),
    "other numbers shown": another_number_shown,
    "a figure in one language": no_figure,
    "not translated": english_prose,
    "the text lacks": change("markdown", "2", "二"),
    "other formulas": change("markdown", "$", "$x"),
}


@pytest.mark.parametrize("words", BREAK)
def test_a_broken_translation_is_found(good, words):
    assert differences(CASES[4].notebook, good) == []
    BREAK[words](good)
    assert any(words in problem for problem in differences(CASES[4].notebook, good))
