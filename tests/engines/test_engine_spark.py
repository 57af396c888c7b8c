"""PySpark on its local master gives what pandas gives.

In a file of its own, so that two workers share the two slow engines.
"""

import os

import pytest
from support.engine_answers import compare, in_another_process
from support.engine_work import WORK

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("default::casekit.errors.CasekitWarning")]


@pytest.mark.parametrize("name", WORK)
def test_spark_gives_what_pandas_gives(name):
    python = os.environ.get("CASEKIT_SPARK_PYTHON", "")
    if not python:
        pytest.skip("CASEKIT_SPARK_PYTHON names no Python with pyspark: make test-full sets it")
    compare(in_another_process("spark", python)[name], name, "DataFrame")
