"""A survey as a client keeps it: Chinese headings, GBK, one mark a row, no optional columns."""

import pandas as pd

from casekit.information import read_client_file
from casekit.information.layouts import LAYOUTS
from casekit.value import complete_survey, components_in_money, level_prices


def test_a_chinese_survey_reaches_the_level_price(tmp_path):
    rows = [
        (who, offer, what, mark, 50, f"{price:,}.00")
        for who in ("问卷01", "问卷02")
        for offer, price, mark in (("我们", 1200, 7), ("对手", 1000, 5))
        for what in ("音质", "续航")
    ]
    path = tmp_path / "survey.csv"
    heading = ["问卷编号", "品牌", "评价项目", "评分", "重要性", "价格"]
    pd.DataFrame(rows, columns=heading).to_csv(path, index=False, encoding="gbk")
    client = read_client_file(path, "customer_value_analysis", key_file=tmp_path / "key")
    assert not client.frame["respondent_id"].isin(["问卷01", "问卷02"]).any()
    survey = complete_survey(client.frame, own="我们", price_importance=0.5)
    level = level_prices(components_in_money(survey.ratings), own="我们")["level_price"]
    # a point is worth 1100 / 6, and we lead by two of them
    assert level.round(6).unique().tolist() == [round(1000 + 2 * 1100 / 6, 6)]


def test_the_shipped_data_fit_the_layout():
    from casekit.datasets import load_coach_survey

    layout = LAYOUTS["customer_value_analysis"]
    frame = load_coach_survey()
    assert set(frame.columns) == set(layout.by_name)
    assert not frame.duplicated(list(layout.key)).any()
    assert frame["component"].isin(layout.by_name["component"].choices).all()
