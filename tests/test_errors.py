"""Each message template, in full."""

import numpy as np
import pytest

from casekit import errors
from casekit._text import language

CASES = [
    (errors.missing_argument("margin", "margin=100"), "f: margin must be given.\n  Try: margin=100"),
    (
        errors.wrong_type("margin", "a number", "12", "margin=12"),
        "f: margin must be a number, got '12' (a str).\n  Try: margin=12",
    ),
    (
        errors.wrong_kind("margin", "a number", "12"),
        "f: margin must be a number, got '12' (text).",
    ),
    (
        errors.wrong_kind("margin", "a number", None, "margin: 12"),
        "f: margin must be a number, got nothing.\n  Try: margin: 12",
    ),
    (
        errors.out_of_range("retention_rate", "85", "0 to 1", hint="for 85 % write 0.85"),
        "f: retention_rate must lie in its range, got 85.\n  Allowed: 0 to 1\n  Try: for 85 % write 0.85",
    ),
    (
        errors.out_of_range("weights", "-1", "0 or more", where=errors.rows(["b"]), each=True),
        "f: each value of weights must lie in its range, got -1.\n  Where: row b\n  Allowed: 0 or more",
    ),
    (
        errors.missing_dates("days", errors.rows([3])),
        "f: days must hold a date in every row, got missing dates.\n  Where: row 3\n"
        "  Try: fill or drop these rows first, and say which in your report",
    ),
    (
        errors.not_finite("values", errors.rows([3])),
        "f: values must hold numbers only, got missing or infinite values.\n  Where: row 3\n"
        "  Try: fill or drop these rows first, and say which in your report",
    ),
    (
        errors.missing_columns("purchases", ["amount"], ["amnt", "date"]),
        "f: purchases must have the columns amount, got columns amnt, date.\n"
        "  Try: purchases.rename(columns={'amnt': 'amount'})",
    ),
    (
        errors.missing_columns("purchases", ["amount"], []),
        "f: purchases must have the columns amount, got columns none.\n"
        "  Try: add the column or rename the one that holds it",
    ),
    (
        errors.empty("values"),
        "f: values must have at least one row, got none.\n  Try: look at the filter that made it",
    ),
    (
        errors.not_unique("code", ["S1"], errors.rows([1, 4])),
        "f: code must not repeat, got S1.\n  Where: rows 1, 4 (2 rows)\n"
        "  Try: drop or merge the repeated rows",
    ),
    (
        errors.unknown_name("case", "bank_upsel", ["bank_upsell", "swot"]),
        "f: case must be a known name, got 'bank_upsel'.\n  Allowed: bank_upsell, swot\n"
        "  Try: did you mean 'bank_upsell'?",
    ),
    (
        errors.wrong_total("weights", 1.25, 1),
        "f: weights must add up to 1, got 1.25.\n  Try: divide each by 1.25 to keep the proportions",
    ),
    (
        errors.different_lengths("ratings", 2, "weights", 3),
        "f: ratings must be as long as weights, got 2 and 3.\n"
        "  Try: give one value for each, in the same order",
    ),
    (
        errors.different_labels("ratings", ["S1"], ["s1"], "weights"),
        "f: ratings must carry the labels of weights, got missing S1; unknown s1.\n"
        "  Try: spell the labels alike in both",
    ),
    (
        errors.must_hold("growth must stay below the discount rate", "0.2 and 0.1", hint="lower the growth"),
        "f: growth must stay below the discount rate, got 0.2 and 0.1.\n  Try: lower the growth",
    ),
]


@pytest.mark.parametrize(("problem", "text"), CASES)
def test_message_in_full(problem, text):
    assert str(errors.InputError("f", problem)) == text


def test_problems_of_one_call_come_together():
    error = errors.InputError("f", [errors.empty("a"), errors.empty("b")])
    assert str(error).count("f: ") == 2


def test_rows_are_listed_five_at_most_then_counted():
    assert errors.rows(range(12)) == "rows 0, 1, 2, 3, 4 and 7 more (12 rows)"


def test_numbers_and_long_texts_are_shown_short():
    assert errors.shown(np.float64(0.1 + 0.2)) == "0.3"
    assert len(errors.shown("x" * 500)) == 60


def test_every_template_has_its_test():
    """A template added to errors.py without a case above is found here."""
    import inspect

    returning = {
        name
        for name, function in inspect.getmembers(errors, inspect.isfunction)
        if function.__module__ == "casekit.errors" and function.__annotations__.get("return") == "Problem"
    }
    source = inspect.getsource(inspect.getmodule(test_message_in_full))
    assert {name for name in returning if f"errors.{name}(" not in source} == set()


def test_the_language_does_not_change_the_parts():
    with language("zh_CN"):
        assert str(errors.InputError("f", errors.empty("values"))).startswith("f：")
