"""The last gate: the cleaned frame held against a schema made from the layout of the case."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit.information.layouts import Column, Layout

_NUMERIC = ("money", "number", "count", "share")


def schema_problems(frame: pd.DataFrame, layout: Layout) -> list[errors.Problem]:
    """What a cleaned frame still breaks of its layout, as located problems; empty when all is well.

    The readers and policies have already refused what they know of; this gate would catch a fault of theirs.
    Without pandera (it belongs to the workbook extra) there is no second look.
    """
    try:
        pandera = _pandera()
    except ImportError:
        return []
    schema = _schema(pandera, frame, layout)
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return [_problem(name, group) for name, group in error.failure_cases.groupby(["column", "check"])]
    return []


def _pandera() -> Any:
    try:
        import pandera.pandas as pandera
    except ImportError:  # before pandera 0.24 the pandas interface was the package itself
        import pandera  # type: ignore[no-redef]
    return pandera


def _schema(pandera: Any, frame: pd.DataFrame, layout: Layout) -> Any:
    columns = {
        column.name: _column_schema(pandera, column)
        for column in layout.columns
        if column.required or column.name in frame
    }
    return pandera.DataFrameSchema(columns, strict=True)


def _column_schema(pandera: Any, column: Column) -> Any:
    checks = []
    low, high = limits(column)
    if column.kind in _NUMERIC:
        if low is not None:
            checks.append(pandera.Check.ge(low))
        if high is not None:
            checks.append(pandera.Check.le(high))
    if column.choices:
        checks.append(pandera.Check.isin(list(column.choices)))
    return pandera.Column(checks=checks, nullable=not column.required, required=column.required)


def limits(column: Column) -> tuple[float | None, float | None]:
    """The range of a column: its own, else what its kind implies."""
    low, high = column.low, column.high
    if column.kind in ("count", "share") and low is None:
        low = 0
    if column.kind == "share" and high is None:
        high = 1
    return low, high


def _problem(name: Any, group: pd.DataFrame) -> errors.Problem:
    column, rule = name
    labels = [label for label in group["index"] if pd.notna(label)]
    return errors.must_hold(
        _("{column} must pass the check {rule}").format(column=column, rule=rule),
        got=errors.listing(repr(case) for case in group["failure_case"].drop_duplicates()),
        where=errors.rows(labels) if labels else "",
        hint=_("correct these cells in the file"),
    )
