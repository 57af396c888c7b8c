"""From what a plan says to tasks: every name, type, range, path and output file is checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _
from casekit.reports.brand import read_brand
from casekit.reports.cases import Case, find_case, list_cases
from casekit.reports.parameters import check_parameters, read_parameters
from casekit.reports.plan.draft import COMMON_PARAMETERS, SETTINGS, Draft, Entry, Place, Problems, Said
from casekit.reports.plan.files import missing_file
from casekit.reports.plan.grid import words_of
from casekit.reports.plan.making import Making
from casekit.reports.plan.names import Names
from casekit.reports.preflight import preflight
from casekit.reports.task import Task


class Tasks:
    """Makes the tasks of a draft; what is wrong is noted on ``problems``."""

    def __init__(self, draft: Draft, plan: Path, problems: Problems, *, check_data: bool):
        self.draft = draft
        self.plan = plan
        self.problems = problems
        self.check_data = check_data
        self._cases: dict[str, tuple[Case | None, list[errors.Problem]]] = {}
        self._brands: dict[Path, list[errors.Problem]] = {}
        self._checked: set[str] = set()
        self.shipped = {case.path for case in list_cases(guides=True)}
        self._read = lru_cache(maxsize=2)(_read_client_file)

    def made(self, out: Path) -> list[Task]:
        """Every task of which nothing is wrong."""
        unknown = self._unknown_everywhere()
        names = Names(out, self.plan, self.problems)
        tasks = [Making(self, entry, unknown).task(names) for entry in self.draft.entries]
        return [task for task in tasks if task is not None]

    def case(self, said: Said) -> Case | None:
        """The case of an entry, looked up once."""
        text = (said.value or "").strip()
        if text not in self._cases:
            self._cases[text] = self._find(text)
        case, problems = self._cases[text]
        self.problems.extend(problems, said.place)
        return case

    def _find(self, text: str) -> tuple[Case | None, list[errors.Problem]]:
        path = self.plan.parent / Path(text).expanduser()
        is_own = text.lower().endswith(".ipynb")
        missing = missing_file("case", text, self.plan.parent) if is_own else None
        if missing is not None:
            return None, [missing]
        try:
            case = Case(path.resolve()) if is_own else find_case(text.zfill(2) if text.isdigit() else text)
            read_parameters(case)
        except errors.InputError as error:
            return None, error.problems
        except (ValueError, KeyError) as error:
            problem = errors.must_hold(_("the case must be a notebook"), got=str(error) or path.name)
            return None, [problem]
        return case, []

    def _unknown_everywhere(self) -> set[str]:
        """Names in the defaults, the grid or the header that are of no use to any report; they are noted."""
        said = [(entry, self._silent_case(entry)) for entry in self.draft.entries]
        cases = {case.path: case for _entry, case in said if case}.values()
        known = [parameter.name for case in cases for parameter in read_parameters(case)]
        patterns = {word for entry in self.draft.entries for word in _pattern_words(entry)}
        useful = {*known, *patterns, *SETTINGS, *COMMON_PARAMETERS}
        unknown = {name for name in self.draft.common if name not in useful}
        for name in unknown if cases else ():
            names = list(dict.fromkeys(known))
            self.problems.add(errors.unknown_name(_("parameter"), name, names), self.draft.common[name])
        return unknown

    def _silent_case(self, entry: Entry) -> Case | None:
        said = entry.free.get("case") or entry.settings.get("case")
        text = (said.value or "").strip() if said else ""
        if text and text not in self._cases:
            self._cases[text] = self._find(text)
        return self._cases[text][0] if text else None

    def brand_problems(self, path: Path) -> list[errors.Problem]:
        """What is wrong with a brand file, read once."""
        if path not in self._brands:
            try:
                read_brand(path)
                self._brands[path] = []
            except errors.InputError as error:
                self._brands[path] = error.problems
        return self._brands[path]

    def check_case(self, case: Case, values: dict[str, Any], place: Place) -> None:
        """What only the case can know: with ``check_data`` also of the client's file."""
        key = repr((case.path, sorted(values.items())))
        data = values.get("data")
        if key in self._checked or (data and not self.check_data):
            return
        self._checked.add(key)
        try:
            full = check_parameters(case, values, strict=True)
            client = self._read(data, case.name, values.get("reading")) if data else None
            preflight(case.name, client, full)
        except errors.InputError as error:
            self.problems.extend(error.problems, place)


def _read_client_file(data: str, case: str, reading: str | None) -> Any:
    from casekit.information import read_client_file

    return read_client_file(data, case, reading=reading)


def _pattern_words(entry: Entry) -> list[str]:
    said = [*entry.settings.values(), *entry.parameters.values(), *entry.shared.values()]
    return [word for item in [*said, *entry.free.values()] for word in words_of(item.value)]
