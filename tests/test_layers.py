"""The import graph: a layer may import only what lies below it (CONTRIBUTING.md, Layers)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "casekit"

CALCULATION = [
    "value",
    "customer_base",
    "segments",
    "loyalty",
    "strategy",
    "selling",
    "service",
    "information",
]

#: Lower numbers are lower layers; a module may import lower layers and its own package.
LAYER = {
    "_text": 0,
    "errors": 1,
    "_words": 1,
    "_kinds": 2,
    "_validate": 3,
    "periods": 4,
    "_resources": 4,
    "_whole": 4,
    "engines": 5,
    **dict.fromkeys(CALCULATION, 6),
    **dict.fromkeys(["simulate", "datasets", "tables", "plots", "methods"], 7),
    **dict.fromkeys(["widgets", "reports", "exercises", "workbook", "doctor"], 8),
    "report_commands": 9,
    "batch_command": 9,
    "brand_command": 9,
    "cli": 10,
}

#: Sideways imports that CONTRIBUTING.md allows, as (importer, imported).
ALLOWED = {
    ("selling", "loyalty"),
    ("selling", "service"),
    ("loyalty", "value"),
    ("segments", "value"),
    ("plots", "datasets"),
    ("simulate", "datasets"),
    ("exercises", "reports"),
}

#: What no calculation package may import when it is loaded.
HEAVY = {
    "matplotlib",
    "seaborn",
    "sklearn",
    "ipywidgets",
    "IPython",
    "papermill",
    "nbformat",
    "nbconvert",
    "pandera",
}


def part(path):
    """The top-level name below casekit that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree, *, everywhere=True):
    """The dotted names that a module imports; with everywhere=False only those at its top level."""
    nodes = ast.walk(tree) if everywhere else tree.body
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def upward_imports(path, source):
    """The layers above its own that a module imports."""
    own = part(path)
    found = set()
    for name in imports(ast.parse(source)):
        words = name.split(".")
        if words[0] != "casekit" or len(words) < 2 or words[1] not in LAYER:
            continue
        target = words[1]
        sideways = LAYER[target] == LAYER[own] and target != own and (own, target) not in ALLOWED
        if LAYER[target] > LAYER[own] or sideways:
            found.add(target)
    return found


SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def sources(name):
    """The files below a top-level name, with their texts."""
    return {path: path.read_text(encoding="utf-8") for path in SOURCES if part(path) == name}


@pytest.mark.parametrize("name", sorted({part(path) for path in SOURCES}))
def test_imports_point_downwards(name):
    assert name in LAYER, f"{name} has no layer: add it here and to CONTRIBUTING.md"
    found = {str(path): upward_imports(path, source) for path, source in sources(name).items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_an_upward_import_is_found():
    assert upward_imports(PACKAGE / "value" / "bad.py", "from casekit.reports import run") == {"reports"}
    assert upward_imports(PACKAGE / "value" / "bad.py", "from casekit import plots") == {"plots"}
    assert upward_imports(PACKAGE / "strategy" / "bad.py", "import casekit.loyalty.tiers") == {"loyalty"}


def heavy_imports(source):
    """What a module loads at once and should not."""
    names = set(imports(ast.parse(source), everywhere=False))
    return (HEAVY & {name.split(".")[0] for name in names}) | ({"scipy.stats"} & names)


@pytest.mark.parametrize("name", [*CALCULATION, "simulate", "datasets"])
def test_calculations_load_nothing_heavy(name):
    found = {str(path): heavy_imports(source) for path, source in sources(name).items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_heavy_import_is_found():
    assert heavy_imports("import seaborn as sns\nfrom scipy import stats") == {"seaborn", "scipy.stats"}
    assert heavy_imports("def plot():\n    import seaborn") == set()
