"""From outside: what all processes of a box use together, and how to end them all (Linux)."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def used_by_tree(pid: int, disk: int) -> dict[str, float]:
    """What a process and all below it use: memory in bytes, files in the box's ``/tmp``, processor time.

    Zeros where the system has no ``/proc``. ``disk`` is the size of that ``/tmp``: so it is told from the
    computer's own.
    """
    tree = list(descendants(pid))
    return {
        "memory": sum(map(_resident, tree)),
        "files": max(_files(found, disk) for found in tree),
        "seconds": max(map(_processor_seconds, tree)),
    }


def memory_of_tree(pid: int) -> int:
    """As :func:`used_by_tree`, what processes share counted once; slower."""
    return sum(map(_own_share, descendants(pid)))


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


def _processor_seconds(pid: int) -> float:
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0


def _own_share(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(text.split("\nPss:")[1].split()[0]) * 1024
    return _resident(pid)


def _files(pid: int, disk: int) -> int:
    with contextlib.suppress(OSError):
        found = os.statvfs(os.path.join("/proc", str(pid), "root", "tmp"))
        if abs(found.f_blocks * found.f_frsize - disk) < 2 * _PAGE:
            return found.f_files - found.f_ffree
    return 0
