"""No public function of value and loyalty meets a bad argument with a traceback of its own.

Each function is called as in the example of its docstring, one argument at a time replaced by some thirty
things that do not belong there (text, NaN, a list for a number, a table for a list, records, dates, repeated
labels); of tables, lists and dicts also one cell, row, column or key is spoiled. The first argument meets
every kind, the others a fixed sample. The call may succeed (a list where one number is usual is often
understood) or raise a CasekitError that names the function. TypeError, KeyError, ValueError, AttributeError,
IndexError and the like are failures, and so is any warning that is not one of casekit.

Exempt are classes (their methods take what functions made), ``**keywords`` handed on to a function that is
tested itself, and the functions of ``WITHOUT_EXAMPLE``, which have no example to start from.
"""

import inspect
import warnings

import pytest
from support.bad_arguments import bad_calls, example_call

import casekit.loyalty
import casekit.value
from casekit.errors import CasekitError, CasekitWarning

FUNCTIONS = {
    f"{package.__name__.removeprefix('casekit.')}.{name}": getattr(package, name)
    for package in (casekit.value, casekit.loyalty)
    for name in package.__all__
    if inspect.isfunction(getattr(package, name))
}

#: What they take is made by other functions; tests/value/test_economic_value.py has their bad cases.
WITHOUT_EXAMPLE = {"value.level_prices"}


def test_functions_without_an_example_are_known():
    assert {name for name, function in FUNCTIONS.items() if example_call(function) is None} == WITHOUT_EXAMPLE


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - WITHOUT_EXAMPLE))
def test_bad_arguments_get_a_message(name):
    function = FUNCTIONS[name]
    call = example_call(function)
    raw, tried = [], 0
    for argument, label, arguments in bad_calls(call, name):
        call.arguments = arguments()
        tried += 1
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", CasekitWarning)
            try:
                function(*call.args, **call.kwargs)
            except CasekitError as error:
                if not str(error).startswith(f"{function.__name__}: "):
                    raw.append(f"{argument} = {label}: named {error}")
            except Exception as error:  # what this test looks for
                raw.append(f"{argument} = {label}: {type(error).__name__}: {error}")
    assert tried >= 25 or not call.signature.parameters
    assert raw == []
