"""TOWS strategies that trace back to factors."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import orphan_factors, read_tows, split_codes, tows_candidates, tows_links

FACTORS = pd.DataFrame(
    {
        "code": ["S1", "S2", "W1", "O1", "O2", "T1"],
        "factor": ["site", "staff", "buyer", "metro", "rival retires", "rent"],
        "weight": [0.3, 0.5, 0.2, 0.5, 0.3, 0.2],
        "rating": [4, 3, 1, 3, 2, 2],
    }
)


def tows(*rows):
    return pd.DataFrame(rows, columns=["strategy", "codes"])


@pytest.mark.parametrize("text", ["S1, O1", "S1;O1", "S1+O1", " S1 O1 ", "S1、O1", "S1，O1"])
def test_codes_are_split_at_any_sign(text):
    assert split_codes(text) == ("S1", "O1")


def test_cells_follow_from_the_codes():
    table = read_tows(tows(("x", "W1 T1"), ("y", ["S1", "S2", "O2"])), FACTORS)
    assert dict(zip(table["strategy"], table["cell"], strict=True)) == {"y": "SO", "x": "WT"}


def test_links_name_every_factor_of_every_strategy():
    links = tows_links(read_tows(tows(("SO1", "S1 S2 O1"), ("WT1", "W1 T1")), FACTORS))
    assert links[["strategy", "code"]].values.tolist() == [
        ["SO1", "S1"], ["SO1", "S2"], ["SO1", "O1"], ["WT1", "W1"], ["WT1", "T1"],
    ]  # fmt: skip


def test_orphans_come_heaviest_first():
    table = read_tows(tows(("ST1", "S1 T1")), FACTORS)
    assert orphan_factors(table, FACTORS)["code"].tolist() == ["S2", "O1", "O2", "W1"]


def test_candidates_pair_the_heaviest_with_the_heaviest():
    drafts = tows_candidates(FACTORS, per_cell=2).set_index("strategy")
    assert drafts["codes"].to_dict() == {
        "SO1": ("S2", "O1"), "SO2": ("S1", "O2"), "WO1": ("W1", "O1"),
        "ST1": ("S2", "T1"), "WT1": ("W1", "T1"),
    }  # fmt: skip
    assert drafts.loc["SO1", "priority"] == pytest.approx(0.25)
    assert drafts.loc["WT1", "name"] == "Mend “buyer” before “rent” bites"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "S1 X9")], r"known factors, got X9[\s\S]*Where: a[\s\S]*add the factor first"),
        ([("a", "S1 O11")], r"known factors, got O11[\s\S]*did you mean 'O1'"),
        ([("a", "S1 S2")], r"join one kind of internal factor[^\n]*got S1, S2"),
        ([("a", "S1 W1 O1")], r"join one kind of internal factor"),
        ([("a", "S1 O1 T1")], r"join one kind of internal factor"),
        ([("a", "")], r"got no codes"),
        ([("SO1", "W1 O1")], r"must name its cell, got SO1 for W1, O1[\s\S]*call it WO1"),
        ([("a", "S1 O1"), ("a", "S2 O1")], r"strategy must not repeat, got a"),
    ],
)
def test_strategies_that_do_not_trace_back_are_named(rows, message):
    with pytest.raises(InputError, match=message):
        read_tows(tows(*rows), FACTORS)


def test_candidates_need_both_sides():
    inside = FACTORS[:3].assign(weight=[0.3, 0.5, 0.2])
    with pytest.raises(InputError, match="both internal and external ones, got S, W"):
        tows_candidates(inside)
    with pytest.raises(InputError, match="per_cell must lie in its range, got 0"):
        tows_candidates(FACTORS, per_cell=0)


def test_the_shipped_case_has_three_orphans():
    from casekit.datasets import load_swot_factors

    factors = load_swot_factors()
    table = read_tows(load_swot_factors("strategies"), factors)
    assert set(orphan_factors(table, factors)["code"]) == {"S4", "W5", "T4"}
