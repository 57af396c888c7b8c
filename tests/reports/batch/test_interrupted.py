"""A batch that is stopped: by Ctrl-C, by SIGTERM, by force; and two that want the same folder."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
import uuid

import pytest
from support.batches import MARK, Batch, add_notebooks, contents, is_worker, marked, wait_until

pytestmark = pytest.mark.full

SLEEPS = "import time\ntime.sleep(60)"


@pytest.fixture
def start(driver, tmp_path):
    """Starts a batch of two reports that end and three that do not."""
    workbook = add_notebooks(tmp_path / "workbook", **{"90_good": "1", "91_sleeps": SLEEPS})
    tasks = [(f"good{number}", "90_good", {"capacity": number}) for number in (1, 2)]
    tasks += [(f"sleeps{number}", "91_sleeps", {"capacity": number}) for number in (1, 2, 3)]

    def begin(**settings):
        return Batch(driver, tasks, tmp_path / "out", workbook, **{"workers": 2, **settings})

    return begin


def two_made_two_begun(batch):
    """Wait until the good reports are made and two kernels sleep."""
    assert wait_until(lambda: len(batch.events("finished")) == 2 and len(batch.events("started")) == 4)
    time.sleep(0.5)


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_in_good_order(start, number, exit_code):
    batch = start()
    two_made_two_begun(batch)
    batch.signal(number)
    assert batch.end() == exit_code
    (end,) = batch.events("ended")
    assert (end["made"], end["stopped"], end["exit_code"]) == (2, 3, exit_code)
    assert batch.none_left()
    kept = sorted(path.name for path in batch.out.glob("*.failed.ipynb"))
    assert kept == ["sleeps1.failed.ipynb", "sleeps2.failed.ipynb"]
    assert not list(batch.out.glob(".*partial*"))


def test_killed_by_force_it_leaves_no_process_and_the_next_takes_over(start):
    batch = start()
    two_made_two_begun(batch)
    batch.kill()
    assert batch.end() == -signal.SIGKILL
    assert batch.none_left()
    again = start(time_limit=1)
    assert again.end() == 1
    found = again.outcomes
    assert {found[name]["status"] for name in ("good1", "good2")} == {"unchanged"}
    assert found["sleeps3"]["status"] == "failed"


def test_a_second_batch_in_the_same_folder_says_who_holds_it(start, driver, tmp_path):
    first = start()
    assert wait_until(lambda: first.events("started"))
    second = subprocess.run(
        [sys.executable, "-c", SECOND, first.out], capture_output=True, text=True, timeout=120, cwd=tmp_path
    )
    first.signal(signal.SIGTERM)
    first.end()
    assert second.returncode == 2, second.stderr
    assert f"one that process {first.pid} on " in second.stderr
    assert "give another folder with --out" in second.stderr


SECOND = """
import sys
from pathlib import Path
from casekit.errors import InputError
from casekit.reports.batch.lock import FolderLock
try:
    with FolderLock(Path(sys.argv[1])):
        pass
except InputError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


def test_a_killed_worker_is_replaced_and_its_report_made(driver, tmp_path):
    marker = tmp_path / "marker"
    slow_once = f"import pathlib, time\nseen = pathlib.Path({str(marker)!r})\n"
    slow_once += "wait = 0 if seen.exists() else 30\nseen.touch()\ntime.sleep(wait)"
    workbook = add_notebooks(tmp_path / "workbook", **{"92_slow_once": slow_once})
    batch = Batch(driver, [("once", "92_slow_once", {})], tmp_path / "out", workbook, workers=1)
    assert wait_until(marker.exists)
    (worker,) = (pid for pid in driver.processes() if is_worker(pid))
    os.kill(worker, signal.SIGKILL)
    assert batch.end() == 0
    assert batch.outcomes["once"]["status"] == "made"
    assert batch.none_left()


def test_the_command_killed_by_force_takes_its_template_processes_along(tmp_path):
    workbook = add_notebooks(tmp_path / "workbook", **{"91_sleeps": SLEEPS})
    plan = tmp_path / "plan.yaml"
    plan.write_text("reports:\n  - case: '91'\n    name: sleeps\n", encoding="utf-8")
    mark = uuid.uuid4().hex
    command = subprocess.Popen(
        [sys.executable, "-m", "casekit.cli", "batch", str(plan), "--workers", "1", "--out", str(tmp_path)],
        env={**os.environ, "CASEKIT_WORKBOOK": str(workbook), MARK: mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert wait_until(lambda: len(marked(mark)) >= 5, 120), "command, two templates, worker, kernel"
    command.kill()
    command.wait()
    assert wait_until(lambda: not marked(mark))


def test_twenty_kills_at_random_moments_leave_the_folder_of_an_undisturbed_run(driver, tmp_path):
    workbook = add_notebooks(
        tmp_path / "workbook",
        **{
            "90_text": "print('text', capacity)",
            "91_table": "import pandas as pd\npd.DataFrame({'a': [capacity, 2]})",
            "92_figure": "import matplotlib.pyplot as plt\nplt.plot([capacity, 2]);",
        },
    )
    cases = ("90_text", "91_table", "92_figure")
    tasks = [(f"{case}-{number}", case, {"capacity": number}) for number in (1, 2) for case in cases]

    def begin(folder):
        return Batch(driver, tasks, tmp_path / folder, workbook, workers=2)

    calm = begin("calm")
    assert calm.end() == 0
    expected = contents(tmp_path / "calm")
    assert len(expected) == 12
    chance, kills, folders = random.Random(20261121), 0, 0
    while kills < 20:
        folder = f"disturbed{folders}"
        for _attempt in range(4):
            kills += killed(begin(folder), chance)
        assert begin(folder).end() == 0
        assert contents(tmp_path / folder) == expected
        assert not list((tmp_path / folder).glob(".*partial*"))
        folders += 1


def killed(batch, chance):
    """Kill a batch at a moment of its own; False if it had ended before."""
    wait_until(lambda: batch.events("ended"), chance.uniform(0.1, 2.0))
    with contextlib.suppress(ProcessLookupError):
        batch.signal(chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
    code = batch.end()
    assert batch.none_left()
    return code != 0
