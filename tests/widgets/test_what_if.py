"""The what-if panel: controls of the right kind, and a picture that follows them."""

import pytest

from casekit.errors import InputError
from casekit.widgets import what_if


@pytest.fixture
def panel():
    calls = []
    box = what_if(
        lambda **values: calls.append(values), calls=(0, 10, 1, 3), rate=(0.0, 1.0, 0.1, 0.5), by=["a", "b"]
    )
    return box, calls


def test_it_draws_once_at_the_start(panel):
    _, calls = panel
    assert calls == [{"calls": 3, "rate": 0.5, "by": "a"}]


def test_it_draws_again_when_a_control_moves(panel):
    box, calls = panel
    box.children[0].value = 7
    box.children[2].value = "b"
    assert calls[-1] == {"calls": 7, "rate": 0.5, "by": "b"}
    assert len(calls) == 3


def test_labels_are_words():
    box = what_if(lambda contact_capacity: None, contact_capacity=(1, 5, 1, 2))
    assert box.children[0].description == "contact capacity"


def test_a_label_stands_in_place_of_the_name():
    box = what_if(lambda calls, cost: None, labels={"cost": "成本"}, calls=(1, 5, 1, 2), cost=(1, 5, 1, 2))
    assert [control.description for control in box.children[:2]] == ["calls", "成本"]


def test_a_label_of_no_control_is_named():
    with pytest.raises(InputError) as caught:
        what_if(lambda cost: None, labels={"costs": "Cost"}, cost=(1, 5, 1, 2))
    message = (
        "what_if: labels must be a known name, got 'costs'.\n  Allowed: cost\n  Try: did you mean 'cost'?"
    )
    assert str(caught.value) == message


def test_labels_are_a_mapping():
    with pytest.raises(InputError, match="labels must be"):
        what_if(lambda cost: None, labels="Cost", cost=(1, 5, 1, 2))


def test_a_bool_is_a_tick_box():
    box = what_if(lambda flag: None, flag=True)
    assert box.children[0].value is True


@pytest.mark.parametrize("spec", [(1, 2), "a", 5, None])
def test_a_control_of_no_kind_is_named(spec):
    with pytest.raises(InputError, match="low, high, step, start"):
        what_if(lambda x: None, x=spec)
