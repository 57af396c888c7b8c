"""Polars, PyArrow, DuckDB, Dask and PySpark give what pandas gives, in frames of their own."""

import functools
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from support import engine_work
from support.engine_work import PANDAS, WORK, answers, inputs, plain

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("default::casekit.errors.CasekitWarning")]

#: What each engine calls its frames.
KINDS = {
    "polars": "DataFrame",
    "polars lazy": "LazyFrame",
    "pyarrow": "Table",
    "duckdb": "DuckDBPyRelation",
    "dask": "DataFrame",
    "spark": "DataFrame",
}

IN_PROCESS = {
    "polars": engine_work.polars_frames,
    "polars lazy": engine_work.polars_plans,
    "pyarrow": engine_work.arrow_tables,
    "duckdb": engine_work.duckdb_relations,
}


@functools.cache
def frames():
    return inputs()


@functools.cache
def expected(name):
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
def found(engine):
    if engine in IN_PROCESS:
        return answers(IN_PROCESS[engine](), frames())
    return in_another_process(engine)


def in_another_process(engine):
    """Answers of an engine that starts workers; PySpark by the Python that CASEKIT_SPARK_PYTHON names."""
    python = sys.executable if engine == "dask" else os.environ.get("CASEKIT_SPARK_PYTHON", "")
    if not python:
        pytest.skip("CASEKIT_SPARK_PYTHON names no Python with pyspark: make test-full sets it")
    program = Path(engine_work.__file__)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.json"
        environment = {**os.environ, "PYTHONPATH": str(program.parents[2]), "PYSPARK_PYTHON": python}
        command = [python, str(program), engine, str(path)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=600, env=environment, cwd=folder
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("engine", KINDS)
def test_engine_gives_what_pandas_gives(engine, name):
    answer, wanted = found(engine)[name], expected(name)
    assert "error" not in answer, answer["error"][-3000:]
    if isinstance(wanted, float):
        assert answer["value"] == pytest.approx(wanted, rel=1e-9)
        return
    if name == "Lorenz curve":
        assert on_the_curve(answer["value"], wanted)
        assert answer["kind"] == KINDS[engine]
        return
    tolerance = 1e-5 if name.endswith("fit") else 1e-9
    for column, values in wanted.items():
        assert differences(answer["value"][column], values, tolerance) == [], column
    if not name.endswith("fit") and "retention index" not in name and name != "revenue retention":
        assert answer["kind"] == KINDS[engine]


def differences(got, wanted, tolerance):
    """The rows in which two columns differ: text and missing values exactly, numbers within the tolerance."""
    assert len(got) == len(wanted)
    pairs = zip(got, wanted, strict=True)
    return [pair for pair in pairs if pair[0] != pair[1] and not close(*pair, tolerance)]


def close(got, wanted, tolerance):
    both = isinstance(got, float) and isinstance(wanted, float)
    return both and math.isclose(got, wanted, rel_tol=tolerance, abs_tol=1e-9)


@pytest.mark.parametrize("wrong", [[1.0, None], [1.0, "Lost"], [1.1, "At Risk"], [None, "At Risk"]])
def test_a_difference_is_found(wrong):
    assert differences([1.0, "At Risk"], [1.0, "At Risk"], 1e-9) == []
    assert len(differences(wrong, [1.0, "At Risk"], 1e-9)) == 1


def on_the_curve(corners, curve):
    """One corner a distinct value, each a point of the curve that has one point a customer."""
    points = dict(zip([round(x, 9) for x in curve["customer_share"]], curve["value_share"], strict=True))
    pairs = zip(corners["customer_share"], corners["value_share"], strict=True)
    return all(points[round(x, 9)] == pytest.approx(y, rel=1e-9, abs=1e-12) for x, y in pairs)
