"""The journal of a folder: a line of JSON for every report that was made or failed, on the disk at once.

A line counts once it is whole; a batch that was killed leaves at most half a line, which is passed over.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

from casekit._whole import folder_to_disk
from casekit.datasets import file_sha256
from casekit.reports.batch.lock import STATE
from casekit.reports.batch.outcome import MADE, Outcome
from casekit.reports.provenance import seen_from

NAME = "journal.jsonl"


class Journal:
    """Reads what earlier batches did in a folder, and writes what this one does; a context manager."""

    def __init__(self, out: Path):
        self.out = out
        self.path = out / STATE / NAME
        self._last = {outcome.name: outcome for outcome in read_journal(out)}
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = not self.path.exists() or self.path.read_bytes()[-1:] in (b"", b"\n")
        self._file = self.path.open("ab")
        if not whole:
            self._file.write(b"\n")
        folder_to_disk(self.path.parent)
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._file is not None:
            self._file.close()

    def made_before(self, name: str, fingerprint: str) -> Outcome | None:
        """The entry of a report that need not be made again: same fingerprint, every file as it was left."""
        entry = self._last.get(name)
        if entry is None or entry.status != MADE or entry.fingerprint != fingerprint or not entry.files:
            return None
        return entry if files_are_whole(self.out, entry.files) else None

    def add(self, outcome: Outcome) -> None:
        """Write one entry and wait until it is on the disk."""
        assert self._file is not None
        when = datetime.now().astimezone().isoformat(timespec="seconds")
        line = json.dumps({**_movable(outcome, self.out).as_dict(), "when": when}, ensure_ascii=False)
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._last[outcome.name] = outcome


def _movable(outcome: Outcome, out: Path) -> Outcome:
    """An entry that is as true when the folder has been moved: paths are seen from the folder."""
    case = outcome.case
    if case.lower().endswith(".ipynb"):
        case = seen_from(out, case)
    return replace(outcome, case=case, message=outcome.message.replace(f"{out}{os.sep}", ""))


def read_journal(out: Path) -> list[Outcome]:
    """Every whole entry of the journal of a folder, oldest first."""
    try:
        lines = (Path(out) / STATE / NAME).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    entries = []
    for line in lines:
        try:
            entries.append(Outcome.from_dict(json.loads(line)))
        except (ValueError, TypeError, AttributeError):
            continue
    return entries


def files_are_whole(out: Path, files: dict[str, str]) -> bool:
    """Whether files are there with the sums they had when they were written."""
    return all((out / name).is_file() and file_sha256(out / name) == total for name, total in files.items())
