"""The SWOT case is what its card says and can be made again."""

import importlib.util

import numpy as np
import pandas as pd
import pytest

from casekit._resources import resource
from casekit.datasets import load_swot_factors
from casekit.errors import InputError
from casekit.strategy import read_factors


def test_weights_add_up_to_one_on_each_side():
    weights = read_factors(load_swot_factors()).groupby("side")["weight"].sum()
    assert weights.tolist() == pytest.approx([1, 1])


def test_weaknesses_threats_and_all_numbers_are_assumptions():
    factors = load_swot_factors().set_index("code")
    assert (factors.loc[factors["kind"].isin(["W", "T"]), "strength"] == "teaching assumption").all()
    assert ((factors["source"] == "none") == (factors["strength"] == "teaching assumption")).all()


def test_judgements_are_simulated_with_the_seed_of_the_script():
    spec = importlib.util.spec_from_file_location(
        "make_swot", resource("datasets", "swot_factors", "make.py")
    )
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    made = make.judgements(load_swot_factors(), np.random.default_rng(make.SEED))
    pd.testing.assert_frame_equal(made.round(4), load_swot_factors("judgements"), check_dtype=False)


def test_an_unknown_table_is_named():
    with pytest.raises(InputError, match="table must be a known name, got 'factor'"):
        load_swot_factors("factor")
