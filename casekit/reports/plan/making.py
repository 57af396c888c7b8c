"""One task from one entry of a plan: case, parameters, paths, settings and name."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.reports.cases import Case
from casekit.reports.parameters import Parameter, read_parameters
from casekit.reports.plan.draft import SETTINGS, Entry, Place, Said
from casekit.reports.plan.files import missing_file
from casekit.reports.plan.grid import fill, words_of
from casekit.reports.plan.names import Names, plain_name
from casekit.reports.plan.words import NONE, read_formats, read_language, read_paper
from casekit.reports.provenance import PATHS, report_name
from casekit.reports.task import Task

if TYPE_CHECKING:
    from casekit.reports.plan.tasks import Tasks

#: What stands in a file name for a word that has no value: ``05_lifetime_value-none``.
NONE_IN_NAMES = "none"

#: A word as like a parameter's name as this is taken for a slip of the pen, even if a pattern uses it.
SLIP = 0.85


class Making:
    """Makes one task."""

    def __init__(self, tasks: Tasks, entry: Entry, unknown: set[str]):
        self.tasks = tasks
        self.problems = tasks.problems
        self.entry = entry
        self.unknown = unknown
        self.settings = {
            **entry.settings,
            **{name: said for name, said in entry.free.items() if name in SETTINGS},
        }
        self.words: dict[str, str] = {}
        self.sound = True

    def task(self, names: Names) -> Task | None:
        """The task, or None if anything is wrong with it."""
        before = self.problems.noted
        case = self._case()
        if case is None:
            return None
        parameters = self._parameters(case)
        readable = self.problems.noted == before and self.sound
        title = " ".join((self._filled(self.settings.get("title")) or "").split()) or None
        language = read_language(self.settings.get("language"), self.problems)
        formats = read_formats(self.settings.get("formats"), self.problems)
        brand = self._brand()
        paper = read_paper(self.settings.get("paper"), self.problems)
        self.words["language"] = language
        name = self._name(case, parameters, language)
        stem = case.stem if case.path in self.tasks.shipped else str(case.path)
        task = Task(name, stem, parameters, formats, language, title, brand, paper, str(self.entry.place))
        if name:
            names.add(task, self.entry.place)
        if readable:  # a slip in the brand or the name hides nothing of what is wrong with the file
            self.tasks.check_case(case, parameters, self.entry.place)
        return task if self.problems.noted == before and self.sound else None

    def _case(self) -> Case | None:
        said = self.settings.get("case")
        if said is not None and said.broken:
            return None
        if said is None or not said.value:
            problem = errors.missing_argument("case", hint=_("case: bank_upsell; casekit list shows all"))
            self.problems.add(problem, said.place if said else self.entry.place)
            return None
        return self.tasks.case(said)

    # -- parameters ----------------------------------------------------------------------------------------

    def _parameters(self, case: Case) -> dict[str, Any]:
        known = {parameter.name: parameter for parameter in read_parameters(case)}
        said = self._said(known)
        self.words |= {name: _shown(item.default) for name, item in known.items()}
        self.words |= {name: item.value or "" for name, item in (said | self.entry.free).items()}
        self.words["case"] = case.stem
        values = {name: self._value(known[name], item) for name, item in said.items()}
        self.words |= {name: _shown(value) for name, value in values.items()}
        self.words |= {name: Path(values[name]).stem for name in PATHS if values.get(name)}
        if values.get("reading") and not values.get("data"):
            problem = errors.must_hold(
                _("rules for reading need a file to read"),
                got=str(values["reading"]),
                hint="data: clients.xlsx",
            )
            self.problems.add(problem, said["reading"].place)
        return values

    def _said(self, known: dict[str, Parameter]) -> dict[str, Said]:
        """What is said of the case's own parameters; names that it does not have are noted."""
        shared = {name: said for name, said in self.entry.shared.items() if name in known}
        own = {**self.entry.parameters}
        used = {word for item in self.settings.values() for word in words_of(item.value)}
        used |= {word for item in own.values() for word in words_of(item.value)}
        used |= {word for item in shared.values() for word in words_of(item.value)}
        for name, said in self.entry.free.items():
            if name in SETTINGS:
                continue
            if name in known or name not in used or difflib.get_close_matches(name, known, cutoff=SLIP):
                own[name] = said
        for name in [name for name in own if name not in known]:
            said = own.pop(name)
            if name not in self.unknown:
                self._unknown(name, said, list(known))
            self.sound = False
        return shared | own

    def _unknown(self, name: str, said: Said, known: list[str]) -> None:
        problem = errors.unknown_name(_("parameter"), name, known)
        if not problem.hint:
            hint = _("a word of your own must be used as {word} in name, title or data").format(
                word=f"{{{name}}}"
            )
            problem = replace(problem, hint=hint)
        self.problems.add(problem, said.place)

    def _value(self, parameter: Parameter, said: Said) -> Any:
        if said.broken:
            self.sound = False
            return None
        text = self._filled(said) if parameter.type == "str" else said.value
        if parameter.optional and text is not None and text.strip().lower() in NONE:
            text = None
        check = Check("plan")
        value = parameter.value_of(check, text)
        self.problems.extend(check.problems, said.place)
        if parameter.name in PATHS and isinstance(value, str):
            return self._path(parameter.name, value, said.place)
        return value

    def _path(self, name: str, text: str, place: Place) -> str:
        path = (self.tasks.plan.parent / Path(text).expanduser()).resolve()
        if name == "data":
            self._require_file(name, text, place)
        else:
            self._require_worklist(path, place)
        return str(path)

    def _require_worklist(self, path: Path, place: Place) -> None:
        endings = (".xlsx", ".csv")
        if path.suffix.lower() not in endings or not path.parent.is_dir():
            problem = errors.must_hold(
                _("the worklist must be a spreadsheet in a folder that exists"),
                got=path.name,
                allowed=", ".join(endings),
                hint=_("make the folder first"),
            )
            self.problems.add(problem, place)

    def _require_file(self, name: str, text: str, place: Place) -> bool:
        problem = missing_file(name, text, self.tasks.plan.parent)
        if problem is not None:
            self.problems.add(problem, place)
        return problem is None

    # -- settings ------------------------------------------------------------------------------------------

    def _filled(self, said: Said | None) -> str | None:
        """A text with its words put in; a word that nothing gives is noted."""
        if said is None or said.value is None:
            return None
        for word in words_of(said.value):
            if word not in self.words:
                self.problems.add(self._no_word(word), said.place)
                return None
        return fill(said.value, self.words)

    def _no_word(self, word: str) -> errors.Problem:
        """A word that no report knows, or that this row of a sheet leaves empty."""
        if word not in self.tasks.draft.common:
            return errors.unknown_name(_("word in braces"), word, list(self.words))
        return errors.must_hold(
            _("each word in braces must have a value"),
            got=_("none for {word}").format(word=f"{{{word}}}"),
            hint=_("fill the cell below {word} in this row").format(word=word),
        )

    def _brand(self) -> str | None:
        said = self.settings.get("brand")
        text = self._filled(said)
        if said is None or text is None or text.strip().lower() in NONE:
            return None
        path = (self.tasks.plan.parent / Path(text).expanduser()).resolve()
        if self._require_file("brand", text, said.place):
            self.problems.extend(self.tasks.brand_problems(path), said.place)
        return str(path)

    def _name(self, case: Case, parameters: dict[str, Any], language: str) -> str:
        said = self.settings.get("name")
        if said is not None and said.value:
            words = self.words
            self.words = {word: value or NONE_IN_NAMES for word, value in words.items()}
            name = self._filled(said) or ""
            self.words = words
            problems = plain_name(name) if name else []
            self.problems.extend(problems, said.place)
            return "" if problems else name
        return self._default_name(case, parameters, language)

    def _default_name(self, case: Case, parameters: dict[str, Any], language: str) -> str:
        """The case and the values of the grid; without a grid, the name that ``casekit report`` gives."""
        grid = [name for name in self.entry.grid if name not in ("case", "language")]
        if grid:
            parts = [case.stem, *(self.words.get(name) or NONE_IN_NAMES for name in grid)]
            name = "-".join(re.sub(r"[^\w.-]+", "_", part) for part in parts)
        else:
            check = Check("plan")
            full = {item.name: item.value_of(check, item.default) for item in read_parameters(case)}
            name = report_name(case, {**full, **parameters})
        return name if language == "en" else f"{name}-{language}"


def _shown(value: Any) -> str:
    """A value as it stands in a file name: 2.0 is 2."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
