"""A workbook of small notebooks."""

import pytest
from support.small_notebooks import write_notebook


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    """An empty workbook in force; returns a function that adds a notebook to it."""
    root = tmp_path / "workbook"
    for part in ("notebooks/zh_CN", "datasets", "exercises"):
        (root / part).mkdir(parents=True)
    monkeypatch.setenv("CASEKIT_WORKBOOK", str(root))
    return lambda name, *cells: write_notebook(root / "notebooks" / f"{name}.ipynb", *cells)
