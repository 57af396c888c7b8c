"""The published tier rule of China Construction Bank (建设银行 OCRM).

Meets a higher tier: up at once. Below the tier for three months running: attention (关注) from the fourth
month. Three months of attention: down to the tier of the highest monthly average of the last six. Recovery
clears the attention.
"""

import pandas as pd

from casekit.loyalty import assign_tiers, earned_levels

TIERS = {"gold": 200, "platinum": 500, "private": 1000}


def held(*assets):
    months = pd.DataFrame([assets], index=["client"], columns=range(1, len(assets) + 1))
    table = assign_tiers(earned_levels(months, thresholds=TIERS), names=["none", *TIERS])
    return table.set_index("month")


def test_attention_from_the_fourth_month_and_down_after_three_months_of_it():
    client = held(1200, 90, 90, 90, 90, 90, 90, 90)
    after = client["status"].eq("watch")
    in_force = after.shift(fill_value=False)
    assert in_force[in_force].index.tolist() == [5, 6, 7]
    assert client.index[client["event"] == "down"].tolist() == [7]


def test_down_to_the_tier_of_the_best_of_the_last_six_months():
    assert held(1200, 90, 600, 90, 90, 250, 90).loc[7, "tier"] == "platinum"
    assert held(1200, 90, 90, 90, 90, 250, 90).loc[7, "tier"] == "gold"
    assert held(1200, 90, 90, 90, 90, 90, 90).loc[7, "tier"] == "none"


def test_up_at_once_and_recovery_clears_the_attention():
    client = held(250, 90, 90, 90, 90, 260, 90, 1200)
    assert client.loc[5, "status"] == "watch"
    assert client.loc[6, "status"] == "good standing"
    assert client.loc[7, "months_below"] == 1
    assert client.loc[8, ["tier", "event"]].tolist() == ["private", "up"]
