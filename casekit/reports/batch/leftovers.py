"""What batches that were killed have left behind in a folder."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from casekit._whole import DRAFT_MARK

_DRAFT = re.compile(r"\..+\.(?P<process>\d+)" + re.escape(DRAFT_MARK) + ".+", re.DOTALL)


def remove_leftovers(out: Path) -> list[str]:
    """Remove the drafts of processes that are gone; return their names. Those at work keep theirs."""
    removed = []
    for path in out.glob(f".*{DRAFT_MARK}*"):
        match = _DRAFT.fullmatch(path.name)
        if match and not _is_running(int(match["process"])):
            path.unlink(missing_ok=True)
            removed.append(path.name)
    return removed


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        import psutil

        return psutil.pid_exists(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
