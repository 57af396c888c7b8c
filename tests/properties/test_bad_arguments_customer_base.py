"""Whatever a newcomer hands to the customer base and the simulator: a message of casekit or an answer."""

import datetime as dt
import warnings

import numpy as np
import pandas as pd
import pytest

from casekit import customer_base as cb
from casekit.errors import CasekitError, InputError
from casekit.simulate.defects import add_defects
from casekit.simulate.purchases import PurchasePlan, simulate_purchases
from casekit.simulate.subscriptions import simulate_subscriptions

DAYS = pd.to_datetime(["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-29"])
LOG = pd.DataFrame({"customer_id": ["Li", "Li", "Li", "Wu"], "date": DAYS, "amount": [10.0, 20.0, 30.0, 5.0]})
SUMMARY = pd.DataFrame(
    {"frequency": [0, 2, 5], "recency": [0.0, 30, 12], "T": 39.0, "monetary_value": [np.nan, 20.0, 50.0]}
)
CHANCES = pd.DataFrame({"frequency": [0, 2, 5], "recency": [0, 3, 6], "periods": 6})
BUYING = cb.BGNBD.from_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
EARLY = cb.MBGNBD.from_parameters(r=0.525, alpha=6.183, a=0.891, b=1.614)
LEAVING = cb.ParetoNBD.from_parameters(r=0.553, alpha=10.578, s=0.606, beta=11.669)
SPEND = cb.GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)
GIVING = cb.BGBB.from_parameters(alpha=1.204, beta=0.750, gamma=0.657, delta=2.783)
STAYING = cb.SBG.from_parameters(alpha=0.7, beta=1.2)
RNG = np.random.default_rng(1)

ODD = {
    "None": None,
    "text": "twelve",
    "blank": "",
    "NaN": float("nan"),
    "infinity": float("inf"),
    "minus one": -1,
    "zero": 0,
    "huge": 1e300,
    "large whole number": 10**9,
    "True": True,
    "NaT": pd.NaT,
    "NA": pd.NA,
    "complex": 1j,
    "date": dt.date(2024, 1, 1),
    "number as date": 20240101,
    "far date": "2204-01-01",
    "empty list": [],
    "list": [1, 2, 3],
    "list of lists": [[1, 2], [3, 4]],
    "list of text": ["a", "b", "c"],
    "list with None": [1, None, 3],
    "set": {1, 2, 3},
    "dict": {"a": 1},
    "dict of lists": {"frequency": [1, 2], "recency": [1, 2], "T": [3, 4]},
    "generator": (number for number in (1, 2)),
    "array": np.array([1.0, 2.0, 3.0]),
    "table of numbers": np.ones((3, 3)),
    "no dimension": np.array(3.0),
    "Series": pd.Series([1.0, 2.0, 3.0]),
    "Series of text": pd.Series(["x", "y", "z"]),
    "repeated labels": pd.Series([1.0, 2.0, 3.0], index=[0, 0, 0]),
    "empty frame": pd.DataFrame(),
    "log": LOG,
    "log of text": LOG.astype(str),
    "summary": SUMMARY,
    "summary of text": SUMMARY.astype(str),
    "summary of id-like counts": SUMMARY.assign(frequency=[10**9, 2, 5], recency=5.0),
    "two columns alike": SUMMARY[["frequency", "frequency", "recency", "T"]],
    "function": len,
    "class": cb.BGNBD,
    "unfitted": cb.BGNBD(),
    "other model": SPEND,
}

#: Public calls with one argument left open.
CALLS = {
    "purchase_summary": lambda odd: cb.purchase_summary(odd),
    "purchase_summary.end": lambda odd: cb.purchase_summary(LOG, observation_end=odd),
    "purchase_summary.unit": lambda odd: cb.purchase_summary(LOG, time_unit=odd),
    "purchase_summary.ids": lambda odd: cb.purchase_summary(LOG.assign(customer_id=[odd] * 4)),
    "purchase_summary.dates": lambda odd: cb.purchase_summary(LOG.assign(date=[odd] * 4)),
    "purchase_summary.amounts": lambda odd: cb.purchase_summary(LOG.assign(amount=[odd] * 4)),
    "purchase_summary.column": lambda odd: cb.purchase_summary(LOG, customer=odd),
    "calibration_holdout": lambda odd: cb.calibration_holdout(LOG, calibration_end=odd),
    "calibration_holdout.end": lambda odd: cb.calibration_holdout(
        LOG, calibration_end="2024-01-10", holdout_end=odd
    ),
    **{
        f"{type(model).__name__}.{name}": lambda odd, call=call, model=model: call(model, odd)
        for model in (BUYING, EARLY, LEAVING)
        for name, call in {
            "fit": lambda model, odd: type(model)().fit(odd),
            "fit.weights": lambda model, odd: type(model)().fit(SUMMARY, weights=odd),
            "alive": lambda model, odd: model.probability_alive(odd),
            "expected": lambda model, odd: model.conditional_expected_purchases(odd, horizon=5),
            "horizon": lambda model, odd: model.conditional_expected_purchases(SUMMARY, horizon=odd),
            "new": lambda model, odd: model.expected_purchases(odd),
            "count": lambda model, odd: model.probability_of_purchases(odd, horizon=5),
            "rate": lambda model, odd: model.discounted_expected_purchases(SUMMARY, discount_rate=odd),
            "future": lambda model, odd: model.simulate_future(odd, horizon=5, rng=RNG, draws=2),
            "parameter": lambda model, odd: type(model).from_parameters(**{**model.parameters_, "r": odd}),
        }.items()
    },
    "GammaGamma.fit": lambda odd: cb.GammaGamma().fit(odd),
    "GammaGamma.spend": lambda odd: SPEND.conditional_expected_spend(odd),
    "GammaGamma.simulate": lambda odd: SPEND.simulate_spend(SUMMARY, odd, rng=RNG),
    "BGBB.fit": lambda odd: cb.BGBB().fit(odd),
    "BGBB.alive": lambda odd: GIVING.probability_alive(odd),
    "BGBB.horizon": lambda odd: GIVING.conditional_expected_purchases(CHANCES, horizon=odd),
    "BGBB.periods": lambda odd: GIVING.expected_purchases(odd),
    "BGBB.count": lambda odd: GIVING.probability_of_purchases(odd, periods=6),
    "SBG.fit": lambda odd: cb.SBG().fit(odd),
    "SBG.size": lambda odd: cb.SBG().fit([1.0, 0.6, 0.4], size=odd),
    "SBG.survival": lambda odd: STAYING.survival(odd),
    "SBG.rate": lambda odd: STAYING.discounted_expected_lifetime(discount_rate=odd),
    "lifetime_value": lambda odd: cb.lifetime_value(odd, purchases=BUYING, spend=SPEND, discount_rate=0.01),
    "lifetime_value.model": lambda odd: cb.lifetime_value(
        SUMMARY, purchases=odd, spend=odd, discount_rate=0.01
    ),
    "lifetime_value_interval": lambda odd: cb.lifetime_value_interval(
        odd, purchases=BUYING, spend=SPEND, discount_rate=0.01, horizon=5, rng=RNG, draws=20
    ),
    "forecast_errors": lambda odd: cb.forecast_errors([1, 2, 3], odd),
    "compare_forecasts": lambda odd: cb.compare_forecasts([1, 2, 3], odd),
    "calibration_by_frequency": lambda odd: cb.calibration_by_frequency(odd, [1, 2, 3], [1, 2, 3]),
    "calibration_by_frequency.cap": lambda odd: cb.calibration_by_frequency([1, 2], [1, 2], [1, 2], cap=odd),
    "ranking_gini": lambda odd: cb.ranking_gini(odd, [1, 2, 3]),
    "decile_lift": lambda odd: cb.decile_lift(odd, [1, 2, 3], groups=2),
    "interval_coverage": lambda odd: cb.interval_coverage([1, 2, 3], odd, [4, 5, 6]),
    "hiatus_rule": lambda odd: cb.hiatus_rule(odd, hiatus=3),
    "hiatus_forecast": lambda odd: cb.hiatus_forecast(odd, hiatus=3, horizon=3),
    "last_period_forecast": lambda odd: cb.last_period_forecast(LOG, calibration_end=odd, horizon=4),
    "rfm_ranking": lambda odd: cb.rfm_ranking(odd),
    "check_spend_independence": lambda odd: cb.check_spend_independence(odd),
    "track_purchases": lambda odd: cb.track_purchases(LOG, BUYING, calibration_end=odd),
    "track_purchases.model": lambda odd: cb.track_purchases(LOG, odd, calibration_end="2024-01-10"),
    "purchases_by_count": lambda odd: cb.purchases_by_count(odd, BUYING),
    "probability_alive_history": lambda odd: cb.probability_alive_history(
        odd, BUYING, observation_end="2024-03-01"
    ),
    "simulate_purchases": lambda odd: simulate_purchases(odd, model=BUYING, rng=RNG),
    "simulate_purchases.model": lambda odd: simulate_purchases(2, model=odd, rng=RNG),
    "simulate_purchases.spend": lambda odd: simulate_purchases(2, model=BUYING, rng=RNG, spend=odd),
    "simulate_purchases.plan": lambda odd: simulate_purchases(2, model=BUYING, rng=RNG, plan=odd),
    "simulate_subscriptions": lambda odd: simulate_subscriptions(odd, model=STAYING, rng=RNG),
    "simulate_subscriptions.start": lambda odd: simulate_subscriptions(2, model=STAYING, rng=RNG, start=odd),
    "simulate_subscriptions.periods": lambda odd: simulate_subscriptions(
        2, model=STAYING, rng=RNG, periods=odd
    ),
    **{
        f"plan.{name}": lambda odd, name=name: [
            simulate(2, model=model, rng=RNG, spend=SPEND, plan=PurchasePlan(**{name: odd}))
            for simulate, model in ((simulate_purchases, BUYING), (simulate_subscriptions, STAYING))
        ]
        for name in PurchasePlan.__dataclass_fields__
    },
    "add_defects": lambda odd: add_defects(odd, rng=RNG),
    "add_defects.share": lambda odd: add_defects(LOG, rng=RNG, duplicates=odd),
}

#: What is right and takes long: twenty million customers, two hundred years.
SLOW = {
    ("simulate_purchases", "number as date"),
    ("simulate_subscriptions", "number as date"),
    ("plan.end", "far date"),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_odd_argument_gets_a_message_or_an_answer(name):
    raw = {}
    for kind, odd in ODD.items():
        if (name, kind) in SLOW:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("error", RuntimeWarning)
            try:
                CALLS[name](odd)
            except CasekitError as error:
                assert str(error), kind
            except Exception as error:  # anything else is a bug: collected, then told
                raw[kind] = f"{type(error).__name__}: {error}"
    assert raw == {}


@pytest.mark.parametrize(
    ("dates", "call"),
    [
        ([20240101, 20240108, 20240115, 20240129], "astype(str)"),
        ([20240101.0, 20240108.0, 20240115.0, np.nan], 'astype("Int64")'),
        ([45292, 45299, 45306, 45320], 'unit="D"'),
        ([1704067200, 1704672000, 1705276800, 1706486400], 'unit="s"'),
        (["2024-01-01", "8/1/2024", "15 January 2024", "2024-01-29"], 'format="mixed"'),
        (["2024年1月1日", "2024年1月8日", "2024年1月15日", "2024年1月29日"], "%Y年%m月%d日"),
        (["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-29"], "pd.to_datetime(purchases['date'])"),
    ],
)
def test_the_hint_on_dates_can_be_run(dates, call):
    purchases = LOG.assign(date=dates)
    with pytest.raises(InputError) as raised:
        cb.purchase_summary(purchases)
    hint = raised.value.problems[0].hint
    assert call in hint
    read = eval(hint.split(";")[0], {"pd": pd, "purchases": purchases})
    assert pd.api.types.is_datetime64_any_dtype(read)
    assert read[0] == pd.Timestamp("2024-01-01")


def test_rows_that_are_no_dates_are_named():
    with pytest.raises(InputError, match=r"such as 'soon'(.|\n)*row 2"):
        cb.purchase_summary(LOG.assign(date=["2024-01-01", "2024-01-02", "soon", "2024-01-03"]))
