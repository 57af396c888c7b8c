"""The working list has the real ids, only when asked for, and nothing in it can run."""

import stat
import sys

import openpyxl
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import read_client_file, write_template, write_worklist
from casekit.information.formulas import safe_text, without_guard
from tests.information.conftest import TODAY, VISITS


@pytest.fixture
def client(read):
    return read(VISITS.replace("0008", "110101199003071234"))


def spending(client):
    return client.frame.groupby("customer_id")["amount"].sum().to_frame()


def test_nothing_is_written_unless_asked_for(client, tmp_path):
    before = sorted(tmp_path.iterdir())
    assert write_worklist(spending(client), client, None) is None
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["calls.csv", "calls.xlsx"])
def test_real_ids_come_back_as_text(client, tmp_path, name):
    path = write_worklist(spending(client), client, tmp_path / name)
    load = pd.read_csv if name.endswith("csv") else pd.read_excel
    written = load(path, dtype={"customer_id": str}).set_index("customer_id")["amount"].to_dict()
    assert written == {"0007": 980.0, "110101199003071234": 1280.5}


def test_ids_are_put_back_in_any_column_and_dates_stay_dates(client, tmp_path):
    calls = client.frame.rename(columns={"customer_id": "whom"})[["date", "whom"]]
    path = write_worklist(calls, client, tmp_path / "calls.xlsx")
    written = pd.read_excel(path, dtype={"whom": str})
    assert written["whom"].tolist() == ["0007", "110101199003071234", "0007"]
    assert written["date"].tolist() == client.frame["date"].tolist()
    assert calls["whom"].tolist() == client.frame["customer_id"].tolist()


def test_shipped_data_is_written_as_it_is(tmp_path):
    path = write_worklist(pd.DataFrame({"customer_id": ["0001"]}), None, tmp_path / "calls.csv")
    assert path.read_bytes() == b"\xef\xbb\xbfcustomer_id\r\n0001\r\n"


def test_a_selection_of_rows_brings_no_row_numbers(client, tmp_path):
    some = client.frame[client.frame["covers"] > 8]
    path = write_worklist(some, client, tmp_path / "calls.xlsx")
    assert pd.read_excel(path).columns.tolist() == ["customer_id", "date", "amount", "covers"]


def test_pseudonyms_in_a_nameless_index_are_put_back(client, tmp_path):
    path = write_worklist(spending(client).rename_axis(None), client, tmp_path / "calls.xlsx")
    assert "0007" in pd.read_excel(path, dtype=str)["index"].tolist()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_working_list_is_for_its_owner_alone_and_a_template_is_not(client, tmp_path):
    calls = write_worklist(spending(client), client, tmp_path / "calls.xlsx")
    template = write_template("loyalty_tiers", tmp_path / "template.xlsx")
    assert stat.S_IMODE(calls.stat().st_mode) == 0o600
    assert stat.S_IMODE(template.stat().st_mode) & 0o400
    assert template.stat().st_mode == (tmp_path / "visits.csv").stat().st_mode


def test_an_empty_list_is_written(client, tmp_path):
    path = write_worklist(client.frame.head(0), client, tmp_path / "calls.csv")
    assert path.read_text("utf-8-sig").startswith("customer_id,date")


def test_a_list_without_pseudonyms_is_refused(client, tmp_path):
    with pytest.raises(InputError) as error:
        write_worklist(pd.DataFrame({"calls": [3]}), client, tmp_path / "calls.csv")
    assert str(error.value) == (
        "write_worklist: the list must hold pseudonyms of this file, got none in the columns calls.\n"
        "  Try: keep customer_id among the columns, and pass the client that the frame was made from"
    )


def test_pseudonyms_of_another_file_are_refused(client, tmp_path):
    mixed = pd.DataFrame({"customer_id": [client.frame["customer_id"][0], "C-00000000"]})
    with pytest.raises(
        InputError, match="must hold pseudonyms of this file, got 'C-00000000'.\n  Where: row 1"
    ):
        write_worklist(mixed, client, tmp_path / "calls.csv")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("calls.txt", "must be a spreadsheet, got calls.txt.\n  Allowed: .xlsx, .csv\n  Try: calls.xlsx"),
        ("none/calls.csv", "the folder of the file to write must exist, got no folder none"),
    ],
)
def test_targets_that_cannot_be(client, tmp_path, name, message):
    with pytest.raises(InputError, match=message):
        write_worklist(spending(client), client, tmp_path / name)


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-5", "@sum", "\t=1", "＝1", "Ann;=1"])
def test_no_cell_can_run_as_a_formula(tmp_path, text):
    rows = pd.DataFrame({"customer_id": [text], text: ["x"]})
    csv = write_worklist(rows, None, tmp_path / "calls.csv").read_text("utf-8-sig")
    assert safe_text(text) != text == without_guard(safe_text(text))
    assert csv.replace('"', "").count(safe_text(text)) == 2
    sheet = openpyxl.load_workbook(write_worklist(rows, None, tmp_path / "calls.xlsx")).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B1"].data_type) == (text, "s", "s")


def test_characters_that_excel_cannot_hold_are_left_out(tmp_path):
    path = write_worklist(pd.DataFrame({"customer_id": ["a\x0bb"]}), None, tmp_path / "calls.xlsx")
    assert openpyxl.load_workbook(path).active["A2"].value == "ab"


def test_guarded_ids_come_back_as_they_were(tmp_path):
    rows = pd.DataFrame({"客户号": ["+86138", "=1"], "日期": "2024-03-01", "金额": 5, "人数": 1})
    path = write_worklist(rows, None, tmp_path / "visits.csv")
    client = read_client_file(path, "loyalty_tiers", today=TODAY)
    assert set(client._real.values()) == {"+86138", "=1"}


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = write_worklist(pd.DataFrame({"customer_id": ["1"]}), None, tmp_path / "calls.csv")

    def full(*arguments, **more):
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(OSError, match="disk full"):
        write_worklist(pd.DataFrame({"customer_id": ["2"]}), None, path)
    assert path.read_text("utf-8-sig").split() == ["customer_id", "1"]
    assert [file.name for file in tmp_path.iterdir()] == ["calls.csv"]
