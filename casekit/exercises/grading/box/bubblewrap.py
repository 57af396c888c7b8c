"""The command that starts a submission in a box of its own, and what of the machine it can see.

Two steps when grading runs as root, because limits on processes do not bind root: a first bubblewrap lays
the folders that the box needs where an unprivileged user can reach them (an interpreter under ``/root`` is
not), ``setpriv`` gives up all rights, and a second bubblewrap makes the box. An ordinary user needs only the
second.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import casekit
from casekit.exercises.grading.box.fonts import SETTINGS
from casekit.exercises.grading.box.limits import MEGABYTE, Limits

#: Where the submission works; a memory file system, gone after the run.
WORK = "/tmp/work"

#: The user that root becomes first; it owns nothing.
NOBODY = 65534

_STAGE = "/mnt"

#: A workbook with the shipped data alone, for notebooks that load it.
_WORKBOOK = "/opt/workbook"
_RUNNER = Path(__file__).with_name("inside.py")

#: The package that the box gets to see.
PACKAGE = Path(casekit.__file__).resolve().parent
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")

#: Set inside the box; one thread a library, so that two boxes share two cores fairly.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": f"{WORK}/{SETTINGS}",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "ARROW_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}


def missing_programs() -> list[str]:
    """The programs that the box needs and this machine lacks."""
    needed = ["bwrap"] + (["setpriv"] if _is_root() else [])
    return [program for program in needed if shutil.which(program) is None]


def visible_folders() -> tuple[str, ...]:
    """What of Python the box can see: interpreter, packages, and of casekit its package alone."""
    found: list[str] = []
    for folder in (sys.base_prefix, sys.prefix, *_extra_packages(), str(PACKAGE)):
        folder = os.path.abspath(folder)
        if not any(_is_within(folder, seen) for seen in (*found, "/usr")):
            found.append(folder)
    return tuple(found)


def box_command(limits: Limits, arguments: Sequence[str], filter_fd: int | None) -> list[str]:
    """The whole command; the job comes on standard input, the answers leave on standard output."""
    if not _is_root():
        return _box(limits, arguments, filter_fd, {})
    folders = [*visible_folders(), *_shipped_data()]
    stage = {folder: f"{_STAGE}/{number}" for number, folder in enumerate(folders)}
    outer = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--tmpfs", _STAGE]
    for folder, place in stage.items():
        outer += ["--ro-bind", folder, place]
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=-all", "--"]
    return [*outer, *drop, *_box(limits, arguments, filter_fd, stage)]


def _box(limits: Limits, arguments: Sequence[str], filter_fd: int | None, stage: dict[str, str]) -> list[str]:
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    command += _without_further_namespaces()
    command += ["--hostname", "box", "--proc", "/proc", "--dev", "/dev"]
    command += ["--size", str(MEGABYTE), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    command += ["--size", str(limits.disk), "--tmpfs", "/tmp", "--dir", WORK]
    command += _system()
    for folder in visible_folders():
        command += ["--ro-bind", stage.get(folder, folder), folder]
    for folder in _shipped_data():
        command += ["--ro-bind", stage.get(folder, folder), f"{_WORKBOOK}/datasets"]
        command += ["--dir", f"{_WORKBOOK}/notebooks", "--dir", f"{_WORKBOOK}/exercises"]
        command += ["--setenv", "CASEKIT_WORKBOOK", _WORKBOOK]
    command += ["--remount-ro", "/", "--chdir", WORK]
    for name, value in ENVIRONMENT.items():
        command += ["--setenv", name, value]
    if filter_fd is not None:
        command += ["--seccomp", str(filter_fd)]
    return [*command, "--", *arguments]


def runner_arguments() -> list[str]:
    """Python without the reader's settings, the file that runs a submission, and where packages lie."""
    return [sys.executable, "-I", "-B", str(_RUNNER), *_extra_packages(), str(PACKAGE.parent)]


def _shipped_data() -> list[str]:
    """The data sets that come with casekit; never those of a workbook of the instructor's own."""
    places = (PACKAGE.parent / "datasets", PACKAGE / "_workbook" / "datasets")
    return [str(place) for place in places if (place / "cdnow" / "card.md").is_file()][:1]


def _system() -> list[str]:
    """The system's libraries and programs, read only; links such as /lib -> usr/lib are kept as links."""
    options: list[str] = []
    for place in _SYSTEM:
        path = Path(place)
        if path.is_symlink():
            options += ["--symlink", os.readlink(path), place]
        elif path.exists():
            options += ["--ro-bind", place, place]
    return options


@functools.cache
def _without_further_namespaces() -> list[str]:
    shown = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    known = "--disable-userns" in shown.stdout + shown.stderr
    return ["--unshare-user", "--disable-userns"] if known else ["--unshare-user"]


def _extra_packages() -> list[str]:
    """Folders of packages outside the environment, such as those of ``pip install --user``."""
    return [
        path for path in sys.path if path.endswith(("site-packages", "dist-packages")) and Path(path).is_dir()
    ]


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
