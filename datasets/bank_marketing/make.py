"""Makes the file from UCI's own: ``python datasets/bank_marketing/make.py bank-uci.csv.gz``."""

import sys

import pandas as pd

from casekit.datasets import write_table


def main(raw: str) -> None:
    contacts = pd.read_csv(raw)
    contacts = contacts.rename(columns={"id": "contact_id", "y": "bought", "default": "in_default"})
    yes_no = ["in_default", "housing", "loan", "bought"]
    contacts[yes_no] = contacts[yes_no] == "yes"
    write_table(contacts, "bank_marketing", "bank_marketing.csv.gz")


if __name__ == "__main__":
    main(*sys.argv[1:])
