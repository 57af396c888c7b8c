"""Starts a template process and asks it for children."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _
from casekit.reports.kernels import messages

#: Seconds a template process may take to import its libraries.
START_LIMIT = 120.0


class Template:
    """A template process of one kind; a context manager. Ends with this process, however that ends."""

    def __init__(self, kind: str):
        self.kind = kind
        self._folder = tempfile.TemporaryDirectory(prefix="casekit-", ignore_cleanup_errors=True)
        self.address = str(Path(self._folder.name) / "template")
        self._log = (Path(self._folder.name) / "log").open("wb")
        environment = {
            **os.environ,
            **messages.ONE_THREAD,
            "JE_ARROW_MALLOC_CONF": "background_thread:false",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        environment.pop("MPLBACKEND", None)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "casekit.reports.kernels.template_process", kind, self.address],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            env=environment,
            start_new_session=True,
        )

    def __enter__(self) -> Template:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def wait(self) -> Template:
        """Return when children can be asked for."""
        limit = time.monotonic() + START_LIMIT
        while not os.path.exists(self.address):
            if self.process.poll() is not None or time.monotonic() > limit:
                raise errors.ReportError(
                    _("The process that prepares kernels did not start: {reason}").format(reason=self.log())
                )
            time.sleep(0.01)
        return self

    def log(self) -> str:
        """What the process and its children wrote about errors: the last line."""
        lines = (Path(self._folder.name) / "log").read_text("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else _("no message")

    def close(self) -> None:
        """End the process and its children."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
        self._folder.cleanup()


class Child:
    """A child of a template process, to be used like a :class:`subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, request: Mapping[str, Any], files: Sequence[int] = ()):
        self._connection = socket.socket(socket.AF_UNIX)
        try:
            self._connection.connect(address)
            messages.send(self._connection, request, files)
            answer, _files = messages.receive(self._connection)
        except OSError:
            self._connection.close()
            raise
        if answer is None:
            self._connection.close()
            raise ConnectionError("the template process is gone")
        self.pid: int = answer["pid"]
        self.returncode: int | None = None
        self.peak_memory: int | None = None
        self.computed: float | None = None

    def poll(self) -> int | None:
        """The exit status, or None while it runs; lost with its template it counts as killed."""
        if self.returncode is None:
            self._look(0.0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end."""
        if self.returncode is None:
            self._look(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return self.returncode

    def _look(self, timeout: float | None) -> None:
        self._connection.settimeout(timeout)
        try:
            message, _files = messages.receive(self._connection)
        except (BlockingIOError, TimeoutError):
            return
        except OSError:
            message = None
        if message is None:
            self.send_signal(9)
            message = {"status": -9, "peak": None, "computed": None}
        self.returncode, self.peak_memory = message["status"], message["peak"]
        self.computed = message["computed"]
        self._connection.close()

    def send_signal(self, number: int) -> None:
        """Send a signal to the child and to all it has started."""
        if self.returncode is None:
            for send in (os.killpg, os.kill):
                try:
                    send(self.pid, number)
                    return
                except ProcessLookupError:
                    continue

    def terminate(self) -> None:
        self.send_signal(15)

    def kill(self) -> None:
        self.send_signal(9)

    def close(self) -> None:
        """Let go of the child, which ends it."""
        self._connection.close()
