"""A plan says the same whether it is written as YAML, as CSV or as a workbook."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.reports.plan import read_plan

NAMES = st.text(st.sampled_from("aZ09 上海é-_=.'#{},:"), min_size=1, max_size=12)
PARAMETERS = {
    "contact_capacity": st.integers(1, 5000),
    "cost_per_call": st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 3)),
    "product_level": st.sampled_from(["R1", "R5"]),
    "currency": st.sampled_from(["¥", "$", "010", "no", "1.50", "~"]),
    "as_of": st.sampled_from(["2025-06-30", "none"]),
}
ROW = st.fixed_dictionaries(
    {"case": st.sampled_from(["bank_upsell", "04", "04_bank_upsell"])},
    optional={
        "title": NAMES.filter(lambda text: text.strip() == text and "{" not in text and text != "''"),
        "language": st.sampled_from(["en", "zh_CN", "中文"]),
        "formats": st.sampled_from(["html", "html, ipynb", "ipynb、html"]),
        **PARAMETERS,
    },
)


def as_yaml(rows, path):
    entries = []
    for row in rows:
        said = {name: value for name, value in row.items() if name not in PARAMETERS}
        entries.append({**said, "parameters": {name: row[name] for name in PARAMETERS if name in row}})
    path.write_text(yaml.safe_dump({"reports": entries}, allow_unicode=True), encoding="utf-8")


def as_csv(rows, path):
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)


def as_workbook(rows, path):
    book = openpyxl.Workbook()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(columns)
    for line, row in enumerate(rows, 2):
        for number, name in enumerate(columns, 1):
            cell = book.active.cell(line, number, row.get(name))
            if isinstance(row.get(name), str):
                cell.data_type = "s"
    book.save(path)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4))
def test_a_plan_is_the_same_in_yaml_csv_and_a_workbook(rows):
    rows = [{**row, "name": f"report {number}"} for number, row in enumerate(rows)]
    with TemporaryDirectory() as folder:
        found = []
        for write, name in ((as_yaml, "p.yaml"), (as_csv, "p.csv"), (as_workbook, "p.xlsx")):
            path = Path(folder) / name
            write(rows, path)
            found.append([replace(task, where="") for task in read_plan(path).tasks])
    assert found[0] == found[1] == found[2]
    assert [task.name for task in found[0]] == [row["name"] for row in rows]
