"""BG/BB and sBG: derivatives, other forms, recovery, and data that teach nothing."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from casekit.customer_base import BGBB, SBG
from casekit.customer_base import bg_bb as bg_bb_module
from casekit.customer_base import sbg as sbg_module
from casekit.errors import InputError

BG_BB = BGBB.from_parameters(alpha=1.204, beta=0.750, gamma=0.657, delta=2.783)
CELLS = pd.DataFrame(
    {"frequency": [0, 1, 3, 2], "recency": [0, 2, 5, 4], "periods": [6, 6, 5, 4], "people": [9, 4, 2, 1]}
)


def test_bg_bb_likelihood_sums_to_one_over_all_histories():
    cells = pd.DataFrame(
        [(x, last, 4) for last in range(5) for x in range(last + 1) if (x == 0) == (last == 0)],
        columns=["frequency", "recency", "periods"],
    )
    ways = [1 if x == 0 else len(list(_paths(x - 1, last - 1))) for x, last in cells.iloc[:, :2].to_numpy()]
    chance = [np.exp(BG_BB.log_likelihood(cells.iloc[[row]])) for row in range(len(cells))]
    assert np.dot(ways, chance) == pytest.approx(1)


def _paths(chosen, places):
    from itertools import combinations

    return combinations(range(places), chosen)


def test_bg_bb_gradient_and_hessian_are_those_of_the_value():
    statistics = BG_BB._read("fit", CELLS, "people")
    _check_derivatives(bg_bb_module._objective(statistics), np.log([1.1, 0.8, 0.5, 2.0]))


def test_sbg_gradient_and_hessian_are_those_of_the_value():
    renewals = (np.array([40.0, 20, 9]), np.array([60.0, 40, 31]))
    _check_derivatives(sbg_module._objective(renewals), np.log([0.7, 1.4]))


def _check_derivatives(objective, theta):
    _value, gradient, hessian = objective(theta)
    for i, step in enumerate(np.eye(len(theta)) * 1e-5):
        up, down = objective(theta + step), objective(theta - step)
        assert gradient[i] == pytest.approx((up[0] - down[0]) / 2e-5, rel=1e-5, abs=1e-6)
        assert hessian[i] == pytest.approx((up[1] - down[1]) / 2e-5, rel=1e-5, abs=1e-5)


def test_bg_bb_counts_and_means_agree():
    chance = BG_BB.probability_of_purchases(range(7), periods=6)
    assert chance.sum() == pytest.approx(1)
    assert (chance * chance.index).sum() == pytest.approx(BG_BB.expected_purchases(6))


def test_bg_bb_endless_value_is_the_sum_of_the_periods():
    ahead = [BG_BB.conditional_expected_purchases(CELLS, horizon=h) for h in range(101)]
    steps = sum((ahead[h] - ahead[h - 1]) / 1.4**h for h in range(1, 101))
    found = BG_BB.discounted_expected_purchases(CELLS, discount_rate=0.4)
    assert found.tolist() == pytest.approx(steps.tolist(), rel=1e-9)


def exact_beta(a, b):
    """The beta function of whole numbers as a fraction."""
    return Fraction(math.factorial(a - 1) * math.factorial(b - 1), math.factorial(a + b - 1))


def exact_likelihood(x, last, n, alpha=2, beta=3, gamma=1, delta=4):
    stays = exact_beta(alpha + x, beta + n - x) * exact_beta(gamma, delta + n)
    leaves = sum(
        exact_beta(alpha + x, beta + t - x) * exact_beta(gamma + 1, delta + t) for t in range(last, n)
    )
    return (stays + leaves) / (exact_beta(alpha, beta) * exact_beta(gamma, delta))


@pytest.mark.parametrize(("x", "last", "n"), [(3, 50, 200), (120, 280, 300), (0, 0, 400), (400, 400, 400)])
def test_bg_bb_of_hundreds_of_periods_against_exact_fractions(x, last, n):
    model = BGBB.from_parameters(alpha=2, beta=3, gamma=1, delta=4)
    row = pd.DataFrame({"frequency": [x], "recency": [last], "periods": [n]})
    exact = exact_likelihood(x, last, n)
    logarithm = math.log(exact.numerator) - math.log(exact.denominator)
    assert model.log_likelihood(row) == pytest.approx(logarithm, rel=1e-12)
    scale = exact_beta(2, 3) * exact_beta(1, 4) * exact
    alive = exact_beta(2 + x, 3 + n - x) * exact_beta(1, 5 + n) / scale
    assert model.probability_alive(row)[0] == pytest.approx(float(alive), rel=1e-9)
    ahead = sum(exact_beta(2 + x + 1, 3 + n - x) * exact_beta(1, 4 + n + k) / scale for k in range(1, 51))
    assert model.conditional_expected_purchases(row, horizon=50)[0] == pytest.approx(float(ahead), rel=1e-9)


def test_bg_bb_chances_of_hundreds_of_periods_add_up():
    chance = BG_BB.probability_of_purchases(range(801), periods=800)
    assert chance.sum() == pytest.approx(1, abs=1e-11)
    assert (chance * chance.index).sum() == pytest.approx(BG_BB.expected_purchases(800), rel=1e-10)


def test_bg_bb_learns_from_a_year_of_days():
    rng = np.random.default_rng(1)
    taking, leaving = rng.beta(1.2, 4, (600, 1)), rng.beta(0.8, 60, (600, 1))
    days = np.arange(1, 366)
    taken = (rng.random((600, 365)) < taking) & (days < rng.geometric(leaving))
    last = np.where(taken.any(axis=1), 365 - np.argmax(taken[:, ::-1], axis=1), 0)
    found = BGBB().fit(pd.DataFrame({"frequency": taken.sum(axis=1), "recency": last, "periods": 365}))
    truth = pd.Series({"alpha": 1.2, "beta": 4.0, "gamma": 0.8, "delta": 60.0})
    assert found.converged_
    assert ((found.parameters_ - truth).abs() < 3 * found.standard_errors_).all()


def test_bg_bb_value_after_hundreds_of_periods():
    """scipy's 2F1 gives nan there."""
    old = pd.DataFrame({"frequency": [90], "recency": [300], "periods": [300]})
    near = BG_BB.conditional_expected_purchases(old, horizon=1)[0]
    value = BG_BB.discounted_expected_purchases(old, discount_rate=0.01)[0]
    assert 50 * near < value < 100 * near
    assert bg_bb_module._discounted(300.0, 301.0, 1.0) == pytest.approx(
        sum(300 / (300 + t) / 2**t for t in range(60))
    )


def test_bg_bb_finds_its_parameters_again():
    rng = np.random.default_rng(12)
    n, periods = 20_000, 8
    p = rng.beta(BG_BB.alpha_, BG_BB.beta_, n)
    lives = rng.geometric(np.maximum(rng.beta(BG_BB.gamma_, BG_BB.delta_, n), 1e-12)) - 1
    bought = (rng.random((n, periods)) < p[:, None]) & (np.arange(periods) < lives[:, None])
    recency = np.where(bought.any(axis=1), periods - np.argmax(bought[:, ::-1], axis=1), 0)
    summary = pd.DataFrame({"frequency": bought.sum(axis=1), "recency": recency, "periods": periods})
    model = BGBB().fit(summary)
    assert ((model.parameters_ - BG_BB.parameters_).abs() < 3 * model.standard_errors_).all()
    assert len(model._data.x) == 1 + periods * (periods + 1) // 2
    assert len(model.bootstrap(draws=3, rng=rng)) == 3


def test_sbg_by_hand():
    model = SBG.from_parameters(alpha=1.0, beta=1.0)
    assert model.survival([0, 1, 2]).tolist() == pytest.approx([1, 1 / 2, 1 / 3])
    assert model.retention_rate(1) == pytest.approx(1 / 2)
    assert model.churn_probability(2) == pytest.approx(1 / 6)
    assert model.expected_lifetime() == np.inf
    assert SBG.from_parameters(alpha=2.0, beta=3.0).expected_lifetime() == pytest.approx(4)


def test_sbg_values_are_sums_over_the_survivors():
    model = SBG.from_parameters(alpha=0.764, beta=1.296)
    years = np.arange(4000)
    share = model.survival(years).to_numpy() / 1.1**years
    assert model.discounted_expected_lifetime(discount_rate=0.1) == pytest.approx(share.sum())
    left = model.survival(np.arange(3, 4003)).to_numpy() / model.survival(2)
    expected = (left / 1.1 ** np.arange(4000)).sum()
    found = model.discounted_expected_residual_lifetime(discount_rate=0.1, renewals=2)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("size", [60.0, 1e3, 1e9])
@pytest.mark.parametrize("rate", [0.5, 0.1, 0.01])
def test_sbg_values_of_customers_who_are_nearly_alike(size, rate):
    """scipy gives nan from alpha + beta of about 150."""
    model = SBG.from_parameters(alpha=0.2 * size, beta=0.8 * size)
    years = np.arange(5000)
    left = np.concatenate([[1.0], model.retention_rate(years[1:]).cumprod()])
    expected = (left * np.exp(-years * np.log1p(rate))).sum()
    assert model.discounted_expected_lifetime(discount_rate=rate) == pytest.approx(expected, rel=1e-9)
    if size == 1e9:
        constant = 0.8 * (1 + rate) / (1 + rate - 0.8)
        residual = model.discounted_expected_residual_lifetime(discount_rate=rate, renewals=3)
        assert residual == pytest.approx(constant, rel=1e-6)


def test_sbg_cohorts_together_or_apart():
    one, other = [100.0, 60, 45, 36], [80.0, 50, 39]
    together = SBG().fit(pd.DataFrame({"2023": one, "2024": [*other, np.nan]}))
    apart = together.log_likelihood(one) + together.log_likelihood(other)
    assert together.log_likelihood_ == pytest.approx(apart)
    assert together.n_customers_ == 180
    shares = SBG().fit([1, 0.6, 0.45, 0.36], size=100)
    assert shares.parameters_.to_dict() == pytest.approx(SBG().fit(one).parameters_.to_dict())


@pytest.mark.parametrize(
    ("survivors", "options", "message"),
    [
        ([100, 60, 70], {}, r"must not rise(.|\n)*60 → 70"),
        ([1, 0.6, 0.5], {}, "size must be given"),
        ([100, 100, 100], {}, "not identified: losses and renewals"),
        ([100, 0], {}, "not identified: losses and renewals"),
        ([100, 60], {}, "at two ages at least"),
        ([100, -5], {}, "survivors must lie in its range"),
        ([100, 60, 50], {"size": 0}, "size must lie in its range"),
        (pd.DataFrame({"a": [100, np.nan, 50]}), {}, "a must hold numbers only"),
    ],
)
def test_survivors_that_teach_nothing(survivors, options, message):
    with pytest.raises(InputError, match=message):
        SBG().fit(survivors, **options)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frequency": 0, "recency": 0}, "somebody must have bought again"),
        ({"frequency": [6, 6, 5, 4], "recency": [6, 6, 5, 4]}, "somebody must have missed a chance"),
        ({"recency": [0, 7, 5, 4]}, r"frequency <= recency <= periods(.|\n)*row 1"),
        ({"frequency": [0, 1.5, 3, 2]}, "frequency must hold whole numbers"),
        ({"periods": [6, None, 5, 4]}, "periods must hold numbers only"),
    ],
)
def test_chances_that_teach_nothing(change, message):
    with pytest.raises(InputError, match=message):
        BGBB().fit(CELLS.assign(**change), weights="people")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BG_BB.expected_purchases(-1), "periods must lie in its range"),
        (lambda: BG_BB.probability_of_purchases(1, periods=0), "periods must lie in its range"),
        (lambda: BG_BB.conditional_expected_purchases(CELLS, horizon=1.5), "horizon must be a whole number"),
        (lambda: BG_BB.discounted_expected_purchases(CELLS, discount_rate=0), "discount_rate must lie"),
        (lambda: SBG.from_parameters(alpha=1, beta=1).survival(-1), "age must lie in its range"),
        (lambda: SBG.from_parameters(alpha=1, beta=1).retention_rate(0), "age must lie in its range"),
        (
            lambda: SBG.from_parameters(alpha=1, beta=1).discounted_expected_lifetime(discount_rate=0),
            "discount_rate must lie",
        ),
    ],
)
def test_a_bad_call_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
