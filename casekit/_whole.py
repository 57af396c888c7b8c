"""Writes files whole or not at all: a draft beside the target, on the disk first, then renamed."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: In the name of every file that is being written: ``.<name>.<process>.partial<ending>``.
DRAFT_MARK = ".partial."


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file so that a reader sees all of it or the old one; its folder is made if need be.

    Parameters
    ----------
    path : Path
    content : str or bytes
        A text is written as UTF-8, its line ends as they are.

    Returns
    -------
    Path
        The path itself.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with drafts([path]) as (draft,):
        draft.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


@contextmanager
def drafts(targets: Iterable[Path], *, private: bool = False) -> Iterator[list[Path]]:
    """Paths to write instead of the targets; all take their places once every one is on the disk.

    If the block fails, the targets stay as they were and no draft is left.

    Parameters
    ----------
    targets : iterable of Path
    private : bool, default False
        Their owner alone may read the files, from the first byte on.
    """
    ends = list(targets)
    made = [_draft_path(target) for target in ends]
    try:
        for draft in made:
            draft.unlink(missing_ok=True)
            if private:
                os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield made
        for draft in made:
            _to_disk(draft)
        for draft, target in zip(made, ends, strict=True):
            draft.replace(target)
    finally:
        for draft in made:
            draft.unlink(missing_ok=True)
    for folder in {target.parent for target in ends}:
        folder_to_disk(folder)


def _draft_path(target: Path) -> Path:
    """A path beside the target that names this process, so that what a killed one left can be told."""
    name, ending = target.stem.lstrip("."), target.suffix.lstrip(".") or "file"
    return target.with_name(f".{name}.{os.getpid()}{DRAFT_MARK}{ending}")


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
