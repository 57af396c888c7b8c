"""A client's own factor sheet, Chinese headings and codes of its own."""

import pytest

from casekit.errors import InputError
from casekit.information import read_client_file
from casekit.strategy import ife_score, qspm_ranking, read_factors, scores_from_links, tows_candidates

SHEET = """编号,类型,因素,权重,评分,依据
S1,优势,门店位置好,30,4,租约
S2,优势,老客户多,30,3,会员表
W1,劣势,没有会员系统,40,1,
O1,机会,新地铁开通,50,3,规划
T1,威胁,对面新开餐馆,50,2,
"""


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "因素.csv"
    path.write_bytes(SHEET.encode("gb18030"))
    return read_client_file(path, "swot")


def test_chinese_headings_and_kinds_are_understood(client):
    assert client.frame["kind"].tolist() == ["S", "S", "W", "O", "T"]
    assert ife_score(client.frame, normalise=True) == pytest.approx(0.3 * 4 + 0.3 * 3 + 0.4 * 1)


def test_weights_may_carry_a_percent_sign(tmp_path):
    path = tmp_path / "factors.csv"
    path.write_text("code,factor,weight,rating\nS1,a,60%,4\nW1,b,0.4,1\n", encoding="utf-8")
    assert read_client_file(path, "swot").frame["weight"].tolist() == [0.6, 0.4]
    path.write_text("code,factor,weight,rating\nS1,a,60%,4\nW1,b,40,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="without % among others with it: '40'"):
        read_client_file(path, "swot")


def test_a_ranking_by_rule_follows_from_the_clients_own_factors(client):
    factors = read_factors(client.frame, normalise=True)
    drafts = tows_candidates(factors)
    ranking = qspm_ranking(factors, scores_from_links(drafts, factors))
    assert set(ranking["strategy"]) == {"SO1", "WO1", "ST1", "WT1"}
    assert ranking["strategy"].iloc[0] in {"WO1", "WT1"}
