"""Makes the reports of a plan: what is there already is left, the rest is made side by side, all is noted."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.reports.batch.crew import Crew, Stock
from casekit.reports.batch.journal import Journal
from casekit.reports.batch.leftovers import remove_leftovers
from casekit.reports.batch.lock import FolderLock
from casekit.reports.batch.outcome import FAILED, MADE, STOPPED, UNCHANGED, Outcome, Summary
from casekit.reports.batch.progress import Listener
from casekit.reports.batch.work import Order, why_not_written
from casekit.reports.folder import TIME_LIMIT, report_folder
from casekit.reports.formats import require_formats
from casekit.reports.index import write_index
from casekit.reports.provenance import fingerprint
from casekit.reports.task import Task

#: Seconds that reports in the making get to keep their partial notebooks when a batch is stopped.
GRACE = 10.0


class Makers(Protocol):
    """Those who make reports: the workers of this machine, or a cluster."""

    def begin(self, tasks: list[Task]) -> None: ...

    def stop(self) -> None: ...

    def kill(self) -> None: ...

    def join(self, timeout: float | None = None) -> bool: ...


def run_batch(
    tasks: Sequence[Task],
    *,
    out: str | Path = "reports",
    workers: int | None = None,
    memory: int | None = None,
    time_limit: float = TIME_LIMIT,
    force: bool = False,
    cold: bool = False,
    scheduler: str | None = None,
    listener: Listener | None = None,
    stock: Stock | None = None,
) -> Summary:
    """Make the reports of some tasks into one folder.

    A report that is there, whole and of the same notebook, parameters, data and version, is left as it is.
    Every other is made in a worker process, with a kernel of its own. A second call goes on where the first
    ended.

    Parameters
    ----------
    tasks : sequence of Task
        No two of one name.
    out : path, default "reports"
        Folder for the reports; one batch at a time may write to it.
    workers : int, optional
        Reports made side by side; left out: the number of processors.
    memory : int, optional
        Bytes the kernel of one report may allocate (Linux only).
    time_limit : float, default 600
        Seconds one report may take.
    force : bool, default False
        Make every report again.
    cold : bool, default False
        Start a fresh Python for every kernel instead of forking one.
    scheduler : str, optional
        Address of a Dask cluster that makes the reports, such as ``tcp://10.0.0.1:8786``; it must see ``out``
        and the data under the same paths.
    listener : Listener, optional
        Is told of the progress.
    stock : Stock, optional
        Template processes that the caller has started ahead; the caller closes them.

    Returns
    -------
    Summary

    Raises
    ------
    InputError
        If a setting is wrong, a format cannot be written here, or another batch writes to the folder.
    """
    started = time.monotonic()
    workers = max(1, os.cpu_count() or 1) if workers is None else workers
    _check(tasks, workers, memory, time_limit)
    out = report_folder(out).resolve()
    order = Order(str(out), time_limit, memory)
    batch = _Batch(tasks, out, listener or Listener())
    with FolderLock(out), Journal(out) as journal, batch.stoppable():
        remove_leftovers(out)
        todo = batch.sort_out(journal, force=force)
        if todo:
            with _stock(stock, cold=cold, needed=not scheduler) as ready:
                makers = _makers(batch, ready, order, workers, scheduler)
                batch.run(makers, todo, journal)
        summary = batch.summary(time.monotonic() - started)
        index = write_index(out) if len(summary.of(STOPPED)) < len(tasks) else None
    batch.listener.ended(summary, index)
    return summary


def _check(tasks: Iterable[Task], workers: int, memory: int | None, time_limit: float) -> None:
    check = Check("batch")
    check.positive("time_limit", time_limit, unit=_("seconds"))
    check.positive("workers", workers)
    if memory is not None:
        check.positive("memory", memory, unit=_("bytes"))
    names = [task.name.casefold() for task in tasks]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        check.add(errors.not_unique("name", twice))
    check.done()
    require_formats(dict.fromkeys(item for task in tasks for item in (*task.formats, "ipynb")))


@contextmanager
def _stock(given: Stock | None, *, cold: bool, needed: bool) -> Iterator[Stock | None]:
    """The caller's template processes, or ones of our own that end with the batch."""
    if given is not None or not needed:
        yield given
        return
    with Stock(cold=cold) as made:
        yield made


def _makers(batch: _Batch, stock: Stock | None, order: Order, workers: int, scheduler: str | None) -> Makers:
    if scheduler or stock is None:
        from casekit.reports.batch.cluster import Cluster

        return Cluster(scheduler or "", order, fingerprints=batch.fingerprints, report=batch.report)
    problem = stock.ready()
    if problem:
        batch.listener.noted(problem)
    return Crew(stock, order, workers=workers, report=batch.report)


class _Batch:
    """One batch as it goes on: what is known of each task, and the events that arrive from the makers."""

    def __init__(self, tasks: Sequence[Task], out: Path, listener: Listener):
        self.tasks, self.out, self.listener = list(tasks), out, listener
        self.fingerprints: dict[str, str] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.stopped_by: int | None = None
        self._events: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def report(self, kind: str, what: Any) -> None:
        """Called from other threads: ``started`` with a task, ``finished`` with an outcome."""
        self._events.put((kind, what))

    def sort_out(self, journal: Journal, *, force: bool) -> list[Task]:
        """The tasks that are left to make, the others being unchanged or without their files."""
        todo = []
        settled = []
        for task in self.tasks:
            try:
                made = self.fingerprints[task.name] = fingerprint(task, self.out)
            except OSError as error:
                settled.append(Outcome.of(task, FAILED, message=why_not_written(task, error)))
                continue
            worklist = task.parameters.get("worklist")
            gone = worklist is not None and not Path(worklist).is_file()
            before = None if force or gone else journal.made_before(task.name, made)
            if before is None:
                todo.append(task)
            else:
                settled.append(Outcome.of(task, UNCHANGED, fingerprint=made, files=before.files))
        self.listener.began(len(self.tasks), sum(item.status == UNCHANGED for item in settled))
        for outcome in settled:
            self._settle(outcome, journal)
        return todo

    def run(self, makers: Makers, todo: list[Task], journal: Journal) -> None:
        """Let the makers work, note every outcome, stop them when a signal says so."""
        left = {task.name for task in todo}
        try:
            if self.stopped_by is None:
                makers.begin(todo)
            while left and self.stopped_by is None:
                self._take(left, journal, timeout=None)
            if left:
                makers.stop()
                self._drain(left, journal)
        finally:
            makers.kill()
            makers.join(GRACE)

    def _take(self, left: set[str], journal: Journal, timeout: float | None) -> None:
        """Take one event."""
        kind, what = self._events.get(timeout=timeout)
        if kind == "started":
            self.listener.started(what)
        elif kind == "finished":
            left.discard(what.name)
            self._settle(what, journal)

    def _drain(self, left: set[str], journal: Journal) -> None:
        """After a stop: wait a little for what was being made; a second signal does not wait."""
        end, first = time.monotonic() + GRACE, self.stopped_by
        while left and time.monotonic() < end and self.stopped_by == first:
            try:
                self._take(left, journal, timeout=0.2)
            except queue.Empty:
                continue

    def _settle(self, outcome: Outcome, journal: Journal) -> None:
        """Note what became of a report; what could not even be noted has failed."""
        outcome = replace(outcome, fingerprint=self.fingerprints.get(outcome.name, ""))
        if outcome.status in (MADE, FAILED):
            try:
                journal.add(outcome)
            except OSError as error:
                text = _("{name}: the journal could not be written: {reason}")
                message = text.format(name=outcome.name, reason=error.strerror or error)
                outcome = replace(outcome, status=FAILED, message=outcome.message or message)
        self.outcomes[outcome.name] = outcome
        if outcome.status != STOPPED:
            self.listener.finished(outcome, len(self.outcomes), len(self.tasks))

    def summary(self, seconds: float) -> Summary:
        """What became of every task, in the order of the plan."""
        outcomes = [self.outcomes.get(task.name) or Outcome.of(task, STOPPED) for task in self.tasks]
        return Summary(tuple(outcomes), seconds, self.stopped_by)

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """Ctrl-C and SIGTERM end the batch in good order."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [
            number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))
        ]
        before = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: Any) -> None:
        if self.stopped_by is not None:
            self.stopped_by = -self.stopped_by if self.stopped_by > 0 else self.stopped_by
        else:
            self.stopped_by = number
        self._events.put(("stop", number))
