"""How to divide spending between winning and keeping customers (the customer equity test)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from scipy.optimize import brentq

from casekit import errors
from casekit._text import _
from casekit._validate import Check


@dataclass(frozen=True)
class SpendingCurve:
    """How a rate (of acquisition or retention) rises with spending per person, up to a ceiling.

    Parameters
    ----------
    ceiling : float
        The rate that unlimited spending would reach, above 0 and at most 1.
    steepness : float
        How fast it gets there, per unit of currency, above 0.

    Notes
    -----
    ``rate(S) = ceiling (1 - exp(-steepness S))``: the first unit of money does most. Nothing spent, nobody
    won: customers who come or stay by themselves must be left out of both rate and ceiling.

    Examples
    --------
    >>> curve = SpendingCurve(ceiling=0.4, steepness=0.1)
    >>> round(curve.rate(10), 4), round(curve.marginal_cost(0), 6)
    (0.2528, 25.0)
    """

    ceiling: float
    steepness: float

    def __post_init__(self) -> None:
        check = Check("SpendingCurve")
        check.number("ceiling", self.ceiling, low=0, high=1, low_open=True)
        check.positive("steepness", self.steepness)
        check.done()

    def rate(self, spend: float) -> float:
        """Share of people who respond when so much is spent on each of them."""
        check = Check("SpendingCurve.rate")
        amount = check.number("spend", spend, low=0)
        check.done()
        return -self.ceiling * math.expm1(-self.steepness * amount)

    def marginal_cost(self, spend: float) -> float:
        """What the next customer costs at this spending: money per person and added rate."""
        check = Check("SpendingCurve.marginal_cost")
        amount = check.number("spend", spend, low=0)
        check.done()
        return math.exp(min(700.0, self.steepness * amount)) / (self.ceiling * self.steepness)

    def spend_for(self, rate: float) -> float:
        """Spending per person that reaches this rate; ``inf`` at the ceiling or above it."""
        check = Check("SpendingCurve.spend_for")
        share = check.share("rate", rate)
        check.done()
        return math.inf if share >= self.ceiling else -math.log1p(-share / self.ceiling) / self.steepness


def fit_spending_curve(spend: float, *, rate: float, ceiling: float) -> SpendingCurve:
    """Curve through one known point: what is spent today, what it brings, and the best imaginable.

    Parameters
    ----------
    spend : float
        Spent today per prospect (acquisition) or per customer and period (retention), in currency, above 0.
    rate : float
        Share won or kept today, above 0 and below ``ceiling``.
    ceiling : float
        Share that no spending could exceed, at most 1: the managers' judgement.

    Returns
    -------
    SpendingCurve

    Raises
    ------
    InputError
        If the rate is not below the ceiling.

    Notes
    -----
    ``steepness = -ln(1 - rate / ceiling) / spend``. One point and one judgement fit the curve exactly and
    say nothing of how sure it is: vary the ceiling before believing an optimum.

    References
    ----------
    Blattberg, R. C. and Deighton, J. (1996). Manage marketing by the customer equity test. *Harvard Business
    Review* 74(4), 136–144. Little, J. D. C. (1970) for judgement as data (decision calculus).

    Examples
    --------
    >>> curve = fit_spending_curve(10, rate=0.2, ceiling=0.4)
    >>> round(curve.steepness, 5), round(curve.rate(20), 6)  # ln 2 / 10; half the rest again
    (0.06931, 0.3)
    """
    check = Check("fit_spending_curve")
    amount = check.positive("spend", spend)
    top = check.number("ceiling", ceiling, low=0, high=1, low_open=True)
    share = check.share("rate", rate)
    check.done()
    check.require(
        0 < share < top,
        _("rate must lie above 0 and below ceiling"),
        got=_("a rate of {rate} and a ceiling of {ceiling}").format(
            rate=errors.shown(share), ceiling=errors.shown(top)
        ),
        hint=_("raise the ceiling: it is what unlimited spending would reach"),
    )
    check.done()
    return SpendingCurve(ceiling=top, steepness=-math.log1p(-share / top) / amount)


def equity_per_prospect(
    acquisition_spend: float,
    retention_spend: float,
    *,
    acquisition: SpendingCurve,
    retention: SpendingCurve,
    margin: float,
    discount_rate: float,
) -> pd.Series:
    """Customer equity of one prospect at given spending on winning and keeping.

    Parameters
    ----------
    acquisition_spend : float
        Spent per prospect, once, in currency, 0 or more.
    retention_spend : float
        Spent per customer and period, in currency, 0 or more.
    acquisition, retention : SpendingCurve
        From :func:`fit_spending_curve`.
    margin : float
        Margin a period of a customer, before retention spending, in currency, above 0.
    discount_rate : float
        Share per period, above the ceiling of retention less 1.

    Returns
    -------
    Series: ``acquisition_spend``, ``retention_spend``, ``acquisition_rate``, ``retention_rate``,
    ``customer_value`` (of a customer won, first margin included), ``equity`` (per prospect, net of
    acquisition), ``marginal_acquisition_cost`` and ``marginal_retention_cost`` (of one more customer won or
    kept). In currency; negative equity means the prospects are better left alone.

    Raises
    ------
    InputError
        For negative spending, or a ceiling of retention at which the value has no limit.

    Notes
    -----
    With a, r the rates at spending A, R and ``r' = r / (1 + d)``:
    ``CE = a m - A + a (m - R / r) r' / (1 - r')``; so a customer is worth
    ``m + (m r - R) / (1 + d - r)``. Retention spending goes to everyone and is booked together with the
    margin of those who renew; R / r is its cost per customer kept. Where nobody is kept (r = 0) the second
    form still holds.

    References
    ----------
    Blattberg, R. C. and Deighton, J. (1996). *Harvard Business Review* 74(4), 136–144.

    Examples
    --------
    >>> curve = SpendingCurve(ceiling=0.8, steepness=0.05)
    >>> terms = {"margin": 100, "discount_rate": 0.1}
    >>> point = equity_per_prospect(0, 0, acquisition=curve, retention=curve, **terms)
    >>> point[["customer_value", "equity"]].tolist()  # nobody won, and nobody would stay
    [100.0, 0.0]
    """
    check = Check("equity_per_prospect")
    spend = check.number("acquisition_spend", acquisition_spend, low=0)
    keep = check.number("retention_spend", retention_spend, low=0)
    m, d = _terms(check, acquisition, retention, margin, discount_rate)
    a, r = acquisition.rate(spend), retention.rate(keep)
    worth = m + (m * r - keep) / (1 + d - r)
    return pd.Series(
        {
            "acquisition_spend": spend,
            "retention_spend": keep,
            "acquisition_rate": a,
            "retention_rate": r,
            "customer_value": worth,
            "equity": a * worth - spend,
            "marginal_acquisition_cost": acquisition.marginal_cost(spend),
            "marginal_retention_cost": retention.marginal_cost(keep),
        },
        name="equity_per_prospect",
    )


def spending_balance(
    acquisition: SpendingCurve,
    retention: SpendingCurve,
    *,
    margin: float,
    discount_rate: float,
    current: tuple[float, float] | None = None,
) -> pd.DataFrame:
    """The best division between winning and keeping, beside today's and a short-sighted one.

    Parameters
    ----------
    acquisition, retention : SpendingCurve
        From :func:`fit_spending_curve`.
    margin : float
        Margin a period of a customer, before retention spending, in currency, above 0.
    discount_rate : float
        Share per period.
    current : (float, float), optional
        Today's spending per prospect and per customer and period.

    Returns
    -------
    DataFrame, rows ``now`` (if ``current`` is given), ``first_margin`` (acquisition judged by the first
    period's margin alone, retention at its best) and ``optimum``; columns as in :func:`equity_per_prospect`.

    Raises
    ------
    InputError
        As :func:`equity_per_prospect`, or if ``current`` does not hold two amounts.

    Notes
    -----
    Retention spending maximises ``(m r - R) / (1 + d - r)``, whatever is spent on acquisition; acquisition
    then maximises ``a V - A`` with V the customer's value: ``A* = ln(ceiling k V) / k``, or 0. At an inner
    optimum **the marginal cost of winning a customer equals that of keeping one, and both equal customer
    value** (``1 / a'(A) = 1 / r'(R) = V``). It is marginal costs that must agree: that winning costs "five
    times" as much as keeping on average does not say that too little is spent on keeping.

    References
    ----------
    Blattberg, R. C. and Deighton, J. (1996). *Harvard Business Review* 74(4), 136–144. Pfeifer, P. E. (2005).
    The optimal ratio of acquisition and retention costs. *Journal of Targeting, Measurement and Analysis for
    Marketing* 13(2), 179–188.

    Examples
    --------
    >>> win = fit_spending_curve(10, rate=0.2, ceiling=0.4)
    >>> keep = fit_spending_curve(10, rate=0.5, ceiling=0.8)
    >>> best = spending_balance(win, keep, margin=100, discount_rate=0.1).loc["optimum"]
    >>> best[["customer_value", "marginal_acquisition_cost", "marginal_retention_cost"]].round(4).nunique()
    1
    """
    check = Check("spending_balance")
    m, d = _terms(check, acquisition, retention, margin, discount_rate)
    keep = _best_retention(retention, m, d)
    two = current is None or (isinstance(current, (tuple, list)) and len(current) == 2)
    check.require(two, _("current must hold two amounts"), got=errors.shown(current))
    check.done()

    def point(spend: float, hold: float) -> pd.Series:
        with check.inner():
            return equity_per_prospect(
                spend, hold, acquisition=acquisition, retention=retention, margin=m, discount_rate=d
            )

    worth = float(point(0.0, keep)["customer_value"])
    rows = {} if current is None else {"now": point(*current)}
    rows["first_margin"] = point(_best_acquisition(acquisition, m), keep)
    rows["optimum"] = point(_best_acquisition(acquisition, worth), keep)
    return pd.DataFrame(rows).T.rename_axis("spending")


def _terms(
    check: Check, acquisition: SpendingCurve, retention: SpendingCurve, margin: float, discount_rate: float
) -> tuple[float, float]:
    for name, curve in (("acquisition", acquisition), ("retention", retention)):
        if not isinstance(curve, SpendingCurve):
            hint = f"{name}=fit_spending_curve(spend, rate=..., ceiling=...)"
            check.add(errors.wrong_type(name, _("a SpendingCurve"), curve, hint))
    m = check.positive("margin", margin)
    d = check.rate("discount_rate", discount_rate)
    check.done()
    check.require(
        retention.ceiling < 1 + d,
        _("the ceiling of retention must be less than 1 + discount_rate"),
        got=_("a ceiling of {ceiling}").format(ceiling=errors.shown(retention.ceiling)),
        hint=_("lower the ceiling or raise the discount rate: else the value has no limit"),
    )
    check.done()
    return m, d


def _best_acquisition(curve: SpendingCurve, worth: float) -> float:
    gain = curve.ceiling * curve.steepness * worth
    return math.log(gain) / curve.steepness if gain > 1 else 0.0


def _best_retention(curve: SpendingCurve, m: float, d: float) -> float:
    """Spending at which the next customer kept costs what a customer is worth."""

    def too_little(keep: float) -> float:
        r = -curve.ceiling * math.expm1(-curve.steepness * keep)
        worth = m + (m * r - keep) / (1 + d - r)
        return worth * curve.ceiling * curve.steepness * math.exp(-curve.steepness * keep) - 1

    if too_little(0.0) <= 0:
        return 0.0
    return float(brentq(too_little, 0.0, m, xtol=1e-12, rtol=1e-14))
