"""Which column is which, and what happens when that is not clear."""

import re

import pytest

from casekit.errors import InputError
from casekit.information import read_client_file
from casekit.information.columns import match_columns, name_key
from casekit.information.layouts import LAYOUTS, Column, Layout
from casekit.information.policies import POLICIES
from casekit.information.reading_text import FILE_WORDS

VISITS = LAYOUTS["loyalty_tiers"]


def matched(header, **mapping):
    matching = match_columns(header, VISITS, mapping)
    return {name: match.header for name, match in matching.matches.items()}


@pytest.mark.parametrize(
    "header",
    [
        "customer_id",
        "Customer ID",
        "客户号",
        "会员卡号",
        " 会员号 ",
        "Card No.",
        "ＭＥＭＢＥＲ",
        "客户号（必填）",
    ],
)
def test_names_are_matched_without_case_spaces_signs_and_units(header):
    assert matched([header, "date", "amount", "covers"])["customer_id"] == header


def test_every_column_is_shown_with_how_it_was_matched():
    table = match_columns(["客户号", "date", "应收", "人数", "备注"], VISITS, {"amount": "应收"}).table()
    assert table.to_numpy().tolist() == [
        ["客户号", "customer_id", "a synonym"],
        ["date", "date", "the name itself"],
        ["应收", "amount", "you said so"],
        ["人数", "covers", "a synonym"],
        ["备注", "", "ignored"],
        ["", "meal", "not in the file, may be absent"],
    ]


def test_the_canonical_name_goes_before_a_synonym():
    matching = match_columns(["customer_id", "date", "amount", "total", "covers"], VISITS, {})
    assert (matching.matches["amount"].header, matching.ignored) == ("amount", ["total"])


def test_two_synonyms_are_refused_until_the_user_chooses():
    header = ["客户号", "日期", "金额", "实付金额", "人数"]
    matching = match_columns(header, VISITS, {})
    assert "amount" not in matching.matches
    assert matching.unclear == {"金额": "amount", "实付金额": "amount"}
    assert [problem.text("read") for problem in matching.problems] == [
        "read: one column must be amount, got 2 that could be: 金额, 实付金额.\n"
        "  Try: choose: amount=实付金额 (on the command line --map amount=实付金额)"
    ]
    assert matched(header, amount="实付金额")["amount"] == "实付金额"


@pytest.mark.parametrize(("header", "chosen"), [(["姓名", "会员号"], "会员号"), (["姓名"], "姓名")])
def test_names_of_people_are_taken_for_ids_only_if_there_is_nothing_better(header, chosen):
    table = match_columns([*header, "日期", "金额", "人数"], VISITS, {}).table().set_index("canonical")
    how = "a synonym, for want of a better" if chosen == "姓名" else "a synonym"
    assert table.loc["customer_id"].tolist() == [chosen, how]


def test_a_name_that_could_be_two_things_is_refused():
    twin = Layout(
        "twin",
        "a row",
        (
            Column("paid_on", "date", "day paid", (), synonyms=("时间",)),
            Column("seen_on", "date", "day seen", (), synonyms=("时间",)),
        ),
    )
    matching = match_columns(["时间"], twin, {})
    assert matching.problems[0].text("read") == (
        "read: a column of the file must stand for one thing, got '时间', which could be paid_on, seen_on.\n"
        "  Try: choose: paid_on=时间 (on the command line --map paid_on=时间)"
    )


def test_missing_columns_are_named_with_what_would_be_accepted():
    problem = match_columns(["客户号", "消费日期", "amuont", "人数"], VISITS, {}).problems[0]
    assert re.sub(r"\d+ more", "… more", problem.text("read")) == (
        "read: the file must have the columns amount, got columns 客户号, 消费日期, amuont, 人数.\n"
        "  Allowed: amount under the names amount, 金额, 消费金额, 实付金额, 消费总额 and … more\n"
        "  Try: say which one it is: amount=amuont (on the command line --map amount=amuont)"
    )


def test_one_name_twice_in_the_header_is_refused():
    problems = match_columns(["客户号", "日期", "金额", "金额", "人数"], VISITS, {}).problems
    assert problems[0].got == "2 that could be: 金额, 金额"
    problems = match_columns(["客户号", "日期", "金额", "金额", "人数"], VISITS, {"amount": "金额"}).problems
    assert problems[0].got == "2 that could be: 金额, 金额"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"amout": "金额"}, "a name in the reading must be a known name, got 'amout'"),
        ({"refund": "drop"}, "Try: did you mean 'refunds'?"),
        ({"amount": "应付"}, "a column of the file must be a known name, got '应付'"),
        ({"amount": "金额", "covers": "金额"}, "got '金额' mapped twice"),
        ({"amount": "-"}, "the file must have the columns amount"),
    ],
)
def test_mappings_that_cannot_hold(mapping, message):
    problems = match_columns(["客户号", "日期", "金额", "人数"], VISITS, mapping).problems
    assert message in problems[0].text("read")


def test_an_optional_column_can_be_left_aside():
    header = ["客户号", "日期", "金额", "人数", "餐别"]
    assert "meal" in matched(header)
    assert "meal" not in matched(header, meal="-")


@pytest.mark.parametrize(
    ("header", "scale"),
    [("金额(万元)", 10_000), ("金额万元", 10_000), ("金额（千元）", 1000), ("金额(元)", 1), ("金额", 1)],
)
def test_the_unit_in_a_header_is_understood(header, scale):
    match = match_columns(["客户号", "日期", header, "人数"], VISITS, {}).matches["amount"]
    assert match.scale == scale


def test_columns_without_a_name_are_listed():
    assert match_columns(["客户号", "日期", "金额", "", "人数"], VISITS, {}).ignored == [
        "(column 4 without a name)"
    ]


def test_name_key_of_a_name_that_is_only_a_bracket():
    assert name_key("(备注)") == "备注"


def test_no_layout_gives_one_of_its_names_to_two_columns():
    for layout in LAYOUTS.values():
        own = {
            column.name: {name_key(name) for name in (column.name, *column.synonyms)}
            for column in layout.columns
        }
        for name, keys in own.items():
            for other, other_keys in own.items():
                assert name == other or not keys & other_keys, (layout.case, name, other, keys & other_keys)


def test_no_column_is_called_like_a_word_of_the_reading():
    words = {*POLICIES, *FILE_WORDS}
    assert {layout.case: words & set(layout.by_name) for layout in LAYOUTS.values()} == dict.fromkeys(
        LAYOUTS, set()
    )


def test_unknown_cases_are_named():
    with pytest.raises(InputError, match="case must be a known name, got 'loyalty_tier'"):
        read_client_file("visits.csv", "loyalty_tier")
