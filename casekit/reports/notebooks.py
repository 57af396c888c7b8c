"""Executes the committed notebooks and puts them in a normal form, so that their diffs stay small.

``python -m casekit.reports.notebooks [NAME ...]`` (or ``make notebooks``) does so for all or for those named.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from casekit._text import LANGUAGES
from casekit.reports.cases import find_case, list_cases
from casekit.reports.execute import QUIET_KERNEL, figures_in_the_notebook
from casekit.reports.steady import steady_outputs

#: Seconds one cell of a committed notebook may take.
CELL_TIMEOUT = 300

_LANGUAGE_INFO = {"name": "python", "pygments_lexer": "ipython3"}
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def refresh(path: Path) -> None:
    """Execute one notebook in its folder and write it back in normal form."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=QUIET_KERNEL,
    )
    with figures_in_the_notebook():
        client.execute()
    write(normalise(notebook), path)


def write(notebook: Any, path: Path) -> None:
    """Write a notebook with stable JSON."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def normalise(notebook: Any) -> Any:
    """Drop what changes from run to run: timings, ids, addresses, widget state, kernel versions."""
    steady_outputs(notebook)
    seen: set[str] = set()
    for cell in notebook["cells"]:
        cell["metadata"] = _tags(cell)
        cell["id"] = _cell_id(cell, seen)
        for output in cell.get("outputs", []):
            output["metadata"] = {}
    _renumber(notebook)
    notebook["metadata"] = {
        "kernelspec": dict(_KERNEL),
        "language_info": dict(_LANGUAGE_INFO),
        "casekit": {"source_sha256": source_fingerprint(notebook)},
    }
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    return notebook


def _tags(cell: Any) -> dict[str, list[str]]:
    """The tags alone; what papermill leaves out, nbval leaves out too."""
    tags = list(cell["metadata"].get("tags", []))
    if "skip-execution" in tags and "nbval-skip" not in tags:
        tags.append("nbval-skip")
    return {"tags": tags} if tags else {}


def _cell_id(cell: Any, seen: set[str]) -> str:
    """An id made from the cell's own text, so that inserting a cell leaves the others alone."""
    digest = hashlib.sha256("".join(cell["source"]).encode()).hexdigest()[:8]
    number, name = 1, digest
    while name in seen:
        number += 1
        name = f"{digest}-{number}"
    seen.add(name)
    return name


def _renumber(notebook: Any) -> None:
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell.get("execution_count") is not None:
            count += 1
            cell["execution_count"] = count
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = count


def source_fingerprint(notebook: Any) -> str:
    """sha256 over the code cells: differs from the stored one when code changed after the last run."""
    sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return hashlib.sha256("\x00".join(sources).encode()).hexdigest()


def main(names: list[str]) -> None:
    """Refresh the notebooks named, or all of them."""
    cases = [find_case(name) for name in names] if names else list_cases(guides=True)
    for path in dict.fromkeys(case.in_language(name).path for name in LANGUAGES for case in cases):
        sys.stdout.write(f"{path}\n")
        sys.stdout.flush()
        refresh(path)


if __name__ == "__main__":
    main(sys.argv[1:])
