"""The faults of a client's file, each with its rows, what would be accepted and what to do."""

from __future__ import annotations

import pandas as pd

from casekit import errors
from casekit._text import _, listed, translated
from casekit.information import cells, files
from casekit.information.columns import Match
from casekit.information.layouts import Column, Layout
from casekit.information.schema import limits


def shape_problems(table: files.RawTable) -> list[errors.Problem]:
    """Rows that the header does not cover."""
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


def cell_problems(
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
        allowed=listed(column.choices),
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
            errors.interval(low, high, translated(column.unit)),
            where=errors.rows(outside.index[outside]),
            hint=hint,
        )
    ]


def _named(match: Match) -> str:
    """The canonical name, with the name in the file if that is another."""
    if match.header.strip() == match.canonical:
        return match.canonical
    return _("{name} (column {column!r})").format(name=match.canonical, column=match.header)
