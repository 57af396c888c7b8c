"""What pandas gives, and how the answer of another engine is held against it."""

from __future__ import annotations

import functools
import json
import math
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from support import engine_work
from support.engine_work import PANDAS, WORK, inputs, plain


@functools.cache
def frames() -> dict[str, pd.DataFrame]:
    return inputs()


@functools.cache
def expected(name: str) -> Any:
    result = PANDAS.get(name, WORK[name])(frames())
    if isinstance(result, float):
        return result
    if name.endswith("fit") or "retention index" in name or name == "revenue retention":
        return {str(label): [float(value)] for label, value in result.items()}
    if isinstance(result, pd.Series):
        result = result.to_frame()
    if result.index.name in ("customer_id", "cohort", "segment"):
        result = result.reset_index()
    for column in set(result.columns) & {"cohort"}:
        result[column] = result[column].astype(str)
    return plain(result)


@functools.cache
def in_another_process(engine: str, python: str) -> Any:
    """Answers of an engine that starts workers, all from one session; or what went wrong, once for all."""
    program = Path(engine_work.__file__)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.json"
        environment = {**os.environ, "PYTHONPATH": str(program.parents[2]), "PYSPARK_PYTHON": python}
        command = [python, str(program), engine, str(path)]
        terms: dict[str, Any] = {"capture_output": True, "text": True, "env": environment, "cwd": folder}
        try:
            done = subprocess.run(command, timeout=600, **terms)
        except subprocess.TimeoutExpired as late:
            return dict.fromkeys(WORK, {"error": str(late)})
        if done.returncode:
            return dict.fromkeys(WORK, {"error": done.stderr})
        return json.loads(path.read_text(encoding="utf-8"))


def compare(answer: dict[str, Any], name: str, kind: str) -> None:
    """Fail unless the answer is that of pandas, in a frame of the engine's kind."""
    assert "error" not in answer, answer["error"][-3000:]
    wanted = expected(name)
    if isinstance(wanted, float):
        assert answer["value"] == pytest.approx(wanted, rel=1e-9)
        return
    if name == "Lorenz curve":
        assert on_the_curve(answer["value"], wanted)
        assert answer["kind"] == kind
        return
    tolerance = 1e-5 if name.endswith("fit") else 1e-9
    for column, values in wanted.items():
        assert differences(answer["value"][column], values, tolerance) == [], column
    if not name.endswith("fit") and "retention index" not in name and name != "revenue retention":
        assert answer["kind"] == kind


def differences(got, wanted, tolerance):
    """The rows in which two columns differ: text and missing values exactly, numbers within the tolerance."""
    assert len(got) == len(wanted)
    pairs = zip(got, wanted, strict=True)
    return [pair for pair in pairs if pair[0] != pair[1] and not close(*pair, tolerance)]


def close(got, wanted, tolerance):
    both = isinstance(got, float) and isinstance(wanted, float)
    return both and math.isclose(got, wanted, rel_tol=tolerance, abs_tol=1e-9)


def on_the_curve(corners, curve):
    """One corner a distinct value, each a point of the curve that has one point a customer."""
    points = dict(zip([round(x, 9) for x in curve["customer_share"]], curve["value_share"], strict=True))
    pairs = zip(corners["customer_share"], corners["value_share"], strict=True)
    return all(points[round(x, 9)] == pytest.approx(y, rel=1e-9, abs=1e-12) for x, y in pairs)
