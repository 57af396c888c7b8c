"""Makes the files of an exercise from its source: notebooks, guide, quiz, sample data; and the course plan."""

from __future__ import annotations

from pathlib import Path

from casekit.exercises.book import DESCRIPTION, TABLES
from casekit.exercises.description import as_text, describe_copy
from casekit.exercises.pages import KEY, LIVE, STUDENT, notebook_of
from casekit.exercises.source import Exercise
from casekit.exercises.student_tables import write_table


def build_exercise(exercise: Exercise) -> list[str]:
    """Write the generated files beside the source; the names of those that changed."""
    return [name for name, content in generated_files(exercise).items() if _write(exercise, name, content)]


def generated_files(exercise: Exercise) -> dict[str, bytes]:
    """Every generated file of an exercise by its name."""
    import json

    seed, token = exercise.sample_seed, "sample"
    solved = exercise.solve(seed)
    description = as_text(describe_copy(exercise, solved, seed=seed, token=token, mode="practice"))
    files = {f"sample/{DESCRIPTION}": description.encode()}
    for name, table in solved.tables.items():
        files[f"sample/{TABLES}/{name}.csv"] = write_table(table)
    for kind in (STUDENT, KEY, LIVE):
        notebook = notebook_of(exercise, kind)
        files[f"{kind}.ipynb"] = (
            json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        ).encode()
    return files


def _write(exercise: Exercise, name: str, content: bytes) -> bool:
    path: Path = exercise.path.parent / name
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def build_course_plan() -> None:
    """Write the table of the course plan into ``exercises/README.md``."""
