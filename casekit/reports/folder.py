"""What the ``casekit batch`` command must know of making a report, without the libraries that make one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from casekit import errors
from casekit._text import _

#: Seconds a report may take from start to end unless the caller says otherwise.
TIME_LIMIT = 600


def report_folder(out: str | Path) -> Path:
    """The folder for reports, made if need be."""
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        problem = errors.must_hold(
            _("the folder for reports must be one that can be written"),
            got=f"{out} ({error.strerror})",
            hint=_("--out with a folder of your own"),
        )
        raise errors.InputError("report", problem) from error
    return out
