"""PDF and Word files made by Chromium and pandoc and read back (`make test-full`)."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from bs4 import BeautifulSoup
from support.small_page import FACTS, page, png, section, table, text, whole_page

from casekit.reports.brand import Brand
from casekit.reports.formats import Converters
from casekit.reports.formats.chromium import find_chromium

pytestmark = pytest.mark.full

LETTER = Brand(
    name="Example Bank",
    logo=png(200, 60),
    logo_type="image/png",
    primary="#8a1538",
    footer="for internal use",
    paper="letter",
)
CHINESE = "网点不可能给每一位客户都打电话：本月应当先打给谁？"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Each file once: plain, and in a brand with a Chinese title."""
    folder = tmp_path_factory.mktemp("files")
    notebook = {"metadata": {"casekit": FACTS}, "cells": []}
    with Converters() as converters:
        for name, title, brand in (("plain", "Whom do we call?", None), ("brand", CHINESE, LETTER)):
            for kind in ("pdf", "docx", "slides"):
                converters.write(notebook, whole_page(title), folder / f"{name}.{kind}", kind, brand=brand)
    return folder


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


# -- PDF -------------------------------------------------------------------------------------------------


def test_pdf_holds_text_in_order(made):
    words = run("pdftotext", "-layout", str(made / "plain.pdf"), "-")
    places = [words.index(part) for part in ("Whom do we call?", "1. The question", "References", "calls")]
    assert places == sorted(places)
    assert "secret_code" not in words


def test_pdf_holds_chinese_text(made):
    assert CHINESE in run("pdftotext", "-raw", str(made / "brand.pdf"), "-").replace("\n", "")


@pytest.mark.parametrize(("name", "size"), [("plain", "(A4)"), ("brand", "(letter)")])
def test_pdf_paper(made, name, size):
    assert size in run("pdfinfo", str(made / f"{name}.pdf"))


def test_pdf_properties(made):
    facts = run("pdfinfo", str(made / "brand.pdf"))
    assert re.search(r"Title:\s+Whom do we call\?", facts)
    assert re.search(r"Author:\s+Example Bank", facts)
    assert json.loads(re.search(r"Keywords:\s+(.*)", facts)[1]) == FACTS
    assert re.search(r"Tagged:\s+yes", facts)


def test_pdf_page_numbers_and_footer(made):
    pages = run("pdftotext", "-layout", str(made / "brand.pdf"), "-").split("\f")[:-1]
    for number, words in enumerate(pages, start=1):
        assert re.search(rf"for internal use\s+{number}\s*/\s*{len(pages)}\s*$", words)


def test_pdf_has_links_and_an_outline(made):
    content = (made / "plain.pdf").read_bytes()
    assert b"https://example.org/x" in content
    assert b"/Outlines" in content


def test_a_wide_table_is_not_cut(tmp_path):
    with Converters() as converters:
        target = tmp_path / "wide.pdf"
        converters.write({"metadata": {}}, page(section("A", table(2, 30))), target, "pdf")
    assert "29" in run("pdftotext", "-layout", str(target), "-")


def test_pdf_asks_no_other_host(tmp_path):
    """A page that would fetch a picture is printed without it; nothing hangs."""
    html = page(text('<img src="https://example.org/never.png">Words.'))
    with Converters() as converters:
        converters.write({"metadata": {}}, html, tmp_path / "x.pdf", "pdf")
    assert "Words." in run("pdftotext", str(tmp_path / "x.pdf"), "-")


def test_one_browser_serves_threads_and_survives_its_death(tmp_path):
    with Converters() as converters:

        def write(name):
            converters.write({"metadata": {}}, whole_page(), tmp_path / name, "pdf")

        write("a.pdf")
        first = converters._chromium._browser
        thread = threading.Thread(target=write, args=("b.pdf",))
        thread.start()
        thread.join()
        assert converters._chromium._browser is first
        converters._chromium._thread.submit(first.close).result()
        write("c.pdf")
    assert {path.name for path in tmp_path.iterdir()} == {"a.pdf", "b.pdf", "c.pdf"}


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks for orphans in /proc")
def test_a_killed_worker_leaves_no_browser(tmp_path):
    profile = f"casekit-orphan-{os.getpid()}"
    script = (
        "import pathlib, sys, time; from casekit.reports.formats import Converters; c = Converters();"
        "c.write({'metadata': {}}, '<main><p>x</p></main>', pathlib.Path(sys.argv[1]) / 'x.pdf', 'pdf');"
        "print('ready', flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "CASEKIT_ORPHAN_TEST": profile}
    worker = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, env=environment
    )
    assert worker.stdout.readline() == b"ready\n"
    assert len(marked(profile)) > 2
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    for _attempt in range(100):
        if not marked(profile):
            break
        time.sleep(0.1)
    assert marked(profile) == []


def marked(mark):
    """Processes that inherited a mark in their environment."""
    found = []
    for folder in os.listdir("/proc"):
        try:
            with open(f"/proc/{folder}/environ", "rb") as file:
                if folder.isdigit() and mark.encode() in file.read():
                    found.append(folder)
        except OSError:
            continue
    return [folder for folder in found if folder != str(os.getpid())]


# -- Word ------------------------------------------------------------------------------------------------


def parts(path):
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        return {name: file.read(name).decode(errors="replace") for name in file.namelist()}


@pytest.fixture(scope="module")
def word(made):
    return {name: parts(made / f"{name}.docx") for name in ("plain", "brand")}


def styled(document, style):
    body = BeautifulSoup(document, "xml")
    return [
        paragraph.get_text()
        for paragraph in body.find_all("w:p")
        if paragraph.find("w:pStyle") and paragraph.find("w:pStyle")["w:val"] == style
    ]


def test_word_headings_are_headings(word):
    assert styled(word["plain"]["word/document.xml"], "Heading1") == [
        "1. The question",
        "2. A long table",
        "What we would tell the manager",
        "References",
        "Where this comes from",
        "Parameters",
    ]
    assert styled(word["plain"]["word/document.xml"], "Title") == ["Whom do we call?"]


def test_word_formulas_are_equations(word):
    document = word["plain"]["word/document.xml"]
    assert document.count("<m:oMath>") == 2
    assert document.count("<m:oMathPara>") == 1


def test_word_tables_are_tables(word):
    document = BeautifulSoup(word["plain"]["word/document.xml"], "xml")
    assert [len(part.find_all("w:tr")) for part in document.find_all("w:tbl")][:2] == [4, 61]
    assert document.find("w:tblHeader") is not None


def test_word_figures_have_captions(word):
    (caption,) = styled(word["plain"]["word/document.xml"], "ImageCaption")
    assert caption.startswith("Figure 1. Simulated branch.")
    assert any(name.startswith("word/media/") for name in word["plain"])


def test_word_shows_no_code(word):
    assert "secret_code" not in word["plain"]["word/document.xml"]


@pytest.mark.parametrize(("name", "wide"), [("plain", "11906"), ("brand", "12240")])
def test_word_paper(word, name, wide):
    assert f'<w:pgSz w:w="{wide}"' in word[name]["word/document.xml"]


def test_word_in_a_brand(word):
    assert "8A1538" in word["brand"]["word/styles.xml"]
    assert 'w:eastAsia="Microsoft YaHei"' in word["brand"]["word/styles.xml"]
    assert "for internal use" in word["brand"]["word/footer9.xml"]
    assert "Example Bank" in word["brand"]["word/header9.xml"]
    assert "word/media/brand.png" in word["brand"]


def test_word_properties_hold_the_facts(word):
    properties = BeautifulSoup(word["brand"]["docProps/core.xml"], "xml")
    assert properties.find("dc:title").get_text() == CHINESE
    assert properties.find("dc:creator").get_text() == "Example Bank"
    assert json.loads(properties.find("dc:description").get_text()) == FACTS


def test_word_parts_are_whole_xml_and_named_once(word):
    for name, content in word["brand"].items():
        if name.endswith((".xml", ".rels")):
            BeautifulSoup(content, "xml")
    types = word["brand"]["[Content_Types].xml"]
    assert types.count('Extension="png"') == 1
    assert types.count("/word/footer9.xml") == 1


# -- slides in a browser ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "brand"])
def test_slides_open_and_nothing_is_cut(made, name):
    from playwright.sync_api import sync_playwright

    asked, errors, cut = [], [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium())
        view = browser.new_page(viewport={"width": 1280, "height": 720})
        view.on("request", lambda request: asked.append(request.url))
        view.on("pageerror", lambda error: errors.append(str(error)))
        target = made / f"{name}.slides.html"
        (made / f"{name}.slides").replace(target) if not target.exists() else None
        view.goto(target.as_uri())
        view.wait_for_function("window.Reveal && Reveal.isReady()")
        for _number in range(view.evaluate("Reveal.getTotalSlides()")):
            cut += view.evaluate(OVERFLOW)
            view.evaluate("Reveal.next()")
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []
    assert cut == []


OVERFLOW = """() => [...Reveal.getCurrentSlide().querySelectorAll('header, .words, .tabular, h1')]
  .filter(part => part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2)
  .map(part => part.className + ': ' + part.innerText.slice(0, 60))"""
