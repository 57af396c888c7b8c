"""Makes the file from the published table: ``python datasets/contract_retention/make.py sbg_table1.csv``."""

import sys

import pandas as pd

from casekit.datasets import write_table


def main(raw: str) -> None:
    percent = pd.read_csv(raw)
    shares = pd.DataFrame(
        {
            "year": percent["year"],
            "regular": percent["regular_pct"] / 100,
            "high_end": percent["highend_pct"] / 100,
        }
    )
    write_table(shares, "contract_retention", "contract_retention.csv", decimals=3)


if __name__ == "__main__":
    main(*sys.argv[1:])
