"""Files that a plan names: found, or what was meant instead."""

from __future__ import annotations

from pathlib import Path

from casekit import errors
from casekit._text import _

#: Endings of the files that a plan can name, for hints: of others nothing is suggested.
KINDS = {
    "data": (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt"),
    "brand": (".yaml", ".yml"),
    "case": (".ipynb",),
}


def missing_file(name: str, text: str, folder: Path) -> errors.Problem | None:
    """What is wrong with the file that a plan names; None if it is there.

    Parameters
    ----------
    name : str
        What it is for: a key of :data:`KINDS`.
    text : str
        The path as the plan has it.
    folder : Path
        The plan's folder, from which it is seen.
    """
    path = folder / Path(text).expanduser()
    if path.is_file():
        return None
    must = _("the file of {name} must exist").format(name=name)
    if path.is_dir():
        files = [f"{text.rstrip('/')}/{file}" for file in _files(path, name)]
        hint = errors.listing(files) or _("name a file in it")
        return errors.must_hold(must, got=_("the folder {name}").format(name=text), hint=hint)
    near = _near(path, text, name)
    if near:
        hint = _("did you mean {near!r}?").format(near=near)
    else:
        hint = _("it was looked for in {folder}; paths start at the plan's folder").format(
            folder=path.parent.resolve()
        )
    return errors.must_hold(must, got=text, hint=hint)


def _near(path: Path, text: str, name: str) -> str:
    """The path with its first part that is not there as one that is like it; empty if there is none."""
    if path.parent.is_dir():
        near = errors.closest(path.name, _files(path.parent, name))
        return _replaced(text, path.name, near)
    gone = next(part for part in reversed((path, *path.parents)) if not part.exists())
    folders = [other.name for other in gone.parent.iterdir() if other.is_dir()]
    near = errors.closest(gone.name, folders)
    there = near and (gone.with_name(near) / path.relative_to(gone)).is_file()
    return _replaced(text, gone.name, near) if there else ""


def _files(folder: Path, name: str) -> list[str]:
    endings = KINDS[name]
    return sorted(
        file.name
        for file in folder.iterdir()
        if file.suffix.lower() in endings and not file.name.startswith((".", "~$")) and file.is_file()
    )


def _replaced(text: str, part: str, near: str) -> str:
    """The path as the plan has it, with one part replaced."""
    before, _part, after = text.rpartition(part)
    return f"{before}{near}{after}" if near else ""
