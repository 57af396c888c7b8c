"""No public function of service, selling, segments, information and strategy raises a bare Python error.

Each function is called as in its docstring, with one argument at a time replaced by something a reader may
pass by mistake: the first argument by every kind of thing, the others by a fixed sample
(:mod:`support.sampling`). It may work, warn, or raise a :class:`casekit.errors.CasekitError`; a TypeError,
KeyError, ValueError, AttributeError or IndexError of Python or pandas is a failure.

Exempt: functions whose docstring does not call them by their own name (models that need scikit-learn, results
of other functions), and arguments given as ``**``, since Python itself refuses what they cannot take. A path
gets no text, so that the test leaves no files behind.
"""

import contextlib
import copy
import doctest
import importlib
import inspect
import io
import math
import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
from support.sampling import Bad, sampled

from casekit.errors import CasekitError

PACKAGES = ("service", "selling", "segments", "information", "strategy")

#: Without an example that calls them.
EXEMPT = {
    "call_list",
    "fit_uplift",
    "logistic_model",
    "out_of_fold_scores",
    "out_of_fold_uplift",
    "predict_uplift",
    "ranking_survival",
    "score_clients",
    "survival_curve",
    "tows_links",
}

BAD = {
    "list": [1, 2],
    "list of text": ["a", "b"],
    "list of all sorts": [1, "x", None],
    "nested list": [[1, 2], [3, 4]],
    "ragged list": [[1], [2, 3]],
    "empty list": [],
    "empty dict": {},
    "text": "abc",
    "empty text": "",
    "None": None,
    "NaN": math.nan,
    "infinite": math.inf,
    "negative": -1,
    "zero": 0,
    "bool": True,
    "dict": {"a": 1, "b": 2},
    "dict of dicts": {"a": {"x": 1}, "b": {"x": 2}},
    "dict with None": {None: 1, "b": 2},
    "frame": pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "empty frame": pd.DataFrame(),
    "records": [{"a": 1, "b": 2}, {"a": 3, "b": 4}],
    "NaT": pd.NaT,
    "NA": pd.NA,
    "object Series": pd.Series([1, "x", None], dtype=object),
    "repeated labels": pd.Series([1.0, 2.0], index=["a", "a"]),
    "table": np.ones((2, 2)),
    "set": {1, 2},
    "object": object(),
}


def functions():
    for package in PACKAGES:
        module = importlib.import_module(f"casekit.{package}")
        for name in module.__all__:
            if inspect.isfunction(getattr(module, name)) and name not in EXEMPT:
                yield pytest.param(module, name, id=f"{package}.{name}")


def example(module, name):
    """The fullest call of a function in its own docstring."""
    function = getattr(module, name)
    calls = []

    def recorded(*args, **options):
        calls.append((copy.deepcopy(args), copy.deepcopy(options)))
        return function(*args, **options)

    names = {**vars(inspect.getmodule(function)), "np": np, "pd": pd}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.setattr(module, name, recorded)
        for line in doctest.DocTestParser().get_examples(function.__doc__):
            names[name] = recorded
            exec(compile(line.source, name, "single"), names)
    return function, max(calls, key=lambda call: len(call[0]) + len(call[1]))


def broken_frames(frame):
    """A frame with one column or its labels spoilt."""
    for column in dict.fromkeys(frame.columns):
        for what in ("abc", None, math.nan, pd.NaT, [1, 2]):
            yield Bad(f"all {what!r}", repr(column), partial(with_column, frame, column, what))
        yield Bad("left out", repr(column), partial(frame.drop, columns=[column]))
    yield Bad("labels repeated", "", lambda: frame.set_axis([0] * len(frame)))
    yield Bad("label missing", "", lambda: frame.set_axis([None, *range(1, len(frame))]))
    yield Bad("columns repeated", "", lambda: pd.concat([frame, frame], axis=1))
    yield Bad("no rows", "", lambda: frame.iloc[:0])
    yield Bad("turned", "", lambda: frame.T)
    yield Bad("as records", "", lambda: frame.to_dict("records"))
    yield Bad("dict of lists", "", lambda: {column: frame[column].tolist() for column in frame})


def with_column(frame, column, what):
    spoilt = frame.copy()
    spoilt[column] = pd.Series([what] * len(frame), index=frame.index, dtype=object)
    return spoilt


def replacements(parameter, value):
    for label, bad in BAD.items():
        if not (label == "text" and parameter == "path"):
            yield Bad(label, "", partial(copy.deepcopy, bad))
    if isinstance(value, pd.DataFrame) and len(value) and value.columns.is_unique:
        yield from broken_frames(value)
    elif isinstance(value, (list, tuple)) and value:
        for what in ("abc", None, math.nan, [1, 2], {"q": 1}):
            yield Bad(f"first {what!r}", "", partial(list, [what, *value[1:]]))
        yield Bad("twice", "", lambda: [value[0], *value])
        yield Bad("alone", "", lambda: value[0])
    elif isinstance(value, dict) and value:
        first = next(iter(value))
        for what in ("abc", None, math.nan, [1, 2], {"q": 1}):
            yield Bad(f"first {what!r}", "", partial(dict, {**value, first: what}))
        yield Bad("label None", "", lambda: {None: value[first], **value})
        yield Bad("labels only", "", lambda: list(value))


@pytest.mark.parametrize(("module", "name"), list(functions()))
def test_a_bad_argument_gets_a_message(module, name):
    function, (args, options) = example(module, name)
    signature = inspect.signature(function)
    given = signature.bind(*args, **options)
    failures = []
    for place, parameter in enumerate(signature.parameters.values()):
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        value = given.arguments.get(parameter.name, parameter.default)
        found = replacements(parameter.name, value)
        for bad in sampled(found, function=name, argument=parameter.name, first=place == 0):
            call = signature.bind(*copy.deepcopy(args), **copy.deepcopy(options))
            call.arguments[parameter.name] = bad.make()
            with warnings.catch_warnings(), contextlib.suppress(CasekitError):
                warnings.simplefilter("ignore")
                try:
                    function(*call.args, **call.kwargs)
                except (TypeError, KeyError, ValueError, AttributeError, IndexError) as error:
                    if not isinstance(error, CasekitError):
                        failures.append(f"{parameter.name}={bad}: {type(error).__name__}: {error}")
    assert not failures, "\n".join(failures)
