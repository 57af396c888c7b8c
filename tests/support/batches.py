"""Batches of small notebooks, run as a reader runs them, and the processes that they leave."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

from support.small_notebooks import code, markdown, write_notebook

MARK = "CASEKIT_TEST_MARK"

#: What differs between two runs of one report, in a notebook and (quoted) in a page.
_VALUE = r"""("[^"]*"|&#34;.*?&#34;|&quot;.*?&quot;|[\d.]+)"""
_TIMES = re.compile(rf"""("|&#34;|&quot;)(created|seconds)\1: ?{_VALUE}""")


class Driver:
    """A process that holds template processes and runs batches one after the other."""

    def __init__(self):
        self.mark = uuid.uuid4().hex
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("batch_driver.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, MARK: self.mark},
        )
        self.own = {self.process.pid, *self.read()["ready"]}

    def read(self):
        """The next answer."""
        return json.loads(self.process.stdout.readline())

    def processes(self):
        """Every process of its batches that is still there."""
        return [pid for pid in marked(self.mark) if pid not in self.own]

    def close(self):
        """End it; nothing of it may be left."""
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        assert wait_until(lambda: not marked(self.mark))


class Batch:
    """One batch; its progress arrives in a file."""

    def __init__(self, driver, tasks, out, workbook, **settings):
        self.driver, self.out = driver, Path(out)
        self.log = self.out.with_name(f"{self.out.name}-{uuid.uuid4().hex[:6]}.log")
        request = {
            "tasks": tasks,
            "out": str(out),
            "settings": settings,
            "log": str(self.log),
            "environment": {"CASEKIT_WORKBOOK": str(workbook)},
        }
        driver.process.stdin.write(json.dumps(request) + "\n")
        driver.process.stdin.flush()
        self.pid = driver.read()["pid"]

    def events(self, kind):
        """The events of one kind so far."""
        text = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        events = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
        return [event for event in events if event["event"] == kind]

    def signal(self, number):
        """Send a signal; a batch that has ended meanwhile does not mind."""
        os.kill(self.pid, number)

    def kill(self):
        """End it by force."""
        self.signal(signal.SIGKILL)

    def end(self):
        """Wait for the end: the exit code."""
        return self.driver.read()["code"]

    @property
    def outcomes(self):
        """The outcome of each report, by name."""
        return {event["name"]: event for event in self.events("finished")}

    def none_left(self, seconds=15):
        """Whether every process of it is gone, soon."""
        return wait_until(lambda: not self.driver.processes(), seconds)


def add_notebooks(folder, **sources):
    """A workbook with one notebook a name: one cell below a heading, one cell after it."""
    for part in ("notebooks", "datasets", "exercises"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, source in sources.items():
        cells = (markdown("## Step"), code(source), code("capacity + 1"))
        write_notebook(folder / "notebooks" / f"{name}.ipynb", *cells)
    return folder


def marked(mark):
    """The ids of the processes whose environment holds a mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes() and _lives(folder):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _lives(folder):
    return (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"


def is_worker(pid):
    """Whether a process was forked from the template of workers (or is that template)."""
    return b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()


def wait_until(holds, seconds=30):
    """Whether something comes to hold within some seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def contents(out):
    """Every report file of a folder, without what is different in every run."""
    files = [path for path in Path(out).iterdir() if path.is_file() and path.name != "index.html"]
    return {path.name: without_times(path.read_text(encoding="utf-8")) for path in files}


def without_times(text):
    """A notebook or a page without the day and the seconds it took."""
    return _TIMES.sub("", text)
