"""Run one job in a box or, if asked for, in a limited process; nothing is shared between two."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from casekit import errors
from casekit._text import _
from casekit.exercises.grading.box import bubblewrap, limited, syscalls
from casekit.exercises.grading.box.job import Job, Outcome, Reading, clean
from casekit.exercises.grading.box.limits import Limits
from casekit.exercises.grading.box.watch import end_tree, memory_of_tree, used_by_tree

#: Ways to run a submission: the box, or a process with limits where the system has them.
BOXES = ("bubblewrap", "limited")

#: Seconds that a box may take to start on a busy machine; the submission's time begins after that.
SLOWEST_START = 60.0

#: How often time, memory and files are looked at, in seconds.
EVERY = 0.05


#: What in printed output looks like a mark, and how much of its end is searched.
_MARK = re.compile(
    r"\b(?:marks?|scores?|points|grade)\b.{0,12}?\d[\d./]{0,10}|(?:分数|得分|成绩).{0,6}?\d[\d./]{0,10}", re.I
)
SEARCHED = 20_000


class BoxError(errors.CasekitError):
    """The box itself failed; no submission is to blame, and grading must not go on."""


@dataclass
class _Ended:
    """How a process ended and what it sent; processor time by the last look at it and the time since."""

    why: str
    code: int
    sent: bytes
    printed: bytes
    printed_bytes: int
    seconds: float
    processor_seconds: float


def run_job(job: Job, *, limits: Limits | None = None, box: str = "bubblewrap") -> Outcome:
    """Run a submission's cells and bring its answers out as plain values.

    Parameters
    ----------
    job : Job
    limits : Limits, optional
    box : {"bubblewrap", "limited"}

    Returns
    -------
    Outcome

    Raises
    ------
    BoxError
        If the box could not be started; twice in a row, since a machine may be short of memory for a moment.
    """
    limits = limits or Limits()
    for _attempt in range(2):
        with _command(limits, box) as (command, work, options):
            ended = _watched(command, job.as_json(_process_limits(limits, box), work), limits, options)
        reading = Reading(frozenset(wanted.question for wanted in job.wanted))
        reading.feed([line for line in ended.sent.split(b"\n") if line])
        if reading.started:
            return _outcome(ended, reading, limits)
    message = _("The box could not be started: {said}").format(
        said=clean(ended.printed.decode("utf-8", "replace"))
    )
    raise BoxError(message)


@contextlib.contextmanager
def _command(limits: Limits, box: str) -> Iterator[tuple[list[str], str, dict[str, Any]]]:
    """Command, working folder as the runner sees it, and options of the process."""
    if box == "limited":
        with limited.folder() as folder:
            yield bubblewrap.runner_arguments(), str(folder), limited.options(folder)
        return
    with tempfile.TemporaryFile() as program:
        number = None
        if syscalls.is_known_machine():
            program.write(syscalls.filter_program())
            program.seek(0)
            number = program.fileno()
        command = bubblewrap.box_command(limits, bubblewrap.runner_arguments(), number)
        yield command, bubblewrap.WORK, {"pass_fds": () if number is None else (number,)}


def _process_limits(limits: Limits, box: str) -> dict[str, int]:
    cpu = max(1, round(limits.cpu_seconds))
    wanted = {
        "RLIMIT_CPU": cpu,
        "RLIMIT_AS": limits.memory,
        "RLIMIT_FSIZE": limits.disk,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": limits.processes,
    }
    if box == "limited":  # counts all processes of the user there, not those of the submission
        del wanted["RLIMIT_NPROC"]
    return wanted


def _watched(command: list[str], job: bytes, limits: Limits, options: dict[str, Any]) -> _Ended:
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=os.name == "posix",
        **options,
    )
    assert process.stdin and process.stdout and process.stderr
    answers, printed = _Reader(process.stdout, limits.answers), _Reader(process.stderr, limits.output)
    writer = threading.Thread(target=_write, args=(process.stdin, job), daemon=True)
    writer.start()
    why, looked = "", began
    used: dict[str, float] = {}
    try:
        while not why:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(EVERY)
                break
            used = used_by_tree(process.pid, limits.disk)
            now = looked = time.monotonic()
            if answers.first is None and now - began > SLOWEST_START:
                break
            if used["memory"] > limits.memory:
                used["memory"] = memory_of_tree(process.pid)
            why = _beyond(limits, now - (answers.first or now), used, answers)
    finally:
        unseen = time.monotonic() - looked
        end_tree(process)
    for reader in (answers, printed):
        reader.join(2.0)
    return _Ended(
        why,
        process.returncode,
        bytes(answers.kept),
        bytes(printed.kept),
        printed.count,
        time.monotonic() - (answers.first or began),
        used.get("seconds", 0) + unseen,
    )


def _beyond(limits: Limits, seconds: float, used: dict[str, float], answers: _Reader) -> str:
    """The limit that a running submission has passed, or an empty text."""
    if used.get("memory", 0) > limits.memory:
        return "memory"
    if seconds > limits.seconds:
        return "time"
    if used.get("files", 0) > limits.files:
        return "too many files"
    return "answers" if answers.count > limits.answers else ""


class _Reader(threading.Thread):
    """Reads a stream to its end, keeps its beginning and counts the rest."""

    def __init__(self, stream: IO[bytes], keep: int):
        super().__init__(daemon=True)
        self._stream, self._keep = stream, keep
        self.kept = bytearray()
        self.count = 0
        self.first: float | None = None
        self.start()

    def run(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while block := os.read(self._stream.fileno(), 1 << 16):
                self.first = self.first or time.monotonic()
                self.count += len(block)
                if len(self.kept) < self._keep:
                    self.kept += block[: self._keep - len(self.kept)]
            self._stream.close()


def _write(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError):
        stream.write(data)
    with contextlib.suppress(OSError):
        stream.close()


def _outcome(ended: _Ended, reading: Reading, limits: Limits) -> Outcome:
    notes = list(reading.notes)
    if ended.printed_bytes > limits.output:
        notes.append(("output", _("{size} MB").format(size=round(ended.printed_bytes / 1e6))))
    if ended.why in ("too many files", "answers"):
        notes.append((ended.why if ended.why != "answers" else "channel", _("beyond the limit")))
    printed = ended.printed.decode("utf-8", "replace")
    fake = _MARK.search(printed[-SEARCHED:])
    if fake:
        notes.append(("mark", clean(fake[0])))
    return Outcome(
        status=_status(ended, reading, limits),
        answers=reading.answers,
        errors=tuple(reading.errors),
        notes=tuple(notes),
        printed=printed[:20_000],
        seconds=ended.seconds,
    )


def _status(ended: _Ended, reading: Reading, limits: Limits) -> str:
    """How a run ended. Too much processor time arrives as signal 24, or as 9 if a submission ignores that."""
    if ended.why == "time" or ended.code in (-24, 128 + 24):
        return "timed out"
    if not ended.why and ended.code in (-9, 128 + 9) and ended.processor_seconds >= limits.cpu_seconds:
        return "timed out"
    if ended.why == "memory" or any(kind == "memory" for kind, _detail in reading.notes):
        return "out of memory"
    return "ok" if reading.done and not ended.why else "crashed"
