"""Plans kept in a spreadsheet: one row a report, its settings and parameters in columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.reports.plan.draft import (
    ALIASES,
    COMMON_PARAMETERS,
    SETTINGS,
    Draft,
    Entry,
    Place,
    Problems,
    Said,
)

#: Columns that casekit leaves to those who keep the sheet.
IGNORED = ("notes",)

Rows = list[list[str]]


def read_sheet(path: Path, problems: Problems) -> Draft:
    """Read a plan from ``.xlsx``, ``.xls`` or ``.csv`` (UTF-8, UTF-16 or GB18030)."""
    rows = _rows(path)
    number = next((place for place, row in enumerate(rows) if any(row)), None)
    if number is None:
        problems.add(errors.empty(_("the plan")), Place(path.name, 1, row=True))
        return Draft()
    titles = rows[number]
    draft, header = Draft(), _header(titles, Place(path.name, number + 1, row=True), problems)
    for line, row in enumerate(rows[number + 1 :], number + 2):
        if any(row):
            place = Place(path.name, line, row=True)
            draft.entries.append(_entry(header, titles, row, place, problems))
    if not draft.entries:
        problems.add(errors.empty(_("the plan")), Place(path.name, number + 1, row=True))
    for name in header:
        if name and name not in (*SETTINGS, *COMMON_PARAMETERS, *IGNORED):
            draft.common[name] = Place(path.name, number + 1, row=True, column=name)
    return draft


def _rows(path: Path) -> Rows:
    """Every cell as a text, from row 1 on."""
    from casekit.information import workbooks
    from casekit.information.files import as_text
    from casekit.information.text_files import read_text_table

    content = path.read_bytes()
    if content.strip() and path.suffix.lower() == ".csv":
        records = read_text_table(content, "plan", _known).records
        return [[cell.strip() for cell in row] for row in records]
    if not content.strip():
        return []
    opener = workbooks.open_xls if content[:4] == b"\xd0\xcf\x11\xe0" else workbooks.open_xlsx
    book = opener(content, "plan")
    try:
        sheets = [book.grid(name) for name in book.names]
        texts = [[[as_text(cell).strip() for cell in row] for row in sheet] for sheet in sheets]
        return max(texts, key=lambda rows: max((_known(row) for row in rows[:5]), default=0))
    finally:
        book.close()


def _known(row: list[str]) -> int:
    """How many cells of a row are names of settings: finds the separator and the sheet."""
    return sum(_name(cell) in (*SETTINGS, *COMMON_PARAMETERS) for cell in row)


def _name(cell: str) -> str:
    text = " ".join(cell.split())
    plain = text.lower()
    return ALIASES.get(plain, plain if plain in (*SETTINGS, *COMMON_PARAMETERS, *IGNORED) else text)


def _header(row: list[str], place: Place, problems: Problems) -> list[str]:
    names = [_name(cell) for cell in row]
    titles = [" ".join(cell.split()) for cell in row]
    twice = [title for title, name in zip(titles, names, strict=True) if name and names.count(name) > 1]
    if twice:
        rule = _("each column of the plan must have a name of its own")
        problem = errors.must_hold(rule, got=errors.listing(twice), hint=_("delete or rename one of them"))
        problems.add(problem, place)
    if "case" not in names:
        missing = errors.missing_columns(_("the plan"), ["case"], [title for title in titles if title])
        hint = _("name the column that holds the cases: case, or {chinese}").format(chinese="案例")
        problems.add(replace(missing, hint=hint), place)
        problems.done()
    return names


def _entry(header: list[str], titles: list[str], row: list[str], place: Place, problems: Problems) -> Entry:
    """One row; an empty cell leaves the default. Places name columns as the sheet does."""
    settings: dict[str, Said] = {}
    parameters: dict[str, Said] = {}
    free: dict[str, Said] = {}
    for number, cell in enumerate(row):
        if not cell:
            continue
        name = header[number] if number < len(header) else ""
        if not name:
            problem = errors.must_hold(
                _("each cell must stand below a column name"),
                got=repr(cell),
                hint=_("name the column: notes"),
            )
            problems.add(problem, place)
            continue
        said = Said(cell, Place(place.file, place.line, row=True, column=" ".join(titles[number].split())))
        kind = settings if name in SETTINGS else parameters if name in COMMON_PARAMETERS else free
        if name not in IGNORED:
            kind[name] = said
    return Entry(place, settings, parameters, free=free)
