"""The same tasks on a Dask cluster, one of whose two workers is killed on the way."""

import json
import os
import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path

import pytest
from support import cluster_batch
from support.batches import MARK, add_notebooks, marked, wait_until

from casekit.errors import InputError
from casekit.reports.batch.engine import run_batch
from casekit.reports.batch.journal import files_are_whole, read_journal
from casekit.reports.task import Task

pytestmark = pytest.mark.full


def test_reports_of_a_killed_worker_are_made_again_none_lost_none_twice(tmp_path):
    pytest.importorskip("distributed")
    workbook = add_notebooks(tmp_path / "workbook", **{"90_slow": "import time\ntime.sleep(0.3)"})
    out, mark = tmp_path / "out", uuid.uuid4().hex
    done = subprocess.run(
        [sys.executable, Path(cluster_batch.__file__), out, "8"],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "CASEKIT_WORKBOOK": str(workbook), MARK: mark},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["killed"]
    assert set(found["first"].values()) == {"made"}, found["messages"]
    assert set(found["again"].values()) == {"unchanged"}
    entries = read_journal(out)
    assert Counter(entry.name for entry in entries) == {f"report{number}": 1 for number in range(1, 9)}
    assert all(files_are_whole(out, entry.files) for entry in entries)
    assert not list(out.glob(".*partial*"))
    assert wait_until(lambda: not marked(mark))


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, workbook, monkeypatch):
    pytest.importorskip("distributed")
    workbook("90_small")
    monkeypatch.setattr("casekit.reports.batch.cluster.CONNECT", 1)
    with pytest.raises(InputError, match=r"(?s)the scheduler must answer.*dask scheduler prints"):
        run_batch([Task("a", "90_small")], out=tmp_path, scheduler="tcp://127.0.0.1:9")
