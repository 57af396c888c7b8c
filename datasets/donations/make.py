"""Makes the file from the published table: ``python datasets/donations/make.py donations.csv``."""

import sys

import pandas as pd

from casekit.datasets import write_table


def main(raw: str) -> None:
    cells = pd.read_csv(raw).rename(columns={"weights": "people"})
    write_table(cells, "donations", "donations.csv")


if __name__ == "__main__":
    main(*sys.argv[1:])
