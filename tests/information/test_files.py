"""Every format and encoding a client may send, and what is said about each."""

import gzip
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import read_client_file
from casekit.information.files import as_text
from casekit.information.text_files import decode
from tests.information.conftest import TODAY, VISITS

FILES = Path(__file__).parent / "files"


def save_book(path, sheets, **more):
    """Write a workbook: sheet name to list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, value in more.items():
        setattr(book, name, value)
    book.save(path)
    return path


HEADER = ["会员号", "消费日期", "实付金额", "人数"]
ROW = ["0007", date(2024, 3, 1), 460, 8]


@pytest.mark.parametrize(
    ("encoding", "chosen", "reason"),
    [
        ("utf-8", "utf-8", "it is valid UTF-8"),
        ("utf-8-sig", "utf-8-sig", "its first bytes say so"),
        ("utf-16", "utf-16", "its first bytes say so"),
        ("utf-16-le", "utf-16-le", "it is full of zero bytes"),
        ("utf-16-be", "utf-16-be", "it is full of zero bytes"),
        ("gbk", "gb18030", "it is not valid UTF-8"),
        ("gb18030", "gb18030", "it is not valid UTF-8"),
    ],
)
def test_every_encoding_gives_the_same_frame_and_is_stated(read, encoding, chosen, reason):
    client = read(VISITS, encoding=encoding)
    assert client.encoding == chosen
    assert client.how[0] == f"read as text in {chosen}, because {reason}"
    assert client.frame["amount"].tolist() == [460.0, 1280.5, 520.0]
    assert client.mapping["column"].tolist()[:4] == HEADER


def test_utf_16_with_the_mark_of_either_byte_order():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decode(mark + VISITS.encode(encoding), "test")[:2] == (VISITS, "utf-16")


def test_plain_ascii_is_read_as_utf_8(read):
    client = read("customer_id,date,amount,covers\n7,2024-03-01,460,8\n")
    assert client.how[0] == "read as text in utf-8, because it holds plain ASCII only"


def test_a_character_beyond_gbk_is_read_from_gb18030(write):
    path = write(VISITS.replace("0008", "𠮷野"), encoding="gb18030")
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert "𠮷野" in client._real.values()


def test_short_gbk_text_that_is_also_valid_utf_8_is_recognised():
    content = "id,猫\n1,锚\n".encode("gbk")
    assert content.decode("utf-8") == "id,è\n1,ê\n"
    text, encoding, reason = decode(content, "test")
    assert (text, encoding) == ("id,猫\n1,锚\n", "gb18030")
    assert reason == "as UTF-8, also valid, it would hold no Chinese and odd letters"


def test_utf_8_names_with_accents_are_not_taken_for_gbk():
    assert decode("id,José\n".encode(), "test")[:2] == ("id,José\n", "utf-8")


def test_signs_of_money_alone_are_not_taken_for_gbk():
    assert decode("id,paid\n1,¥ 1200\n2,£3\n".encode(), "test")[:2] == ("id,paid\n1,¥ 1200\n2,£3\n", "utf-8")


def test_western_text_that_is_not_utf_8_is_not_taken_for_chinese():
    assert decode("id,Hélène,Zoë,André\n".encode("cp1252"), "test")[:2] == ("id,Hélène,Zoë,André\n", "cp1252")


def test_the_user_decides_the_encoding(write):
    text = "customer_id,date,amount,covers\n張先生,2024-03-01,460,8\n"
    path = write(text, encoding="big5")
    client = read_client_file(path, "loyalty_tiers", reading="encoding=big5", today=TODAY)
    assert (client.encoding, client.how[0]) == ("big5", "read as text in big5, because you said so")
    assert list(client._real.values()) == ["張先生"]


def test_the_wrong_encoding_is_refused_with_the_row(write):
    with pytest.raises(InputError, match=r"in the encoding utf-8, got 'utf-8' codec .*\n  Where: row 1\n"):
        read_client_file(write(VISITS, encoding="gbk"), "loyalty_tiers", reading="encoding=utf-8")


def test_damaged_utf_8_is_not_taken_for_gb18030(tmp_path):
    content = (VISITS + "0009,2024-03-10,600,4,好客人\n" * 20).encode()
    path = tmp_path / "visits.csv"
    path.write_bytes(content[:-3] + b"\n")
    with pytest.raises(InputError, match=r"got UTF-8 with broken characters.\n  Where: row 24\n"):
        read_client_file(path, "loyalty_tiers")


@pytest.mark.parametrize(
    ("separator", "word"),
    [("\t", "tab"), (";", "semicolon"), ("|", "bar"), (",", "comma"), ("，", "full-width comma")],
)
def test_separators_are_found_and_stated(read, separator, word):
    client = read(VISITS.replace(",", separator))
    assert client.how[1] == f"columns separated by {word}"
    assert client.frame["covers"].tolist() == [8, 16, 10]


def test_the_line_that_tells_excel_the_separator_is_no_row(read):
    client = read("sep=;\n" + VISITS.replace(",", ";"))
    assert client.rows.tolist() == [2, 3, 4]


def test_header_below_a_title_keeps_the_row_numbers_of_the_spreadsheet(read):
    client = read("某餐厅三月消费记录,,,\n,,,\n" + VISITS)
    assert client.rows.tolist() == [4, 5, 6]
    assert "header on row 3; the rows above it are not read" in client.how


def test_the_user_decides_the_header_row(read):
    client = read("a,b,c,d\n" + VISITS, reading="header=2")
    assert client.rows.tolist() == [3, 4, 5]


def test_a_cell_with_a_line_break_is_one_row(read):
    client = read(VISITS.replace("人数", "人数,备注").replace("8\n", '8,"靠窗\n两桌"\n', 1))
    assert client.rows.tolist() == [2, 3, 4]


def test_an_unclosed_quotation_mark_is_located(read):
    with pytest.raises(InputError, match=r"opens a cell must be closed, got .*\n  Where: row 4\n"):
        read(VISITS.replace("0007,2024-03-09", '"0007,2024-03-09'))


def test_an_amount_split_by_its_thousands_separator_is_located(read):
    with pytest.raises(
        InputError, match=r"more cells than the header, got rows with more.\n  Where: row 3\n"
    ):
        read(VISITS.replace("1280.5", "1,280.5"))


def test_xlsx_with_dates_numbers_and_ids_as_excel_keeps_them(tmp_path):
    rows = [
        HEADER,
        [1001.0, datetime(2024, 3, 1), 460.5, 8],
        ["0007", "2024年3月2日", "¥1,280", "16人"],
        [1001, 45360, 520, 10],
    ]
    path = save_book(tmp_path / "visits.xlsx", {"三月": rows, "说明": [["本表由收银系统导出"]]})
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert client.how == ["read from the sheet '三月'", "other sheets not read: 说明"]
    assert [client._real[name] for name in client.frame["customer_id"]] == ["1001", "0007", "1001"]
    assert client.frame["date"].dt.strftime("%m-%d").tolist() == ["03-01", "03-02", "03-09"]
    assert client.encoding == ""


def test_ids_that_excel_shows_with_leading_zeros_keep_them(tmp_path):
    path = save_book(tmp_path / "visits.xlsx", {"data": [HEADER, [7, *ROW[1:]]]})
    book = openpyxl.load_workbook(path)
    book["data"]["A2"].number_format = "0000"
    book.save(path)
    assert list(read_client_file(path, "loyalty_tiers", today=TODAY)._real.values()) == ["0007"]


def test_long_ids_that_excel_cut_to_15_digits_are_refused(tmp_path):
    path = save_book(tmp_path / "visits.xlsx", {"data": [HEADER, [110101199003071234, *ROW[1:]]]})
    with pytest.raises(
        InputError, match=r"must hold ids, got a long number of which Excel kept only 15 digits"
    ):
        read_client_file(path, "loyalty_tiers", today=TODAY)


def test_workbooks_that_count_days_from_1904(tmp_path):
    rows = [HEADER, ["0007", 45360 - 1462, 460, 8]]
    path = save_book(tmp_path / "mac.xlsx", {"data": rows}, epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904)
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert client.frame["date"].tolist() == [pd.Timestamp("2024-03-09")]


def test_blank_rows_of_a_sheet_keep_the_row_numbers(tmp_path):
    path = save_book(tmp_path / "visits.xlsx", {"data": [HEADER, ROW, [], [], ["0008", *ROW[1:]]]})
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert client.rows.tolist() == [2, 5]
    assert client.fixes.iloc[0].tolist() == ["blank rows", "left out", 2, "3, 4"]


def test_sheets_that_look_alike_are_not_chosen_silently(tmp_path):
    path = save_book(tmp_path / "visits.xlsx", {"一月": [HEADER, ROW], "二月": [HEADER, ROW, ROW]})
    with pytest.raises(InputError, match="got 2 sheets that look alike: 一月, 二月.\n  Try: say sheet=一月"):
        read_client_file(path, "loyalty_tiers")
    client = read_client_file(path, "loyalty_tiers", reading="sheet=二月", duplicates="keep", today=TODAY)
    assert len(client.frame) == 2
    with pytest.raises(InputError, match="sheet must be a known name, got '三月'"):
        read_client_file(path, "loyalty_tiers", reading="sheet=三月")


def test_xls_of_excel_97(tmp_path):
    """Made with xlwt 1.3.0: date cells, dates as text, a day number, ids as 1001.0, a totals row."""
    client = read_client_file(FILES / "visits.xls", "loyalty_tiers", today=TODAY)
    assert [client._real[name] for name in client.frame["customer_id"]] == ["1001", "0002", "1001"]
    assert client.frame["date"].dt.strftime("%m-%d").tolist() == ["03-01", "03-02", "03-09"]
    assert client.frame["amount"].tolist() == [460.0, 1280.5, 12000.0]
    assert client.frame["meal"].tolist()[:2] == ["lunch", "dinner"]
    assert client.fixes.iloc[:2, :3].to_numpy().tolist() == [
        ["blank rows", "left out", 1],
        ["rows of totals", "left out", 1],
    ]


def test_parquet_keeps_long_integer_ids(tmp_path):
    frame = pd.DataFrame(
        {
            "customer_id": [110101199003071234, 7],
            "date": pd.to_datetime(["2024-03-01", "2024-03-02"]),
            "amount": [0.1 + 0.2, 5.0],
            "covers": [8, 9],
        }
    )
    path = tmp_path / "visits.parquet"
    frame.to_parquet(path)
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert [client._real[name] for name in client.frame["customer_id"]] == ["110101199003071234", "7"]
    assert client.frame["amount"].tolist() == [0.1 + 0.2, 5.0]


def test_text_that_calls_itself_excel_is_read_as_text_and_said_so(write):
    client = read_client_file(write(name="visits.xls", encoding="gbk"), "loyalty_tiers", today=TODAY)
    assert client.how[0] == "the name says Excel, but the file holds text"


def test_a_gzipped_file_is_read(tmp_path):
    path = tmp_path / "visits.csv.gz"
    path.write_bytes(gzip.compress(VISITS.encode()))
    assert len(read_client_file(path, "loyalty_tiers", today=TODAY).frame) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"PK\x03\x04broken", "the file must open as xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1locked", "the file must open as xls"),
        ("a.parquet", b"PAR1broken", "the file must open as Parquet"),
        ("a.csv.gz", b"\x1f\x8b", "the file must open as gzip"),
        ("a.csv", b" \n", "the file must hold a table, got an empty file"),
        ("a.xls", b"<html><table></table></html>", "a web page or XML that calls itself a.xls"),
    ],
)
def test_files_that_cannot_be_opened_say_why(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_client_file(tmp_path / name, "loyalty_tiers")


def test_a_file_that_may_not_be_read_says_so(write, monkeypatch):
    path = write()

    def locked(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(
        InputError, match="must be readable, got Permission denied.\n  Try: close it in Excel"
    ):
        read_client_file(path, "loyalty_tiers")


def test_line_breaks_inside_a_column_name_do_no_harm(read):
    client = read(VISITS.replace("消费日期", '"消费\n日期"'))
    assert client.mapping["column"].tolist()[1] == "消费 日期"


def test_a_header_repeated_on_each_printed_page_is_no_row(read):
    client = read(VISITS + VISITS.replace("2024-03", "2024-04"))
    assert client.fixes.iloc[0].tolist() == ["rows that repeat the header", "left out", 1, "5"]
    assert client.rows.tolist() == [2, 3, 4, 6, 7, 8]


def test_a_note_beside_the_table_of_a_sheet_is_an_ignored_column(tmp_path):
    path = save_book(tmp_path / "visits.xlsx", {"data": [HEADER, ROW, ["0008", *ROW[1:], None, "老客户"]]})
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert len(client.frame) == 2
    assert client.ignored == ["(column 5 without a name)", "(column 6 without a name)"]


def test_empty_columns_at_the_end_are_not_mentioned(read):
    assert read(VISITS.replace("\n", ",,\n")).ignored == []


def test_a_missing_file_is_named_with_the_nearest(write):
    path = write(name="visits.csv")
    with pytest.raises(InputError, match="got no file visit.csv.\n  Try: did you mean 'visits.csv'"):
        read_client_file(path.with_name("visit.csv"), "loyalty_tiers")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (float("nan"), ""),
        (pd.NaT, ""),
        (12.5, "12.5"),
        (datetime(2024, 3, 1, 18, 30), "2024-03-01 18:30:00"),
    ],
)
def test_cells_as_text(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"MZ\x90"])
def test_a_picture_or_program_is_called_what_it_is(tmp_path, start):
    path = tmp_path / "visits.csv"
    path.write_bytes(start + bytes(range(256)))
    with pytest.raises(InputError, match="(?s)must hold a table, got (PNG|PDF|JPEG|EXE).*Allowed"):
        read_client_file(path, "loyalty_tiers")


def test_a_folder_is_called_a_folder(tmp_path):
    with pytest.raises(InputError, match="must be a file, got the folder"):
        read_client_file(tmp_path, "loyalty_tiers")
