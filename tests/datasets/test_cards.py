"""Every card is held against its files."""

import re

import pandas as pd
import pytest

from casekit._resources import resource
from casekit.datasets import data_path, describe, file_sha256, list_datasets, read_card
from casekit.errors import InputError

NAMES = sorted(path.parent.name for path in resource("datasets").glob("*/card.md"))
TABLES = [(name, table["file"]) for name in NAMES for table in read_card(name)["table"]]
FACTS = {"name", "title", "period", "currency", "simulated", "licence", "source", "made_by", "table"}


def table_of(name, file):
    card = read_card(name)
    return next(table for table in card["table"] if table["file"] == file)


def read(name, file):
    return pd.read_csv(
        data_path(name, file), keep_default_na=False, na_values=[""], dtype_backend="numpy_nullable"
    )


def problems_of(column, series):
    """What a line of the column table says that its column does not hold."""
    found = []
    missing = int(series.isna().sum())
    said = 0 if column["missing"] == "none" else int(column["missing"].split()[0].replace(",", ""))
    if missing != said:
        found.append(f"{missing} missing, card says {said}")
    values = series.dropna()
    kind, allowed = column["type"], column["range"].replace("−", "-")
    if kind in ("integer", "number"):
        low, high = map(float, allowed.replace(",", "").split(" to "))
        if not (values.min() == pytest.approx(low) and values.max() == pytest.approx(high)):
            found.append(f"{values.min()} to {values.max()}, card says {allowed}")
        if kind == "integer" and not pd.api.types.is_integer_dtype(values):
            found.append("not whole numbers")
    elif kind == "date":
        days = pd.to_datetime(values, format="%Y-%m-%d")
        span = f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}"
        if span != allowed:
            found.append(f"{span}, card says {allowed}")
    elif kind == "boolean":
        if not pd.api.types.is_bool_dtype(values):
            found.append("not true or false")
    elif kind == "text":
        listed = {word.strip() for word in allowed.split(",")}
        if allowed != "–" and set(values.astype(str)) != listed:
            found.append(f"values {sorted(set(values.astype(str)) ^ listed)[:5]} differ")
    else:
        found.append(f"unknown type {kind}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_card_states_the_facts(name):
    card = read_card(name)
    assert set(card) >= FACTS
    assert card["name"] == name
    assert resource(*card["made_by"].split("/")).is_file()
    text = describe(name)
    assert "## Used in" in text
    assert "one row" in text.lower()
    listed = {path.name for path in resource("datasets", name).iterdir()} - {
        "card.md",
        "make.py",
        "__pycache__",
    }
    extra = set(card.get("also", []))
    assert listed == {table["file"] for table in card["table"]} | extra


@pytest.mark.parametrize(("name", "file"), TABLES)
def test_card_holds_against_the_file(name, file):
    table = table_of(name, file)
    assert table["sha256"] == file_sha256(data_path(name, file))
    frame = read(name, file)
    assert len(frame) == table["rows"]
    assert list(frame.columns) == [column["column"] for column in table["columns"]]
    found = {column["column"]: problems_of(column, frame[column["column"]]) for column in table["columns"]}
    assert {name: problems for name, problems in found.items() if problems} == {}
    if table["key"]:
        assert not frame.duplicated(table["key"]).any()


@pytest.mark.parametrize("name", NAMES)
def test_used_in_names_notebooks_that_use_it(name):
    used_in = re.findall(r"`(\d\d_\w+)`", describe(name).split("## Used in")[1])
    for stem in used_in:
        source = resource("notebooks", f"{stem}.ipynb").read_text(encoding="utf-8")
        assert f"load_{name}(" in source


@pytest.mark.parametrize(
    ("changed", "series"),
    [
        ({"range": "0 to 9"}, pd.Series([0, 8])),
        ({"missing": "2"}, pd.Series([0, 9])),
        ({"type": "integer"}, pd.Series([0.5, 9])),
        ({"type": "text", "range": "a, b"}, pd.Series(["a", "c"])),
        ({"type": "boolean"}, pd.Series([0, 9])),
        ({"type": "date", "range": "2020-01-01 to 2020-01-02"}, pd.Series(["2020-01-01", "2020-01-03"])),
        ({"type": "colour"}, pd.Series([0, 9])),
    ],
)
def test_a_false_card_is_found(changed, series):
    column = {"column": "x", "type": "integer", "range": "0 to 9", "missing": "none", **changed}
    assert problems_of(column, series)


def test_list_datasets_names_them_all():
    assert list(list_datasets()["name"]) == NAMES


def test_unknown_data_set_is_named():
    with pytest.raises(InputError, match="did you mean 'cdnow'"):
        describe("cdnov")
