"""From outside: what all processes of a box use together, and how to end them all (Linux)."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def used_by_tree(pid: int) -> dict[str, int]:
    """Memory in bytes of a process and its descendants, and the files of their ``/tmp``; empty elsewhere."""
    memory, last = 0, pid
    for last in descendants(pid):
        memory += _resident(last)
    return {"memory": memory, "files": _files(last)}


def descendants(pid: int) -> Iterator[int]:
    """A process and all below it, in no promised order."""
    waiting = [pid]
    while waiting:
        pid = waiting.pop()
        yield pid
        with contextlib.suppress(OSError, ValueError):
            for task in os.listdir(f"/proc/{pid}/task"):
                waiting += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that hangs on it; in a box the kernel ends the rest with the first."""
    if process.poll() is None:
        for pid in [*descendants(process.pid)][::-1]:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, _KILL)
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, _KILL)
    process.kill()
    process.wait()


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    return 0


def _files(pid: int) -> int:
    with contextlib.suppress(OSError):
        found = os.statvfs(f"/proc/{pid}/root/tmp")
        return found.f_files - found.f_ffree
    return 0
