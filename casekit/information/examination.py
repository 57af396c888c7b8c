"""Finds out everything about a client's file, faults included, before anybody is given a pseudonym."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.information import amounts, cells, dates, files
from casekit.information.columns import Match, Matching, count_known, match_columns
from casekit.information.faults import cell_problems, shape_problems
from casekit.information.fixes import fix_table
from casekit.information.layouts import LAYOUTS, Column, Layout
from casekit.information.policies import POLICIES, apply_policies
from casekit.information.reading_text import Reading, parse_reading
from casekit.information.schema import schema_problems


@dataclass
class Examination:
    """What was found out about a file."""

    layout: Layout
    table: files.RawTable
    matching: Matching
    frame: pd.DataFrame
    fixes: pd.DataFrame
    problems: list[errors.Problem]


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
    if isinstance(mapping, Mapping):
        for name, column in check.mapping("mapping", mapping).items():
            check.text(f"mapping[{name!r}]", column)
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


def policies_given(
    refunds: str | None, duplicates: str | None, missing_ids: str | None, future_dates: str | None
) -> dict[str, str | None]:
    """The policies that a function was given, by name; None where it was given none."""
    return {
        "refunds": refunds,
        "duplicates": duplicates,
        "missing_ids": missing_ids,
        "future_dates": future_dates,
    }


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
    last_day = date.today()
    if today is not None:
        check = Check(function)
        day = check.day("today", today)
        check.done()
        last_day = day.date()

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
    problems = [*matching.problems, *shape_problems(table)]
    for name, column in parsed.items():
        problems += cell_problems(layout, matching.matches[name], column, table, frame, outcome.kept)
    problems += outcome.problems
    fixes = fix_table(table, parsed, outcome.notes, outcome.kept)
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
        return amounts.read_numbers(texts, scale=match.scale, percent=column.percent)
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
