"""Simulated contracts: customers who pay every period until they cancel at a renewal."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.customer_base import SBG, GammaGamma

#: Months in one contract period.
CONTRACT_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def simulate_subscriptions(
    customers: int,
    *,
    model: SBG,
    spend: GammaGamma,
    rng: np.random.Generator,
    start: str = "2020-01-01",
    periods: int = 24,
    period: str = "month",
    acquisition_periods: int = 1,
) -> dict[str, pd.DataFrame]:
    """Payments of customers under contract who cancel as the shifted-beta-geometric says.

    Parameters
    ----------
    customers : int
        How many, 1 or more.
    model : SBG
        With parameters per contract period.
    spend : GammaGamma
        Amounts of the payments (bills that vary around each customer's own mean).
    rng : numpy.random.Generator
    start : str
        Month of the first contracts.
    periods : int, default 24
        Contract periods in the log, 1 or more.
    period : {"month", "quarter", "year"}, default "month"
        Length of a contract period.
    acquisition_periods : int, default 1
        New contracts are spread evenly over so many first periods; 1 makes one cohort.

    Returns
    -------
    dict of DataFrame

        - ``payments``: ``customer_id``, ``date`` (first day of the period), ``amount``
        - ``customers``: ``customer_id``, ``cohort`` (date), ``leaving`` (probability at each renewal),
          ``payments``, ``cancelled`` (True if seen to cancel)
        - ``survivors``: customers left by age (rows) and cohort (columns), as :meth:`SBG.fit` takes them

    Examples
    --------
    >>> tables = simulate_subscriptions(
    ...     100, model=SBG.from_parameters(alpha=0.7, beta=1.2), rng=np.random.default_rng(7), periods=4,
    ...     spend=GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44))
    >>> tables["survivors"].shape, int(tables["survivors"].iloc[0, 0])
    ((4, 1), 100)
    """
    check = Check("simulate_subscriptions")
    customers = check.integer("customers", customers, low=1)
    periods = check.integer("periods", periods, low=1)
    acquisition = check.integer("acquisition_periods", acquisition_periods, low=1, high=periods or None)
    check.choice("period", period, tuple(CONTRACT_MONTHS))
    rng = check.generator("rng", rng)
    try:
        first = np.datetime64(pd.Timestamp(start).to_datetime64(), "M")
    except (TypeError, ValueError):
        check.add(errors.wrong_type("start", _("a date"), start))
    check.done()
    cohort = rng.integers(0, acquisition, size=customers)
    leaving = np.maximum(rng.beta(model.alpha_, model.beta_, size=customers), 1e-12)
    tenure = rng.geometric(leaving)
    seen = periods - cohort
    count = np.minimum(tenure, seen)
    owner = np.repeat(np.arange(customers), count)
    age = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    months = CONTRACT_MONTHS[period] * np.arange(periods)
    days = (first + months).astype("datetime64[D]").astype("datetime64[s]")
    precision = rng.gamma(spend.q_, 1 / spend.gamma_, size=customers)
    amount = np.maximum(np.round(rng.gamma(spend.p_, size=len(owner)) / precision[owner], 2), 0.01)
    payments = pd.DataFrame(
        {"customer_id": owner + 1, "date": days[cohort[owner] + age], "amount": amount}
    ).sort_values(["date", "customer_id"], kind="stable", ignore_index=True)
    people = pd.DataFrame(
        {
            "customer_id": np.arange(1, customers + 1),
            "cohort": days[cohort],
            "leaving": leaving,
            "payments": count,
            "cancelled": tenure < seen,
        }
    )
    return {"payments": payments, "customers": people, "survivors": _survivors(cohort, age, owner, days)}


def _survivors(cohort: np.ndarray, age: np.ndarray, owner: np.ndarray, days: np.ndarray) -> pd.DataFrame:
    periods = len(days)
    counts = np.zeros((periods, periods))
    np.add.at(counts, (age, cohort[owner]), 1)
    table = pd.DataFrame(counts, index=pd.RangeIndex(periods, name="age"), columns=pd.to_datetime(days))
    table = table.where(np.add.outer(np.arange(periods), np.arange(periods)) < periods)
    return table.loc[:, table.iloc[0] > 0]
