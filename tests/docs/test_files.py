"""No committed file names a machine or a registry; the layout is the one the README shows."""

import subprocess

import pytest
from support.machine_paths import FORBIDDEN

TOP = {
    "notebooks", "casekit", "datasets", "exercises", "tests", "docs", "environment.yml", "README.md",
    "pyproject.toml", "Makefile", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "LICENSE-TEXT.md",
    "system-packages.txt", ".ci", ".gitignore", ".gitattributes", "constraints.txt", "constraints-lowest.txt",
}  # fmt: skip


def tracked(root):
    done = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [root / line for line in done.stdout.splitlines() if (root / line).is_file()]


def test_no_file_names_a_machine_or_a_registry(root):
    found = []
    for path in tracked(root):
        if path.suffix in (".gz", ".png", ".xls", ".xlsx", ".mo", ".otf"):
            continue
        if FORBIDDEN.search(path.read_text(encoding="utf-8")):
            found.append(str(path.relative_to(root)))
    assert found == []


def test_a_machine_path_is_found():
    assert FORBIDDEN.search("/" + "home/someone/casekit")


def test_nothing_new_at_the_top(root):
    assert {path.relative_to(root).parts[0] for path in tracked(root)} <= TOP
