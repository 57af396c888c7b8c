"""A client's file as a whole: what comes out, what is said, and each fault with its full message."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from casekit._text import language
from casekit.errors import InputError
from casekit.information import read_client_file
from casekit.information.layouts import LAYOUTS
from casekit.information.schema import schema_problems
from tests.information.conftest import TODAY, VISITS

MESSY = """某餐厅三月消费记录,,,,
会员号,消费日期,实付金额（元）,人数,备注
0007,2024年3月1日,"¥1,460.00",8人,
0007,2024/3/2,1.2万,１６,
0008,20240305,(300),10,退
,2024-03-06,500,4,散客
0009,2024-03-09,520,10,x
0009,2024-03-09,520,10,x

0009,2034-03-09,520,10,预订
合计,,14700,,
"""


def fault(text, read, **how):
    """The whole message that reading the text raises."""
    with pytest.raises(InputError) as error:
        read(text, **how)
    return str(error.value)


def test_a_messy_file_comes_out_clean(read):
    client = read(MESSY, encoding="gb18030", future_dates="drop")
    frame = client.frame
    assert frame["amount"].tolist() == [1460.0, 12000.0, -300.0, 520.0]
    assert frame["covers"].tolist() == [8, 16, 10, 10]
    assert frame["date"].dt.strftime("%m-%d").tolist() == ["03-01", "03-02", "03-05", "03-09"]
    assert [client._real[name] for name in frame["customer_id"]] == ["0007", "0007", "0008", "0009"]
    assert client.rows.tolist() == [3, 4, 5, 7]
    assert client.ignored == ["备注"]
    assert isinstance(frame.index, pd.RangeIndex)


def test_everything_done_to_a_file_is_listed(read):
    fixes = read(MESSY, future_dates="drop").fixes
    assert fixes.to_numpy().tolist() == [
        ["blank rows", "left out", 1, "9"],
        ["rows of totals", "left out", 1, "11"],
        ["customer_id: empty (missing_ids=drop)", "left out", 1, "6"],
        ["row equal to an earlier one in every column (duplicates=drop)", "left out", 1, "8"],
        ["date: in the future (future_dates=drop)", "left out", 1, "10"],
        ["amount: negative, kept (refunds=keep)", "noted", 1, "5"],
        ["date: 2021年6月20日 read as year, month, day", "changed", 1, "3"],
        ["date: 2021/6/20 read as year, month, day", "changed", 1, "4"],
        ["date: 20210620 read as year, month, day", "changed", 1, "5"],
        ["amount: currency sign ¥ taken off", "changed", 1, "3"],
        ["amount: thousands separators taken off", "changed", 1, "3"],
        ["amount: 1.2万 and the like multiplied out", "changed", 1, "4"],
        ["amount: brackets read as a minus", "changed", 1, "5"],
        ["covers: counting words such as 人 taken off", "changed", 1, "3"],
        ["covers: full-width and invisible characters made normal", "changed", 1, "4"],
    ]


def test_rows_in_are_rows_out_and_rows_left_out(read):
    client = read(MESSY, future_dates="drop", refunds="drop")
    left_out = client.fixes.loc[client.fixes["effect"] == "left out", "rows"].sum()
    assert client.rows_in_file == 9
    assert len(client.frame) + left_out == client.rows_in_file


def test_summary_says_what_was_used_and_what_was_done(read):
    lines = read(MESSY, future_dates="drop").summary().split("\n")
    assert lines[0] == "4 of 9 rows of visits.csv are used."
    assert lines[1] == "read as text in utf-8, because it is valid UTF-8."
    assert lines[5] == "Left out: rows of totals, 1 row (row 11)."
    assert lines[-1] == "Persons appear under pseudonyms made for this reading only."


def test_dtypes(read):
    frame = read(VISITS).frame
    assert [str(dtype) for dtype in frame.dtypes] == ["object", "datetime64[ns]", "float64", "int64"]


def test_a_subtotal_in_the_middle_is_left_out_and_a_guest_is_not(read):
    client = read(VISITS.replace("0008,2024-03-02,1280.5,16", "小计：,,460,8\n合计先生,2024-03-02,1280.5,16"))
    assert client.fixes.iloc[0].tolist() == ["rows of totals", "left out", 1, "3"]
    assert "合计先生" in client._real.values()


# -- faults ----------------------------------------------------------------------------------------------


def test_unreadable_date(read):
    assert fault(VISITS.replace("2024-03-02", "三月二日"), read) == (
        "read_client_file: date (column '消费日期') must hold dates, got not a date: '三月二日'.\n"
        "  Where: row 3\n"
        "  Try: write 2021-06-20, or say dates=dmy, dates=mdy or dates=ymd"
    )


def test_unreadable_amount(read):
    assert fault(VISITS.replace("1280.5", "面议"), read) == (
        "read_client_file: amount (column '实付金额') must hold amounts of one currency, "
        "got not a number: '面议'.\n"
        "  Where: row 3\n"
        "  Try: write 1234.50 in each cell"
    )


def test_broken_count(read):
    assert fault(VISITS.replace(",16\n", ",1.5\n"), read) == (
        "read_client_file: covers (column '人数') must hold whole numbers, got not a whole number: '1.5'.\n"
        "  Where: row 3\n"
        "  Try: write 8 in each cell"
    )


def test_empty_required_cells_are_located_five_at_most(read):
    text = VISITS + "".join(f"0009,2024-04-{day:02d},100,\n" for day in range(1, 8))
    assert fault(text, read) == (
        "read_client_file: covers (column '人数') must be filled in every row, got empty cells.\n"
        "  Where: rows 5, 6, 7, 8, 9 and 2 more (7 rows)\n"
        "  Try: fill these cells, or take these rows out of the file"
    )


def test_value_out_of_its_range(read):
    assert fault(VISITS.replace(",16\n", ",0\n"), read) == (
        "read_client_file: covers (column '人数') must lie in its range, got '0'.\n"
        "  Where: row 3\n"
        "  Allowed: 1 or more\n"
        "  Try: correct these cells in the file"
    )


def test_unknown_category(read):
    text = "会员号,消费日期,实付金额,人数,餐别\n0007,2024-03-01,460,8,宵夜\n"
    assert fault(text, read) == (
        "read_client_file: meal (column '餐别') must hold one of its names, "
        "got a name that is not one of the choices: '宵夜'.\n"
        "  Where: row 2\n"
        "  Allowed: lunch, dinner\n"
        "  Try: use one of the names allowed"
    )


def test_a_file_without_rows(read):
    assert fault(VISITS.split("\n")[0] + "\n", read) == (
        "read_client_file: the file must have at least one row, got none.\n"
        "  Try: look at the filter that made it"
    )


def test_shares_written_as_percentages_are_recognised(write):
    column = replace(LAYOUTS["loyalty_tiers"].columns[3], name="share", kind="share", low=None, synonyms=())
    layout = replace(LAYOUTS["loyalty_tiers"], columns=(*LAYOUTS["loyalty_tiers"].columns[:3], column))
    text = VISITS.replace("人数", "share")
    with pytest.raises(InputError, match=r"Allowed: 0 to 1\n  Try: for 85 % write 85% or 0.85"):
        read_client_file(write(text), layout, today=TODAY)
    text = VISITS.replace("人数", "share (%)")
    assert read_client_file(write(text), layout, today=TODAY).frame["share"].tolist() == [0.08, 0.16, 0.1]


def test_all_faults_come_in_one_message_and_ids_are_not_in_it(read):
    text = (
        "会员号,消费日期,金额,实付金额,人数\n"
        "1.10101E+17,2024年13月1日,1,1,8.5\n"
        "0008,2034/3/2,2,2,0\n"
        "0009,2024/3/3,3,3,\n"
    )
    message = fault(text, read)
    assert message.count("read_client_file: ") == 7
    assert "got a long number of which Excel kept only 15 digits.\n  Where: row 2" in message
    assert not any(person in message for person in ("1.10101E+17", "0008", "0009"))


def test_a_row_that_is_left_out_brings_no_fault(read):
    client = read(VISITS + ",三月,abc,\n")
    assert len(client.frame) == 3


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"refunds": "forget"}, "refunds must be a known name, got 'forget'"),
        ({"mapping": "amount=金额"}, "mapping must be a dict, got 'amount=金额'"),
        ({"reading": {"amount": "金额"}}, "reading must be a text"),
    ],
)
def test_wrong_arguments_are_named(read, how, message):
    assert message in fault(VISITS, read, **how)


def test_an_argument_goes_before_the_reading(read):
    text = VISITS + "0008,2024-03-10,-100,1\n"
    assert len(read(text, reading="refunds=drop").frame) == 3
    assert len(read(text, reading="refunds=drop", refunds="keep").frame) == 4
    assert len(read(text, reading="refunds=drop", mapping={"amount": "实付金额"}).frame) == 3


def test_the_case_may_carry_its_number(write):
    assert len(read_client_file(write(), "03_loyalty_tiers", today=TODAY).frame) == 3


# -- the last gate ---------------------------------------------------------------------------------------


def test_the_schema_catches_what_the_readers_let_through():
    pytest.importorskip("pandera")
    layout = LAYOUTS["loyalty_tiers"]
    frame = pd.DataFrame(
        {
            "customer_id": ["a", None],
            "date": pd.to_datetime(["2024-03-01", "2024-03-02"]),
            "amount": [1.0, np.nan],
            "covers": [0, 3],
            "meal": ["supper", "lunch"],
        },
        index=[2, 3],
    )
    texts = [problem.text("read") for problem in schema_problems(frame, layout)]
    assert len(texts) == 4
    assert texts[0].startswith("read: amount must pass the check not_nullable, got nan.\n  Where: row 3\n")
    assert schema_problems(frame.assign(amount=1.0, covers=1, customer_id="a", meal="lunch"), layout) == []


def test_today_is_the_current_day_if_not_said(write):
    tomorrow = pd.Timestamp(date.today()) + pd.Timedelta(days=1)
    text = VISITS.replace("2024-03-09", tomorrow.strftime("%Y-%m-%d"))
    with pytest.raises(InputError, match="must not lie after"):
        read_client_file(write(text), "loyalty_tiers")


def test_a_summary_in_chinese_has_chinese_stops(read):
    with language("zh_CN"):
        lines = read(MESSY, future_dates="drop").summary().splitlines()
    assert "以逗号分列。" in lines
    assert all(line.endswith("。") for line in lines)
