"""An answer as a plain value that JSON can carry, whatever object the student made it with.

:func:`encode` looks at the object once and never again: what comes out is a number, a text, a truth value,
``None``, a list of these, or one of the dictionaries below. The same plain value is judged in the notebook
and at grading, so the two cannot differ.

- ``{"series": {"index": [...], "values": [...]}}`` a Series, a frame of one column, a dictionary
- ``{"outputs": [...]}`` what a function returned, call by call
- ``{"special": "NaN"}`` something that is not a number: NaN, infinity, a missing date
- ``{"other": "list"}`` anything else, by the name of its type
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import math
import types
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

#: Longest text and most values that an answer may have.
LONGEST_TEXT, MOST_VALUES = 20_000, 100_000

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)


def encode(value: Any) -> Any:
    """The plain value of an answer; never raises, runs no method that the object brings along.

    Parameters
    ----------
    value : any object

    Returns
    -------
    None, bool, int, float, str, list or dict
        See the head of this file. ``None`` also stands for the dots of an unanswered question.

    Examples
    --------
    >>> import numpy as np
    >>> encode(np.float64(0.25)), encode(pd.Series([3])), encode(...), encode(float("nan"))
    (0.25, 3, None, {'special': 'NaN'})
    >>> encode(lambda x: x), encode({1, "a"})
    ({'other': 'function'}, [1, 'a'])
    """
    try:
        plain = _whole(value)
    except (Exception, SystemExit):
        plain = None if value is None else {"other": _type_name(value)}
    return plain


def call_function(function: Any, inputs: Iterable[tuple[Any, ...]]) -> Any:
    """Call a student's function on every input; what it raises becomes part of the answer.

    Returns
    -------
    dict or plain value
        ``{"outputs": [...]}``, or what :func:`encode` makes of something that cannot be called.
    """
    if not isinstance(function, _FUNCTIONS):
        return encode(function)
    outputs = []
    for arguments in inputs:
        try:
            outputs.append(encode(function(*arguments)))
        except (Exception, SystemExit) as error:
            outputs.append({"raised": _type_name(error)})
    return {"outputs": outputs}


def _whole(value: Any) -> Any:
    if value is None or value is ...:
        return None
    if isinstance(value, pd.DataFrame):
        value = _from_frame(value)
    if isinstance(value, pd.Series):
        return _from_series(value)
    if isinstance(value, dict):
        return _labelled(list(dict.keys(value)), list(dict.values(value)))
    if isinstance(value, (np.ndarray, pd.Index, pd.api.extensions.ExtensionArray)):
        return _from_list(np.asarray(value).ravel().tolist(), type(value).__name__)
    if isinstance(value, (set, frozenset)):
        return _from_list(sorted(value, key=lambda item: (type(item).__name__, str(item))), "set")
    if isinstance(value, (list, tuple)):
        return _from_list(list(value), type(value).__name__)
    return _one(value)


def _from_frame(frame: pd.DataFrame) -> Any:
    """A frame of one column as that column, one of one row as that row; else by the name of its type."""
    if frame.shape[1] == 1:
        return frame.iloc[:, 0]
    if frame.shape[0] == 1:
        return frame.iloc[0]
    return frame


def _from_series(series: pd.Series) -> Any:
    if len(series) == 1:
        return _one(series.tolist()[0])
    return _labelled(series.index.tolist(), series.tolist())


def _labelled(index: list[Any], values: list[Any]) -> Any:
    if len(values) > MOST_VALUES:
        return {"other": "series"}
    return {"series": {"index": [_label(item) for item in index], "values": [_one(item) for item in values]}}


def _label(item: Any) -> Any:
    plain = _one(item)
    return plain if isinstance(plain, (str, int, float, bool)) else _type_name(item)


def _from_list(items: list[Any], name: str) -> Any:
    if len(items) == 1:
        return _one(items[0])
    if len(items) > MOST_VALUES:
        return {"other": name}
    return [_one(item) for item in items]


def _one(value: Any) -> Any:
    """One value out of a table, or an answer that is one value."""
    if value is None or value is ...:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, int):
        return int.__index__(value)
    if isinstance(value, float):
        return _number(float.__float__(value))
    if isinstance(value, str):
        return str.__str__(value)[:LONGEST_TEXT]
    if value is pd.NaT or value is pd.NA:
        return {"special": "NaT" if value is pd.NaT else "NA"}
    if type(value) in (decimal.Decimal, fractions.Fraction):
        return _number(float(value))
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {"other": "date"}
    return {"other": _type_name(value)}


def _number(number: float) -> Any:
    if math.isnan(number):
        return {"special": "NaN"}
    if math.isinf(number):
        return {"special": "inf"}
    return number


def _type_name(value: Any) -> str:
    """The name of an object's type, as far as it is one."""
    name = type.__getattribute__(type(value), "__name__")
    return name[:40] if type(name) is str and name.isidentifier() else "object"
