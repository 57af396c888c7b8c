"""Reports an hour: `casekit batch` beside papermill's command line in a loop and `execute_notebook`.

``python tests/benchmarks/bench_reports.py [--quick]`` makes twenty reports of one notebook, each an executed
notebook and an HTML page, in each of the three ways. The peers' twenty come in four blocks with runs of ours
between them, so that a machine with other work is the same for all; with ``--quick`` they make four. Then the
workbook's own cases, with the share of the time that their kernels compute.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
NOTEBOOK = HERE / "reference_report.ipynb"
BIN = Path(sys.executable).parent

REPORTS = 20
BLOCKS = 4
FIGURES = 3
#: How many times as many reports an hour ours must make.
BARS = {"loop": 10.0, "sequence": 4.5}

SEQUENCE = """
import sys
import papermill
from nbconvert import HTMLExporter
notebook, out = sys.argv[1:]
for line in sys.stdin:
    seed = int(line)
    target = f"{out}/{seed}.ipynb"
    papermill.execute_notebook(notebook, target, parameters={"seed": seed}, progress_bar=False)
    page, _ = HTMLExporter().from_filename(target)
    open(f"{out}/{seed}.html", "w", encoding="utf-8").write(page)
    print(seed, flush=True)
"""


class Clock:
    """Wall-clock and processor time of the children of this process, added up over several blocks."""

    def __init__(self):
        self.wall = self.processor = 0.0
        self.reports = 0

    def __enter__(self):
        self._wall, self._processor = time.perf_counter(), _processor()
        return self

    def __exit__(self, *_exception):
        self.wall += time.perf_counter() - self._wall
        self.processor += _processor() - self._processor

    @property
    def seconds(self):
        """Seconds a report."""
        return self.wall / self.reports


def _processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def loop(seeds, folder):
    """What a shell loop does: papermill, then nbconvert, a new Python for each."""
    for seed in seeds:
        target = folder / f"{seed}.ipynb"
        subprocess.run(
            [BIN / "papermill", "--no-progress-bar", "-p", "seed", str(seed), NOTEBOOK, target],
            check=True,
            capture_output=True,
        )
        subprocess.run(
            [BIN / "jupyter", "nbconvert", "--to", "html", target], check=True, capture_output=True
        )


class Sequence:
    """`execute_notebook` and HTMLExporter, one after the other in one process, which waits between blocks."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SEQUENCE, NOTEBOOK, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def make(self, seeds):
        """Make some reports and wait for them."""
        for seed in seeds:
            self.process.stdin.write(f"{seed}\n")
            self.process.stdin.flush()
            assert self.process.stdout.readline().strip() == str(seed)

    def end(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def batch(plan, folder):
    """The command as a reader types it, from its start to its end."""
    command = [BIN / "casekit", "batch", plan, "--out", folder, "--force"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def write_plan(folder, reports):
    """A plan of reports that differ in their seed."""
    plan = folder / "plan.yaml"
    seeds = ", ".join(map(str, range(1, reports + 1)))
    plan.write_text(
        f"reports:\n  - case: {NOTEBOOK}\n    name: report{{seed}}\n    grid:\n      seed: [{seeds}]\n",
        encoding="utf-8",
    )
    return plan


def compare(folder, peers, blocks):
    """Seconds a report in each of the three ways; ours makes all of them, from its start to its end."""
    clocks = {name: Clock() for name in ("loop", "sequence", "batch")}
    for name in clocks:
        (folder / name).mkdir()
    plan = write_plan(folder, REPORTS)
    sequence = Sequence(folder / "sequence")
    size = peers // blocks
    try:
        for block in range(blocks):
            seeds = range(block * size + 1, (block + 1) * size + 1)
            with clocks["loop"]:
                loop(seeds, folder / "loop")
            with clocks["sequence"]:
                sequence.make(seeds)
            with clocks["batch"]:
                batch(plan, folder / "batch")
            _require_figures(folder)
            clocks["loop"].reports += size
            clocks["sequence"].reports += size
            clocks["batch"].reports += REPORTS
    finally:
        with clocks["sequence"]:
            sequence.end()
    return clocks


def _require_figures(folder):
    """Every page must hold the notebook's figures: one without them is made quickly."""
    for name in ("loop", "sequence", "batch"):
        pages = [page for page in (folder / name).glob("*.html") if page.name != "index.html"]
        assert pages, f"no pages of {name}"
        for page in pages:
            found = len(re.findall(r"<img[^>]+data:image/png;base64", page.read_text(encoding="utf-8")))
            assert found == FIGURES, f"{name}/{page.name} holds {found} figures, not {FIGURES}"
    assert len(pages) == REPORTS


def real_cases(folder):
    """The workbook's cases, one worker: seconds of each, and the part in which its kernel computes."""
    from casekit.reports.batch.engine import run_batch
    from casekit.reports.cases import list_cases
    from casekit.reports.task import Task

    tasks = [Task(case.stem, case.stem) for case in list_cases()]
    return run_batch(tasks, out=folder, workers=1).outcomes


def main(quick):
    """Print the table and say whether the bars are met."""
    peers, blocks = (4, 2) if quick else (REPORTS, BLOCKS)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        clocks = compare(Path(folder), peers, blocks)
        ours = clocks["batch"]
        print(f"{'':10} {'s/report':>9} {'/minute':>9} {'cpu s':>7} {'ours is':>9} {'bar':>6}")
        for name, clock in clocks.items():
            ratio = clock.seconds / ours.seconds
            bar = f"{BARS[name]:.1f}" if name in BARS else ""
            print(
                f"{name:10} {clock.seconds:9.2f} {60 / clock.seconds:9.1f} "
                f"{clock.processor / clock.reports:7.2f} {ratio:8.1f}x {bar:>6}"
            )
        met = all(clocks[name].seconds / ours.seconds >= bar for name, bar in BARS.items())
        print("bars met" if met else "BARS NOT MET")
        print("\nreal cases: seconds, of which the kernel computes")
        for outcome in real_cases(Path(folder) / "cases"):
            share = outcome.computed / outcome.seconds if outcome.computed else 0.0
            print(f"  {outcome.name:30} {outcome.seconds:6.1f}  {share:5.0%}  {outcome.message[:60]}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
