"""BG/NBD, MBG/NBD, Pareto/NBD: against each other, against other formulas, on data that teach nothing."""

import warnings

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import gammaln, hyp2f1, hyperu

from casekit.customer_base import BGNBD, MBGNBD, GammaGamma, ParetoNBD
from casekit.customer_base import _beta_geometric as beta_geometric
from casekit.customer_base import _pareto_integral as pareto_integral
from casekit.customer_base._statistics import Statistics
from casekit.errors import CasekitWarning, InputError

BG = BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
MBG = MBGNBD.from_parameters(r=0.525, alpha=6.183, a=0.891, b=1.614)
PARETO = ParetoNBD.from_parameters(r=0.553, alpha=10.578, s=0.606, beta=11.669)
MODELS = [BG, MBG, PARETO]

CUSTOMERS = pd.DataFrame(
    {
        "frequency": [0, 1, 2, 7, 120],
        "recency": [0, 5.0, 30.43, 35.0, 38.0],
        "T": [38.86, 20.0, 38.86, 38.86, 39.0],
    },
    index=["once", "early", "published", "often", "heavy"],
)


def simulated(model, customers, seed, T=60.0):
    """A summary drawn from a model, without the calendar."""
    rng = np.random.default_rng(seed)
    r, alpha, a, b = model.parameters_
    rate, leave = rng.gamma(r, 1 / alpha, customers), rng.beta(a, b, customers)
    ages = rng.uniform(T / 2, T, customers)
    x, last = np.zeros(customers, dtype=int), np.zeros(customers)
    for i in range(customers):
        time = rng.exponential(1 / rate[i])
        while time < ages[i]:
            x[i], last[i] = x[i] + 1, time
            time = np.inf if rng.random() < leave[i] else time + rng.exponential(1 / rate[i])
    return pd.DataFrame({"frequency": x, "recency": last, "T": ages})


@pytest.fixture(scope="module")
def sample():
    return simulated(BG, 600, 11)


# -- derivatives and other forms of the same thing ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["BG", "MBG", "Pareto"])
def test_gradient_and_hessian_are_those_of_the_value(kind, sample):
    x, recency, T = (sample[name].to_numpy() for name in ("frequency", "recency", "T"))
    statistics = Statistics(x, recency, T, np.linspace(0.5, 2, len(sample)))
    theta = np.log([0.4, 6.0, 0.7, 3.0])
    if kind == "Pareto":
        objective = pareto_integral.objective(statistics, np.exp(theta))
    else:
        objective = beta_geometric.objective(statistics, 1 if kind == "MBG" else 0)
    _value, gradient, hessian = objective(theta)
    for i, step in enumerate(np.eye(4) * 1e-5):
        up, down = objective(theta + step), objective(theta - step)
        assert gradient[i] == pytest.approx((up[0] - down[0]) / 2e-5, rel=1e-5, abs=1e-4)
        assert hessian[i] == pytest.approx((up[1] - down[1]) / 2e-5, rel=1e-5, abs=1e-4)


def test_pareto_likelihood_is_the_published_one_with_2f1():
    r, alpha, s, beta = PARETO.parameters_
    x, recency, T = (CUSTOMERS[name].to_numpy() for name in ("frequency", "recency", "T"))

    def term(y):
        z = (beta - alpha) / (beta + y)
        return hyp2f1(r + s + x, r + x, r + s + x + 1, z) / (beta + y) ** (r + s + x)

    start = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    alive = (alpha + T) ** -(r + x) * (beta + T) ** -s
    total = alive + s / (r + s + x) * (term(recency) - term(T))
    expected = (start + np.log(total))[:4]  # the heavy buyer underflows in this form
    found = [PARETO.log_likelihood(CUSTOMERS.iloc[[i]]) for i in range(4)]
    assert found == pytest.approx(expected.tolist(), rel=1e-9)
    assert PARETO.probability_alive(CUSTOMERS)[:4].tolist() == pytest.approx((alive / total)[:4].tolist())


def test_pareto_swapped_order_of_alpha_and_beta():
    model = ParetoNBD.from_parameters(r=0.5, alpha=30.0, s=0.4, beta=0.05)
    for x, recency, T in ((0, 0.0, 40.0), (3, 1.0, 40.0), (40, 2.0, 80.0)):
        row = pd.DataFrame({"frequency": [x], "recency": [recency], "T": [T]})
        died = quad(
            lambda y, x=x: 0.4 * (30 + y) ** -(0.5 + x) * (0.05 + y) ** -1.4 * 30**x,
            recency,
            T,
            epsabs=0,
            limit=500,
        )[0]
        alive = (30 + T) ** -(0.5 + x) * (0.05 + T) ** -0.4 * 30**x
        assert model.probability_alive(row)[0] == pytest.approx(alive / (alive + died), rel=1e-8)


def test_pareto_dert_is_the_published_one_with_tricomi():
    r, alpha, s, beta = PARETO.parameters_
    force = 0.0027
    row = CUSTOMERS.loc[["published"]]
    x, T = 2, 38.86
    log = r * np.log(alpha) + s * np.log(beta) + (s - 1) * np.log(force) + gammaln(r + x + 1) - gammaln(r)
    log -= (r + x + 1) * np.log(alpha + T) + PARETO.log_likelihood(row)
    expected = np.exp(log) * hyperu(s, s, force * (beta + T))
    found = PARETO.discounted_expected_purchases(row, discount_rate=np.expm1(force))
    assert found.iloc[0] == pytest.approx(expected, rel=1e-8)


def test_bg_expectation_is_the_published_one():
    r, alpha, a, b = BG.parameters_
    x, recency, T, t = 2, 30.43, 38.86, 39.0
    tail = ((alpha + T) / (alpha + T + t)) ** (r + x)
    tail *= hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
    above = (a + b + x - 1) / (a - 1) * (1 - tail)
    below = 1 + a / (b + x - 1) * ((alpha + T) / (alpha + recency)) ** (r + x)
    found = BG.conditional_expected_purchases(CUSTOMERS, horizon=t)["published"]
    assert found == pytest.approx(above / below, rel=1e-12)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_without_discount_both_expectations_agree(model):
    plain = model.conditional_expected_purchases(CUSTOMERS, horizon=52)
    discounted = model.discounted_expected_purchases(CUSTOMERS, discount_rate=0.0, horizon=52)
    assert discounted.tolist() == pytest.approx(plain.tolist(), rel=1e-9)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_endless_value_is_the_limit_of_long_horizons(model):
    rate = {"discount_rate": 0.003}
    endless = model.discounted_expected_purchases(CUSTOMERS, **rate)
    long = model.discounted_expected_purchases(CUSTOMERS, **rate, horizon=12_000)
    assert endless.tolist() == pytest.approx(long.tolist(), rel=1e-7)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_counts_add_up_to_one_and_to_the_mean(model):
    chance = model.probability_of_purchases(range(500), horizon=39)
    assert chance.sum() == pytest.approx(1, abs=1e-9)
    assert (chance * chance.index).sum() == pytest.approx(model.expected_purchases(39), rel=1e-7)


@pytest.mark.parametrize(("model", "name"), [(BG, "a"), (MBG, "a"), (PARETO, "s")])
def test_nothing_breaks_where_a_parameter_is_one(model, name):
    near, at = (
        type(model).from_parameters(**{**model.parameters_.to_dict(), name: value}) for value in (1.0001, 1.0)
    )
    expected = near.conditional_expected_purchases(CUSTOMERS, horizon=39)
    assert at.conditional_expected_purchases(CUSTOMERS, horizon=39).tolist() == pytest.approx(
        expected.tolist(), rel=2e-4
    )


def test_one_time_buyers_are_alive_only_under_bg_nbd():
    alive = [model.probability_alive(CUSTOMERS)["once"] for model in MODELS]
    assert alive[0] == 1
    assert max(alive[1:]) < 0.5


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_simulated_futures_have_the_expected_mean(model):
    draws = model.simulate_future(CUSTOMERS, horizon=39, draws=4000, rng=np.random.default_rng(4))
    expected = model.conditional_expected_purchases(CUSTOMERS, horizon=39)
    error = draws.std(axis=1) / np.sqrt(4000) + 1e-9
    assert ((draws.mean(axis=1) - expected).abs() < 4 * error).all()


# -- fitting ---------------------------------------------------------------------------------------------


def test_weights_are_customers_counted_once(sample):
    counted = sample.round(1).assign(recency=lambda f: f["recency"].clip(upper=f["T"]))
    counted.loc[counted["frequency"] == 0, "recency"] = 0.0
    cells = counted.value_counts(["frequency", "recency", "T"]).rename("people").reset_index()
    one, other = BGNBD().fit(counted), BGNBD().fit(cells, weights="people")
    assert other.parameters_.to_dict() == pytest.approx(one.parameters_.to_dict(), rel=1e-6)
    assert other.n_customers_ == len(sample)


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD, ParetoNBD])
def test_time_unit_scales_only_the_times(kind, sample):
    weeks = kind().fit(sample)
    days = kind().fit(sample.assign(recency=sample["recency"] * 7, T=sample["T"] * 7))
    for name, value in weeks.parameters_.items():
        factor = 7 if name in ("alpha", "beta") else 1
        assert days.parameters_[name] == pytest.approx(value * factor, rel=1e-5)
    shift = -sample["frequency"].sum() * np.log(7)
    assert days.log_likelihood_ == pytest.approx(weeks.log_likelihood_ + shift, abs=1e-6)
    assert weeks.log_likelihood(sample) == pytest.approx(weeks.log_likelihood_, abs=1e-6)


def test_standard_errors_agree_with_the_bootstrap(sample):
    model = BGNBD().fit(sample)
    again = model.bootstrap(
        draws=60, rng=np.random.default_rng(1), statistic=lambda m: m.expected_purchases(52)
    )
    ratio = np.log(again[["r", "alpha"]]).std() / (model.standard_errors_ / model.parameters_)[["r", "alpha"]]
    assert ratio.between(0.65, 1.5).all()
    assert again["statistic"].mean() == pytest.approx(model.expected_purchases(52), rel=0.05)


def test_table_of_parameters_holds_the_truth(sample):
    table = BGNBD().fit(sample).parameter_table(level=0.99)
    assert ((table["low"] < BG.parameters_) & (BG.parameters_ < table["high"])).all()


def test_parameter_draws_spread_like_the_standard_errors(sample):
    model = BGNBD().fit(sample)
    draws = np.log(model.parameter_draws(4000, rng=np.random.default_rng(2)))
    expected = (model.standard_errors_ / model.parameters_).to_numpy()
    assert draws.std().to_numpy() == pytest.approx(expected, rel=0.05)


# -- data that teach nothing -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD, ParetoNBD])
@pytest.mark.parametrize(
    ("summary", "message"),
    [
        (
            {"frequency": [0, 0], "recency": [0, 0], "T": [5, 9]},
            "somebody must have bought again, got one-time",
        ),
        ({"frequency": [1, 3], "recency": [2, 4], "T": [5, 9]}, "one-time buyers must be in the summary too"),
        ({"frequency": [2, 2], "recency": [4, 4], "T": [9, 9]}, "one-time buyers must be in the summary too"),
        ({"frequency": [0, 1], "recency": [0, 0], "T": [0, 0]}, "observed for some time"),
    ],
)
def test_not_identified_says_so_and_what_to_do(kind, summary, message):
    with pytest.raises(InputError, match=message + r"(.|\n)*Try: "):
        kind().fit(pd.DataFrame(summary))


@pytest.mark.parametrize("kind", [BGNBD, MBGNBD, ParetoNBD])
def test_customers_all_alike_are_not_identified(kind):
    rng = np.random.default_rng(5)
    x = rng.poisson(2.0, 500)
    last = np.where(x > 0, 50 * rng.random(500) ** (1 / np.maximum(x, 1)), 0.0)
    summary = pd.DataFrame({"frequency": x, "recency": last, "T": 50.0})
    with pytest.warns(CasekitWarning, match=r"do not identify .*Try: more customers"):
        model = kind().fit(summary)
    assert not model.converged_
    assert model.conditional_expected_purchases(summary, horizon=50).mean() == pytest.approx(2.0, rel=0.15)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frequency": [1.5, 0]}, "frequency must count whole purchases"),
        ({"frequency": [-1, 0]}, "frequency must lie in its range"),
        ({"recency": [50.0, 0]}, "recency must not be greater than T"),
        ({"recency": [1.0, 2.0]}, "must have recency 0(.|\n)*days since"),
        ({"T": [np.nan, 9]}, "T must hold numbers only"),
        ({"T": ["long", 9]}, "T must hold numbers"),
    ],
)
def test_a_broken_summary_is_named(change, message):
    summary = pd.DataFrame({"frequency": [1, 0], "recency": [1.0, 0.0], "T": [5.0, 9.0]}).assign(**change)
    for call in (BGNBD().fit, PARETO.probability_alive, MBG.log_likelihood):
        with pytest.raises(InputError, match=message):
            call(summary)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BGNBD.from_parameters(r=1, alpha=1, a=1), "b must be given"),
        (lambda: BGNBD.from_parameters(r=1, alpha=0, a=1, b=1), "alpha must lie in its range"),
        (lambda: BGNBD.from_parameters(r=1, alpha=1, a=1, beta=1), "parameter must be a known name"),
        (lambda: BGNBD().probability_alive(CUSTOMERS), "the model must be fitted first"),
        (lambda: BG.standard_errors_, "standard errors need a fit"),
        (lambda: BG.bootstrap(rng=np.random.default_rng(1)), "standard errors need a fit"),
        (lambda: BG.conditional_expected_purchases(CUSTOMERS, horizon=-1), "horizon must lie in its range"),
        (lambda: BG.conditional_expected_purchases(CUSTOMERS, horizon=[1, 2]), "as long as summary"),
        (lambda: BG.expected_purchases([1, -2]), "horizon must lie in its range"),
        (lambda: BG.discounted_expected_purchases(CUSTOMERS, discount_rate=0), "discount_rate must lie"),
        (lambda: BG.simulate_future(CUSTOMERS, horizon=1, rng=7), "numpy random Generator"),
        (lambda: BG.log_likelihood(CUSTOMERS, weights=[1, 2]), "weights must be as long as summary"),
        (lambda: BG.log_likelihood(CUSTOMERS, weights="people"), "must have the columns people"),
        (lambda: BG.log_likelihood(CUSTOMERS, weights=[0] * 5), "weights must have at least one row"),
    ],
)
def test_a_bad_call_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


# -- spend -----------------------------------------------------------------------------------------------


def test_gamma_gamma_finds_its_parameters_again():
    rng = np.random.default_rng(6)
    truth = GammaGamma.from_parameters(p=4.0, q=5.0, gamma=30.0)
    x = rng.integers(1, 8, 5000)
    own = rng.gamma(5.0, 1 / 30.0, 5000)
    summary = pd.DataFrame({"frequency": x, "monetary_value": rng.gamma(4.0 * x) / own / x})
    model = GammaGamma().fit(summary)
    assert ((model.parameters_ - truth.parameters_).abs() < 3 * model.standard_errors_).all()
    euros = GammaGamma().fit(summary.assign(monetary_value=summary["monetary_value"] / 8))
    assert euros.parameters_[["p", "q"]].tolist() == pytest.approx(model.parameters_[["p", "q"]].tolist())
    assert euros.gamma_ == pytest.approx(model.gamma_ / 8)
    assert euros.log_likelihood_ == pytest.approx(model.log_likelihood_ + 5000 * np.log(8))


def test_expected_spend_lies_between_own_and_everybodys_mean():
    model = GammaGamma.from_parameters(p=4.0, q=5.0, gamma=30.0)
    seen = pd.DataFrame({"frequency": [0, 1, 5, 500], "monetary_value": [np.nan, 90.0, 90.0, 90.0]})
    spend = model.conditional_expected_spend(seen)
    assert spend.is_monotonic_increasing
    assert spend[0] == pytest.approx(30)
    assert spend[3] == pytest.approx(90, rel=0.01)


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        ({"frequency": [0, 0], "monetary_value": [0, 0]}, "somebody must have bought again"),
        ({"frequency": [1, 2], "monetary_value": [5, 5]}, "spend must differ between customers"),
        ({"frequency": [1, 2], "monetary_value": [5, 0]}, r"must be above 0(.|\n)*row 1"),
        ({"frequency": [1, 2], "monetary_value": [5, None]}, "must be above 0"),
        ({"frequency": [1.5, 2], "monetary_value": [5, 6]}, "frequency must count whole purchases"),
    ],
)
def test_spend_that_teaches_nothing(summary, message):
    with pytest.raises(InputError, match=message):
        GammaGamma().fit(pd.DataFrame(summary))


def test_free_purchases_cannot_be_fitted_but_can_be_scored():
    model = GammaGamma.from_parameters(p=4.0, q=5.0, gamma=30.0)
    free = pd.DataFrame({"frequency": [1, 4], "monetary_value": [0.0, 0.0]})
    assert model.conditional_expected_spend(free).tolist() == pytest.approx([4 * 30 / 8, 4 * 30 / 20])
    with pytest.raises(InputError, match="must not be negative or missing"):
        model.conditional_expected_spend(free.assign(monetary_value=[-1.0, 2.0]))


def test_a_mean_that_does_not_exist_warns():
    rng = np.random.default_rng(2)
    spend = rng.gamma(2.0, size=3000) / rng.gamma(0.7, size=3000)
    with pytest.warns(CasekitWarning, match="does not exist"):
        model = GammaGamma().fit(pd.DataFrame({"frequency": 1, "monetary_value": spend}))
    assert model.mean_spend() == np.inf


def test_fits_are_silent_when_all_is_well(sample):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in (BGNBD, MBGNBD, ParetoNBD):
            assert kind().fit(sample).converged_
