"""Makes both files from the raw ones: ``python datasets/cdnow/make.py MASTER.txt SAMPLE.txt``."""

import sys

import pandas as pd

from casekit.datasets import write_table

COLUMNS = ["customer_id", "date", "quantity", "amount"]


def tidy(raw: pd.DataFrame) -> pd.DataFrame:
    """Real dates, the four columns in order, rows sorted by customer and date."""
    raw["date"] = pd.to_datetime(raw["date"].astype(str), format="%Y%m%d")
    return raw[COLUMNS].sort_values(["customer_id", "date"], kind="stable", ignore_index=True)


def main(master: str, sample: str) -> None:
    full = pd.read_csv(master, sep=r"\s+", skiprows=1, names=COLUMNS)
    write_table(tidy(full), "cdnow", "cdnow.csv.gz")
    names = ["customer_id", "sample_id", "date", "quantity", "amount"]
    write_table(tidy(pd.read_csv(sample, sep=r"\s+", names=names)), "cdnow", "cdnow_sample.csv.gz")


if __name__ == "__main__":
    main(*sys.argv[1:])
