"""Every shape that a cell may have."""

from datetime import date

import pandas as pd
import pytest

from casekit.information.amounts import read_counts, read_money, read_numbers, read_shares
from casekit.information.cells import read_categories, read_flags, read_ids, read_texts
from casekit.information.dates import read_dates

EPOCH = date(1899, 12, 30)


def column(*texts):
    return pd.Series(texts, dtype=object)


@pytest.mark.parametrize(
    "text",
    [
        "2021-06-20", "2021-6-20", "2021/6/20", "2021/06/20", "2021.6.20", "2021年6月20日", "2021年06月20日",
        "20210620", "20210620183000", "44367", "44367.75", "２０２１年６月２０日", " 2021-06-20 ",
        "2021-06-20 18:30", "2021-06-20T18:30:00", "2021-06-20T18:30:00+08:00",
        "2021/6/20 下午6:30", "2021年6月20日 星期日", "2021-06-20 00:00:00", "2021年6月20日18时30分",
        "20/6/2021", "20.6.2021", "20-Jun-2021", "June 20, 2021",
        "20 June 2021", "21年6月20日",
    ],
)  # fmt: skip
def test_date_shapes(text):
    assert read_dates(column(text), epoch=EPOCH).values.tolist() == [pd.Timestamp("2021-06-20")]


def test_other_shapes_of_a_date_are_named_as_changed():
    parsed = read_dates(column("2021-06-20", "2021/6/20", "44367", "2021-06-20 18:30"), epoch=EPOCH)
    assert {rule: mask.tolist() for rule, mask in parsed.rules.items()} == {
        "2021/6/20 read as year, month, day": [False, True, False, False],
        "Excel day numbers such as 44367 read as dates": [False, False, True, False],
        "time of day left out": [False, False, False, True],
    }


@pytest.mark.parametrize(
    ("texts", "order", "days"),
    [
        (("3/4/2021", "20/4/2021"), "", ["2021-04-03", "2021-04-20"]),
        (("3/4/2021", "4/20/2021"), "", ["2021-03-04", "2021-04-20"]),
        (("3/4/2021",), "dmy", ["2021-04-03"]),
        (("3/4/2021",), "mdy", ["2021-03-04"]),
        (("21/4/3",), "ymd", ["2021-04-03"]),
        (("3/4/21",), "dmy", ["2021-04-03"]),
        (("2021年6月",), "", ["2021-06-01"]),
    ],
)
def test_order_of_day_and_month(texts, order, days):
    parsed = read_dates(column(*texts), epoch=EPOCH, order=order)
    assert parsed.values.dt.strftime("%Y-%m-%d").tolist() == days


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("3/4/2021",), "a date that may be day first or month first"),
        (("20/4/2021", "4/20/2021"), "a date that may be both day first and month first"),
        (("21/4/3",), "a date with a year of two digits"),
        (("2021-02-30",), "a day that is not in the calendar"),
        (("20211301",), "a day that is not in the calendar"),
        (("1624147200",), "not a date"),
        (("yesterday",), "not a date"),
        (("12",), "not a date"),
        (("20-Foo-2021",), "not a date"),
    ],
)
def test_dates_that_are_refused(texts, reason):
    parsed = read_dates(column(*texts), epoch=EPOCH)
    assert list(parsed.wrong) == [reason]
    assert parsed.values.isna().all()
    assert not parsed.missing.any()


@pytest.mark.parametrize("text", ["", "-", "N/A", "0000-00-00", "无"])
def test_empty_dates(text):
    assert read_dates(column(text), epoch=EPOCH).missing.tolist() == [True]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", 1234.5), ("1,234.50", 1234.5), ("¥1,234.50", 1234.5), ("￥1234.5", 1234.5),
        ("$1,234.50", 1234.5), ("RMB 1234.5", 1234.5), ("1234.5元", 1234.5), ("人民币1234.5元", 1234.5),
        ("１，２３４．５０", 1234.5),
        ("1 234.50", 1234.5), ("(1,234.50)", -1234.5), ("（1234.5）", -1234.5), ("¥(1,234.50)", -1234.5),
        ("(¥1,234.50)", -1234.5), ("-¥1,234.50", -1234.5), ("¥-1,234.50", -1234.5), ("−1234.5", -1234.5),
        ("1234.5-", -1234.5), ("+1234.5", 1234.5), ("1.2万", 12000.0), ("1.13万元", 11300.0),
        ("¥1.2万", 12000.0), ("0.5亿", 5e7), ("3千", 3000.0), ("1.5k", 1500.0),
        ("1.2345E+03", 1234.5), ("12万", 120000.0),
        (".5", 0.5), ("500美元", 500.0), ("0", 0.0), ("1,234,567", 1234567.0),
    ],
)  # fmt: skip
def test_amount_shapes(text, amount):
    assert read_money(column(text)).values.tolist() == [amount]


@pytest.mark.parametrize(
    "text", ["abc", "12,5", "1.234,56", "1,23", "1..2", "¥", "12元5角", "1M", "5%", "--5", "1e999"]
)
def test_amounts_that_are_refused(text):
    parsed = read_money(column(text))
    assert list(parsed.wrong) == ["not a number"]
    assert parsed.values.isna().all()


def test_two_currencies_in_one_column_are_refused():
    parsed = read_money(column("¥5", "5元", "$5", "5"))
    assert parsed.wrong["another currency than the other rows"].tolist() == [False, False, True, False]


def test_a_scale_in_the_column_name_multiplies():
    parsed = read_money(column("1.13"), scale=10_000)
    assert parsed.values.tolist() == [11300.0]
    assert list(parsed.rules) == ["multiplied by 10,000, as the column name says"]


def test_counts():
    parsed = read_counts(column("8", "16人", "10.0", "８"))
    assert parsed.values.tolist() == [8, 16, 10, 8]
    assert parsed.values.dtype == "int64"


def test_counts_with_empty_cells_and_broken_numbers():
    parsed = read_counts(column("8", "", "2.5"))
    assert parsed.values.dtype == "Int64"
    assert list(parsed.wrong) == ["not a whole number"]
    assert parsed.missing.tolist() == [False, True, False]


def test_numbers_and_shares():
    assert read_numbers(column("-3.5", "30天")).values.tolist() == [-3.5, 30.0]
    assert read_shares(column("85%", "0.4", "８５％")).values.tolist() == [0.85, 0.4, 0.85]
    assert read_shares(column("85", "40%"), percent=True).values.tolist() == [0.85, 0.4]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("0007", "0007"), (" 0007 ", "0007"), ("００７", "007"), ("1001.0", "1001"), ('="0007"', "0007"),
        ("'0007", "0007"), ("110101199003071234", "110101199003071234"), ("张先生", "张先生"),
        ("1E5", "1E5"), ("G-1.5", "G-1.5"), ("NA", "NA"),
    ],
)  # fmt: skip
def test_id_shapes(text, person):
    assert read_ids(column(text)).values.tolist() == [person]


def test_ids_with_real_decimals_are_left_alone():
    assert read_ids(column("12.0", "12.5")).values.tolist() == ["12.0", "12.5"]


@pytest.mark.parametrize("text", ["", "  ", "-", "#N/A", "NULL", "nan", "　"])
def test_empty_ids(text):
    assert read_ids(column(text)).missing.tolist() == [True]


def test_ids_cut_by_excel_are_refused():
    assert list(read_ids(column("1.10101E+17")).wrong) == ["a long number of which Excel kept only 15 digits"]


def test_flags():
    parsed = read_flags(column("是", "否", "Yes", "N", "1", "0", "√", "无", "TRUE", "0.0"))
    assert parsed.values.tolist() == [True, False, True, False, True, False, True, False, True, False]
    assert parsed.values.dtype == bool
    assert read_flags(column("是", "")).values.dtype == "boolean"
    assert list(read_flags(column("maybe")).wrong) == ["neither yes nor no"]


def test_categories_by_other_names_and_free_ones():
    parsed = read_categories(
        column("Lunch", "晚餐", "", "supper"), ("lunch", "dinner"), {"dinner": ("晚餐",)}
    )
    assert parsed.values.tolist() == ["lunch", "dinner", None, None]
    assert parsed.wrong["a name that is not one of the choices"].tolist() == [False, False, False, True]
    assert read_categories(column("VIP", "金卡"), (), {}).values.tolist() == ["VIP", "金卡"]


def test_texts_lose_only_outer_spaces_and_the_formula_guard():
    assert read_texts(column(" 无 ", "'=1+1", "#REF!")).values.tolist() == ["无", "=1+1", None]


def test_every_mark_read_as_empty_is_counted():
    assert list(read_money(column("-", "", "N/A")).rules) == ["'-' read as empty", "'N/A' read as empty"]
