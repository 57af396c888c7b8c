"""A plan: which reports a batch makes, from a YAML file or from a spreadsheet with one row a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.reports.plan.draft import Draft, Place, Problems, Said
from casekit.reports.plan.sheet_file import read_sheet
from casekit.reports.plan.tasks import Tasks
from casekit.reports.plan.yaml_file import read_yaml
from casekit.reports.task import Task

__all__ = ["ENDINGS", "OUT", "Plan", "read_plan"]

#: Folder for the reports of a plan that names none, beside the plan's reader and not beside the plan.
OUT = "reports"

_READERS: dict[str, Callable[[Path, Problems], Draft]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".xlsx": read_sheet,
    ".xls": read_sheet,
    ".csv": read_sheet,
}

#: Kinds of file that a plan can be.
ENDINGS = tuple(_READERS)


@dataclass(frozen=True)
class Plan:
    """A plan that has been checked from end to end.

    Attributes
    ----------
    path : Path
        The file it was read from.
    tasks : tuple of Task
        One a report, in the order of the file; no two write the same file.
    out : Path
        Folder for the reports.
    """

    path: Path
    tasks: tuple[Task, ...]
    out: Path


def read_plan(
    path: str | Path,
    *,
    out: str | Path | None = None,
    formats: str | Iterable[str] | None = None,
    language: str | None = None,
    brand: str | Path | None = None,
    paper: str | None = None,
    check_data: bool = False,
) -> Plan:
    """Read a plan and check all of it, before anything runs.

    Parameters
    ----------
    path : path
        ``.yaml``, ``.xlsx``, ``.xls`` or ``.csv``. Paths inside it are taken from its own folder.
    out, formats, language, brand, paper : optional
        What the command line says for all reports; it goes before what the plan says. Its paths are taken
        from the working directory.
    check_data : bool, default False
        Read the clients' files too, as each case will, so that what is wrong with them is listed here.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        Naming everything that is wrong, in the order of the lines.
    """
    path = _plan_file(Path(path).expanduser())
    problems = Problems(path.name)
    draft = _READERS[path.suffix.lower()](path, problems)
    _override(draft, formats=formats, language=language, brand=brand, paper=paper)
    tasks = Tasks(draft, path, problems, check_data=check_data)
    folder = Path(out).expanduser() if out else _out(draft, path)
    made = tasks.made(folder)
    problems.done()
    return Plan(path, tuple(made), folder)


def _plan_file(path: Path) -> Path:
    if path.suffix.lower() not in ENDINGS:
        problem = errors.must_hold(
            _("the plan must be a file of a known kind"),
            got=path.name,
            allowed=", ".join(ENDINGS),
            hint="casekit plan new plan.yaml",
        )
        raise errors.InputError("plan", problem)
    if not path.is_file():
        beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
        near = errors.closest(path.name, [name for name in beside if Path(name).suffix.lower() in ENDINGS])
        hint = _("did you mean {near!r}?").format(near=near) if near else "casekit plan new plan.yaml"
        raise errors.InputError("plan", errors.must_hold(_("the plan must exist"), got=path.name, hint=hint))
    return path


def _out(draft: Draft, path: Path) -> Path:
    """The folder that the plan names, from the plan's own; else ``reports`` where the command is typed."""
    if draft.out is None or draft.out.value is None:
        return Path(OUT)
    return path.parent / Path(draft.out.value).expanduser()


def _override(draft: Draft, *, formats: str | Iterable[str] | None, **given: str | Path | None) -> None:
    """What the command line says goes before what the plan says."""
    said = {name: str(value) for name, value in given.items() if value}
    if said.get("brand"):
        said["brand"] = str(Path(said["brand"]).expanduser().resolve())
    if formats is not None:
        said["formats"] = formats if isinstance(formats, str) else ",".join(formats)
    place = Place(_("the command line"), 0)
    words = {name: Said(value, place) for name, value in said.items() if value}
    draft.entries = [replace(entry, settings={**entry.settings, **words}) for entry in draft.entries]
