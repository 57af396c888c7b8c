"""What all tests share: skips are counted in the full run, and figures are closed."""

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "agg")

ROOT = Path(__file__).parent.parent
FULL = os.environ.get("CASEKIT_FULL") == "1"
SKIPS_ALLOWED = (ROOT / "tests" / "skips.txt").read_text(encoding="utf-8").split("\n")


@pytest.fixture
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def pytest_ignore_collect(collection_path, config):
    """Property tests are not even read where only quick ones run: reading them takes seconds."""
    return True if collection_path.name == "properties" and config.option.markexpr == "not full" else None


def pytest_collection_modifyitems(items):
    """Property tests and examples in docstrings take a minute of their own: they run in `make test-full`."""
    for item in items:
        if "properties" in item.path.parts or isinstance(item, pytest.DoctestItem):
            item.add_marker(pytest.mark.full)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """In the full run a skip that tests/skips.txt does not list is a failure."""
    outcome = yield
    report = outcome.get_result()
    if FULL and report.skipped and not hasattr(report, "wasxfail") and item.nodeid not in SKIPS_ALLOWED:
        report.outcome = "failed"
        report.longrepr = f"skipped, and not listed in tests/skips.txt: {report.longrepr}"
