"""What is missing is named, with the one command that installs it, before anything is run."""

import builtins
import importlib.util

import pytest
from support.small_page import FACTS, whole_page

from casekit import errors
from casekit.reports import formats
from casekit.reports.formats import FORMATS, Converters, chromium, read_formats, require_formats


@pytest.fixture
def bare(monkeypatch):
    """A machine with neither the extra nor the programs."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(formats.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "_own_chromium", lambda: None)
    monkeypatch.delenv("CASEKIT_CHROMIUM", raising=False)


def message(names):
    with pytest.raises(errors.InputError) as caught:
        require_formats(names)
    return str(caught.value)


def test_page_notebook_and_slides_need_nothing(bare):
    require_formats(["html", "ipynb", "slides"])


def test_packages_are_one_command(bare):
    text = message(["pdf", "docx", "pptx"])
    assert text.count('Try: pip install "casekit[formats]"') == 1
    assert "for pdf, docx, pptx packages" in text


@pytest.mark.parametrize(
    ("system", "line"),
    [
        ("linux", "sudo apt-get install pandoc"),
        ("darwin", "brew install pandoc"),
        ("win32", "winget install JohnMacFarlane.Pandoc"),
    ],
)
def test_pandoc_by_system(bare, monkeypatch, system, line):
    monkeypatch.setattr(formats.sys, "platform", system)
    assert f"Try: {line}" in message(["docx"])


@pytest.mark.parametrize(
    ("system", "line"),
    [
        ("linux", "playwright install chromium"),
        ("darwin", "brew install --cask chromium"),
        ("win32", "winget install Google.Chrome"),
    ],
)
def test_chromium_by_system(bare, monkeypatch, system, line):
    monkeypatch.setattr(chromium.sys, "platform", system)
    assert f"Try: {line}" in message(["pdf"])


def test_all_problems_at_once(bare):
    text = message(["pdf", "docx", "pdx"])
    assert "did you mean 'pdf'?" in text
    assert all(part in text for part in ("pandoc", "chromium", "casekit[formats]"))


def test_no_format_at_all():
    assert "--to html,pdf,slides,docx,pptx,ipynb" in message([])


def test_a_list_with_commas(bare):
    assert read_formats(" HTML, ipynb,html") == ("html", "ipynb")


def test_the_chosen_chromium_must_be_there(monkeypatch):
    monkeypatch.setenv("CASEKIT_CHROMIUM", "no-such-browser")
    assert chromium.find_chromium() is None


def test_the_chosen_chromium_comes_first(monkeypatch, tmp_path):
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("CASEKIT_CHROMIUM", str(program))
    assert chromium.find_chromium() == str(program)


def test_page_and_notebook_are_written_without_a_converter(tmp_path, monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **settings):
        assert name.split(".")[0] not in ("playwright", "pptx", "lxml"), name
        return real(name, *args, **settings)

    monkeypatch.setattr(builtins, "__import__", refuse)
    notebook = {"metadata": {"casekit": FACTS}, "cells": []}
    with Converters() as converters:
        for name in ("html", "ipynb", "slides"):
            converters.write(notebook, whole_page(), tmp_path / f"r{FORMATS[name].ending}", name)
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == whole_page()
    assert '"case": "90_small"' in (tmp_path / "r.ipynb").read_text(encoding="utf-8")


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(errors.InputError, match="format must be a known name"):
        Converters().write({"metadata": {}}, "", tmp_path / "x", "pdx")
