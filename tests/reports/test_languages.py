"""A case written in two languages: which of them is read, made and noted."""

import json
from dataclasses import replace

import pytest
from support.small_notebooks import code, markdown, write_notebook
from typer.testing import CliRunner

from casekit._text import language
from casekit.cli import app
from casekit.datasets import file_sha256
from casekit.reports.cases import find_case, list_cases
from casekit.reports.index import write_index
from casekit.reports.plan import read_plan
from casekit.reports.plan.example import write_example
from casekit.reports.provenance import fingerprint, report_title
from casekit.reports.run import make_report
from casekit.reports.task import Task

SAY = "from casekit.tables import say\nsay({!r})"


@pytest.fixture
def two(workbook):
    """A case in English and Chinese; returns the Chinese notebook."""
    english = workbook(
        "90_small", markdown("## What we would tell the manager"), code(SAY.format("Call three."))
    )
    path = english.parent / "zh_CN" / english.name
    write_notebook(path, markdown("## 给经理的答复"), code(SAY.format("打三个电话。")))
    path.write_text(
        path.read_text(encoding="utf-8").replace("Which three clients?", "Which? 哪三位客户？"), "utf-8"
    )
    return path


@pytest.mark.parametrize(("spoken", "answer"), [("en", "Call three."), ("zh_CN", "打三个电话。")])
def test_a_report_is_made_from_the_notebook_in_its_language(two, tmp_path, spoken, answer):
    report = make_report("small", out=tmp_path / "out", language=spoken)
    assert answer in report.page.read_text(encoding="utf-8")
    facts = json.loads(report.notebook.read_text(encoding="utf-8"))["metadata"]["casekit"]
    assert facts["case"] == "90_small"
    assert facts["notebook_sha256"] == file_sha256(two if spoken == "zh_CN" else find_case("small").path)
    assert answer in write_index(tmp_path / "out").read_text(encoding="utf-8")


def test_a_case_in_one_language_is_read_in_that(workbook):
    workbook("90_small", code("1"))
    case = find_case("small")
    assert case.in_language("zh_CN") is case


def test_translations_are_no_cases_of_their_own(two):
    assert [case.stem for case in list_cases()] == ["90_small"]


def test_a_new_translation_makes_another_report(two):
    english = Task("a", "90_small", {})
    chinese = replace(english, language="zh_CN")
    before = fingerprint(english), fingerprint(chinese)
    two.write_text(two.read_text(encoding="utf-8").replace("Which", "What"), encoding="utf-8")
    assert fingerprint(english) == before[0]
    assert fingerprint(chinese) != before[1]


def test_the_list_of_cases_is_in_the_language_in_force(two, monkeypatch):
    assert "Which three clients?" in CliRunner().invoke(app, ["list"]).output
    monkeypatch.setenv("CASEKIT_LANGUAGE", "zh_CN")
    assert "哪三位客户？" in CliRunner().invoke(app, ["list"]).output


@pytest.mark.parametrize("name", ["90", "small", "90_small", "90_small.ipynb"])
def test_a_case_is_found_by_number_or_name(two, name):
    assert find_case(name).stem == "90_small"


def test_a_number_needs_no_zero():
    assert find_case("5").stem == "05_lifetime_value"


def test_the_title_of_a_clients_report_is_in_the_language_in_force():
    case = find_case("loyalty_tiers")
    assert report_title(case, "visits.csv") == "Loyalty tiers: visits.csv"
    with language("zh_CN"):
        assert report_title(case, "visits.csv") == "忠诚等级：visits.csv"


def test_a_plan_is_begun_in_the_language_in_force(tmp_path):
    with language("zh_CN"):
        path = write_example(tmp_path / "plan.yaml")
    assert "  language: zh_CN " in path.read_text(encoding="utf-8")
    assert {task.language for task in read_plan(path).tasks} >= {"zh_CN"}
