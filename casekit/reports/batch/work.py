"""Makes the report of one task, and says what became of it instead of raising."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.reports.batch.outcome import FAILED, MADE, Outcome
from casekit.reports.folder import TIME_LIMIT
from casekit.reports.formats import Converters
from casekit.reports.task import Task


@dataclass(frozen=True)
class Order:
    """How the reports of a batch are to be made.

    Attributes
    ----------
    out : str
        Absolute path of the folder for reports.
    time_limit : float
        Seconds one report may take.
    memory : int or None
        Bytes its kernel may allocate.
    """

    out: str
    time_limit: float = TIME_LIMIT
    memory: int | None = None


def make(task: Task, order: Order, converters: Converters) -> Outcome:
    """Make one report; only here the libraries that do so are needed."""
    from casekit.datasets import file_sha256
    from casekit.reports.provenance import task_case
    from casekit.reports.run import make_report

    try:
        report = make_report(
            task_case(task),
            task.parameters,
            out=order.out,
            name=task.name,
            title=task.title,
            time_limit=order.time_limit,
            formats=task.formats,
            language=task.language,
            brand=task.brand,
            paper=task.paper,
            memory=order.memory,
            converters=converters,
        )
    except errors.CasekitError as error:
        return Outcome.of(task, FAILED, message=str(error))
    except OSError as error:
        return Outcome.of(task, FAILED, message=why_not_written(task, error))
    except Exception as error:
        text = _("{name}: {kind}: {message}")
        return Outcome.of(
            task, FAILED, message=text.format(name=task.name, kind=type(error).__name__, message=error)
        )
    return Outcome.of(
        task,
        MADE,
        files={path.name: file_sha256(path) for path in report.files.values()},
        seconds=round(report.seconds, 2),
        peak_memory=report.peak_memory,
        warnings=report.warnings,
        computed=report.computed,
    )


def why_not_written(task: Task, error: OSError) -> str:
    """What the system said, in words."""
    file = Path(error.filename).name if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("{name}: the disk is full; the previous report is as it was").format(name=task.name)
    return (
        _("{name}: {reason} {file}").format(name=task.name, reason=error.strerror or error, file=file).strip()
    )
