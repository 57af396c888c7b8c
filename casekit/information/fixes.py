"""All that was done to a client's file: what was changed, left out or noted, and in how many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from casekit import errors
from casekit._text import _, ngettext
from casekit.information import cells, files

#: Columns of a table of fixes.
FIXES = ("rule", "effect", "rows", "example_rows")


def fix_table(
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
