"""The canvas of a coach firm with three needs and four features."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import (
    canvas_coverage,
    canvas_fit,
    canvas_orphans,
    coverage_by_budget,
    minimum_features,
    read_links,
)

NEEDS = pd.DataFrame(
    {
        "need": ["arrive rested", "save time", "feel safe"],
        "kind": ["gain", "pain", "pain"],
        "importance": [6, 4, 10],
        "satisfaction": [0.5, 0.0, 0.9],
        "hidden": [False, True, False],
    }
)
LINKS = {
    "relay drivers": ["feel safe", "save time"],
    "berths": ["arrive rested"],
    "logo": [],
    "wifi": "save time",
}


def test_coverage_names_the_features_behind_each_need():
    table = canvas_coverage(NEEDS, LINKS)
    assert table["covered_by"].tolist() == [("berths",), ("relay drivers", "wifi"), ("relay drivers",)]
    assert table["covered"].all()


def test_links_read_alike_from_dict_pairs_and_table():
    pairs = pd.DataFrame({"feature": ["a", "a", "b"], "need": ["x", "y", None]})
    table = pd.DataFrame([[1, 1], [0, 0]], index=["a", "b"], columns=["x", "y"])
    for links in (pairs, table, table.astype(bool), {"feature": ["a", "a", "b"], "need": ["x", "y", ""]}):
        read = read_links(links)
        assert read["feature"].tolist() == ["a", "a", "b"]
        assert read["need"].fillna("-").tolist() == ["x", "y", "-"]


def test_orphans_on_both_sides():
    found = canvas_orphans(NEEDS, {"logo": [], "berths": ["arrive rested"]})
    assert found.features == ("logo",)
    assert found.needs == ("save time", "feel safe")


def test_fit_by_hand():
    # open importance: rested 3, time 4, safe 1; berths and relay drivers answer rested and safe
    fit = canvas_fit(NEEDS, {"berths": ["arrive rested"], "escort": ["feel safe"]}, top=1)
    assert fit.score == pytest.approx(4 / 8)
    assert fit.by_kind.to_dict() == pytest.approx({"gain": 1.0, "pain": 0.2})
    assert fit.resonance.to_dict() == {"gain": 1.0, "pain": 1.0}
    assert fit.novelty == 0.0


def test_fit_on_a_scale_to_ten_is_the_same():
    tens = NEEDS.assign(satisfaction=NEEDS["satisfaction"] * 10)
    assert canvas_fit(tens, LINKS, scale=10).score == pytest.approx(canvas_fit(NEEDS, LINKS).score)


def test_the_smallest_set_leaves_out_what_others_answer():
    plan = minimum_features(NEEDS, LINKS)
    assert plan.features == ("relay drivers", "berths")
    assert plan.left_out == ("logo", "wifi")
    assert (plan.cost, plan.optimal, plan.uncovered) == (2.0, True, ())


def test_greedy_can_be_dearer_than_exact():
    links = {"big": list("abcd"), "left": list("abe"), "right": list("cdf")}
    exact = minimum_features(list("abcdef"), links)
    greedy = minimum_features(list("abcdef"), links, method="greedy")
    assert (exact.features, exact.cost) == (("left", "right"), 2.0)
    assert not greedy.optimal
    # the greedy rule takes big first; once left and right are in, big is spare
    assert greedy.cost == 2.0


def test_costs_decide_and_needs_without_a_feature_are_named():
    links = {"one": ["a", "b"], "two": ["a"], "three": ["b"]}
    plan = minimum_features(["a", "b", "c"], links, costs={"one": 5, "two": 2, "three": 2})
    assert plan.features == ("two", "three")
    assert plan.uncovered == ("c",)
    assert minimum_features(["c"], {"one": []}).features == ()


def test_the_order_of_building_takes_most_importance_a_unit_of_cost():
    steps = coverage_by_budget(NEEDS, LINKS, costs={"relay drivers": 7, "berths": 2, "logo": 1, "wifi": 1})
    assert steps["feature"].tolist() == ["wifi", "berths", "relay drivers"]
    assert steps["answered"].tolist() == pytest.approx([0.2, 0.5, 1.0])
    assert steps["spent"].tolist() == [1, 3, 10]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: canvas_coverage(["a", "a"], {"f": ["a"]}), r"need must not repeat"),
        (lambda: canvas_coverage(["a"], {"f": ["b"]}), r"labels of needs, got unknown b"),
        (lambda: canvas_coverage(["a"], {}), r"links must have at least one row"),
        (lambda: canvas_orphans([{"need": "a", "kind": "wish"}], {"f": ["a"]}), r"kind must be a known name"),
        (lambda: canvas_coverage({"a": -1}, {"f": ["a"]}), r"importance must lie in its range, got -1"),
        (lambda: canvas_fit(NEEDS.assign(satisfaction=5), LINKS), r"satisfaction must lie in its range"),
        (lambda: canvas_fit({"a": 0}, {"f": ["a"]}), r"some need must matter"),
        (lambda: canvas_fit({"a": 1}, {"f": ["a"]}, top=0), r"top must lie in its range"),
        (lambda: canvas_fit({"a": 1}, {"f": ["a"]}, scale=0), r"scale must lie in its range"),
        (lambda: read_links(pd.DataFrame({"a": [2]})), r"only 0 and 1, got 2"),
        (lambda: read_links("relay"), r"links must be a DataFrame"),
        (lambda: minimum_features(["a"], {"f": ["a"]}, method="best"), r"method must be a known name"),
        (lambda: minimum_features(["a"], {"f": ["a"]}, costs={"f": 0}), r"costs must lie in its range"),
        (lambda: minimum_features(["a"], {"f": ["a"]}, costs={"g": 1}), r"missing f"),
        (lambda: coverage_by_budget({"a": 0}, {"f": ["a"]}), r"importance above 0"),
        (lambda: coverage_by_budget({"a": 1}, {"f": ["a"]}, costs=[1, 2]), r"missing f"),
    ],
)
def test_a_bad_canvas_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
