"""A report that was made here is the same when made again; one that was tampered with is not."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from support.small_notebooks import code, markdown, write_notebook

from casekit import errors
from casekit._text import language
from casekit.reports import verification
from casekit.reports.blocks import (
    CODE,
    ENTRY,
    FIGURE,
    SHOWN,
    blocks_of_notebook,
    blocks_of_page,
    facts_of_file,
)
from casekit.reports.run import make_report
from casekit.reports.verification import DIFFERENT, SAME, UNKNOWN, verify

TABLE = "import pandas as pd\npd.DataFrame({'calls': [capacity, 2 * capacity], 'share': [share, 0.5]})"
FIGURE_CODE = (
    "import matplotlib.pyplot as plt\nlines = plt.figure(figsize=(2, 1)).subplots().plot([0, capacity])"
)
SAY = "from casekit.tables import say\nsay(f'Call **{capacity * 1234}** clients of C-0123ABCD.')"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small report with a table, a figure and a sentence, and the workbook it was made from."""
    root = tmp_path_factory.mktemp("workbook")
    for part in ("notebooks", "datasets", "exercises"):
        (root / part).mkdir()
    write_notebook(
        root / "notebooks" / "90_small.ipynb",
        markdown("## Whom to call"),
        code(TABLE),
        code(FIGURE_CODE),
        markdown("## What we would tell the manager\n\nA rule of 3 per cent."),
        code(SAY),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEKIT_WORKBOOK", str(root))
        return root, make_report("small", {"capacity": 4}, out=root / "reports", name="acme").page


@pytest.fixture
def report(made, tmp_path, monkeypatch):
    """A copy of its page and notebook, to be tampered with."""
    root, page = made
    monkeypatch.setenv("CASEKIT_WORKBOOK", str(root))
    for path in (page, page.with_suffix(".ipynb")):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / page.name


def tampered(path, pattern, replacement):
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return path


@pytest.mark.full
def test_page_and_notebook_are_the_same_when_made_again(report):
    for path in (report, report.with_suffix(".ipynb")):
        result = verify(path)
        assert (result.result, result.differences, result.notes) == (SAME, [], [])
        assert (result.compared.numbers, result.compared.figures) > (8, 0)
        assert result.text.startswith("The numbers are the same: ")
    assert {path.name for path in report.parent.glob("acme*")} == {"acme.html", "acme.ipynb"}


@pytest.mark.full
def test_a_tampered_number_is_noticed_wherever_it_stands(report, monkeypatch):
    page = report.read_text(encoding="utf-8")
    again = blocks_of_page(page)
    monkeypatch.setattr(verification, "_made_again", lambda *_arguments: again)
    for pattern, replacement, heading in (
        (r"<td>8</td>", "<td>9</td>", "Whom to call"),
        (r"4936", "4937", "What we would tell the manager"),
        (r"A rule of 3", "A rule of 4", "What we would tell the manager"),
        (r"(capacity</code></td><td>)4", r"\g<1>5", "Which three clients?"),
        (r"(image/png;base64,.{200}).", r"\g<1>_", "Whom to call"),
    ):
        report.write_text(page, encoding="utf-8")
        result = verify(tampered(report, pattern, replacement))
        assert result.result == DIFFERENT, pattern
        assert len(result.differences) == 1 and not result.compared.wording
        assert result.differences[0].heading == heading
    assert result.text.startswith("The numbers are the same (")
    assert "“Whom to call”: a figure is drawn differently" in result.text


@pytest.mark.full
def test_other_words_are_told_and_do_not_make_it_another_report(report):
    result = verify(tampered(report, "<h2(.*?)>Whom to call", r"<h2\1>Who gets a call"))
    assert (result.result, result.differences) == (SAME, [])
    assert "\n1 text is worded differently:\n" in result.text
    assert "the report says “Who gets a call”, the new run “Whom to call”" in result.text


@pytest.mark.full
def test_a_tampered_notebook_is_noticed_by_a_new_run(report):
    notebook = tampered(report.with_suffix(".ipynb"), "4936", "4937")
    result = verify(notebook)
    assert result.result == DIFFERENT
    assert result.text.startswith("Not the same. Numbers that differ: 1 of ")
    assert "“What we would tell the manager”: the report says “4937”, the new run “4936”" in result.text


@pytest.mark.full
def test_other_parameters_in_the_metadata_are_noticed(report):
    result = verify(tampered(report, r"(&#34;capacity&#34;: )4", r"\g<1>5"))
    assert result.result == DIFFERENT
    assert len(result.differences) >= 5


@pytest.mark.full
def test_a_report_of_ones_own_file(workbook, tmp_path, monkeypatch):
    monkeypatch.setattr("casekit.reports.run.check_data", lambda _case, _values: 2)
    workbook("90_small", code("print(open(data).read())"))
    data = tmp_path / "clients.csv"
    data.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    page = make_report("small", {"data": data}, out=tmp_path, name="acme").page
    assert facts_of_file(page)["data_rows"] == 2
    assert "2 rows" in page.read_text(encoding="utf-8")
    assert verify(page).result == SAME
    moved = data.rename(tmp_path / "other.csv")
    gone = verify(page)
    assert gone.result == UNKNOWN and "no file clients.csv" in gone.text
    assert verify(page, data=moved).result == SAME
    moved.write_text("a,b\n1,2\n3,5\n", encoding="utf-8")
    other = verify(page, data=moved)
    assert other.result == UNKNOWN
    assert "the data are not those of the report: sha256" in other.text


def facts(**changed):
    return {
        "case": "90_small",
        "parameters": {"capacity": 4},
        "own_data": False,
        "data_sha256": "0" * 64,
        "version": "0.0.1",
        "packages": {"numpy": "1.0"},
        **changed,
    }


def notebook(path, cells=(), **changed):
    content = {
        "cells": list(cells),
        "metadata": {"casekit": facts(**changed)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_what_has_changed_since_is_said(workbook, tmp_path, monkeypatch):
    workbook("90_small")
    monkeypatch.setattr(verification, "_made_again", lambda *_arguments: [])
    result = verify(notebook(tmp_path / "a.ipynb", notebook_sha256="1" * 64))
    assert result.result == SAME
    for part in (
        "the data are not those",
        "the notebook of the case has changed",
        "casekit 0.0.1",
        "numpy 1.0",
    ):
        assert part in result.text


def test_notes_speak_the_language_in_force():
    with language("zh_CN"):
        assert verification.Verification(SAME, notes=["x"]).text.endswith("\n注意：x")


def test_what_cannot_be_run_again_cannot_be_told(workbook, tmp_path, monkeypatch):
    workbook("90_small")
    assert "capacty" in verify(notebook(tmp_path / "a.ipynb", parameters={"capacty": 1})).text
    gone = verify(notebook(tmp_path / "b.ipynb", case="99_gone"))
    assert gone.result == UNKNOWN
    assert "--case …/99_gone.ipynb" in gone.text

    def fails(*_arguments):
        raise errors.ReportError("step 3 failed")

    monkeypatch.setattr(verification, "_made_again", fails)
    result = verify(notebook(tmp_path / "c.ipynb"))
    assert result.result == UNKNOWN and "step 3 failed" in result.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>no facts</p>"),
        ("a.html", '<meta name="casekit" content="{">'),
        ("a.html", '<meta name="casekit" content="[1]">'),
        ("a.ipynb", "{}"),
        ("a.ipynb", "no notebook"),
        ("a.pdf", "x"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(errors.InputError, match="^verify: the report must"):
        verify(tmp_path / name)


@pytest.mark.parametrize("name", ["swto.html", "swto", "reports", "gone/swot.html"])
def test_a_report_that_is_not_there_is_named_with_one_that_is(tmp_path, name):
    for other in ("swot.html", "index.html", "swto.pdf"):
        (tmp_path / other).write_text("", encoding="utf-8")
    (tmp_path / "reports").mkdir()
    with pytest.raises(errors.InputError) as caught:
        verify(tmp_path / name)
    text = str(caught.value)
    assert "verify: the report must be there, got" in text
    assert ("swot.html'?" in text) == name.startswith("swto")
    assert ("got the folder" in text) == (name == "reports")


def test_figures_of_another_matplotlib_are_left_out(workbook, tmp_path, monkeypatch):
    workbook("90_small")
    picture = {"output_type": "display_data", "data": {"image/png": "AAAA"}, "metadata": {}}
    cell = code("plot()")
    cell["outputs"] = [picture]
    monkeypatch.setattr(
        verification, "_made_again", lambda *_arguments: blocks_of_notebook({"cells": [code("plot()")]})
    )
    result = verify(notebook(tmp_path / "a.ipynb", [cell], packages={"matplotlib": "1.0"}))
    assert result.result == SAME
    assert "drawn by another matplotlib" in result.text


def test_every_text_of_a_page_belongs_to_one_piece():
    page = """<h1>Title</h1>
<details class="parameters"><table><tr><td>capacity</td><td>4</td></tr></table></details>
<main>loose<h2 id="x">Answer <code>y</code></h2><ul><li>one<p>two</p>three</li></ul>
<details class="code"><summary>Code</summary><pre>x = 1</pre></details>
<div><img src="data:image/png;base64,QUJD"></div><math><mn>5</mn></math></main>"""
    blocks = blocks_of_page(page)
    assert [(block.kind, block.text) for block in blocks if block.kind != FIGURE] == [
        (SHOWN, "Title"),
        (ENTRY, "capacity"),
        (ENTRY, "4"),
        (SHOWN, "loose"),
        (SHOWN, "Answer y"),
        (SHOWN, "one"),
        (SHOWN, "two"),
        (SHOWN, "three"),
        (CODE, "Code"),
        (CODE, "x = 1"),
        (SHOWN, "5"),
    ]
    assert [block.heading for block in blocks][-1] == "Answer y"
    assert sum(block.kind == FIGURE for block in blocks) == 1


def test_pseudonyms_do_not_count_but_who_is_who_does():
    def said(text):
        cell = code("x")
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
        return blocks_of_notebook({"cells": [cell]})

    assert said("C-0123ABCD C-89ABCDEF C-0123ABCD") == said("C-77777777 C-01234567 C-77777777")
    assert said("C-0123ABCD C-89ABCDEF") != said("C-0123ABCD C-0123ABCD")


def test_many_differences_are_counted(workbook, tmp_path, monkeypatch):
    workbook("90_small")
    monkeypatch.setattr(verification, "_made_again", lambda *_arguments: [])
    cells = [markdown(f"line {number}") for number in range(12)]
    text = verify(notebook(tmp_path / "a.ipynb", cells)).text
    assert text.startswith("Not the same. Numbers that differ: 12 of 12; figures: 0 of 0.")
    assert "and 2 more" in text and "the new run nothing" in text
    assert "12 texts are worded differently" in text and "and 9 more" in text


def test_the_file_of_a_report_is_looked_for_beside_it_and_in_the_folder_in_force(
    workbook, tmp_path, monkeypatch
):
    workbook("90_small")
    (tmp_path / "reports").mkdir()
    sha256 = hashlib.sha256(b"a\n1\n").hexdigest()
    own = {"parameters": {"data": "clients.csv"}, "own_data": True, "data_sha256": sha256}
    report = notebook(tmp_path / "reports" / "a.ipynb", **own)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(verification, "_made_again", lambda *_arguments: [])
    gone = verify(Path("reports") / "a.ipynb")
    assert gone.result == UNKNOWN
    assert f"casekit verify {Path('reports', 'a.ipynb')} --data …/clients.csv" in gone.text
    Path("clients.csv").write_bytes(b"a\n1\n")
    assert verify(report).result == SAME
