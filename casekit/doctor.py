"""``casekit doctor``: looks whether a machine has what the workbook needs, and says what to do if not."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casekit import errors
from casekit._resources import workbook_root
from casekit._text import _, format_number

#: Oldest Python that casekit is tested with.
PYTHON = (3, 11)

#: Free space that the reports and JupyterLab's own files need, in bytes.
FREE_SPACE = 200_000_000

_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)\s*>=\s*(?P<low>[0-9.]+)")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, whether it will do, and what to do if not."""

    ok: bool
    what: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at Python, packages, workbook, disk and kernel; one finding each."""
    return [_python(), *_packages(), _workbook(), _disk(), _kernel()]


def _python() -> Finding:
    ok = sys.version_info[:2] >= PYTHON
    version = ".".join(map(str, sys.version_info[:3]))
    remedy = _("casekit needs Python 3.11 or newer: conda env create -f environment.yml brings one")
    return Finding(
        ok, _("Python {version} at {path}").format(version=version, path=sys.executable), "" if ok else remedy
    )


def _packages() -> Iterator[Finding]:
    """The workbook's packages against their lower bounds; one finding for all that are well."""
    missing = []
    requirements = importlib.metadata.requires("casekit") or []
    wanted = [
        text for text in requirements if "extra ==" not in text or "'workbook'" in text.replace('"', "'")
    ]
    for text in wanted:
        match = _REQUIREMENT.match(text)
        if match and not _installed(match["name"], match["low"]):
            missing.append(f"{match['name']}>={match['low']}")
    if missing:
        yield Finding(
            False,
            _("missing or too old: {packages}").format(packages=errors.listing(missing)),
            _('run: {python} -m pip install "casekit[workbook]"').format(python=sys.executable),
        )
    else:
        yield Finding(True, _("{count} packages of the workbook").format(count=len(wanted)))


def _installed(name: str, low: str) -> bool:
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return _numbers(version) >= _numbers(low)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _workbook() -> Finding:
    try:
        root = workbook_root()
    except errors.InputError as error:
        return Finding(False, str(error))
    count = len(list((root / "notebooks").glob("*.ipynb")))
    return Finding(count > 0, _("{count} notebooks in {root}").format(count=count, root=root))


def _disk() -> Finding:
    here = Path.cwd()
    if not os.access(here, os.W_OK):
        return Finding(
            False, _("{folder} cannot be written").format(folder=here), _("change to a folder of your own")
        )
    free = shutil.disk_usage(here).free
    what = _("{size} GB free in {folder}").format(size=format_number(free / 1e9, digits=1), folder=here)
    return Finding(
        free >= FREE_SPACE, what, "" if free >= FREE_SPACE else _("make room: a report needs 200 MB")
    )


def _kernel() -> Finding:
    """Start a real kernel and let it add two numbers: what antivirus programs and broken installs prevent."""
    try:
        from jupyter_client.manager import start_new_kernel
    except ImportError:
        return Finding(False, _("no kernel could be started"), _('pip install "casekit[workbook]"'))
    try:
        with tempfile.TemporaryDirectory() as folder:
            manager, client = start_new_kernel(
                kernel_name="python3", extra_arguments=["--log-level=ERROR"], cwd=folder
            )
            try:
                reply = client.execute("1 + 1", reply=True, timeout=30)
            finally:
                client.stop_channels()
                manager.shutdown_kernel(now=True)
    except Exception as error:  # whatever it is, the reader must be told and not see a traceback
        remedy = _("allow Python to open connections to this machine itself (127.0.0.1), then try again")
        return Finding(False, _("the kernel did not start: {error}").format(error=error), remedy)
    return Finding(reply["content"]["status"] == "ok", _("a Python kernel starts and answers"))
