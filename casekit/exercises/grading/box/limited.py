"""Where there is no bubblewrap, and only if asked for: a process with what limits the system has.

It sees the instructor's files and the network. Mark sheets made this way say so in their header.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casekit.exercises.grading.box.bubblewrap import ENVIRONMENT
from casekit.exercises.grading.box.fonts import SETTINGS


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder of one submission, gone after the run."""
    with tempfile.TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True) as made:
        yield Path(made).resolve()


def options(work: Path) -> dict[str, Any]:
    """Environment and folder of the process: of the instructor's environment only what Windows needs."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    own = {
        "HOME": str(work),
        "TMPDIR": str(work),
        "TEMP": str(work),
        "MPLCONFIGDIR": str(work / SETTINGS),
    }
    return {"env": {**ENVIRONMENT, **kept, **own}, "cwd": work}
