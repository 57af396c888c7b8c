"""The template of every case reads back as it is; the check shows everything and raises nothing."""

import openpyxl
import pandas as pd
import pytest

from casekit._text import language, translated
from casekit.errors import InputError
from casekit.information import check_client_file, read_client_file, write_template
from casekit.information.layouts import LAYOUTS
from casekit.information.template import explained_columns
from tests.information.conftest import TODAY, VISITS


@pytest.mark.parametrize("case", LAYOUTS)
def test_every_template_reads_back_clean(case, tmp_path):
    layout = LAYOUTS[case]
    path = write_template(case, tmp_path / "template.xlsx")
    client = read_client_file(path, case)
    assert client.frame.columns.tolist() == [column.name for column in layout.columns]
    assert len(client.frame) == 3
    assert client.ignored == []
    assert (client.mapping["how"] == "the name itself").all()
    for column in layout.columns:
        if column.kind in ("money", "number", "count", "share", "category"):
            given = [value for value in column.examples if value is not None]
            read = client.frame[column.name].dropna()
            assert (read.map(client._real) if column.name in layout.staff else read).tolist() == given


@pytest.mark.parametrize("case", LAYOUTS)
def test_every_template_explains_its_columns(case, tmp_path):
    layout = LAYOUTS[case]
    book = openpyxl.load_workbook(write_template(case, tmp_path / "template.xlsx"))
    assert book.sheetnames == ["data", "columns"]
    rows = list(book["columns"].iter_rows(values_only=True))
    assert rows[0] == ("column", "meaning", "unit", "needed", "allowed", "accepted names")
    assert [row[0] for row in rows[1 : len(layout.columns) + 1]] == list(layout.by_name)
    assert all(row[1] and row[4] for row in rows[1 : len(layout.columns) + 1])


def test_template_cells_have_real_types(tmp_path):
    sheet = openpyxl.load_workbook(write_template("loyalty_tiers", tmp_path / "t.xlsx"))["data"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "n", "n", "s"]
    assert sheet["B2"].number_format == "yyyy-mm-dd"


def test_ranges_are_explained():
    table = explained_columns("loyalty_tiers").set_index("column")
    assert table.loc["covers", "allowed"] == "a whole number; 1 or more"
    assert table.loc["meal", "allowed"] == "lunch, dinner"


def test_templates_are_excel_files_of_known_cases(tmp_path):
    with pytest.raises(InputError, match="must be a spreadsheet, got t.csv.\n  Allowed: .xlsx"):
        write_template("loyalty_tiers", tmp_path / "t.csv")
    with pytest.raises(InputError, match="case must be a known name, got 'tiers'"):
        write_template("tiers", tmp_path / "t.xlsx")


# -- check -----------------------------------------------------------------------------------------------


def test_a_check_shows_columns_encoding_and_fixes(write):
    text = VISITS.replace("人数", "人数,备注").replace("1280.5", "¥1280.5")
    found = check_client_file("loyalty_tiers", write(text, encoding="gb18030"), today=TODAY)
    assert found.ok
    assert found.text == (
        "visits.csv as the file of the case loyalty_tiers; one row is one visit of one guest\n"
        "  read as text in gb18030, because it is not valid UTF-8\n"
        "  columns separated by comma\n"
        "\n"
        "Columns\n"
        "  会员号    →  customer_id  a synonym\n"
        "  消费日期  →  date         a synonym\n"
        "  实付金额  →  amount       a synonym\n"
        "  人数      →  covers       a synonym\n"
        "  备注      →  —            ignored\n"
        "  —         →  meal         not in the file, may be absent\n"
        "\n"
        "Rules in force\n"
        "  refunds=keep: negative amounts stay as they are\n"
        "  duplicates=drop: of rows equal in every column the first stays; "
        "equal in the key alone is refused\n"
        "  missing_ids=drop: rows without an id are left out\n"
        "  future_dates=refuse: dates after today are a fault of the file\n"
        "\n"
        "What would be done\n"
        "  Changed: amount: currency sign ¥ taken off, 1 row (row 3).\n"
        "\n"
        "visits.csv can be used: 3 of 3 rows."
    )


def test_a_check_shows_every_fault_and_raises_nothing(write):
    text = VISITS.replace("1280.5", "abc").replace("2024-03-09", "2024-13-09")
    found = check_client_file("loyalty_tiers", write(text), today=TODAY)
    assert not found.ok
    assert len(found.problems) == 2
    assert found.text.endswith(
        "What is wrong\n"
        "  1: date (column '消费日期') must hold dates, "
        "got a day that is not in the calendar: '2024-13-09'.\n"
        "    Where: row 4\n"
        "    Try: write 2021-06-20, or say dates=dmy, dates=mdy or dates=ymd\n"
        "  2: amount (column '实付金额') must hold amounts of one currency, got not a number: 'abc'.\n"
        "    Where: row 3\n"
        "    Try: write 1234.50 in each cell\n"
        "\n"
        "visits.csv cannot be used yet: 2 to settle."
    )


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"reading": "refunds=dop"}, "refunds must be a known name"),
        ({"reading": "sheet"}, "each part of a reading must say name=value"),
        ({"reading": "encoding=klingon"}, "the text must be in the encoding klingon"),
        ({"refunds": "dop"}, "refunds must be a known name"),
    ],
)
def test_a_check_raises_nothing_for_a_wrong_reading(write, how, message):
    found = check_client_file("loyalty_tiers", write(), **how)
    assert (found.ok, message in found.text) == (False, True)


def test_a_check_and_a_reading_agree(write):
    path = write(VISITS + ",2024-03-10,1,1\n")
    found = check_client_file("loyalty_tiers", path, today=TODAY)
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    pd.testing.assert_frame_equal(found.fixes, client.fixes)
    pd.testing.assert_frame_equal(found.mapping, client.mapping)
    assert found.encoding == client.encoding


def test_the_sheet_explains_itself_in_chinese():
    with language("zh_CN"):
        table = explained_columns("loyalty_tiers")
    assert table["含义"].tolist()[:5] == [
        "付款人：会员号，或你自定的任何名称", "到店日期", "支付金额", "用餐人数", "午餐或晚餐",
    ]  # fmt: skip
    assert "每行代表一位客人的一次到店。" in set(table["含义"])


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
def test_every_meaning_has_its_translation(layout):
    marked = [layout.row, layout.notes, *(text for c in layout.columns for text in (c.meaning, c.unit))]
    with language("zh_CN"):
        assert [text for text in marked if text and translated(text) == text] == []
    assert translated("") == ""
