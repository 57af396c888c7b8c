"""Simulated data sets are rebuilt by their own script, equal after rounding (`make test-full`)."""

import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from casekit._resources import resource
from casekit.datasets import list_datasets, read_card

pytestmark = pytest.mark.full

TABLE = list_datasets()
SIMULATED = sorted(TABLE.loc[TABLE["simulated"], "name"])


@pytest.fixture
def copy(tmp_path):
    """A workbook whose data sets may be overwritten."""
    for part in ("notebooks", "datasets", "exercises"):
        shutil.copytree(resource(part), tmp_path / part)
    return tmp_path


@pytest.mark.parametrize("name", SIMULATED)
def test_make_py_gives_the_shipped_files(name, copy):
    files = [table["file"] for table in read_card(name)["table"]]
    for file in files:
        (copy / "datasets" / name / file).unlink()
    environment = {**os.environ, "CASEKIT_WORKBOOK": str(copy)}
    script = copy / "datasets" / name / "make.py"
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for file in files:
        made, shipped = (pd.read_csv(root / "datasets" / name / file) for root in (copy, resource()))
        pd.testing.assert_frame_equal(made, shipped, check_exact=False, rtol=1e-6, atol=1e-6)


def test_there_are_simulated_data_sets():
    assert len(SIMULATED) >= 4
