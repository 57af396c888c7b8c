"""Checklists: shares by hand, what is missing first."""

import pytest

from casekit.errors import InputError
from casekit.segments import cohen_kappa, confusion_table
from casekit.selling import checklist, checklist_score
from casekit.selling._checklist_items import CHECKLISTS

LISTS = {
    "account": 7,
    "call_preparation": 9,
    "spin_questions": 4,
    "listening": 7,
    "saying": 6,
    "observing": 4,
    "dialogue": 6,
    "emotional_dialogue": 7,
    "impact": 8,
    "crisis_plan": 7,
}


@pytest.mark.parametrize(("name", "items"), LISTS.items())
def test_lists_are_complete(name, items):
    table = checklist(name)
    assert len(table) == items
    assert table.map(len).to_numpy().min() > 0


def test_every_list_is_counted():
    assert set(LISTS) == set(CHECKLISTS)


def test_two_raters_agree_beyond_chance_on_a_call():
    """Seven items; they differ on one: observed 6/7, expected (4*5 + 3*2)/49, kappa 16/23."""
    items = checklist("listening").index
    first = dict(zip(items, [1, 1, 1, 1, 0, 0, 0], strict=True))
    second = first | {"notes": 1, "plays_back": 1}
    found = cohen_kappa(confusion_table(first, second, grades=[1, 0]))
    assert found.observed == pytest.approx(6 / 7)
    assert found.kappa == pytest.approx(16 / 23)


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
