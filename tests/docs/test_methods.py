"""The index of methods: every function named can be imported, every notebook anchor exists and uses it."""

import importlib
import json
import re
from functools import cache

import pytest

from casekit._resources import resource
from casekit.methods import COLUMNS, list_methods, render_methods
from casekit.reports.cases import list_cases

TABLE = list_methods()
FUNCTIONS = sorted({name for cell in TABLE["function"] for name in cell.split()})
EXERCISES = sorted({anchor for cell in TABLE["exercise"] for anchor in cell.split()})
ANCHORS = sorted({anchor for cell in TABLE["notebook"] for anchor in cell.split()})


def find(dotted):
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def slug(heading):
    return re.sub(r"[^\w]+", "-", heading.lower()).strip("-")


@cache
def sections(stem):
    return headings(next(case for case in list_cases(guides=True) if case.stem == stem).notebook["cells"])


def headings(cells):
    lines = [
        line
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
    ]
    return {slug(line.lstrip("# ")) for line in lines if line.startswith("#")}


def test_all_items_are_there_once():
    assert tuple(TABLE.columns) == COLUMNS
    assert TABLE["item"].tolist() == list(range(1, 122))
    assert TABLE["name_zh"].is_unique
    assert TABLE["name_en"].is_unique
    assert (TABLE[["name_zh", "name_en"]] != "").all().all()


def test_functions_can_be_imported():
    assert [dotted for dotted in FUNCTIONS if not (callable(find(dotted)) and find(dotted).__doc__)] == []


def test_a_wrong_function_is_found():
    with pytest.raises(AttributeError):
        find("casekit.value.no_such_method")


@pytest.mark.parametrize("anchor", ANCHORS)
def test_notebook_anchor_exists(anchor):
    stem, _, section = anchor.partition("#")
    assert section in sections(stem)


@pytest.mark.parametrize("anchor", EXERCISES)
def test_exercise_anchor_exists(anchor):
    """An item without a section is held by the exercise as a whole, such as the form of its lesson plan."""
    name, _, section = anchor.partition("#")
    cells = json.loads(resource("exercises", name, "student.ipynb").read_text(encoding="utf-8"))["cells"]
    assert section in {"", *headings(cells)}


def test_a_notebook_named_uses_a_function_named():
    """An item counts as covered only where the notebook uses one of its functions."""
    unused = []
    for row in TABLE.itertuples(index=False):
        names = [dotted.rpartition(".")[2] for dotted in row.function.split()]
        for anchor in row.notebook.split():
            source = resource("notebooks", anchor.split("#")[0] + ".ipynb").read_text(encoding="utf-8")
            if names and not any(name in source for name in names):
                unused.append((row.item, anchor))
    assert unused == []


def test_an_item_without_a_function_says_why():
    bare = TABLE[(TABLE["function"] == "") & (TABLE["why_not_computed"] == "")]
    assert bare["item"].tolist() == []


def test_the_page_is_the_table(root):
    assert (root / "docs" / "methods.md").read_text(encoding="utf-8") == render_methods()
