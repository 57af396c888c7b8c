"""Small notebooks, so that the runner is tried without waiting for a real case."""

import json

PARAMETERS = """capacity: int = 3  # [1, 9] calls; calls that can be made
share: float = 0.2  # [0, 1] share of customers; whom to look at
mode: str = "own"  # {own, ahp}; where the weights come from
data: str | None = None  # ; path of your own file
reading: str | None = None  # ; how to read it
worklist: str | None = None  # ; file for the list of whom to call"""


def markdown(text):
    return {"cell_type": "markdown", "id": "", "metadata": {}, "source": text}


def code(text, *tags):
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "id": "",
        "metadata": metadata,
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def write_notebook(path, *cells):
    """Write a notebook of these cells, below a heading and a parameters cell."""
    cells = [markdown("# Which three clients?"), code(PARAMETERS, "parameters"), *cells]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path
