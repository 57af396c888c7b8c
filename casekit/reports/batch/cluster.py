"""Makes the reports of a batch on an existing Dask cluster whose machines share the folders.

Each worker of the cluster keeps workers of its own as this machine does, so that reports there are as fast
and as separate as here. A report that was made is noted in the shared folder: if its worker dies before it
could say so, whoever is asked next finds the note, and nothing is written twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _
from casekit._whole import write_whole
from casekit.reports.batch.crew import RECYCLE_AFTER, Stock, Worker
from casekit.reports.batch.journal import files_are_whole
from casekit.reports.batch.lock import STATE
from casekit.reports.batch.outcome import FAILED, MADE, STOPPED, Outcome
from casekit.reports.batch.work import Order
from casekit.reports.task import Task

#: How often a report is begun anew when its worker of the cluster dies.
RETRIES = 3

#: Seconds within which the scheduler must answer.
CONNECT = 15

NOTES = "notes"


class Cluster:
    """Hands tasks to a Dask scheduler; outcomes arrive through ``report``, as from a crew of this machine.

    Parameters
    ----------
    scheduler : str
        Its address.
    order : Order
    fingerprints : mapping
        By the name of the task.
    report : callable
        Called with ``started`` and a task, ``finished`` and an outcome.
    """

    def __init__(
        self,
        scheduler: str,
        order: Order,
        *,
        fingerprints: Mapping[str, str],
        report: Callable[[str, Any], None],
    ):
        self.order, self.fingerprints, self._report = order, fingerprints, report
        self.batch = f"{os.getpid()}-{os.urandom(4).hex()}"
        self._client = _connect(scheduler)
        self._futures: dict[str, tuple[Any, Task]] = {}

    def begin(self, tasks: list[Task]) -> None:
        """Send the tasks; their keys say what they are, so that one is never held twice."""
        for task in tasks:
            future = self._client.submit(
                make_there,
                task.as_json(),
                asdict(self.order),
                self.fingerprints[task.name],
                self.batch,
                key=f"casekit-{self.batch}-{task.name}",
                retries=RETRIES,
                pure=False,
            )
            self._futures[future.key] = (future, task)
            self._report("started", task)
            future.add_done_callback(self._done)

    def _done(self, future: Any) -> None:
        """Called in a thread of the client when a task is made, given up or taken back."""
        task = self._futures[future.key][1]
        try:
            outcome = Outcome.from_dict(json.loads(future.result()))
        except BaseException as error:
            if future.cancelled():
                outcome = Outcome.of(task, STOPPED)
            else:
                text = _("{name}: the cluster could not make it: {error}")
                message = text.format(name=task.name, error=str(error) or type(error).__name__)
                outcome = Outcome.of(task, FAILED, message=message)
        self._report("finished", outcome)

    def stop(self) -> None:
        """Take back what has not begun."""
        with contextlib.suppress(Exception):
            self._client.cancel([future for future, _task in self._futures.values()], force=True)

    def kill(self) -> None:
        """Let go of the cluster."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)

    def join(self, timeout: float | None = None) -> bool:
        """Nothing of this machine is left to wait for."""
        return True


def _connect(scheduler: str) -> Any:
    """A client of the scheduler."""
    try:
        from distributed import Client
    except ImportError as error:
        problem = errors.must_hold(
            _("a scheduler needs Dask"), got=_("none on this machine"), hint='pip install "casekit[dask]"'
        )
        raise errors.InputError("batch", problem) from error
    try:
        return Client(scheduler, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        problem = errors.must_hold(
            _("the scheduler must answer"),
            got=f"{scheduler} ({type(error).__name__})",
            hint=_("--scheduler tcp://HOST:8786, the address that dask scheduler prints"),
        )
        raise errors.InputError("batch", problem) from error


# -- on the cluster ----------------------------------------------------------------------------------------

_stock: Stock | None = None
_idle: list[Worker] = []
_guard = threading.Lock()


def make_there(task_json: str, order: dict[str, Any], fingerprint: str, batch: str) -> str:
    """In a worker of the cluster: the outcome of a task, as JSON.

    Raises
    ------
    RuntimeError
        If the process that made the report died; Dask then tries again.
    """
    task, made = Task.from_json(task_json), Order(**order)
    note = Path(made.out) / STATE / NOTES / f"{task.name}.json"
    known = _noted(note, fingerprint, batch, Path(made.out))
    if known is not None:
        return known
    worker = _take()
    outcome = worker.make(task, made)
    if outcome is None:
        raise RuntimeError(f"{task.name}: the worker process ended ({worker.how_it_ended()})")
    _give_back(worker)
    text = json.dumps({**outcome.as_dict(), "fingerprint": fingerprint, "batch": batch})
    if outcome.status == MADE:
        note.parent.mkdir(parents=True, exist_ok=True)
        write_whole(note, text)
    return text


def _noted(note: Path, fingerprint: str, batch: str, out: Path) -> str | None:
    """What another worker noted of this report in this batch, if its files are there."""
    try:
        text = note.read_text(encoding="utf-8")
        said = json.loads(text)
    except (OSError, ValueError):
        return None
    same = said.get("fingerprint") == fingerprint and said.get("batch") == batch
    return text if same and files_are_whole(out, said["files"]) else None


def _take() -> Worker:
    """A worker process of this machine that has nothing to do."""
    global _stock
    with _guard:
        if _stock is None:
            _stock = Stock()
            _stock.ready()
        if _idle:
            return _idle.pop()
    return Worker(_stock)


def _give_back(worker: Worker) -> None:
    """Keep a worker for the next task, or let it go after a number of reports."""
    if worker.made >= RECYCLE_AFTER:
        worker.close()
        return
    with _guard:
        _idle.append(worker)
