"""What the README and the docs show works: Python blocks run, commands parse, targets exist."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from casekit.cli import app

BLOCK = re.compile(r"```(?P<language>python|console)\n(?P<text>.*?)```", re.DOTALL)
PAGES = ["README.md", "CONTRIBUTING.md", "datasets/README.md", "exercises/README.md"]


def blocks(root, language):
    for page in [*PAGES, *sorted(str(path.relative_to(root)) for path in (root / "docs").glob("*.md"))]:
        text = (root / page).read_text(encoding="utf-8")
        yield from ((page, match["text"]) for match in BLOCK.finditer(text) if match["language"] == language)


def test_python_blocks_run(root, capsys):
    found = list(blocks(root, "python"))
    assert found
    for page, text in found:
        exec(compile(text, page, "exec"), {})
    assert capsys.readouterr().out == "0.635 67.8%\n"


def command_lines(root):
    for _page, text in blocks(root, "console"):
        for line in text.splitlines():
            yield from (part.strip() for part in line.split("#")[0].split("&&") if part.strip())


def refuses(words):
    """True if the command line does not parse: the command or an option does not exist."""
    result = CliRunner().invoke(app, [*words, "--help"])
    if result.exit_code != 0:
        return True
    known = set(re.findall(r"--?[a-z][a-z-]*", result.output))
    return not {word.split("=")[0] for word in words if word.startswith("-")} <= known


def test_casekit_commands_parse(root, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    lines = [shlex.split(line)[1:] for line in command_lines(root) if line.startswith("casekit")]
    assert len(lines) >= 8
    assert [words for words in lines if refuses(words)] == []


@pytest.mark.parametrize("words", [["reprot", "swot"], ["report", "swot", "--dta", "x.csv"]])
def test_a_wrong_command_is_found(words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert refuses(words)


def test_make_targets_exist(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    promised = {"reports", "test", "test-full", "test-lowest", "notebooks", "lab", "lint", "help"}
    assert promised <= targets
    pages = "\n".join((root / page).read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", pages, re.MULTILINE))
    named = {
        one or other for one, other in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", pages, re.MULTILINE)
    }
    assert named <= targets


def test_links_of_the_readme_lead_somewhere(root):
    for page in PAGES:
        text = (root / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert ((root / page).parent / target).exists(), target
