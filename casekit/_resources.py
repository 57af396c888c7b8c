"""Finds notebooks, data, cards and exercises: in a checkout, a copied workbook, an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

from casekit import errors
from casekit._text import _, listed

#: The folders that make a workbook.
PARTS = ("notebooks", "datasets", "exercises")

#: ``casekit init`` writes this file, so that a course of one's own is recognised.
MARKER = ".casekit-workbook"

_PACKAGE = Path(__file__).resolve().parent


def workbook_root() -> Path:
    """The folder that holds ``notebooks/``, ``datasets/`` and ``exercises/``.

    In this order: the folder named by the environment variable ``CASEKIT_WORKBOOK``; the nearest folder above
    the working directory that ``casekit init`` made; the checkout this package belongs to; the copy that an
    installed wheel carries.
    """
    named = os.environ.get("CASEKIT_WORKBOOK")
    if named:
        return _checked(Path(named))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return _checked(folder)
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir():
        return checkout
    return _checked(_PACKAGE / "_workbook")


def _checked(root: Path) -> Path:
    missing = [part for part in PARTS if not (root / part).is_dir()]
    if missing:
        raise errors.InputError(
            "workbook_root",
            errors.must_hold(
                _("a workbook must have the folders {folders}").format(folders=listed(PARTS)),
                got=_("{folder} without {missing}").format(folder=root, missing=listed(missing)),
                hint=_("casekit init NEW_FOLDER, or unset CASEKIT_WORKBOOK"),
            ),
        )
    return root


def resource(*parts: str) -> Path:
    """The path of a file or folder of the workbook, such as ``resource("datasets", "cdnow", "card.md")``."""
    path = workbook_root().joinpath(*parts)
    if not path.exists():
        raise errors.InputError(
            "resource",
            errors.must_hold(
                _("the workbook must hold {path}").format(path="/".join(parts)),
                got=_("no such file below {root}").format(root=workbook_root()),
                hint=_("casekit doctor shows which workbook is in use"),
            ),
        )
    return path
