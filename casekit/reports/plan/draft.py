"""What a plan says, before it is understood: texts, each with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from casekit import errors
from casekit._text import _

#: What can be said of a report beside the parameters of its case.
SETTINGS = ("case", "name", "title", "language", "formats", "brand", "paper")

#: Parameters that may stand beside the settings, because most plans give them.
COMMON_PARAMETERS = ("data", "reading", "worklist")

#: Other names of the settings, as they stand in the plans of those who write Chinese, and usual slips.
ALIASES = {
    "案例": "case",
    "名称": "name",
    "文件名": "name",
    "标题": "title",
    "语言": "language",
    "格式": "formats",
    "format": "formats",
    "品牌": "brand",
    "纸张": "paper",
    "数据": "data",
    "数据文件": "data",
    "读法": "reading",
    "名单": "worklist",
    "参数": "parameters",
    "备注": "notes",
}


@dataclass(frozen=True)
class Place:
    """Where something stands in a plan: a line of a text, or a row and column of a sheet."""

    file: str
    line: int
    row: bool = False
    column: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.file
        if not self.row:
            return _("{file}, line {line}").format(file=self.file, line=self.line)
        if not self.column:
            return _("{file}, row {row}").format(file=self.file, row=self.line)
        return _("{file}, row {row}, column {column}").format(
            file=self.file, row=self.line, column=self.column
        )


@dataclass(frozen=True)
class Said:
    """One value as it was written: always a text, or None where the plan says that there is none.

    ``broken`` is one that is no value at all: that has been noted, and nothing more is to be said of it.
    """

    value: str | None
    place: Place
    broken: bool = False


@dataclass(frozen=True)
class Entry:
    """What a plan says of one report.

    Attributes
    ----------
    place : Place
    settings : dict
        Values of :data:`SETTINGS`.
    parameters : dict
        Parameters of the case.
    shared : dict
        Parameters from the plan's defaults: they count for the cases that have them.
    free : dict
        Columns of a sheet and keys of a grid: a setting, a parameter, or a word for patterns.
    grid : tuple of str
        Which of the free ones come from a grid.
    """

    place: Place
    settings: dict[str, Said] = field(default_factory=dict)
    parameters: dict[str, Said] = field(default_factory=dict)
    shared: dict[str, Said] = field(default_factory=dict)
    free: dict[str, Said] = field(default_factory=dict)
    grid: tuple[str, ...] = ()


@dataclass
class Draft:
    """A whole plan: its entries, grids worked out, and what must be of use to at least one of them."""

    entries: list[Entry] = field(default_factory=list)
    common: dict[str, Place] = field(default_factory=dict)
    out: Said | None = None


class Problems:
    """Everything wrong with a plan, told in the order of its lines, each thing once."""

    def __init__(self, file: str):
        self.file = file
        self.noted = 0  # how many were noted, repeated ones counted each time
        self._found: dict[tuple[int, str, str], errors.Problem] = {}

    def add(self, problem: errors.Problem, place: Place) -> None:
        """Note a problem; a place that the problem itself names is kept behind the plan's."""
        self.noted += 1
        where = f"{place}: {problem.where}" if problem.where else str(place)
        self._found.setdefault((place.line, where, problem.must + problem.got), replace(problem, where=where))

    def extend(self, problems: Iterable[errors.Problem], place: Place) -> None:
        """Note several."""
        for problem in problems:
            self.add(problem, place)

    def done(self) -> None:
        """Raise all that was found."""
        if self._found:
            order = sorted(self._found, key=lambda key: key[0])
            raise errors.InputError("plan", [self._found[key] for key in order])
