"""The list of whom to call, with the real ids: a file of its own, written only when asked for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.information.pseudonyms import STAFF_LETTER
from casekit.information.reading import ClientFile
from casekit.information.sheets import check_target, write_private_sheet


def write_worklist(frame: pd.DataFrame, client: ClientFile | None, path: str | Path | None) -> Path | None:
    """Write a working list with the real ids put back.

    A report shows pseudonyms; the branch needs names to call. Keep the file where the report does not go.

    Parameters
    ----------
    frame : DataFrame
        Rows to work through; its pseudonyms may stand in any column or in the index.
    client : ClientFile or None
        The file that the pseudonyms come from; None for shipped data, whose ids are written as they are.
    path : str, Path or None
        ``.xlsx`` (ids stay text when opened) or ``.csv``; None writes nothing.

    Returns
    -------
    Path or None
        The file written.

    Raises
    ------
    InputError
        If the list holds no pseudonym of this client, or one that is not of this client.

    Examples
    --------
    >>> write_worklist(pd.DataFrame({"customer_id": ["G1"]}), None, None) is None
    True
    """
    if path is None:
        return None
    check = Check("write_worklist")
    rows = check.frame("frame", frame, rows=False)
    check.done()
    target = check.path("path", path)
    check_target(target, "write_worklist")
    rows = rows.reset_index(drop=not _says_something(rows.index, client))
    if client is not None and len(client._real):
        rows = _with_real_ids(rows, client, check)
    return write_private_sheet(rows, target, "write_worklist", sheet="worklist")


def _says_something(index: pd.Index, client: ClientFile | None) -> bool:
    """Whether an index is a column of its own: it has a name, or holds pseudonyms."""
    named = any(name is not None for name in index.names)
    return named or (client is not None and bool(index.isin(list(client._real)).any()))


def _with_real_ids(rows: pd.DataFrame, client: ClientFile, check: Check) -> pd.DataFrame:
    """Every column with pseudonyms of the client under the real ids."""
    real = client._real
    found = 0
    rows = rows.copy()
    for place in range(rows.shape[1]):
        values = rows.iloc[:, place].astype(object)
        known = values.isin(real.keys())
        if not known.any():
            continue
        found += 1
        strange = values.notna() & ~known
        if values[known].str.startswith(f"{STAFF_LETTER}-").all():  # a client may have no manager
            strange &= values.astype(str).str.match(rf"{STAFF_LETTER}-[0-9A-F]+$")
        if strange.any():
            check.add(
                errors.must_hold(
                    _("{column} must hold pseudonyms of this file").format(column=rows.columns[place]),
                    got=errors.listing(map(repr, values[strange].unique())),
                    where=errors.rows(rows.index[strange]),
                    hint=_("pass the client that the frame was made from"),
                )
            )
        rows.isetitem(place, values.map(real).where(known, values))
    if not found and len(rows):
        check.add(
            errors.must_hold(
                _("the list must hold pseudonyms of this file"),
                got=_("none in the columns {columns}").format(columns=errors.listing(rows.columns)),
                hint=_(
                    "keep customer_id among the columns, and pass the client that the frame was made from"
                ),
            )
        )
    check.done()
    return rows
