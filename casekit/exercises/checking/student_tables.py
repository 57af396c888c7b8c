"""A student's tables: written as CSV, and read back as exactly the same frame."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _


def as_read(table: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """A frame as it comes back from its file: plain index, the text type of the installed pandas.

    Raises
    ------
    InputError
        If a column would come back as something else (categories, lists, times with a zone).
    """
    plain = table.reset_index(drop=True)
    for column in plain.columns:
        kind = plain[column].dtype
        if isinstance(kind, pd.CategoricalDtype) or kind.kind not in "iufbMOT" and str(kind) != "str":
            _refuse(name, column, str(kind))
        if str(kind) == "str" == str(_text_type()):
            plain[column] = plain[column].mask(plain[column] == "")
        elif kind.kind == "O" or str(kind) in ("str", "string"):
            texts = [value if isinstance(value, str) and value else float("nan") for value in plain[column]]
            plain[column] = pd.Series(texts, dtype=_text_type(), name=column)
        if kind.kind == "M":
            plain[column] = plain[column].astype("datetime64[us]")
    return plain


@cache
def _text_type() -> Any:
    """What pandas reads a text column as: ``str`` from version 3, ``object`` before."""
    return pd.Series(["a"]).dtype


def _refuse(table: str, column: str, kind: str) -> None:
    raise errors.InputError(
        "make_data",
        errors.must_hold(
            _("a table must survive being written as CSV"),
            got=kind,
            where=f"{table}[{column!r}]",
            hint=_("whole numbers, numbers, true or false, text, or dates without a zone"),
        ),
    )


def write_table(table: pd.DataFrame) -> bytes:
    """The table as UTF-8 CSV with a byte order mark, so that Excel shows Chinese too."""
    dates = {column for column in table.columns if table[column].dtype.kind == "M"}
    text = table.assign(**{column: table[column].dt.strftime("%Y-%m-%d") for column in dates})
    return text.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def read_table(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    """Read a table back; ``columns`` gives the type of each column (from ``exercise.json``)."""
    read_as = {"text": _text_type(), "float": _text_type(), "date": _text_type()}
    table = pd.read_csv(
        path,
        encoding="utf-8-sig",
        dtype={name: read_as[kind] for name, kind in columns.items() if kind in read_as},
        keep_default_na=False,
        na_values=[""],
    )
    for name, kind in columns.items():
        if kind == "float":  # Python's own reading gives back every last digit, in every version of pandas
            table[name] = pd.Series([float(text) for text in table[name]], dtype=float)
        elif kind == "date":
            table[name] = pd.to_datetime(table[name], format="%Y-%m-%d").astype("datetime64[us]")
    return table


def column_types(table: pd.DataFrame) -> dict[str, str]:
    """Each column's type in a word: date, text, float, int or bool."""
    words = {"M": "date", "O": "text", "T": "text", "f": "float", "i": "int", "u": "int", "b": "bool"}
    return {column: words[table[column].dtype.kind] for column in table.columns}
