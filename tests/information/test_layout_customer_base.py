"""A shop's own purchase log, as it is: Chinese headings, mixed dates, a refund, a row without a buyer."""

import pandas as pd
import pytest

from casekit.customer_base import purchase_summary
from casekit.information import read_client_file

LOG = """会员号,购买日期,实付金额
A1,2024-01-01,¥100
A1,2024年1月15日,60
A1,2024/1/17,-20
B2,2024-01-08,45.5
,2024-01-09,30
"""


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "订单.csv"
    path.write_bytes(LOG.encode("gb18030"))
    return read_client_file(path, "customer_base")


def test_headings_dates_and_money_are_understood(client):
    assert list(client.frame.columns) == ["customer_id", "date", "amount"]
    assert client.frame["amount"].tolist() == [100, 60, -20, 45.5]
    assert client.frame["date"].max() == pd.Timestamp("2024-01-17")
    assert client.frame["customer_id"].nunique() == 2


def test_the_log_becomes_a_summary_with_the_refund_taken_off(client):
    found = purchase_summary(client.frame, refunds="net", observation_end="2024-01-17")
    twice = found[found["frequency"] == 1].iloc[0]
    assert twice[["recency", "monetary_value"]].tolist() == [2.0, 40.0]


def test_english_headings_of_a_web_shop_are_understood(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("buyer,order date,order value\nx,2024-05-01,10\n", encoding="utf-8")
    frame = read_client_file(path, "customer_base").frame
    assert frame[["date", "amount"]].iloc[0].tolist() == [pd.Timestamp("2024-05-01"), 10.0]
