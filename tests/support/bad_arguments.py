"""Whatever can stand in the wrong place, put there: one argument of an example call at a time."""

from __future__ import annotations

import contextlib
import copy
import doctest
import inspect
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

#: What may be given for anything: single values, many values, tables, and what is none of them.
ANYTHING: dict[str, Any] = {
    "None": None,
    "text": "abc",
    "empty text": "",
    "NaN": float("nan"),
    "infinity": float("inf"),
    "negative": -3.0,
    "percentage": 85,
    "a huge number": 10**400,
    "complex": 1j,
    "True": True,
    "NaT": pd.NaT,
    "NA": pd.NA,
    "list": [0.1, 0.2],
    "nested list": [[1, 2], [3]],
    "empty list": [],
    "dict": {"a": 0.1},
    "dict of text": {"a": "b"},
    "dict of dict": {"a": {"b": 1}},
    "empty dict": {},
    "Series": pd.Series([0.1, 0.2], index=["x", "y"]),
    "repeated labels": pd.Series([0.1, 0.2], index=["x", "x"]),
    "matrix": np.eye(2),
    "set": {1, 2},
    "DataFrame": pd.DataFrame({"a": [1, 2]}),
    "empty DataFrame": pd.DataFrame(),
    "records": [{"a": 1}, {"a": 2}],
    "dates": pd.to_datetime(["2024-01-01"]),
    "object": object(),
}

#: What may stand in one cell of a column.
CELLS: dict[str, Any] = {
    "text": "abc",
    "None": None,
    "NaN": float("nan"),
    "negative": -3.0,
    "infinity": float("inf"),
    "list": [1],
    "True": True,
    "date": pd.Timestamp("2024-01-01"),
}


def example_call(function: Callable[..., Any]) -> inspect.BoundArguments | None:
    """The arguments of the first call in the docstring's example."""
    seen: list[inspect.BoundArguments] = []
    signature = inspect.signature(function)

    def note(*args: Any, **kwargs: Any) -> Any:
        if not seen:
            seen.append(copy.deepcopy(signature.bind(*args, **kwargs)))
        return function(*args, **kwargs)

    names = {**vars(inspect.getmodule(function)), function.__name__: note}
    for test in doctest.DocTestFinder(recurse=False).find(function, function.__name__, globs=names):
        for example in test.examples:
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compile(example.source, "<example>", "single"), test.globs)
            if seen:
                return seen[0]
    return None


def bad_calls(call: inspect.BoundArguments) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Argument, what was put in its place, and all arguments then."""
    for name, parameter in call.signature.parameters.items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        default = None if parameter.default is parameter.empty else parameter.default
        current = call.arguments.get(name, default)
        for label, bad in _variants(current):
            yield name, label, {**copy.deepcopy(dict(call.arguments)), name: copy.deepcopy(bad)}


def _variants(value: Any) -> Iterator[tuple[str, Any]]:
    yield from ANYTHING.items()
    if isinstance(value, pd.DataFrame):
        yield from _tables(value)
    elif isinstance(value, Mapping) and value:
        yield from _mappings(value)
    elif (
        isinstance(value, (list, tuple, range, pd.Series, np.ndarray)) and len(value) and np.ndim(value) == 1
    ):
        series = value if isinstance(value, pd.Series) else pd.Series(value)
        yield from ((f"values with {label}", spoiled) for label, spoiled in _columns(series))
        yield "one value less", value[:-1]
        yield "values twice", [*value, *value]
        yield "a missing label", series.set_axis([None, *series.index[1:]])


def _tables(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    for name in table.columns:
        for label, spoiled in _columns(table[name]):
            yield f"{name} with {label}", table.assign(**{name: spoiled}) if isinstance(name, str) else table
        yield f"no {name}", table.drop(columns=name)
        yield f"{name} twice", pd.concat([table, table[[name]]], axis=1)
    yield "no rows", table.iloc[:0]
    yield "rows twice", pd.concat([table, table])
    yield "a missing label", table.set_axis([None, *table.index[1:]])


def _mappings(given: Mapping[Any, Any]) -> Iterator[tuple[str, dict[Any, Any]]]:
    first = next(iter(given))
    for label, bad in ANYTHING.items():
        yield f"{first!r}: {label}", {**given, first: bad}
    if isinstance(given[first], Mapping) and given[first]:
        inner = next(iter(given[first]))
        for label, bad in CELLS.items():
            yield f"{first!r}: {inner!r}: {label}", {**given, first: {**given[first], inner: bad}}
    yield "first left out", {key: value for key, value in given.items() if key != first}
    yield "one unknown", {**given, "no such": given[first]}
    yield "a missing label", {None if key == first else key: value for key, value in given.items()}


def _columns(column: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    for label, bad in CELLS.items():
        spoiled = column.astype(object).copy()
        spoiled.iloc[0] = bad
        yield label, spoiled
    yield "nothing known", pd.Series(np.nan, index=column.index)
    yield "numbers as text", column.astype(str)
