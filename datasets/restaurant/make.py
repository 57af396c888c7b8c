"""Makes all files of the restaurant: ``python datasets/restaurant/make.py``."""

import numpy as np
import pandas as pd

from casekit.datasets import write_table
from casekit.simulate.restaurant import simulate_restaurant

SEED = 20240103
GUESTS = 1800


def monthly_sheet() -> pd.DataFrame:
    """The hand-kept sheet of the course: two guests, a line of people and a line of money each."""
    lines = [
        {"客户": "客户一", "类别": "人数", "1号": "19", "5号": "8"},
        {"类别": "消费"},
        {"客户": "张先生", "类别": "人数", "3号": "8", "12号": "10", "24号": "6"},
        {"类别": "消费", "3号": "460", "12号": "520", "24号": "340"},
    ]
    lines[0] |= {"次数": "2次", "总额": "2420元", "总人数": "27人", "人均": "90元"}
    lines[2] |= {"次数": "3次"}
    days = [f"{day}号" for day in range(1, 32)]
    return pd.DataFrame(lines, columns=["客户", "类别", *days, "次数", "总额", "总人数", "人均"])


def main() -> None:
    tables = simulate_restaurant(guests=GUESTS, rng=np.random.default_rng(SEED))
    write_table(tables["visits"], "restaurant", "visits.csv.gz", decimals=0)
    write_table(tables["guests"], "restaurant", "guests.csv")
    write_table(tables["truth"], "restaurant", "truth.csv")
    write_table(monthly_sheet(), "restaurant", "monthly_sheet.csv")


if __name__ == "__main__":
    main()
