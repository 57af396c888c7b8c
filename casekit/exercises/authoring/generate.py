"""Makes the files of an exercise from its source: notebooks, guide, quiz, sample data."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from casekit._text import language
from casekit._whole import write_whole
from casekit.exercises.authoring.description import files_beside
from casekit.exercises.authoring.guide import guide_text
from casekit.exercises.authoring.pages import KEY, LIVE, STUDENT, notebook_of
from casekit.exercises.authoring.source import Exercise
from casekit.exercises.checking.question import Solved
from casekit.exercises.quiz import quiz_notebook

#: Seconds one cell of a key may take.
CELL_TIMEOUT = 120

#: What names the sample student's copy.
SAMPLE_TOKEN = "sample"


def build_exercise(exercise: Exercise, *, execute: bool | None = None) -> list[str]:
    """Write the generated files beside the source, in English whatever the language in force.

    Parameters
    ----------
    exercise : Exercise
    execute : bool, optional
        Run the key's cells; by default only if its code or the sample data changed since the last run.

    Returns
    -------
    list of str
        Names of the files that changed.
    """
    with language("en"):
        return _build(exercise, execute=bool(execute))


def _build(exercise: Exercise, *, execute: bool) -> list[str]:
    folder, files = exercise.path.parent, generated_files(exercise)
    changed = [name for name, content in files.items() if _write(folder / name, content)]
    key = finished_key(exercise, files)
    if key is None or execute:
        key = executed_key(exercise, files)
    if _write(folder / "key.ipynb", key):
        changed.append("key.ipynb")
    return changed


def generated_files(exercise: Exercise) -> dict[str, bytes]:
    """Every generated file but the executed key, by its name."""
    solved = exercise.solve(exercise.sample_seed)
    files = sample_files(exercise, solved)
    for kind in (STUDENT, LIVE):
        files[f"{kind}.ipynb"] = _notebook_bytes(notebook_of(exercise, kind))
    files["guide.md"] = guide_text(exercise, solved).encode()
    if exercise.quiz:
        files["quiz.ipynb"] = _notebook_bytes(quiz_notebook(exercise))
    return files


def sample_files(exercise: Exercise, solved: Solved) -> dict[str, bytes]:
    """The sample student's tables and ``exercise.json``."""
    files = files_beside(exercise, solved, seed=exercise.sample_seed, token=SAMPLE_TOKEN, mode="practice")
    return {f"sample/{name}": content for name, content in files.items()}


# -- the key, which has to be executed ---------------------------------------------------------------------


def finished_key(exercise: Exercise, files: dict[str, bytes]) -> bytes | None:
    """The key with the outputs of its last run, or None if code or data have changed since."""
    path = exercise.path.parent / "key.ipynb"
    if not path.is_file():
        return None
    key, last = _key(exercise, files), json.loads(path.read_text(encoding="utf-8"))
    if last["metadata"].get("casekit") != key["metadata"]["casekit"]:
        return None
    ran = [cell for cell in last["cells"] if cell["cell_type"] == "code"]
    for cell, done in zip((c for c in key["cells"] if c["cell_type"] == "code"), ran, strict=True):
        cell["outputs"], cell["execution_count"] = done["outputs"], done["execution_count"]
    return _notebook_bytes(key)


def executed_key(exercise: Exercise, files: dict[str, bytes]) -> bytes:
    """The key, executed in the folder of the exercise on the sample student's data."""
    import nbformat
    from nbclient import NotebookClient

    from casekit.reports.execute import QUIET_KERNEL, figures_in_the_notebook
    from casekit.reports.notebooks import normalise

    notebook = nbformat.from_dict(_key(exercise, files))
    facts = dict(notebook["metadata"]["casekit"])
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(exercise.path.parent)}},
        extra_arguments=list(QUIET_KERNEL),
    )
    with figures_in_the_notebook():
        client.execute()
    done = normalise(notebook)
    done["metadata"]["casekit"] = facts
    return _notebook_bytes(done)


def _key(exercise: Exercise, files: dict[str, bytes]) -> dict[str, Any]:
    """The key not yet executed; its metadata tell code and data apart from those of another run."""
    notebook = notebook_of(exercise, KEY)
    data = hashlib.sha256()
    for name in sorted(files):
        if name.startswith("sample/"):
            data.update(hashlib.sha256(files[name]).digest())
    notebook["metadata"]["casekit"]["data_sha256"] = data.hexdigest()
    return notebook


# -- files -------------------------------------------------------------------------------------------------


def _notebook_bytes(notebook: Any) -> bytes:
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _write(path: Path, content: bytes) -> bool:
    """Write a file if its content is new."""
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True
