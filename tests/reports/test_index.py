"""The list of reports in a folder."""

from __future__ import annotations

import base64
import io
import json
import re
from html import unescape

import pytest
from support.small_notebooks import code, markdown

from casekit.reports.batch.journal import Journal
from casekit.reports.batch.outcome import FAILED, MADE, Outcome
from casekit.reports.index import write_index
from casekit.reports.run import make_report
from casekit.reports.thumbnails import WIDTH, thumbnail


def picture(width=900, height=600, mode="RGBA"):
    from PIL import Image

    file = io.BytesIO()
    Image.new(mode, (width, height)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def notebook(folder, name, *, cells=(), endings=(".html",), **facts):
    """An executed report, without running anything."""
    known = {"case": "90_small", "title": "Whom?", "parameters": {"capacity": 4}, "changed": ["capacity"]}
    facts = {**known, "data": "cdnow", "created": "2026-03-01T10:00:00+00:00", "language": "en", **facts}
    content = {"cells": list(cells), "metadata": {"casekit": facts}}
    (folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    for ending in endings:
        (folder / f"{name}{ending}").write_text("x", encoding="utf-8")


def said(text, **data):
    cell = code("say()")
    cell["outputs"] = [
        {"output_type": "display_data", "data": {"text/markdown": text, **data}, "metadata": {}}
    ]
    return cell


def index(folder):
    return write_index(folder).read_text(encoding="utf-8")


def test_the_index_lists_finished_reports_with_their_answers(workbook, tmp_path):
    out = tmp_path / "reports"
    answer = code("from casekit.tables import say\nsay(f'Call **{capacity}**, for $5.', 'Second paragraph.')")
    workbook("90_small", markdown("## What we would tell the manager"), answer)
    make_report("small", {"capacity": 4}, out=out, name="acme")
    (out / "broken.failed.ipynb").write_text("{}", encoding="utf-8")
    text = index(out)
    assert text.count("<article") == 1
    assert 'href="acme.html">Which three clients?' in text
    assert "Call 4, for $5." in text
    assert "Second paragraph" not in text
    assert "capacity = 4" in text


def test_an_empty_folder_has_an_index_that_says_so(tmp_path):
    text = index(tmp_path)
    assert "No reports yet" in text
    assert "<script" not in text


def test_every_format_that_is_there_is_a_link_and_names_are_quoted(tmp_path):
    notebook(tmp_path, "上海 #1 & 50%", endings=(".html", ".pdf", ".slides.html"))
    notebook(tmp_path, "slides only", endings=(".slides.html",))
    text = index(tmp_path)
    start = "%E4%B8%8A%E6%B5%B7%20%231%20%26%2050%25"
    for ending, kind in ((".html", "html"), (".pdf", "pdf"), (".slides.html", "slides"), (".ipynb", "ipynb")):
        assert f'<a href="{start}{ending}">{kind}</a>' in text
    assert '<h2><a href="slides%20only.slides.html">' in text


def test_what_a_report_says_cannot_run_in_the_page(tmp_path):
    evil = "<script>alert(1)</script>\"'&"
    notebook(tmp_path, "a", title=evil, data=evil, parameters={"capacity": evil}, cells=[said(evil)])
    with Journal(tmp_path) as journal:
        journal.add(Outcome("b", "90_small", FAILED, message=evil))
    text = index(tmp_path)
    assert text.count("<script>") == 1
    assert "alert(1)&lt;/script&gt;" in text


def test_the_first_sentence_stands_in_where_the_answer_has_another_heading(tmp_path):
    notebook(
        tmp_path, "a", cells=[said("**Erst** dies.\n\nDann das."), markdown("## 结论"), said("Zuletzt.")]
    )
    assert '<p class="answer">Erst dies.</p>' in index(tmp_path)


def test_failed_reports_are_listed_with_the_reason_and_what_is_there(tmp_path):
    notebook(tmp_path, "old")
    notebook(tmp_path, "good")
    (tmp_path / "new.failed.ipynb").write_text("{}", encoding="utf-8")
    with Journal(tmp_path) as journal:
        journal.add(Outcome("good", "90_small", FAILED, message="an hour ago"))
        journal.add(Outcome("good", "90_small", MADE))
        journal.add(Outcome("old", "90_small", FAILED, message="the kernel died"))
        lost = f"step 3 failed\n  The partial notebook: {tmp_path}/new.failed.ipynb"
        journal.add(Outcome("new", "90_small", FAILED, message=lost))
    text = index(tmp_path)
    assert text.count('class="failed"') == 2
    assert "2 failed" in text and "an hour ago" not in text
    assert "the kernel died" in text and "the report as it was before" in text
    assert '<strong>failed</strong> step 3 failed <a href="new.failed.ipynb">' in text
    assert str(tmp_path) not in text


def test_the_filter_looks_through_all_that_is_shown(tmp_path):
    notebook(tmp_path, "上海-2023", title="Whom to CALL?", endings=(".html", ".pdf"), cells=[said("Call 7.")])
    words = index(tmp_path).split('data-words="')[1].split('"')[0]
    for word in (
        "上海",
        "whom to call",
        "capacity=4",
        "capacity = 4",
        "cdnow",
        "pdf",
        "made",
        "2026-03-01",
        "call 7",
    ):
        assert word in unescape(words)


def test_files_that_are_no_reports_are_left_out(tmp_path):
    (tmp_path / "own.ipynb").write_text('{"cells": [], "metadata": {}}', encoding="utf-8")
    (tmp_path / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    (tmp_path / "list.ipynb").write_text("[]", encoding="utf-8")
    (tmp_path / ".a.partial.ipynb").write_text("{}", encoding="utf-8")
    assert "<article" not in index(tmp_path)


def test_a_notebook_is_read_again_only_when_it_has_changed(tmp_path, monkeypatch):
    notebook(tmp_path, "a", title="before")
    notebook(tmp_path, "b", title="other")
    index(tmp_path)
    read = []
    monkeypatch.setattr("casekit.reports.index._answer", lambda notebook: read.append(1) or "")
    assert "before" in index(tmp_path) and not read
    notebook(tmp_path, "a", title="and after")
    assert "and after" in index(tmp_path) and len(read) == 1
    (tmp_path / ".casekit" / "index.json").write_text("torn", encoding="utf-8")
    assert "and after" in index(tmp_path)


@pytest.mark.parametrize(("width", "height", "mode"), [(900, 600, "RGBA"), (300, 900, "RGB"), (5, 5, "P")])
def test_a_thumbnail_is_small_whatever_the_figure(width, height, mode):
    from PIL import Image

    uri = thumbnail(picture(width, height, mode))
    made = Image.open(io.BytesIO(base64.b64decode(uri.partition("base64,")[2])))
    assert made.width == WIDTH and made.height <= WIDTH
    assert len(uri) < 20_000


@pytest.mark.parametrize("text", ["", "no base64", base64.b64encode(b"no picture").decode()])
def test_what_is_no_picture_has_no_thumbnail(text):
    assert thumbnail(text) == ""


@pytest.mark.full
def test_filter_and_order_work_in_a_browser(tmp_path):
    from playwright.sync_api import sync_playwright

    from casekit.reports.formats.chromium import find_chromium

    for number, city in enumerate(("上海", "北京", "Xi'an", "上海")):
        day = f"2026-03-0{4 - number}T10:00:00+00:00"
        notebook(tmp_path, f"{number}-{city}", created=day, case=f"{90 - number}_x", title="长" * 60)
    with Journal(tmp_path) as journal:
        journal.add(Outcome("broken", "90_small", FAILED, message="x"))
    path = write_index(tmp_path)
    requests = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        shown = "[...document.querySelectorAll('article:not([hidden])')].map(a => a.dataset.name)"
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.fill("#filter", "上海 capacity=4")
        assert page.evaluate(shown) == ["0-上海", "3-上海"]
        assert page.inner_text("#count") == "2"
        page.fill("#filter", "nowhere")
        assert page.is_visible("#none")
        page.click("#failures")
        assert page.evaluate(shown) == ["broken"]
        page.fill("#filter", "")
        page.select_option("#order", "created")
        assert page.evaluate(shown)[:2] == ["0-上海", "1-北京"]
        page.select_option("#order", "case")
        assert page.evaluate(shown)[0] == "3-上海"
        browser.close()
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def test_a_chinese_index_has_no_english_words_of_its_own(tmp_path):
    from bs4 import BeautifulSoup

    from casekit._text import language

    notebook(
        tmp_path, "a", title="谁", language="zh_CN", data="数据", parameters={"容量": 4}, changed=["容量"]
    )
    with Journal(tmp_path) as journal:
        journal.add(Outcome("b", "90", FAILED, message="没有数据"))
    (tmp_path / "b.failed.ipynb").write_text("{}", encoding="utf-8")
    with language("zh_CN"):
        page = BeautifulSoup(index(tmp_path), "html.parser")
    assert page.html["lang"] == "zh-CN"
    for part in page.select("style, script, .links, code, .kind"):
        part.decompose()
    texts = [page.get_text(" "), *(tag["placeholder"] for tag in page.select("[placeholder]"))]
    assert re.findall(r"[A-Za-z]{3,}", " ".join(texts)) == ["small"]  # 90_small, the name of the case


def test_reports_are_found_by_the_name_of_their_language(tmp_path):
    notebook(tmp_path, "a", language="zh_CN")
    notebook(tmp_path, "b", language="en")
    text = index(tmp_path)
    assert text.count("· 中文</p>") == 1 and text.count("· English</p>") == 1
    assert len(re.findall(r'data-words="[^"]*中文', text)) == 1
