"""Buyer types: places on the map, chances and payoffs by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import (
    best_response,
    buyer_centroids,
    buyer_type_probabilities,
    buyer_types,
    classify_buyers,
    play_payoffs,
)

TWO = pd.DataFrame({"risk": [0.0, 1.0], "help": [0.5, 0.5]}, index=["benefit", "new"])
RATES = pd.DataFrame({"new": [0.4, 0.0], "benefit": [0.1, 0.3]}, index=["experts", "price"])


def test_each_centre_is_of_its_own_type():
    table = classify_buyers(buyer_types()[["risk", "help"]])
    assert table["type"].tolist() == table.index.tolist()
    assert table["distance"].tolist() == [0, 0, 0]


def test_distance_and_lead_by_hand():
    row = classify_buyers({"risk": 0.3, "help": 0.9}, centroids=TWO).iloc[0]
    assert row["type"] == "benefit"
    assert row["distance"] == pytest.approx(0.5)
    assert row["lead"] == pytest.approx(np.hypot(0.7, 0.4) - 0.5)


def test_chances_by_hand():
    found = buyer_type_probabilities({"risk": 0.4, "help": 0.5}, centroids=TWO, spread=0.5)
    odds = np.exp((0.6**2 - 0.4**2) / (2 * 0.25))
    assert found["benefit"].item() == pytest.approx(odds / (1 + odds))


def test_a_rare_type_needs_clearer_signs():
    place = {"risk": 0.5, "help": 0.5}
    found = buyer_type_probabilities(place, centroids=TWO, shares={"benefit": 0.2, "new": 0.8})
    assert found.iloc[0].to_dict() == pytest.approx({"benefit": 0.2, "new": 0.8})
    assert buyer_type_probabilities(place, centroids=TWO, shares=[1.0, 0.0])["new"].item() == 0


def test_centroids_of_known_buyers():
    seen = pd.DataFrame({"risk": [0.9, 0.7, 0.1], "help": [0.5, 0.7, 0.1]}, index=list("xyz"))
    table = buyer_centroids(seen, ["new", "new", "benefit"])
    assert table.to_numpy().tolist() == pytest.approx(np.array([[0.8, 0.6], [0.1, 0.1]]))
    assert classify_buyers(seen, centroids=table)["type"].tolist() == ["new", "new", "benefit"]


def test_the_wrong_card_loses_the_deal_and_its_cost():
    payoffs = play_payoffs(RATES, margin={"benefit": 500, "new": 1000}, cost=[150, 20])
    assert payoffs.loc["price", "new"] == -20
    assert payoffs.loc["experts", "benefit"] == -100
    beliefs = buyer_type_probabilities({"risk": 0.5, "help": 0.1}, centroids=TWO)
    assert best_response(beliefs, payoffs=payoffs)["play"].item() == "experts"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: classify_buyers({"risk": 3, "help": 1}), "must lie in its range"),
        (lambda: classify_buyers({"risk": 0.3}), "must have the columns help"),
        (lambda: classify_buyers({"risk": 0.3, "help": 1}, centroids=TWO.iloc[:1]), "at least two types"),
        (
            lambda: classify_buyers({"risk": 0, "help": 1}, centroids=TWO.set_axis(["a", "a"])),
            "must not repeat",
        ),
        (lambda: buyer_type_probabilities({"risk": 0, "help": 1}, spread=0), "spread must lie in its range"),
        (lambda: buyer_type_probabilities({"risk": 0, "help": 1}, shares=[0.5, 0.5]), "as long as criteria"),
        (lambda: buyer_centroids({"risk": [0.1, 0.2]}, ["new"]), "types must be as long as profiles"),
        (lambda: buyer_centroids({"risk": [0.1, 0.2]}, ["new", None]), "types must hold"),
        (lambda: buyer_centroids({"risk": [0.1, 2]}, ["new", "new"]), "must lie in its range"),
        (lambda: play_payoffs(RATES + 1, margin=1), "must lie in its range"),
        (lambda: play_payoffs(RATES, margin=-1), "margin must lie in its range"),
        (lambda: play_payoffs(RATES, margin={"new": 1, "old": 2}), "margin must carry the labels"),
        (lambda: play_payoffs(RATES, margin=1, cost=[1, 2, 3]), "cost must be as long as"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
