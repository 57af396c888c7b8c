"""The worker processes of this machine, and the threads that hand them their tasks."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any

from casekit import errors
from casekit._text import _
from casekit.reports.batch.outcome import FAILED, STOPPED, Outcome
from casekit.reports.batch.work import Order
from casekit.reports.kernels.messages import ONE_THREAD, TEMPLATE_VARIABLE, can_fork
from casekit.reports.kernels.template import Child, Template
from casekit.reports.task import Task

#: Reports after which a worker is replaced by a fresh one.
RECYCLE_AFTER = 25

#: Seconds beyond the time limit of a report after which its worker counts as stuck (conversion included).
STUCK_AFTER = 120.0

#: Seconds a worker may take to leave.
GRACE = 10.0

#: How often a report is begun if its worker dies.
ATTEMPTS = 2


class Stock:
    """The template processes of a machine: one for kernels, one for workers; nothing where none can be.

    They begin to import at once and in parallel; :meth:`ready` waits for them.
    """

    def __init__(self, *, cold: bool = False):
        self.kernels: Template | None = None
        self.workers: Template | None = None
        if can_fork() and not cold:
            self.kernels = Template("kernel")
            self.workers = Template("worker")

    def ready(self) -> str:
        """Wait until children can be forked. If they cannot, go on without, and say why."""
        try:
            for template in (self.kernels, self.workers):
                if template is not None:
                    template.wait()
        except errors.ReportError as error:
            self.close()
            self.kernels = self.workers = None
            return str(error)
        return ""

    def __enter__(self) -> Stock:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes with all their children."""
        for template in (self.workers, self.kernels):
            if template is not None:
                template.close()


class Worker:
    """One worker process: takes a task, gives an outcome."""

    def __init__(self, stock: Stock):
        environment = {**ONE_THREAD, **os.environ}
        environment.pop("MPLBACKEND", None)
        if stock.kernels is not None:
            environment[TEMPLATE_VARIABLE] = stock.kernels.address
        self.process: Any
        self._orders: Any
        if stock.workers is not None:
            self.process, self._orders, answers = _forked(stock.workers, environment)
        else:
            self.process, self._orders, answers = _started(environment)
        self.made = 0
        self.code: int | None = None
        self._inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, args=(answers,), daemon=True)
        self._listener.start()

    def _listen(self, answers: IO[bytes]) -> None:
        """Hand on what the worker says, until it has ended; then let go of all that belonged to it."""
        with contextlib.suppress(OSError, ValueError):
            for line in answers:
                self._inbox.put(line)
        self._inbox.put(b"")
        try:
            self.code = self.process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.code = self.process.wait()
        for file in (answers, self._orders, self._orders, self.process):
            with contextlib.suppress(OSError, AttributeError):
                file.close()

    def make(self, task: Task, order: Order) -> Outcome | None:
        """The outcome of a task; None if the worker died over it."""
        message = {"task": task.as_json(), "order": asdict(order)}
        try:
            self._orders.write(json.dumps(message).encode() + b"\n")
            self._orders.flush()
        except (OSError, ValueError):
            return None
        try:
            line = self._inbox.get(timeout=order.time_limit + STUCK_AFTER)
        except queue.Empty:
            self.kill()
            text = _("{name}: the worker did not answer and was ended").format(name=task.name)
            return Outcome.of(task, FAILED, message=text)
        self.made += 1
        return Outcome.from_dict(json.loads(line)) if line else None

    def how_it_ended(self) -> str:
        """The exit status of a dead worker, in words."""
        self._listener.join(2 * GRACE)
        if self.code is None:
            return _("no status")
        if self.code < 0:
            return _("signal {number}").format(number=-self.code)
        return _("status {code}").format(code=self.code)

    def close(self) -> None:
        """Let the worker end; one in the middle of a report keeps the partial notebook first."""
        with contextlib.suppress(OSError, ValueError):
            self._orders.close()

    def kill(self) -> None:
        """End the worker at once."""
        with contextlib.suppress(OSError):
            self.process.kill()

    def join(self, timeout: float) -> None:
        """Wait until nothing is left of the worker."""
        self._listener.join(timeout)


def _forked(template: Template, environment: dict[str, str]) -> tuple[Any, Any, IO[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        request = {"env": environment, "cwd": os.getcwd()}
        child = Child(template.address, request, [theirs.fileno(), theirs.fileno()])
    orders = _SendingEnd(ours)
    return child, orders, ours.makefile("rb")


class _SendingEnd:
    """The sending half of a connection; when it is closed, the other side sees the end of its input."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._open = True
        self.write = connection.sendall

    def flush(self) -> None:
        """All is sent at once."""

    def close(self) -> None:
        """The first time close this half, the second time the rest."""
        if self._open:
            self._open = False
            self._connection.shutdown(socket.SHUT_WR)
        else:
            self._connection.close()


def _started(environment: dict[str, str]) -> tuple[Any, IO[bytes], IO[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "casekit.reports.batch.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    return process, process.stdin, process.stdout


class Crew:
    """``workers`` threads, each with a worker process; outcomes arrive through ``report``.

    Parameters
    ----------
    stock : Stock
    order : Order
    workers : int
    report : callable
        Called from the threads: ``started`` with a task, ``finished`` with an outcome.
    """

    def __init__(
        self,
        stock: Stock,
        order: Order,
        *,
        workers: int,
        report: Callable[[str, Any], None],
    ):
        self.stock, self.order = stock, order
        self._report = report
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._workers: dict[int, Worker] = {}
        self._threads = [threading.Thread(target=self._lane, args=(lane,)) for lane in range(workers)]

    def begin(self, tasks: list[Task]) -> None:
        """Hand out the tasks in their order."""
        for task in tasks:
            self._tasks.put(task)
        for thread in self._threads:
            self._tasks.put(None)
            thread.start()

    def stop(self) -> None:
        """Begin nothing new and end what is being made."""
        self._stopping.set()
        for worker in list(self._workers.values()):
            worker.close()

    def kill(self) -> None:
        """End the workers at once."""
        self._stopping.set()
        for worker in list(self._workers.values()):
            worker.kill()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the threads; whether all have ended."""
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    def _lane(self, lane: int) -> None:
        """One thread: takes tasks until there are no more."""
        while (task := self._tasks.get()) is not None:
            if self._stopping.is_set():
                self._report("finished", Outcome.of(task, STOPPED))
                continue
            try:
                outcome = self._make(lane, task)
            except Exception as error:
                outcome = Outcome.of(task, FAILED, message=f"{task.name}: {error}")
            self._report("finished", outcome)
        worker = self._workers.pop(lane, None)
        if worker is not None:
            self._retire(worker)

    @staticmethod
    def _retire(worker: Worker) -> None:
        worker.close()
        worker.join(GRACE)

    def _make(self, lane: int, task: Task) -> Outcome:
        """Make one report, with a new worker if the first dies over it."""
        ended = ""
        self._report("started", task)
        for _attempt in range(ATTEMPTS):
            worker = self._worker(lane)
            outcome = worker.make(task, self.order)
            if outcome is not None:
                return outcome
            if self._stopping.is_set():
                return Outcome.of(task, STOPPED)
            ended = worker.how_it_ended()
            del self._workers[lane]
        text = _("{name}: the worker process ended twice ({how})").format(name=task.name, how=ended)
        return Outcome.of(task, FAILED, message=text)

    def _worker(self, lane: int) -> Worker:
        """The worker of a thread, fresh after a number of reports."""
        worker = self._workers.get(lane)
        if worker is not None and worker.made >= RECYCLE_AFTER:
            self._retire(worker)
            worker = None
        if worker is None:
            worker = self._workers[lane] = Worker(self.stock)
        return worker
