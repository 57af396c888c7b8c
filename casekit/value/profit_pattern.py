"""Profit of a customer by year of tenure: base, growth, cost saving, referral, price premium."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import term
from casekit.value.tenure import expected_lifetime

#: The five sources of profit, in the order in which they are stacked.
PROFIT_SOURCES = ("base", "growth", "cost_saving", "referral", "premium")


def profit_pattern(
    base: Any,
    *,
    growth: Any = 0.0,
    cost_saving: Any = 0.0,
    referral: Any = 0.0,
    premium: Any = 0.0,
    acquisition_cost: float = 0.0,
    retention_rate: Any = 1.0,
    discount_rate: float = 0.0,
    years: int | None = None,
) -> pd.DataFrame:
    """Why customers are said to become more profitable the longer they stay, year by year, and if it pays.

    Parameters
    ----------
    base : float, or list or Series of float
        Base profit of each year of tenure, in currency. One number stands for every year.
    growth, cost_saving, referral, premium : the same, default 0
        What a customer brings **more** than the base in each year: by buying more, by costing less to serve,
        by recommending, by paying higher prices. Negative where a premise fails (loyal customers who expect
        a discount have a negative premium).
    acquisition_cost : float, default 0
        Cost of winning the customer, spent at time 0, 0 or more.
    retention_rate : float or one a year, default 1
        Share who stay from this year to the next, 0 to 1; 1 shows a customer who never leaves.
    discount_rate : float, default 0
        Share a year, above -1.
    years : int, optional
        Years to show; by default as many as the longest list holds (1 if all are single numbers).

    Returns
    -------
    DataFrame indexed by ``year`` 0, 1, …: ``acquisition`` (negative, year 0), the five sources and
    ``profit`` (all of them) of a customer who is still there; ``survival`` (share still there),
    ``discount_factor``, ``present_value`` (expected) and ``npv`` (cumulative). The last ``npv`` is the value
    of an average new customer over these years.

    Raises
    ------
    InputError
        For lists of different lengths, fewer values than ``years``, or rates outside their range.

    Notes
    -----
    ``NPV_T = -AC + Σ_{t=1..T} r^{t-1} profit_t / (1 + d)^t`` with
    ``profit_t = base_t + growth_t + cost_saving_t + referral_t + premium_t``: a customer won now is there all
    of year 1; profits come at the end of each year.

    **The pattern is a premise, not a finding.** Reinartz and Kumar (2000, 2002) put each of the four reasons
    to the test and found long-lived customers often no cheaper to serve and no less price-sensitive. A curve
    drawn from those who stayed also mixes growth with selection: customers of little profit leave first, so
    the average of those who remain rises even if nobody changes.

    References
    ----------
    Reichheld, F. F. and Sasser, W. E. (1990). Zero defections: quality comes to services. *Harvard Business
    Review* 68(5), 105–111. Reinartz, W. and Kumar, V. (2002). The mismanagement of customer loyalty.
    *Harvard Business Review* 80(7), 86–94.

    Examples
    --------
    >>> pattern = profit_pattern(
    ...     30, growth=[0, 10], acquisition_cost=50, retention_rate=0.5, discount_rate=0.25
    ... )
    >>> pattern[["profit", "survival", "npv"]].round(2).values.tolist()  # 30/1.25, then 0.5 × 40/1.25²
    [[-50.0, 1.0, -50.0], [30.0, 1.0, -26.0], [40.0, 0.5, -13.2]]
    """
    check = Check("profit_pattern")
    given = dict(zip(PROFIT_SOURCES, (base, growth, cost_saving, referral, premium), strict=True))
    read = {name: term(check, name, value) for name, value in given.items()}
    cost = check.number("acquisition_cost", acquisition_cost, low=0)
    r = term(check, "retention_rate", retention_rate, low=0, high=1)
    d = check.rate("discount_rate", discount_rate)
    lengths = {name: len(value) for name, value in read.items() if isinstance(value, pd.Series)}
    count = max(lengths.values(), default=1) if years is None else check.integer("years", years, low=1)
    for name, length in lengths.items():
        if length < count or (years is None and length != count):
            check.add(errors.different_lengths(name, length, "years", count))
    if isinstance(r, pd.Series) and len(r) < count - 1:
        check.add(errors.different_lengths("retention_rate", len(r), "years", count))
    check.done()
    table = pd.DataFrame(0.0, index=pd.RangeIndex(count + 1, name="year"), columns=["acquisition"])
    table.loc[0, "acquisition"] = -cost
    for name, value in read.items():
        yearly = value.to_numpy(dtype=float)[:count] if isinstance(value, pd.Series) else [value] * count
        table[name] = np.concatenate([[0.0], yearly])
    table["profit"] = table.sum(axis=1)
    stay = r.to_numpy(dtype=float)[: count - 1] if isinstance(r, pd.Series) else np.full(count - 1, r)
    table["survival"] = np.concatenate([[1.0, 1.0], stay.cumprod()])
    table["discount_factor"] = (1 + d) ** -np.arange(count + 1.0)
    table["present_value"] = table["profit"] * table["survival"] * table["discount_factor"]
    table["npv"] = table["present_value"].cumsum()
    return table


def payback_year(pattern: pd.DataFrame) -> float:
    """First year by whose end an average new customer has paid back the cost of winning him or her.

    Parameters
    ----------
    pattern : DataFrame
        From :func:`profit_pattern`.

    Returns
    -------
    float
        The year; ``inf`` if not within the years shown.

    Raises
    ------
    InputError
        If the table has no column ``npv``.

    References
    ----------
    Reichheld, F. F. and Sasser, W. E. (1990), *Harvard Business Review* 68(5).

    Examples
    --------
    >>> payback_year(profit_pattern([30, 42, 44], acquisition_cost=60))
    2.0
    """
    check = Check("payback_year")
    frame = check.frame("pattern", pattern, ["npv"])
    if not check.problems:
        frame = check.numbers(frame, ["npv"])
        check.vector("pattern.index", frame.index)
    check.done()
    paid = frame.index[frame["npv"] >= -1e-9]
    return float(paid[0]) if len(paid) else math.inf


def value_by_defection(
    profits: Any, *, retention_rates: Any, acquisition_cost: float = 0.0, discount_rate: float = 0.0
) -> pd.DataFrame:
    """Value of a new customer at several retention rates: the "five points of defection" chart.

    Parameters
    ----------
    profits : list or Series of float
        Profit of year 1, 2, … of tenure, in currency. **The last one goes on for ever.**
    retention_rates : list or Series of float
        Shares a year to compare, 0 to 1; gains are counted from the first.
    acquisition_cost : float, default 0
        In currency, at time 0, 0 or more.
    discount_rate : float, default 0
        Share a year, above -1; must be above 0 for a retention rate of 1.

    Returns
    -------
    DataFrame, one row a rate: ``retention_rate``, ``lifetime`` (years, 1/(1 - r)), ``value`` (currency, net
    of acquisition), ``gain`` (value against the first row, share) and ``longer_life`` (lifetime against the
    first row, share).

    Raises
    ------
    InputError
        For rates outside 0 to 1, or a retention rate at which the value has no limit.

    Notes
    -----
    ``-AC + Σ_t r^{t-1} p_t / (1 + d)^t``. Read ``gain`` beside ``longer_life``: going from 10 % to 5 %
    defection
    **halves** churn and doubles the expected life by construction, so most of a gain of 25–85 % is in the
    arithmetic before any customer is asked. The figures are value per customer, not the firm's profit, and
    say nothing of what the five points would cost. NaN gains where the first value is 0 or less.

    References
    ----------
    Reichheld, F. F. and Sasser, W. E. (1990), *Harvard Business Review* 68(5). The critique: B. Sharp,
    marketingscience.info.

    Examples
    --------
    >>> table = value_by_defection([100], retention_rates=[0.9, 0.95])
    >>> table[["lifetime", "value", "gain"]].round(4).values.tolist()
    [[10.0, 1000.0, 0.0], [20.0, 2000.0, 1.0]]
    """
    check = Check("value_by_defection")
    p = check.vector("profits", profits)
    rates = check.vector("retention_rates", retention_rates, low=0, high=1)
    cost = check.number("acquisition_cost", acquisition_cost, low=0)
    d = check.rate("discount_rate", discount_rate)
    check.done()
    endless = rates >= 1 + d
    check.require(
        not endless.any(),
        _("retention_rates must be below 1 + discount_rate"),
        got=errors.listing(map(errors.shown, rates[endless])),
        hint=_("give a discount rate above 0: without one the value has no limit"),
    )
    check.done()
    money = p.to_numpy(dtype=float)
    time = np.arange(1, len(money) + 1)

    def worth(r: float) -> float:
        values = money * r ** (time - 1.0) * (1 + d) ** -time.astype(float)
        tail = values[-1] * r / (1 + d - r)
        return float(values.sum() + tail - cost)

    table = pd.DataFrame({"retention_rate": rates.to_numpy(dtype=float)})
    table["lifetime"] = expected_lifetime(table["retention_rate"])
    table["value"] = [worth(r) for r in table["retention_rate"]]
    first = float(table["value"].iloc[0])
    table["gain"] = table["value"] / first - 1 if first > 0 else math.nan
    table["longer_life"] = table["lifetime"] / float(table["lifetime"].iloc[0]) - 1
    return table
