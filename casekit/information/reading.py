"""Reads a client's own file into a frame that a case can use, and says what it did to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _, full_stop
from casekit._validate import Check
from casekit.information.examination import examine, policies_given, read_settings
from casekit.information.fixes import fix_lines
from casekit.information.layouts import Layout
from casekit.information.pseudonyms import STAFF_LETTER, pseudonym_key, pseudonyms


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
            *map(full_stop, self.how),
            *fix_lines(self.fixes),
        ]
        if self._real:
            lines.append(
                _("Persons appear under pseudonyms that your key file keeps the same.")
                if self.key_kept
                else _("Persons appear under pseudonyms made for this reading only.")
            )
        return "\n".join(lines)


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
    given = policies_given(refunds, duplicates, missing_ids, future_dates)
    layout, how_to, policies = read_settings(case, reading, mapping, given, function)
    path = Check(function).path("path", path)
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


def _hide_persons(frame: pd.DataFrame, layout: Layout, key: bytes) -> tuple[pd.DataFrame, dict[str, str]]:
    """The frame under pseudonyms, and the real id of each."""
    hidden: dict[str, pd.Series] = {}
    real: dict[str, str] = {}
    for letter, group in (("C", layout.person), (STAFF_LETTER, layout.staff)):
        columns = [name for name in group if name in frame]
        ids: set[Any] = set().union(*(set(frame[name].dropna()) for name in columns))
        names = pseudonyms(map(str, ids), key, letter=letter)
        hidden |= {name: frame[name].astype(object).map(names).astype(object) for name in columns}
        real |= {pseudonym: person for person, pseudonym in names.items()}
    return frame.assign(**hidden), real
