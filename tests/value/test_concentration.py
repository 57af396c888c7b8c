"""Concentration on customers few enough to check by hand."""

import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.value import customers_for_share, gini, lorenz_curve, top_share

VALUES = {"A": 10, "B": 5, "C": 3, "D": 1, "E": 1}


def test_top_share_of_one_customer_in_five():
    assert top_share(VALUES, 0.2) == 0.5


def test_customers_for_share_counts_the_customer_who_crosses_it():
    assert customers_for_share(VALUES, 0.75) == 0.4
    assert customers_for_share(VALUES, 0.76) == 0.6


def test_lorenz_curve_starts_at_zero_and_ends_at_one():
    curve = lorenz_curve(VALUES)
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]


def test_negative_values_warn():
    with pytest.warns(CasekitWarning, match="exceed 1"):
        gini([-5, 10, 10])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1, None], "values must hold numbers only"),
        ([0, 0], "add up to more than zero"),
        ([], "at least one row"),
        (["a", 1], "values must hold numbers, got 'a'"),
    ],
)
def test_bad_values_are_named(values, message):
    with pytest.raises(InputError, match=message):
        gini(values)
