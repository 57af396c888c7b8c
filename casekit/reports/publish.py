"""Writes a report whole or not at all: every file beside its target, then all renamed."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casekit.reports.brand import Brand
from casekit.reports.formats import FORMATS, Converters

#: In the name of every file that is being written: ``.<name>.<process>.partial<ending>``.
DRAFT_MARK = ".partial."


def publish(
    notebook: Mapping[str, Any],
    out: Path,
    name: str,
    *,
    formats: Iterable[str],
    converters: Converters,
    brand: Brand | None = None,
    language: str = "en",
) -> dict[str, Path]:
    """Write the notebook and every format of a report; return their paths by format.

    The previous files stay until all new ones are on the disk.
    """
    from casekit.reports.page import render_page

    wanted = ["ipynb", *(item for item in dict.fromkeys(formats) if item != "ipynb")]
    page = ""
    if len(wanted) > 1:
        page = render_page(notebook, notebook_name=f"{name}.ipynb", brand=brand)
    targets = {item: out / f"{name}{FORMATS[item].ending}" for item in wanted}
    with _drafts(out, name, wanted) as drafts:
        for item, draft in drafts.items():
            converters.write(notebook, page, draft, item, brand=brand, language=language)
            _to_disk(draft)
        for item, draft in drafts.items():
            draft.replace(targets[item])
    folder_to_disk(out)
    return targets


@contextmanager
def _drafts(out: Path, name: str, formats: list[str]) -> Iterator[dict[str, Path]]:
    """Where each format is written first; what is left of it is removed if not all could be written."""
    drafts = {item: draft_path(out, name, FORMATS[item].ending) for item in formats}
    try:
        yield drafts
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def draft_path(out: Path, name: str, ending: str) -> Path:
    """A path beside the target that names this process, so that what a killed one left can be told."""
    return out / f".{name}.{os.getpid()}{DRAFT_MARK}{ending.lstrip('.')}"


def write_whole(path: Path, text: str) -> None:
    """Write a text so that the path never holds half of it."""
    draft = draft_path(path.parent, path.stem.lstrip("."), path.suffix)
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        _to_disk(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder_to_disk(path.parent)


def _to_disk(path: Path) -> None:
    """Wait until a file's bytes are on the disk: only then may it take the place of another."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    """Wait until new names in a folder are on the disk, where the system can say so."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep_partial(notebook: Mapping[str, Any], path: Path) -> bool:
    """Keep what was run for inspection; False if even that cannot be written (a full disk)."""
    try:
        write_whole(path, as_text(notebook))
    except OSError:
        return False
    return True


def as_text(notebook: Mapping[str, Any]) -> str:
    """A notebook as it stands in a file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
