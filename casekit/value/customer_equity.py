"""Customer equity: what all customers, present and future, are worth together, and which lever moves it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import TIMINGS, must_converge
from casekit.value.lifetime_value import lifetime_value


def cohort_equity(cohorts: pd.DataFrame, *, discount_rate: float) -> pd.DataFrame:
    """Each cohort's contribution to customer equity.

    Parameters
    ----------
    cohorts : DataFrame with ``period``, ``customers``, ``value`` and optionally ``acquisition_cost``
        One row a cohort (or segment of one). ``period``: when it is won, 0 for now, 0 or more; ``customers``:
        how many, 0 or more; ``value``: lifetime value of one at that time, in currency; ``acquisition_cost``
        of one, 0 or more (0 for customers one already has: that money is spent).
    discount_rate : float
        Share per period, above -1.

    Returns
    -------
    DataFrame, the given columns plus ``net_value`` (value - acquisition cost, of one customer),
    ``discount_factor`` and ``equity`` (present value of the cohort). ``equity`` adds up to
    :func:`customer_equity`.

    Raises
    ------
    InputError
        For missing columns, or negative periods, customers or costs.

    Notes
    -----
    ``n_k (CLV_k - c_k) / (1 + d)^k``. Value present customers without the payment just booked
    (``timing="renewal"``) and future ones with their first ("start").

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing customers. *Journal of Marketing Research*
    41(1), 7–18, here in whole periods. Blattberg, R. C., Getz, G. and Thomas, J. S. (2001). *Customer
    Equity*.

    Examples
    --------
    >>> cohorts = pd.DataFrame({"period": [0, 1], "customers": [10, 10], "value": [250, 350]})
    >>> table = cohort_equity(cohorts.assign(acquisition_cost=[0, 100]), discount_rate=0.25)
    >>> table["equity"].round(6).tolist()
    [2500.0, 2000.0]
    """
    check = Check("cohort_equity")
    frame = check.frame("cohorts", cohorts, ["period", "customers", "value"])
    d = check.rate("discount_rate", discount_rate)
    check.done()
    period = check.vector("period", frame["period"], low=0)
    count = check.vector("customers", frame["customers"], low=0)
    value = check.vector("value", frame["value"])
    has_cost = "acquisition_cost" in frame
    cost = check.vector("acquisition_cost", frame["acquisition_cost"], low=0) if has_cost else 0.0 * value
    check.done()
    factor = (1 + d) ** -period.astype(float)
    return frame.assign(
        net_value=value - cost, discount_factor=factor, equity=count * (value - cost) * factor
    )


def customer_equity(cohorts: pd.DataFrame, *, discount_rate: float) -> float:
    """What all present and future customers are worth today.

    Parameters
    ----------
    cohorts, discount_rate
        As in :func:`cohort_equity`.

    Returns
    -------
    float
        In currency; negative if customers cost more than they bring.

    Raises
    ------
    InputError
        As :func:`cohort_equity`.

    Notes
    -----
    ``CE = Σ_k n_k (CLV_k - c_k) / (1 + d)^k``. It is neither profit nor market value: fixed costs, taxes and
    other assets are not in it. For Amazon and eBay Gupta, Lehmann and Stuart (2004) found a fraction of
    what the stock market paid.

    References
    ----------
    Blattberg, R. C., Getz, G. and Thomas, J. S. (2001). *Customer Equity*. Gupta, Lehmann and Stuart (2004).

    Examples
    --------
    >>> customer_equity(
    ...     [{"period": 0, "customers": 10, "value": 250}, {"period": 1, "customers": 10, "value": 250}],
    ...     discount_rate=0.25,
    ... )
    4500.0
    """
    with Check("customer_equity").inner():
        return float(cohort_equity(cohorts, discount_rate=discount_rate)["equity"].sum())


def lever_elasticities(
    margin: float,
    *,
    retention_rate: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    acquisition_cost: float = 0.0,
    timing: str = "renewal",
    improvement: float = 0.01,
) -> pd.DataFrame:
    """Which lever moves a customer's net value most: retention, margin, acquisition or capital cost.

    Parameters
    ----------
    margin : float
        Margin a period, in currency, above 0.
    retention_rate : float
        Share per period, 0 to 1.
    discount_rate, growth_rate : float
        Shares per period, above -1.
    acquisition_cost : float, default 0
        Cost of winning one customer, in currency, 0 or more and below the lifetime value.
    timing : {"renewal", "start", "end", "due"}, default "renewal"
        As in :func:`lifetime_value`.
    improvement : float, default 0.01
        Relative improvement to try, above 0 and below 1: retention, margin and growth up, discount and
        acquisition cost down.

    Returns
    -------
    DataFrame indexed by ``lever`` (retention_rate, margin, growth_rate, discount_rate, acquisition_cost):
    ``elasticity`` (per cent of net value per per cent of the lever, with its sign: negative for costs),
    ``improved`` (the lever after the improvement), ``value`` (net value then, currency) and ``change`` (share
    of net value gained).

    Raises
    ------
    InputError
        If acquisition cost is not below the lifetime value: a share of nothing has no meaning.

    Notes
    -----
    With V = E(CLV), c the acquisition cost and N = 1 + d - r (1 + g), times V / (V - c):

    ==============  =============  ===================  =====================  =========
    lever           renewal        start                end                    due
    ==============  =============  ===================  =====================  =========
    retention r     (1 + d) / N    r (1 + g) / N        r (1 + g) / N          (1 + d) / N
    margin m        1              1                    1                      1
    growth g        r g / N        r g / N              r g / N                r g / N
    discount d      -d / N         d/(1 + d) - d / N    -d / N                 d/(1 + d) - d / N
    ==============  =============  ===================  =====================  =========

    and ``-c / (V - c)`` for acquisition cost. **An elasticity is not a recommendation**: one per cent of
    retention and one per cent of acquisition cost do not cost the same, and near r = 1 one per cent of
    retention is a large part of all churn. See :func:`spending_balance`. The retention elasticity is the mean
    time at which the money comes (the duration of the renewal form): a measure of risk as much as of promise.

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004), *Journal of Marketing Research* 41(1), 7–18: 1 % of
    retention is worth about 2.5 to 7 % for five firms, 1 % of margin about 1 %. Pfeifer, P. E. and Farris,
    P. W. (2004). The elasticity of customer value to retention: the duration of a customer relationship.
    *Journal of Interactive Marketing* 18(2), 20–31.

    Examples
    --------
    >>> table = lever_elasticities(100, retention_rate=0.8, discount_rate=0.12)
    >>> table.loc[["retention_rate", "margin", "discount_rate"], "elasticity"].round(3).tolist()
    [3.5, 1.0, -0.375]
    """
    check = Check("lever_elasticities")
    m = check.positive("margin", margin)
    r = check.share("retention_rate", retention_rate)
    d = check.rate("discount_rate", discount_rate)
    g = check.rate("growth_rate", growth_rate)
    c = check.number("acquisition_cost", acquisition_cost, low=0)
    step = check.number("improvement", improvement, low=0, high=1, low_open=True, high_open=True)
    check.choice("timing", timing, TIMINGS)
    check.done()
    must_converge(check, r, d, g)
    base = {"retention_rate": r, "margin": m, "growth_rate": g, "discount_rate": d, "acquisition_cost": c}

    def net(**changed: float) -> float:
        terms: dict[str, Any] = {**base, **changed}
        ratio = terms["retention_rate"] * (1 + terms["growth_rate"]) / (1 + terms["discount_rate"])
        if ratio >= 1:
            return math.inf
        cost, money = terms.pop("acquisition_cost"), terms.pop("margin")
        with check.inner():
            return float(lifetime_value(money, timing=timing, **terms)) - cost

    now = net()
    check.require(
        now > 0,
        _("acquisition_cost must be below the lifetime value"),
        got=_("a cost of {cost} and a value of {value}").format(
            cost=errors.shown(c), value=errors.shown(now + c)
        ),
    )
    check.done()
    gross, left = (now + c) / now, 1 + d - r * (1 + g)
    first = timing in ("renewal", "due")
    elasticity = {
        "retention_rate": ((1 + d) if first else r * (1 + g)) / left * gross,
        "margin": gross,
        "growth_rate": r * g / left * gross,
        "discount_rate": ((d / (1 + d) if timing in ("start", "due") else 0.0) - d / left) * gross,
        "acquisition_cost": -c / now,
    }
    better = {name: value * (1 + step) for name, value in base.items()}
    better["retention_rate"] = min(1.0, better["retention_rate"])
    for name in ("discount_rate", "acquisition_cost"):
        better[name] = base[name] * (1 - step)
    table = pd.DataFrame({"elasticity": elasticity, "improved": better}).rename_axis("lever")
    table["elasticity"] = table["elasticity"] + 0.0
    table["value"] = [net(**{name: better[name]}) for name in table.index]
    table["change"] = table["value"] / now - 1
    return table
