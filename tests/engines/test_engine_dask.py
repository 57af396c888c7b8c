"""Dask on a local cluster gives what pandas gives.

In a file of its own, so that two workers share the two slow engines.
"""

import sys

import pytest
from support.engine_answers import compare, in_another_process
from support.engine_work import WORK

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("default::casekit.errors.CasekitWarning")]


@pytest.mark.parametrize("name", WORK)
def test_dask_gives_what_pandas_gives(name):
    python = sys.executable
    compare(in_another_process("dask", python)[name], name, "DataFrame")
