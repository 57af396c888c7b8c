"""Simulated data sets drawn anew from the command line's words."""

import json

import pandas as pd
import pytest

from casekit.datasets import list_datasets
from casekit.errors import InputError
from casekit.simulate.write import SIMULATORS, write_simulated

SMALL = {
    "bank_book": {"clients": "200"},
    "coach_survey": {"respondents": "20"},
    "restaurant": {"guests": "50"},
}


def test_every_simulated_table_has_a_simulator():
    table = list_datasets()
    simulated = set(table.loc[table["simulated"], "name"])
    assert set(SIMULATORS) <= simulated
    assert simulated - set(SIMULATORS) <= {"swot_factors"}  # typed judgements, nothing to draw


@pytest.mark.parametrize("name", sorted(SIMULATORS))
def test_seed_decides(name, tmp_path):
    first, again, other = (
        write_simulated(name, tmp_path / folder, seed=seed, arguments=SMALL[name])
        for folder, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert [path.read_bytes() for path in first] != [path.read_bytes() for path in other]
    assert all(len(pd.read_csv(path)) for path in first if path.suffix == ".csv")


def test_truth_is_written_with_the_data(tmp_path):
    paths = write_simulated("restaurant", tmp_path, seed=3, arguments={"guests": "50", "programme_lift": "0"})
    facts = json.loads(paths[-1].read_text(encoding="utf-8"))
    assert (facts["seed"], facts["guests"], facts["programme_lift"]) == (3, 50, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"guest": 5}, "did you mean 'guests'"),
        ({"guests": "many"}, "guests must be a number"),
        ({"guests": 2.5}, "guests must be a whole number"),
    ],
)
def test_bad_arguments_are_named(arguments, message, tmp_path):
    with pytest.raises(InputError, match=message):
        write_simulated("restaurant", tmp_path / "none", seed=1, arguments=arguments)
    assert not (tmp_path / "none").exists()


def test_unknown_name(tmp_path):
    with pytest.raises(InputError, match="did you mean 'restaurant'"):
        write_simulated("restaurnt", tmp_path, seed=1)
