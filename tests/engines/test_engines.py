"""Polars, PyArrow and DuckDB give what pandas gives, in frames of their own; Dask and PySpark beside."""

import functools

import pytest
from support import engine_work
from support.engine_answers import compare, differences, frames
from support.engine_work import WORK, answers

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("default::casekit.errors.CasekitWarning")]

#: What each engine calls its frames, and how they are made.
ENGINES = {
    "polars": ("DataFrame", engine_work.polars_frames),
    "polars lazy": ("LazyFrame", engine_work.polars_plans),
    "pyarrow": ("Table", engine_work.arrow_tables),
    "duckdb": ("DuckDBPyRelation", engine_work.duckdb_relations),
}


@functools.cache
def found(engine):
    return answers(ENGINES[engine][1](), frames())


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("engine", ENGINES)
def test_engine_gives_what_pandas_gives(engine, name):
    compare(found(engine)[name], name, ENGINES[engine][0])


@pytest.mark.parametrize("wrong", [[1.0, None], [1.0, "Lost"], [1.1, "At Risk"], [None, "At Risk"]])
def test_a_difference_is_found(wrong):
    assert differences([1.0, "At Risk"], [1.0, "At Risk"], 1e-9) == []
    assert len(differences(wrong, [1.0, "At Risk"], 1e-9)) == 1
