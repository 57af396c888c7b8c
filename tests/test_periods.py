"""The only conversions between units of time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.errors import InputError
from casekit.periods import PERIODS_PER_YEAR, convert_discount_rate, convert_duration, convert_retention_rate

units = st.sampled_from(sorted(PERIODS_PER_YEAR))


@given(st.floats(0.1, 1e4), units, units)
def test_there_and_back(duration, one, other):
    there = convert_duration(duration, from_unit=one, to_unit=other)
    assert convert_duration(there, from_unit=other, to_unit=one) == pytest.approx(duration)


@given(st.floats(0, 1))
def test_twelve_monthly_retentions_are_one_year(rate):
    monthly = convert_retention_rate(rate, from_unit="year", to_unit="month")
    assert monthly**12 == pytest.approx(rate)


@given(st.floats(-0.5, 0.99))
def test_twelve_monthly_discounts_are_one_year(rate):
    monthly = convert_discount_rate(rate, from_unit="year", to_unit="month")
    assert (1 + monthly) ** 12 == pytest.approx(1 + rate)


def test_a_year_is_the_same_in_every_unit():
    assert convert_duration(12, from_unit="month", to_unit="day") == 365.25
    assert convert_duration(4, from_unit="quarter", to_unit="week") == pytest.approx(365.25 / 7)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: convert_duration(1, from_unit="months", to_unit="year"), "did you mean 'month'"),
        (lambda: convert_discount_rate(-1, from_unit="year", to_unit="month"), "-1 itself excluded"),
        (lambda: convert_retention_rate(80, from_unit="year", to_unit="month"), "write 0.8"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
