"""The template process: imports once, then forks a child whenever one is asked for.

Started by :class:`casekit.reports.kernels.template.Template` as
``python -P -m casekit.reports.kernels.template_process KIND SOCKET``. It ends, with all its children, when
the process that started it closes its standard input or dies.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from typing import Any, NoReturn

from casekit.reports.kernels import messages

#: For each kind of child the module that prepares the template and runs the child.
KINDS = {
    "kernel": "casekit.reports.kernels.forked_kernel",
    "worker": "casekit.reports.batch.forked_worker",
}

#: Seconds a child may take to end by itself.
GRACE = 5.0

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class TemplateProcess:
    """Waits for requests, forks children, says how they ended."""

    def __init__(self, kind: str, address: str):
        self.child = importlib.import_module(KINDS[kind])
        self.gentle = getattr(self.child, "END_SIGNAL", signal.SIGKILL)
        self.connections: dict[int, socket.socket] = {}
        self.ending: dict[int, float] = {}
        self.selector = selectors.DefaultSelector()
        self.listener = socket.socket(socket.AF_UNIX)
        self.address = address

    def prepare(self) -> None:
        """Import what the children need; then listen, which tells the owner that all is ready."""
        self.child.prepare()
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            sys.exit(f"{threads} threads in the template process: a fork would not be safe")
        self._wake, wakes = socket.socketpair()
        for end in (self._wake, wakes):
            end.setblocking(False)
        self._wakes = wakes
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.listener.bind(f"{self.address}.new")
        self.listener.listen(64)
        os.rename(f"{self.address}.new", self.address)
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(self._wake, selectors.EVENT_READ, self._collect)
        self.selector.register(0, selectors.EVENT_READ, self._owner_gone)

    def serve(self) -> NoReturn:
        """Answer until the owner is gone."""
        while True:
            for key, _events in self.selector.select(timeout=1.0 if self.ending else None):
                key.data(key.fileobj)
            for pid in [pid for pid, until in self.ending.items() if time.monotonic() > until]:
                del self.ending[pid]
                _signal_group(pid, signal.SIGKILL)

    def _accept(self, listener: socket.socket) -> None:
        connection, _address = listener.accept()
        connection.settimeout(GRACE)
        try:
            request, files = messages.receive(connection)
        except (OSError, ValueError):
            request, files = None, []
        if request is None:
            connection.close()
            return
        pid = os.fork()
        if pid == 0:
            self._become_child(request, files, connection)
        messages.close(files)
        self.connections[pid] = connection
        self._tell(pid, {"pid": pid})
        self.selector.register(connection, selectors.EVENT_READ, lambda _connection: self._asker_gone(pid))

    def _become_child(self, request: dict[str, Any], files: list[int], connection: socket.socket) -> NoReturn:
        """In the child: drop all that belongs to the template, then run."""
        status = 1
        try:
            parent = os.getppid()
            ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, self.gentle)
            if os.getppid() != parent or parent == 1:
                os._exit(1)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for end in (connection, self.listener, self._wake, self._wakes, *self.connections.values()):
                end.close()
            self.selector.close()
            self.connections.clear()
            os.setsid()
            _standard_files(files)
            os.environ.clear()
            os.environ.update(request["env"])
            os.chdir(request["cwd"])
            status = self.child.run(request)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            _leave(status)

    def _collect(self, wake: socket.socket) -> None:
        """Say how children ended."""
        wake.recv(4096)
        while self.connections:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                return
            _end_group(pid)
            if pid in self.connections:
                code = os.waitstatus_to_exitcode(status)
                computed = usage.ru_utime + usage.ru_stime
                self._tell(pid, {"status": code, "peak": usage.ru_maxrss * 1024, "computed": computed})
                self._forget(pid)

    def _tell(self, pid: int, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            messages.send(self.connections[pid], message)

    def _forget(self, pid: int) -> None:
        self.ending.pop(pid, None)
        connection = self.connections.pop(pid)
        if connection.fileno() in self.selector.get_map():
            self.selector.unregister(connection)
        connection.close()

    def _asker_gone(self, pid: int) -> None:
        """Nobody wants this child any more."""
        self.selector.unregister(self.connections[pid])
        self.ending[pid] = time.monotonic() + GRACE
        _signal_group(pid, self.gentle)

    def _owner_gone(self, _file: int) -> NoReturn:
        """End every child, those that do not listen by force, then this process."""
        for pid in self.connections:
            _signal_group(pid, self.gentle)
        end = time.monotonic() + GRACE
        while self.connections and time.monotonic() < end:
            pid, _status = os.waitpid(-1, os.WNOHANG)
            if pid:
                _end_group(pid)
                self.connections.pop(pid, None)
            else:
                time.sleep(0.01)
        for pid in self.connections:
            _signal_group(pid, signal.SIGKILL)
        shutil.rmtree(os.path.dirname(self.address), ignore_errors=True)
        os._exit(0)


def _standard_files(files: list[int]) -> None:
    """The files that came with the request become standard input, output and error.

    Without files nothing can be read and nothing is written; errors still go where the template's go.
    """
    if not files:
        nothing = os.open(os.devnull, os.O_RDWR)
        files = [nothing, nothing]
    for target, number in enumerate(files):
        os.dup2(number, target)
    messages.close(sorted({number for number in files if number > 2}))


def _signal_group(pid: int, number: int) -> None:
    """Send a signal to a child and to all it has started; a child that has no group of its own yet, alone."""
    for send in (os.killpg, os.kill):
        try:
            send(pid, number)
            return
        except (ProcessLookupError, PermissionError):
            continue


def _end_group(pid: int) -> None:
    """End what a child that is gone has left running."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _leave(status: int) -> NoReturn:
    """End the child without the template's way out: what it registered to do at exit is done."""
    import atexit

    try:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except BaseException:
        status = status or 1
    os._exit(status)


def main(kind: str, address: str) -> NoReturn:
    """Prepare and serve."""
    process = TemplateProcess(kind, address)
    process.prepare()
    process.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
