"""Checklists: shares by hand, what is missing first."""

import pytest

from casekit.errors import InputError
from casekit.selling import checklist, checklist_score


@pytest.mark.parametrize(("name", "items"), [("account", 7), ("call_preparation", 9), ("spin_questions", 4)])
def test_lists_are_complete(name, items):
    table = checklist(name)
    assert len(table) == items
    assert table.map(len).to_numpy().min() > 0


def test_seven_things_by_hand():
    known = dict.fromkeys(checklist("account").index, True) | {"our_cases": False}
    row = checklist_score(known, needed=0.8).iloc[0]
    assert row["score"] == pytest.approx(6 / 7)
    assert row["complete"]
    assert row["missing"] == "our_cases"
    assert not checklist_score(known)["complete"].item()


def test_the_heaviest_item_is_named_first():
    found = checklist_score({"a": 0, "b": 0, "c": 1}, weights={"a": 0.2, "b": 0.5, "c": 0.3})
    assert found["missing"].item() == "b, a"
    assert found["score"].item() == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: checklist("shopping"), "name must be a known name"),
        (lambda: checklist_score({"a": "yes"}), "must hold"),
        (lambda: checklist_score({"a": 1}, needed=80), "needed must lie in its range"),
        (lambda: checklist_score({"a": 1}, weights={"a": 2.0}), "weights must add up to 1"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
