"""Level for level; what is not assessed is not suitable."""

import pytest

from casekit.errors import InputError
from casekit.selling import disposition_effect, is_suitable


def test_a_product_of_level_three_is_for_clients_from_level_three():
    assert is_suitable(["C1", "C2", "C3", "C4", "C5"], "R3").tolist() == [False, False, True, True, True]


def test_each_client_may_have_a_product_of_his_own():
    assert is_suitable(["C2", "C2", None], ["R2", "R3", "R1"]).tolist() == [True, False, False]


def test_disposition_effect_of_even_habits_is_zero():
    assert disposition_effect(gains_sold=1, gains_kept=3, losses_sold=2, losses_kept=6)["effect"] == 0


@pytest.mark.parametrize(
    ("clients", "product", "message"),
    [
        (["R1"], "R1", "client_levels must be a known name, got 'R1'"),
        (["C1"], "C1", "product_level must be a known name, got 'C1'"),
        (["C1", "C2"], ["R1"], "product_level must be as long as client_levels"),
    ],
)
def test_bad_levels_are_named(clients, product, message):
    with pytest.raises(InputError, match=message):
        is_suitable(clients, product)


def test_positions_are_needed_on_both_sides():
    with pytest.raises(InputError, match="at least one position at losses"):
        disposition_effect(gains_sold=1, gains_kept=1, losses_sold=0, losses_kept=0)
