"""The account of a programme, on figures that can be checked by hand."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.loyalty import (
    Effect,
    allocate_points,
    break_even_increment,
    gain_by_threshold,
    lever_account,
    manager_capacity,
    programme_cost,
    programme_effect,
    programme_return,
    recognise_points,
    restaurant_perks,
    reward_concentration,
    rivalry_payoffs,
)

LEVER = {"lever": "discount", "sales": 1000, "uplift": 0.2, "price_cut": 0.1, "fixed_cost": 0}


def test_time_and_cash_of_a_member():
    perks = restaurant_perks(days_between_calls=365.25, minutes_a_call=30, visits=2, hours_a_visit=1)
    costs = programme_cost(perks, hourly_cost=100).set_index("perk")
    assert costs.loc["call", ["times", "hours", "cost"]].tolist() == [1, 0.5, 50]
    assert costs.loc["visit by the manager", ["cash", "time_cost"]].tolist() == [0, 200]
    assert costs["cost"].sum() == 1750 + 250


def test_capacity_is_rounded_down():
    assert manager_capacity(28.1, hours_a_year=900) == 32
    assert manager_capacity(0.1, hours_a_year=0.3) == 3


def test_difference_of_means_and_the_same_with_a_useless_covariate():
    outcome, treated = [12, 14, 10, 8, 9, 10], [True] * 3 + [False] * 3
    plain = programme_effect(outcome, treated)
    assert (plain.effect, plain.n_treated, plain.n_control) == (3, 3, 3)
    assert programme_effect(outcome, treated, before=[1] * 6) == plain


def test_a_covariate_narrows_the_interval_without_moving_the_aim():
    rng = np.random.default_rng(5)
    before = rng.gamma(4, 100, 400)
    treated = rng.permutation(np.repeat([True, False], 200))
    outcome = before * 1.1 + 30 * treated + rng.normal(0, 20, 400)
    plain = programme_effect(outcome, treated)
    known = pd.DataFrame({"before": before, "noise": rng.normal(size=400)})
    adjusted = programme_effect(outcome, treated, before=known)
    assert adjusted.standard_error < 0.3 * plain.standard_error
    assert adjusted.low < 30 < adjusted.high


@pytest.mark.full
def test_intervals_hold_the_truth_as_often_as_they_say():
    rng, hits = np.random.default_rng(11), 0
    for _trial in range(300):
        before = rng.gamma(2, 100, 60)
        treated = rng.permutation(np.repeat([True, False], 30))
        found = programme_effect(before + 25 * treated + rng.normal(0, 50, 60), treated, before=before)
        hits += found.low < 25 < found.high
    assert 0.92 <= hits / 300 <= 0.98


def test_return_is_extra_contribution_less_cost():
    table = programme_return(FOUND, margin=0.5, cost=1750)
    assert table["gain"].tolist() == [250, -750, 1250]
    assert table.loc["estimate", "return"] == pytest.approx(1 / 7)
    assert programme_return(FOUND, margin=0.5, cost=0)["return"].isna().all()


def test_gain_counts_a_customer_on_the_threshold():
    table = gain_by_threshold([10, 50, 20], thresholds=[0, 20, 20.01, 60], lift=0.2, margin=0.5, cost=3)
    assert table["members"].tolist() == [3, 2, 1, 0]
    assert table["gain"].tolist() == pytest.approx([-1, 1, 2, 0])


def test_rewards_in_proportion_have_the_gini_of_value():
    value = [1, 2, 3, 10]
    assert reward_concentration(value, value) == pytest.approx(0.4375)
    assert reward_concentration([1, 1, 1, 1], value) == 0
    assert reward_concentration([5, 0, 0, 0], value) == pytest.approx(-0.75)
    assert reward_concentration([0, 4], [7, 7]) == 0


def test_a_ten_per_cent_discount_needs_a_third_more_sales():
    row = lever_account([LEVER], margin=0.4).iloc[0]
    assert row["break_even_uplift"] == pytest.approx(1 / 3)
    even = lever_account([{**LEVER, "uplift": 1 / 3}], margin=0.4)
    assert even["gain"].iloc[0] == pytest.approx(0)
    assert lever_account([LEVER], margin=0.1)["break_even_uplift"].isna().all()


def test_the_programme_as_a_dilemma():
    table = rivalry_payoffs(won_alone=100, lost_alone=90, won_both=10, cost=40).to_numpy()
    assert table.tolist() == [[0, -90], [60, -30]]


def test_a_higher_expectation_can_take_revenue_back():
    years = recognise_points(1000, redeemed=[500, 0], expected=[1000, 2000])
    assert years["revenue"].tolist() == [500, -250]
    assert years["liability"].tolist() == [500, 750]


def test_over_redemption_warns_and_releases_all():
    with pytest.warns(CasekitWarning, match="more points redeemed"):
        years = recognise_points(100, redeemed=[80, 30], expected=[100, 100])
    assert years["liability"].tolist() == pytest.approx([20, 0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: restaurant_perks(days_between_calls=0), "days_between_calls must lie in its range"),
        (lambda: restaurant_perks(banquet=-1, visits=-1), "visits must lie in its range"),
        (lambda: programme_cost(restaurant_perks(), hourly_cost=-1), "hourly_cost must lie"),
        (lambda: programme_cost(restaurant_perks().assign(cash=-1), hourly_cost=1), r"perks\['cash'\] must"),
        (lambda: manager_capacity(0, hours_a_year=900), "hours_a_customer must lie"),
        (lambda: break_even_increment(1750, margin=45), "for 45 % write 0.45"),
        (lambda: break_even_increment(1750, margin=0), "margin must be above 0"),
        (lambda: programme_effect([1, 2, 3], ["yes", "no", "yes"]), "treated must hold True or False"),
        (lambda: programme_effect([1, 2, 3], [True, False, False]), "got 1 treated, 2 control"),
        (lambda: programme_effect([1, 2], [True, False, False]), "treated must be as long as outcome"),
        (lambda: programme_effect([1, 2, 3, 4], [True, False] * 2, before=[1, 2]), "before must be as long"),
        (lambda: programme_effect([1, 2, 3, 4], [True, False] * 2, before=[1, 2, 3, 4]), "at least 3"),
        (lambda: programme_return(3000, margin=0.5, cost=1), "effect must be Effect"),
        (lambda: gain_by_threshold([1, -np.inf], thresholds=[1], lift=0.1, margin=0.5, cost=1), "only"),
        (lambda: gain_by_threshold([1], thresholds=[1], lift=-2, margin=0.5, cost=1), "lift must lie"),
        (lambda: reward_concentration([0, 0], [1, 2]), "more than zero"),
        (lambda: reward_concentration([1, 2], [1]), "value must be as long as rewards"),
        (lambda: lever_account([{**LEVER, "price_cut": 10}], margin=0.4), r"levers\['price_cut'\]"),
        (lambda: lever_account([{**LEVER, "sales": 0}], margin=0.4), r"levers\['sales'\]"),
        (lambda: rivalry_payoffs(won_alone=-1, lost_alone=0, won_both=0, cost=0), "won_alone must lie"),
        (lambda: allocate_points(100, points=1, point_value=1, breakage=15), "for 15 % write 0.15"),
        (lambda: allocate_points(0, points=1, point_value=1), "sales must lie"),
        (lambda: recognise_points(1, redeemed=[1], expected=[1, 2]), "expected must be as long"),
        (lambda: recognise_points(1, redeemed=[1], expected=[0]), "expected must lie"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


FOUND = Effect(4000, 2000, 6000, standard_error=1000, n_treated=50, n_control=50, level=0.95)


def test_an_outcome_that_does_not_vary_is_named():
    with pytest.warns(CasekitWarning, match="programme_effect: outcome does not vary inside the groups"):
        found = programme_effect([5, 5, 3, 3], [1, 1, 0, 0])
    assert (found.effect, found.standard_error) == (2, 0)
