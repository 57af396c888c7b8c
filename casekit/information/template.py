"""An Excel sheet that shows a client what the file of a case must look like."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _, listed, translated
from casekit._validate import Check
from casekit.information.examination import find_layout
from casekit.information.layouts import Column, Layout
from casekit.information.schema import limits
from casekit.information.sheets import write_book
from casekit.information.synonyms import COMMON_SYNONYMS

#: Rows of examples on the data sheet.
EXAMPLES = 3


def write_template(case: str | Layout, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write an Excel file with the columns of a case, three example rows and a sheet that explains them.

    Fill the sheet ``data`` with your own rows; :func:`read_client_file` reads the file as it is.

    Parameters
    ----------
    case : str or Layout
        Name of a case that reads files, such as ``loyalty_tiers``.
    path : str or Path
        Where to write it, ending in ``.xlsx``.
    overwrite : bool, default False
        Replace a file that is there; it may be the one that the client has filled in.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        If the case reads no file, the path is not that of an ``.xlsx`` file in an existing folder, or a file
        is there already.

    Examples
    --------
    >>> import tempfile
    >>> file = write_template("loyalty_tiers", Path(tempfile.mkdtemp()) / "visits.xlsx")
    >>> pd.read_excel(file).columns.tolist()
    ['customer_id', 'date', 'amount', 'covers', 'meal']
    """
    layout = find_layout(case, "write_template")
    frames = {"data": _example_rows(layout), "columns": explained_columns(layout)}
    check = Check("write_template")
    path, overwrite = check.path("path", path), check.flag("overwrite", overwrite)
    if path.exists() and not overwrite:
        problem = errors.must_hold(
            _("the template must not replace a file that is there"),
            got=path.name,
            hint=_("another name, or --force if nothing in it is needed"),
        )
        raise errors.InputError("write_template", problem)
    return write_book(frames, path, "write_template")


def _example_rows(layout: Layout) -> pd.DataFrame:
    columns = {
        column.name: pd.Series([_cell(column, value) for value in column.examples[:EXAMPLES]], dtype=object)
        for column in layout.columns
    }
    return pd.DataFrame(columns)


def _cell(column: Column, value: Any) -> Any:
    """An example in the type that Excel should show: dates as dates, yes and no as words."""
    if column.kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if column.kind == "flag" and isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if column.kind == "id" and value is not None else value


def explained_columns(case: str | Layout) -> pd.DataFrame:
    """What each column of a case means and may hold, ready to read.

    Parameters
    ----------
    case : str or Layout
        Name of a case that reads files.

    Returns
    -------
    DataFrame with columns ``column, meaning, unit, needed, allowed, accepted names``, one row a column, and
    below them what one row is.
    """
    layout = find_layout(case, "explained_columns")
    lines = [
        (
            column.name,
            translated(column.meaning),
            translated(column.unit),
            _("yes") if column.required else _("no"),
            allowed_text(column),
            "、".join(dict.fromkeys((*column.synonyms, *COMMON_SYNONYMS.get(column.name, ())))),
        )
        for column in layout.columns
    ]
    lines.append(("", _("One row is {row}.").format(row=translated(layout.row)), "", "", "", ""))
    if layout.key:
        lines.append(
            ("", _("No two rows may agree in {key}.").format(key=listed(layout.key)), "", "", "", "")
        )
    if layout.notes:
        lines.append(("", translated(layout.notes), "", "", "", ""))
    headings = [_("column"), _("meaning"), _("unit"), _("needed"), _("allowed"), _("accepted names")]
    return pd.DataFrame(lines, columns=headings)


def allowed_text(column: Column) -> str:
    """What a column may hold, in words."""
    if column.choices:
        return listed(column.choices)
    words = {
        "id": _("any text; leading zeros are kept"),
        "text": _("any text"),
        "date": _("a day: 2021-06-20, 2021/6/20, 2021年6月20日 or 20210620"),
        "money": _("an amount in one currency: 1234.50, ¥1,234.50 or 1.2万"),
        "number": _("a number"),
        "count": _("a whole number"),
        "share": _("a share: 0.85 or 85%"),
        "flag": _("yes or no, 是 or 否, 1 or 0"),
        "category": _("any name"),
    }
    low, high = limits(column)
    if low is None and high is None:
        return words[column.kind]
    return _("{kind}; {range}").format(kind=words[column.kind], range=errors.interval(low, high))
