"""Output files: a name that every system can hold, and no two reports writing the same file."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.reports.plan.draft import Place, Problems
from casekit.reports.task import Task

#: Longest name in bytes: 255 less what is added while a report is being written.
LONGEST = 200

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index)(\..*)?|.*\.(failed|partial)", re.IGNORECASE)


def plain_name(name: str) -> list[errors.Problem]:
    """What keeps a text from being the name of a file on Windows, macOS and Linux.

    Examples
    --------
    >>> plain_name("上海 2023"), len(plain_name("a/b"))
    ([], 1)
    """
    problems = []
    found = sorted(set(_FORBIDDEN.findall(name)))
    if found or name != name.strip() or name.startswith(".") or name.endswith("."):
        problems.append(
            errors.must_hold(
                _("name must be a file name without a folder that every system can hold"),
                got=repr(name),
                hint=_('no < > : " / \\ | ? *, no space or point at either end'),
            )
        )
    if _RESERVED.fullmatch(name):
        problem = errors.must_hold(
            _("name must not be one that the system or casekit keeps for itself"),
            got=repr(name),
            hint=f"report-{name}",
        )
        problems.append(problem)
    if len(name.encode()) > LONGEST:
        problems.append(
            errors.must_hold(
                _("name must be short enough for every file system"),
                got=_("{count} bytes").format(count=len(name.encode())),
                allowed=_("{most} bytes; a Chinese character takes three").format(most=LONGEST),
            )
        )
    return problems


class Names:
    """The files that a plan would write, and who writes each."""

    def __init__(self, out: Path, plan: Path, problems: Problems):
        self.out = out.resolve()
        self.problems = problems
        self.written: dict[str, Place] = {}
        self.inputs = {_key(plan.resolve())}

    def add(self, task: Task, place: Place) -> None:
        """Note the files of a task; another task's file, or one that a report reads, is a problem."""
        data = [Path(path) for path in (task.parameters.get("data"), task.brand) if path]
        own = [Path(task.case)] if task.case.lower().endswith(".ipynb") else []
        self.inputs |= {_key(path) for path in (*data, *own)}
        for target in self._files(task):
            key = _key(target)
            if key in self.inputs:
                self._overwrites(target, place)
            elif key in self.written:
                self._clashes(target, place)
                break
            else:
                self.written[key] = place

    def _files(self, task: Task) -> list[Path]:
        from casekit.reports.formats import FORMATS

        endings = dict.fromkeys([".ipynb", *(FORMATS[name].ending for name in task.formats)])
        files = [self.out / f"{task.name}{ending}" for ending in endings]
        worklist = task.parameters.get("worklist")
        return [*files, Path(worklist)] if worklist else files

    def _overwrites(self, target: Path, place: Place) -> None:
        problem = errors.must_hold(
            _("a report must not overwrite a file that the plan reads"),
            got=target.name,
            hint=_("another name or another folder for the reports"),
        )
        self.problems.add(problem, place)

    def _clashes(self, target: Path, place: Place) -> None:
        problem = errors.must_hold(
            _("output names must differ, apart from capitals too"),
            got=_("{file}, written by {other} as well").format(
                file=target.name, other=self.written[_key(target)]
            ),
            hint=_("set name:, or put what differs into the pattern: {example}").format(
                example="{case}-{city}"
            ),
        )
        self.problems.add(problem, place)


def _key(path: Path) -> str:
    """The same for two paths that some system takes for one file."""
    return unicodedata.normalize("NFC", str(path)).casefold()
