"""Identities and limits of the concentration measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.value import gini, lorenz_curve, top_share

values = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=50)


@given(values, st.floats(0.001, 1000))
def test_gini_ignores_currency_and_order(amounts, rate):
    assert gini([amount * rate for amount in reversed(amounts)]) == pytest.approx(gini(amounts), abs=1e-9)


@given(values)
def test_gini_is_one_minus_twice_the_area_under_the_lorenz_curve(amounts):
    curve = lorenz_curve(amounts)
    area = ((curve["value_share"] + curve["value_share"].shift()) / 2 * curve["customer_share"].diff()).sum()
    assert gini(amounts) == pytest.approx(1 - 2 * area, abs=1e-9)


@given(values, st.floats(0.01, 1))
def test_best_customers_bring_at_least_their_share(amounts, share):
    assert share - 1e-9 <= top_share(amounts, share) <= 1 + 1e-9
