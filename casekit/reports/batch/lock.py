"""One batch at a time in one folder.

The system lets go of the lock when the process that holds it dies, however it dies: a stale one cannot be.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from casekit import errors
from casekit._text import _

#: What a batch keeps of itself stands in this folder beside the reports.
STATE = ".casekit"


class FolderLock:
    """Holds the folder of a batch; a context manager.

    Raises
    ------
    InputError
        Naming who holds it.
    """

    def __init__(self, out: Path):
        self.out = out
        self.path = out / STATE / "lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> FolderLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="utf-8")
        if not _try_lock(file):
            holder = _holder(file)
            file.close()
            raise errors.InputError("batch", _problem(self.out, holder))
        self._file = file
        file.seek(0)
        file.truncate()
        json.dump(_myself(), file)
        file.flush()
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None


def _myself() -> dict[str, Any]:
    return {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _holder(file: IO[str]) -> dict[str, Any]:
    file.seek(0)
    try:
        return json.loads(file.read())
    except (OSError, ValueError):
        return {}


def _problem(out: Path, holder: dict[str, Any]) -> errors.Problem:
    got = _("one that another batch writes to")
    if holder:
        got = _("one that process {process} on {host} writes to since {since}").format(
            process=holder.get("process"), host=holder.get("host"), since=holder.get("since")
        )
    return errors.must_hold(
        _("the folder for reports must be free"),
        got=got,
        where=str(out),
        hint=_("wait until it has ended, or give another folder with --out"),
    )


def _try_lock(file: IO[str]) -> bool:
    """Take the lock of an open file without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far beyond the text, so that the text can still be read by others.
            file.seek(1 << 30)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
