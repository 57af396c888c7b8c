"""The anatomy of the committed notebooks (CONTRIBUTING.md, Notebooks); each rule proved on a bad notebook."""

import copy

import pytest
from support import notebooks as rules
from support.machine_paths import FORBIDDEN

from casekit._text import LANGUAGES
from casekit.reports.cases import list_cases
from casekit.reports.notebooks import normalise, source_fingerprint
from casekit.reports.parameters import read_parameters

CASES = [case.in_language(name) for name in LANGUAGES for case in list_cases(guides=True)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case.path.parent.name}/{case.stem}")
def case(request):
    return request.param


def problems(case, notebook):
    """Every rule that a notebook breaks."""
    guide = case.is_guide
    return [
        *rules.starts_with_a_question(notebook),
        *rules.has_the_right_size(notebook, 25, 55),
        *rules.code_is_short(notebook),
        *rules.code_follows_prose(notebook),
        *rules.opening_is_in_order(notebook),
        *rules.every_cell_has_run(notebook),
        *rules.claims_are_checked(notebook),
        *rules.figures_have_captions(notebook, least=1 if guide else 3),
        *rules.ends_with_the_answer(notebook),
        *rules.shows_no_stderr(notebook),
    ]


def test_anatomy(case):
    assert problems(case, case.notebook) == []


def test_parameters_follow_the_grammar(case):
    names = {parameter.name for parameter in read_parameters(case)}
    assert names
    if not case.is_guide:
        assert names >= {"data", "reading"}


def test_outputs_belong_to_the_code(case):
    """Stale: code was edited after the last run. `make notebooks` mends it."""
    assert case.notebook["metadata"]["casekit"]["source_sha256"] == source_fingerprint(case.notebook)


def test_notebook_is_in_normal_form(case):
    assert normalise(copy.deepcopy(case.notebook)) == case.notebook


def test_notebook_names_no_machine(case):
    assert not FORBIDDEN.search(case.path.read_text(encoding="utf-8"))


def test_notebook_stays_small(case):
    assert case.path.stat().st_size < 1_500_000


# -- each rule finds its bad notebook --------------------------------------------------------------------


@pytest.fixture
def good():
    return copy.deepcopy(CASES[0].notebook)


def find(notebook, needle):
    return next(cell for cell in notebook["cells"] if needle in rules.source(cell))


def drop_outputs(notebook):
    for cell in rules.code_cells(notebook):
        cell["outputs"] = []


def never_run(notebook):
    find(notebook, "= load_")["execution_count"] = None


def three_in_a_row(notebook):
    cell = find(notebook, "use_style()")
    notebook["cells"][3:3] = [copy.deepcopy(cell), copy.deepcopy(cell)]


def no_caption(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if "**Figure 1.**" not in rules.source(cell)]


BREAK = {
    "ends in ';'": lambda notebook: find(notebook, "print(").update(source="print(1);"),
    "without output": drop_outputs,
    "has not run": never_run,
    "third code cell": three_in_a_row,
    "no caption": no_caption,
    "not a heading": lambda notebook: notebook["cells"].pop(0),
    "lines: ": lambda notebook: find(notebook, "= load_").update(source="x = 1\n" * 21),
    "more than five lines": lambda notebook: find(notebook, "= load_").update(
        source="def f():\n" + "    x = 1\n" * 5
    ),
    "imports belong": lambda notebook: find(notebook, "= load_").update(source="import os"),
    "not tagged parameters": lambda notebook: find(notebook, "best_share:").update(metadata={}),
    "does not check": lambda notebook: find(notebook, "check_parameters(").update(source="1"),
    "no heading": lambda notebook: find(notebook, "## Health warning").update(source="text"),
    "out of order": lambda notebook: notebook["cells"].insert(
        0, notebook["cells"].pop(notebook["cells"].index(find(notebook, "## Health warning")))
    ),
    "is no widget": lambda notebook: find(notebook, "gini(").update(metadata={"tags": ["skip-execution"]}),
    "only 2 claim": lambda notebook: find(notebook, "gini(spend)").update(metadata={}),
    "not 25 to 55": lambda notebook: notebook["cells"].extend(notebook["cells"] * 2),
}


@pytest.mark.parametrize("words", BREAK)
def test_a_broken_rule_is_found(good, words):
    BREAK[words](good)
    assert any(words in problem for problem in problems(CASES[0], good))


def test_a_stale_notebook_is_found(good):
    find(good, "= load_")["source"] = "purchases = load_cdnow()"
    assert good["metadata"]["casekit"]["source_sha256"] != source_fingerprint(good)
