"""The groups of ``casekit/exercises/``: every module lies in one, and imports only groups before its own."""

import ast
from pathlib import Path

import pytest

import casekit.exercises

PACKAGE = Path(casekit.exercises.__file__).parent

#: In the order of the docstring of the package.
GROUPS = ("checking", "authoring", "releasing", "grading", "marking", "commands")

#: What notebooks import.
TOP = {"__init__.py": "checking", "quiz.py": "authoring"}


SOURCES = sorted(PACKAGE.rglob("*.py"))


def group_of(path):
    parts = path.relative_to(PACKAGE).parts
    return TOP[parts[0]] if len(parts) == 1 else parts[0]


def later_groups(path, source):
    """The groups after its own that a module imports, anywhere in it."""
    own = GROUPS.index(group_of(path))
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    found = {name.split(".")[2] for name in names if name.startswith("casekit.exercises.")}
    return sorted(found & set(GROUPS[own + 1 :]))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_group_imports_only_those_before_it(path):
    assert group_of(path) in GROUPS
    assert not later_groups(path, path.read_text(encoding="utf-8"))


def test_an_import_of_a_later_group_is_found():
    source = (
        "def f():\n    from casekit.exercises.marking import marks\n    from casekit.exercises import check"
    )
    assert later_groups(PACKAGE / "grading" / "bad.py", source) == ["marking"]
    assert later_groups(PACKAGE / "quiz.py", "import casekit.exercises.grading.grade") == ["grading"]
    assert not later_groups(PACKAGE / "commands" / "good.py", source)


def test_the_package_says_what_each_group_is_for():
    named = [line for line in casekit.exercises.__doc__.splitlines() if line in GROUPS]
    assert tuple(named) == GROUPS == tuple(dict.fromkeys(named))
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(GROUPS)
