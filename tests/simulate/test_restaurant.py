"""The restaurant is what it says: the same each time, and its planted truths can be found again."""

import numpy as np
import pandas as pd
import pytest

from casekit.datasets import load_restaurant
from casekit.errors import InputError
from casekit.loyalty import programme_effect
from casekit.simulate.restaurant import RestaurantTruth, simulate_restaurant


def yearly(tables):
    visits = tables["visits"]
    spend = visits.groupby(["customer_id", visits["date"].dt.year])["amount"].sum().unstack(fill_value=0)
    return tables["guests"].set_index("customer_id").join(spend)


@pytest.fixture(scope="module")
def large():
    return simulate_restaurant(guests=9000, rng=np.random.default_rng(3))


def test_the_shipped_files_come_from_the_seed_on_the_card():
    tables = simulate_restaurant(guests=1800, rng=np.random.default_rng(20240103))
    pd.testing.assert_frame_equal(tables["visits"], load_restaurant(), check_dtype=False)
    shipped = load_restaurant("guests")
    assert tables["guests"]["arm"].fillna("").tolist() == shipped["arm"].fillna("").tolist()
    assert tables["truth"]["value"].tolist() == load_restaurant("truth")["value"].tolist()


@pytest.mark.full
def test_the_planted_lift_is_found_against_the_control_group(large):
    trial = yearly(large).dropna(subset=["arm"])
    member = trial["arm"].eq("member")
    found = programme_effect(trial[2024], member, before=trial[2023])
    base = trial.loc[~member, 2024].mean()
    assert found.low / base < RestaurantTruth.programme_lift < found.high / base
    assert (found.high - found.low) / base < 0.2


@pytest.mark.full
def test_guests_stay_as_often_as_their_chance_says(large):
    people = large["hidden"]
    bands = people.groupby(pd.cut(people["p_stay"], [0, 0.4, 0.6, 0.8, 1]), observed=True)
    table = bands.agg(said=("p_stay", "mean"), stayed=("stays", "mean"), n=("stays", "size"))
    error = np.sqrt(table["said"] * (1 - table["said"]) / table["n"])
    assert ((table["said"] - table["stayed"]).abs() < 4 * error).all()


@pytest.mark.full
def test_who_does_not_stay_keeps_the_planted_share(large):
    people, visits = large["hidden"].set_index("customer_id"), large["visits"]
    summer = visits[visits["date"].dt.month.between(1, 9)]
    counts = summer.groupby(["customer_id", summer["date"].dt.year]).size().unstack(fill_value=0)
    outside = people[people["arm"].isna() & people["joined"].eq(0)].join(counts).fillna({2023: 0, 2024: 0})
    kept = outside.groupby("stays")[2024].sum() / outside.groupby("stays")[2023].sum()
    assert kept[False] / kept[True] == pytest.approx(RestaurantTruth.kept_by_leavers, abs=0.02)


@pytest.mark.full
def test_nothing_planted_nothing_found():
    truth = RestaurantTruth(programme_lift=0.0)
    trial = yearly(simulate_restaurant(guests=1500, rng=np.random.default_rng(8), truth=truth)).dropna(
        subset=["arm"]
    )
    found = programme_effect(trial[2024], trial["arm"].eq("member"), before=trial[2023])
    assert found.low < 0 < found.high


def test_bad_input_is_named():
    with pytest.raises(InputError, match="guests must lie in its range"):
        simulate_restaurant(guests=5, rng=np.random.default_rng(1))
    with pytest.raises(InputError, match="numpy random Generator"):
        simulate_restaurant(guests=50, rng=7)
