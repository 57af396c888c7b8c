"""Whatever can stand in the wrong place, put there: one argument of an example call at a time.

The first argument meets every kind of thing, the others a fixed sample (:mod:`support.sampling`).
"""

from __future__ import annotations

import contextlib
import copy
import doctest
import inspect
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from support.sampling import Bad, sampled

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


def bad_calls(
    call: inspect.BoundArguments, function: str
) -> Iterator[tuple[str, str, Callable[[], dict[str, Any]]]]:
    """Argument, what is put in its place, and what makes all arguments then."""
    for place, (name, parameter) in enumerate(call.signature.parameters.items()):
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        default = None if parameter.default is parameter.empty else parameter.default
        found = _variants(call.arguments.get(name, default))
        for bad in sampled(found, function=function, argument=name, first=place == 0):
            yield name, str(bad), partial(_arguments, call, name, bad)


def _arguments(call: inspect.BoundArguments, name: str, bad: Bad) -> dict[str, Any]:
    return {**copy.deepcopy(dict(call.arguments)), name: copy.deepcopy(bad.make())}


def _variants(value: Any) -> Iterator[Bad]:
    yield from (Bad(label, "", partial(_same, bad)) for label, bad in ANYTHING.items())
    if isinstance(value, pd.DataFrame):
        yield from _tables(value)
    elif isinstance(value, Mapping) and value:
        yield from _mappings(value)
    elif (
        isinstance(value, (list, tuple, range, pd.Series, np.ndarray)) and len(value) and np.ndim(value) == 1
    ):
        series = value if isinstance(value, pd.Series) else pd.Series(value)
        for kind, spoil in SPOILT.items():
            yield Bad(f"values with {kind}", "", partial(spoil, series))
        yield Bad("one value less", "", lambda: value[:-1])
        yield Bad("values twice", "", lambda: [*value, *value])
        yield Bad("a missing label", "", lambda: series.set_axis([None, *series.index[1:]]))


def _tables(table: pd.DataFrame) -> Iterator[Bad]:
    for name in table.columns:
        for kind, spoil in SPOILT.items() if isinstance(name, str) else ():
            yield Bad(f"with {kind}", name, partial(_with_column, table, name, spoil))
        yield Bad("left out", str(name), partial(table.drop, columns=name))
        yield Bad("twice", str(name), partial(pd.concat, [table, table[[name]]], axis=1))
    yield Bad("no rows", "", lambda: table.iloc[:0])
    yield Bad("rows twice", "", lambda: pd.concat([table, table]))
    yield Bad("a missing label", "", lambda: table.set_axis([None, *table.index[1:]]))


def _mappings(given: Mapping[Any, Any]) -> Iterator[Bad]:
    first = next(iter(given))
    for label, bad in ANYTHING.items():
        yield Bad(f"value {label}", repr(first), partial(dict, {**given, first: bad}))
    if isinstance(given[first], Mapping) and given[first]:
        inner = next(iter(given[first]))
        for label, bad in CELLS.items():
            spoilt = {**given, first: {**given[first], inner: bad}}
            yield Bad(f"inner value {label}", f"{first!r}: {inner!r}", partial(dict, spoilt))
    yield Bad("left out", repr(first), lambda: {key: given[key] for key in given if key != first})
    yield Bad("one unknown", "", lambda: {**given, "no such": given[first]})
    yield Bad("a missing label", "", lambda: {None if key == first else key: given[key] for key in given})


def _same(value: Any) -> Any:
    return value


def _with_column(table: pd.DataFrame, name: str, spoil: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    return table.assign(**{name: spoil(table[name])})


def _cell(bad: Any, column: pd.Series) -> pd.Series:
    spoiled = column.astype(object).copy()
    spoiled.iloc[0] = bad
    return spoiled


#: What spoils a column: one cell, or all of them.
SPOILT: dict[str, Callable[[pd.Series], pd.Series]] = {
    **{kind: partial(_cell, bad) for kind, bad in CELLS.items()},
    "nothing known": lambda column: pd.Series(np.nan, index=column.index),
    "numbers as text": lambda column: column.astype(str),
}
