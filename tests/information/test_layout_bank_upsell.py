"""A branch's own client list, with Chinese headings, as far as a list of whom to call."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import read_client_file, write_worklist
from casekit.selling import (
    call_list,
    call_reasons,
    client_offers,
    contactable,
    day_of_book,
    plan_contacts,
    ranking_basis,
    score_clients,
)

TEXT = """客户号,客户经理,月日均资产,本月流入,月均流入,到期日,\
到期金额,最近联系日期,近90天联系次数,风险等级,线上购买
001,徐,9万,1000000,9000,,,2025年6月1日,1,平衡型,否
002,,300万,1万,1万,,,,0,C4,是
003,徐,5万,9000,9000,2025-07-15,3万,2025-06-20,3,保守型,否
"""


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_bytes(TEXT.encode("gb18030"))
    return read_client_file(path, "bank_upsell")


def test_every_heading_is_understood(client):
    assert client.ignored == []
    assert client.frame["aum"].tolist() == [90_000, 3_000_000, 50_000]
    assert client.frame["risk_level"].tolist() == ["C3", "C4", "C1"]
    assert not set(client.frame["customer_id"]) & {"001", "002", "003"}


def test_staff_have_pseudonyms_of_their_own(client):
    managers = client.frame["manager"]
    assert managers.isna().tolist() == [False, True, False]
    assert managers[0] == managers[2]
    assert managers[0].startswith("M-") and "徐" not in client.frame.to_csv()


def test_the_list_carries_the_real_numbers(client, tmp_path):
    book = client.frame
    today = day_of_book(book)
    assert today == pd.Timestamp("2025-06-20")
    assert ranking_basis(book) == "reasons"
    scores = score_clients(book, today=today, rng=np.random.default_rng(1))
    reasons = call_reasons(book, today=today, rich_from=1e6, inflow_from=1e5)
    allowed = contactable(book, product_level="R2", max_contacts=2)["allowed"]
    plan = plan_contacts(client_offers(book, scores, reasons, value=1, cost=0)[allowed], capacity=2)
    written = write_worklist(call_list(plan, book, reasons, basis="reasons"), client, tmp_path / "calls.csv")
    listed = pd.read_csv(written, dtype=str)
    assert listed["customer_id"].tolist() == ["002", "001"]
    assert listed["why"].tolist() == ["rich and silent", "large inflow"]
    assert listed["manager"].tolist() == ["nobody yet", "徐"]


def test_a_manager_of_another_file_is_refused(client, tmp_path):
    listed = client.frame[["customer_id", "manager"]].fillna({"manager": "M-00000000"})
    with pytest.raises(InputError, match="manager must hold pseudonyms of this file, got 'M-00000000'"):
        write_worklist(listed, client, tmp_path / "calls.csv")
