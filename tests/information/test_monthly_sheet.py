"""Reading a hand-kept grid of days."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information.monthly_sheet import check_monthly_totals, read_monthly_sheet

SHEET = pd.DataFrame(
    {
        "客户": ["Li", None, "Wu", " "],
        "类别": ["人数", "消费", "guests", "amount"],
        "1号": ["8", "1,460元", None, None],
        "Day 2": [None, None, "2人", "¥90"],
        "29日": [4, None, None, None],
        "次数": ["2次", None, "2", None],
        "总额": [None, None, "90", None],
    }
)


def test_cells_become_visits_and_units_fall_away():
    visits, totals = read_monthly_sheet(SHEET, month="2024-02")
    assert visits["customer_id"].tolist() == ["Li", "Li", "Wu"]
    assert visits["date"].dt.day.tolist() == [1, 29, 2]
    assert visits["covers"].tolist() == [8, 4, 2]
    assert visits["amount"].fillna(-1).tolist() == [1460, -1, 90]
    assert totals["visits"].tolist() == [2, 2]


def test_totals_are_held_against_the_days():
    checked = check_monthly_totals(*read_monthly_sheet(SHEET, month="2024-02"))
    found = checked.set_index(["customer_id", "total"])["agrees"]
    assert found.to_dict() == {("Li", "visits"): True, ("Wu", "visits"): False, ("Wu", "amount"): True}


def test_a_partly_known_sum_is_not_a_sum():
    visits, totals = read_monthly_sheet(SHEET.assign(总额=["1460", None, "90", None]), month="2024-02")
    checked = check_monthly_totals(visits, totals).set_index(["customer_id", "total"])
    assert pd.isna(checked.loc[("Li", "amount"), "computed"])


@pytest.mark.parametrize(
    ("sheet", "month", "message"),
    [
        (SHEET, "2023-02", "day must lie in its range, got 29"),
        (SHEET, "spring", "a month such as 2024-03"),
        (SHEET.drop(columns="类别"), "2024-02", "must have the columns 类别"),
        (SHEET.assign(类别=["人数", "消费", "people", "amount"]), "2024-02", "known name, got 'people'"),
        (
            SHEET.assign(类别=["人数", "人数", "guests", "amount"]),
            "2024-02",
            "customer and line must not repeat",
        ),
        (SHEET.assign(客户=[None, None, "Wu", "Wu"]), "2024-02", "客户 must hold numbers only"),
        (SHEET[["客户", "类别", "次数"]], "2024-02", "a column for each day"),
        (
            SHEET.assign(**{"1号": ["many", None, None, None]}),
            "2024-02",
            "a cell must be a number, got 'many'",
        ),
    ],
)
def test_bad_sheets_are_named(sheet, month, message):
    with pytest.raises(InputError, match=message):
        read_monthly_sheet(sheet, month=month)


def test_bad_tables_are_named():
    with pytest.raises(InputError, match="columns covers"):
        check_monthly_totals(
            pd.DataFrame({"customer_id": [1], "amount": [1]}), pd.DataFrame({"customer_id": [1]})
        )
