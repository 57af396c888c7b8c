"""Reads a client's own file into a frame that a case can use, and says what it did to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _, ngettext
from casekit._validate import Check
from casekit.information import amounts, cells, dates, files
from casekit.information.columns import Match, Matching, count_known, match_columns
from casekit.information.layouts import LAYOUTS, Column, Layout
from casekit.information.policies import POLICIES, apply_policies
from casekit.information.pseudonyms import pseudonym_key, pseudonyms
from casekit.information.reading_text import Reading, parse_reading
from casekit.information.schema import limits, schema_problems

FIXES = ("rule", "effect", "rows", "example_rows")


@dataclass(eq=False)
class ClientFile:
    """A client's file, read.

    Attributes
    ----------
    case : str
        The case it was read for.
    name : str
        Name of the file, without its folder.
    frame : DataFrame
        Canonical columns in their real dtypes; persons appear under pseudonyms.
    fixes : DataFrame
        ``rule``, ``effect`` (``changed``, ``left out``, ``noted``), ``rows`` (how many) and ``example_rows``
        (row numbers as the spreadsheet shows them, five at most).
    mapping : DataFrame
        ``column`` in the file, ``canonical`` name, and ``how`` they were matched.
    encoding : str
        Encoding of a text file, empty for other formats.
    ignored : list of str
        Columns of the file that the case does not use.
    how : list of str
        How the file was opened.
    rows : Series of int
        Row number in the file for each row of ``frame``.
    rows_in_file : int
        Rows below the header, blank ones included.
    key_kept : bool
        Whether the pseudonyms will be the same next time.
    """

    case: str
    name: str
    frame: pd.DataFrame
    fixes: pd.DataFrame
    mapping: pd.DataFrame
    encoding: str
    ignored: list[str]
    how: list[str]
    rows: pd.Series
    rows_in_file: int
    key_kept: bool
    _real: dict[str, str] = field(repr=False)

    def __repr__(self) -> str:
        return f"ClientFile({self.name!r}, case={self.case!r}, rows={len(self.frame)})"

    def summary(self) -> str:
        """What was read and what was done to it, a line each; holds no id."""
        lines = [
            _("{used} of {all} rows of {name} are used.").format(
                used=f"{len(self.frame):,}", all=f"{self.rows_in_file:,}", name=self.name
            ),
            *(f"{sentence}." for sentence in self.how),
            *fix_lines(self.fixes),
        ]
        if self._real:
            lines.append(
                _("Persons appear under pseudonyms that your key file keeps the same.")
                if self.key_kept
                else _("Persons appear under pseudonyms made for this reading only.")
            )
        return "\n".join(lines)


@dataclass
class Examination:
    """Everything found out about a file, faults included, before anybody is given a pseudonym."""

    layout: Layout
    table: files.RawTable
    matching: Matching
    frame: pd.DataFrame
    fixes: pd.DataFrame
    problems: list[errors.Problem]


def read_client_file(
    path: str | Path,
    case: str | Layout,
    *,
    reading: str | None = None,
    mapping: Mapping[str, str] | None = None,
    refunds: str | None = None,
    duplicates: str | None = None,
    missing_ids: str | None = None,
    future_dates: str | None = None,
    key_file: str | Path | None = None,
    today: date | None = None,
) -> ClientFile:
    """Read a client's own file for a case, whatever shape it is in, and say what was done to it.

    CSV and TSV (UTF-8, UTF-16, GB18030), ``.xlsx``, ``.xls`` and Parquet are understood. Columns are matched
    by name or synonym, never by guessing; every cell that is changed and every row that is left out is
    counted in ``fixes``; whatever no stated rule covers is refused, all of it in one message.

    Parameters
    ----------
    path : str or Path
        The file.
    case : str or Layout
        Name of a case that reads files, such as ``loyalty_tiers``.
    reading : str, optional
        How to read it, in one line: ``amount=实付金额; refunds=drop`` (see :func:`parse_reading`).
    mapping : dict, optional
        Column of the file by canonical name; goes before ``reading``.
    refunds : {"keep", "drop", "net", "refuse"}, default "keep"
        Negative amounts: keep, leave out, set against the same person's earlier purchases, or refuse.
    duplicates : {"drop", "keep", "first", "last", "refuse"}, default "drop"
        Rows equal in every column: leave the later ones out. Rows equal only in the key of the case are
        refused under ``drop``; ``first`` and ``last`` choose one of them.
    missing_ids : {"drop", "refuse"}, default "drop"
        Rows that name no person.
    future_dates : {"refuse", "drop", "keep"}, default "refuse"
        Dates after ``today``.
    key_file : str or Path, optional
        File with the key of the pseudonyms, made on first use; also the environment variable
        ``CASEKIT_KEY_FILE``. Without it, the pseudonyms hold for this reading only.
    today : date, optional
        The day after which dates lie in the future; the current day if left out.

    Returns
    -------
    ClientFile
        ``.frame`` for the calculations, ``.fixes``, ``.mapping`` and ``.summary()`` for the reader.

    Raises
    ------
    InputError
        Naming every problem of the file with its row numbers.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "visits.csv"
    >>> text = "会员号,消费日期,实付金额,人数\\nG1,2024年3月1日,¥460,8\\nG2,2024/3/1,1.2万,16\\n"
    >>> written = file.write_bytes(text.encode("gb18030"))
    >>> client = read_client_file(file, "loyalty_tiers")
    >>> client.frame["amount"].tolist(), client.encoding
    ([460.0, 12000.0], 'gb18030')
    """
    function = "read_client_file"
    given = {
        "refunds": refunds,
        "duplicates": duplicates,
        "missing_ids": missing_ids,
        "future_dates": future_dates,
    }
    layout, how_to, policies = read_settings(case, reading, mapping, given, function)
    path = Path(path).expanduser()
    examined = examine(path, layout, how_to, policies, today, function)
    if examined.problems:
        raise errors.InputError(function, examined.problems)
    key, kept = pseudonym_key(key_file, function)
    frame, real = _hide_persons(examined.frame, layout, key)
    table = examined.table
    return ClientFile(
        case=layout.case,
        name=path.name,
        frame=frame.reset_index(drop=True),
        fixes=examined.fixes,
        mapping=examined.matching.table(),
        encoding=table.encoding,
        ignored=examined.matching.ignored,
        how=table.how,
        rows=pd.Series(frame.index, name="row"),
        rows_in_file=table.rows,
        key_kept=kept,
        _real=real,
    )


def read_settings(
    case: str | Layout,
    reading: str | None,
    mapping: Mapping[str, str] | None,
    given: Mapping[str, str | None],
    function: str,
) -> tuple[Layout, Reading, dict[str, str]]:
    """The layout, the reading and the policies in force: argument, else reading, else default."""
    check = Check(function)
    if reading is not None and not isinstance(reading, str):
        check.add(errors.wrong_type("reading", _("a text"), reading, "reading='amount=实付金额'"))
    if mapping is not None and not isinstance(mapping, Mapping):
        check.add(errors.wrong_type("mapping", _("a dict"), mapping, "mapping={'amount': '实付金额'}"))
    check.done()
    layout = find_layout(case, function)
    how_to = parse_reading(reading)
    policies = {name: choices[0] for name, choices in POLICIES.items()}
    policies.update(how_to.policies)
    for name, value in given.items():
        if value is not None:
            policies[name] = check.choice(name, value, POLICIES[name])
    check.done()
    return layout, _with_mapping(how_to, mapping), policies


def _with_mapping(reading: Reading, mapping: Mapping[str, str] | None) -> Reading:
    together = {**reading.mapping, **(mapping or {})}
    return Reading(together, reading.policies, reading.file, reading.dates)


def find_layout(case: str | Layout, function: str) -> Layout:
    """The layout of a case, by its name with or without number."""
    if isinstance(case, Layout):
        return case
    name = str(case).removesuffix(".ipynb")
    name = name[3:] if name[:2].isdigit() and name[2:3] == "_" else name
    if name not in LAYOUTS:
        raise errors.InputError(function, errors.unknown_name(_("case"), case, sorted(LAYOUTS)))
    return LAYOUTS[name]


def examine(
    path: Path, layout: Layout, reading: Reading, policies: dict[str, str], today: date | None, function: str
) -> Examination:
    """Open, match, parse and hold against the policies; collect every problem instead of stopping."""
    last_day = date.today() if today is None else pd.Timestamp(today).date()

    def score(row: list[str]) -> int:
        return count_known(row, layout, reading.mapping)

    table = files.open_table(path, function, score, reading.file)
    matching = match_columns(table.header, layout, reading.mapping)
    parsed = {
        name: _parse(table, match, layout.by_name[name], reading) for name, match in matching.matches.items()
    }
    frame = pd.DataFrame({name: column.values for name, column in parsed.items()}, index=table.cells.index)
    empty_ids = {name: parsed[name].missing for name in layout.person if name in parsed}
    everything = _whole_rows(table, matching, parsed)
    frame, outcome = apply_policies(frame, everything, empty_ids, layout, policies, last_day)
    problems = [*matching.problems, *_shape_problems(table)]
    for name, column in parsed.items():
        problems += _cell_problems(layout, matching.matches[name], column, table, frame, outcome.kept)
    problems += outcome.problems
    fixes = _fixes(table, parsed, outcome.notes, outcome.kept)
    order = [column.name for column in layout.columns if column.name in frame]
    clean = frame.loc[outcome.kept, order]
    if not problems:
        problems = [errors.empty(_("the file"))] if clean.empty else schema_problems(clean, layout)
    return Examination(layout, table, matching, clean, fixes, problems)


def _parse(table: files.RawTable, match: Match, column: Column, reading: Reading) -> cells.Parsed:
    texts = table.cells[match.position]
    if column.kind == "id":
        return cells.read_ids(texts)
    if column.kind == "date":
        return dates.read_dates(texts, epoch=table.epoch, order=reading.dates)
    if column.kind == "money":
        return amounts.read_money(texts, scale=match.scale)
    if column.kind == "number":
        return amounts.read_numbers(texts, scale=match.scale)
    if column.kind == "count":
        return amounts.read_counts(texts)
    if column.kind == "share":
        return amounts.read_shares(texts, percent=match.percent)
    if column.kind == "flag":
        return cells.read_flags(texts)
    if column.kind == "category":
        return cells.read_categories(texts, column.choices, dict(column.choice_synonyms))
    return cells.read_texts(texts)


def _whole_rows(table: files.RawTable, matching: Matching, parsed: Mapping[str, cells.Parsed]) -> pd.Series:
    """One number a row, equal for rows equal in all columns: by value where it says all, else by text."""
    columns = {place: table.cells[place] for place in table.cells.columns}
    for name, match in matching.matches.items():
        values = parsed[name].values.astype(object)
        whole = values.notna()
        if dates.time_rule() in parsed[name].rules:
            whole &= ~parsed[name].rules[dates.time_rule()]
        columns[match.position] = values.where(whole, table.cells[match.position])
    rows = pd.DataFrame(columns)
    return rows.groupby(list(rows.columns), dropna=False, sort=False).ngroup()


# -- problems and fixes ----------------------------------------------------------------------------------


def _shape_problems(table: files.RawTable) -> list[errors.Problem]:
    if not table.too_long:
        return []
    return [
        errors.must_hold(
            _("a row must not have more cells than the header"),
            got=_("rows with more"),
            where=errors.rows(table.too_long),
            hint=_("an amount such as 1,200 needs quotation marks in a CSV file: save the file as .xlsx"),
        )
    ]


def _cell_problems(
    layout: Layout,
    match: Match,
    parsed: cells.Parsed,
    table: files.RawTable,
    frame: pd.DataFrame,
    kept: pd.Series,
) -> list[errors.Problem]:
    """Cells of one column that cannot be read, are empty or lie outside their range, in rows that stay."""
    column = layout.by_name[match.canonical]
    texts = table.cells[match.position]
    secret = column.name in layout.person
    problems = []
    for reason, mask in parsed.wrong.items():
        mask = mask & kept
        if mask.any():
            problems.append(
                _unreadable(column, match, reason, "" if secret else cells.examples(texts, mask), mask)
            )
    missing = parsed.missing & kept
    if column.required and column.name not in layout.person and missing.any():
        problems.append(_empty_cells(column, match, missing))
    if column.kind in ("money", "number", "count", "share"):
        problems += _outside(column, match, texts, frame[column.name].mask(~kept))
    return problems


def _unreadable(column: Column, match: Match, reason: str, got: str, mask: pd.Series) -> errors.Problem:
    wanted, hint = {
        "id": (_("ids"), _("format the column as text in Excel and enter the ids again")),
        "date": (_("dates"), _("write 2021-06-20, or say dates=dmy, dates=mdy or dates=ymd")),
        "money": (_("amounts of one currency"), _("write 1234.50 in each cell")),
        "number": (_("numbers"), _("write 1234.5 in each cell")),
        "count": (_("whole numbers"), _("write 8 in each cell")),
        "share": (_("shares"), _("write 0.85 or 85%")),
        "flag": (_("yes or no"), _("write yes or no, 是 or 否, 1 or 0")),
        "category": (_("one of its names"), _("use one of the names allowed")),
        "text": (_("text"), _("write text in each cell")),
    }[column.kind]
    return errors.must_hold(
        _("{column} must hold {wanted}").format(column=_named(match), wanted=wanted),
        got=_("{reason}: {cells}").format(reason=reason, cells=got) if got else reason,
        where=errors.rows(mask.index[mask]),
        allowed=", ".join(column.choices),
        hint=hint,
    )


def _empty_cells(column: Column, match: Match, mask: pd.Series) -> errors.Problem:
    return errors.must_hold(
        _("{column} must be filled in every row").format(column=_named(match)),
        got=_("empty cells"),
        where=errors.rows(mask.index[mask]),
        hint=_("fill these cells, or take these rows out of the file"),
    )


def _outside(column: Column, match: Match, texts: pd.Series, values: pd.Series) -> list[errors.Problem]:
    low, high = limits(column)
    numbers = pd.to_numeric(values).astype("Float64")
    outside = pd.Series(False, index=values.index)
    if low is not None:
        outside |= (numbers < low).fillna(False).astype(bool)
    if high is not None:
        outside |= (numbers > high).fillna(False).astype(bool)
    if not outside.any():
        return []
    worst = numbers[outside]
    hint = _("correct these cells in the file")
    if column.kind == "share" and worst.between(1, 100).all():
        hint = _("for 85 % write 85% or 0.85, or put (%) behind the column's name")
    elif column.kind == "money" and (worst < 0).all():
        hint = _("refunds=drop leaves refunds out, refunds=net sets them against purchases")
    return [
        errors.out_of_range(
            _named(match),
            cells.examples(texts, outside),
            errors.interval(low, high, column.unit),
            where=errors.rows(outside.index[outside]),
            hint=hint,
        )
    ]


def _named(match: Match) -> str:
    """The canonical name, with the name in the file if that is another."""
    if match.header.strip() == match.canonical:
        return match.canonical
    return _("{name} (column {column!r})").format(name=match.canonical, column=match.header)


def _fixes(
    table: files.RawTable,
    parsed: Mapping[str, cells.Parsed],
    notes: Iterable[tuple[str, str, pd.Series]],
    kept: pd.Series,
) -> pd.DataFrame:
    """All that was changed, left out or noted, with row counts."""
    records = [
        (_("blank rows"), "left out", table.blank),
        (_("rows of totals"), "left out", table.totals),
        (_("rows that repeat the header"), "left out", table.headers),
    ]
    records += [(rule, effect, list(mask.index[mask])) for rule, effect, mask in notes]
    for name, column in parsed.items():
        for rule, mask in column.rules.items():
            rows = list(mask.index[mask & kept])
            records.append((_("{column}: {rule}").format(column=name, rule=rule), "changed", rows))
    lines = [(rule, effect, len(rows), errors.listing(rows)) for rule, effect, rows in records if rows]
    return pd.DataFrame(lines, columns=list(FIXES))


def fix_lines(fixes: pd.DataFrame) -> list[str]:
    """The fixes as sentences."""
    words = {"left out": _("Left out"), "changed": _("Changed"), "noted": _("Noted")}
    return [
        _("{effect}: {rule}, {rows} (row {examples}).").format(
            effect=words[fix.effect], rule=fix.rule, rows=_rows(fix.rows), examples=fix.example_rows
        )
        for fix in fixes.itertuples()
    ]


def _rows(count: int) -> str:
    return ngettext("{count} row", "{count} rows", count).format(count=f"{count:,}")


def _hide_persons(frame: pd.DataFrame, layout: Layout, key: bytes) -> tuple[pd.DataFrame, dict[str, str]]:
    """The frame under pseudonyms, and the real id of each."""
    columns = [name for name in layout.person if name in frame]
    ids: set[Any] = set().union(*(set(frame[name].dropna()) for name in columns)) if columns else set()
    names = pseudonyms(map(str, ids), key)
    hidden = {name: frame[name].map(names).astype(object) for name in columns}
    return frame.assign(**hidden), {pseudonym: person for person, pseudonym in names.items()}
