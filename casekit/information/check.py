"""Says what would happen to a client's file, without running anything on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from casekit import errors
from casekit._text import _, translated
from casekit._validate import Check
from casekit.information.examination import Examination, examine, policies_given, read_settings
from casekit.information.fixes import FIXES, fix_lines
from casekit.information.layouts import Layout
from casekit.information.policies import rules_in_force


@dataclass(frozen=True, eq=False)
class FileCheck:
    """What a check of a client's file found.

    Attributes
    ----------
    ok : bool
        Whether the case could run on the file as it is.
    text : str
        The whole finding, ready for the screen.
    encoding : str
        Encoding of a text file, empty for other formats or if the file could not be opened.
    mapping, fixes : DataFrame
        As in :class:`ClientFile`.
    ignored : list of str
        Columns of the file that the case does not use.
    problems : list of Problem
        All that stands in the way.
    """

    ok: bool
    text: str
    encoding: str = ""
    mapping: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["column", "canonical", "how"])
    )
    fixes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(FIXES)))
    ignored: list[str] = field(default_factory=list)
    problems: list[errors.Problem] = field(default_factory=list)


def check_client_file(
    case: str | Layout,
    path: str | Path,
    *,
    reading: str | None = None,
    mapping: Mapping[str, str] | None = None,
    refunds: str | None = None,
    duplicates: str | None = None,
    missing_ids: str | None = None,
    future_dates: str | None = None,
    today: date | None = None,
) -> FileCheck:
    """Show how a client's file would be read: columns, encoding, what would be fixed, what is wrong.

    Nothing is run, and faults of the file are shown, not raised. Take the same arguments to
    :func:`read_client_file` to read it so.

    Parameters
    ----------
    case : str or Layout
        Name of a case that reads files, such as ``loyalty_tiers``.
    path : str or Path
        The file.
    reading, mapping, refunds, duplicates, missing_ids, future_dates, today
        As in :func:`read_client_file`.

    Returns
    -------
    FileCheck
        ``.ok`` and ``.text``.

    Examples
    --------
    >>> check_client_file("loyalty_tiers", "no_such_file.csv").ok
    False
    """
    function = "check_client_file"
    path = Check(function).path("path", path)
    given = policies_given(refunds, duplicates, missing_ids, future_dates)
    try:
        layout, how_to, policies = read_settings(case, reading, mapping, given, function)
        examined = examine(path, layout, how_to, policies, today, function)
    except errors.InputError as error:
        text = "\n".join([path.name, *_wrong(error.problems), "", _result(path, 0, 0, error.problems)])
        return FileCheck(False, text, problems=error.problems)
    return FileCheck(
        ok=not examined.problems,
        text=_text(path, examined, policies),
        encoding=examined.table.encoding,
        mapping=examined.matching.table(),
        fixes=examined.fixes,
        ignored=examined.matching.ignored,
        problems=examined.problems,
    )


def _text(path: Path, examined: Examination, policies: Mapping[str, str]) -> str:
    table, layout = examined.table, examined.layout
    lines = [
        _("{name} as the file of the case {case}; one row is {row}").format(
            name=path.name, case=layout.case, row=translated(layout.row)
        )
    ]
    lines += [f"  {sentence}" for sentence in table.how]
    lines += ["", _("Columns"), *_columns(examined)]
    lines += ["", _("Rules in force"), *(f"  {rule}" for rule in rules_in_force(layout, policies))]
    if len(examined.fixes):
        lines += ["", _("What would be done"), *(f"  {line}" for line in fix_lines(examined.fixes))]
    lines += _wrong(examined.problems)
    lines += ["", _result(path, len(examined.frame), table.rows, examined.problems)]
    return "\n".join(lines)


def _columns(examined: Examination) -> list[str]:
    rows = [
        (row.column or "—", row.canonical or "—", row.how) for row in examined.matching.table().itertuples()
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)] if rows else []
    return [
        f"  {_padded(column, widths[0])}  →  {_padded(canonical, widths[1])}  {how}"
        for column, canonical, how in rows
    ]


def _wrong(problems: list[errors.Problem]) -> list[str]:
    if not problems:
        return []
    lines = ["", _("What is wrong")]
    for number, problem in enumerate(problems, 1):
        first, *rest = problem.text(str(number)).split("\n")
        lines += [f"  {first}", *(f"  {line}" for line in rest)]
    return lines


def _result(path: Path, used: int, rows: int, problems: list[errors.Problem]) -> str:
    if problems:
        return _("{name} cannot be used yet: {count} to settle.").format(name=path.name, count=len(problems))
    return _("{name} can be used: {used} of {all} rows.").format(
        name=path.name, used=f"{used:,}", all=f"{rows:,}"
    )


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
