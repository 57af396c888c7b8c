"""Notebooks as they are handed in: what is put right, and what is said of it."""

import json

import pytest
from support.classroom import code_cell

from casekit.exercises.grading.repair import LARGEST, Unreadable, read_notebook, repair_cells

GIVEN = [
    "from casekit.exercises import check, open_exercise\n\n"
    'book = open_exercise("90_small", token="aaaa1111")\nbook',
    'visits = book.table("visits")',
    'mean_amount = ...  # of what?\ncheck("9.1", mean_amount)',
    'top_share = 1 / ...  # of what?\ncheck("9.2", top_share)',
]
ANSWERED = [
    *GIVEN[:2],
    'mean_amount = 2\ncheck("9.1", mean_amount)',
    'top_share = 0.5\ncheck("9.2", top_share)',
]


def notebook(cells, **changes):
    made = {
        "cells": [code_cell(source) for source in cells],
        "metadata": {"casekit": {"exercise": "90_small", "mode": "graded", "student": "aaaa1111"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return made | changes


def read(made):
    return read_notebook(json.dumps(made).encode())


def repaired(cells):
    return repair_cells(read(notebook(cells)), GIVEN)


def test_an_untouched_notebook_needs_no_repair():
    found = repaired(ANSWERED)
    assert found.cells == tuple(ANSWERED) and found.repairs == ()
    assert (found.exercise, found.tokens) == ("90_small", ("aaaa1111",))


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (notebook(ANSWERED, metadata={}), "metadata was missing"),
        (notebook(ANSWERED, metadata="words"), "metadata was missing"),
        (notebook(ANSWERED, nbformat_minor=99), "format number was wrong"),
        (notebook(ANSWERED, nbformat_minor=None), "format number was wrong"),
        (notebook(ANSWERED, nbformat=3), "format number was wrong"),
    ],
)
def test_a_damaged_frame_is_read_all_the_same(made, says):
    found = read(made)
    assert found.cells == tuple(ANSWERED) and found.tokens == ("aaaa1111",)
    assert any(says in sentence for sentence in found.repairs)


def test_a_notebook_of_2013_is_read():
    cells = [{"cell_type": "code", "input": source.splitlines(keepends=True)} for source in ANSWERED]
    found = read({"worksheets": [{"cells": cells}], "metadata": {}, "nbformat": 3})
    assert found.cells == tuple(ANSWERED)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_editors_at_the_start_are_dropped(encoding):
    found = read_notebook(json.dumps(notebook(ANSWERED)).encode(encoding))
    assert found.cells == tuple(ANSWERED) and len(found.repairs) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b'{"cells": [', "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b"[1, 2]", "no notebook"),
        (b'{"cells": 3}', "no notebook"),
        (b"PK\x03\x04", "not JSON"),
        (b" " * (LARGEST + 1), "larger than"),
        (json.dumps(notebook(["x = 1"] * 3000)).encode(), "more code than"),
        (json.dumps(notebook(["x" * 300_000])).encode(), "more code than"),
    ],
)
def test_what_cannot_be_read_says_why(content, why):
    with pytest.raises(Unreadable, match=why):
        read_notebook(content)


@pytest.mark.parametrize(
    "cell", [3, None, {}, {"cell_type": "code"}, {"cell_type": "code", "source": [1, None]}]
)
def test_odd_cells_do_no_harm(cell):
    made = notebook(ANSWERED)
    made["cells"].append(cell)
    assert read(made).cells[: len(ANSWERED)] == tuple(ANSWERED)


def test_edited_metadata_give_two_copies():
    made = notebook(ANSWERED)
    made["metadata"]["casekit"]["student"] = "bbbb2222"
    assert read(made).tokens == ("bbbb2222", "aaaa1111")


def test_stale_outputs_are_told():
    made = notebook(ANSWERED)
    for cell, count in zip(made["cells"], (4, 2, 3, 1), strict=True):
        cell["execution_count"] = count
    assert any("another order" in sentence for sentence in read(made).repairs)


def test_moved_cells_go_back_with_what_belongs_to_them():
    own = "extra = 1"
    found = repaired([ANSWERED[0], ANSWERED[3], ANSWERED[1], own, ANSWERED[2]])
    assert found.cells == (ANSWERED[0], ANSWERED[1], own, ANSWERED[2], ANSWERED[3])
    assert any("had been moved" in sentence for sentence in found.repairs)


def test_of_a_copied_cell_the_last_counts():
    other = 'mean_amount = 3\ncheck("9.1", mean_amount)'
    found = repaired([*ANSWERED, other])
    assert found.cells == (*ANSWERED, other)
    assert found.repairs == ("Question 9.1 was answered in 2 cells; the last one counts.",)


def test_deleted_given_cells_come_back_and_deleted_answers_are_named():
    found = repaired([ANSWERED[0], ANSWERED[2]])
    assert found.cells == (GIVEN[0], GIVEN[1], ANSWERED[2])
    assert any("put back: visits" in sentence for sentence in found.repairs)
    assert any("question 9.2 is missing" in sentence for sentence in found.repairs)


def test_a_hostile_source_does_not_hold_up_the_reading():
    source = "open_exercise(" * 14_000
    assert read(notebook([source] * 20)).tokens == ("aaaa1111",)
