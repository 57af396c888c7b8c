"""Win rates: intervals by hand, posterior against exact sums, sizes and power."""

import math

import numpy as np
import pytest

from casekit.errors import InputError
from casekit.selling import compare_win_rates, power_two_rates, sample_size_two_rates, uplift_posterior


def test_groups_are_matched_by_name():
    found = compare_win_rates({"with": 24, "without": 14}, deals={"without": 50, "with": 100})
    assert found.rates["rate"].to_dict() == {"with": 0.24, "without": 0.28}
    assert found.difference == pytest.approx(-0.04)


def test_pooled_test_by_hand():
    found = compare_win_rates([30, 20], deals=[100, 100])
    assert found.z == pytest.approx(0.1 / math.sqrt(0.25 * 0.75 * 0.02))
    assert found.p_value == pytest.approx(math.erfc(found.z / math.sqrt(2)))


def test_ratio_by_hand():
    found = compare_win_rates([30, 20], deals=[100, 100])
    half = 1.959964 * math.sqrt(0.7 / 30 + 0.8 / 20)
    assert (found.ratio_low, found.ratio_high) == pytest.approx((1.5 * math.exp(-half), 1.5 * math.exp(half)))


def test_groups_that_won_nothing_or_everything():
    none = compare_win_rates([3, 0], deals=[10, 10])
    assert (none.ratio, none.ratio_low, none.ratio_high) == (math.inf, 0.0, math.inf)
    assert compare_win_rates([0, 3], deals=[10, 10]).ratio == 0.0
    both = compare_win_rates([0, 0], deals=[10, 10])
    assert math.isnan(both.ratio)
    assert math.isnan(both.p_value)
    assert both.low < 0 < both.high


def test_posterior_against_the_exact_sum():
    # P(p2 > p1) for whole Beta parameters: a finite sum (Miller 2015; Cook 2005)
    a1, b1, a2, b2 = 25, 77, 15, 87

    def log_beta(a, b):
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    second_better = sum(
        math.exp(log_beta(a1 + i, b1 + b2) - math.log(b2 + i) - log_beta(1 + i, b2) - log_beta(a1, b1))
        for i in range(a2)
    )
    found = uplift_posterior([24, 14], deals=[100, 100])
    assert found.probability_better == pytest.approx(1 - second_better, abs=1e-5)


def test_posterior_against_draws():
    rng = np.random.default_rng(4)
    first, second = rng.beta(25, 77, 400_000), rng.beta(15, 87, 400_000)
    found = uplift_posterior([24, 14], deals=[100, 100])
    assert (found.low, found.high) == pytest.approx(np.quantile(first - second, [0.025, 0.975]), abs=1e-3)
    bounds = np.quantile(first / second, [0.025, 0.5, 0.975])
    assert (found.ratio_low, found.ratio, found.ratio_high) == pytest.approx(bounds, rel=5e-3)


def test_without_deals_the_prior_speaks():
    found = uplift_posterior([0, 0], deals=[0, 0])
    assert found.probability_better == pytest.approx(0.5, abs=1e-6)
    assert found.ratio == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("method", "size"), [("pooled", 241), ("unpooled", 238), ("arcsine", 238)])
def test_size_and_power_fit_each_other(method, size):
    found = sample_size_two_rates(0.14, 0.24, method=method)
    assert found == size
    rates = {"rate": 0.24, "other_rate": 0.14, "method": method}
    assert power_two_rates(found, **rates) >= 0.8 > power_two_rates(found - 1, **rates)


def test_one_side_and_continuity():
    assert (
        sample_size_two_rates(0.24, 0.14, sides=1) < 241 < sample_size_two_rates(0.24, 0.14, continuity=True)
    )
    assert power_two_rates(50, rate=0.3, other_rate=0.3) == pytest.approx(0.025)
    assert power_two_rates(50, rate=1.0, other_rate=0.0) == 1.0
    assert sample_size_two_rates(1.0, 0.0) >= 2


@pytest.mark.parametrize(
    ("wins", "deals", "message"),
    [
        ([1, 2, 3], [5, 5, 5], "wins must hold two groups"),
        ([1, 2], [5], "deals must hold two groups"),
        ([0.24, 0.14], [100, 100], "wins must hold whole numbers"),
        ([1, 9], [5, 5], "wins must not exceed deals"),
        ([1, -1], [5, 5], "wins must lie in its range"),
        ([0, 0], [0, 5], "deals must lie in its range"),
        ({"a": 1, "b": 2}, {"a": 3, "c": 4}, "deals must carry the labels of wins"),
    ],
)
def test_bad_counts_are_named(wins, deals, message):
    with pytest.raises(InputError, match=message):
        compare_win_rates(wins, deals=deals)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compare_win_rates([1, 2], deals=[5, 5], level=95), "level must lie in its range"),
        (lambda: uplift_posterior([1, 2], deals=[5, 5], level=1), "level must lie in its range"),
        (lambda: uplift_posterior([1, 2], deals=[5, 5], prior=1), "prior must be a pair"),
        (lambda: uplift_posterior([1, 2], deals=[5, 5], prior=(0, 1)), r"prior\[0\] must lie in its range"),
        (lambda: uplift_posterior([1, 6], deals=[5, 5]), "wins must not exceed deals"),
        (lambda: sample_size_two_rates(0.2, 0.2), "rate and other_rate must differ"),
        (lambda: sample_size_two_rates(24, 14), "for 24 % write 0.24"),
        (lambda: sample_size_two_rates(0.2, 0.3, power=0.01), "power must be above the significance level"),
        (lambda: sample_size_two_rates(0.2, 0.3, power=1), "power must lie in its range"),
        (lambda: sample_size_two_rates(0.2, 0.3, significance_level=0), "significance_level must lie"),
        (lambda: sample_size_two_rates(0.2, 0.3, sides=3), "sides must be a known name"),
        (lambda: sample_size_two_rates(0.2, 0.3, method="exact"), "method must be a known name"),
        (lambda: power_two_rates(0, rate=0.2, other_rate=0.3), "deals must lie in its range"),
    ],
)
def test_bad_options_are_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
