"""``casekit verify``: makes a report again and says whether it says the same."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

import casekit
from casekit import errors
from casekit._text import _, ngettext
from casekit.datasets import file_sha256
from casekit.reports.blocks import CODE, FIGURE, SHOWN, Block, blocks_of_file, facts_of_file
from casekit.reports.cases import Case, find_case
from casekit.reports.provenance import data_fingerprint, packages

#: What a verification can come to; also the exit code of the command.
SAME, DIFFERENT, UNKNOWN = 0, 1, 2

#: Differences shown before the rest is counted.
SHOWN_DIFFERENCES = 10


@dataclass(frozen=True)
class Difference:
    """One piece that differs: the heading above it, what the report says, what the new run says."""

    heading: str
    kind: str
    reported: str
    found: str

    def __str__(self) -> str:
        kinds = {FIGURE: _("figure"), CODE: _("code"), SHOWN: _("text")}
        return _("“{heading}”, {kind}: the report says {reported}, the new run {found}").format(
            heading=self.heading or _("beginning"),
            kind=kinds[self.kind],
            reported=_short(self.reported),
            found=_short(self.found),
        )


@dataclass
class Verification:
    """What came of making a report again.

    Attributes
    ----------
    result : int
        ``SAME``, ``DIFFERENT`` or ``UNKNOWN``.
    compared : int
        How many pieces of text, numbers and figures were held side by side.
    differences : list of Difference
        Pieces that differ, in reading order.
    notes : list of str
        What is not as it was when the report was made: data, notebook, versions.
    """

    result: int
    compared: int = 0
    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole result, to be printed."""
        lines = [*self._verdict(), *(str(item) for item in self.differences[:SHOWN_DIFFERENCES])]
        rest = len(self.differences) - SHOWN_DIFFERENCES
        if rest > 0:
            lines.append(_("and {count} more").format(count=rest))
        return "\n  ".join(lines) + "".join(f"\n{_('Note')}: {note}" for note in self.notes)

    def _verdict(self) -> list[str]:
        if self.result == SAME:
            return [_("The same: {count} texts, numbers and figures.").format(count=f"{self.compared:,}")]
        if self.result == DIFFERENT:
            return [
                ngettext(
                    "Not the same: {count} of {all} texts, numbers and figures differs.",
                    "Not the same: {count} of {all} texts, numbers and figures differ.",
                    len(self.differences),
                ).format(count=len(self.differences), all=f"{self.compared:,}")
            ]
        return [_("Cannot tell.")]


def verify(
    path: str | Path,
    *,
    data: str | Path | None = None,
    case: str | Path | None = None,
    time_limit: float = 600,
) -> Verification:
    """Make a report again with its own parameters and compare it piece by piece.

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
        found = _case(facts, case)
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
    return _compared(blocks_of_file(path), again, notes, figures=drawn_alike)


# -- what the report says of itself ----------------------------------------------------------------------


def _facts(path: Path) -> dict[str, Any]:
    if not path.is_file() or path.suffix.lower() not in (".html", ".ipynb"):
        problem = errors.must_hold(
            _("the report must be a page or an executed notebook"),
            got=path.name,
            allowed=".html, .ipynb",
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
    """The reader's own file: the one given, or the one of that name beside the report."""
    if not facts["own_data"]:
        return None
    name = Path(str(facts["parameters"].get("data"))).name
    file = Path(given) if given else report.parent / name
    if not file.is_file():
        problem = errors.must_hold(
            _("the file the report was made from must be there"),
            got=_("no file {name}").format(name=file.name),
            hint=f"casekit verify {report.name} --data …/{name}",
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


# -- side by side ----------------------------------------------------------------------------------------


def _compared(reported: list[Block], found: list[Block], notes: list[str], *, figures: bool) -> Verification:
    """Code is only noted; so are figures where another matplotlib has drawn them."""
    counted = (SHOWN, FIGURE) if figures else (SHOWN,)
    differences = list(_differences(reported, found))
    other = {item.kind for item in differences} - set(counted)
    if CODE in other:
        notes = [*notes, _("the code of the report is not that of the notebook")]
    if FIGURE in other:
        notes = [*notes, _("figures were drawn by another matplotlib and are not compared")]
    differences = [item for item in differences if item.kind in counted]
    compared = sum(block.kind in counted for block in reported)
    return Verification(DIFFERENT if differences else SAME, compared, differences, notes)


def _differences(reported: list[Block], found: list[Block]) -> Iterator[Difference]:
    before, after = ([(block.kind, block.text) for block in blocks] for blocks in (reported, found))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        for one, other in zip_longest(reported[start:end], found[other_start:other_end]):
            known = one or other
            yield Difference(known.heading, known.kind, one.text if one else "", other.text if other else "")


def _short(text: str) -> str:
    if not text:
        return _("nothing")
    return f"“{text}”" if len(text) <= 80 else f"“{text[:77]}…”"
