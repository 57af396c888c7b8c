"""Every way in which one report of a batch can go wrong, for real; the others are made all the same."""

import re
import subprocess

import pytest
from support.batches import Batch, add_notebooks

resource = pytest.importorskip("resource")

pytestmark = pytest.mark.full

FAULTS = {
    "91_raises": ("1 / 0", "step “Step” failed with ZeroDivisionError: division by zero"),
    "92_sleeps": ("import time\ntime.sleep(60)", "step “Step” was still running after 4 seconds"),
    "93_killed": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "the kernel was killed in step “Step”, as the system does when memory runs out",
    ),
    "94_exits": ("import os\nos._exit(3)", "the kernel died in step “Step” with exit status 3"),
    "95_eats": (
        "import numpy\nnumpy.ones(10**9)",
        "step “Step” failed with MemoryError: Unable to allocate",
    ),
    "96_leaves": ("import sys\nsys.exit(0)", "step “Step” failed with SystemExit|the run ended before step"),
    "97_starts": (
        "import os, subprocess\nsubprocess.Popen(['sleep', '1000'])\nos._exit(4)",
        "the kernel died in step “Step” with exit status 4",
    ),
}


@pytest.fixture(scope="module")
def faulty(driver, tmp_path_factory):
    """One batch with every faulty notebook and good ones; of one report there is a previous version."""
    folder = tmp_path_factory.mktemp("faults")
    sources = {name: source for name, (source, _message) in FAULTS.items()}
    sources["90_good"] = "import warnings\nwarnings.warn('old name', FutureWarning)"
    workbook = add_notebooks(folder / "workbook", **sources)
    out = folder / "reports"
    out.mkdir()
    (out / "91_raises.html").write_text("the previous report", encoding="utf-8")
    tasks = [(f"good{number}", "90_good", {"capacity": number}) for number in (1, 2)]
    tasks += [(name, name, {}) for name in FAULTS]
    batch = Batch(driver, tasks, out, workbook, workers=2, time_limit=4, memory=2 * 10**9)
    batch.code = batch.end()
    return batch


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_the_partial_notebook_kept(faulty, name):
    found = faulty.outcomes[name]
    assert found["status"] == "failed"
    assert re.search(FAULTS[name][1], found["message"])
    assert (faulty.out / f"{name}.failed.ipynb").is_file()
    assert not (faulty.out / f"{name}.ipynb").exists()


def test_the_others_are_made_and_the_exit_code_is_true(faulty):
    assert faulty.code == 1
    assert {faulty.outcomes[name]["status"] for name in ("good1", "good2")} == {"made"}
    assert (faulty.out / "good1.html").is_file()
    assert (faulty.out / "91_raises.html").read_text(encoding="utf-8") == "the previous report"
    assert faulty.none_left()
    assert not list(faulty.out.glob(".*partial*"))


def test_memory_and_warnings_are_in_the_outcome(faulty):
    good = faulty.outcomes["good1"]
    assert 50e6 < good["peak_memory"] < 2e9
    assert good["warnings"] == ["FutureWarning: old name"]


def test_a_data_file_that_vanishes_fails_its_report_alone(driver, tmp_path):
    data = tmp_path / "clients.csv"
    data.write_text("customer_id\n1\n", encoding="utf-8")
    removes = f"import os\nos.remove({str(data)!r})"
    workbook = add_notebooks(tmp_path / "workbook", **{"90_good": "1", "91_removes": removes})
    tasks = [("first", "91_removes", {}), ("reads", "90_good", {"data": str(data)}), ("last", "90_good", {})]
    batch = Batch(driver, tasks, tmp_path / "out", workbook, workers=1)
    assert batch.end() == 1
    assert {name: found["status"] for name, found in batch.outcomes.items()} == {
        "first": "made",
        "reads": "failed",
        "last": "made",
    }
    gone = Batch(driver, tasks[1:2], tmp_path / "out", workbook)
    assert gone.end() == 1
    assert "clients.csv" in gone.outcomes["reads"]["message"]


def test_a_full_disk_fails_the_report_and_leaves_the_previous_one(driver, tmp_path, small_disk):
    big = "print('x' * 3_000_000) if capacity == 9 else None"
    workbook = add_notebooks(tmp_path / "workbook", **{"90_text": big})
    out = small_disk / "out"
    small = [("report", "90_text", {"capacity": 1})]
    assert Batch(driver, small, out, workbook).end() == 0
    before = (out / "report.html").read_bytes()
    full = Batch(driver, [("report", "90_text", {"capacity": 9})], out, workbook)
    assert full.end() == 1
    assert "the disk is full; the previous report is as it was" in full.outcomes["report"]["message"]
    assert (out / "report.html").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == [
        ".casekit",
        "index.html",
        "report.html",
        "report.ipynb",
    ]


@pytest.fixture(params=["disk", "limit"])
def small_disk(request, driver, tmp_path):
    """A disk of two megabytes; where none may be mounted, files of no more than that."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if request.param == "disk" and subprocess.run(mount, capture_output=True).returncode == 0:
        # a process of its own takes the disk away when this one ends, even by force
        remove = ["sh", "-c", 'read -r _; umount -l "$0"', str(folder)]
        remover = subprocess.Popen(remove, stdin=subprocess.PIPE, start_new_session=True)
        yield folder
        remover.communicate()
        assert remover.returncode == 0
        return
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in driver.own}
    for pid, (_soft, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (2_000_000, hard))
    yield folder
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
