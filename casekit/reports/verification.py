"""``casekit verify``: makes a report again and says whether its numbers are the same."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import casekit
from casekit import errors
from casekit._text import _, ngettext
from casekit.datasets import file_sha256
from casekit.reports.blocks import Block, blocks_of_file, facts_of_file
from casekit.reports.cases import Case, find_case
from casekit.reports.comparison import NUMBER, PICTURE, WORD, Comparison, Difference, compare
from casekit.reports.provenance import data_fingerprint, packages

#: What a verification can come to; also the exit code of the command.
SAME, DIFFERENT, UNKNOWN = 0, 1, 2

#: Kinds of file that can be verified.
ENDINGS = (".html", ".ipynb")

#: Differences shown before the rest is counted: of numbers and figures, and of words.
SHOWN_DIFFERENCES, SHOWN_WORDS = 10, 3


@dataclass
class Verification:
    """What came of making a report again.

    Attributes
    ----------
    result : int
        ``SAME`` if all numbers and all figures are, whatever the words; ``DIFFERENT`` or ``UNKNOWN``.
    compared : Comparison
        What was held side by side, and what differs.
    notes : list of str
        What is not as it was when the report was made: data, notebook, versions.
    """

    result: int
    compared: Comparison = field(default_factory=Comparison)
    notes: list[str] = field(default_factory=list)

    @property
    def differences(self) -> list[Difference]:
        """Numbers, entries of tables and figures that differ, in reading order."""
        return self.compared.differences

    @property
    def text(self) -> str:
        """The whole result, to be printed."""
        lines = [*self._verdict(), *_first(self.differences, SHOWN_DIFFERENCES), *self._wording()]
        return "\n".join([*lines, *(_("Note: {note}").format(note=note) for note in self.notes)])

    def _verdict(self) -> list[str]:
        compared = self.compared
        if self.result == UNKNOWN:
            return [_("Cannot tell.")]
        counts = {"numbers": f"{compared.numbers:,}", "figures": compared.figures}
        drawn = len(compared.of(PICTURE))
        if self.result == SAME:
            return [_("The numbers are the same: {numbers} numbers, {figures} figures.").format(**counts)]
        if drawn == len(compared.differences):
            said = _("The numbers are the same ({numbers}), but figures are not: {count} of {figures}.")
            return [said.format(**counts, count=drawn)]
        said = _("Not the same. Numbers that differ: {count} of {numbers}; figures: {drawn} of {figures}.")
        lines = [said.format(**counts, count=len(compared.of(NUMBER)), drawn=drawn)]
        moved = len(compared.of(WORD))
        if moved:
            lines.append(_("Entries of tables that have become other ones: {count}.").format(count=moved))
        return lines

    def _wording(self) -> list[str]:
        """How many texts say it in other words, and the first of them."""
        wording = self.compared.wording
        if not wording:
            return []
        said = ngettext(
            "{count} text is worded differently:", "{count} texts are worded differently:", len(wording)
        )
        return [said.format(count=len(wording)), *_first(wording, SHOWN_WORDS)]


def _first(differences: list[Difference], most: int) -> list[str]:
    """The first differences, a line each, and the count of the rest."""
    lines = [f"  {item}" for item in differences[:most]]
    if len(differences) > most:
        lines.append("  " + _("and {count} more").format(count=len(differences) - most))
    return lines


def verify(
    path: str | Path,
    *,
    data: str | Path | None = None,
    case: str | Path | None = None,
    time_limit: float = 600,
) -> Verification:
    """Make a report again with its own parameters and compare numbers and figures, piece by piece.

    Headings, sentences and labels may have been reworded or translated since: they are told, but do not make
    the result another one. A number inside them does.

    Parameters
    ----------
    path : path
        The report: its page (``.html``) or its executed notebook (``.ipynb``).
    data : path, optional
        The reader's own file, if the report was made from one and it does not lie beside the report.
    case : path, optional
        The notebook, if it is none of the workbook's.
    time_limit : float
        Seconds the new run may take.

    Returns
    -------
    Verification

    Raises
    ------
    InputError
        If the file is no report of casekit.
    """
    path = Path(path)
    facts = _facts(path)
    try:
        found = _case(facts, case).in_language(str(facts.get("language")))
        file = _data(facts, path, data)
    except errors.InputError as error:
        return Verification(UNKNOWN, notes=[str(error)])
    notes = _notes(facts, found, file)
    if file is not None and file_sha256(file) != facts["data_sha256"]:
        return Verification(UNKNOWN, notes=notes)
    try:
        again = _made_again(facts, found, file, path.suffix.lower(), time_limit)
    except errors.CasekitError as error:
        return Verification(UNKNOWN, notes=[*notes, str(error)])
    drawn_alike = (facts.get("packages") or {}).get("matplotlib") == packages().get("matplotlib")
    compared = compare(blocks_of_file(path), again)
    if compared.code:
        notes.append(_("the code of the report is not that of the notebook"))
    if compared.of(PICTURE) and not drawn_alike:
        compared = compared.without_figures()
        notes.append(_("figures were drawn by another matplotlib and are not compared"))
    return Verification(DIFFERENT if compared.differences else SAME, compared, notes)


# -- what the report says of itself ----------------------------------------------------------------------


def _require_file(path: Path) -> None:
    if path.is_file():
        return
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    asked = path.name if path.suffix else f"{path.name}.html"
    near = errors.closest(asked, [name for name in beside if Path(name).suffix.lower() in ENDINGS])
    if near:
        hint = _("did you mean {near!r}?").format(near=str(path.with_name(near)))
    else:
        hint = _("give its path: casekit verify reports/NAME.html")
    problem = errors.must_hold(
        _("the report must be there"),
        got=_("the folder {name}").format(name=path)
        if path.is_dir()
        else _("no file {name}").format(name=path),
        hint=hint,
    )
    raise errors.InputError("verify", problem)


def _facts(path: Path) -> dict[str, Any]:
    _require_file(path)
    if path.suffix.lower() not in ENDINGS:
        problem = errors.must_hold(
            _("the report must be a page or an executed notebook"),
            got=path.name,
            allowed=", ".join(ENDINGS),
            hint=_("for a PDF or an Office file verify the page or the notebook that was made with it"),
        )
        raise errors.InputError("verify", problem)
    facts = facts_of_file(path)
    needed = {"case", "parameters", "own_data", "data_sha256"}
    if not needed <= set(facts) or not isinstance(facts["parameters"], dict):
        problem = errors.must_hold(
            _("the report must carry its case, parameters and data fingerprint"),
            got=_("{name} without them").format(name=path.name),
            hint=_("make it again: casekit report writes them into page and notebook"),
        )
        raise errors.InputError("verify", problem)
    return facts


def _case(facts: Mapping[str, Any], given: str | Path | None) -> Case:
    if given:
        return Case(Path(given).resolve())
    try:
        return find_case(str(facts["case"]))
    except errors.InputError as error:
        problem = errors.must_hold(
            _("the notebook the report was made from must be known"),
            got=str(facts["case"]),
            hint=f"--case …/{facts['case']}.ipynb",
        )
        raise errors.InputError("verify", problem) from error


def _data(facts: Mapping[str, Any], report: Path, given: str | Path | None) -> Path | None:
    """The reader's own file: the one given, or the one of that name beside the report or in this folder."""
    if not facts["own_data"]:
        return None
    name = Path(str(facts["parameters"].get("data"))).name
    places = [Path(given)] if given else [report.parent / name, Path(name)]
    file = next((place for place in places if place.is_file()), places[0])
    if not file.is_file():
        problem = errors.must_hold(
            _("the file the report was made from must be there"),
            got=_("no file {name}").format(name=file.name),
            hint=f"casekit verify {report} --data …/{name}",
        )
        raise errors.InputError("verify", problem)
    return file.resolve()


def _notes(facts: Mapping[str, Any], case: Case, file: Path | None) -> list[str]:
    """What is no longer as it was when the report was made."""
    notes = []
    sha256 = file_sha256(file) if file else data_fingerprint(case, None)
    if sha256 != facts["data_sha256"]:
        notes.append(
            _("the data are not those of the report: sha256 {was} then, {now} now").format(
                was=facts["data_sha256"][:12], now=sha256[:12]
            )
        )
    if facts.get("notebook_sha256") not in (None, file_sha256(case.path)):
        notes.append(_("the notebook of the case has changed since"))
    if facts.get("version") not in (None, casekit.__version__):
        notes.append(
            _("made with casekit {was}; this is {now}").format(was=facts["version"], now=casekit.__version__)
        )
    was, now = facts.get("packages") or {}, packages()
    for name in sorted(name for name in was if name in now and was[name] != now[name]):
        notes.append(
            _("made with {package} {was}; this is {now}").format(package=name, was=was[name], now=now[name])
        )
    return notes


# -- the new run -----------------------------------------------------------------------------------------


def _made_again(
    facts: Mapping[str, Any], case: Case, file: Path | None, ending: str, time_limit: float
) -> list[Block]:
    """The pieces of a report made now with the same parameters, in a folder that is then removed."""
    from casekit.reports.run import make_report

    values = dict(facts["parameters"])
    with tempfile.TemporaryDirectory() as folder, _colours(str(facts.get("figure_colours") or "")):
        if file is not None:
            values["data"] = str(_under_its_name(file, str(values["data"]), Path(folder)))
        if values.get("worklist"):
            values["worklist"] = str(Path(folder) / Path(values["worklist"]).name)
        make_report(
            case,
            values,
            out=folder,
            name="again",
            title=facts.get("title"),
            language=facts.get("language"),
            time_limit=time_limit,
        )
        return blocks_of_file(Path(folder) / f"again{ending}")


def _under_its_name(file: Path, name: str, folder: Path) -> Path:
    """The reader's file under the name that the report knows it by: a report prints it."""
    return file if file.name == Path(name).name else Path(shutil.copy(file, folder / Path(name).name))


@contextmanager
def _colours(colours: str) -> Iterator[None]:
    """The colours of the report's brand, for the figures of the new run."""
    before = os.environ.pop("CASEKIT_BRAND", None)
    if colours:
        os.environ["CASEKIT_BRAND"] = colours
    try:
        yield
    finally:
        os.environ.pop("CASEKIT_BRAND", None)
        if before is not None:
            os.environ["CASEKIT_BRAND"] = before
