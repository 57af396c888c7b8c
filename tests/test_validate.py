"""One bad case for each rule of the checkers, and what passes."""

import numpy as np
import pandas as pd
import pytest

from casekit._validate import Check
from casekit.errors import CasekitWarning, InputError

BAD = [
    (lambda c: c.number("n", "1"), "n must be a number, got '1' .a str."),
    (lambda c: c.number("n", True), "n must be a number"),
    (lambda c: c.number("n", float("nan")), "n must hold numbers only"),
    (lambda c: c.number("n", 5, high=3, unit="years"), "Allowed: 3 or less years"),
    (lambda c: c.number("n", 0, low=0, low_open=True), "0 itself excluded"),
    (lambda c: c.number("n", 1, high=1, high_open=True), "1 itself excluded"),
    (lambda c: c.positive("n", -1), "n must lie in its range, got -1"),
    (lambda c: c.share("r", 85), "for 85 % write 0.85"),
    (lambda c: c.share("r", -0.1), "Allowed: 0 to 1"),
    (lambda c: c.integer("k", 1.5), "k must be a whole number"),
    (lambda c: c.integer("k", 0, low=1), "Allowed: 1 or more"),
    (lambda c: c.integer("k", float("nan")), "k must be a whole number"),
    (lambda c: c.integer("k", float("inf")), "k must be a whole number"),
    (lambda c: c.vector("v", [[1, 2], [3, 4]]), "v must be a list, dict, Series"),
    (lambda c: c.choice("unit", "monht", ("month", "year")), "did you mean 'month'"),
    (lambda c: c.generator("rng", 7), "default_rng"),
    (lambda c: c.number("n", [1, 2]), "n must be one number"),
    (lambda c: c.rate("d", -1), "d must lie in its range"),
    (lambda c: c.vector("v", [1, True]), "v must hold numbers, got True"),
    (lambda c: c.vector("v", pd.to_datetime(["2024-01-01"])), "v must hold numbers"),
    (lambda c: c.labels("id", pd.Series(["a", None])), "(?s)id must be known in every row.*row 1"),
    (
        lambda c: c.labels("id", pd.Series(["a", 1], dtype=object)),
        "id must hold labels of one kind, got str, int",
    ),
    (
        lambda c: c.frame("d", pd.DataFrame([[1, 2]], columns=["a", "a"]), ["a"]),
        "d.columns must not repeat, got a",
    ),
    (lambda c: c.frame("d", {"a": [None]}, ["a"], keys=["a"]), r"d\['a'\] must be known"),
    (
        lambda c: c.numbers(pd.DataFrame({"a": ["x"]}), ["a"], name="d"),
        r"d\['a'\] must hold numbers, got 'x'",
    ),
    (lambda c: c.vector("v", 3), "v must be a list, dict, Series"),
    (lambda c: c.vector("v", []), "v must have at least one row"),
    (lambda c: c.vector("v", [1, "a", "b"]), "(?s)v must hold numbers, got 'a', 'b'.*rows 1, 2"),
    (lambda c: c.vector("v", [True, False]), "v must hold numbers"),
    (lambda c: c.vector("v", [1, np.inf]), "(?s)missing or infinite values.*row 1"),
    (lambda c: c.vector("v", {"x": 2, "y": -1}, low=0), "(?s)got -1.*row y"),
    (lambda c: c.vector("v", [40, 60], low=0, high=1), "percentages: divide by 100"),
    (lambda c: c.weights("w", [0.5, 0.6]), "w must add up to 1, got 1.1"),
    (lambda c: c.frame("d", [1, 2]), "d must be a DataFrame"),
    (lambda c: c.frame("d", {"a": 1}), "d must be a DataFrame"),
    (lambda c: c.frame("d", pd.DataFrame({"a": [1]}), ["b"]), "d must have the columns b"),
    (lambda c: c.frame("d", pd.DataFrame({"a": []}), ["a"]), "d must have at least one row"),
    (lambda c: c.unique("id", ["a", "b", "a"]), "(?s)id must not repeat, got a.*row 2"),
    (lambda c: c.same_labels("r", pd.Series({"a": 1}), "w", pd.Series({"b": 1})), "missing b; unknown a"),
    (lambda c: c.flags("f", ["yes", True]), "(?s)f must hold True or False, got 'yes'.*row 0"),
    (lambda c: c.flags("f", [1, 0, None]), "f must hold True or False, got"),
    (lambda c: c.flags("f", "yes"), "f must be a list or Series of True and False"),
    (lambda c: c.flags("f", []), "f must have at least one row"),
    (lambda c: c.alike("a", pd.Series([1]), "b", pd.Series([1, 2])), "a must be as long as b, got 1 and 2"),
    (lambda c: c.alike("a", pd.Series({"x": 1}), "b", pd.Series({"y": 1})), "a must carry the labels of b"),
    (lambda c: c.alike("a", pd.Series([1, 2], ["x", "x"]), "b", pd.Series([1, 2], ["x", "y"])), "not repeat"),
    (lambda c: c.dates("day", [20210620, 20210621]), "%Y%m%d"),
    (lambda c: c.dates("day", ["2021-06-20"]), "pd.to_datetime"),
    (lambda c: c.dates("day", pd.to_datetime(pd.Series(["2021-06-20", None]))), "row 1"),
    (lambda c: c.dates("day", "2021-06-20"), "day must be a Series of dates"),
]


@pytest.mark.parametrize(("use", "message"), BAD)
def test_bad_input_is_named(use, message):
    check = Check("f")
    with pytest.raises(InputError, match=message):
        use(check)
        check.done()


@pytest.mark.parametrize(
    "values", [[1, 2], (1, 2), {"a": 1, "b": 2}, pd.Series([1, 2]), np.array([1, 2]), range(1, 3)]
)
def test_what_a_student_would_bring_is_understood(values):
    check = Check("f")
    assert check.vector("v", values).tolist() == [1, 2]
    check.done()


def test_records_become_a_frame():
    check = Check("f")
    assert check.frame("d", [{"a": 1}, {"a": 2}], ["a"])["a"].tolist() == [1, 2]
    check.done()


def test_all_problems_are_reported_together():
    check = Check("f")
    check.share("retention_rate", 85)
    check.positive("margin", 0)
    with pytest.raises(InputError, match="(?s)retention_rate.*margin"):
        check.done()


def test_flags_are_true_and_false_or_1_and_0():
    check = Check("f")
    assert check.flags("f", [1, 0, True]).tolist() == [True, False, True]
    check.done()


def test_values_follow_labels_where_both_carry_them_and_places_otherwise():
    check, other = Check("f"), pd.Series({"x": 0, "y": 0})
    assert check.alike("a", pd.Series({"y": 2, "x": 1}), "b", other).tolist() == [1, 2]
    assert check.alike("a", pd.Series([2, 1]), "b", other).to_dict() == {"x": 2, "y": 1}
    check.done()


def test_numbers_that_came_as_text_are_read():
    read = Check("f").numbers(pd.DataFrame({"a": ["1", "2"], "b": ["x", "y"]}), ["a"])
    assert read["a"].tolist() == [1.0, 2.0]
    assert read["b"].tolist() == ["x", "y"]


def test_a_rate_from_1_on_is_named_once_also_by_functions_inside():
    outer = Check("outer")
    with pytest.warns(CasekitWarning, match="outer: a d of 12 means 1,200 % a period") as heard:
        assert outer.rate("d", 12) == 12
        with outer.inner():
            Check("inner").rate("d", 12)
    assert len(heard) == 1
    assert heard[0].filename == __file__
    assert Check("after").function == "after"
