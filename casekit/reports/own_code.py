"""The fingerprint of casekit's own code, where it is being worked on."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

import casekit

#: Files that decide what a report says and how it looks.
ENDINGS = (".py", ".mo", ".j2", ".css", ".js", ".otf")

#: Folders that no report needs.
LEFT_OUT = ("__pycache__", "exercises")


@cache
def own_code() -> str:
    """sha256 over casekit's files in a checkout, or an empty text where casekit was installed.

    An installed casekit is known by its version alone. In a checkout the version stays while calculations
    change, and a report made before a change is not the one that would be made now.
    """
    package = Path(casekit.__file__).resolve().parent
    return code_sha256(package) if (package.parent / "pyproject.toml").is_file() else ""


def code_sha256(package: Path) -> str:
    """sha256 over names and contents: the same in every clone, whenever it was made."""
    total = hashlib.sha256()
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in sorted(name for name in files if name.endswith(ENDINGS)):
            path = Path(folder, name)
            total.update(f"\n{path.relative_to(package).as_posix()}\n".encode())
            total.update(path.read_bytes())
    return total.hexdigest()
