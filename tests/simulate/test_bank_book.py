"""The simulated branch: rebuilt exactly, true to its parameters, and learnable."""

import numpy as np
import pandas as pd
import pytest

from casekit.datasets import load_bank_book
from casekit.errors import InputError
from casekit.selling import client_features, fit_uplift, predict_uplift, qini_auc, treatment_effect
from casekit.simulate.bank_book import BankParameters, simulate_bank_book


@pytest.fixture(scope="module")
def book():
    return simulate_bank_book(rng=np.random.default_rng(2025))


@pytest.mark.parametrize("name", ["clients", "aum", "flows", "products", "contacts", "campaign", "truth"])
def test_the_shipped_table_is_what_the_script_draws(book, name):
    shipped, drawn = load_bank_book(name), book.tables[name]
    assert shipped.columns.tolist() == drawn.columns.tolist()
    assert len(shipped) == len(drawn)
    for column in shipped:
        assert shipped[column].isna().sum() == drawn[column].isna().sum()
        if pd.api.types.is_numeric_dtype(shipped[column]):
            assert shipped[column].sum() == pytest.approx(drawn[column].sum())


def test_the_measured_effect_is_the_true_one_within_its_error(book):
    campaign, truth = book.tables["campaign"], book.tables["truth"]
    effect = treatment_effect(campaign["bought"], campaign["called"])
    assert abs(effect["effect"] - truth["uplift"].mean()) < 3 * effect["standard_error"]


def test_each_kind_buys_at_its_rate(book):
    campaign, truth = book.tables["campaign"], book.tables["truth"]
    rates = campaign["bought"].groupby([truth["kind"], campaign["called"]]).agg(["mean", "size"])
    facts = BankParameters()
    for kind, alone, called in zip(
        ("persuadable", "sure thing", "lost cause", "sleeping dog"),
        facts.left_alone,
        facts.when_called,
        strict=True,
    ):
        for side, chance in ((False, alone), (True, called)):
            mean, size = rates.loc[(kind, side)]
            assert abs(mean - chance) < 4 * np.sqrt(chance * (1 - chance) / size)


def test_the_draw_by_lot_is_fair(book):
    campaign = book.tables["campaign"]
    assert campaign["called"].sum() == 6_000
    gap = np.log(campaign["aum"]).groupby(campaign["called"]).mean().diff().iloc[-1]
    assert abs(gap) < 0.08


def test_a_model_recovers_most_of_what_can_be_known(book):
    campaign, truth = book.tables["campaign"], book.tables["truth"]
    features = client_features(campaign, today="2025-04-30")
    half = campaign.index % 2 == 0
    models = fit_uplift(features[half], campaign["bought"][half], campaign["called"][half])
    estimate = predict_uplift(models, features[~half])["uplift"]
    assert np.corrcoef(estimate, truth["expected_uplift"][~half])[0, 1] > 0.6


def test_the_best_knowable_score_beats_chance(book):
    campaign, truth = book.tables["campaign"], book.tables["truth"]
    assert qini_auc(campaign["bought"], truth["expected_uplift"], campaign["called"]) > 0.05


def test_bad_requests_are_named():
    with pytest.raises(InputError, match="clients must lie in its range"):
        simulate_bank_book(5, rng=np.random.default_rng(1))
    with pytest.raises(InputError, match="rng must be"):
        simulate_bank_book(200, rng=1)
    with pytest.raises(InputError, match="table must be a known name, got 'flow'"):
        load_bank_book("flow")
