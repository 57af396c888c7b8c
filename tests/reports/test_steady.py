"""What a notebook does not say of the machine that ran it, nor of one run in particular."""

import pytest

from casekit.reports.steady import anonymous, steady_outputs


def with_output(text):
    """A notebook with one output."""
    return {"metadata": {}, "cells": [{"metadata": {}, "outputs": [{"text": text}]}]}


def steady(text):
    """The text as a report shows it."""
    return steady_outputs(with_output(text))["cells"][0]["outputs"][0]["text"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/tmp/ipykernel_4711/3062.py:2: UserWarning: x", "ipykernel/3062.py:2: UserWarning: x"),
        (r"C:\\Users\\ann\\ipykernel_1\\88.py:1", "ipykernel/88.py:1"),
        ('File "/var/f/ipykernel_12/9.py", line 1', 'File "ipykernel/9.py", line 1'),
        ("<Axes at 0x7f00aa11bb22> and <B at 0x7f00aa11bb33>", "<Axes at 0x0> and <B at 0x0>"),
        ("at 0x12 and 0xdeadbeef", "at 0x12 and 0xdeadbeef"),
        (
            '#T_1a2b3_row0 {} <table id="T_1a2b3"> T_1a2b30',
            '#T_00000_row0 {} <table id="T_00000"> T_1a2b30',
        ),
    ],
)
def test_what_differs_from_run_to_run(text, shown):
    assert steady(text) == shown


def test_styled_tables_keep_names_of_their_own():
    assert steady('<table id="T_aaaaa"><table id="T_bbbbb">') == '<table id="T_00000"><table id="T_00001">'


def test_pictures_and_other_outputs_are_left_alone():
    assert steady({"image/png": "x at 0x7f00aa11bb22>", "n": 3}) == {
        "image/png": "x at 0x7f00aa11bb22>",
        "n": 3,
    }


def test_a_long_word_takes_no_longer_than_its_length():
    # quadratic, this would take hours
    assert len(steady("x" * 3_000_000 + " ipykernel_")) == 3_000_011


def test_anonymous_takes_out_folders_and_timings(tmp_path):
    data = tmp_path / "clients.csv"
    made = with_output(f"read {data}")
    made["metadata"]["papermill"] = {"duration": 1}
    made["cells"][0]["metadata"] = {"tags": ["x"], "papermill": {}, "execution": {}}
    told = anonymous(made, {"data": str(data)})
    assert told["cells"][0] == {"metadata": {"tags": ["x"]}, "outputs": [{"text": "read clients.csv"}]}
    assert told["metadata"] == {}
    assert made["metadata"]
