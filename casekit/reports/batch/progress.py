"""Tells how a batch goes on: bars on a terminal, lines in a log, JSON for machines."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import IO, Any

from casekit._text import _, format_number, ngettext
from casekit.reports.batch.outcome import FAILED, MADE, STOPPED, UNCHANGED, Outcome, Summary
from casekit.reports.task import Task

_SHOWN = 10


class Listener:
    """Is told of the progress of a batch; this one keeps it to itself."""

    def began(self, total: int, unchanged: int) -> None:
        """The batch begins: so many reports, so many of them there already."""

    def noted(self, text: str) -> None:
        """Something that slows the batch down, but does not stop it."""

    def started(self, task: Task) -> None:
        """A report is begun."""

    def finished(self, outcome: Outcome, done: int, total: int) -> None:
        """A report is made, unchanged or failed."""

    def ended(self, summary: Summary, index: Path | None) -> None:
        """The batch is over; where the list of its reports is."""


class Lines(Listener):
    """One line a report, for a log; at the end what went wrong, on standard error."""

    def __init__(self, file: IO[str] | None = None, problems: IO[str] | None = None):
        self.file, self.problems = file or sys.stdout, problems or sys.stderr

    def began(self, total: int, unchanged: int) -> None:
        self._say(beginning(total, unchanged))

    def noted(self, text: str) -> None:
        self._say(text)

    def finished(self, outcome: Outcome, done: int, total: int) -> None:
        if outcome.status != UNCHANGED:
            width = len(str(total))
            self._say(f"[{done:>{width}}/{total}] {line_of(outcome)}")

    def ended(self, summary: Summary, index: Path | None) -> None:
        for line in lines_of(summary, index):
            self._say(line)
        for line in problems_of(summary):
            print(line, file=self.problems, flush=True)  # noqa: T201

    def _say(self, text: str) -> None:
        print(text, file=self.file, flush=True)  # noqa: T201


class JsonLines(Listener):
    """One JSON object a line, for machines."""

    def __init__(self, file: IO[str] | None = None):
        self.file = file or sys.stdout

    def began(self, total: int, unchanged: int) -> None:
        self._say(event="began", total=total, unchanged=unchanged)

    def noted(self, text: str) -> None:
        self._say(event="noted", text=text)

    def started(self, task: Task) -> None:
        self._say(event="started", name=task.name, case=task.case)

    def finished(self, outcome: Outcome, done: int, total: int) -> None:
        self._say(event="finished", done=done, total=total, **outcome.as_dict())

    def ended(self, summary: Summary, index: Path | None) -> None:
        counts = {status: len(summary.of(status)) for status in (MADE, UNCHANGED, FAILED, STOPPED)}
        self._say(
            event="ended",
            **counts,
            seconds=round(summary.seconds, 2),
            warnings=summary.warnings,
            index=str(index) if index else None,
            exit_code=summary.exit_code,
        )

    def _say(self, **values: Any) -> None:
        print(json.dumps(values, ensure_ascii=False), file=self.file, flush=True)  # noqa: T201


class Bars(Listener):
    """A bar for the batch with the time left, and the names of the reports that are being made."""

    def __init__(self, console: Any):
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.console = console
        self.progress = Progress(
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
        )
        self.making: dict[str, float] = {}

    def began(self, total: int, unchanged: int) -> None:
        self.console.print(beginning(total, unchanged), markup=False)
        self.bar = self.progress.add_task("", total=total - unchanged)
        self.progress.start()

    def noted(self, text: str) -> None:
        self.progress.console.print(text, markup=False, soft_wrap=True)

    def started(self, task: Task) -> None:
        self.making[task.name] = time.monotonic()
        self._show()

    def finished(self, outcome: Outcome, done: int, total: int) -> None:
        self.making.pop(outcome.name, None)
        if outcome.status == UNCHANGED:
            return
        self.progress.advance(self.bar)
        self.progress.console.print(line_of(outcome), markup=False, soft_wrap=True)
        self._show()

    def ended(self, summary: Summary, index: Path | None) -> None:
        self.progress.stop()
        for line in [*lines_of(summary, index), *problems_of(summary)]:
            self.console.print(line, markup=False, soft_wrap=True)

    def _show(self) -> None:
        from rich.markup import escape

        names = list(self.making)
        self.progress.update(self.bar, description=escape(", ".join(names[:4])))


# -- sentences -------------------------------------------------------------------------------------------


def beginning(total: int, unchanged: int) -> str:
    """What a batch says first."""
    text = ngettext("{count} report", "{count} reports", total).format(count=total)
    if unchanged:
        text = _("{reports}, {count} of them there already and unchanged").format(
            reports=text, count=unchanged
        )
    return text


def line_of(outcome: Outcome) -> str:
    """One report in one line; of a failure the first line of its message."""
    if outcome.status == MADE:
        memory = megabytes(outcome.peak_memory)
        text = _("{name}  {seconds} s  {memory}") if memory else _("{name}  {seconds} s")
        files = [name for name in outcome.files if not name.endswith(".ipynb")] or list(outcome.files)
        return text.format(name=", ".join(files), seconds=f"{outcome.seconds:.1f}", memory=memory)
    if outcome.status == FAILED:
        first = outcome.message.partition("\n")[0]
        return _("{name}  FAILED  {message}").format(name=outcome.name, message=first)
    return f"{outcome.name}  {outcome.status}"


def megabytes(size: int | None) -> str:
    """A size of memory in words."""
    return _("{size} MB").format(size=format_number(size / 1e6, digits=0)) if size else ""


def lines_of(summary: Summary, index: Path | None = None) -> list[str]:
    """The end of a batch: counts, each warning once, where the list of reports is."""
    lines = [_counts(summary)]
    for text, reports in summary.warnings.items():
        count = ngettext("in {count} report", "in {count} reports", len(reports)).format(count=len(reports))
        lines.append(_("warning, {where}: {text}").format(where=count, text=text))
    if index is not None:
        lines.append(_("All reports: {path}").format(path=index))
    return lines


def problems_of(summary: Summary) -> list[str]:
    """What failed and why, and what was not made."""
    lines = []
    for outcome in summary.of(FAILED):
        lines.append(_("failed: {name}").format(name=outcome.name))
        lines += [f"  {line}" for line in outcome.message.splitlines()]
    stopped = [outcome.name for outcome in summary.of(STOPPED)]
    if stopped:
        names = ", ".join(stopped[:_SHOWN]) + (", …" if len(stopped) > _SHOWN else "")
        lines.append(_("not made: {names}").format(names=names))
    if summary.stopped_by is not None:
        lines.append(_("The batch was stopped. The same command goes on with the rest."))
    return lines


def _counts(summary: Summary) -> str:
    """How many of each kind, how long, and the most memory that one needed."""
    text = _(
        "{made} made, {unchanged} unchanged, {failed} failed, {stopped} not made, in {seconds} s"
    ).format(
        made=len(summary.of(MADE)),
        unchanged=len(summary.of(UNCHANGED)),
        failed=len(summary.of(FAILED)),
        stopped=len(summary.of(STOPPED)),
        seconds=f"{summary.seconds:.1f}",
    )
    peaks = [(outcome.peak_memory, outcome.name) for outcome in summary.outcomes if outcome.peak_memory]
    if not peaks:
        return text
    most, name = max(peaks)
    return _("{counts}; most memory: {memory} ({name})").format(
        counts=text, memory=megabytes(most), name=name
    )
