"""A case written in two languages: which of them is read, made and noted."""

import json
from dataclasses import replace

import pytest
from support.small_notebooks import code, markdown, write_notebook
from typer.testing import CliRunner

from casekit.cli import app
from casekit.datasets import file_sha256
from casekit.reports.cases import find_case, list_cases
from casekit.reports.index import write_index
from casekit.reports.provenance import fingerprint
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


@pytest.mark.parametrize(("language", "answer"), [("en", "Call three."), ("zh_CN", "打三个电话。")])
def test_a_report_is_made_from_the_notebook_in_its_language(two, tmp_path, language, answer):
    report = make_report("small", out=tmp_path / "out", language=language)
    assert answer in report.page.read_text(encoding="utf-8")
    facts = json.loads(report.notebook.read_text(encoding="utf-8"))["metadata"]["casekit"]
    assert facts["case"] == "90_small"
    assert facts["notebook_sha256"] == file_sha256(two if language == "zh_CN" else find_case("small").path)
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
