"""Copies the workbook out of the package, for a course of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from casekit import __version__, errors
from casekit._resources import MARKER, PARTS, workbook_root
from casekit._text import _


def copy_workbook(folder: str | Path) -> Path:
    """Copy notebooks, data sets and exercises into a new or empty folder.

    Parameters
    ----------
    folder : path
        Made if it does not exist; refused if something is in it.

    Returns
    -------
    Path
        The folder. Commands run inside it use its notebooks instead of casekit's own.
    """
    folder = Path(folder).expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise errors.InputError(
            "init",
            errors.must_hold(
                _("the folder must be new or empty"), got=str(folder), hint=_("casekit init my-course")
            ),
        )
    source = workbook_root()
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shutil.copytree(
            source / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    text = _("A casekit workbook, copied out by casekit {version}.").format(version=__version__)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8")
    return folder
