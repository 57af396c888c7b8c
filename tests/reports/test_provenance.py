"""What a report says of its origin, and what makes two tasks the same."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from support.small_notebooks import code, markdown

import casekit
from casekit.datasets import file_sha256, read_card
from casekit.reports import provenance
from casekit.reports.blocks import facts_of_file
from casekit.reports.brand import Brand
from casekit.reports.cases import find_case
from casekit.reports.own_code import code_sha256, own_code
from casekit.reports.page import render_page
from casekit.reports.parameters import check_parameters
from casekit.reports.provenance import facts, fingerprint, report_name
from casekit.reports.task import Task


@pytest.fixture
def small(workbook):
    return find_case(workbook("90_small", markdown("## Answer"), code("1 + 1")).stem)


def test_facts_of_shipped_data_come_from_the_cards():
    case = find_case("bank_upsell")
    found = facts(case, check_parameters(case, {"contact_capacity": 150}), seconds=1.26)
    tables = [table for name in ("bank_book", "bank_marketing") for table in read_card(name)["table"]]
    assert found["data"] == "bank_book, bank_marketing"
    assert found["data_rows"] == sum(table["rows"] for table in tables)
    assert re.fullmatch("[0-9a-f]{64}", found["data_sha256"])
    assert (found["case"], found["changed"], found["seed"]) == ("04_bank_upsell", ["contact_capacity"], 7)
    assert found["notebook_sha256"] == file_sha256(case.path)
    assert found["version"] == casekit.__version__ and found["python"].startswith("3.")
    assert set(found["packages"]) >= {"numpy", "pandas"}
    assert found["seconds"] == 1.3
    datetime.fromisoformat(found["created"])
    json.dumps(found)


def test_facts_of_ones_own_file_hold_its_name_and_no_folder(small, tmp_path):
    data = tmp_path / "secret folder" / "clients.csv"
    data.parent.mkdir()
    data.write_text("a\n1\n", encoding="utf-8")
    values = check_parameters(small, {"data": str(data), "worklist": str(tmp_path / "calls.xlsx")})
    found = facts(
        small, values, seconds=1, rows=1, language="zh_CN", brand=Brand(name="Acme", primary="#123456")
    )
    assert (found["data"], found["data_rows"], found["own_data"]) == ("clients.csv", 1, True)
    assert found["data_sha256"] == file_sha256(data)
    assert found["parameters"]["worklist"] == "calls.xlsx"
    assert (found["language"], found["brand"]) == ("zh_CN", "Acme")
    assert "blue=#123456" in found["figure_colours"]
    assert "secret" not in json.dumps(found)


def test_the_page_shows_its_origin_and_carries_it(small, tmp_path):
    found = facts(small, check_parameters(small, {}), seconds=1, title='A "quoted" <title>')
    found = {
        **found,
        "data": "clients.csv",
        "own_data": True,
        "data_rows": 12345,
        "seed": 7,
        "data_sha256": "ab" * 32,
    }
    path = tmp_path / "a.html"
    path.write_text(render_page({**small.notebook, "metadata": {"casekit": found}}), encoding="utf-8")
    page = path.read_text(encoding="utf-8")
    assert facts_of_file(path) == found
    for part in ("clients.csv", "12,345 rows", "seed 7", f"casekit {casekit.__version__}", "Python 3."):
        assert part in page
    assert f'title="sha256 {"ab" * 32}">abababababab<' in page
    assert "<title>A &#34;quoted&#34; &lt;title&gt;</title>" in page


def test_the_date_stands_in_the_block_alone(small):
    found = facts(small, check_parameters(small, {}), seconds=1)
    pages = [
        render_page(
            {**small.notebook, "metadata": {"casekit": {**found, "created": day, "seconds": seconds}}}
        )
        for day, seconds in (("2026-01-01T00:00:00+00:00", 1.0), ("2026-02-02T00:00:00+00:00", 2.0))
    ]
    differing = [
        pair for pair in zip(*(page.splitlines() for page in pages), strict=True) if pair[0] != pair[1]
    ]
    assert len(differing) == 2
    assert "<meta name=" in differing[0][0] and "<dt>Made</dt>" in differing[1][0]


def test_a_notebook_of_ones_own_shows_its_parameters(tmp_path):
    from support.small_notebooks import write_notebook

    from casekit.reports.cases import Case

    case = Case(write_notebook(tmp_path / "own.ipynb"))
    found = facts(case, check_parameters(case, {"capacity": 5}), seconds=1)
    page = render_page({**case.notebook, "metadata": {"casekit": found}})
    assert '<tr class="changed"><td><code>capacity</code></td><td>5</td>' in page


# -- fingerprints ----------------------------------------------------------------------------------------


def test_a_fingerprint_follows_all_that_a_report_depends_on(small, tmp_path, monkeypatch):
    data = tmp_path / "a.csv"
    data.write_text("a\n1\n", encoding="utf-8")
    brand = tmp_path / "brand.yaml"
    brand.write_text("name: Acme\n", encoding="utf-8")
    task = Task("a", "90_small", {"capacity": 4, "data": str(data)}, brand=str(brand))
    first = fingerprint(task)
    assert fingerprint(replace(task, name="b", where="elsewhere")) == first
    assert fingerprint(replace(task, parameters=dict(reversed(task.parameters.items())))) == first
    found = {first}
    for changed in (
        {"parameters": {"capacity": 5, "data": str(data)}},
        {"parameters": {"capacity": 4}},
        {"formats": ("html", "pdf")},
        {"language": "zh_CN"},
        {"title": "A title"},
        {"brand": None},
        {"paper": "letter"},
    ):
        found.add(fingerprint(replace(task, **changed)))
    assert len(found) == 8
    data.write_text("a\n23\n", encoding="utf-8")
    found.add(fingerprint(task))
    brand.write_text("name: Other\n", encoding="utf-8")
    found.add(fingerprint(task))
    monkeypatch.setattr(casekit, "__version__", "99")
    found.add(fingerprint(task))
    text = small.path.read_text(encoding="utf-8")
    small.path.write_text(text.replace("1 + 1", "1 + 2"), encoding="utf-8")
    found.add(fingerprint(task))
    assert len(found) == 12


def test_in_a_checkout_the_code_itself_is_part_of_it(small, monkeypatch):
    task = Task("a", "90_small")
    first = fingerprint(task)
    monkeypatch.setattr(provenance, "own_code", lambda: "of another commit")
    assert fingerprint(task) != first


def test_the_sum_of_the_code_follows_every_file_that_a_report_needs(tmp_path):
    package = tmp_path / "casekit"
    files = ("value.py", "reports/page.css", "locale/zh.mo")
    for name in (*files, "exercises/grade.py", "__pycache__/value.pyc", "notes.txt"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("1", encoding="utf-8")
    first = code_sha256(package)
    assert code_sha256(shutil.copytree(package, tmp_path / "clone")) == first
    for name in ("exercises/grade.py", "__pycache__/value.pyc", "notes.txt"):
        (package / name).write_text("2", encoding="utf-8")
    assert code_sha256(package) == first
    found = {first}
    for name in files:
        (package / name).write_text("2", encoding="utf-8")
        found.add(code_sha256(package))
    (package / "value.py").rename(package / "worth.py")
    found.add(code_sha256(package))
    assert len(found) == 5


def test_an_installed_casekit_is_known_by_its_version(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "casekit"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(casekit, "__file__", str(package / "__init__.py"))
    assert own_code.__wrapped__() == ""
    (package.parent / "pyproject.toml").write_text("", encoding="utf-8")
    assert own_code.__wrapped__() == code_sha256(package)


def test_a_worklist_is_known_by_its_place_beside_the_reports(small, tmp_path):
    def of(place, worklist):
        task = Task("a", "90_small", {"worklist": str(tmp_path / place / worklist)})
        return fingerprint(task, tmp_path / place / "reports")

    assert of("here", "calls.xlsx") == of("there", "calls.xlsx")
    assert of("here", "calls.xlsx") != of("here", "lists/calls.xlsx")


def test_where_the_data_lie_does_not_matter(small, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text("a\n1\n", encoding="utf-8")
    one, two = (
        Task("a", "90_small", {"data": str(tmp_path / folder / "a.csv")}) for folder in ("one", "two")
    )
    assert fingerprint(one) == fingerprint(two)


def test_the_order_of_formats_does_not_matter(small):
    one, two = (Task("a", "90_small", formats=formats) for formats in (("html", "pdf"), ("pdf", "html")))
    assert fingerprint(one) == fingerprint(two)


def test_a_file_that_is_gone_has_no_fingerprint(small, tmp_path):
    with pytest.raises(FileNotFoundError):
        fingerprint(Task("a", "90_small", {"data": str(tmp_path / "gone.csv")}))


def test_a_name_of_ones_own_file_is_a_plain_file_name(small):
    values = check_parameters(small, {"data": "/x/上海 2023:a.csv"})
    assert report_name(small, values) == "90_small-上海_2023_a"
