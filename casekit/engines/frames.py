"""Frames of any engine: recognised without importing it, fetched when small, made from a small table."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._validate import Check

if TYPE_CHECKING:
    import narwhals as nw

    Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]

#: The packages whose frames go through narwhals. pandas frames keep their own path.
PACKAGES = {
    "polars",
    "pyarrow",
    "duckdb",
    "pyspark",
    "dask",
    "dask_expr",
    "modin",
    "cudf",
    "ibis",
    "sqlframe",
}

_FRAMES = {"DataFrame", "LazyFrame", "Table", "DuckDBPyRelation"}

_COLUMNS = {"Series", "ChunkedArray", "Array", "DoubleArray", "Int64Array"}


def _package(value: Any) -> str:
    return type(value).__module__.partition(".")[0]


def is_frame(value: Any) -> bool:
    """True for a frame of an engine other than pandas (and for a log that :func:`check_log` has checked).

    Examples
    --------
    >>> is_frame(pd.DataFrame({"amount": [1.0]}))
    False
    """
    if _package(value) in PACKAGES:
        return type(value).__name__ in _FRAMES
    return type(value).__name__ == "CheckedLog"


def is_column(value: Any) -> bool:
    """True for one column of an engine other than pandas that is in memory, such as a Polars Series.

    Examples
    --------
    >>> is_column(pd.Series([1.0]))
    False
    """
    return _package(value) in {"polars", "pyarrow", "modin", "cudf"} and type(value).__name__ in _COLUMNS


def column_values(value: Any) -> pd.Series:
    """One column of an engine in memory as a pandas Series."""
    return pd.Series(np.asarray(value.to_numpy(**_copies(value))))


def _copies(value: Any) -> dict[str, bool]:
    return {"zero_copy_only": False} if _package(value) == "pyarrow" and hasattr(value, "buffers") else {}


def as_frame(native: Any) -> Frame:
    """A native frame as a narwhals frame."""
    import narwhals as nw

    with warnings.catch_warnings():  # narwhals announces where its Dask support will live one day
        warnings.filterwarnings("ignore", message="Dask support is moving", category=FutureWarning)
        frame: Frame = nw.from_native(native)
    return frame


def read_frame(check: Check, name: str, native: Any, columns: Sequence[str]) -> Frame:
    """A native frame as a narwhals frame with at least these columns."""
    frame = as_frame(native)
    present = frame.collect_schema().names()
    missing = [column for column in columns if column not in present]
    if missing:
        check.add(errors.missing_columns(name, missing, present))
    return frame


def is_lazy(frame: Frame) -> bool:
    """True if the frame is a plan (Polars lazy, DuckDB, Spark, Dask) rather than data in memory."""
    import narwhals as nw

    return isinstance(frame, nw.LazyFrame)


def in_order(frame: Frame, *by: str) -> Frame:
    """Frames in memory in the order of these columns; plans as they are, since to sort them costs a pass."""
    return frame if is_lazy(frame) else frame.sort(*by)


def fetch(frame: Frame) -> nw.DataFrame[Any]:
    """The rows of a plan, in this process. Only for what is small."""
    import narwhals as nw

    if not isinstance(frame, nw.LazyFrame):
        return frame
    if frame.implementation.is_polars() or frame.implementation.is_dask():
        return frame.collect()
    return frame.collect(backend="pyarrow" if find_spec("pyarrow") else "pandas")


def fetch_table(frame: Frame) -> pd.DataFrame:
    """The rows of a plan as a pandas frame of NumPy columns."""
    rows = fetch(frame)
    return pd.DataFrame({name: rows[name].to_numpy() for name in rows.columns})


def fetch_row(frame: Frame) -> dict[str, Any]:
    """The only row of a frame, as Python values."""
    return fetch(frame).rows(named=True)[0]


def frame_like(frame: Frame, table: pd.DataFrame) -> Any:
    """A small pandas table as a native frame of the same engine, in the same session or connection."""
    import narwhals as nw

    native, engine = nw.to_native(frame), frame.implementation
    if engine.is_dask():
        import dask.dataframe as dd

        return dd.from_pandas(table, npartitions=1)
    if engine.is_duckdb():
        return _relation_like(native, table)
    if engine.is_pyspark() or engine.is_pyspark_connect() or engine.is_sqlframe():
        session = native.sparkSession
        return session.createDataFrame(_plain(table))
    data = {str(name): column.to_numpy() for name, column in table.items()}
    made: Any = nw.from_dict(data, backend=engine)
    return nw.to_native(made.lazy() if is_lazy(frame) else made)


def _relation_like(relation: Any, table: pd.DataFrame) -> Any:
    """A DuckDB relation in the connection of another: DuckDB finds ``small_table`` by its name."""
    small_table = table if find_spec("pyarrow") is None else _arrow(table)  # noqa: F841
    return relation.query("other", "SELECT * FROM small_table")


def _arrow(table: pd.DataFrame) -> Any:
    import pyarrow as pa

    return pa.table({str(name): column.to_numpy() for name, column in table.items()})


def _plain(table: pd.DataFrame) -> Any:
    """What ``createDataFrame`` takes: an Arrow table since Spark 4, a pandas frame before."""
    import pyspark

    return _arrow(table) if int(pyspark.__version__.split(".")[0]) >= 4 else table


def join_computed(
    frame: Frame,
    keys: Sequence[str],
    compute: Callable[[pd.DataFrame], pd.DataFrame],
    *,
    extra: Sequence[nw.Expr] = (),
) -> Frame:
    """Columns that no engine can express, computed here once for each distinct key and joined back.

    Parameters
    ----------
    frame : narwhals frame
    keys : sequence of str
        Columns on which the result depends, without missing values.
    compute : callable
        Takes the distinct keys (and ``extra``), returns a table of the new columns, row by row.
    extra : sequence of expressions
        Further aggregates to fetch with each key, for checks.
    """
    import narwhals as nw

    distinct = fetch_table(frame.group_by(*keys).agg(nw.len().alias("customers"), *extra))
    table = pd.concat([distinct[list(keys)], compute(distinct)], axis=1)
    other: Any = as_frame(frame_like(frame, table))
    return frame.join(other, on=list(keys), how="left")
