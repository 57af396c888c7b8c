"""The linter on entries whose faults are plain to see."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import LINT_RULES, lint_canvas, lint_summary


def rules(text, kind=None, **more):
    entries = [text] if kind is None else {kind: [text]}
    return lint_canvas(entries, **more)["rule"].tolist()


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Drivers lose 40 minutes a day in queues", "pain", []),
        ("司机每天排队多花40分钟", "pain", []),
        ("客户每周多等三天", "pain", []),
        ("Bad quality", "pain", ["no number", "no customer", "vague word"]),
        ("服务优质,方便快捷", "gain", ["no number", "no customer", "vague word"]),
        ("Our app", "reliever", ["no number", "product instead of solution"]),
        ("Our app saves each driver 40 minutes a day", "reliever", []),
        ("智能管理平台", "creator", ["no number", "vague word", "product instead of solution"]),
        ("平台为每个客户每月减少2次断货", "creator", []),
        ("Get to Lhasa", "job", ["no customer"]),
        ("We deliver in 2 days", "gain", ["no customer"]),
        ("我们2天送达", "gain", ["no customer"]),
        ("Sleeper berth", "product", []),
        ("User-friendly system", "product", ["vague word"]),
        ("The goodwill of passengers halves in two weeks", "pain", []),
    ],
)
def test_faults_of_single_entries(text, kind, expected):
    assert rules(text, kind) == expected


def test_without_a_kind_every_rule_applies():
    assert rules("Platform") == ["no number", "no customer", "product instead of solution"]


def test_words_of_the_trade_can_be_added():
    assert rules("Monks wait 3 hours", "pain", customers=["monks"]) == []
    assert rules("OxyBox 3000", "reliever", products="OxyBox") == ["product instead of solution"]
    assert rules("Guests wait 3 hours, soonish", "pain", vague=["soonish"]) == ["vague word"]


def test_findings_name_entry_words_and_advice():
    frame = pd.DataFrame({"text": ["Fast and easy"], "kind": ["gain"]}, index=["G1"])
    found = lint_canvas(frame)
    assert found.loc[found["rule"] == "vague word", ["entry", "found"]].values.tolist() == [
        ["G1", "fast, easy"]
    ]
    assert found["advice"].str.len().min() > 10


def test_summary_counts_entries():
    summary = lint_summary(["Drivers lose 40 minutes", "Good", "Good", "Guests like 2 things"])
    assert summary.to_dict() == pytest.approx(
        {
            "no number": 0.5,
            "no customer": 0.5,
            "vague word": 0.5,
            "product instead of solution": 0,
            "clean": 0.5,
        }
    )
    assert list(summary.index) == [*LINT_RULES, "clean"]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([], r"entries must have at least one row"),
        (["fine", " "], r"every entry must be a text, got ' '[\s\S]*row 1"),
        ([3], r"every entry must be a text, got 3"),
        ({"wish": ["x"]}, r"kind must be a known name, got 'wish'"),
        (pd.DataFrame({"words": ["x"]}), r"must have the columns text"),
    ],
)
def test_bad_entries_are_named(entries, message):
    for check in (lint_canvas, lint_summary):
        with pytest.raises(InputError, match=message):
            check(entries)
