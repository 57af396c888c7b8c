"""Makes the simulated branch: ``python datasets/bank_book/make.py``."""

import numpy as np

from casekit.datasets import write_table
from casekit.simulate.bank_book import simulate_bank_book

SEED = 2025
CLIENTS = 12_000


def main() -> None:
    book = simulate_bank_book(CLIENTS, rng=np.random.default_rng(SEED))
    for name, table in book.tables.items():
        write_table(table, "bank_book", f"{name}.csv.gz", decimals=5)


if __name__ == "__main__":
    main()
